"""What the panels of the main screen share: the match, the seat, what is chosen, and how to say that it changed.

Panels
    A panel is a small object that lives as long as the screen and keeps its own state (chosen tab, scroll offset,
    amounts being set); its widgets are made anew whenever something changed. See `PlayPanel`::

        class DispatchesPanel:
            def __init__(self, play: PlayContext) -> None: ...
            def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget: ...
            def on_key(self, event: pygame.event.Event) -> bool: ...

    `build` returns one top-level widget that fills `area`, nearly always a `kit.Panel` with children: being `still`,
    it is painted once into the background and only its children are drawn each frame.

    The screen makes `OrdersPanel(play)` (`orders_panel`), `DispatchesPanel(play)` (`dispatches`) and
    `MarketsPanel(play)` (`markets`), and asks them for keys in that order when nothing else took them. Taken by the
    screen: E, Ctrl+Enter, Z, Ctrl+Z, Y, Ctrl+Y, S, L, F1-F5, Esc, Tab, T, ?, plus and minus.

Area layout (logical px; see `areas`)
    top bar over the whole width; below it nation | map over (dispatches | markets) | orders. Dispatches take 45% of the
    bottom strip, markets the rest.

Changing things
    `play.give(order)`, `play.undo()`, `play.redo()` and `play.withdraw(position)` change the orders and rebuild the
    screen; a refusal shows as a toast. A panel that changed something else calls `play.changed()`. Dragging a slider
    must not: it changes its own widgets and calls `play.changed()` when let go. Choosing a place, a good or a lens
    makes the other panels anew but not that of the orders.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pygame

from game.core.orders import Order
from game.match import Match
from game.ui.kit import Kit, Widget
from game.ui.main.roll import RollBook
from game.ui.main.rounds import turn_noun
from game.ui.theme import Layout
from game.view import View

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.main.deal_draft import Draft

LENSES = ("alliances", "chips", "minerals", "controls", "energy")
DISPATCHES_SHARE = 0.455


class PlayPanel(Protocol):
    """A part of the main screen."""

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the widgets for an area in logical px; one widget holds them all."""

    def on_key(self, event: pygame.event.Event) -> bool:
        """React to a key that nothing else took; True if it was for this panel."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Where the panels lie, in logical px."""

    top: pygame.Rect
    nation: pygame.Rect
    map: pygame.Rect
    dispatches: pygame.Rect
    markets: pygame.Rect
    orders: pygame.Rect


def areas(layout: Layout) -> Areas:
    """Cut the window into the areas of the main screen."""
    gap, margin = layout.gutter, layout.margin
    upper = layout.top_bar + gap
    height = layout.height - upper - margin
    nation = pygame.Rect(margin, upper, layout.left_panel, height)
    orders = pygame.Rect(layout.width - margin - layout.right_panel, upper, layout.right_panel, height)
    left, right = nation.right + gap, orders.left - gap
    strip = layout.height - margin - layout.bottom_strip
    split = left + round((right - left - gap) * DISPATCHES_SHARE)
    return Areas(
        top=pygame.Rect(0, 0, layout.width, layout.top_bar),
        nation=nation,
        map=pygame.Rect(left, upper, right - left, strip - gap - upper),
        dispatches=pygame.Rect(left, strip, split - left, layout.bottom_strip),
        markets=pygame.Rect(split + gap, strip, right - split - gap, layout.bottom_strip),
        orders=orders,
    )


