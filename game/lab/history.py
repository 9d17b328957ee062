"""A game played to the end of one quarter, all its worlds and that quarter's talks: what `explain` answers from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from agents.alternatives import alternatives, told, weighed_proposals
from agents.model import ChipRace
from game.core.errors import PaxError
from game.core.names import quarter_index, quarter_name
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.topics import Story
from game.files.order_files import ListedOrder
from game.lab.plan import Plan, checked_seats
from game.listed import play_quarter
from game.replay import Replay
from game.rules.talks import Talks

#: Offers that are told of those that a seat weighed.
TOLD_OFFERS = 5


def story_of_save(path: Path, quarter: str | None, files: Mapping[str, str]) -> Story:
    """A saved game, played again to the end of a quarter: its last if none is named.

    Raises
    ------
    PaxError
        The save cannot be read or played again, or has not come to the quarter.
    """
    replay = Replay(path, files=files)
    played = len(replay.saved.log)
    if played == 0:
        raise PaxError(f"{path}: no quarter has been played in it")
    return _told(replay.race, _count(quarter, replay.scenario, played), lambda: replay.step()[1])


def story_of_run(scenario: Scenario, plan: Plan, quarter: str | None, listed: Sequence[ListedOrder]) -> Story:
    """One world of a run of a scenario, with the orders of a file. Raises PaxError for a quarter outside the game."""
    race = ChipRace(scenario, 1, checked_seats(scenario, plan.seats), plan.seed)

    def step() -> World:
        play_quarter(race, listed)
        return race.world

    return _told(race, _count(quarter, scenario, scenario.quarters), step)


def _told(race: ChipRace, count: int, step: Callable[[], World]) -> Story:
    worlds, talks = [race.world], list[Talks]()
    for _ in range(count):
        talks.clear()
        race.on_round = talks.append
        worlds.append(step())
    rounds = tuple(talks)
    return Story(
        race.scenario, race.book.tables, tuple(worlds), rounds, lambda seat: _weighed(race, worlds, rounds, seat)
    )


def _weighed(race: ChipRace, worlds: Sequence[World], talks: Sequence[Talks], seat: str) -> list[str]:
    """What a seat's strategy weighed in the last quarter, asked again; * marks what it gave."""
    if len(worlds) < 2:
        return []
    strategy, before = race.nations[seat].strategy, worlds[-2]
    offers = told(weighed_proposals(before, race.book, seat, strategy, most=TOLD_OFFERS)) if talks else []
    after_talks = talks[-1].settled() if talks else before
    orders = told(alternatives(after_talks, race.book, seat, strategy))
    return [
        *(["it weighed offers to:", *offers] if offers else []),
        *([f"'{strategy.name}' weighed for its orders (* given):", *orders] if strategy and orders else []),
    ]


def _count(quarter: str | None, scenario: Scenario, played: int) -> int:
    """How many quarters to play, the one asked about included."""
    if quarter is None:
        return played
    first = scenario.first_quarter
    index = quarter_index(quarter, first)
    if not 0 <= index < played:
        raise PaxError(f"--quarter {quarter}: {first} to {quarter_name(played - 1, first)} can be asked about")
    return index + 1
