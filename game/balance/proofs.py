"""The proofs of rules.md that headless games show, from tables and from `statecraft`; and what they do not show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.balance.estimators import gini, gini_floor, mean_and_error, rank_correlation
from game.balance.indicators import Yardstick
from game.balance.tables import TRACK_END, Table, points_of
from game.balance.verdicts import Verdict, unmeasured, within
from game.core.names import CLASSES, MANDATES, MINERALS
from game.core.scenario import Scenario
from game.lab.statecraft import Measure

Floats = NDArray[np.float64]
#: Beginning of a measure of `statecraft` -> the rule whose proof it is.
OF_MEASURE = {
    "members of the race's bloc": "R4", "a tenth of games": "R4", "share of games in which": "R4",
    "correlation of solidarity": "R5", "bite of a lonely ban": "R5", "share of political capital": "R10",
    "share of contracts with a place": "R11", "share of games with two contracts of the opening": "R13",
}  # fmt: skip
#: Quarters that a bar must hold the post (rules.md section 3).
HELD = 2


def of_statecraft(measures: Sequence[Measure]) -> list[Verdict]:
    """Measures of `statecraft` as verdicts; those that are no proof of a rule count as talks."""
    found = []
    for m in measures:
        rule = next((rule for start, rule in OF_MEASURE.items() if m.name.startswith(start)), "talks")
        if m.aim:
            found.append(Verdict(rule, m.name, m.value, m.aim, m.holds, note=m.note))
    return found


def of_steady(tables: Sequence[Table], y: Yardstick, s: Scenario) -> list[Verdict]:
    """What games with everybody on `steady` prove: bans, the end of the game, escalation, mandates, the race."""
    return [*_bans(tables), *_ending(tables, s), _track(tables), _mandates(y, s), *_race(tables, s)]


def _joined(tables: Sequence[Table], name: str) -> Floats:
    return np.concatenate([getattr(table, name) for table in tables], axis=-1)


def _bans(tables: Sequence[Table]) -> list[Verdict]:
    ended, exchanged = (float(_joined(tables, name).sum()) for name in ("ended", "exchanged"))
    bans = _joined(tables, "bans")
    active = bans[bans > 0]
    classes = _joined(tables, "classes").sum(axis=1)
    unused = [name for name, used in zip(CLASSES, classes, strict=True) if not used]
    exchange = "bans that end by exchange, share"
    return [
        within("R1", exchange, exchanged / ended, 0.3, float("inf"), note=f"{ended:.0f} bans ended")
        if ended else unmeasured("R1", exchange, "0.3 or more", "no ban ended"),
        within("R9", "active bans of a seat that has any, median", float(np.median(active)), 1.0, 3.0)
        if len(active) else unmeasured("R9", "active bans, median", "1 to 3", "nobody banned anything"),
        within("R9", "classes that nobody controls in `steady` games", float(len(unused)), 0.0, 0.0,
               note=", ".join(unused) or "none"),
    ]  # fmt: skip


def _ending(tables: Sequence[Table], s: Scenario) -> list[Verdict]:
    third = s.quarters // 3
    spending, new = _joined(tables, "spending"), _joined(tables, "banned") + _joined(tables, "breaches")
    ratio = spending[-third:].mean(axis=0) / np.maximum(spending[third : 2 * third].mean(axis=0), 1e-9)
    last, mean = float(new[-4:].mean()), float(new.mean())
    investment, error = mean_and_error(ratio)
    return [
        within("R3", "public investment in the last third over the middle third", investment, 0.6, float("inf"), error),
        within("R3", "breaches and new bans a quarter, last four over all", last / max(mean, 1e-9), float("-inf"), 1.5,
               note=f"{last:.2f} against {mean:.2f}"),
    ]  # fmt: skip


def _track(tables: Sequence[Table]) -> Verdict:
    ended = np.asarray((_joined(tables, "escalation") >= TRACK_END).any(axis=0))
    share = float(ended.mean())
    error = float(np.sqrt(share * (1.0 - share) / len(ended)))
    return within("R12", "`steady` games in which escalation comes to its end", share, 0.03, 0.10, error)


def _mandates(y: Yardstick, s: Scenario) -> Verdict:
    rows = [k for k, n in enumerate(s.places.seats) if n in s.mandates]
    name = "widest gap between mandates of a seat in `steady`, points"
    if not rows:
        return unmeasured("score", name, "2 or less", "the scenario has no mandates")
    par = y.par[rows][:, : len(MANDATES)]
    gaps = 10.0 * (par.max(axis=1) - par.min(axis=1)) / y.sigma[rows]
    worst = int(gaps.argmax())
    note = f"{s.seats[rows[worst]]}; median {float(np.median(gaps)):.1f}; par of each mandate takes it out of points"
    return within("score", name, float(gaps[worst]), float("-inf"), 2.0, note=note)


def _race(tables: Sequence[Table], s: Scenario) -> list[Verdict]:
    bars = _joined(tables, "bars")
    first = crossings(bars, s.race.post)
    crossed = np.asarray(np.isfinite(first).any(axis=0))
    share = float(crossed.mean())
    error = float(np.sqrt(share * (1 - share) / len(crossed)))
    verdicts = [within("score", "`steady` games in which a bar holds the post", share, 0.6, 0.8, error)]
    if not crossed.any():
        return verdicts
    when = float(np.median(first[:, crossed].min(axis=0)))
    bloc = float((first[0, crossed] < first[1, crossed]).mean())
    both = float((first[0, crossed] == first[1, crossed]).mean())
    note = f"{both:.0%} in the same quarter" if both else ""
    return [
        *verdicts,
        within("score", "quarter of the first crossing, median", when, 22.0, 30.0),
        within("score", "crossings that the bloc makes first, share", bloc, 0.35, 0.65, note=note),
    ]


def crossings(bars: Floats, post: float) -> Floats:
    """Quarter, from 1, in which each bar has held the post for two quarters; endless where it never does.

    (Q, 2, B) to (2, B).
    """
    above = bars >= post
    held = above.copy()
    held[1:] &= above[:-1]
    held[: HELD - 1] = False
    when = held.argmax(axis=0).astype(np.float64) + 1.0
    return np.where(held.any(axis=0), when, np.inf)


def of_doctrines(
    tables: Sequence[Table], y: Yardstick, held: Floats, names: Sequence[str], s: Scenario
) -> list[Verdict]:
    """What mixed tables of doctrines prove: snowball, bans above par, wins within chance, minerals that bind."""
    half, full, winners = [], [], []
    for table in tables:
        points = points_of(table, y.par, y.sigma)
        so_far = table.open_scores[table.open_scores.shape[0] // 2]
        half.append(10.0 * (so_far - so_far.mean(axis=1, keepdims=True)) / y.sigma[:, None])
        full.append(points)
        winners.append(points.argmax(axis=0))
    correlation, error = mean_and_error(rank_correlation(np.concatenate(half, axis=1), np.concatenate(full, axis=1)))
    won = np.concatenate(winners)
    seats = len(tables[0].scores)
    uneven = gini(np.bincount(won, minlength=seats).astype(np.float64))
    mean, high = gini_floor(seats, len(won))
    return [
        within("R12", "rank correlation of half-time and end", correlation, float("-inf"), 0.8, error,
               "score of a seat against its own mean at half-time"),
        Verdict("score", "Gini coefficient of wins by seat", uneven, f"within chance, {high:.3f}", uneven <= high,
                mean, high, f"interval: what chance gives {seats} equal seats over {len(won)} games"),
        _eager(tables, held, names),
        _bound(tables),
        _tenders(tables, s),
    ]  # fmt: skip


def _eager(tables: Sequence[Table], held: Floats, names: Sequence[str]) -> Verdict:
    """Strategies with more than six bans that stand above par."""
    bans: dict[str, list[float]] = {name: [] for name in names}
    for table in tables:
        for seat, name in enumerate(table.seating.strategies):
            bans[name].append(float(table.bans[:, seat].mean()))
    points = held.mean(axis=(1, 2))
    eager = [name for k, name in enumerate(names) if np.mean(bans[name]) > 6.0 and points[k] > 0.0]
    most = max(names, key=lambda name: float(np.mean(bans[name])))
    note = f"{most} holds most, {float(np.mean(bans[most])):.1f} on average"
    return within("R9", "doctrines above par with more than six bans", float(len(eager)), 0.0, 0.0, note=note)


def _bound(tables: Sequence[Table]) -> Verdict:
    found = sorted({name for table in tables for name in table.minerals})
    missing = [name for name in MINERALS if name not in found]
    note = f"never: {', '.join(missing)}" if missing else ""
    return within(
        "R7", "minerals that are somebody's binding gate in some game", float(len(found)), 8.0, 8.0, note=note
    )


def _tenders(tables: Sequence[Table], s: Scenario) -> Verdict:
    found = {place for table in tables for place in table.winners} & set(s.seats)
    missing = [seat for seat in s.seats if seat not in found]
    note = f"never: {', '.join(missing)}" if missing else ""
    return within("R8", "seats that win a tender in some game", float(len(found)), 10.0, float("inf"), note=note)


def not_shown() -> list[Verdict]:
    """Proofs that this report does not measure, and why."""
    rows = (
        ("R8", "“build everything” beats par in few seats", "4 of 16 or fewer", "no strategy plays it"),
        ("R8", "tenders with a visible overbid", "20 to 40%", "what a firm would have taken is not noted by bid"),
        ("R10", "agency of the weakest seat over the median", "0.5 or more", "needs every seat's alternatives valued"),
        ("R14", "points of the planner limited to cards", "85% or more", "the agenda plays no seat"),
        ("R15", "entry of a round; cards worth more than epsilon", "45 s; 90% of rounds", "measured in the classroom"),
        ("score", "worth of knowing a rival's mandate", "1 to 4 points", "no strategy is told one"),
    )
    return [unmeasured(*row) for row in rows]
