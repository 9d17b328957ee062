"""The two worlds a quarter apart that news is told from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from game.core.scenario import Scenario
from game.core.world import World
from game.explain.dispatch import Dispatch
from game.explain.words import capitalised, in_sentence
from game.rules.tables import Tables


class Quarter:
    """What happened between two worlds. First world of the batch only.

    Parameters
    ----------
    before, after : the worlds, a quarter apart.
    scenario, tables : of both.
    past : news of earlier quarters, where they are known: when a threat was declared stands only there.
    """

    def __init__(
        self, before: World, after: World, scenario: Scenario, tables: Tables, past: Sequence[Dispatch] = ()
    ) -> None:
        self.before, self.after, self.scenario, self.tables = before, after, scenario, tables
        self.past = past
        self.index = before.quarter
        self.names = scenario.texts.names
        self.codes = scenario.place_axis.names

    def place(self, place: int) -> str:
        """Name of a place inside a sentence."""
        return in_sentence(self.names[place])

    def starts(self, place: int) -> str:
        """Name of a place at the head of a sentence."""
        return capitalised(self.place(place))

    def say(self, topic: str, text: str, **more: Any) -> Dispatch:
        """A piece of news of this quarter."""
        return Dispatch(self.index, topic, text, **more)
