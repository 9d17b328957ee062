"""From a card of the agenda to the order book that holds its matter, filled in as the card proposes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.agenda import Card
from game.core.diplomacy import Answer, Break, Propose, Vote
from game.core.names import CLASSES, LEVELS
from game.core.orders import ComputeSplit, Dial, ExportControl, Order, Respond
from game.ui.main.controls_draft import EXPORT
from game.ui.main.controls_draft import Draft as Control
from game.ui.main.deal_draft import draft_of

if TYPE_CHECKING:
    from game.ui.main.orders_panel import OrdersPanel

INVEST, RESEARCH, CONTROLS, DIPLOMACY, STATE = range(5)
TALKS, CONTRACTS, BLOCS = range(3)
EVENTS = 1
COMPUTE, DIALS = 1, 2
#: Fields that say how much an order asks for.
AMOUNTS = ("amount", "gigawatts", "thousands", "quantity")


def open_card(panel: OrdersPanel, card: Card) -> None:
    """Show the matter of a card in its order book."""
    order = card.order
    opened = next((opens for kind, opens in OPENERS if isinstance(order, kind)), _invest)
    opened(panel, card)


def amount_of(order: Order | None) -> float | None:
    """How much an order asks for; None where it has no amount."""
    found = next((getattr(order, name) for name in AMOUNTS if hasattr(order, name)), None)
    return float(found) if isinstance(found, int | float) else None


def _invest(panel: OrdersPanel, card: Card) -> None:
    amount = amount_of(card.order)
    if amount is not None:
        panel.invest.detail.chosen.amounts[card.key] = amount
    panel.tab = INVEST
    if not panel.invest.show(card.key):
        panel.show(INVEST)


def _research(panel: OrdersPanel, card: Card) -> None:
    section = DIALS if isinstance(card.order, Dial) else COMPUTE
    if isinstance(card.order, Dial | ComputeSplit):
        panel.research.detail.chosen.amounts[card.key] = card.order.share
    panel.tab = RESEARCH
    panel.research.show(section, card.key)


def _control(panel: OrdersPanel, card: Card) -> None:
    order = card.order
    if isinstance(order, ExportControl):
        level, about = LEVELS.at(order.level), CLASSES.at(order.control_class)
        panel.controls.draft = Control(EXPORT, about, order.good, order.target, level)
    panel.show(CONTROLS)


def _offer(panel: OrdersPanel, card: Card) -> None:
    if isinstance(card.order, Answer):
        panel.diplomacy.talks.current = f"offer {card.order.offer}"
    panel.show(DIPLOMACY, TALKS)


def _renewal(panel: OrdersPanel, card: Card) -> None:
    if isinstance(card.order, Propose):
        panel.play.negotiate(draft_of(card.order, panel.play.seat, card.place))


def _contract(panel: OrdersPanel, card: Card) -> None:
    if isinstance(card.order, Break):
        panel.diplomacy.contracts.current = str(card.order.contract)
    panel.show(DIPLOMACY, CONTRACTS)


def _vote(panel: OrdersPanel, card: Card) -> None:
    panel.show(DIPLOMACY, BLOCS)


def _event(panel: OrdersPanel, card: Card) -> None:
    panel.show(STATE, EVENTS)


OPENERS: tuple[tuple[type[Order] | tuple[type[Order], ...], Callable[[OrdersPanel, Card], None]], ...] = (
    ((Dial, ComputeSplit), _research),
    (ExportControl, _control),
    (Answer, _offer),
    (Propose, _renewal),
    (Break, _contract),
    (Vote, _vote),
    (Respond, _event),
)
