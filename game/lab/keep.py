"""Keeping a headless run as a saved game, which the window loads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.core.orders import as_record
from game.core.scenario import Scenario
from game.core.world import World, state_hash
from game.explain import quarter_news
from game.files.order_files import ListedOrder
from game.match import Match
from game.series import SERIES


class Keeper:
    """Notes a run quarter by quarter, to save it as the game that the window loads.

    Parameters
    ----------
    scenario, seed, seats : of the run; one world.
    """

    def __init__(self, scenario: Scenario, seed: int, seats: dict[str, str]) -> None:
        self.match = Match(scenario, seed, seats)

    def note(self, after: World, listed: Sequence[ListedOrder]) -> None:
        """Note a quarter that was played, with the orders of a file that were given in it."""
        match, before = self.match, self.match.world
        given: dict[str, list[dict[str, Any]]] = {}
        for entry in listed:
            if entry.quarter == before.quarter:
                given.setdefault(entry.seat, []).append(as_record(entry.order))
        match.begin(after)
        match.log.append({"orders": {}, **({"listed": given} if given else {})})
        match.hashes.append(state_hash(after, 0))
        match.dispatches += quarter_news(before, after, match.scenario, match.model.book.tables, match.dispatches)
        for name, read in SERIES.items():
            match.series[name].append(read(after))

    def save(self, path: Path) -> None:
        """Write the game. Raises SaveError."""
        self.match.save(path)
