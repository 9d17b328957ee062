"""What a unit of each thing is worth to a place in points of its score, from what everybody can see.

Points here are points of the quarterly score, added up over quarters; later quarters count a little less. Nothing that
is hidden from anybody is read, so that all parties reckon alike and nothing leaks through what a seat proposes.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

import numpy as np

from game.core.names import CLASSES, DIALS, GOODS, MEASURES, USES
from game.core.numeric import Array, clip, total
from game.core.pacts import Small
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import controls, dangers, score, standards, worth_skill, worth_trade
from game.rules.kept import constants_of, reading_of
from game.rules.pacts import IN_FORCE
from game.rules.tables import Tables
from game.rules.worth_cells import Cells
from game.rules.worth_spans import LONGEST, spans_of
from game.rules.worth_trade import ByClass

ACCELERATORS, CLOUD = GOODS.at("accelerators"), GOODS.at("cloud")
CHIPS = [GOODS.at(good) for good in ("mature_chips", "leading_logic", "hbm", "accelerators")]
#: Part of what money buys in accelerators that comes to work, over their lives; and the income that a dollar of public
#: money in plants brings each quarter: both from paired games with and without a grant.
BOUGHT, EARNED, LEAST_MONEY = 0.3, 0.02, 0.15
#: Quarters of work, in all, that an accelerator has before it.
LASTING = 8.0
#: Odds that a good that is not short now will be within a contract's length; judged.
MISHAP = 0.04
#: What an agreement counts for, and world agreements below which one more is no larger a part, USD bn a quarter.
AGREED, LEAST_AGREED = 0.6, 4.0
#: Mistrust below which nobody is a rival.
UNLOVED = 0.55
#: What the lack of a unit costs its user, over its price: what is made with it is worth more; judged.
DOWNSTREAM = 1.5


@constants_of
def _weights(s: Scenario) -> Array:
    """Points of the score by point of each measure. (M, N, 1)."""
    return np.ascontiguousarray(s.places.weights.swapaxes(0, 1)) * score.MEASURE_WEIGHT


#: Worths that hang on contracts and blocs.
BY_CONTRACTS = ("agreements", "danger", "lacking")


class Stakes:
    """Worths of a world; each worked out when it is first asked for. (N, B) unless said.

    Parameters
    ----------
    world, scenario, tables : the state and its constants.
    """

    def __init__(self, world: World, scenario: Scenario, tables: Tables) -> None:
        self.world, self.scenario, self.tables = world, scenario, tables
        self.weights = _weights(scenario)
        #: Trade by class, as far as it has been asked for.
        self._by_class: dict[str, ByClass] = {}
        #: What seats lack of what they wish for, by wish, as far as somebody has worked it out. (B,).
        self.lacking: dict[Hashable, Array] = {}

    def after_talks(self, world: World) -> Stakes:
        """The worths of the same quarter when contracts have been signed: the others are taken over as far as they have
        been worked out."""
        if world is self.world:
            return self
        later = Stakes(world, self.scenario, self.tables)
        later.__dict__.update((name, it) for name, it in self.__dict__.items() if name not in ("world", *BY_CONTRACTS))
        return later

    def weight(self, measure: str) -> Array:
        """Points of the score for a point of a measure. (N, 1)."""
        return self.weights[MEASURES.at(measure)]

    @property
    def spans(self) -> Array:
        """What a point in each of the next L quarters adds up to, by L; the epilogue counts half. (65,)."""
        return spans_of(self.scenario)[0][self.world.quarter]

    def span(self, length: Array) -> Array:
        """`spans` of some lengths."""
        return self.spans[np.minimum(length, LONGEST).astype(np.int64)]

    @property
    def lasting(self) -> Array:
        """What grows evenly over L quarters and fades after them, over what stands all the time, by L. (65,)."""
        return spans_of(self.scenario)[1][self.world.quarter]

    @cached_property
    def for_good(self) -> float:
        """What a point in every quarter to come adds up to."""
        return float(self.spans[-1])

    @cached_property
    def compute(self) -> Array:
        """A thousand H100e at work for a quarter."""
        y, t, w = score.yardsticks(self.scenario), self.tables, self.world
        unit = y.compute / t.yardstick[w.quarter]
        r = score.owned_compute(w, self.scenario) * unit
        return self.weight("compute") * 100.0 * unit / ((1.0 + r) * (1.0 + r))

    @cached_property
    def income(self) -> Array:
        """A billion of chain income in a quarter."""
        y, t, w = score.yardsticks(self.scenario), self.tables, self.world
        trend = np.maximum(t.baseline_income, 0.0) * t.income_trend[w.quarter] + y.cushion
        share = clip(w.standing.measures[:, MEASURES.at("prosperity")] / 100.0, 0.05, 0.95)
        return self.weight("prosperity") * 100.0 * (1.0 - share) * (1.0 - share) / trend

    @cached_property
    def money(self) -> Array:
        """A billion in the treasury: the accelerators and plants that it pays for."""
        return LEAST_MONEY + BOUGHT * self.racks + self.income * (EARNED * self.for_good)

    @cached_property
    def dependences(self) -> Array:
        """D by good as outsiders see it: national stocks are hidden, so only industry's count. (N, G, B)."""
        return worth_trade.dependences(self.world, self.scenario)[0]

    @cached_property
    def largest(self) -> Array:
        """Share of what a place receives of a good that the seller with most hold over it sends. (N, G, B)."""
        return worth_trade.dependences(self.world, self.scenario)[1]

    @cached_property
    def freedom(self) -> Array:
        """All dependence on a good ended for a quarter, per unit of D. (N, G, B)."""
        y = score.yardsticks(self.scenario)
        index = np.sqrt(np.maximum(self.world.standing.measures[:, MEASURES.at("independence")], 1.0) * 0.01)
        unit = np.zeros((len(GOODS), 1))
        unit[y.staked] = y.stake[:, 0]
        tight = np.sqrt(np.maximum(1.0 - self.dependences, 0.05))
        return (self.weight("independence") * 100.0 * index)[:, None] * unit / tight

    @cached_property
    def price(self) -> Array:
        """USD bn a unit, outside. (G, B)."""
        return self.scenario.goods.price * self.world.market.price[0]

    @cached_property
    def need(self) -> Array:
        """Units that a place uses of a good in a quarter: the larger of wanted and usual. (N, G, B)."""
        return np.maximum(self.world.goods.wanted, self.world.goods.reference)

    @cached_property
    def lack(self) -> Array:
        """Share of need of a good that is, or may come to be, unmet. (N, G, B)."""
        g = self.world.goods
        need = np.maximum(self.world.trade.ordered, 1e-12)
        short = np.maximum(1.0 - self.world.trade.received / need, 0.0) * (self.world.trade.ordered > 0)
        return np.minimum(g.scarce + 0.5 * short + MISHAP, 1.0)

    @cached_property
    def use(self) -> Array:
        """A billion's worth of a good that would else be lacking. (N, G, B)."""
        found = np.repeat((self.income * DOWNSTREAM)[:, None], len(GOODS), axis=1)
        price = np.maximum(self.price[ACCELERATORS], 1e-9)
        found[:, ACCELERATORS] = self.compute * (LASTING / price)
        return found

    @cached_property
    def shortfall(self) -> Array:
        """All that a place lacks or may come to lack in a quarter, by what the lack of it costs."""
        return total(self.lack * self.need * self.use * self.price, axis=1)

    @cached_property
    def esteem(self) -> Array:
        """The first place's trust in the second, per unit of trust, to the second: standing. (N, N, B)."""
        share = score.yardsticks(self.scenario).esteem[0]
        return 40.0 * share[:, None] * self.weight("standing")[None]

    @cached_property
    def friends(self) -> Array:
        """The second place's trust in the first, per unit of trust, to the second: security. (N, N, B)."""
        share = self.strength
        return 40.0 * share[:, None] * self.weight("security")[None]

    @cached_property
    def strength(self) -> Array:
        """Share of the world's security compute, from what is public: what runs, and its split."""
        amount = self.world.compute.running * self.world.compute.uses[:, USES.at("security")]
        return amount / np.maximum(total(amount), 1e-9)

    @cached_property
    def made(self) -> Array:
        """USD bn that a place makes of each good in a quarter. (N, G, B)."""
        return self.world.goods.made * self.price

    @cached_property
    def skill(self) -> Array:
        """A point of know-how in each track, in a quarter. (N, T, B)."""
        return worth_skill.skill(self)

    @cached_property
    def racks(self) -> Array:
        """A billion spent on accelerators, over their lives."""
        price = np.maximum(self.price[ACCELERATORS], 1e-9)
        return self.compute * (min(self.for_good, LASTING) / price) * self.world.power.factor

    @cached_property
    def dark(self) -> Array:
        """How near a place is to lacking power: 0 with a tenth to spare, 1 when all is drawn."""
        p = self.world.power
        return clip(10.0 * (p.used / np.maximum(p.supply, 1e-9) - 0.9), 0.0, 1.0)

    @cached_property
    def gap(self) -> Array:
        """How near a place is to lacking engineers: 0 with a fifth to spare, 1 when all work."""
        p = self.world.people
        return clip(5.0 * (p.needed / np.maximum(p.engineers, 1e-9) - 0.8), 0.0, 1.0)

    @cached_property
    def engineer(self) -> Array:
        """A thousand engineers for a quarter: plants staffed, and a little research."""
        staffed = np.maximum(self.world.state.value_added, 0.0) / np.maximum(self.world.people.needed, 0.5)
        return self.income * staffed * (0.01 + 0.6 * self.gap)

    @cached_property
    def gigawatt(self) -> Array:
        """A gigawatt for a quarter: the racks that it runs, if they are there."""
        kw = np.maximum(self.world.compute.kw * self.scenario.places.pue, 0.1)
        return self.compute * (1000.0 / kw) * (0.02 + 0.6 * self.dark)

    @cached_property
    def holdings(self) -> Array:
        """Share of the world's output of a good that a place makes or has technology in. (N, G, B)."""
        return controls.holdings(self.world, self.scenario)

    def _trade(self, name: str) -> ByClass:
        if name not in self._by_class:
            self._by_class[name] = ByClass(getattr(self.world.trade, name), self.price, self.scenario)
        return self._by_class[name]

    def sold(self, control_class: int) -> Array:
        """USD bn a quarter that each place sells each other of a class. (N, N, B)."""
        return self._trade("flow").of(control_class)[:, control_class]

    def sales(self, c: Cells, buyer: str) -> Array:
        """USD bn a quarter that givers of clauses sell of the class that these are about: to takers "t", or to the
        third place "x"."""
        return self._trade("flow").at(c, buyer)

    def refused(self, c: Cells, buyer: str) -> Array:
        """USD bn a quarter of such orders that controls stop."""
        return self._trade("blocked").at(c, buyer)

    @cached_property
    def through(self) -> Array:
        """USD bn a quarter that reaches each place round controls, by class. (C, N, B)."""
        return np.asarray(self._trade("leaked").of(np.arange(len(CLASSES))).max(axis=0))

    @cached_property
    def exports(self) -> Array:
        """Units that a place sells abroad of each good. (N, G, B)."""
        lane, exported = self.scenario.sellers.lane, self.world.trade.exported
        return np.where(lane[..., None] >= 0, exported[np.maximum(lane, 0)], 0.0)

    @cached_property
    def stocking(self) -> Array:
        """Units of each good that standing orders would add to national stocks in a quarter. (N, G, B)."""
        target = self.world.state.dials[:, DIALS.at("stock_target")] * 4.0
        return target[:, None] * self.world.goods.reference * self.tables.positions.standing_orders

    @cached_property
    def backfill(self) -> Array:
        """USD bn a quarter of orders for the goods of a class that a place's own controls turn away. (N, C, B)."""
        return total(np.ascontiguousarray(self._trade("blocked").of(np.arange(len(CLASSES))).transpose(2, 0, 1, 3)))

    @cached_property
    def chips(self) -> Array:
        """USD bn a quarter of chips and accelerators that a place makes: what could be certified."""
        return total(np.ascontiguousarray(self.made[:, CHIPS].swapaxes(0, 1)))

    @cached_property
    def running(self) -> Array:
        """Thousand H100e at work in the world. (B,)."""
        return total(self.world.compute.running)

    @cached_property
    def robot(self) -> Array:
        """A point of the index of robots for a quarter: what they make, and engineers that they spare."""
        p, level = self.scenario.parameters.statecraft, self.world.standards.robots
        more = 50.0 / ((level + 50.0) * (level + 50.0))
        staffed = np.maximum(self.world.state.value_added, 0.0) * p.robot_staff * self.gap
        return self.income * more * (score.yardsticks(self.scenario).robots + staffed)

    @cached_property
    def robotics(self) -> tuple[Array, Array, Array]:
        """Shares of the world's chips, compute and machines: what test platforms live on."""
        machines = total(np.ascontiguousarray(self.made[:, list(standards.ROBOTICS)].swapaxes(0, 1)))
        amounts = self.chips, self.world.compute.running, machines
        chips, running, made = (amount / np.maximum(total(amount), 1e-9) for amount in amounts)
        return chips, running, made

    @cached_property
    def rivalry(self) -> Array:
        """What it is worth to the first place that the second loses a billion of trade: more, the less it trusts it and
        the stronger that is. (N, N, B)."""
        away = 1.0 - self.world.relations.trust.swapaxes(0, 1)
        far = np.maximum(away - UNLOVED, 0.0) / (1.0 - UNLOVED)
        size = np.maximum(self.world.state.value_added, 0.5)
        return self.weight("security")[:, None] * far * (np.sqrt(self.strength) / size)[None]

    @cached_property
    def own_controls(self) -> Array:
        """Tightest control of a place on a class against anybody. (N, C, B)."""
        return np.asarray(self.levels.max(axis=2), dtype=np.float64)

    @cached_property
    def routed(self) -> Array:
        """USD bn a quarter of leaks that run through a place, by class. (N, C, B)."""
        leaks = total(np.ascontiguousarray(self.through.swapaxes(0, 1)))
        return leaks[None] * self.tables.positions.hub_share[:, None]

    @cached_property
    def leak_rivalry(self) -> Array:
        """What a billion less of leaks is worth to a place: as `rivalry` with its greatest rival."""
        return np.asarray(self.rivalry.max(axis=1))

    @cached_property
    def danger(self) -> Array:
        """Share of compute and income that a place must expect to lose within a year."""
        return 1.0 - dangers.survival(self.world, self.scenario)

    @cached_property
    def agreements(self) -> tuple[Array, Array, Array]:
        """Part in the world's agreements now, what a billion a quarter more adds to it, and what the agreements of each
        place are worth now, all taken as equally large. (N, B) each."""
        c = self.world.contracts
        running = c.status == IN_FORCE
        own = AGREED * np.count_nonzero((c.party > 0) & running[:, None], axis=0)
        whole = np.maximum(AGREED * np.count_nonzero(running, axis=0), LEAST_AGREED)
        unit = 1.0 / (whole * score.yardsticks(self.scenario).esteem[0])
        return own * unit, unit, own

    @cached_property
    def incident(self) -> Array:
        """A quarter's accidents of AI, as what they cost."""
        return 0.02 * (self.compute * self.world.compute.running + self.income * self.world.state.value_added)

    @cached_property
    def levels(self) -> Small:
        """Tightest control by owner, class and target. (N, C, N, B)."""
        level = self.world.policy.level
        found = np.zeros((len(level), len(CLASSES), *level.shape[2:]), dtype=np.int8)
        for k, goods in enumerate(self.tables.positions.classes):
            found[:, k] = level[:, goods].max(axis=1, initial=0)
        return found


#: What of a quarter talks leave as it is.
LASTS = (
    "standing.measures", "trade.flow", "relations.trust", "policy.level", "state.knowhow", "standards.guardrail",
    "signals.intelligence",
)  # fmt: skip


@reading_of(*LASTS, "relations.member", "state.cash", "state.capital", "contracts.status", holds_world=True)
def stakes(world: World, s: Scenario, t: Tables) -> Stakes:
    """The worths of a world, which all who ask in the same quarter share."""
    return _of_quarter(world, s, t).after_talks(world)


@reading_of(*LASTS, holds_world=True)
def _of_quarter(world: World, s: Scenario, t: Tables) -> Stakes:
    return Stakes(world, s, t)
