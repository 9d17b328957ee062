"""How a forecast plays a quarter: rivals act by a stated model, the seat gives its orders or acts by its own model.

Talks are held as in the game: without them contracts run out and are not renewed, and the measure of standing, of which
they are a third, is forecast wrong four times in five.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from agents.model import ChipRace
from agents.strategies import Strategy, find
from game.core.diplomacy import Words
from game.core.orders import Order
from game.core.scenario import Scenario
from game.core.world import World

#: What rivals are thought to do, and the seat itself where nothing is known of its plans.
MODEL = "steady"


class Futures:
    """Plays quarters for `game.forecast`: an `Advance`.

    Parameters
    ----------
    scenario : what is played.
    seat : code of the seat whose forecast it is.
    rivals : strategy that all others are thought to play.
    own : strategy, or its name, that the seat itself is thought to play where its orders are not given.
    talks : whether contracts are proposed and signed on the way.
    """

    def __init__(
        self, scenario: Scenario, seat: str, rivals: str = MODEL, own: str | Strategy = MODEL, talks: bool = True
    ) -> None:
        self.seat, self.talks = seat, talks
        self._own: Strategy = find(own) if isinstance(own, str) else own
        self.race = ChipRace(scenario, 1, {code: self._own if code == seat else rivals for code in scenario.seats})

    def __call__(self, world: World, orders: Sequence[Order] | None) -> World:
        """One quarter, in every world of the batch; a seat whose orders are given says and does nothing else."""
        self.begin(world, orders)
        self.race.advance(self.race.sealed_orders())
        return self.race.world

    def step(self, world: World, talks: bool) -> World:
        """One quarter in which the seat acts by its model; without talks where those of the quarter are over."""
        self.race.begin_again(world)
        if talks:
            self.race.talk()
        self.race.advance(self.race.sealed_orders())
        return self.race.world

    def begin(self, world: World, orders: Sequence[Order] | None, said: Sequence[Words] = ()) -> None:
        """Hold the talks of a quarter, with what the seat says, and post its orders if they are given."""
        race = self.race
        race.begin_again(world)
        race.refused.clear()
        race.nations[self.seat].strategy = self._own if orders is None else None
        for words in (*said, *(order for order in orders or () if isinstance(order, Words))):
            race.say(self.seat, words, first=True)
        if self.talks:
            race.talk()
        if orders is not None:
            race.post(self.seat, [order for order in orders if not isinstance(order, Words)])


@cache
def _kept(seat: str, model: str) -> list[tuple[Scenario, Futures]]:
    return []


def futures(scenario: Scenario, seat: str, model: str = MODEL) -> Futures:
    """The way to play a quarter of a scenario with all seats on one model, made once."""
    kept = _kept(seat, model)
    if not kept or kept[0][0] is not scenario:
        kept[:] = [(scenario, Futures(scenario, seat, model, model))]
    return kept[0][1]
