"""The choice that an event leaves: what struck, and two to four answers with what each does, before it is made."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.core.orders import Respond
from game.explain.events import event_effects
from game.ui import theme
from game.ui.kit import Button, Modal, RichText, ScrollView, Tip, plain
from game.ui.main.answer_card import AnswerCard
from game.ui.main.context import PlayContext
from game.ui.main.order_words import capital_first
from game.ui.main.readings import quarter_words
from game.ui.main.state_events import KEYS, LOOKS, Asking, respond

GAP, FOOT = 10, 54


class EventChoice(Modal):
    """Asks for an answer to one event; Esc leaves it for later.

    Parameters
    ----------
    play : PlayContext
        The game.
    event : Asking
        What asks.
    on_done : callable
        Called when it is closed.
    """

    def __init__(self, play: PlayContext, event: Asking, on_done: Callable[[], None]) -> None:
        when = quarter_words(play.match.quarter_title)
        super().__init__(
            event.title,
            f"{when}. An answer is given with your orders.",
            icon="siren",
            colour=theme.BAD,
            head=theme.ALARM,
            width=720,
            on_close=on_done,
        )
        self.play, self.event = play, event

    def _words(self) -> str:
        effects = event_effects(self.play.match.scenario, self.event.kind, self.event.severity)
        return f"{capital_first('; '.join(effects))}. Who says nothing takes the first choice."

    def _tall(self, width: int) -> list[int]:
        """Height of each card."""
        return [AnswerCard.height_for(self.kit, capital_first(effect), width) for _, effect in self.event.choices]

    def body_height(self, width: int) -> int:
        """Text, cards and the way out."""
        text = RichText.height_for(self.kit, plain(self._words(), "reading", theme.TEXT_2), width)
        return text + 12 + sum(self._tall(width)) + GAP * len(self.event.choices) + FOOT

    def build_body(self, room: pygame.Rect) -> None:
        """Lay out the text, the cards and the way out."""
        words = plain(self._words(), "reading", theme.TEXT_2)
        height = RichText.height_for(self.kit, words, room.w)
        self.add(RichText(pygame.Rect(room.x, room.y, room.w, height), words))
        cards = pygame.Rect(room.x - 8, room.y + height + 8, room.w + 16, room.h - height - 8 - FOOT)
        view = self.add(ScrollView(cards, name="event choices"))
        y = cards.y + 4
        for number, tall in enumerate(self._tall(room.w), start=1):
            view.add(self._card(number, pygame.Rect(room.x, y, room.w, tall)))
            y += tall + GAP
        later = pygame.Rect(room.right - 130, room.bottom - 40, 130, 40)
        self.add(Button(later, "Later", self.close, kind="ghost", name="event later"))

    def _card(self, number: int, rect: pygame.Rect) -> AnswerCard:
        title, effect = self.event.choices[number - 1]
        reason = self.play.match.test(self.play.seat, Respond(self.event.name, number)).reason
        tip = Tip(title, plain(f"{capital_first(effect)}."), blocked=f"{capital_first(reason)}." if reason else "")
        return AnswerCard(rect, title, capital_first(effect), LOOKS[(number - 1) % len(LOOKS)], str(number),
                          lambda: self._choose(number), selected=number == 1, name=f"event choice {number}",
                          tip=tip)  # fmt: skip

    def _choose(self, number: int) -> None:
        self.close()
        respond(self.play, self.event, number)

    def on_event(self, event: pygame.event.Event) -> bool:
        """Keys 1 to 4 choose."""
        if event.type == pygame.KEYDOWN and event.key in KEYS[: len(self.event.choices)]:
            number = KEYS.index(event.key) + 1
            card = next(w for w in self.root.walk() if w.name == f"event choice {number}")
            if not card.explain_block():
                self._choose(number)
            return True
        return super().on_event(event)
