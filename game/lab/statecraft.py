"""Whether diplomacy means something: what is proposed and signed, what it was worth, how blocs stand, what a ban bites.

Worth that turned out is measured in paired games: the same game with one contract, or one breach, barred in each world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CHARTER
from game.core.order_kinds import SEALED
from game.core.rng import derived, entity_keys, seeds, uniform
from game.core.scenario import Scenario
from game.lab.lonely_ban import bites
from game.lab.parleys import Breach, Deal, Parleys, play
from game.lab.plan import Plan
from game.ledger import Entry

Floats = NDArray[np.float64]
QUEUE = frozenset(CLAUSES.at(kind) for kind in ("priority", "supply"))
#: Quarters over which the cost of a breach is counted; quarter by whose end the opening's contracts are renegotiated.
COUNTED, FIRST_CLOCKS = 8, 5
SOLIDARITY = CHARTER.at("solidarity")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what was found, what is aimed at in words, and whether it holds; None where nobody can tell."""

    name: str
    value: float | None
    aim: str = ""
    holds: bool | None = None
    note: str = ""

    def line(self) -> str:
        """The measure as a line for people."""
        value = "-" if self.value is None else f"{self.value:.4g}"
        verdict = {True: "yes", False: "NO", None: ""}[self.holds]
        aim = f"aim {self.aim}" if self.aim else ""
        note = f"  {self.note}" if self.note else ""
        return f"{self.name:<66}{value:>9}  {aim:<28}{verdict:<4}{note}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def steps_in_all(quarters: int) -> int:
    """Quarters that `statecraft` plays."""
    return 3 * quarters + 3 * (COUNTED + 1)


def statecraft(scenario: Scenario, plan: Plan, tick: Callable[[int], None]) -> list[Measure]:
    """Every measure, over the games of a plan and their pairs."""
    games = play(scenario, plan, tick)
    return [
        *_talked(games, plan.worlds),
        *_turned_out(games, scenario, plan, tick),
        *_broken(games, scenario, plan, tick),
        *_blocs(games, scenario, plan.worlds),
        *_limits(games, plan.worlds),
        *_ban(bites(scenario, plan.worlds, plan.seed, tick)),
        _unchosen(games),
    ]


def _least(name: str, value: float | None, least: float, unit: str = "", note: str = "") -> Measure:
    holds = None if value is None else value >= least
    return Measure(name, value, f"{least:g}{unit} or more", holds, note)


def _most(name: str, value: float | None, most: float, note: str = "") -> Measure:
    return Measure(name, value, f"{most:g} or less", None if value is None else value <= most, note)


def _talked(games: Parleys, worlds: int) -> list[Measure]:
    """What is proposed, and what is signed by whom."""
    by_world: list[list[Deal]] = [[] for _ in range(worlds)]
    for deal in games.deals:
        by_world[deal.world].append(deal)
    kinds = Counter(kind for deal in games.deals for kind in deal.kinds)
    seats = [len({n for deal in deals for n in deal.parties}) for deals in by_world]
    different = [len({kind for deal in deals for kind in deal.kinds}) for deals in by_world]
    top, count = kinds.most_common(1)[0] if kinds else (-1, 0)
    return [
        _least("proposals a game", float(np.sum(games.proposals, axis=0).mean()), 48),
        _least("contracts signed a game", len(games.deals) / worlds, 15),
        _least("seats that sign in a game", float(np.mean(seats)), 10),
        _least("kinds of clause signed in a game", float(np.mean(different)), 8),
        _most(
            "largest share of one kind among clauses signed",
            count / max(sum(kinds.values()), 1) if kinds else None, 0.4, CLAUSES.names[top] if kinds else "",
        ),
        _least(
            "share of contracts worth more than nothing to each party when signed",
            _share([min(deal.points) > 0.0 for deal in games.deals]), 0.8,
        ),
        _least(
            "share of contracts with a place in a queue or an offtake",
            _share([bool(QUEUE.intersection(deal.kinds)) for deal in games.deals]), 0.4,
        ),
    ]  # fmt: skip


def _share(found: Sequence[bool]) -> float | None:
    return float(np.mean(found)) if len(found) else None


def _turned_out(games: Parleys, s: Scenario, plan: Plan, tick: Callable[[int], None]) -> list[Measure]:
    """One contract a world, drawn by the seed, against the game without it, over the quarters it was to run."""
    sampled: dict[int, Deal] = {}
    by_world: dict[int, list[Deal]] = {}
    for deal in games.deals:
        by_world.setdefault(deal.world, []).append(deal)
    drawn = uniform(derived(seeds(plan.seed, plan.worlds), "contracts compared"), 0, entity_keys("draw", ["deal"]))[0]
    for w, deals in by_world.items():
        sampled[w] = deals[int(drawn[w] * len(deals))]
    name = "share of contracts after which each party stood better than without"
    if not sampled:
        return [_least(name, None, 0.6)]
    without = play(s, plan, tick, sampled)
    gains = [_gained(games, without, deal) for deal in sampled.values()]
    promised = [p for deal in sampled.values() for p in deal.points]
    found = [g for each in gains for g in each]
    return [
        _least(name, _share([min(each) > 0.0 for each in gains]), 0.6, note=f"{len(gains)} contracts"),
        Measure("points a party gains by a contract, over its quarters", float(np.mean(found))),
        Measure("points that the valuation promises it", float(np.mean(promised))),
    ]


