"""Why: what happened in a quarter, told from the worlds before and after, each with the terms behind it.

Dispatches are computed, not stored by the rules: the same two worlds always tell the same story.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from game.core.names import GATES, GOODS, LEVELS, MEASURES, NODES
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import bottleneck, prices
from game.rules.tables import Tables

#: A price that moved by more than this in a quarter is news.
PRICE_NEWS = 0.12
#: A shortage above this share of need is news; one above SEVERE stops plants.
SHORT, SEVERE = 0.05, 0.25
TOPICS = ("control", "event", "plant", "price", "shortage", "bottleneck", "race", "politics")

GOOD_NAMES = {
    "light_ore": "light rare-earth ore", "heavy_ore": "heavy rare-earth ore", "gallium": "gallium",
    "germanium": "germanium", "ndpr": "NdPr", "dytb": "Dy/Tb", "silicon": "polysilicon", "tungsten": "tungsten",
    "fluorine": "hydrogen fluoride", "neon": "neon", "magnets": "magnets", "wafers": "silicon wafers",
    "resist": "photoresist", "quartz": "high-purity quartz", "process_tools": "process tools", "duv": "DUV scanners",
    "euv": "EUV scanners", "high_na": "High-NA scanners", "mature_chips": "mature chips",
    "leading_logic": "leading-edge logic", "hbm": "HBM", "accelerators": "accelerators", "cloud": "rented compute",
}  # fmt: skip
GATE_NAMES = {
    "silicon_wafers": "silicon wafers", "lithography": "lithography", "process_materials": "process materials",
    "minerals": "minerals", "logic_capacity": "logic capacity", "hbm": "HBM", "packaging": "packaging",
    "power": "electricity", "engineers": "engineers",
}  # fmt: skip
LEVEL_NAMES = {
    "open": "opens", "fee_licence": "puts a fee licence on", "licence": "puts a licence on", "slow_walk": "slow-walks",
    "quota": "sets a quota on", "ban": "bans",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One piece of news.

    Parameters
    ----------
    quarter : index of the quarter it happened in.
    topic : one of `TOPICS`.
    text : one or two sentences.
    places, goods : codes and names it is about, for filters and links.
    weight : 0 background to 3 headline.
    reasons : the terms behind it, largest first.
    """

    quarter: int
    topic: str
    text: str
    places: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    weight: int = 1
    reasons: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As a plain mapping, for saves."""
        return asdict(self)


def dispatch_from(record: dict[str, Any]) -> Dispatch:
    """The dispatch a save holds."""
    lists = {name: tuple(record[name]) for name in ("places", "goods", "reasons")}
    return Dispatch(int(record["quarter"]), record["topic"], record["text"], weight=int(record["weight"]), **lists)


def quarter_news(before: World, after: World, s: Scenario, t: Tables) -> list[Dispatch]:
    """What happened between two worlds a quarter apart, the weightiest first. First world of the batch only."""
    teller = _Teller(before, after, s, t)
    news = [
        *teller.events(), *teller.controls(), *teller.race(), *teller.gate(), *teller.plants(), *teller.prices(),
        *teller.shortages(), *teller.politics(),
    ]  # fmt: skip
    return sorted(news, key=lambda d: -d.weight)


class _Teller:
    def __init__(self, before: World, after: World, s: Scenario, t: Tables) -> None:
        self.b, self.a, self.s, self.t = before, after, s, t
        self.q = before.quarter
        self.names = s.texts.names
        self.codes = s.place_axis.names

    def _say(self, topic: str, text: str, **more: Any) -> Dispatch:
        return Dispatch(self.q, topic, text, **more)

    def events(self) -> list[Dispatch]:
        """Chance that struck."""
        struck = self.a.events.struck[:, :, 0]
        return [
            self._say(
                "event",
                f"{EVENT_TEXTS.get(kind, kind.replace('_', ' ').capitalize())} in {self.names[n]}.",
                places=(self.codes[n],),
                weight=3 if struck[v, n] > 0.3 else 2,
                reasons=(f"{struck[v, n]:.0%} of what it touches is hit",),
            )
            for v, kind in enumerate(self.s.events.axis)
            for n in np.flatnonzero(struck[v])
        ]

    def controls(self) -> list[Dispatch]:
        """Export controls that changed, joined by owner, level and targets."""
        old, new = self.b.policy.level[..., 0], self.a.policy.level[..., 0]
        joined: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
        for owner in range(len(old)):
            for good in np.flatnonzero((old[owner] != new[owner]).any(axis=1)):
                changed = old[owner, good] != new[owner, good]
                for level in sorted(set(new[owner, good][changed].tolist())):
                    targets = tuple(np.flatnonzero(changed & (new[owner, good] == level)).tolist())
                    joined.setdefault((owner, level, targets), []).append(int(good))
        return [self._control(owner, level, targets, goods) for (owner, level, targets), goods in joined.items()]

    def _control(self, owner: int, level: int, targets: tuple[int, ...], goods: list[int]) -> Dispatch:
        named = ", ".join(GOOD_NAMES[GOODS.names[g]] for g in goods[:3]) + (" and more" if len(goods) > 3 else "")
        many = len(targets) >= len(self.codes) - 1
        whom = "all buyers" if many else ", ".join(self.names[n] for n in targets[:4])
        share = self.a.goods.made[owner, goods[0], 0] / max(
            float(np.add.accumulate(self.a.goods.made[:, goods[0], 0])[-1]), 1e-9
        )
        return self._say(
            "control",
            f"{self.names[owner]} {LEVEL_NAMES[LEVELS.names[level]]} {named} for {whom}.",
            places=(self.codes[owner], *(self.codes[n] for n in targets[:6])),
            goods=tuple(GOODS.names[g] for g in goods),
            weight=3 if level >= 3 else 2,
            reasons=(f"{self.names[owner]} makes {share:.0%} of the world's {GOOD_NAMES[GOODS.names[goods[0]]]}",),
        )

    def race(self) -> list[Dispatch]:
        """Posts crossed and lost."""
        news = []
        for attribute, who in (
            ("mineral_held", "The bloc's mineral independence"),
            ("chip_held", "China's chip independence"),
        ):
            old, new = (float(getattr(w.standing, attribute)[0]) for w in (self.b, self.a))
            if old < 2 <= new:
                news.append(
                    self._say("race", f"{who} has held the {self.s.race.post:.0%} post: its dividend begins.", weight=3)
                )
            if old >= 2 > new:
                news.append(self._say("race", f"{who} fell below {self.s.race.lose:.0%}: its dividend ends.", weight=3))
        return news

    def gate(self) -> list[Dispatch]:
        """The world's bottleneck moved."""
        old, new = int(bottleneck.world_gate(self.b)[0]), int(bottleneck.world_gate(self.a)[0])
        if old == new or new == bottleneck.NONE:
            return []
        relief = float(self.a.standing.relief[new, 0])
        return [
            self._say(
                "bottleneck",
                f"The world's bottleneck is now {GATE_NAMES[GATES.names[new]]}.",
                weight=2,
                reasons=(f"relief of it alone would add {relief:,.0f} thousand H100e a quarter",),
            )
        ]

    def plants(self) -> list[Dispatch]:
        """Plants that opened, began, stopped; tenders."""
        return [*self._lines(), *self._suppliers()]

    def _lines(self) -> list[Dispatch]:
        b, a, s = self.b.lines, self.a.lines, self.s.lines
        news = []
        for f, title in enumerate(s.titles):
            place = int(s.place[f])
            opened = float(a.capacity[f, 0] - b.capacity[f, 0])
            begun = float(a.building[f, 0] - b.building[f, 0])
            where = {"places": (self.codes[place],)}
            node = f"{NODES.names[int(a.node[f, 0])]} nm " if s.kind[f] == 0 else ""
            if opened > 1e-6:
                text = f"{title} opens {opened:.0f} thousand {node}wafers a month in {self.names[place]}."
                news.append(
                    self._say("plant", text, weight=2, reasons=(f"first yield {a.die_yield[f, 0]:.0%}",), **where)
                )
            if begun > 1e-6:
                years = (f"about {float(a.left[f, 0]):.0f} quarters to go",)
                news.append(
                    self._say(
                        "plant", f"{title} begins {begun:.0f} thousand {node}wafers a month.", reasons=years, **where
                    )
                )
            if a.tender[f, 0] > b.tender[f, 0]:
                text = f"{s.firms[f].upper()} asks for bids for {title}: it will choose in two quarters."
                news.append(self._say("plant", text, weight=1, **where))
        return news

    def _suppliers(self) -> list[Dispatch]:
        b, a, s = self.b.suppliers, self.a.suppliers, self.s.suppliers
        news = []
        for i, title in enumerate(s.titles):
            good = GOOD_NAMES[GOODS.names[int(s.good[i])]]
            where = {"places": (self.codes[int(s.place[i])],), "goods": (GOODS.names[int(s.good[i])],)}
            if a.capacity[i, 0] - b.capacity[i, 0] > 1e-9:
                unit = self.s.goods.units[int(s.good[i])]
                added = float(a.capacity[i, 0] - b.capacity[i, 0]) * 4
                news.append(
                    self._say(
                        "plant", f"{title} opens: {added:,.4g} {unit} of {good} a year at full use.", weight=2, **where
                    )
                )
            elif a.running[i, 0] < b.running[i, 0]:
                news.append(self._say("plant", f"{title} shuts: {good} sells below its cost.", weight=2, **where))
            elif a.running[i, 0] > b.running[i, 0]:
                news.append(self._say("plant", f"{title} restarts.", **where))
        return news

    def prices(self) -> list[Dispatch]:
        """Prices that moved far, with the terms that moved them."""
        news = []
        for g, name in enumerate(GOODS):
            for r, where in enumerate(("outside China", "inside China")):
                now, then = float(self.a.market.price[r, g, 0]), float(self.b.market.price[r, g, 0])
                if abs(now / then - 1.0) > PRICE_NEWS:
                    verb = "rises" if now > then else "falls"
                    text = f"{_sentence(GOOD_NAMES[name])} {verb} {abs(now / then - 1):.0%} {where}."
                    news.append(
                        self._say("price", text, goods=(name,), reasons=price_terms(self.a, self.s, self.t, name, r))
                    )
        return news

    def shortages(self) -> list[Dispatch]:
        """Places that ran short."""
        old, new = self.b.goods.scarce[..., 0], self.a.goods.scarce[..., 0]
        news = []
        for n, g in zip(*np.nonzero((new > SHORT) & (old <= SHORT)), strict=True):
            if n not in self.s.places.seats or self.a.goods.wanted[n, g, 0] * self.s.goods.price[g, 0] < 0.002:
                continue
            text = f"{self.names[n]} runs short of {GOOD_NAMES[GOODS.names[g]]}: {new[n, g]:.0%} of need is unmet."
            where = {"places": (self.codes[n],), "goods": (GOODS.names[g],)}
            news.append(self._say("shortage", text, weight=2 if new[n, g] > SEVERE else 1, **where))
        return news

    def politics(self) -> list[Dispatch]:
        """Escalation."""
        now, then = float(self.a.relations.escalation[0]), float(self.b.relations.escalation[0])
        if float(self.a.relations.collapsed[0]) > float(self.b.relations.collapsed[0]):
            return [self._say("politics", "Escalation reached its end: every seat loses points, by blame.", weight=3)]
        if int(now) > int(then):
            return [self._say("politics", f"World escalation rises to {now:.1f} of 5.", weight=2)]
        return []


