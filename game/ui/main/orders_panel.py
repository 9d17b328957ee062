"""The panel on the right: capital and money left, the tabs of orders, the queue, and the end of the quarter."""

from __future__ import annotations

from functools import partial
from typing import Protocol

import pygame

from game.rules import controls
from game.ui import theme
from game.ui.kit import Button, Canvas, Kit, Label, Panel, PipRow, Tabs, Term, Tip, Widget, plain
from game.ui.main.agenda import AgendaTab
from game.ui.main.agenda_open import open_card
from game.ui.main.context import PlayContext
from game.ui.main.controls import ControlsTab
from game.ui.main.diplomacy import DiplomacyTab
from game.ui.main.filled_panel import FilledPanel, plain_key
from game.ui.main.invest import InvestTab
from game.ui.main.order_words import money
from game.ui.main.queue import QueueList
from game.ui.main.research import ResearchTab
from game.ui.main.rounds import round_quarters
from game.ui.main.state import StateTab
from game.ui.theme import Layout

HEADER, TABS, AGENDA_TAB = 46, 34, 92
NAMES = ("Invest", "Research", "Controls", "Diplomacy", "State")
TAB_KEYS = (pygame.K_i, pygame.K_r, pygame.K_c, pygame.K_o, pygame.K_a)
DIPLOMACY, STATE = NAMES.index("Diplomacy"), NAMES.index("State")
AGENDA = -1
"""In place of a tab: the agenda, which stands above them."""


class OrdersTab(Protocol):
    """One of the tabs."""

    def renew(self) -> None:
        """Forget what depends on the world and the queue."""

    def give(self) -> None:
        """Give the order that is set."""

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the tab's widgets."""


class Rule(Widget):
    """A thin line."""

    def draw_self(self, canvas: Canvas) -> None:
        canvas.horizontal(self.rect.x, self.rect.y, self.rect.w)


