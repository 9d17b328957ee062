"""The main screen: the frame that places the panels, takes the keys and plays the quarter beside the frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.agenda.run_on import Stop, run_on
from game.explain import Dispatch
from game.ui.kit import Canvas, Kit, Screen, Widget
from game.ui.kit.text import overflow_recorder
from game.ui.main.context import PlayContext, PlayPanel, areas
from game.ui.main.deal_draft import Draft
from game.ui.main.deal_screen import DealScreen
from game.ui.main.diplomacy_rows import round_words
from game.ui.main.dispatches import DispatchesPanel
from game.ui.main.event_choice import EventChoice
from game.ui.main.map_panel import MapPanel
from game.ui.main.markets import MarketsPanel
from game.ui.main.nation_panel import NationPanel
from game.ui.main.orders_panel import OrdersPanel
from game.ui.main.points import Par, par_of
from game.ui.main.quarter_end import QuarterBrief, Report, Snapshot, report_of
from game.ui.main.state_events import asking
from game.ui.main.top_bar import TopBar
from game.ui.screens import routes
from game.ui.theme import Layout

if TYPE_CHECKING:
    from game.ui.app import App


class MainScreen(Screen):
    """One game in progress.

    Parameters
    ----------
    play : PlayContext
        The match, and the seat whose game it is.
    par : Par or None
        What points are measured by, if it has been read already.
    """

    keys = (
        ("E or Ctrl Enter", "End the quarter, or the round"),
        ("F", "Play on to the next decision worth stopping for"),
        ("N", "Team of several seats: the next of yours"),
        ("Z, Y", "Take back the last order, give it again"),
        ("S, L", "Save, load"),
        ("F1 to F5", "Map: alliances, chips, minerals, controls, energy"),
        ("Q, 1 to 5", "The agenda, a card of it"),
        ("I, R, C, O, A", "Orders: invest, research, controls, diplomacy, state"),
        ("G", "Give the order that is set; accept the offer that is chosen"),
        ("W, X", "Diplomacy: new proposal, send the round"),
        ("D, P", "Go to the dispatches, pin one"),
        ("M, V, [ ]", "What if and markets: choose, next view, next measure or good"),
        ("+ −", "Map: zoom"),
        ("Arrows", "Map, when it has the focus: go from place to place (with Shift: pan, Home: whole world)"),
        ("Esc", "Close the brief, let go of the place, open the menu"),
    )

    def __init__(self, play: PlayContext, par: Par | None = None) -> None:
        super().__init__()
        self.play = play
        self.report: Report | None = None
        self._drawn_on: pygame.Surface | None = None
        self._later: list[Callable[[], None]] = []
        self._kept: tuple[tuple[int, Kit, Layout], Widget] | None = None
        self.map = MapPanel(play)
        self.orders = OrdersPanel(play)
        self.dispatches: PlayPanel = DispatchesPanel(play)
        self.markets = MarketsPanel(play)
        self.nation = NationPanel(play)
        actions = {"help": self._help, "save": self._save, "settings": self._settings, "menu": self._menu}
        self.top = TopBar(play, actions, self.steer)
        self.top.par = par
        play.on_change.append(self._changed)
        play.on_end_quarter = self.end_quarter
        play.on_next_decision = self.next_decision
        play.on_close_round = self.close_round
        play.on_negotiate = self._negotiate

    def enter(self, app: App) -> None:
        """Let the panels show toasts, and work out what points are worth beside the frame."""
        super().enter(app)
        self.play.app = app
        if self.top.par is None:
            app.run_in_background(lambda: par_of(self.play.match.scenario), self._take_par)

    def leave(self) -> None:
        """Stop what is being forecast."""
        super().leave()
        self.orders.agenda.model.leave()
        self.markets.what_if.model.leave()

    @property
    def ready(self) -> bool:
        """Whether it is known what points are worth, and whatever is shown of cards and of what may come."""
        over = self.play.match.over
        return self.top.par is not None and (over or not (self.orders.trying or self.markets.forecasting))

    def _take_par(self, par: Par) -> None:
        self.top.par = par
        self.play.chosen()

    def build(self, layout: Layout) -> None:
        """Place every panel; the brief of the last quarter lies over the map until it is closed."""
        place = areas(layout)
        self.play.rolls.motion = not self.kit.appearance.reduced_motion
        self.add(self.top.build(self.kit, layout, place.top))
        self.add(self.nation.build(self.kit, layout, place.nation))
        self.add(self.map.build(self.kit, layout, place.map))
        self.add(self.dispatches.build(self.kit, layout, place.dispatches))
        self.add(self.markets.build(self.kit, layout, place.markets))
        self.add(self._orders(layout, place.orders))
        if self.report:
            self.add(QuarterBrief(self.kit, place.map, self.report, self.close_brief, self._show_place))
        self.hover = self.root.at(self.pointer)

    def _orders(self, layout: Layout, area: pygame.Rect) -> Widget:
        """The panel of orders, the same as long as neither the game nor the window changed, or while it has to wait."""
        key = (self.play.version, self.kit, layout)
        if self._kept is None or (self._kept[0] != key and not (self._later and self._kept[0][1:] == key[1:])):
            self._kept = (key, self.orders.build(self.kit, layout, area))
        return self._kept[1]

    def _changed(self) -> None:
        self.markets.what_if.model.changed()
        if self.play.app is not None and self.play.app.screens and self.play.app.screen is self:
            self.refresh()

    def draw(self, surface: pygame.Surface) -> None:
        """Draw everything, or only the map and what lies on it where nothing else can have changed."""
        if not self._map_alone(surface):
            self._drawn_on = surface
            super().draw(surface)
            return
        canvas = Canvas(surface, self.kit)
        over = [w for w in self.root.children if isinstance(w, QuarterBrief)]
        for widget in (self.map.view, *over):
            if widget is not None:
                widget.draw(canvas)

    def _map_alone(self, surface: pygame.Surface) -> bool:
        """Whether `surface` still holds the last picture and only the map has moved since."""
        return (
            surface is self._drawn_on
            and not self.dirty
            and not self.popup
            and not self.tips.boxes
            and not self.play.rolls.running
            and not self.app.toasts.toasts
            and not self.app.toasts.dirty
            and not overflow_recorder.recording
        )

    # --- time

    @property
    def animating(self) -> bool:
        """Comets, fades, and figures on their way."""
        motion = not self.kit.appearance.reduced_motion
        return self.play.rolls.running or (self.map.world is not None and self.map.world.animating(motion))

    def update(self, dt_ms: int) -> None:
        """Draw the last values once when the roll is over."""
        super().update(dt_ms)
        self.orders.try_out()
        if not self.orders.trying:
            self.markets.look_ahead()
        if self.play.rolls.settle():
            self.dirty = True
        if self._later:
            self._later.pop(0)()
            self._wake()

    def _renew_orders(self) -> None:
        """Make the panel of orders anew, in its place among the others."""
        if self._kept is None:
            return
        (_, kit, layout), old = self._kept
        if kit is not self.kit or layout != self.layout or old not in self.root.children:
            self.refresh()
            return
        place = self.root.children.index(old)
        focused = self.focus.name if self.focus else ""
        self.detached(old)
        new = self.orders.build(kit, layout, areas(layout).orders)
        self._kept = ((self.play.version, kit, layout), new)
        self.root.children[place] = new
        new.parent = self.root
        new.attach(self)
        if self.focus is None and focused:
            self.focus = next((widget for widget in self.focusables() if widget.name == focused), None)
        self.redraw_still()

    def _wake(self) -> None:
        """Have another frame come soon, also where nothing moves."""
        if self._later:
            pygame.event.post(pygame.event.Event(self.app.background.wake))

    # --- the quarter

    def end_quarter(self) -> None:
        """Play the quarter beside the frame; the window stays alive meanwhile."""
        play, match = self.play, self.play.match
        if play.busy or match.over:
            return
        play.busy = True
        before = Snapshot.of(match, play.seat)
        self.app.run_in_background(match.end_quarter, lambda news: self._played(before, news), self._failed)

    def next_decision(self) -> None:
        """Play quarters beside the frame until a decision is worth stopping for."""
        play, match = self.play, self.play.match
        if play.busy or match.over:
            return
        play.busy = True
        before, passed = (
            Snapshot.of(match, play.seat),
            {card.key: card.worth for card in self.orders.agenda.model.cards},
        )
        self._renew_orders()

        def done(found: Stop) -> None:
            if found.trial is not None:
                self.orders.agenda.model.tried(found.trial, found.gained)
            self._played(before, found.news)
            if self in self.app.screens:
                play.say(found.words, "note")

        self.app.run_in_background(lambda: run_on(match, play.seat, passed), done, self._failed)

    def _played(self, before: Snapshot, news: list[Dispatch]) -> None:
        play = self.play
        play.busy = False
        if self not in self.app.screens:
            return  # The player left this game while the quarter was played.
        if play.match.over:
            routes.to_standings(self.app, play.match, play.seat)
            return
        for modal in self.app.modals:
            if isinstance(modal, EventChoice):
                modal.closed = True  # its quarter is over: nothing in it can be answered any more
        play.rolls.start()
        self.report = report_of(before, play.match, play.seat, news)
        # One frame for figures and news, one for the orders, one for the map: each alone stays short. The first call
        # comes before the first of these frames is drawn.
        self._later = [self._wake, self._renew_orders, self.map.renew]
        self.map.held = True
        play.changed()
        self._wake()
        if self.app.screen is self:
            self.set_focus(self.find("brief continue"))

    # --- talks

    def close_round(self) -> None:
        """Close the round of talks beside the frame."""
        play, match = self.play, self.play.match
        if play.busy or not match.round:
            return
        play.busy = True
        number = match.round
        self.app.run_in_background(match.close_round, lambda _: self._round_closed(number), self._failed)
        self._renew_orders()

    def _round_closed(self, number: int) -> None:
        self.play.busy = False
        if self not in self.app.screens:
            return
        self._later = [self._wake, self._renew_orders]
        self.play.changed()
        self._wake()
        self.play.say(*round_words(self.play.match, self.play.seat, number))

    def _negotiate(self, draft: Draft) -> None:
        self.app.push(DealScreen(self.play, draft, self.top, self.play.changed))

    def _failed(self, error: BaseException) -> None:
        self.play.busy = False
        if self in self.app.screens:
            self.app.show_error(error)

    def close_brief(self) -> None:
        """Close the brief; the keyboard goes back to End quarter, and events that ask for an answer are shown."""
        self.report = None
        self.refresh()
        self._ask([each.name for each in asking(self.play)])
        end = next((widget for widget in self.focusables() if widget.name in ("End quarter", "end quarter")), None)
        if end:
            self.set_focus(end, ring=self.shows_focus)

    def _ask(self, events: list[str]) -> None:
        """Show the first of these events that can still be answered; the others follow it."""
        found = {each.name: each for each in asking(self.play)}
        left = [name for name in events if name in found]
        if left and not self.play.busy:
            self.app.open_modal(EventChoice(self.play, found[left[0]], lambda: self._ask(left[1:])))

    def _show_place(self, code: str) -> None:
        self.play.select(code)

    # --- keys

    def handle(self, event: pygame.event.Event) -> bool:
        """Ctrl+Enter ends the quarter wherever the keyboard is."""
        if (
            event.type == pygame.KEYDOWN
            and event.mod & pygame.KMOD_CTRL
            and event.key
            in (
                pygame.K_RETURN,
                pygame.K_KP_ENTER,
            )
        ):
            self.end_quarter()
            return True
        return super().handle(event)

    def on_event(self, event: pygame.event.Event) -> bool:
        """Keys of the screen, then those of the panels."""
        if event.type != pygame.KEYDOWN:
            return False
        action = self._action(event)
        if action:
            action()
            return True
        return any(panel.on_key(event) for panel in (self.map, self.orders, self.dispatches, self.markets))

    def _action(self, event: pygame.event.Event) -> Callable[[], None] | None:
        if event.key == pygame.K_z and event.mod & pygame.KMOD_SHIFT:
            return self.play.redo
        return {
            pygame.K_e: self.end_quarter,
            pygame.K_z: self.play.undo,
            pygame.K_y: self.play.redo,
            pygame.K_s: self._save,
            pygame.K_l: self._load,
            pygame.K_n: self._next_seat,
            pygame.K_f: self.next_decision,
        }.get(event.key)

    def go_back(self) -> bool:
        """Esc closes what is open, then opens the menu."""
        if self.report:
            self.close_brief()
        elif self.play.selected:
            self.play.select(None)
        else:
            self._menu()
        return True

    # --- a team of several seats

    def steer(self, seat: str) -> None:
        """Show the game from another seat that the player holds; the orders given stay with each seat."""
        old = self.play
        if seat == old.seat:
            return
        if old.busy:
            old.say(old.playing)
            return
        if self.app.screen is not self:
            old.say("Propose the deal or walk away from it first.")
            return
        play = PlayContext(old.match, seat)
        play.good, play.lens, play.selected = old.good, old.lens, old.selected
        self.app.replace(MainScreen(play, self.top.par))

    def _next_seat(self) -> None:
        seats = self.play.match.human_seats
        self.steer(seats[(seats.index(self.play.seat) + 1) % len(seats)] if self.play.seat in seats else self.play.seat)

    # --- ways out

    def _help(self) -> None:
        self.app.show_keys()

    def _save(self) -> None:
        if self.play.busy:
            self.play.say(f"{self.play.playing[:-1]}: save when it is over.")
            return
        routes.save_game(self.app, self.play.match, self.play.seat)

    def _load(self) -> None:
        routes.to_saves(self.app)

    def _settings(self) -> None:
        routes.to_settings(self.app)

    def _menu(self) -> None:
        routes.open_menu(self.app, self.play.match, self.play.seat, self._save)
