"""One side of a deal: the clauses that one party gives, the form of the one chosen, and what all is worth to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.explain.clauses import CLAUSE_TITLES
from game.ui import theme
from game.ui.kit import (
    Button,
    Card,
    CardFace,
    DivergingMeter,
    Dropdown,
    Flag,
    Kit,
    Label,
    ListView,
    Panel,
    RichText,
    Term,
    Tip,
    Widget,
    plain,
)
from game.ui.main.context import PlayContext
from game.ui.main.deal_choices import Choices
from game.ui.main.deal_draft import Draft, Part
from game.ui.main.deal_form import ClauseForm
from game.ui.main.deal_looks import clause_details, clause_icon, clause_sentence, place_name, signed_points, tone
from game.ui.main.deal_worth import DealWorth, SideWorth
from game.ui.map.places import PLACE_BY_CODE

HEADER, CARD, ADD, ROW = 74, 56, 40, 26
TERMS_SHOWN = 6


class DealColumn:
    """Makes the panel of one side.

    Parameters
    ----------
    play, draft, choices : the game, what is put together, and what it may be.
    mine : bool
        Whether this is what the player gives.
    form : ClauseForm
        Shown in the column of the clause that is chosen.
    on_rebuild : callable
        Makes the screen anew.
    on_partner : callable
        Gets the code of another partner.
    on_third : callable
        Gets the code of a third party; empty for none.
    """

    def __init__(
        self,
        play: PlayContext,
        draft: Draft,
        choices: Choices,
        *,
        mine: bool,
        form: ClauseForm,
        on_rebuild: Callable[[], None],
        on_partner: Callable[[str], None],
        on_third: Callable[[str], None],
    ) -> None:
        self.play, self.draft, self.choices, self.mine, self.form = play, draft, choices, mine, form
        self.on_rebuild, self.on_partner, self.on_third = on_rebuild, on_partner, on_third
        self._cards: dict[int, Card] = {}
        self._meters: Widget | None = None

    @property
    def code(self) -> str:
        """Of the party that gives here."""
        return self.play.seat if self.mine else self.draft.partner

    def build(self, kit: Kit, rect: pygame.Rect, padding: int, worth: DealWorth | None) -> Panel:
        """Make the panel."""
        panel = Panel(rect, name="deal give" if self.mine else "deal get")
        inner = pygame.Rect(rect.x + padding, rect.y, rect.w - 2 * padding, rect.h)
        self._header(kit, panel, inner)
        here = self.draft.positions(self.mine)
        form = self.form.height() if self.draft.chosen in here else 0
        lower = form or (30 + ROW * TERMS_SHOWN if worth else 0)
        top = rect.y + HEADER + 10
        room = rect.bottom - padding - lower - 10 - ADD - 8 - top
        cards = pygame.Rect(inner.x - 2, top, inner.w + 4, max(CARD, min(room, len(here) * (CARD + 6) + 4)))
        y = top
        if here:
            self._list(kit, panel, cards, here, worth)
            y = cards.bottom + 2
        self._add_clause(panel, pygame.Rect(inner.x, y, inner.w, 34))
        below = pygame.Rect(inner.x, y + ADD + 8, inner.w, rect.bottom - padding - y - ADD - 8)
        self._meters = None
        if form:
            self.form.fill(panel, pygame.Rect(below.x, below.y, below.w, form))
            below = pygame.Rect(below.x, below.y + form + 12, below.w, max(0, below.h - form - 12))
        if worth and below.h >= 30 + 3 * ROW:
            self._meters = panel.add(Widget(below))
            self._fill_meters(kit, below, worth)
            below = pygame.Rect(below.x, below.y + lower + 12, below.w, below.h - lower - 12)
        if not here and self.choices.room(self.draft):
            self._suggestions(panel, below)
        return panel

    def _header(self, kit: Kit, panel: Panel, inner: pygame.Rect) -> None:
        place = PLACE_BY_CODE[self.code]
        panel.add(Flag(pygame.Rect(inner.x, inner.y + 14, 44, 44), place.flag, theme.ACCENT if self.mine else None))
        x = inner.x + 56
        panel.add(
            Label(pygame.Rect(x, inner.y + 4, inner.w - 56, 36), "You give" if self.mine else "You get", "nation")
        )
        if self.mine:
            panel.add(
                Label(
                    pygame.Rect(x, inner.y + 42, inner.w - 56, 22),
                    place_name(self.play, self.code),
                    "body",
                    theme.TEXT_2,
                )
            )
            return
        partners = self.choices.partners()
        codes = [code for code, _ in partners]
        texts = [f"from {name}" for _, name in partners]
        width = min((inner.w - 64) // 2, int(max(kit.text.width(text, "body") for text in texts)) + 56)
        tip = Tip("Partner", plain("With whom. Another partner leaves your clauses as they are."))
        panel.add(
            Dropdown(
                pygame.Rect(x, inner.y + 42, width, 26),
                texts,
                lambda n: self.on_partner(codes[n]),
                chosen=codes.index(self.draft.partner),
                name="deal partner",
                tip=tip,
            )
        )
        self._third_party(panel, pygame.Rect(x + width + 8, inner.y + 42, inner.right - x - width - 8, 26), partners)

    def _third_party(self, panel: Panel, rect: pygame.Rect, partners: list[tuple[str, str]]) -> None:
        """Who signs too."""
        rows = [("", "and nobody else"), *((code, f"and {name}") for code, name in partners
                                           if code != self.draft.partner)]  # fmt: skip
        codes = [code for code, _ in rows]
        words = "A contract may have three parties: all must sign; a clause is with one of the others, or between them."
        panel.add(
            Dropdown(
                rect,
                [name for _, name in rows],
                lambda n: self.on_third(codes[n]),
                chosen=codes.index(self.draft.third) if self.draft.third in codes else 0,
                name="deal third",
                tip=Tip("Third party", plain(words)),
            )
        )

    # --- the clauses

    def _list(self, kit: Kit, panel: Panel, rect: pygame.Rect, here: list[int], worth: DealWorth | None) -> None:
        view = panel.add(ListView(rect, gap=6, name="deal clauses mine" if self.mine else "deal clauses theirs"))
        self._cards = {}
        for position in here:
            view.append(CARD, partial(self._row, position, worth))

    def _row(self, position: int, worth: DealWorth | None, rect: pygame.Rect) -> Widget:
        row = Widget(rect)
        card = pygame.Rect(rect.x, rect.y, rect.w - 34, rect.h)
        part = self.draft.parts[position]
        choose = partial(self._choose, position)
        self._cards[position] = row.add(
            Card(
                card,
                self._face(part, position, worth),
                choose,
                selected=position == self.draft.chosen,
                cuts=True,
                name=f"clause {position}",
                tip=self._tip(part, position, worth),
            )
        )
        cross = pygame.Rect(rect.right - 30, rect.centery - 15, 30, 30)
        tip = Tip("Take out", plain(f"Takes the clause out: {CLAUSE_TITLES[part.kind].lower()}."))
        row.add(
            Button(
                cross,
                "",
                partial(self._remove, position),
                kind="icon",
                icon="x",
                name=f"remove clause {position}",
                tip=tip,
            )
        )
        return row

    def _face(self, part: Part, position: int, worth: DealWorth | None) -> CardFace:
        icon, colour = clause_icon(part.kind)
        clause = self.draft.clause(part, self.play.seat)
        points = worth.mine.points(position) if worth else None
        whom = f", {self._parties(part)}" if self.draft.third else ""
        return CardFace(
            f"{CLAUSE_TITLES[part.kind]}{whom}",
            clause_details(self.play, clause),
            icon,
            colour,
            figure=signed_points(points) if points is not None else "",
            figure_colour=tone(points) if points is not None else theme.TEXT,
        )

    def _parties(self, part: Part) -> str:
        """With whom a clause of a deal of three is."""
        other = place_name(self.play, self.draft.other(part))
        if not part.between:
            return other
        return f"{other} to {place_name(self.play, self.draft.whom(part, self.play.seat))}"

    def _tip(self, part: Part, position: int, worth: DealWorth | None) -> Tip:
        clause = self.draft.clause(part, self.play.seat)
        terms: tuple[Term, ...] = ()
        if worth:
            other = place_name(self.play, self.draft.other(part))
            theirs = worth.third if part.third and worth.third else worth.theirs
            terms = (
                Term("Worth to you, points", signed_points(worth.mine.points(position)), theme.TEXT),
                *worth.mine.terms_of(position),
                Term(f"Worth to {other}", signed_points(theirs.points(position)), theme.TEXT),
                *theirs.terms_of(position),
            )
            if part.between and worth.third:
                rest = worth.theirs if part.third else worth.third
                name = place_name(self.play, self.draft.whom(part, self.play.seat))
                terms += (Term(f"Worth to {name}", signed_points(rest.points(position)), theme.TEXT),)
        source = "Points of the quarterly score, over the length of the contract" if worth else ""
        return Tip(CLAUSE_TITLES[part.kind], plain(clause_sentence(self.play, clause)), terms, source)

    def show(self, kit: Kit, worth: DealWorth | None) -> None:
        """Bring cards and meters in step with the values; the form keeps its widgets."""
        for position, card in self._cards.items():
            part = self.draft.parts[position]
            card.face, card.tip = self._face(part, position, worth), self._tip(part, position, worth)
            card.mark_dirty()
        if self._meters and worth:
            self._meters.clear()
            self._fill_meters(kit, self._meters.rect, worth)

    def _choose(self, position: int) -> None:
        self.draft.chosen = -1 if self.draft.chosen == position else position
        self.on_rebuild()

    def _remove(self, position: int) -> None:
        self.draft.remove(position)
        self.on_rebuild()

    def _add_clause(self, panel: Panel, rect: pygame.Rect) -> None:
        kinds = self.choices.kinds(self.mine)
        blocked = "" if self.choices.room(self.draft) else "A contract holds five clauses at most; take one out."
        if not kinds:
            blocked = "There is nothing to give."
        texts = ["Add a clause", *(CLAUSE_TITLES[kind.name] for kind in kinds)]
        tip = Tip(
            "Add a clause",
            plain("What the giver could keep now; the law says when the deal is put together."),
            blocked=blocked,
        )

        def take(number: int) -> None:
            part = self.choices.first(kinds[number - 1].name, self.mine) if number else None
            if part is not None:
                self.draft.parts.append(part)
                self.draft.chosen = len(self.draft.parts) - 1
            self.on_rebuild()

        name = "add mine" if self.mine else "add theirs"
        panel.add(Dropdown(rect, texts, take, name=name, tip=tip))

    def _suggestions(self, panel: Panel, rect: pygame.Rect) -> None:
        """Clauses to begin with: those worth most to both sides together."""
        found = self.choices.suggested(self.mine)[: max(0, (rect.h - 30) // (CARD + 6))]
        if not found:
            return
        panel.add(Label(pygame.Rect(rect.x, rect.y, rect.w, 26), "Worth most to both together", "section"))
        for number, (part, mine, theirs) in enumerate(found):
            icon, colour = clause_icon(part.kind)
            clause = part.clause(self.play.seat, self.draft.partner)
            face = CardFace(
                CLAUSE_TITLES[part.kind],
                clause_details(self.play, clause),
                icon,
                colour,
                figure=f"{signed_points(mine)} to you",
                figure_colour=tone(mine),
                under_figure=f"{signed_points(theirs)} to them",
            )
            place = pygame.Rect(rect.x, rect.y + 32 + number * (CARD + 6), rect.w, CARD)
            tip = Tip(CLAUSE_TITLES[part.kind], plain(f"{clause_sentence(self.play, clause)} Press to put it in."))
            panel.add(Card(place, face, partial(self._put_in, part), cuts=True, tip=tip,
                           name=f"suggested {'mine' if self.mine else 'theirs'} {number}"))  # fmt: skip

    def _put_in(self, part: Part) -> None:
        self.draft.parts.append(part)
        self.on_rebuild()

    # --- the worth

    def _fill_meters(self, kit: Kit, rect: pygame.Rect, worth: DealWorth) -> None:
        holder = self._meters
        assert holder is not None
        side: SideWorth = worth.mine if self.mine else worth.theirs
        self._meters_head(holder, rect, side)
        terms = side.summed()[: max(0, (rect.h - 30) // ROW)][:TERMS_SHOWN]
        if not terms:
            nothing = plain("Nothing yet.", "body", theme.TEXT_3)
            holder.add(RichText(pygame.Rect(rect.x, rect.y + 30, rect.w, 40), nothing))
        widest = max((abs(value) for _, value in terms), default=1.0) or 1.0
        for number, (name, value) in enumerate(terms):
            row = pygame.Rect(rect.x, rect.y + 30 + number * ROW, rect.w, ROW)
            self._meter(holder, row, name, value, value / widest)

    def _meters_head(self, holder: Widget, rect: pygame.Rect, side: SideWorth) -> None:
        """What all of it is worth to whom."""
        whom = "you" if self.mine else place_name(self.play, self.draft.partner)
        head = f"What it is worth to {whom}"
        holder.add(Label(pygame.Rect(rect.x, rect.y, rect.w - 70, 26), head, "section", ellipsis=True))
        words = plain("All clauses of both sides, and what a kept contract adds to trust.")
        source = "Points of the quarterly score, over the length of the contract"
        figure = pygame.Rect(rect.right - 70, rect.y, 70, 26)
        name = f"worth {'mine' if self.mine else 'theirs'}"
        holder.add(Label(figure, signed_points(side.total), "figure", tone(side.total), align="right",
                         tip=Tip(head, words, side.lines(), source), name=name))  # fmt: skip

    def _meter(self, holder: Widget, row: pygame.Rect, name: str, value: float, share: float) -> None:
        """One term: its words, a bar, its points."""
        label = min(210, int(row.w * 0.44))
        holder.add(Label(pygame.Rect(row.x, row.y, label, ROW), name, "body", theme.TEXT_2, ellipsis=True))
        holder.add(DivergingMeter(pygame.Rect(row.x + label + 6, row.y, row.w - label - 6 - 52, ROW), share))
        figure = pygame.Rect(row.right - 48, row.y, 48, ROW)
        holder.add(Label(figure, signed_points(value), "figure", tone(value), align="right"))
