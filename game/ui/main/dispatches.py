"""The dispatches at the bottom: what happened, newest first, with the reasons behind each and a way to its cause."""

from __future__ import annotations

from functools import partial

import pygame

from game.explain import TOPICS, Dispatch
from game.ui import theme
from game.ui.kit import Button, Dropdown, Kit, Panel, RichText, Span, Tip, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.dispatches_row import NewsRow, news_height, news_spans, place_colours
from game.ui.main.refill import ChoiceList, refill
from game.ui.theme import Layout

HEAD = 44
PAGE = 40
TOPIC_WORDS = {
    "control": "Controls", "contract": "Contracts", "event": "Events", "plant": "Plants", "price": "Prices",
    "shortage": "Shortages", "bottleneck": "Bottleneck", "race": "The race", "politics": "Politics",
}  # fmt: skip


class DispatchesPanel:
    """Keeps filter, pins and what is opened; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game and the seat.
    """

    def __init__(self, play: PlayContext) -> None:
        self.play = play
        self.topic = ""
        self.mine = False
        self.pinned_only = False
        self.pinned: set[Dispatch] = set()
        self.opened: Dispatch | None = None
        self.current: Dispatch | None = None
        self.shown = PAGE
        self._panel: Panel | None = None
        self._kit: Kit | None = None
        self._layout: Layout | None = None
        self._list: ChoiceList | None = None

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the panel for `area`."""
        self._kit, self._layout = kit, layout
        self._panel = Panel(area, "Dispatches", padding=layout.padding, name="dispatches")
        self._fill()
        return self._panel

    def redraw(self) -> None:
        """Make the panel's widgets anew after a choice within it."""
        if self._panel:
            refill(self._panel, self._fill)

    def on_key(self, event: pygame.event.Event) -> bool:
        """D goes to the dispatches, P pins the one that is chosen."""
        if event.type != pygame.KEYDOWN or event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT):
            return False
        if event.key == pygame.K_d and self._panel and self._panel.layer:
            row = next((w for w in self._panel.walk() if w.name == "news current"), None)
            self._panel.layer.set_focus(row or next(w for w in self._panel.walk() if w.focusable))
            return True
        if event.key == pygame.K_p and self._list and self._list.layer and isinstance(self._list.layer.focus, NewsRow):
            self.pin(self._list.layer.focus.dispatch)
            return True
        return False

    def news(self) -> list[Dispatch]:
        """What passes the filter, newest first, headlines first within a quarter."""
        found = [d for d in self.play.match.dispatches if self._passes(d)]
        return sorted(found, key=lambda d: (-d.quarter, -d.weight))

    def _passes(self, d: Dispatch) -> bool:
        if self.topic and d.topic != self.topic:
            return False
        if self.pinned_only and d not in self.pinned:
            return False
        return not self.mine or self.play.seat in d.places

    # --- acting

    def open(self, dispatch: Dispatch) -> None:
        """Show the reasons of a dispatch and choose what it is about; again: close it."""
        self.current = dispatch
        if self.opened == dispatch:
            self.opened = None
            self.redraw()
            return
        self.opened = dispatch
        others = [place for place in dispatch.places if place != self.play.seat]
        if others:
            self.play.selected = others[0]
        if dispatch.goods:
            self.play.good = dispatch.goods[0]
        self.play.chosen()

    def pin(self, dispatch: Dispatch) -> None:
        """Pin a dispatch, or let it go."""
        self.pinned ^= {dispatch}
        self.redraw()

    def _choose(self, key: str) -> None:
        rows = self.news()[: self.shown]
        self.current = rows[int(key)]
        self.redraw()

    def _filter(self, **changes: object) -> None:
        for name, value in changes.items():
            setattr(self, name, value)
        self.shown, self.current, self._list = PAGE, None, None
        self.redraw()

    def _more(self) -> None:
        self.shown += PAGE
        self.redraw()

    # --- widgets

    def _fill(self) -> None:
        panel, kit, layout = self._panel, self._kit, self._layout
        if panel is None or kit is None or layout is None:
            return
        self._fill_head(kit, panel)
        room = pygame.Rect(
            panel.rect.x + layout.padding - 6,
            panel.rect.y + HEAD + 4,
            panel.rect.w - 2 * layout.padding + 14,
            panel.rect.h - HEAD - 10,
        )
        news = self.news()
        if not news:
            words = (
                f"Nothing yet. The first news comes when the {self.play.turn} ends."
                if not self.play.match.dispatches
                else "Nothing of this kind. Choose another topic, or all."
            )
            panel.add(
                RichText(pygame.Rect(room.x + 6, room.y + 8, room.w - 20, 60), plain(words, "body", theme.TEXT_2))
            )
            return
        self._fill_rows(kit, panel, room, news)

    def _fill_head(self, kit: Kit, panel: Panel) -> None:
        right = panel.rect.right - panel.padding
        pins = pygame.Rect(right - 30, panel.rect.y + 7, 30, 30)
        mine = pins.move(-34, 0)
        topics = ["All news", *(TOPIC_WORDS[topic] for topic in TOPICS)]
        chosen = TOPICS.index(self.topic) + 1 if self.topic else 0
        title = int(kit.text.width("Dispatches", "panel")) + 8
        left = panel.rect.x + panel.padding + title
        choice = pygame.Rect(left, mine.y, mine.x - 4 - left, 30)
        panel.add(
            Dropdown(
                choice,
                topics,
                lambda n: self._filter(topic=TOPICS[n - 1] if n else ""),
                chosen=chosen,
                quiet=True,
                name="news topic",
                tip=Tip("Topic"),
            )
        )
        panel.add(self._toggle(mine, "user", "Only what concerns you", self.mine, "mine"))
        panel.add(self._toggle(pins, "pin", "Only what is pinned (P pins)", self.pinned_only, "pinned_only"))

    def _toggle(self, rect: pygame.Rect, icon: str, words: str, on: bool, field: str) -> Button:
        tip = Tip(words, plain("On. Press for all." if on else "Off."))
        return Button(
            rect,
            "",
            lambda: self._filter(**{field: not on}),
            kind="secondary" if on else "icon",
            icon=icon,
            name=f"news {field}",
            tip=tip,
        )

    def _fill_rows(self, kit: Kit, panel: Panel, room: pygame.Rect, news: list[Dispatch]) -> None:
        rows = news[: self.shown]
        current = rows.index(self.current) if self.current in rows else 0
        offset = self._list.offset if self._list else 0
        keys = [str(n) for n in range(len(rows))]
        view = panel.add(ChoiceList(room, keys, str(current), self._choose, gap=2, name="news", offset=offset))
        colours, first = place_colours(self.play), self.play.match.scenario.first_quarter
        for number, dispatch in enumerate(rows):
            spans = news_spans(first, colours, dispatch, dispatch == self.opened)
            height = news_height(kit, spans, view.content_width - 4)
            view.append(height, partial(self._row, view, number, dispatch, spans))
        if len(news) > len(rows):
            view.append(
                34, lambda rect: Button(rect, f"Show older ({len(news) - len(rows)})", self._more, kind="ghost")
            )
        self._list = view

    def _row(
        self, view: ChoiceList, number: int, dispatch: Dispatch, spans: tuple[Span, ...], rect: pygame.Rect
    ) -> NewsRow:
        row = NewsRow(
            rect,
            dispatch,
            spans,
            opened=dispatch == self.opened,
            pinned=dispatch in self.pinned,
            on_open=partial(self.open, dispatch),
            on_pin=partial(self.pin, dispatch),
            name=view.row_name(str(number)),
        )
        row.focusable = view.current == str(number)
        return row
