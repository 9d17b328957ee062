"""Planner: rehearse each way to play on the real rules, and follow the best for a quarter.

From what its seat knows it draws worlds as they may be, plays each of them on with every style that its budget allows,
rivals on `steady`, and gives the orders of the style that comes to most, game by game. A budget counts forward steps: a
quarter of one possible world.
"""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from agents.rehearsal import Rehearsal, Styled
from agents.strategies import Counsel
from agents.strategies.character import FAMILY
from agents.strategies.planner_styles import styles
from agents.strategies.steady import Steady


class Budget(NamedTuple):
    """What a decision may take."""

    styles: int
    quarters: int
    draws: int

    @property
    def steps(self) -> int:
        """Forward steps a decision and game, at most: fewer near the end of the game."""
        return self.styles * self.quarters * self.draws


class Planner(Steady):
    """See the module. Keeps nothing from quarter to quarter: the same view gives the same orders."""

    name = "planner"
    motto = "Rehearse each way to play on the real rules, and follow the best."
    budget: ClassVar[Budget] = Budget(3, 4, 1)
    #: It decides by itself, and talks in one pass with `steady`, like it.
    family = FAMILY

    def __init_subclass__(cls, **named: Any) -> None:
        """A planner of another budget talks in the same pass."""
        super().__init_subclass__(**named)
        cls.family = FAMILY

    def __init__(self) -> None:
        super().__init__()
        self._styled = Styled(styles())
        self._rehearsal: Rehearsal | None = None

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        budget = self.budget
        worths = self._at(counsel).worths(counsel.view, budget.styles, budget.quarters, budget.draws)
        self._styled.chosen = worths.argmax(axis=0)
        self._styled.decide(counsel)

    @property
    def steps(self) -> int:
        """Forward steps taken so far, over all games of the batch."""
        return self._rehearsal.steps if self._rehearsal else 0

    def _at(self, counsel: Counsel) -> Rehearsal:
        seat = counsel.scenario.place_axis.names[counsel.seat]
        known = self._rehearsal
        if known is None or known.scenario is not counsel.scenario or known.seat != seat:
            self._rehearsal = known = Rehearsal(counsel.scenario, seat, styles())
        return known


class Planner2(Planner):
    """Twice the budget: tries twice as many styles."""

    name = "planner_2"
    budget = Budget(6, 4, 1)


class Planner4(Planner):
    """Four times the budget: twelve styles."""

    name = "planner_4"
    budget = Budget(12, 4, 1)


class Planner8(Planner):
    """Eight times the budget: plays every style on in two possible worlds. To look twice as far in one loses by what it
    mistakes for a trend; with two it does as well as with four times the budget, which is where it stops to gain."""

    name = "planner_8"
    budget = Budget(12, 4, 2)
