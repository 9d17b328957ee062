"""News of tenders: who asks for bids, what it wishes for, and why it chose one site over the next (rules.md R8).

The reasons are the terms that decided, worked out again from the quarter's two ends and ranked by how far the chosen
site and the next one are apart in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from game.core.names import LINE_KINDS, NODES
from game.core.scenario import Scenario
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.rules import outlook, tenders
from game.rules.room import BEYOND
from game.rules.tenders import FACTORS, Terms

#: Terms closer than this to each other are no reason; an overbid below this share of the cost is not told.
APART, SLIGHT = 1.02, 0.02
MOST_REASONS = 3
#: Firms whose names are not words: in capitals, or as they write themselves.
INITIALS = {"ase", "cxmt", "g42", "ibm", "jcet", "nxp", "psmc", "scl", "smic", "tsmc", "umc", "vis"}
WRITTEN = {"skhynix": "SK hynix", "globalfoundries": "GlobalFoundries", "eu_others": "European makers"}


def firm_name(firm: str) -> str:
    """Name of a firm for people, from its identifier: 'tsmc' to 'TSMC', 'hua_hong' to 'Hua Hong'."""
    if firm in WRITTEN:
        return WRITTEN[firm]
    if firm.endswith("_others"):
        return f"Other makers ({firm.removesuffix('_others').title()})"
    return firm.upper() if firm in INITIALS else firm.replace("_", " ").title()


def wafer_words(s: Scenario, line: int, node: int) -> str:
    """What a line makes: '5 nm wafers', 'HBM wafers', 'packaging'."""
    kind = LINE_KINDS.names[int(s.lines.kind[line])]
    return {"memory": "HBM wafers", "packaging": "packaging wafers"}.get(kind, f"{NODES.names[node]} nm wafers")


class _Tender(NamedTuple):
    """Sites of a firm that are compared, best first, and what speaks for each. First world of the batch."""

    rows: list[int]
    known: Terms
    excess: float


def tender_news(quarter: Quarter) -> list[Dispatch]:
    """Tenders opened and decided, and offers that firms turned down."""
    b, a = quarter.before.lines, quarter.after.lines
    decided, opened = b.tender[:, 0] == 1.0, (a.tender[:, 0] > 0.0) & (b.tender[:, 0] <= 1.0)
    back = (a.bid[:, 0] + a.stake[:, :, 0].max(axis=0) > 0.0) & (b.tender[:, 0] <= 0.0) & ~opened
    news = [_opened(quarter, rows) for rows in _together(quarter, opened)]
    if not (decided.any() or back.any()):
        return news
    s, t = quarter.scenario, quarter.tables
    world = tenders.as_decided(quarter.before, quarter.after, s)
    known = tenders.terms(world, s, t, outlook.outlook(world, s, t))
    excess = tenders.overbid(known, decided[:, None], s, t)[:, 0]
    for rows in _together(quarter, decided):
        ranked = sorted(rows, key=lambda f: -known.value[f, 0])
        won = [f for f in ranked if _begun(quarter, f) > 1e-6]
        if won:
            first = won[0]
            others = [f for f in ranked if f != first]
            news.append(_chosen(quarter, _Tender([first, *others], known, float(excess[first]))))
        else:
            news.append(_nothing(quarter, _Tender(ranked, known, 0.0)))
    return [*news, *(_turned_down(quarter, int(f), known) for f in np.flatnonzero(back))]


def _together(quarter: Quarter, which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Iterator[list[int]]:
    """The lines `which`, those of one tender together."""
    groups: dict[int, list[int]] = {}
    for f in np.flatnonzero(which).tolist():
        groups.setdefault(int(quarter.tables.rivals.group_of_row[f]), []).append(f)
    yield from groups.values()


def _begun(quarter: Quarter, f: int) -> float:
    """kwpm that were begun at a site in tender, where nothing but the firm's answer begins any."""
    b, a = quarter.before.lines, quarter.after.lines
    return float(a.building[f, 0] + a.capacity[f, 0] - b.building[f, 0] - b.capacity[f, 0])


def _firm(quarter: Quarter, f: int) -> str:
    return firm_name(quarter.scenario.lines.firms[f])


def _where(quarter: Quarter, rows: list[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quarter.codes[int(quarter.scenario.lines.place[f])] for f in rows))


def _what(quarter: Quarter, f: int) -> str:
    return wafer_words(quarter.scenario, f, int(quarter.after.lines.node[f, 0]))


def _opened(quarter: Quarter, rows: list[int]) -> Dispatch:
    lines, titles = quarter.after.lines, quarter.scenario.lines.titles
    left = int(lines.tender[rows[0], 0])
    rows = sorted(rows, key=lambda f: float(lines.wish[f, 0]))
    made = {_what(quarter, f) for f in rows}
    what = f"a line of {made.pop()}" if len(made) == 1 else "a new fab"
    text = f"{_firm(quarter, rows[0])} asks for bids for {what}: {_listed(titles, rows)}."
    wishes = tuple(f"{titles[f]}: {wish_words(float(lines.wish[f, 0]))}" for f in rows[:4])
    when = f"it chooses in {left} quarter{'' if left == 1 else 's'}"
    return quarter.say("plant", text, places=_where(quarter, rows), weight=1, reasons=(*wishes, when))


def _listed(titles: tuple[str, ...], rows: list[int]) -> str:
    named = "; ".join(titles[f] for f in rows[:3])
    return f"{named} and {len(rows) - 3} more" if len(rows) > 3 else named