class PlayContext:
    """What the main screen is about.

    Parameters
    ----------
    match : Match
        The game.
    seat : str
        Code of the place the player steers.

    Attributes
    ----------
    place : int
        Position of the seat on the place axis.
    good : str
        Code of the good that Markets and the minerals lens show.
    selected : str or None
        Code of the place chosen on the map.
    lens : str
        One of `LENSES`.
    control_class : int or None
        Class of the control that is being put together, whose windows the map marks.
    busy : bool
        A quarter is being played: orders are closed.
    on_change : list of callable
        Called by `changed`; the screen rebuilds itself here.
    on_end_quarter, on_next_decision, on_close_round : callable or None
        Play the quarter, run on to the next decision, close the round of talks; set by the screen.
    on_negotiate : callable or None
        Opens the builder of contracts on a draft; set by the screen.
    version : int
        Counts changes of the game and its orders; what depends on nothing else can be kept while it stands still.
    kept : dict
        What panels worked out for the game as it stands, so that they need not do so each frame.
    rolls : RollBook
        Figures that roll to their new value after a quarter; use `roll.Figure` for a number that should.
    app : App or None
        Set by the screen when it is shown.
    """

    def __init__(self, match: Match, seat: str) -> None:
        self.match = match
        self.seat = seat
        self.place = match.scenario.place_axis.at(seat)
        self.good = "gallium"
        self.selected: str | None = None
        self.lens = LENSES[0]
        self.control_class: int | None = None
        self.busy = False
        self.version = 0
        self.on_change: list[Callable[[], None]] = []
        self.on_end_quarter: Callable[[], None] | None = None
        self.on_next_decision: Callable[[], None] | None = None
        self.on_close_round: Callable[[], None] | None = None
        self.on_negotiate: Callable[[Draft], None] | None = None
        self.rolls = RollBook()
        self.app: App | None = None
        self.kept: dict[tuple[object, ...], Any] = {}
        self._seen: View | None = None

    @property
    def seen(self) -> View:
        """The world as the player sees it now; kept until `changed`."""
        if self._seen is None:
            self._seen = self.match.seen_by(self.seat)
        return self._seen

    @property
    def turn(self) -> str:
        """What the player ends: "quarter", or "round" where it holds several."""
        return turn_noun(self.match.scenario)

    @property
    def playing(self) -> str:
        """Why nothing can be decided while the quarter or round is played."""
        return f"The {self.turn} is being played."

    def changed(self) -> None:
        """Let every panel show what is true now."""
        self.renewed()
        self.chosen()

    def renewed(self) -> None:
        """Note that the game or its orders are no longer what they were; shows nothing yet."""
        self._seen = None
        self.kept.clear()
        self.version += 1

    def chosen(self) -> None:
        """Show another choice of place, good or lens: cheaper than `changed`, since orders keep their widgets."""
        for call in self.on_change:
            call()

    def say(self, text: str, kind: str = "note") -> None:
        """Show a toast; `kind` is "note", "good", "warning" or "error"."""
        if self.app is not None:
            self.app.toast(text, kind)

    # --- choosing

    def choose_good(self, good: str) -> None:
        """Show another good in Markets."""
        self.good = good
        self.chosen()

    def select(self, place: str | None) -> None:
        """Choose a place on the map."""
        self.selected = place
        self.chosen()

    def choose_lens(self, lens: str) -> None:
        """Colour the map by another measure."""
        self.lens = lens
        self.chosen()

    # --- deciding

    def give(self, order: Order) -> bool:
        """Give an order; a refusal is shown with its reason."""
        if self._closed():
            return False
        given = self.match.give(self.seat, order)
        if not given.accepted:
            self.say(given.reason, "warning")
        self.changed()
        return given.accepted

    def undo(self) -> None:
        """Take back the last order."""
        if not self._closed() and self.match.undo(self.seat) is None:
            self.say(f"No order to take back this {self.turn}.")
        self.changed()

    def redo(self) -> None:
        """Give again what was taken back."""
        if not self._closed():
            given = self.match.redo(self.seat)
            if given is None:
                self.say("No order to give again.")
            elif not given.accepted:
                self.say(given.reason, "warning")
        self.changed()

    def withdraw(self, position: int) -> None:
        """Take back one queued order."""
        if not self._closed():
            self.match.withdraw(self.seat, position)
        self.changed()

    def take_back(self, order: Order) -> None:
        """Take back one order, proposal or answer."""
        if not self._closed():
            self.match.take_back(self.seat, order)
        self.changed()

    def negotiate(self, draft: Draft) -> None:
        """Open the builder of contracts."""
        if self.on_negotiate is not None and not self._closed():
            self.on_negotiate(draft)

    def close_round(self) -> None:
        """Send what was said, and let everybody answer."""
        if self.on_close_round is not None and not self.busy:
            self.on_close_round()

    def end_quarter(self) -> None:
        """Play the quarter on the orders given."""
        if self.on_end_quarter is not None and not self.busy:
            self.on_end_quarter()

    def next_decision(self) -> None:
        """Play quarters until a decision is worth stopping for."""
        if self.on_next_decision is not None and not self.busy:
            self.on_next_decision()

    def _closed(self) -> bool:
        """Say so where orders cannot be taken now."""
        if self.busy:
            self.say(self.playing)
        elif self.match.over:
            self.say("The last decision has been taken.")
        return self.busy or self.match.over
