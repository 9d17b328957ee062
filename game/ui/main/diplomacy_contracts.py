"""Contracts in force: with whom, what, until when, how far it is kept, and what a breach would cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pygame

from game.core.diplomacy import Break, Propose
from game.explain.breaches import price_of
from game.explain.clauses import dollars, proposal_words
from game.rules import pacts
from game.rules.happened import Contract, contract_at
from game.ui import theme
from game.ui.kit import (
    Answer,
    Button,
    Card,
    CardFace,
    Kit,
    Label,
    Message,
    Panel,
    RichText,
    ScrollView,
    Span,
    Term,
    Tip,
    Widget,
    plain,
)
from game.ui.main.cards_view import CardsView
from game.ui.main.context import PlayContext
from game.ui.main.deal_draft import draft_of
from game.ui.main.deal_looks import clause_sentence, place_name, signed_points, tone
from game.ui.main.diplomacy_talks import LOOK, TalksView
from game.ui.main.order_words import capital_first, long_quarter, short_quarter
from game.ui.main.refill import ChoiceList
from game.ui.map.places import PLACE_BY_CODE

HEAD = 28
KEPT, SLACK = 0.95, 0.7


@dataclass(frozen=True, slots=True)
class InForce:
    """A contract in a row of the table.

    Attributes
    ----------
    met : tuple of float
        Share of each clause delivered in the last quarter.
    """

    slot: int
    contract: Contract
    met: tuple[float, ...]

    @property
    def key(self) -> str:
        """Stays the same while it is in force."""
        return str(self.contract.number)

    @property
    def kept(self) -> float:
        """Share of the clause that was kept least."""
        return min(self.met, default=1.0)


class ContractsView(CardsView[InForce]):
    """Keeps what is chosen; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    talks : TalksView
        Where a contract is negotiated anew.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None], talks: TalksView) -> None:
        super().__init__("contracts", redraw)
        self.play, self.talks = play, talks
        self._rows: list[InForce] | None = None

    def renew(self) -> None:
        """Forget the contracts."""
        self._rows = None

    @property
    def rows(self) -> list[InForce]:
        """Contracts in force: the player's own first, those that end soonest first."""
        if self._rows is None:
            world, s = self.play.match.world, self.play.match.scenario
            slots = map(int, np.flatnonzero(world.contracts.status[:, 0] == pacts.IN_FORCE))
            rows = []
            for slot in slots:
                kinds = world.clauses.kind[slot, :, 0] >= 0
                met = tuple(map(float, world.clauses.met[slot, kinds, 0]))
                rows.append(InForce(slot, contract_at(world, s, slot), met))
            self._rows = sorted(rows, key=lambda row: (not self.own(row), row.contract.until, row.contract.number))
        return self._rows

    def own(self, row: InForce) -> bool:
        """Whether the player's seat is party to it."""
        return self.play.seat in row.contract.parties

    # --- widgets

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the list and the detail."""
        own = sum(map(self.own, self.rows))
        head = pygame.Rect(area.x + 2, area.y, area.w - 4, HEAD)
        holder.add(Label(head, f"In force: {own} of yours, {len(self.rows) - own} of others", "section", ellipsis=True))
        row = self.chosen
        body = pygame.Rect(area.x, area.y + HEAD + 2, area.w, area.h - HEAD - 2)
        if row is None:
            nothing = "Nobody has signed anything yet. Talks begin each quarter."
            holder.add(
                RichText(pygame.Rect(body.x + 2, body.y + 6, body.w - 4, 60), plain(nothing, "body", theme.TEXT_2))
            )
            return
        self._detail(kit, holder, self.fill_list(holder, body, row), row)

    def card(self, view: ChoiceList, row: InForce, rect: pygame.Rect) -> Card:
        """A contract: with whom, what, how far it is kept."""
        s = self.play.match.scenario
        until = f"to {short_quarter(row.contract.until, s.first_quarter)}"
        colour = theme.GOOD if row.kept >= KEPT else theme.WARN if row.kept >= SLACK else theme.BAD
        flag = PLACE_BY_CODE[self._others(row)[0]].flag
        face = CardFace(
            self._title(row),
            capital_first(proposal_words(_as_proposal(row.contract), s, 2)),
            flag=flag,
            figure=f"{row.kept:.0%}",
            figure_colour=colour,
            under_figure=until,
        )
        current = row.key == view.current
        tip = Tip(self._title(row), terms=tuple(self._terms(row)), source="Kept: delivered in the last quarter")
        card = Card(
            rect, face, partial(self.choose, row.key), selected=current, cuts=True, name=view.row_name(row.key), tip=tip
        )
        card.focusable = current
        return card

    def _others(self, row: InForce) -> list[str]:
        return [code for code in row.contract.parties if code != self.play.seat]

    def _title(self, row: InForce) -> str:
        names = [place_name(self.play, code) for code in self._others(row)]
        return f"With {' and '.join(names)}" if self.own(row) else " and ".join(names)

    def _terms(self, row: InForce) -> list[Term]:
        c, s = row.contract, self.play.match.scenario
        terms = [
            Term(clause_sentence(self.play, clause), f"{met:.0%} kept")
            for clause, met in zip(c.clauses, row.met, strict=True)
        ]
        terms.append(Term("In force to", long_quarter(c.until, s.first_quarter)))
        return [*terms, Term("Escrow of each", dollars(c.escrow))] if c.escrow else terms

    # --- the detail

    def _detail(self, kit: Kit, holder: Widget, rect: pygame.Rect, row: InForce) -> None:
        panel = holder.add(Panel(rect, look=LOOK))
        inner = pygame.Rect(rect.x + 12, rect.y + 8, rect.w - 24, rect.h - 16)
        own = self.own(row)
        room = pygame.Rect(inner.x, inner.y, inner.w + 8, inner.h - (36 if own else 0))
        spans = self._spans(row)
        view = panel.add(ScrollView(room, name="contract detail"))
        height = RichText.height_for(kit, spans, view.content_width)
        view.add(RichText(pygame.Rect(room.x, room.y, view.content_width, height), spans, name="contract words"))
        if not own:
            return
        anew = pygame.Rect(inner.x, inner.bottom - 30, inner.w // 2 - 4, 30)
        tip = Tip(
            "Negotiate anew",
            plain("Opens the builder filled in with this contract, as a new proposal."),
            blocked="" if self.play.match.round else "The talks of this quarter are over.",
        )
        panel.add(
            Button(anew, "Renew", partial(self.renew_contract, row), kind="ghost", name="renew contract", tip=tip)
        )
        reason = self.play.match.test(self.play.seat, Break(row.contract.number)).reason
        tip = Tip(
            "Break the contract",
            plain("Shows the price first."),
            terms=tuple(self._price(row)),
            blocked=f"{capital_first(reason)}." if reason else "",
        )
        place = pygame.Rect(anew.right + 8, anew.y, inner.right - anew.right - 8, 30)
        panel.add(Button(place, "Break", partial(self.ask_break, row), kind="ghost", name="break contract", tip=tip))

    def _spans(self, row: InForce) -> tuple[Span, ...]:
        c, spans = row.contract, []
        s = self.play.match.scenario
        for clause, met in zip(c.clauses, row.met, strict=True):
            colour = theme.GOOD if met >= KEPT else theme.WARN if met >= SLACK else theme.BAD
            spans.append(Span(f"{clause_sentence(self.play, clause)} ", "body"))
            spans.append(Span(f"{met:.0%}\n", "figure", colour))
        told = [f"Signed {self._when(c)}, in force to {long_quarter(c.until, s.first_quarter)}"]
        if c.escrow > 0:
            told.append(f"{dollars(c.escrow)} of escrow each")
        if c.snap_back:
            told.append("snap-back")
        if c.verifier:
            told.append(f"verified by {place_name(self.play, c.verifier)}")
        spans.append(Span(f"{', '.join(told)}.", "secondary", theme.TEXT_2))
        return tuple(spans)

    def _when(self, c: Contract) -> str:
        first = self.play.match.scenario.first_quarter
        return "before the game began" if c.signed < 0 else f"in {long_quarter(c.signed, first)}"

    def _price(self, row: InForce) -> list[Term]:
        """What a breach costs, as lines."""
        match = self.play.match
        price = price_of(match.world, match.scenario, match.model.book.tables, self.play.place, row.slot)
        others = ", ".join(place_name(self.play, code) for code in price.others)
        terms = [
            Term("Escrow lost", dollars(price.escrow), theme.BAD if price.escrow else theme.TEXT),
            Term(f"Trust in you, {others}", f"−{price.victims:.0%}", theme.BAD),
            Term("Trust in you, everybody else", f"−{price.witnesses:.0%}", theme.BAD),
            Term("Approval at home", f"−{price.approval * 100:.0f} points", theme.BAD),
            Term("What the rest of it is worth to you", f"{signed_points(price.worth)} points", tone(-price.worth)),
        ]
        return [*terms, *(Term("No longer bound", words, theme.WARN) for words in price.returns)]

    # --- acting

    def give(self) -> None:
        """Negotiate the chosen contract anew."""
        row = self.chosen
        if row is not None and self.own(row):
            self.renew_contract(row)

    def renew_contract(self, row: InForce) -> None:
        """Open the builder filled in with a contract."""
        if not self.play.match.round or self.play.busy:
            self.play.say("The talks of this quarter are over.")
            return
        draft = draft_of(_as_proposal(row.contract), self.play.seat, self._others(row)[0])
        draft.quarters = row.contract.until - row.contract.signed + 1
        self.play.negotiate(draft)

    def ask_break(self, row: InForce) -> None:
        """Show the price of a breach, and break the contract if the player means it."""
        if self.play.app is None:
            return
        lines = "\n".join(f"{term.name}: {term.figure}" for term in self._price(row))
        words = proposal_words(_as_proposal(row.contract), self.play.match.scenario)
        spans = (
            Span(f"{self._title(row)}: {words}.\n\n", "reading"),
            Span(lines, "body", theme.TEXT_2),
            Span(
                "\n\nIt is an order like others: it waits, sealed, until the quarter ends, and can be undone. "
                "Steady seats punish a breach.",
                "body",
                theme.TEXT_2,
            ),
        )
        answers = (
            Answer("Keep it"),
            Answer("Break it", lambda: self._break(row), kind="ghost"),
        )
        self.play.app.open_modal(
            Message("Break the contract?", spans, answers, icon="unlink", colour=theme.BAD, head=theme.ALARM)
        )

    def _break(self, row: InForce) -> None:
        self.play.give(Break(row.contract.number))


def _as_proposal(contract: Contract) -> Propose:
    return Propose(
        contract.parties,
        contract.clauses,
        contract.until - contract.signed + 1,
        contract.escrow,
        contract.snap_back,
        contract.verifier,
    )
