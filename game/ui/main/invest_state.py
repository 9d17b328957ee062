"""Offers about the state itself: power, visas, sovereign compute and the national stock."""

from __future__ import annotations

from collections.abc import Callable

from game.core import orders as kinds
from game.core.names import GOODS, POWER_KINDS
from game.core.orders import Order
from game.explain.grid import THIN, reserve
from game.rules import law, power
from game.ui import theme
from game.ui.kit import NumberRange, Span, Term
from game.ui.main.context import PlayContext
from game.ui.main.invest_need import Need
from game.ui.main.invest_offers import COMPUTE, PEOPLE, POWER, STOCKS, Dose, Forecast, Offer, dose, round_step, said
from game.ui.main.order_words import POWER_WORDS, amount, good_words, long_quarter, money, quantity, unit_words

POWER_ICONS = {"grid": "cable", "lng": "flame", "renewables": "wind", "smr": "atom"}
ACCELERATORS = GOODS.at("accelerators")
VISA_MOST = 0.05
TIGHT = 15.0
"""How much more pressing power becomes for each unit of use above nine tenths of supply."""
DARK = 3.0
"""What a grid with less reserve than is safe adds to that."""


class StateOffers:
    """Makes the offers that concern no plant."""

    def __init__(self, play: PlayContext, need: Need, forecast: Forecast, left: float) -> None:
        self.play, self.need, self.forecast, self.left = play, need, forecast, left
        self.s, self.world = play.match.scenario, play.match.world

    def offers(self) -> list[Offer]:
        """Power, people, compute, stocks."""
        return [
            *map(self._power, range(len(POWER_KINDS))),
            self._visas(),
            self._compute(),
            *map(self._stock, law.STOCKABLE),
        ]

    def _power(self, k: int) -> Offer:
        s, n = self.s, self.play.place
        kind, cost, lead = POWER_KINDS.names[k], float(power.costs(s)[k]), power.leads(s)[k]
        supply, used = float(self.world.power.supply[n, 0]), float(self.world.power.used[n, 0])
        largest = s.parameters.power.largest_order * supply
        most = min(largest, self.left / cost)
        tight, spare = used / max(supply, 1e-9), reserve(self.world, n)
        pressing = self.need.gate("power") + TIGHT * max(0.0, tight - 0.9) + DARK * (spare < THIN)
        return Offer(
            f"power {kind}",
            POWER,
            POWER_WORDS[kind],
            f"{money(cost)} a GW",
            POWER_ICONS[kind],
            lambda value, option: kinds.BuildPower(kind, value),
            self._power_effect(kind, lead),
            colour=theme.GOOD,
            figure=f"{money(cost)}/GW",
            under=f"{lead} q",
            urgency=pressing - 0.06 * lead - 0.1 * cost,
            dose=dose("Gigawatts", most, most, lambda value: f"{amount(value)} GW", 0.4),
            terms=(
                Term("Supply now", f"{amount(supply)} GW"),
                Term("Used", f"{amount(used)} GW"),
                Term("One order at most", f"{amount(largest)} GW"),
                Term("Lead", f"{lead} quarters"),
            ),
            source="Costs and building times are judged",
        )

    def _power_effect(self, kind: str, lead: int) -> Callable[[Order], tuple[Span, ...]]:
        """What power of a kind would do, and why it is wanted."""
        s, n = self.s, self.play.place
        supply, used = float(self.world.power.supply[n, 0]), float(self.world.power.used[n, 0])
        tight, spare = used / max(supply, 1e-9), reserve(self.world, n)
        opens = long_quarter(self.play.match.quarter + lead, s.first_quarter)
        thin = f"Your grid has {max(spare, 0.0):.0%} to spare: below nothing plants are cut off" if spare < THIN else ""
        pledged = kind == "lng" and float(s.places.climate[n, 0]) * s.parameters.state.climate > 0.0
        at_home = "; costs approval (climate pledge)" if pledged else ""

        def effect(order: Order) -> tuple[Span, ...]:
            gigawatts = float(order.gigawatts) if isinstance(order, kinds.BuildPower) else 0.0
            return said(
                f"+{amount(gigawatts)} GW from {opens}, {gigawatts / max(supply, 1e-9):.0%} of your supply{at_home}",
                thin or self.need.why_gate("power") or (f"You use {tight:.0%} of your supply" if tight > 0.9 else ""),
            )

        return effect

    def _visas(self) -> Offer:
        s, n = self.s, self.play.place
        engineers, needed = float(self.world.people.engineers[n, 0]), float(self.world.people.needed[n, 0])
        cost = s.parameters.people.visa_cost
        most = max(VISA_MOST * engineers, 0.1)
        step = round_step(most)

        def effect(order: Order) -> tuple[Span, ...]:
            coming = self.forecast.with_order(order).people.coming - self.forecast.without.people.coming
            come = float(coming[n, :, 0].sum())
            when = long_quarter(self.play.match.quarter + int(s.parameters.people.visa_lag), s.first_quarter)
            return said(
                f"About {round(come * 1000, -1):,.0f} engineers come by {when}, if nobody else asks",
                self.need.why_gate("engineers")
                or (f"You have {engineers / max(needed, 1e-9):.0%} of those you need" if needed > engineers else ""),
            )

        return Offer(
            "visas",
            PEOPLE,
            "Visas for engineers",
            "From places with lower pay",
            "user-plus",
            lambda value, option: kinds.Visa(value),
            effect,
            figure=f"{money(cost)}/k",
            under="2 q",
            urgency=self.need.gate("engineers") + 0.3,
            dose=Dose("Places", NumberRange(step, most, step, lambda value: f"{value * 1000:,.0f}"), most * 0.4),
            terms=(Term("Engineers", f"{amount(engineers)} k"), Term("Needed", f"{amount(needed)} k")),
            source="Parameter people.visa_cost: judged",
        )

    def _compute(self) -> Offer:
        s, n = self.s, self.play.place
        price = float(s.goods.price[ACCELERATORS, 0] * self.world.market.price[int(s.region()[n]), ACCELERATORS, 0])
        installed = float(self.world.compute.installed[n, 0])

        def effect(order: Order) -> tuple[Span, ...]:
            spent = float(order.amount) if isinstance(order, kinds.SovereignCompute) else 0.0
            bought = spent / max(price, 1e-9)
            return said(
                f"About {amount(bought)} k H100e at today's price, {bought / max(installed, 1e-9):.0%} more, "
                "if supply and power allow",
                "Owned by the state",
            )

        return Offer(
            "compute",
            COMPUTE,
            "Sovereign compute",
            "State purchase of accelerators",
            "server",
            lambda value, option: kinds.SovereignCompute(value),
            effect,
            colour=theme.CHIP,
            figure=f"{money(price)}/k",
            under="1 q",
            urgency=0.8,
            dose=dose("Public money", max(self.left * 0.6, 0.1), self.left, money, 0.3),
            terms=(
                Term("Installed at home", f"{amount(installed)} k H100e"),
                Term("Owned by the state", f"{amount(float(self.world.compute.state[n, 0]))} k H100e"),
                Term("Price of a thousand", money(price)),
            ),
            source="Scenario: price of accelerators; market price now",
        )

    def _stock(self, name: str) -> Offer:
        s, n, g = self.s, self.play.place, GOODS.at(name)
        received = self.world.trade.received[:, g, 0]
        flow = float(sum(received)) - float(received[s.inside])
        most = s.parameters.plants.stock_share * flow
        held = float(self.world.goods.stockpile[n, g, 0])
        use = float(self.world.goods.reference[n, g, 0])
        price = float(s.goods.price[g, 0] * self.world.market.price[int(s.region()[n]), g, 0])
        wanted = self.need.good(g) if use > 1e-9 else -1.0
        numbers, start = self._stock_range(name, most, held, use)
        amounts = (("National stock", held), ("Use a quarter", use), ("One order at most", most))
        terms = (*(Term(title, quantity(name, value)) for title, value in amounts), Term("Price now", money(price)))

        def effect(order: Order) -> tuple[Span, ...]:
            change = order.quantity if isinstance(order, kinds.Stock) else 0.0
            if not change:
                return said("Above zero buys, below zero sells to industry")
            after = (held + change) / max(use, 1e-9)
            lasts = f"; it would last {after:.1f} quarters" if use > 1e-9 else ""
            return said(
                f"Stock {quantity(name, held)} to {quantity(name, held + change)}{lasts}", self.need.why_good(g)
            )

        return Offer(
            f"stock {name}",
            STOCKS,
            f"{good_words(name)} stock",
            f"Holds {quantity(name, held)}" + (f", {held / use:.1f} quarters" if use > 1e-9 else ""),
            "warehouse",
            lambda value, option: kinds.Stock(name, value),
            effect,
            colour=theme.MINERAL,
            figure=f"{money(price)}/{unit_words(name)}",
            under="now",
            urgency=0.7 * wanted,
            dose=Dose("Buy (below zero: sell)", numbers, start),
            goods=(name,),
            terms=terms,
            source="At most 15% of the outside flow; dearer the more you take",
        )

    def _stock_range(self, name: str, most: float, held: float, use: float) -> tuple[NumberRange, float]:
        """What may be bought or sold, and half a quarter of use to begin with, or less where that is refused."""
        step = min(round_step(max(most, held)), round_step(most, 8)) if most > 1e-9 else round_step(held)
        high = step * int(most / step + 1e-9)
        start = min(high, max(step, round(use * 0.5 / step) * step))
        while start > step and not self.play.match.test(self.play.seat, kinds.Stock(name, start)).accepted:
            start = step * int(start / (2 * step))
        return NumberRange(-step * int(held / step), high, step, lambda v: f"{amount(v)} {unit_words(name)}"), start
