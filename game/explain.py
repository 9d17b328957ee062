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
from game.rules import bottleneck, controls, prices
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
#: Places whose names take an article inside a sentence.
ARTICLED = {
    "United States", "Netherlands", "European Union", "United Kingdom", "United Arab Emirates", "Gulf",
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

    def _in(self, place: int) -> str:
        """Name of a place inside a sentence."""
        return in_sentence(self.names[place])

    def _starts(self, place: int) -> str:
        """Name of a place at the head of a sentence."""
        return _sentence(self._in(place))

    def _say(self, topic: str, text: str, **more: Any) -> Dispatch:
        return Dispatch(self.q, topic, text, **more)

    def events(self) -> list[Dispatch]:
        """Chance that struck."""
        struck = self.a.events.struck[:, :, 0]
        return [
            self._say(
                "event",
                f"{EVENT_TEXTS.get(kind, kind.replace('_', ' ').capitalize())} in {self._in(int(n))}.",
                places=(self.codes[n],),
                weight=3 if struck[v, n] > 0.3 else 2,
                reasons=(_event_effect(kind, float(struck[v, n])),),
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
        held = controls.holdings(self.a, self.s)[owner, :, 0]
        goods = sorted(goods, key=lambda g: -float(held[g]))
        named = _listed([GOOD_NAMES[GOODS.names[g]] for g in goods], 3)
        many = len(targets) >= len(self.codes) - 1
        whom = "all buyers" if many else _listed([self._in(n) for n in targets], 4)
        main = GOOD_NAMES[GOODS.names[goods[0]]]
        made = f"{self._in(owner)} makes, or has technology in, {held[goods[0]]:.0%} of the world's {main}"
        return self._say(
            "control",
            f"{self._starts(owner)} {LEVEL_NAMES[LEVELS.names[level]]} {named} for {whom}.",
            places=(self.codes[owner], *(self.codes[n] for n in targets[:6])),
            goods=tuple(GOODS.names[g] for g in goods),
            weight=3 if level >= 3 else 2,
            reasons=("buyers may order without asking again",) if level == 0 else (made,),
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
                reasons=(f"relief of it alone would add {_compute(relief)} a quarter",),
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
                text = f"{title} opens {opened:.0f} thousand {node}wafers a month in {self._in(place)}."
                news.append(
                    self._say("plant", text, weight=2, reasons=(f"first yield {a.die_yield[f, 0]:.0%}",), **where)
                )
            if begun > 1e-6:
                left = round(float(a.left[f, 0]))
                years = (f"about {left} quarter{'' if left == 1 else 's'} to go",)
                news.append(
                    self._say(
                        "plant",
                        f"{title} begins to build {begun:.0f} thousand {node}wafers a month.",
                        reasons=years,
                        **where,
                    )
                )
            if a.tender[f, 0] > b.tender[f, 0]:
                text = f"{title} is open for bids: its firm chooses in two quarters."
                news.append(self._say("plant", text, weight=1, **where))
        return news

    def _suppliers(self) -> list[Dispatch]:
        b, a, s = self.b.suppliers, self.a.suppliers, self.s.suppliers
        news = []
        for i, title in enumerate(s.titles):
            good = GOOD_NAMES[GOODS.names[int(s.good[i])]]
            where = {"places": (self.codes[int(s.place[i])],), "goods": (GOODS.names[int(s.good[i])],)}
            if a.capacity[i, 0] - b.capacity[i, 0] > 1e-9:
                added = float(a.capacity[i, 0] - b.capacity[i, 0]) * 4
                output = _output(GOODS.names[int(s.good[i])], added)
                news.append(self._say("plant", f"{title} opens: {output} a year at full use.", weight=2, **where))
            elif a.running[i, 0] < b.running[i, 0]:
                why = (f"it makes {good}",)
                news.append(self._say("plant", f"{title} shuts: it sells below cost.", weight=2, reasons=why, **where))
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
            text = f"{self._starts(n)} runs short of {GOOD_NAMES[GOODS.names[g]]}: {new[n, g]:.0%} of need is unmet."
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


EVENT_EFFECTS: dict[str, tuple[str, float]] = {
    "earthquake": ("{:.0%} of output there stops at first", 1.0),
    "typhoon_flood": ("{:.0%} of output there stops at first", 1.0),
    "drought": ("{:.0%} of fab output stops at first", 1.0),
    "power_shortage": ("{:.0%} of the electricity is out at first", 1.0),
    "lng_shock": ("{:.0%} of the electricity is out at first", 1.0),
    "reactor_trip": ("{:.0%} of the electricity is out at first", 1.0),
    "mine_accident": ("{:.0%} of mining and refining stops at first", 1.0),
    "quartz_outage": ("{:.0%} of its quartz is lost at first", 1.0),
    "fab_contamination": ("{:.0%} of that line stops at first", 1.0),
    "cyber_attack": ("{:.0%} of that line stops at first", 1.0),
    "yield_breakthrough": ("yields come {:.0%} nearer to the most that is possible", 0.3),
    "smuggling_ring": ("controls on it leak more from now on", 1.0),
    "strait_crisis": ("{:.0%} of what is shipped there is held up at first", 1.0),
    "port_strike": ("{:.0%} of what is shipped there is held up at first", 1.0),
    "scandal": ("approval falls by {:.0%}", 0.5),
    "demand_boom": ("firms everywhere want {:.0%} more for a while", 1.0),
    "demand_slump": ("firms everywhere want {:.0%} less for a while", 1.0),
    "talent_exodus": ("{:.0%} of its engineers go", 0.2),
}
"""What an event of each kind does, and its size for a severity of 1 (`game.rules.events.EFFECTS`)."""


def _event_effect(kind: str, severity: float) -> str:
    words, size = EVENT_EFFECTS.get(kind, ("{:.0%} of what it touches is hit", 1.0))
    return words.format(severity * size)


def in_sentence(name: str) -> str:
    """Name of a place inside a sentence: 'the United States', 'Japan'."""
    return f"the {name}" if name in ARTICLED else "the rest of the world" if name == "Rest of the world" else name


def _listed(names: list[str], most: int) -> str:
    """Names in a row, those beyond `most` counted: 'gallium, germanium and 2 more'."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _compute(thousand: float) -> str:
    """An amount of compute given in thousand H100e."""
    return f"{thousand / 1000:,.1f} million H100e" if thousand >= 1000 else f"{thousand:,.0f} thousand H100e"


def _output(good: str, amount: float) -> str:
    """An amount of what a supplier makes, in the words of a newspaper."""
    figure, name = f"{amount:,.0f}" if amount >= 100 else f"{amount:,.3g}", GOOD_NAMES[good]
    if good == "resist":
        return f"{name} for {figure}% of what the world used at the opening"
    if good == "process_tools":
        return f"{name} for ${figure} m"
    if good in ("duv", "euv", "high_na"):
        return f"{figure} {name}"
    return f"{figure} thousand {name}" if good == "wafers" else f"{figure} t of {name}"


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