class OrdersPanel(FilledPanel):
    """The orders of the player's seat.

    Parameters
    ----------
    play : PlayContext
        The game, the seat, and how to give orders.
    """

    name = "orders"

    def __init__(self, play: PlayContext) -> None:
        super().__init__(play)
        self.tab = AGENDA
        self.invest, self.research = InvestTab(play, self.redraw), ResearchTab(play, self.redraw)
        self.controls = ControlsTab(play, self.redraw)
        self.diplomacy, self.state = DiplomacyTab(play, self.redraw), StateTab(play, self.redraw)
        self.tabs: tuple[OrdersTab, ...] = (self.invest, self.research, self.controls, self.diplomacy, self.state)
        self.agenda = AgendaTab(play, self.redraw, partial(open_card, self))
        self.queue = QueueList(play)

    @property
    def shown(self) -> OrdersTab:
        """The tab that is shown, or the agenda."""
        return self.agenda if self.tab == AGENDA else self.tabs[self.tab]

    @property
    def trying(self) -> bool:
        """Whether the agenda is shown and still being worked out."""
        return self.tab == AGENDA and self.agenda.model.trying

    def try_out(self) -> None:
        """Have the agenda worked out beside the frame, if it is shown."""
        if self.tab == AGENDA:
            self.agenda.model.ask()

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the panel for `area`; the present tab and choices are kept."""
        for tab in (self.agenda, *self.tabs):
            tab.renew()
        return super().build(kit, layout, area)

    def on_key(self, event: pygame.event.Event) -> bool:
        """I, R, C, O and A show a tab, Q the agenda, G gives the order that is set, W begins a proposal, X sends the
        round."""
        if not plain_key(event):
            return False
        if event.key == pygame.K_q:
            self.show(AGENDA)
            self.focus("agenda current")
            return True
        if event.key in TAB_KEYS:
            self._choose_tab(TAB_KEYS.index(event.key))
            self.focus("tabs")
            return True
        actions = {
            pygame.K_g: self.shown.give,
            pygame.K_w: self.diplomacy.talks.begin,
            pygame.K_x: self.play.close_round,
        }
        if event.key in actions:
            actions[event.key]()
            return True
        if self.tab == AGENDA:
            return self.agenda.on_key(event)
        return self.tab == STATE and self.state.on_key(event)

    def show(self, tab: int, view: int = 0) -> None:
        """Show a tab or the agenda, and of Diplomacy or State one of its views."""
        self.tab = tab
        for each in (self.diplomacy, self.state):
            if self.shown is each:
                each.view = view
        self.redraw()

    def _to_agenda(self, _: int) -> None:
        self.show(AGENDA)

    def _choose_tab(self, tab: int) -> None:
        self.tab = tab
        self.redraw()

    # --- widgets

    def fill(self, kit: Kit, layout: Layout, panel: Panel) -> None:
        """Add money and capital, the tabs, the present tab, the queue and the end of the quarter."""
        pad = layout.padding
        inner = pygame.Rect(panel.rect.x + pad, panel.rect.y, panel.rect.w - 2 * pad, panel.rect.h)
        self._header(panel, inner)
        tabs = pygame.Rect(inner.x, inner.y + HEADER, inner.w, TABS)
        panel.add(Rule(pygame.Rect(panel.rect.x + 1, tabs.bottom - 1, panel.rect.w - 2, 1)))
        panel.add(Tabs(tabs, NAMES, self._choose_tab, chosen=self.tab, name="tabs"))
        end = pygame.Rect(inner.x, inner.bottom - pad - theme.PRIMARY_HEIGHT, inner.w, theme.PRIMARY_HEIGHT)
        below = self.queue.height(2 if layout.compact else 3)
        queue = pygame.Rect(inner.x, end.y - 10 - below, inner.w, below)
        body = pygame.Rect(inner.x, tabs.bottom + 8, inner.w, queue.y - 8 - tabs.bottom - 8)
        self.play.control_class = None
        self.shown.fill(kit, panel, body)
        self.queue.fill(kit, panel, queue)
        self._fill_end(panel, end)

    def _header(self, panel: Panel, inner: pygame.Rect) -> None:
        play = self.play
        left, capital = play.match.left(play.seat)
        start = float(play.match.world.state.capital[play.place, 0])
        pips = max(1, round(start + 0.4))
        width = PipRow.width_for(pips)
        chosen = 0 if self.tab == AGENDA else -1
        head = pygame.Rect(inner.x, inner.y + 10, AGENDA_TAB, 32)
        panel.add(Tabs(head, ("Agenda",), self._to_agenda, chosen=chosen, segmented=True, name="agenda tab"))
        room = pygame.Rect(head.right + 4, inner.y + 8, inner.w - AGENDA_TAB - 4 - width - 14, 36)
        panel.add(Label(room, f"{money(left)} left", "body", theme.TEXT_2, align="right", tip=self._money_tip(left)))
        panel.add(
            PipRow(
                pygame.Rect(inner.right - width - 2, inner.y + 8, width, 36),
                int(capital + 1e-6),
                pips,
                name="capital",
                tip=self._capital_tip(start, capital),
            )
        )

    def _money_tip(self, left: float) -> Tip:
        play = self.play
        cash = float(play.match.world.state.cash[play.place, 0])
        credit = float(play.match.scenario.places.credit[play.place, 0])
        return Tip(
            f"Money left this {play.turn}",
            terms=(
                Term("Treasury", money(cash)),
                Term("Credit", money(credit)),
                Term("Ordered", money(max(0.0, cash + credit) - left)),
                Term("Left", money(left)),
            ),
            source="Below zero the treasury borrows; bonds cost interest",
        )

    def _capital_tip(self, start: float, left: float) -> Tip:
        play, p = self.play, self.play.match.scenario.parameters
        bans = float(controls.bans(play.match.world, play.match.model.book.tables)[play.place, 0])
        upkeep = p.controls.upkeep * max(0.0, bans - p.controls.free_bans)
        return Tip(
            "Political capital",
            plain("An order takes 1, a step up against others 2. What is left is kept."),
            (
                Term(f"This {play.turn}", f"{start:.2g}"),
                Term("Ordered", f"{start - left:.2g}"),
                Term("Left", f"{left:.2g}"),
                Term("Next quarter", f"+{p.state.capital:g}"),
                Term(f"If approval is above {p.state.approval_bonus:.0%}", "+1"),
                Term(f"Upkeep of {bans:g} bans", f"−{upkeep:.2g}"),
                Term("Kept at most", f"{p.state.capital_bank:g}"),
            ),
        )

    def _fill_end(self, panel: Panel, row: pygame.Rect) -> None:
        """The end of the quarter, and running on to the next decision."""
        side = theme.PRIMARY_HEIGHT
        panel.add(self._end_button(pygame.Rect(row.x, row.y, row.w - side - 6, row.h)))
        words = (
            f"Plays {self.play.turn}s until a card of the agenda is worth stopping for that you have not passed over."
        )
        busy = self.play.playing if self.play.busy else ""
        tip = Tip("Next decision (F)", plain(words), blocked=busy)
        place = pygame.Rect(row.right - side, row.y, side, side)
        button = Button(
            place, "", self.play.next_decision, kind="icon", icon="fast-forward", name="next decision", tip=tip
        )
        panel.add(button)

    def _end_words(self) -> str:
        match = self.play.match
        if self.play.turn == "quarter" or match.over:
            return "Plays the quarter on everybody's sealed orders."
        quarters = round_quarters(match.quarter, match.scenario)
        return f"Plays {quarters} on everybody's sealed orders: one set lasts the whole round."

    def _end_button(self, rect: pygame.Rect) -> Button:
        play = self.play
        blocked = play.playing if play.busy else "The last decision has been taken." if play.match.over else ""
        tip = Tip(f"End {play.turn} (E)", plain(self._end_words()), blocked=blocked)
        words = f"Playing the {play.turn}" if play.busy else f"End {play.turn}"
        return Button(rect, words, play.end_quarter, kind="primary", name="end quarter", tip=tip)
