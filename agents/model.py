"""ChipRace: who acts when. The only place that schedules.

A quarter begins with two rounds of talks, in which contracts are proposed, answered and signed.

Seats decide on last quarter's world, sealed; their orders take effect; suppliers, then foundries decide knowing them;
the rules resolve. An agent is one actor across the batch: Japan decides for Japan in all worlds in one call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mesa

from agents.collected import TABLES
from agents.envoys import answer_all, propose_all
from agents.faults import StrategyError
from agents.firms import FirmDesk
from agents.foundry import Foundry
from agents.nation import Nation, decide_all
from agents.strategies import Strategy, find
from agents.supplier import Supplier
from game.core.diplomacy import ROUNDS, Answer, Motion, Propose, Vote, Words
from game.core.numeric import Array, total
from game.core.orders import Order, Orders
from game.core.scenario import Scenario
from game.core.world import World, sealed, state_hash
from game.files.scenarios import bundled
from game.rules.book import RuleBook
from game.rules.desk import Desk, Given
from game.rules.kept import let_go
from game.rules.talks import Talks

#: Seed of a race that names none.
DEFAULT_SEED = 1


class ChipRace(mesa.Model):
    """The chip race as a Mesa model.

    Parameters
    ----------
    scenario : a bundled name, a path, or a compiled scenario.
    worlds : parallel games; world w plays seed `rng + w`.
    seats : strategy by seat code; a seat not named plays `steady`. `None` as strategy leaves the seat to `post`.
    rng : seed of the first world; None, which `mesa.batch_run` passes by default from Mesa 3.5 on, is seed 1.

    Attributes
    ----------
    on_fault : told of a strategy's fault, after which its seats hold for the quarter; None: the fault is raised.
    told : what became of what was said by `say` in the last talks.
    on_round : told of each round of talks when what was agreed in it has been signed.
    watched : whether somebody looks at the world while a quarter is played, and at its beginning after an error.
    """

    def __init__(
        self,
        scenario: str | Scenario = "pax_silica_2026",
        worlds: int = 1,
        seats: Mapping[str, str | Strategy | None] | None = None,
        rng: int | None = 1,
    ) -> None:
        first_seed = DEFAULT_SEED if rng is None else rng
        super().__init__(rng=first_seed)
        compiled = scenario if isinstance(scenario, Scenario) else bundled(scenario)
        self.book = RuleBook(compiled)
        self.world: World = self.book.open(first_seed, worlds)
        self.first_seed = first_seed
        self.refused: list[tuple[int, str, Order, str]] = []
        self.on_fault: Callable[[StrategyError], None] | None = None
        self._posted: dict[str, list[Order]] = {}
        self._said: list[tuple[str, Words]] = []
        self._said_first: list[tuple[str, Words]] = []
        self.told: list[tuple[str, Words, Given]] = []
        self.on_round: Callable[[Talks], None] | None = None
        self.watched = False
        self.talks: Talks | None = None
        self._rounds_closed = 0
        self._seat_agents(dict(seats or {}))
        self._firm_agents()
        self._let_go()
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "mineral_independence": lambda m: _mean(m.world.standing.mineral_independence),
                "chip_independence": lambda m: _mean(m.world.standing.chip_independence),
            }
        )

    @property
    def scenario(self) -> Scenario:
        """The scenario played."""
        return self.book.scenario

    @scenario.setter
    def scenario(self, of_mesa: object) -> None:
        """Mesa from 3.5 on hands each model a scenario object of its own, for parameters that ours has in its file."""

    @property
    def finished(self) -> bool:
        """Whether the last quarter, epilogue included, has been played."""
        return self.world.quarter >= self.scenario.quarters + self.scenario.epilogue_quarters

    def _seat_agents(self, seats: dict[str, str | Strategy | None]) -> None:
        for code in seats:
            self.scenario.place_axis.at(code)
        self.nations: dict[str, Nation] = {}
        for position in self.scenario.places.seats:
            code = self.scenario.place_axis.names[position]
            chosen = seats.get(code, "steady")
            strategy = find(chosen) if isinstance(chosen, str) else chosen
            self.nations[code] = Nation(self, code, position, strategy)

    def _firm_agents(self) -> None:
        self.firm_desk = FirmDesk()
        lines = self.scenario.lines
        for firm in dict.fromkeys(lines.firms):
            Foundry(self, firm, [i for i, f in enumerate(lines.firms) if f == firm])
        for position in range(len(self.scenario.suppliers.axis)):
            Supplier(self, position)
        self.foundries = self.agents_by_type[Foundry]
        self.suppliers = self.agents_by_type[Supplier]

    def _let_go(self) -> None:
        """Leave the table in which Mesa before 3.5 counts agents: it would keep every race for ever."""
        counts = getattr(mesa.Agent, "_ids", None)
        if counts is not None:
            counts.pop(self, None)

    @property
    def round(self) -> int:
        """The round of talks that is open or comes next, 1 or 2; 0 when those of the quarter are over."""
        over = self._rounds_closed >= ROUNDS or self.book.in_epilogue(self.world)
        return 0 if over else self._rounds_closed + 1

    def begin_again(self, world: World) -> None:
        """Begin the quarter again in `world`, as it was before the talks; what was said in them is forgotten."""
        self.world, self.talks, self._rounds_closed = world, None, 0
        self._said.clear()

    def post(self, seat: str, orders: Sequence[Order]) -> None:
        """Seal a seat's orders for the coming quarter; a seat that posted is not asked."""
        self.scenario.place_axis.at(seat)
        self._posted[seat] = list(orders)

    def say(self, seat: str, words: Words, first: bool = False) -> None:
        """Seal what a seat says in a round of the coming talks; `first` before its strategy proposes."""
        self.scenario.place_axis.at(seat)
        (self._said_first if first else self._said).append((seat, words))

    def step(self) -> None:
        """Play one quarter in every world."""
        self.talk()
        self.advance(self.sealed_orders())

    def talk(self) -> None:
        """The rounds of talks that are left of the quarter; none in the epilogue."""
        while self._rounds_closed < ROUNDS and not self.book.in_epilogue(self.world):
            self.open_round()
            self.close_round()

    def open_round(self) -> Talks:
        """Let strategies propose in the next round of talks, if they have not; the round lies open then."""
        if self.talks is None:
            if self._rounds_closed == 0:
                self.told.clear()
            self.talks = Talks(self.book, self.world, self._rounds_closed + 1)
            self._enter_said(self.talks, (Propose, Motion), self._said_first)
            propose_all(self._speaking(), self.talks, self.on_fault)
        return self.talks

    def close_round(self) -> None:
        """Enter what was said, let strategies answer and vote, sign what was agreed, count the votes."""
        talks = self.open_round()
        self._enter_said(talks, (Propose, Motion), self._said)
        answer_all(self._speaking(), talks, self.on_fault)
        self._enter_said(talks, (Answer, Vote), [*self._said_first, *self._said])
        self.world = sealed(talks.settled(), self.world)
        if self.on_round is not None:
            self.on_round(talks)
        self.talks = None
        self._rounds_closed += 1

    def _speaking(self) -> list[Nation]:
        return [nation for nation in self.nations.values() if nation.strategy is not None]

    def _enter_said(self, talks: Talks, kinds: tuple[type[Words], ...], said: Sequence[tuple[str, Words]]) -> None:
        for code, words in said:
            if isinstance(words, kinds) and words.round == talks.round:
                given = talks.hear(self.nations[code].position, words)
                self.told.append((code, words, given))
                if not given.accepted:
                    self.refused.append((self.world.quarter, code, words, given.reason))

    def sealed_orders(self) -> Orders:
        """All seats' orders for the coming quarter: posted ones, and those of strategies.

        Raises
        ------
        StrategyError
            A strategy failed, and nobody asked to be told of faults.
        """
        if self.book.in_epilogue(self.world):
            self._posted.clear()
        asked = [] if self.book.in_epilogue(self.world) else list(self.nations.values())
        asked = [nation for nation in asked if nation.code not in self._posted]
        desk = self._decided(asked)
        self._posted.clear()
        return desk.orders()

    def _decided(self, asked: Sequence[Nation]) -> Desk:
        """The desk after everybody's orders; a fault undoes what was given, and the others are asked again."""
        desk = Desk(self.book, self.world)
        refused = [refusal for code in self._posted for refusal in self._give_posted(desk, code)]
        try:
            decide_all(asked, desk)
        except StrategyError as fault:
            if self.on_fault is None:
                raise
            self.on_fault(fault)
            return self._decided([nation for nation in asked if nation.code not in fault.seats])
        self.refused += refused
        return desk

    def _give_posted(self, desk: Desk, code: str) -> list[tuple[int, str, Order, str]]:
        """Give what a seat posted; returns what was refused."""
        refused = []
        for order in self._posted[code]:
            given: Given = desk.give(self.nations[code].position, order)
            if not given.accepted:
                refused.append((self.world.quarter, code, order, given.reason))
        return refused

    def advance(self, orders: Orders) -> None:
        """Play one quarter on orders already sealed.

        Unless `watched`, the model keeps no world meanwhile, so that what the rules replace is freed as they go; after
        an error in the middle of it there is none, until it is given one.
        """
        let_go()
        desk = self.firm_desk
        desk.open(self.book.decided(self._handed_over(), orders), self.book)
        self.suppliers.do("decide")
        self.foundries.do("decide")
        firms = desk.orders()
        self.world = self.book.resolved(desk.close(), orders, firms)
        self._said.clear()
        self._said_first.clear()
        self._rounds_closed = 0

    def _handed_over(self) -> World:
        """The world, which the model keeps no longer unless it is watched."""
        world = self.world
        if not self.watched:
            del self.world
        return world

    def run(self, quarters: int | None = None) -> None:
        """Play quarters in a row: to the end of the epilogue unless said."""
        last = self.scenario.quarters + self.scenario.epilogue_quarters
        for _ in range(last - self.world.quarter if quarters is None else quarters):
            self.step()

    def collect(self) -> None:
        """Let Mesa's DataCollector read the model."""
        self.datacollector.collect(self)

    def hashes(self) -> list[str]:
        """sha256 of each world's state."""
        return [state_hash(self.world, w) for w in range(self.world.worlds)]

    def collected(self, what: str = "nations") -> Any:
        """A tidy DataFrame of the present quarter: `nations`, `foundries`, `suppliers`, or `goods` by place."""
        if what not in TABLES:
            raise ValueError(f"collected() knows {', '.join(TABLES)}, not '{what}'")
        return TABLES[what](self)


def _mean(values: Array) -> float:
    """Mean over worlds. (B,) -> one number."""
    return float(total(values[:, None])[0]) / len(values)
