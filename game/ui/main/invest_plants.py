"""Offers about plants: subsidies and bids, stakes abroad, permits, nodes and price floors."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from game.core import orders as kinds
from game.core.names import GOODS, LINE_KINDS, NODES, SUPPLIER_KINDS
from game.core.orders import Order
from game.explain import GOOD_NAMES
from game.rules.construction import renode_lag, supplier_capex
from game.rules.outlook import Outlook
from game.ui import theme
from game.ui.kit import Span, Term
from game.ui.main.context import PlayContext
from game.ui.main.invest_bids import Bids
from game.ui.main.invest_law import law_offers
from game.ui.main.invest_need import Need
from game.ui.main.invest_offers import ABROAD, FABS, MINERALS, TOOLS, Dose, Forecast, Offer, dose, said
from game.ui.main.order_words import amount, count, good_words, long_quarter, money, quantity
from game.ui.map.places import PLACE_BY_CODE

LINE_GATES = ("logic_capacity", "hbm", "packaging")
LINE_WORDS = ("Logic", "HBM", "Packaging")
LOGIC = LINE_KINDS.at("logic")
LEADING = NODES.at("7")
KIND_ICONS = {
    "mine": "mountain", "refiner": "pickaxe", "recycler": "recycle", "synthetic": "flask-conical",
    "magnet": "magnet", "material": "layers", "toolmaker": "wrench",
}  # fmt: skip


class Plants:
    """Makes the offers about plants for one seat and quarter."""

    def __init__(self, play: PlayContext, need: Need, forecast: Forecast, left: float) -> None:
        self.play, self.need, self.forecast, self.left = play, need, forecast, left
        self.s, self.world = play.match.scenario, play.match.world
        self.rows: Outlook = play.match.model.book.outlook(self.world)
        self._line_room: list[float] = self.rows.line_room[:, 0].tolist()
        self._supplier_room: list[float] = self.rows.supplier_room[:, 0].tolist()
        self.match_share = self.s.parameters.state.private_match
        self.bids = Bids(play, forecast, self.rows)

    def at_home(self) -> list[Offer]:
        """Everything about plants at home that has a chance to be allowed."""
        found: list[Offer] = []
        lines = np.flatnonzero(self.s.lines.place == self.play.place).tolist()
        begun = [i for i in lines if float(self.world.lines.building[i, 0]) > 1e-6]
        for i in lines:
            if self._line_room[i] > 1e-6:
                found.append(self._line(i))
            if i in begun:
                found += self._under_construction(True, i)
            elif self.bids.open(i) and float(self.world.lines.permit[i, 0]) <= 0.0:
                found.append(self.bids.promise(i))
        found += self.bids.relief(begun)
        for i in np.flatnonzero(self.s.suppliers.place == self.play.place).tolist():
            if self._supplier_room[i] > 1e-9:
                found.append(self._supplier(i))
            if float(self.world.suppliers.building[i, 0]) > 1e-9:
                found += self._under_construction(False, i)
            if float(self.world.suppliers.protected[i, 0]) <= 0:
                found += self._floor(i)
        return found + law_offers(self.play, self.left)

    def abroad(self) -> list[Offer]:
        """Stakes in every foreign plant with room, the most pressing first."""
        return [self._line(i) if is_line else self._supplier(i) for _, is_line, i in self.abroad_rows]

    def best_abroad(self) -> list[Offer]:
        """The most pressing stake abroad alone; all of them take long to write out."""
        return [self._line(i) if is_line else self._supplier(i) for _, is_line, i in self.abroad_rows[:1]]

    @cached_property
    def abroad_rows(self) -> list[tuple[float, bool, int]]:
        """(how pressing, whether it is a foundry line, position) of foreign plants with room, most pressing first."""
        lines, suppliers, me = self.s.lines, self.s.suppliers, self.play.place
        rows = [
            (self._line_pressing(i), True, i)
            for i in range(len(lines.axis))
            if self._line_room[i] > 1e-6 and lines.place[i] != me
        ]
        rows += [
            (self._supplier_pressing(i), False, i)
            for i in range(len(suppliers.axis))
            if self._supplier_room[i] > 1e-9 and suppliers.place[i] != me
        ]
        return sorted(rows, key=lambda row: -row[0])

    def _line_pressing(self, i: int) -> float:
        lines = self.s.lines
        tender = float(self.world.lines.tender[i, 0]) > 0
        near = (2.1 if tender else 0.6) if int(lines.place[i]) == self.play.place else -0.6
        return self.need.gate(LINE_GATES[int(lines.kind[i])]) + near - 0.04 * float(lines.room_lead[i, 0])

    def _supplier_pressing(self, i: int) -> float:
        table = self.s.suppliers
        near = 0.0 if int(table.place[i]) == self.play.place else -0.6
        return self.need.good(int(table.good[i])) + near - 0.04 * float(table.room_lead[i, 0])

    # --- foundry lines

    def _node(self, i: int) -> str:
        if int(self.s.lines.kind[i]) != LOGIC:
            return LINE_WORDS[int(self.s.lines.kind[i])]
        return f"{NODES.names[int(self.world.lines.node[i, 0])]} nm"

    def _line(self, i: int) -> Offer:
        s, lines = self.s, self.s.lines
        home = int(lines.place[i]) == self.play.place
        room, capex = self._line_room[i], float(self.rows.line_capex[i, 0])
        whole, lead = room * capex / (1.0 + self.match_share), float(lines.room_lead[i, 0])
        gate = LINE_GATES[int(lines.kind[i])]
        by_bid, wish = self.bids.by_bid(i), self.bids.wish(i)
        plant = lines.axis.names[i]
        place = s.texts.names[int(lines.place[i])]
        what = self.bids.label(i) if by_bid else f"{self._node(i)}, up to {amount(room)} k a month"
        return Offer(
            f"line {plant}",
            FABS if home else ABROAD,
            lines.titles[i],
            what if home else f"{place}: {self._node(i)}, {amount(room)} k a month",
            "cpu" if lines.kind[i] == 0 else "memory-stick" if lines.kind[i] == 1 else "layers",
            self._pay(plant, home),
            lambda order: self.bids.effect(i, order) if by_bid else self._line_effect(i, order, gate),
            idle=lambda order: self.bids.idle(i) if by_bid else self._all_ordered(True, i, order),
            colour=theme.CHIP if lines.kind[i] == 0 else theme.TOOL,
            figure=money(wish or whole),
            under="wished for" if wish else f"{lead:.0f} q",
            urgency=self._line_pressing(i),
            dose=self._money_dose(whole, "Bid" if by_bid else "Public money", wish),
            means=self.bids.why(i) if by_bid else "",
            terms=(
                *self.bids.terms(i),
                Term("Room", f"{amount(room)} k wafers a month"),
                Term("Cost of it all", money(room * capex)),
                Term("Firms add", f"${self.match_share:g} a dollar"),
                Term("Building", count(round(lead), "quarter")),
                Term("Place", place),
            ),
            source="Scenario: room, cost and lead of the site",
            flag="" if home else self._flag(int(lines.place[i])),
        )

    def _all_ordered(self, is_line: bool, i: int, order: Order) -> str:
        """Why an order would build nothing; empty where it would."""
        worlds = self.forecast.with_order(order), self.forecast.without
        with_it, without = (w.lines if is_line else w.suppliers for w in worlds)
        nothing = float(with_it.building[i, 0] - without.building[i, 0]) <= 1e-9
        return "All the room there is has been ordered" if nothing else ""

    def _line_effect(self, i: int, order: Order, gate: str) -> tuple[Span, ...]:
        if idle := self._all_ordered(True, i, order):
            return said(idle)
        with_it = self.forecast.with_order(order).lines
        added = float(with_it.building[i, 0] - self.forecast.without.lines.building[i, 0])
        opens = self._opens(float(with_it.left[i, 0]))
        return said(f"+{amount(added)} k wafers a month ({self._node(i)}) {opens}", self.need.why_gate(gate))

    # --- suppliers

    def _supplier(self, i: int) -> Offer:
        s, table = self.s, self.s.suppliers
        g = int(table.good[i])
        name = GOODS.names[g]
        home = int(table.place[i]) == self.play.place
        room, lead = self._supplier_room[i], float(table.room_lead[i, 0])
        per_unit = float(supplier_capex(s)[i, 0])
        whole = room * per_unit / (1.0 + 0.5 * self.match_share)
        kind = SUPPLIER_KINDS.names[int(table.kind[i])]
        group = ABROAD if not home else TOOLS if kind == "toolmaker" else MINERALS
        place = s.texts.names[int(table.place[i])]
        plant = table.axis.names[i]
        what = f"{good_words(name)}, up to {quantity(name, room * 4)} a year"
        return Offer(
            f"supplier {plant}",
            group,
            table.titles[i],
            what if home else f"{place}: {GOOD_NAMES[name]}",
            KIND_ICONS[kind],
            self._pay(plant, home),
            lambda order: self._supplier_effect(i, g, order),
            idle=lambda order: self._all_ordered(False, i, order),
            colour=theme.TOOL if kind == "toolmaker" else theme.MINERAL,
            figure=money(whole),
            under=f"{lead:.0f} q",
            urgency=self._supplier_pressing(i),
            dose=self._money_dose(whole, "Public money" if home else "Stake"),
            goods=(name,),
            terms=(
                Term("Room", f"{quantity(name, room * 4)} a year"),
                Term("Cost of it all", money(room * per_unit)),
                Term("Firms add", f"${0.5 * self.match_share:g} a dollar"),
                Term("Building", count(round(lead), "quarter")),
                Term("Delays average", count(round(s.parameters.plants.delay), "quarter")),
                Term("Owner", table.firms[i]),
                Term("Place", place),
            ),
            source="Scenario: room, cost and lead of the plant",
            flag="" if home else self._flag(int(table.place[i])),
        )

    def _supplier_effect(self, i: int, g: int, order: Order) -> tuple[Span, ...]:
        if idle := self._all_ordered(False, i, order):
            return said(idle)
        with_it = self.forecast.with_order(order).suppliers
        added = float(with_it.building[i, 0] - self.forecast.without.suppliers.building[i, 0])
        use = float(self.world.goods.reference[self.play.place, g, 0])
        share = f" ({added / use:.0%} of use)" if use > 1e-9 and added < 20 * use else ""
        opens = self._opens(float(with_it.left[i, 0]))
        return said(f"+{quantity(GOODS.names[g], added * 4)} a year{share} {opens}", self.need.why_good(g))

    # --- permits, nodes, floors

    def _under_construction(self, is_line: bool, i: int) -> list[Offer]:
        table: Any = self.s.lines if is_line else self.s.suppliers
        record: Any = self.world.lines if is_line else self.world.suppliers
        plant, title, left = table.axis.names[i], table.titles[i], float(record.left[i, 0])
        group = FABS if is_line else MINERALS
        saved = self.s.parameters.plants.fast_track
        found = []
        if left > 1:
            found.append(
                Offer(
                    f"fast {plant}",
                    group,
                    f"Fast-track {title}",
                    f"Opens {saved:g} quarters sooner",
                    "timer",
                    lambda value, option: kinds.FastTrack(plant),
                    lambda order: self._sooner(is_line, i, order),
                    under=f"{left:.0f} q left",
                    urgency=0.9 + 0.03 * left,
                    figure="Permit",
                    source="A permit out of turn",
                )
            )
        if is_line and int(self.s.lines.kind[i]) == LOGIC and float(record.capacity[i, 0]) <= 0:
            found.append(self._renode(i, plant, title))
        return found

    def _sooner(self, is_line: bool, i: int, order: Order) -> tuple[Span, ...]:
        world = self.forecast.with_order(order)
        left = float((world.lines if is_line else world.suppliers).left[i, 0])
        return said(f"Opens {self._opens(left)}")

    def _renode(self, i: int, plant: str, title: str) -> Offer:
        now = int(self.world.lines.node[i, 0])
        scope = range(LEADING, len(NODES)) if now >= LEADING else range(LEADING)
        added = float(renode_lag(self.s)[i, 0])
        return Offer(
            f"renode {plant}",
            FABS,
            f"Change node, {title}",
            f"Now {NODES.names[now]} nm, under construction",
            "refresh-cw",
            lambda value, option: kinds.Renode(plant, option),
            lambda order: said(f"Building takes {added:g} quarters longer"),
            figure="Node",
            under=f"+{added:g} q",
            urgency=0.1,
            option_label="Node",
            options=tuple((NODES.names[k], f"{NODES.names[k]} nm") for k in scope if k != now),
            source="A site under construction may change its node",
        )

    def _floor(self, i: int) -> list[Offer]:
        table = self.s.suppliers
        plant, g = table.axis.names[i], int(table.good[i])
        if float(table.capacity[i, 0]) <= 0 and float(self.world.suppliers.capacity[i, 0]) <= 0:
            return []
        margin = float(self.rows.supplier_margin[i, 0])
        text = f"Sells at 115% of cost at least for 12 quarters; the treasury pays the gap. Margin now {margin:.0%}"
        return [
            Offer(
                f"floor {plant}",
                MINERALS,
                f"Price floor, {table.titles[i]}",
                good_words(GOODS.names[g]),
                "shield-check",
                lambda value, option: kinds.PriceFloor(plant),
                lambda order: said(text),
                colour=theme.MINERAL,
                figure="Contract",
                under="12 q",
                urgency=(1.2 if margin < 0.05 else -0.5),
                terms=(Term("Margin now", f"{margin:.0%}"),),
                source="A contract for difference",
            )
        ]

    # --- shared

    def _flag(self, place: int) -> str:
        return PLACE_BY_CODE[self.s.place_axis.names[place]].flag

    def _pay(self, plant: str, home: bool) -> Callable[[float, str], Order]:
        if home:
            return lambda value, option: kinds.Subsidise(plant, value)
        return lambda value, option: kinds.Equity(plant, value)

    def _money_dose(self, whole: float, label: str, wish: float = 0.0) -> Dose:
        """An amount up to the whole; starts at what a firm wishes for, else at a share of what is left."""
        start = float(np.clip(0.4 * self.left / max(whole, 1e-9), 0.1, 1.0))
        if wish:
            start = float(np.clip(1.1 * wish / max(min(whole, self.left), 1e-9), 0.05, 1.0))
        return dose(label, whole, self.left, money, start)

    def _opens(self, left: float) -> str:
        quarter = self.play.match.quarter + max(1, round(left))
        return f"from {long_quarter(quarter, self.s.first_quarter)}"