def _gained(games: Parleys, without: Parleys, deal: Deal) -> list[float]:
    end = min(deal.until, len(games.score_sums) - 1)
    with_it, sums = games.score_sums[end], without.score_sums[end]
    return [float(with_it[n, deal.world] - sums[n, deal.world]) for n in deal.parties]


def _broken(games: Parleys, s: Scenario, plan: Plan, tick: Callable[[int], None]) -> list[Measure]:
    """What breaches cost who commits them: one a world, against the game in which it did not happen."""
    breaches = games.breaches
    measures = [
        Measure("breaches a game", len(breaches) / plan.worlds),
        Measure(
            "share of breaches with a stated reason", _share([b.told for b in breaches]), "1",
            all(b.told for b in breaches) if breaches else None,
        ),
    ]  # fmt: skip
    first: dict[int, Breach] = {}
    for breach in breaches:
        first.setdefault(breach.world, breach)
    name = f"median cost of a breach to who commits it, points over {COUNTED} quarters"
    if not first:
        return [*measures, Measure(name, None, "above 0", None, "nobody broke a contract")]
    calm = play(s, plan, tick, first)
    costs = []
    for w, breach in first.items():
        end = min(breach.quarter + COUNTED - 1, len(games.score_sums) - 1)
        costs.append(float(calm.score_sums[end][breach.breaker, w] - games.score_sums[end][breach.breaker, w]))
    median = float(np.median(costs))
    return [*measures, Measure(name, median, "above 0", median > 0.0, f"{len(costs)} breaches")]


def _blocs(games: Parleys, s: Scenario, worlds: int) -> list[Measure]:
    """Size of the race's bloc and its quarrels (R4), and contributions against solidarity (R5)."""
    members = games.members[-1]
    could = len(s.seats) - 1
    low, middle, high = np.quantile(members, [0.1, 0.5, 0.9]).tolist()
    assert games.strained is not None
    strength, given = games.charter[-1][SOLIDARITY], games.given[-1]
    slope = float(np.corrcoef(strength, given)[0, 1]) if np.ptp(strength) > 0 and np.ptp(given) > 0 else None
    return [
        Measure("members of the race's bloc at the end, median", middle, "9 to 10 of 15", 9 <= middle <= 10),
        Measure("a tenth of games have fewer than", low, "5", low >= 5),
        Measure("a tenth of games have more than", high, "12", high <= 12),
        _most("share of games in which all join", float(np.mean(members >= could)), 0.05),
        _most("share of games in which three or fewer are left", float(np.mean(members <= 3)), 0.05),
        _least("share of games in which accession is refused or a member leaves", float(games.strained.mean()), 0.25),
        Measure(
            "correlation of solidarity with what members give, over games", slope, "below 0",
            None if slope is None else slope < 0.0, "" if slope is not None else "solidarity is the same in all games",
        ),
        Measure("solidarity at the end, mean", float(strength.mean())),
    ]  # fmt: skip


def _limits(games: Parleys, worlds: int) -> list[Measure]:
    """Political capital that nobody spent (R10), and contracts of the opening made anew (R13)."""
    lapsed = float(np.mean(np.asarray(games.lapsed) / np.maximum(games.granted, 1e-9)))
    renewed = [_renewed(games.ledger.of_world(w)) for w in range(worlds)]
    name = f"share of games with two contracts of the opening made anew by quarter {FIRST_CLOCKS}"
    opening = any(entry.contract.proposer is None for entry in games.ledger.of_world(0))
    return [
        _most("share of political capital that lapsed unspent", lapsed, 0.2),
        _least(name, float(np.mean([count >= 2 for count in renewed])) if opening else None, 0.8),
    ]


def _renewed(entries: Sequence[Entry]) -> int:
    """Contracts of the opening whose parties signed the same kind of clause again, or that were broken, by then."""
    early = [e.contract for e in entries if e.contract.proposer is not None and e.contract.signed < FIRST_CLOCKS]
    count = 0
    for entry in entries:
        old = entry.contract
        if old.proposer is not None:
            continue
        kinds = {clause.kind for clause in old.clauses}
        again = any(
            set(old.parties) <= set(new.parties) and kinds & {clause.kind for clause in new.clauses} for new in early
        )
        broken = entry.status == "broken" and entry.ended is not None and entry.ended < FIRST_CLOCKS
        count += again or broken
    return count


def _ban(found: tuple[float, float, str] | None) -> list[Measure]:
    name = "bite of a lonely ban over that of a coalition"
    if found is None:
        return [Measure(name, None, "below 0.5", None, "nobody can ban tools")]
    alone, together, note = found
    ratio = alone / together if together > 0.0 else None
    holds = None if ratio is None else ratio < 0.5
    return [Measure(name, ratio, "below 0.5", holds, note)]


def _unchosen(games: Parleys) -> Measure:
    """Kinds of sealed orders that nobody gave in any game."""
    none = [kind for kind in SEALED if not games.orders.get(kind, np.zeros(1)).any()]
    return Measure("kinds of orders that nobody chose", float(len(none)), "", None, ", ".join(none))
