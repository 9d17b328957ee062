"""The offer of a multi-year law: money locked for plants at home, which draws more private money (rules.md R10)."""

from __future__ import annotations

import numpy as np

from game.core import orders as kinds
from game.core.orders import Order
from game.rules.construction import asked
from game.rules.room import line_room, supplier_room
from game.ui.kit import Span, Term
from game.ui.main.context import PlayContext
from game.ui.main.invest_offers import FABS, Offer, dose, said
from game.ui.main.order_words import count, money

#: Plants named in the choice beside all of them, the largest room first.
MOST_NAMED = 6


def law_offers(play: PlayContext, left: float) -> list[Offer]:
    """One law, where none is in force and the scenario allows laws."""
    s, n = play.match.scenario, play.place
    p = s.parameters.state
    most = p.law_most * float(s.places.budget[n, 0])
    plants = _plants(play)
    if most <= 0.0 or float(play.match.world.laws.left[n, 0]) > 0.0 or not plants:
        return []
    quarters, match = count(p.law_quarters, "quarter"), p.private_match * (1.0 + p.law_match)

    def effect(order: Order) -> tuple[Span, ...]:
        amount = float(order.amount) if isinstance(order, kinds.Law) else 0.0
        whole = money(amount * p.law_quarters)
        return said(
            f"Locks {money(amount)} a quarter for {quarters}, {whole} in all; nothing else can be paid from it",
            f"Firms add {match:.2g} dollars to each, not {p.private_match:.2g} as to a subsidy",
        )

    return [
        Offer(
            "law",
            FABS,
            "Multi-year law",
            f"Money locked for {quarters}",
            "scroll-text",
            lambda value, option: kinds.Law(value, option or None),
            effect,
            figure="A quarter",
            under=f"{p.law_quarters:g} q",
            urgency=0.2,
            dose=dose("A quarter", most, left, money, 0.4),
            option_label="For",
            options=(("", "All plants at home"), *plants),
            terms=(Term("Most a quarter", money(most)), Term("Private money a dollar", f"{match:.2g}")),
            source="Firms trust a law for its years",
            means="What finds no room waits, and comes back when the law ends",
        )
    ]


def _plants(play: PlayContext) -> tuple[tuple[str, str], ...]:
    """Ids and titles of plants at home that a law may be for, those with most room in money first."""
    s, world = play.match.scenario, play.match.world
    rows = []
    for table, room in ((s.lines, line_room(world, s)), (s.suppliers, supplier_room(world, s))):
        worth = table.room_capex * room / np.maximum(table.room, 1e-9)
        if table is s.lines:
            worth = np.where(asked(world, s), 0.0, worth)
        rows += [
            (float(worth[i, 0]), table.axis.names[i], table.titles[i])
            for i in np.flatnonzero((table.place == play.place) & (worth[:, 0] > 1e-9)).tolist()
        ]
    return tuple((plant, title) for _, plant, title in sorted(rows, key=lambda row: -row[0])[:MOST_NAMED])
