"""Events that ask the player for an answer: what struck, what it does, and the choices with what each does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pygame

from game.core.orders import Respond
from game.explain.events import choice_words, event_effects
from game.ui import theme
from game.ui.kit import Kit, Label, ListView, RichText, Tip, Widget, plain
from game.ui.main.answer_card import AnswerCard
from game.ui.main.context import PlayContext
from game.ui.main.order_words import capital_first
from game.ui.theme import Colour

LOOKS: tuple[tuple[str, Colour], ...] = (
    ("circle-dot", theme.NEUTRAL),
    ("hammer", theme.PAX),
    ("hand-coins", theme.MINERAL),
    ("scale", theme.GOOD),
)
KEYS = (pygame.K_1, pygame.K_2, pygame.K_3, pygame.K_4)


@dataclass(frozen=True, slots=True)
class Asking:
    """An event that waits for an answer.

    Attributes
    ----------
    kind : int
        Position of its kind.
    name, title : str
        Of its kind; what happened.
    severity : float
        0 to 1.
    choices : tuple of (str, str)
        What can be done, and what that does and costs.
    chosen : int
        The choice that is queued, counted from 1; 0 for none, which is the first.
    """

    kind: int
    name: str
    title: str
    severity: float
    choices: tuple[tuple[str, str], ...]
    chosen: int


def asking(play: PlayContext) -> list[Asking]:
    """Events that struck the player's seat and can be answered this quarter."""
    s, n = play.match.scenario, play.place
    pending = play.seen.events.pending[:, n, 0]
    given = {
        queued.order.event: queued.order.choice
        for queued in play.match.queued(play.seat)
        if isinstance(queued.order, Respond)
    }
    found = []
    for v in map(int, np.flatnonzero(pending)):
        name = s.events.axis.names[v]
        choices = tuple(
            (choice.words, choice_words(s, v, number, n)) for number, choice in enumerate(s.events.choices[v])
        )
        found.append(Asking(v, name, s.events.words[v], float(pending[v]), choices, given.get(name, 0)))
    return found


def respond(play: PlayContext, event: Asking, choice: int) -> None:
    """Choose; the choice that was queued is taken back first, the same again only taken back."""
    for queued in play.match.queued(play.seat):
        if isinstance(queued.order, Respond) and queued.order.event == event.name:
            play.take_back(queued.order)
    if choice != event.chosen:
        play.give(Respond(event.name, choice))


class EventsView:
    """Keeps which event the keys answer; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        self._list: ListView | None = None

    def give(self) -> None:
        """Choices are made by their cards, or keys 1 to 4."""
        self.play.say("Press 1 to 4 to answer the first event.")

    def on_key(self, event: pygame.event.Event) -> bool:
        """1 to 4 answer the first event that has no answer yet, or the first."""
        if event.key not in KEYS:
            return False
        waiting = asking(self.play)
        first = next((each for each in waiting if not each.chosen), waiting[0] if waiting else None)
        choice = KEYS.index(event.key) + 1
        if first is not None and choice <= len(first.choices):
            respond(self.play, first, choice)
        return first is not None

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the events with their choices."""
        waiting = asking(self.play)
        if not waiting:
            words = (
                "Nothing asks for an answer. What strikes at home can be answered in the quarter after; who says "
                "nothing takes the first choice."
            )
            holder.add(
                RichText(pygame.Rect(area.x + 2, area.y + 6, area.w - 4, 90), plain(words, "body", theme.TEXT_2))
            )
            return
        offset = self._list.offset if self._list else 0
        room = pygame.Rect(area.x - 2, area.y, area.w + 12, area.h)
        view = self._list = holder.add(ListView(room, gap=6, name="events", offset=offset))
        for each in waiting:
            self._event(kit, view, each)

    def _event(self, kit: Kit, view: ListView, event: Asking) -> None:
        view.append(24, lambda rect: Label(rect, event.title, "body_bold", ellipsis=True))
        effects = event_effects(self.play.match.scenario, event.kind, event.severity)
        words = plain(f"{capital_first('; '.join(effects))}.", "secondary", theme.TEXT_2)
        height = RichText.height_for(kit, words, view.content_width - 4)
        view.append(height, lambda rect: RichText(rect, words))
        for number, (_, effect) in enumerate(event.choices, start=1):
            tall = AnswerCard.height_for(kit, capital_first(effect), view.content_width - 4)
            view.append(tall, partial(self._choice, event, number))

    def _choice(self, event: Asking, number: int, rect: pygame.Rect) -> AnswerCard:
        title, effect = event.choices[number - 1]
        chosen = event.chosen == number or (not event.chosen and number == 1)
        note = "Chosen." if event.chosen == number else "What happens if you say nothing." if number == 1 else ""
        reason = self.play.match.test(self.play.seat, Respond(event.name, number)).reason
        tip = Tip(title, plain(f"{capital_first(effect)}. {note}"), blocked=_blocked(reason, event))
        return AnswerCard(rect, title, capital_first(effect), LOOKS[(number - 1) % len(LOOKS)], str(number),
                          partial(respond, self.play, event, number), selected=chosen, name=f"{event.name} {number}",
                          tip=tip)  # fmt: skip


def _blocked(reason: str, event: Asking) -> str:
    """Why a choice cannot be made; another one already queued does not count."""
    return "" if not reason or event.chosen else f"{capital_first(reason)}."
