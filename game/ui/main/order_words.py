"""Orders in the player's words, as `game.explain` has them, and the icon that stands beside each in the window."""

from __future__ import annotations

from game.core.orders import Order
from game.explain.order_words import (
    CLASS_WORDS,
    DIAL_WORDS,
    LEVEL_WORDS,
    POWER_WORDS,
    TRACK_WORDS,
    USE_WORDS,
    amount,
    capital_first,
    count,
    good_words,
    goods_words,
    level_words,
    long_quarter,
    money,
    order_words,
    plant_words,
    quantity,
    scope_words,
    short_quarter,
    target_words,
    unit_words,
)

__all__ = [
    "CLASS_WORDS",
    "DIAL_WORDS",
    "LEVEL_WORDS",
    "ORDER_ICONS",
    "POWER_WORDS",
    "TRACK_WORDS",
    "USE_WORDS",
    "amount",
    "capital_first",
    "count",
    "good_words",
    "goods_words",
    "level_words",
    "long_quarter",
    "money",
    "order_icon",
    "order_words",
    "plant_words",
    "quantity",
    "scope_words",
    "short_quarter",
    "target_words",
    "unit_words",
]  # fmt: skip

ORDER_ICONS = {
    "subsidise": "factory", "equity": "hand-coins", "fast_track": "timer", "renode": "refresh-cw", "relieve": "route",
    "price_floor": "shield-check", "law": "scroll-text", "power": "zap", "compute": "server", "stock": "warehouse",
    "visa": "user-plus", "control": "ban", "refuse": "shield-off", "secondary": "link", "entity": "list",
    "flood": "trending-down", "dial": "sliders-horizontal", "research": "flask-conical", "compute_split": "cpu",
    "respond": "siren", "break": "unlink", "leave_bloc": "log-out", "found_bloc": "handshake", "declare": "gavel",
    "intelligence": "eye", "audit": "badge-check", "campaign": "newspaper", "guardrails": "brain", "summit": "users",
    "bluff": "dices",
}  # fmt: skip


def order_icon(order: Order) -> str:
    """Name of the icon beside an order."""
    return ORDER_ICONS[order.kind]