EVENT_TEXTS = {
    "earthquake": "An earthquake stops plants",
    "typhoon_flood": "Storm and flood stop plants",
    "drought": "Drought rations water for fabs",
    "power_shortage": "Power runs short",
    "lng_shock": "A gas shock cuts power",
    "reactor_trip": "A reactor trips",
    "mine_accident": "An accident closes mines and refineries",
    "quartz_outage": "A flood stops the quartz pits",
    "fab_contamination": "Contamination spoils a line",
    "yield_breakthrough": "Engineers break through on yield",
    "smuggling_ring": "Smugglers find a new way",
    "strait_crisis": "A crisis closes sea lanes",
    "port_strike": "Ports strike",
    "cyber_attack": "A cyber attack stops a line",
    "scandal": "A subsidy scandal breaks",
    "demand_boom": "A boom in demand for compute",
    "demand_slump": "A slump in demand for compute",
    "talent_exodus": "Engineers leave",
}


def _sentence(text: str) -> str:
    """The text with its first letter large: 'gallium' to 'Gallium', and 'Dy/Tb' as it is."""
    return text[:1].upper() + text[1:]


def price_terms(world: World, s: Scenario, t: Tables, good: str, region: int) -> tuple[str, ...]:
    """The terms behind a price, ranked: orders against offers, access, alarm, stocks."""
    g = GOODS.at(good)
    tight = float(prices.tightness_of(world, s, t)[region, g, 0])
    access = float(world.trade.access[region, g, 0])
    alarm = float(world.market.alarm[region, g, 0])
    inside = s.inside
    others = [n for n in range(len(s.place_axis)) if n != inside]
    rows = [inside] if region else others
    wanted = world.goods.wanted[rows, g, 0]
    users = wanted > 1e-6
    cover = (
        float(np.median((world.goods.inventory[rows, g, 0] / np.maximum(wanted, 1e-9))[users])) if users.any() else 0.0
    )
    terms = [
        (abs(tight - 1.0), f"orders are {tight:.0%} of what sellers could ship"),
        (1.0 - access, f"controls let {access:.0%} of orders across the border through"),
        (0.2 * alarm, f"alarm lifts stock targets by {alarm / (1 + alarm / 4):.0%}"),
        (0.02, f"the median buyer holds {cover:.1f} quarters of use"),
    ]
    return tuple(text for size, text in sorted(terms, key=lambda term: -term[0]) if size > 0.01)


def measure_terms(world: World, s: Scenario, place: int) -> tuple[tuple[str, float, float], ...]:
    """(measure, weight in the score, value 0-100) of a seat."""
    weights = s.places.weights[place, :, 0]
    return tuple((m, float(weights[k]), float(world.standing.measures[place, k, 0])) for k, m in enumerate(MEASURES))
