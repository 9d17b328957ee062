"""Cards of events: what struck the seat, and the answer that mends most for what it costs (S23)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from agents.strategies.steady_events import worths
from game.agenda.cards import Card
from game.core.orders import Respond
from game.explain.events import choice_words, event_effects
from game.explain.words import capitalised
from game.match import Match


def event_cards(match: Match, seat: str) -> Iterator[Card]:
    """Events that ask the seat for an answer, where another than the first is worth it."""
    s, n = match.scenario, match.scenario.place_axis.at(seat)
    answered = {order.order.event for order in match.queued(seat) if isinstance(order.order, Respond)}
    pending = match.seen_by(seat).events.pending[:, n, 0]
    for kind in map(int, np.flatnonzero(pending)):
        name = s.events.axis.names[kind]
        if name in answered:
            continue
        fixed, mended = worths(s)
        values = (fixed[kind] + mended[kind] * float(pending[kind]))[: len(s.events.choices[kind])]
        order = next((Respond(name, int(choice) + 1) for choice in np.argsort(-values, kind="stable")
                      if match.test(seat, Respond(name, int(choice) + 1)).accepted), None)  # fmt: skip
        if order is None:
            continue
        effects = event_effects(s, kind, float(pending[kind]))
        does = choice_words(s, kind, order.choice - 1, n)
        why = (capitalised("; ".join(effects)), f"{s.events.choices[kind][order.choice - 1].words}: {does}")
        gain = float(values[order.choice - 1] - values[0])
        # Also where the first answer is best: what strikes is for the player to see.
        yield Card(f"event {name}", "security", s.events.words[kind], "Answer", max(gain, 0.05), why, 0, order)
