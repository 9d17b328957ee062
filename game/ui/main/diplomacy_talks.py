"""Talks: the offers of the round, the player's own proposals, what became of the last round, and sending it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.core.diplomacy import PROPOSALS, Answer
from game.explain.clauses import CLAUSE_TITLES, dollars, proposal_words
from game.standing import TAKEN_FROM, WAYS, SetAside
from game.ui import theme
from game.ui.kit import (
    Box,
    Button,
    Card,
    CardFace,
    Dropdown,
    Kit,
    Label,
    Panel,
    RichText,
    ScrollView,
    Span,
    Term,
    Tip,
    Widget,
    columns,
    plain,
)
from game.ui.main.cards_view import CardsView
from game.ui.main.context import PlayContext
from game.ui.main.deal_draft import Draft, draft_of
from game.ui.main.deal_looks import clause_sentence, place_name, signed_points, tone
from game.ui.main.deal_worth import DealWorth, deal_worth
from game.ui.main.diplomacy_rows import Row, state_words, talk_rows
from game.ui.main.order_words import capital_first, count
from game.ui.main.refill import ChoiceList
from game.ui.map.places import PLACE_BY_CODE

HEAD, BUTTONS = 28, 34
LOOK = Box(theme.CARD, line=theme.LINE, radius=theme.RADIUS_CARD)


class TalksView(CardsView[Row]):
    """Keeps what is chosen; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        super().__init__("talks", redraw)
        self.play = play
        self.show_all = False
        self._rows: list[Row] | None = None
        self._worths: dict[str, DealWorth] = {}

    def renew(self) -> None:
        """Forget the offers and what they are worth."""
        self._rows, self._worths = None, {}

    # --- what there is

    @property
    def rows(self) -> list[Row]:
        """Offers first, then own proposals, then what became of those of closed rounds that concern the player."""
        if self._rows is None:
            self._rows = talk_rows(self.play.match, self.play.seat, self.show_all)
        return self._rows

    def worth(self, row: Row) -> DealWorth:
        """What the contract of a row is worth to the player and to the other."""
        if row.key not in self._worths:
            self._worths[row.key] = deal_worth(self.play, row.proposal, row.other)
        return self._worths[row.key]

    # --- widgets

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the round, the list, the detail and the buttons."""
        self._head(holder, pygame.Rect(area.x, area.y, area.w, HEAD))
        foot = pygame.Rect(area.x, area.bottom - BUTTONS, area.w, BUTTONS)
        self._foot(kit, holder, foot)
        top = self._standing(holder, pygame.Rect(area.x, area.y + HEAD, area.w, 30))
        body = pygame.Rect(area.x, top + 2, area.w, foot.y - 8 - top - 2)
        row = self.chosen
        if row is None:
            holder.add(RichText(pygame.Rect(body.x + 2, body.y + 6, body.w - 4, body.h), self._nothing()))
            return
        self._detail(kit, holder, self.fill_list(holder, body, row), row)

    def _head(self, holder: Widget, rect: pygame.Rect) -> None:
        number = self.play.match.round
        said = f"Round {number} of 2" if number else "Talks are over"
        body = (
            "Everybody's proposals and answers are sealed; when you send the round they are opened together, and what "
            "all parties accepted is signed. Ending the quarter closes what is open: offers without an answer lapse."
        )
        tip = Tip("Talks", plain(body), source="A save holds the quarter as it began, before its talks")
        holder.add(Label(pygame.Rect(rect.x + 2, rect.y, rect.w // 2, rect.h), said, "section", tip=tip, name="round"))
        waiting = sum(row.offer is not None and row.offer.answer is None for row in self.rows)
        asked = sum(motion.vote is None for motion in self.play.match.motions(self.play.seat))
        told = [count(number, one) for number, one in ((waiting, "offer"), (asked, "motion")) if number]
        note = f"{' and '.join(told)} to answer" if told else ""
        holder.add(
            Label(
                pygame.Rect(rect.x + rect.w // 2, rect.y, rect.w // 2 - 2, rect.h),
                note,
                "body",
                theme.ACCENT,
                align="right",
                tip=tip,
            )
        )

    def _standing(self, holder: Widget, rect: pygame.Rect) -> int:
        """What is done with offers beyond the three shown, where there are any; returns where it ends."""
        aside = self.play.match.sorted_out(self.play.seat)[1]
        if not aside:
            return rect.y
        taken = sum(each.accept for each in aside)
        done = f"{len(aside) - taken} refused" + (f", {taken} taken" if taken else "")
        words = "Three offers a round lie before you; your envoys answer the others as you tell them, and say why."
        tip = Tip("Standing instruction", plain(words), tuple(Term(self._who(each), each.reason) for each in aside[:6]))
        left, right = columns(rect, (0.56, 0.44), 6)
        button = pygame.Rect(left.x, left.y, left.w, 28)
        shown = f"{done}: {'hide' if self.show_all else 'show'}"
        holder.add(Button(button, shown, self._toggle, kind="ghost", name="standing show", tip=tip))
        now = WAYS.index(self.play.match.standing[self.play.seat].instruction)
        texts = ("Refuse the rest", f"Take from +{TAKEN_FROM:g}")
        place = pygame.Rect(right.x, right.y, right.w, 28)
        holder.add(Dropdown(place, texts, self._instruct, chosen=now, name="standing", tip=tip))
        return rect.bottom

    def _who(self, each: SetAside) -> str:
        return place_name(self.play, each.offer.sender)

    def _toggle(self) -> None:
        """Show or hide the offers that are answered for the player."""
        self.show_all = not self.show_all
        self._rows = None
        self.redraw()

    def _instruct(self, position: int) -> None:
        """Say how the others are answered."""
        self.play.match.standing[self.play.seat].instruction = WAYS[position]
        self._rows = None
        self.redraw()

    def _nothing(self) -> tuple[Span, ...]:
        if not self.play.match.round:
            return plain(
                "Both rounds of this quarter are closed, and nothing in them concerned you. Orders come next.",
                "body",
                theme.TEXT_2,
            )
        return plain(
            "No offers lie before you. Make one, or go on to your orders: ending the quarter closes the talks.",
            "body",
            theme.TEXT_2,
        )

    def _foot(self, kit: Kit, holder: Widget, rect: pygame.Rect) -> None:
        number = self.play.match.round
        over = "" if number else "Both rounds of this quarter are closed."
        busy = "The round is being closed." if self.play.busy else over
        full = len(self.play.match.proposals(self.play.seat)) >= PROPOSALS
        enough = "Two proposals wait to be sent: take one back, or send the round." if full else ""
        new, send = columns(rect, (0.5, 0.5), 8)
        tip = Tip("New proposal (W)", plain("Put a contract together."), blocked=busy or enough)
        holder.add(Button(new, "New proposal", self.begin, kind="ghost", name="new proposal", tip=tip))
        words = f"Send round {number}" if number else "Talks are over"
        tip = Tip(f"{words} (X)", plain("Sends your proposals and answers, and signs what all accepted."), blocked=busy)
        holder.add(Button(send, words, self.play.close_round, name="send round", tip=tip))

    def card(self, view: ChoiceList, row: Row, rect: pygame.Rect) -> Card:
        """An offer or a proposal: with whom, what, its worth or its chance."""
        worth = self.worth(row)
        state, colour = state_words(self.play, row)
        points = worth.theirs.chance if row.own else worth.mine.total
        figure = f"{points:.0%}" if row.own else signed_points(points)
        face = CardFace(
            self._title(row),
            capital_first(proposal_words(row.proposal, self.play.match.scenario, 2)),
            flag=PLACE_BY_CODE[row.other].flag,
            figure=figure,
            figure_colour=theme.TEXT if row.own else tone(points),
            under_figure=state,
            under_colour=colour,
        )
        current = row.key == view.current
        card = Card(
            rect,
            face,
            partial(self.choose, row.key),
            selected=current,
            cuts=True,
            name=view.row_name(row.key),
            tip=self._tip(row, worth),
        )
        card.focusable = current
        return card

    def _title(self, row: Row) -> str:
        name = place_name(self.play, row.other)
        if row.own:
            return f"To {name}"
        sent = row.outcome is not None and row.outcome.sender == self.play.seat
        return f"To {name}" if sent else f"{name} offers"

    def _tip(self, row: Row, worth: DealWorth) -> Tip:
        name = place_name(self.play, row.other)
        terms = []
        for n, clause in enumerate(row.proposal.clauses):
            terms.append(Term(CLAUSE_TITLES[clause.kind], signed_points(worth.mine.points(n))))
            terms += worth.mine.terms_of(n)
        terms += worth.mine.terms_of(-1)
        terms.append(Term("Worth to you, points", signed_points(worth.mine.total), theme.ACCENT))
        terms.append(Term(f"Worth to {name}", signed_points(worth.theirs.total)))
        return Tip(
            self._title(row),
            plain(self._frame(row)),
            tuple(terms),
            "Points of the quarterly score, over the length of the contract",
        )

    def _frame(self, row: Row) -> str:
        """Length, escrow and the rest in a sentence."""
        p = row.proposal
        said = [count(p.quarters, "quarter")]
        if p.escrow > 0:
            said.append(f"{dollars(p.escrow)} of escrow each")
        if p.snap_back:
            said.append("snap-back")
        if p.verifier:
            said.append(f"verified by {place_name(self.play, p.verifier)}")
        return f"{', '.join(said)}."

    # --- the detail

    def _detail(self, kit: Kit, holder: Widget, rect: pygame.Rect, row: Row) -> None:
        panel = holder.add(Panel(rect, look=LOOK))
        inner = pygame.Rect(rect.x + 12, rect.y + 8, rect.w - 24, rect.h - 16)
        foot = pygame.Rect(inner.x, inner.bottom - 30, inner.w, 30)
        buttons = self._buttons(kit, panel, foot, row)
        room = pygame.Rect(inner.x, inner.y, inner.w + 8, inner.h - (36 if buttons else 0))
        spans = self._spans(row)
        view = panel.add(ScrollView(room, name="talks detail"))
        height = RichText.height_for(kit, spans, view.content_width)
        view.add(RichText(pygame.Rect(room.x, room.y, view.content_width, height), spans, name="talks words"))

    def _spans(self, row: Row) -> tuple[Span, ...]:
        worth, spans = self.worth(row), []
        for n, clause in enumerate(row.proposal.clauses):
            points = worth.mine.points(n)
            spans.append(Span(f"{clause_sentence(self.play, clause)} ", "body"))
            spans.append(Span(f"{signed_points(points)}\n", "figure", tone(points)))
        spans.append(Span(self._frame(row), "secondary", theme.TEXT_2))
        reasons = self._reasons(row, worth)
        if reasons:
            spans.append(Span(f"\n{reasons}", "secondary", theme.TEXT_3))
        return tuple(spans)

    def _reasons(self, row: Row, worth: DealWorth) -> str:
        """Why the other offers it, or answered as it did."""
        refused = row.outcome.why.get(row.other, ()) if row.outcome is not None else ()
        if refused:
            return f"{place_name(self.play, row.other)} refuses: {'; '.join(refused)}."
        ranked = [words for words, _ in worth.theirs.summed()[:3]]
        if not ranked:
            return ""
        name = place_name(self.play, row.other)
        told = "; ".join(words[:1].lower() + words[1:] for words in ranked)
        return f"{name}, {signed_points(worth.theirs.total)}: {told}."

    def _buttons(self, kit: Kit, panel: Widget, rect: pygame.Rect, row: Row) -> bool:
        """Add the buttons of a row; False where there is nothing to do."""
        if row.outcome is not None:
            return False
        if row.offer is not None:
            accept = Answer(row.offer.name, accept=True)
            reason = self.play.match.test(self.play.seat, accept).reason
            makers: tuple[tuple[str, Callable[[], None], str, bool, str], ...] = (
                ("Accept", partial(self.answer, row, True), "accept", row.offer.answer is True, reason),
                ("Refuse", partial(self.answer, row, False), "refuse", row.offer.answer is False, ""),
                ("Counter", partial(self.counter, row), "counter", False, ""),
            )
        else:
            makers = (
                ("Change", partial(self.change, row), "change proposal", False, ""),
                ("Take back", partial(self.take_back, row), "take back", False, ""),
            )
        for place, (text, act, name, on, reason) in zip(
            columns(rect, [1.0 / len(makers)] * len(makers), 6), makers, strict=True
        ):
            tip = Tip(f"{text}", plain(HELP[name]), blocked=f"{capital_first(reason)}." if reason else "")
            panel.add(
                Button(
                    place,
                    text,
                    act,
                    kind="secondary" if on or name == "accept" else "ghost",
                    icon="check" if on else "",
                    name=name,
                    tip=tip,
                )
            )
        return True

    # --- acting

    def give(self) -> None:
        """Accept the offer that is chosen."""
        row = self.chosen
        if row is not None and row.offer is not None:
            self.answer(row, accept=True)

    def answer(self, row: Row, accept: bool) -> None:
        """Accept or refuse; the same again takes the answer back."""
        assert row.offer is not None
        if row.offer.answer is accept:
            self.play.take_back(
                next(
                    words
                    for words in self.play.match.words(self.play.seat)
                    if isinstance(words, Answer) and words.offer == row.offer.name
                )
            )
        else:
            self.play.give(Answer(row.offer.name, accept=accept))

    def counter(self, row: Row) -> None:
        """Open the builder, filled in with the offer."""
        draft = draft_of(row.proposal, self.play.seat, row.other)
        draft.answers = row.offer.name if row.offer else ""
        self.play.negotiate(draft)

    def change(self, row: Row) -> None:
        """Open the builder on a proposal that waits to be sent."""
        draft = draft_of(row.proposal, self.play.seat, row.other)
        self.play.take_back(row.proposal)
        draft.replaces = row.proposal
        self.play.negotiate(draft)

    def take_back(self, row: Row) -> None:
        """Take a proposal back."""
        self.play.take_back(row.proposal)

    def begin(self, partner: str = "") -> None:
        """Open the builder for a new proposal."""
        if not self.play.match.round or self.play.busy:
            self.play.say("The talks of this quarter are over.")
            return
        selected = self.play.selected
        seats = [code for code in self.play.match.scenario.seats if code != self.play.seat]
        chosen = partner or (selected if selected in seats else seats[0])
        self.play.negotiate(Draft(chosen or seats[0]))


HELP = {
    "accept": "Signed when the round closes, if every other party accepts too. The same again takes it back.",
    "refuse": "Tells the sender no. The same again takes it back.",
    "counter": "Opens the builder filled in with this offer; sending it refuses the offer.",
    "change proposal": "Opens the builder on it.",
    "take back": "It is not sent.",
}
