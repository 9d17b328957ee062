"""Who pays for what a bloc holds in common (rules.md R5): more where paying counts, and nobody gains by leaving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.balance.estimators import mean_and_error
from game.balance.probes import repeated
from game.balance.verdicts import Verdict, unmeasured, within
from game.core.names import CHARTER, DIALS
from game.core.numeric import total
from game.core.scenario import Scenario
from game.core.world import World, replace, sealed
from game.rules import jointstock, score

Floats = NDArray[np.float64]
SOLIDARITY, TARGET = CHARTER.at("solidarity"), DIALS.at("stock_target")
#: Release by contribution alone, and by need alone.
STRENGTHS = (0.0, 1.0)
#: Worlds of each group.
GAMES = 8


def riders(s: Scenario, seed: int, sigma: Floats, games: int = GAMES) -> list[Verdict]:
    """What members pay into the joint stock by the charter's solidarity, and what a seat gains that pays nothing."""
    if not s.places.seats or s.race.bloc < 0:
        return [unmeasured("R5", "members that pay nothing", "below par", "the scenario has no bloc")]
    return [*_by_solidarity(s, seed, games), *_idle(s, seed, sigma, games)]


def _played(s: Scenario, groups: int, games: int, seed: int, pin: Callable[[World], World]) -> tuple[ChipRace, Floats]:
    """Play groups of the same seeds with something pinned in each quarter; what members put in, USD bn. (worlds,)."""
    race = ChipRace(s, games, {}, seed)
    race.begin_again(repeated(race.world, groups))
    put_in = np.zeros(groups * games)
    for _ in range(s.quarters):
        race.begin_again(sealed(pin(race.world)))
        before = jointstock.REMEMBERED * race.world.blocs.given[s.race.bloc]
        race.step()
        put_in += np.maximum(total(race.world.blocs.given[s.race.bloc] - before), 0.0)
    while not race.finished:
        race.step()
    return race, put_in


def _by_solidarity(s: Scenario, seed: int, games: int) -> list[Verdict]:
    strengths = np.repeat(STRENGTHS, games)

    def pin(world: World) -> World:
        charter = np.array(world.blocs.charter)
        charter[s.race.bloc, SOLIDARITY] = strengths
        return replace(world, blocs=replace(world.blocs, charter=charter))

    _, put_in = _played(s, len(STRENGTHS), games, seed, pin)
    by_paying, by_need = put_in.reshape(len(STRENGTHS), games)
    more, error = mean_and_error(by_paying / np.maximum(by_need, 1e-9) - 1.0)
    name = "more that members pay where release goes by contribution than where by need, share"
    note = f"USD {float(by_paying.mean()):.2f} bn a game against {float(by_need.mean()):.2f}"
    return [within("R5", name, more, 0.05, float("inf"), error, note)]


def _idle(s: Scenario, seed: int, sigma: Floats, games: int) -> list[Verdict]:
    """Points of seats that keep no stock and so pay nothing, over the same games in which they do."""
    seats = _members(s, seed)
    name = "members that pay nothing and gain by it"
    if not seats:
        return [unmeasured("R5", name, "none", "nobody stays in the bloc")]

    def pin(world: World) -> World:
        dials = np.array(world.state.dials)
        for group, seat in enumerate(seats, start=1):
            dials[s.place_axis.at(seat), TARGET, group * games : (group + 1) * games] = 0.0
        return replace(world, state=replace(world.state, dials=dials))

    race, _ = _played(s, len(seats) + 1, games, seed, pin)
    scores = score.game_score(race.world).reshape(len(s.place_axis), len(seats) + 1, games)
    gains = [_gain(scores[s.place_axis.at(seat)], k, float(sigma[s.seats.index(seat)])) for k, seat in enumerate(seats)]
    better = [f"{seat} {mean:+.1f}" for seat, (mean, error) in zip(seats, gains, strict=True) if mean > 1.96 * error]
    mean = float(np.mean([mean for mean, _ in gains]))
    note = f"points over the same games: {mean:+.2f} on average; {', '.join(better) or 'nobody above'}"
    return [within("R5", name, float(len(better)), 0.0, 0.0, note=note)]


def _gain(scores: Floats, k: int, sigma: float) -> tuple[float, float]:
    return mean_and_error(10.0 * (scores[k + 1] - scores[0]) / sigma)


def _members(s: Scenario, seed: int) -> Sequence[str]:
    """Seats that are members of the race's bloc at the opening."""
    race = ChipRace(s, 1, {}, seed)
    member = race.world.relations.member[s.race.bloc, :, 0] > 0
    return [seat for seat in s.seats if member[s.place_axis.at(seat)]]
