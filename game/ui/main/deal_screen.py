"""Putting a deal together: what you give, what you get, and the likely answer."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.core.diplomacy import Answer
from game.ui.kit import Screen, columns
from game.ui.main.context import PlayContext
from game.ui.main.deal_answer import DealAnswer
from game.ui.main.deal_choices import Choices
from game.ui.main.deal_column import DealColumn
from game.ui.main.deal_draft import Draft
from game.ui.main.deal_form import ClauseForm
from game.ui.main.deal_looks import place_name
from game.ui.main.deal_worth import DealWorth, deal_worth
from game.ui.main.top_bar import TopBar
from game.ui.theme import Layout


class DealScreen(Screen):
    """A proposal to one partner or two, or a counter to an offer.

    Parameters
    ----------
    play : PlayContext
        The game; the round of talks is open.
    draft : Draft
        What is put together; kept by whoever opened the screen.
    top : TopBar
        That of the main screen.
    on_done : callable
        Called when the screen is left, sent or not.
    """

    keys = (
        ("Ctrl Enter", "Put the proposal into the round"),
        ("Esc", "Close the form of a clause, then walk away"),
        ("Delete", "Take out the clause whose form is open"),
        ("Page keys", "On a slider: a tenth of its range"),
    )

    def __init__(self, play: PlayContext, draft: Draft, top: TopBar, on_done: Callable[[], None]) -> None:
        super().__init__()
        self.play, self.draft, self.top, self.on_done = play, draft, top, on_done
        self._put_together()

    def _put_together(self) -> None:
        play, draft = self.play, self.draft
        self.choices = Choices(play, draft.partner)
        third = Choices(play, draft.third) if draft.third else None
        pairs = ((draft.partner, draft.third), (draft.third, draft.partner)) if draft.third else ()
        between = tuple(Choices(play, giver, taker) for giver, taker in pairs)
        form = ClauseForm(draft, self.choices, self._changed, self._rebuilt, third, between)
        self.give, self.get = (
            DealColumn(
                play,
                draft,
                self.choices,
                mine=mine,
                form=form,
                on_rebuild=self._rebuilt,
                on_partner=self._with_partner,
                on_third=self._with_third,
            )
            for mine in (True, False)
        )
        self.answer = DealAnswer(
            play, draft, self.choices, on_change=self._changed, on_send=self.send, on_leave=self.walk_away
        )

    @property
    def worth(self) -> DealWorth | None:
        """What the draft is worth to both sides; None while it is empty."""
        if not self.draft.parts:
            return None
        return deal_worth(self.play, self.draft.proposal(self.play.seat), self.draft.partner)

    def build(self, layout: Layout) -> None:
        """Place the bar and the three panels."""
        self.add(self.top.build(self.kit, layout, pygame.Rect(0, 0, layout.width, layout.top_bar)))
        upper = layout.top_bar + layout.gutter
        whole = pygame.Rect(
            layout.margin, upper, layout.width - 2 * layout.margin, layout.height - upper - layout.margin
        )
        side = 316 if layout.compact else 380
        give, get, answer = columns(whole, (0.5, 0.5, side), layout.gutter)
        worth = self.worth
        self.add(self.give.build(self.kit, give, layout.padding, worth))
        self.add(self.get.build(self.kit, get, layout.padding, worth))
        self.add(self.answer.build(self.kit, answer, layout.padding, worth))
        if self.focus is None:
            self.set_focus(self.find("add mine"), ring=False)

    def _rebuilt(self) -> None:
        self.refresh()

    def _changed(self) -> None:
        worth = self.worth
        for part in (self.give, self.get, self.answer):
            part.show(self.kit, worth)
        self.dirty = True

    def _with_partner(self, code: str) -> None:
        self.draft.partner = code
        if self.draft.third == code:
            self._without_third()
        self._renewed(code)

    def _with_third(self, code: str) -> None:
        """Let a third place sign too; none takes its clauses out."""
        if not code:
            self._without_third()
        self.draft.third = code
        self._renewed(code)

    def _without_third(self) -> None:
        self.draft.parts = [part for part in self.draft.parts if not (part.third or part.between)]
        self.draft.third = ""

    def _renewed(self, code: str) -> None:
        """Put the panels together anew for other parties."""
        if self.draft.verifier == code:
            self.draft.verifier = None
        self.draft.chosen = -1
        self._put_together()
        self.refresh()

    # --- ways out

    def send(self) -> None:
        """Put the proposal into the round; an offer that it counters is refused."""
        if self.answer.law:
            button = self.find("deal send")
            button.explain_block()
            return
        play, draft = self.play, self.draft
        if not play.give(draft.proposal(play.seat)):
            return
        if draft.answers:
            play.give(Answer(draft.answers, accept=False))
        draft.replaces = None
        names = [place_name(play, code) for code in (draft.partner, draft.third) if code]
        name = " and ".join(names)
        self.app.pop()
        self.on_done()
        play.say(f"It goes to {name} when you send round {play.match.round}.", "good")

    def walk_away(self) -> None:
        """Leave; a proposal that was opened to be changed stays as it was."""
        if self.draft.replaces is not None:
            self.play.give(self.draft.replaces)
            self.draft.replaces = None
        self.app.pop()
        self.on_done()

    def go_back(self) -> bool:
        """Esc closes the form of a clause, then leaves."""
        if self.draft.chosen >= 0:
            self.draft.chosen = -1
            self.refresh()
        else:
            self.walk_away()
        return True

    def handle(self, event: pygame.event.Event) -> bool:
        """Ctrl+Enter sends wherever the keyboard is."""
        enter = (pygame.K_RETURN, pygame.K_KP_ENTER)
        if event.type == pygame.KEYDOWN and event.mod & pygame.KMOD_CTRL and event.key in enter:
            self.send()
            return True
        return super().handle(event)

    def on_event(self, event: pygame.event.Event) -> bool:
        """Delete takes out the clause whose form is open."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_DELETE and self.draft.chosen >= 0:
            self.draft.remove(self.draft.chosen)
            self.refresh()
            return True
        return False