def wish_words(wish: float) -> str:
    """What a firm wishes for at a site, in a few words."""
    if wish >= BEYOND:
        return "no public money would be enough as things stand"
    return "would be chosen without public money" if wish <= 0.0 else f"${wish:.2f} bn of public money would win it"


def _chosen(quarter: Quarter, tender: _Tender) -> Dispatch:
    """The site that won, and the terms in which it is ahead of the next one, largest first."""
    first, known = tender.rows[0], tender.known
    titles = quarter.scenario.lines.titles
    begun = f"{_begun(quarter, first):.0f} thousand {_what(quarter, first)} a month"
    second = tender.rows[1] if len(tender.rows) > 1 else None
    over = f" over {titles[second]}" if second is not None else ""
    reasons = ranked_reasons(quarter, known, first, second)
    if tender.excess > SLIGHT * float(known.cost[first, 0]):
        then = f"{titles[second]} and the firm's hurdle" if second is not None else "the firm's hurdle"
        reasons = (*reasons, f"${tender.excess:.2f} bn more was offered than it took to beat {then}")
    text = f"{_firm(quarter, first)} chose {titles[first]}{over}: {begun}."
    return quarter.say("plant", text, places=_where(quarter, tender.rows), weight=2, reasons=reasons)


def _nothing(quarter: Quarter, tender: _Tender) -> Dispatch:
    best, hurdle = tender.rows[0], quarter.scenario.parameters.fabs.hurdle
    title = quarter.scenario.lines.titles[best]
    text = f"{_firm(quarter, best)} builds nothing for now at {title}: no site of its tender is worth it."
    worth = f"{title} is worth {float(tender.known.value[best, 0]):.1%} a quarter with all that was offered"
    reasons = (worth, f"the firm asks for {hurdle:.1%}", "bids go back to who made them")
    return quarter.say("plant", text, places=_where(quarter, tender.rows), weight=1, reasons=reasons)


def _turned_down(quarter: Quarter, f: int, known: Terms) -> Dispatch:
    s = quarter.scenario
    text = f"{_firm(quarter, f)} turns down public money for {s.lines.titles[f]} and gives it back."
    most = float(known.plain[f, 0]) / (1.0 - tenders.MOST_HELP)
    help_words = f"even with {tenders.MOST_HELP:.0%} paid, a line there is worth {most:.1%} a quarter"
    reasons = (help_words, f"the firm asks for {s.parameters.fabs.hurdle:.1%}")
    return quarter.say("plant", text, places=_where(quarter, [f]), weight=1, reasons=reasons)


def ranked_reasons(quarter: Quarter, known: Terms, first: int, second: int | None) -> tuple[str, ...]:
    """Why `first` is ahead of `second`, the term that separates them most in front, then what spoke against it.

    Without a second site: what speaks for the first.
    """
    if second is None:
        return tuple(term_words(quarter.scenario, known, name, first) for name in ("earns", "money", "time"))
    ratios = {name: _ratio(known, name, first, second) for name in FACTORS}
    ahead = sorted((name for name in FACTORS if ratios[name] > APART), key=lambda name: -ratios[name])
    behind = sorted((name for name in FACTORS if ratios[name] < 1.0 / APART), key=lambda name: ratios[name])
    told = [_against(quarter.scenario, known, name, first, second) for name in ahead[:MOST_REASONS]]
    told += [f"in spite of {_against(quarter.scenario, known, name, first, second)}" for name in behind[:1]]
    return tuple(told)


def _ratio(known: Terms, name: str, first: int, second: int) -> float:
    mine, other = (float(getattr(known, name)[f, 0]) for f in (first, second))
    if other <= 0.0:
        return float("inf") if mine > other else 1.0
    return mine / other


def term_words(s: Scenario, known: Terms, name: str, f: int) -> str:
    """A term of a site: 'return 3.1% a quarter'."""
    return f"{TERM_NAMES[name]} {_figure(s, known, name, f)}"


def _against(s: Scenario, known: Terms, name: str, first: int, second: int) -> str:
    return f"{TERM_NAMES[name]} {_figure(s, known, name, first)} against {_figure(s, known, name, second)}"


#: How each term is called in a reason; the figure follows.
TERM_NAMES = {
    "earns": "a return each quarter of", "money": "public money:", "power": "spare power for",
    "staff": "free engineers for", "time": "building time of", "safe": "safety from quakes, outages and blocked sea of",
    "allowed": "tools and service allowed:", "apart": "the firm's plants elsewhere:",
}  # fmt: skip


def _figure(s: Scenario, known: Terms, name: str, f: int) -> str:
    """The figure behind a term, in the unit that people know it in."""
    value = float(getattr(known, name)[f, 0])
    if name == "money":
        offered = float(known.offered[f, 0])
        return f"${offered:.2f} bn" if offered > 0.0 else "none"
    if name == "time":
        lead = ((1.0 + tenders.QUARTER_WORTH * tenders.USUAL_LEAD) / value - 1.0) / tenders.QUARTER_WORTH
        return f"{lead:.0f} quarters"
    if name == "earns":
        return f"{value:.1%}"
    least = {"power": tenders.LEAST_POWER, "staff": tenders.LEAST_STAFF}.get(name)
    if least is not None:
        return f"{(value - least) / (1.0 - least):.0%} of what it takes"
    return f"{(value - 1.0) / tenders.APART:.0%}" if name == "apart" else f"{value:.0%}"
