"""Offers that steady seats make for their objectives and mandates: to whom, about what, and at what price."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from agents.strategies.steady_bundles import Deal, enter
from agents.strategies.steady_themes import Theme, pairs, themes
from agents.strategies.steady_wishes import BY_PARTNER, CHIPS, Wish, lacking, wishes
from game.core.clauses import CLAUSES
from game.core.names import CLASSES
from game.core.numeric import Array, Counts, nonzero
from game.core.scenario import Scenario
from game.rules import pacts, worth
from game.rules.kept import constants_of
from game.rules.offers import Offers
from game.rules.statecraft_metrics import partners
from game.rules.worth_stakes import Stakes

#: Seats take turns: one in so many makes suits in a quarter without other new offers.
TURNS = 4
#: Share of the target that must be lacking; joint loss in USD bn a quarter that a suit may make good by what it brings.
LACKING, MOST_LOSS = 0.05, 0.5
#: What a seat talks about that wants a partner, whatever for.
WHATEVER = ("supply", "licence", "hub")


def suits(
    offers: Offers, k: Stakes, able: NDArray[np.bool_], shunned: NDArray[np.bool_], places: Counts
) -> Deal | None:
    """Enter offers for the sake of wishes, one a seat; None where there are none. As `renewals`, in the second rows."""
    turn = k.world.quarter // 2 % TURNS
    chosen: dict[int, tuple[Array, Counts, list[Theme], Counts, Counts]] = {}
    for wish in wishes(k.scenario):
        i = int(np.searchsorted(places, wish.place))
        if i % TURNS != turn:
            continue
        want = lacking(k, wish)
        where = (want > LACKING) & able[i]
        if where.any():
            _weigh(chosen, k, wish, i, where, shunned[i], places)
    deals = [_entered(offers, k, i, found, places) for i, found in chosen.items()]
    deals = [deal for deal in deals if len(deal.row)]
    return Deal(*(np.concatenate(part) for part in zip(*deals, strict=True))) if deals else None


def _weigh(
    chosen: dict[int, tuple[Array, Counts, list[Theme], Counts, Counts]], k: Stakes, wish: Wish, i: int,
    where: NDArray[np.bool_], shunned: NDArray[np.bool_], places: Counts,
) -> None:  # fmt: skip
    """Find for each world the partner and theme with the greatest joint gain; keep the best wish of a seat."""
    many = k.world.worlds
    best, partner, themes_, given, taken = chosen.setdefault(
        i, (np.full(many, -MOST_LOSS), np.full(many, -1), [], np.full(many, -1), np.full(many, -1))
    )
    mine, others = places[i : i + 1], np.delete(places, i)
    spoken = np.delete(shunned, i, axis=0)
    for theme, gives in _talked(k, wish):
        useful = where & ~spoken & _useful(k, wish, theme, others)
        some = nonzero(useful.any(axis=1))
        if not len(some):
            continue
        asked = others[some]
        first, second = (mine, asked) if gives else (asked, mine)
        cells = pairs(k, theme, first, second)
        giver, taker = worth.worths(k, theme.kind, cells, worth.faith(k, cells), standing=False)
        joint = (giver / k.money[first][:, None] + taker / k.money[second]).reshape(len(asked), -1)
        joint = np.where(useful[some], joint, -np.inf)
        at = joint.argmax(axis=0)
        gain = joint[at, np.arange(many)]
        better = where & (gain > best)
        if better.any():
            themes_.append(theme)
            best[better], partner[better] = gain[better], asked[at][better]
            for part, own in ((given, gives), (taken, not gives)):
                part[better] = len(themes_) - 1 if own else -1


def _useful(k: Stakes, wish: Wish, theme: Theme, others: Counts) -> NDArray[np.bool_]:
    """With whom a contract would serve the wish. (n, B)."""
    world, s = k.world, k.scenario
    bound = partners(world)[wish.place, others]
    if wish.metric == "partners_among":
        wanted = [s.place_axis.at(code.strip()) for code in str(wish.of).split(",")]
        return ~bound & np.isin(others, wanted)[:, None]
    if wish.metric == "both_sides":
        member = world.relations.member[s.race.bloc, others] > 0
        first = ~(bound & member).any(axis=0)
        inside = (others == s.inside)[:, None]
        return np.where(inside, ~bound, member & first)
    if wish.metric in ("uncontrolled", "licence_open"):
        return np.broadcast_to((others == s.place_axis.at(str(wish.of)))[:, None], bound.shape)
    known = pacts.bound(world, theme.kind)
    if known is None:
        return np.ones_like(bound)
    free: NDArray[np.bool_] = ~(known | known.swapaxes(0, 1))[wish.place, others]
    return free


def _talked(k: Stakes, wish: Wish) -> Iterator[tuple[Theme, bool]]:
    """Themes of a wish this time, and whether the seat would be the giver."""
    lists, turn = _by_kind(k.scenario), k.world.quarter // (2 * TURNS)
    if wish.metric in BY_PARTNER:
        for kind in WHATEVER:
            themes_ = lists[CLAUSES.at(kind)]
            theme = themes_[turn % len(themes_)]
            yield theme, True
            yield theme, False
    elif wish.metric == "matched":
        yield Theme(CLAUSES.at("match"), CLASSES.at(str(wish.of)), k.scenario.inside), False
    elif wish.metric in ("uncontrolled", "licence_open"):
        for k_ in (CHIPS,) if wish.metric == "licence_open" else (CLASSES.at("minerals"), CLASSES.at("magnets")):
            yield Theme(CLAUSES.at("restrain"), k_, -1), False
    elif wish.metric in ("clause_partners", "gives"):
        for theme in _turns(lists[CLAUSES.at(str(wish.of))], turn):
            yield theme, True
    elif wish.metric in ("engineers_gained", "engineer_balance"):
        yield Theme(CLAUSES.at("visa"), -1, -1), True
    elif wish.metric == "cloud_rented_out":
        yield Theme(CLAUSES.at("compute"), -1, -1), True
    elif wish.metric == "standard_share":
        yield Theme(CLAUSES.at("guardrails"), -1, -1), True


def _turns(themes_: tuple[Theme, ...], turn: int) -> tuple[Theme, ...]:
    """Two of the list, other ones each time."""
    return tuple(themes_[(2 * turn + i) % len(themes_)] for i in range(min(2, len(themes_))))


@constants_of
def _by_kind(s: Scenario) -> dict[int, tuple[Theme, ...]]:
    found: dict[int, tuple[Theme, ...]] = {}
    for theme in themes(s):
        if theme not in found.get(theme.kind, ()):
            found[theme.kind] = (*found.get(theme.kind, ()), theme)
    return found


def _entered(
    offers: Offers, k: Stakes, i: int, found: tuple[Array, Counts, list[Theme], Counts, Counts], places: Counts
) -> Deal:
    _, partner, themes_, given, taken = found
    w = nonzero(partner >= 0)
    deal = Deal(np.full(len(w), 2 * i + 1), w, np.full(len(w), places[i]), partner[w])
    if len(w):
        enter(offers, k, deal, themes_, given[w], taken[w])
    return deal
