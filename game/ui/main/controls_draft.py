"""A control as it is being put together, and what the law and the world say about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core import orders as kinds
from game.core.names import CLASSES, GOODS, LEVELS
from game.core.orders import Order
from game.explain.breaches import BreachPrice, would_break
from game.rules import controls, law
from game.ui.main.context import PlayContext
from game.ui.main.order_words import capital_first, scope_words

MEASURES = ("Export control", "Refuse imports", "Secondary rule", "Entity list", "Flood a market")
EXPORT, REFUSE, SECONDARY, ENTITY, FLOOD = range(len(MEASURES))
PEOPLE = CLASSES.at("people")
WITH_CLASS = (EXPORT, REFUSE, SECONDARY)
WITH_TARGET = (EXPORT, REFUSE)


@dataclass(slots=True)
class Draft:
    """What the form says; positions and codes."""

    measure: int = EXPORT
    control_class: int = 0
    good: str | None = None
    target: str = "outsiders"
    level: int = 5
    plant: str = ""
    flood: str = ""
    on: bool = True

    def order(self) -> Order | None:
        """The order that the form stands for; None where something is missing."""
        name = CLASSES.names[self.control_class]
        if self.measure == EXPORT:
            return kinds.ExportControl(name, self.target, LEVELS.names[self.level], self.good)
        if self.measure == REFUSE:
            return kinds.RefuseImports(name, self.target, self.on, self.good)
        if self.measure == SECONDARY:
            return kinds.SecondaryRule(name, self.on)
        if self.measure == ENTITY:
            return kinds.EntityList(self.plant, self.on) if self.plant else None
        return kinds.Flood(self.flood, self.on) if self.flood else None


class Law:
    """What a seat may do, asked of the rules once a quarter.

    Attributes
    ----------
    holdings : ndarray
        (N, G) share of the world's output that a place makes or that its technology is in.
    """

    def __init__(self, play: PlayContext) -> None:
        self.play, self.s, self.world = play, play.match.scenario, play.match.world
        self.tables = play.match.model.book.tables
        self.holdings = controls.holdings(self.world, self.s)[..., 0]

    def ruling(self, order: Order) -> law.Ruling:
        """What an order takes: money, capital, escalation."""
        return law.ruling(law.Case(self.world, self.s, self.tables, self.play.place), order)

    def would_break(self, order: Order) -> list[BreachPrice]:
        """Contracts that an order would break, and at what price."""
        return would_break(self.world, self.s, self.tables, self.play.place, order)

    def too_small(self, order: Order) -> str:
        """Why the seat holds too little of the world's supply for an order; empty if it holds enough."""
        words = self.ruling(order).words or {}
        held, needed = words.get("held", 1.0), words.get("share", 0.0)
        enough = not (isinstance(held, float) and isinstance(needed, float)) or held >= needed
        return "" if enough else self.play.match.test(self.play.seat, order).reason

    def class_blocked(self, measure: int, k: int) -> str:
        """Why a class cannot be used with a measure; empty if it can."""
        name = CLASSES.names[k]
        if k == PEOPLE:
            return "" if measure == EXPORT else "It moves no goods."
        if measure == SECONDARY:
            return self.too_small(kinds.SecondaryRule(name, True))
        if measure == REFUSE or self.goods_open(k):
            return ""
        return self.too_small(kinds.ExportControl(name, "all", "ban"))

    def goods_open(self, k: int) -> list[int]:
        """Goods of a class in which the seat holds enough of the world's supply to control them."""
        share = self.s.parameters.controls.class_share
        return [g for g in self.goods(k) if self.holdings[self.play.place, g] >= share]

    def goods(self, k: int) -> list[int]:
        """Goods of a class."""
        return [int(g) for g in np.flatnonzero(self.tables.good_in_class[k])]

    def scope(self, draft: Draft) -> list[int]:
        """Goods that a draft is about."""
        return [GOODS.at(draft.good)] if draft.good else self.goods(draft.control_class)

    def targets(self, target: str) -> list[int]:
        """Places that a target names."""
        everyone = [n for n in range(len(self.s.place_axis)) if n != self.play.place]
        if target == "all":
            return everyone
        if target == "outsiders":
            member = self.world.relations.member[self.s.race.bloc, :, 0]
            return [n for n in everyone if not member[n]]
        return [self.s.place_axis.at(target)]

    def target_options(self) -> list[tuple[str, str]]:
        """(code, text) of everything a control may be aimed at."""
        names = self.s.texts.names
        places = [(self.s.place_axis.names[n], names[n]) for n in self.targets("all")]
        return [("outsiders", "Outsiders"), ("all", "Everyone"), *places]

    def good_options(self, measure: int, k: int) -> list[tuple[str | None, str]]:
        """(good, text): the whole class first."""
        goods = self.goods_open(k) if measure == EXPORT else self.goods(k)
        words = [(GOODS.names[g], capital_first(scope_words("", GOODS.names[g]))) for g in goods]
        return [(None, "Whole class"), *words]

    def floods(self) -> list[str]:
        """Goods that the seat could flood the world with, or floods already."""
        place = self.play.place
        flooding = self.world.policy.flood[place, :, 0] > 0
        return [name for g, name in enumerate(GOODS) if self.holdings[place, g] > 0.5 or flooding[g]]

    def foreign_lines(self) -> list[tuple[str, str]]:
        """(id, text) of foreign lines, those of the race's rival first."""
        lines, names = self.s.lines, self.s.texts.names
        order = sorted(range(len(lines.axis)), key=lambda f: (int(lines.home[f]) != self.s.inside, int(lines.place[f])))
        foreign = [
            f for f in order if int(lines.home[f]) != self.play.place and float(self.world.lines.capacity[f, 0]) > 0
        ]
        return [(lines.axis.names[f], f"{lines.titles[f]} ({names[int(lines.place[f])]})") for f in foreign]
