"""The card beside a place on the map: how it stands to the player, what flows, which controls bind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pygame

from game.core.names import GATES, GOODS, LEVELS
from game.explain import GATE_NAMES, GOOD_NAMES
from game.rules import bottleneck
from game.ui import theme
from game.ui.kit import Canvas, Kit, Widget
from game.ui.kit.paint import Box
from game.ui.main import readings
from game.ui.main.context import PlayContext
from game.ui.main.controls_window import open_windows, window_words
from game.ui.main.lenses import CAMPS
from game.ui.map.places import PLACE_BY_CODE
from game.ui.theme import Colour

WIDTH, HEAD, ROW = 248, 50, 22
LEVEL_WORDS = {
    "fee_licence": "fee licence",
    "licence": "licence",
    "slow_walk": "slow walk",
    "quota": "quota",
    "ban": "ban",
}
GOOD_TRUST, POOR_TRUST = 0.65, 0.35


@dataclass(frozen=True, slots=True)
class CardRow:
    """A name and what it says."""

    name: str
    words: str
    colour: Colour = theme.TEXT


def card_rows(play: PlayContext, place: int) -> list[CardRow]:
    """What the player may know of a place."""
    if place == play.place:
        return [_gate_row(play, place), *_strength_rows(play, place)]
    s, view, n = play.match.scenario, play.seen, play.place
    trust = float(view.relations.trust[n, place, 0])
    tone = theme.GOOD if trust >= GOOD_TRUST else theme.BAD if trust < POOR_TRUST else theme.TEXT
    rows = [CardRow("Trusts you", f"{trust:.0%}", tone)]
    rows += [
        _trade_row(play, seller=place, buyer=n, title="You buy"),
        _trade_row(play, seller=n, buyer=place, title="It buys"),
    ]
    rows += [*_control_rows(play, place), *_window_rows(play, place)]
    if place in s.places.seats:
        rows.append(_gate_row(play, place))
    return rows


def _control_rows(play: PlayContext, place: int) -> list[CardRow]:
    """Controls each way; one row where there are none."""
    n = play.place
    on_you = control_words(readings.controls_between(play.seen, place, n))
    yours = control_words(readings.controls_between(play.seen, n, place))
    if not on_you and not yours:
        return [CardRow("Controls between you", "none", theme.TEXT_2)]
    return [
        CardRow("Controls on you", on_you or "none", theme.BAD if on_you else theme.TEXT_2),
        CardRow("Your controls", yours or "none", theme.TEXT if yours else theme.TEXT_2),
    ]


def _window_rows(play: PlayContext, place: int) -> list[CardRow]:
    """What a ban would bite where the place builds what needs it."""
    window = open_windows(play).get(play.match.scenario.place_axis.names[place])
    if window is None:
        return []
    bite, work = window_words(play, window)
    return [
        CardRow(f"Window open: {GOOD_NAMES[GOODS.names[window.good]]}", bite, theme.ACCENT),
        CardRow("It builds", work),
    ]


def control_words(controls: list[tuple[int, int]]) -> str:
    """The tightest controls in a few words: "ban on gallium and 3 more"."""
    if not controls:
        return ""
    good, level = controls[0]
    words = f"{LEVEL_WORDS[LEVELS.names[level]]}, {GOOD_NAMES[GOODS.names[good]]}"
    return words + (f" +{len(controls) - 1}" if len(controls) > 1 else "")


def _trade_row(play: PlayContext, *, seller: int, buyer: int, title: str) -> CardRow:
    """The good of most value from seller to buyer, with the share of the buyer's supply that it is."""
    s, view = play.match.scenario, play.seen
    rows = np.flatnonzero(s.sellers.place == seller)
    goods = s.sellers.good[rows]
    flow = view.trade.flow[rows, buyer, 0]
    value = flow * s.goods.price[goods, 0] * view.market.price[1 if seller == s.inside else 0, goods, 0]
    if not len(rows) or float(value.max()) < 1e-6:
        return CardRow(title, "nothing", theme.TEXT_2)
    best = int(value.argmax())
    good = int(goods[best])
    received = max(float(view.trade.received[buyer, good, 0]), 1e-12)
    return CardRow(title, f"{GOOD_NAMES[GOODS.names[good]]}, {float(flow[best]) / received:.0%} of supply")


def _gate_row(play: PlayContext, place: int) -> CardRow:
    gate = int(bottleneck.binding(play.seen)[place, 0])
    if gate == bottleneck.NONE:
        return CardRow("Held back by", "nothing", theme.GOOD)
    cover = float(play.seen.standing.cover[gate, place, 0])
    return CardRow("Held back by", f"{GATE_NAMES[GATES.names[gate]]}, {cover:.0%} covered", theme.WARN)


def _strength_rows(play: PlayContext, place: int) -> list[CardRow]:
    """What the player's own place makes most of, as shares of the world."""
    made = play.seen.goods.made[..., 0]
    value = made * play.match.scenario.goods.price[:, 0]
    order = np.argsort(-value[place])[:3]
    whole = np.maximum(made.sum(axis=0), 1e-12)
    return [
        CardRow(f"Makes {GOOD_NAMES[GOODS.names[g]]}", f"{made[place, g] / whole[g]:.0%} of the world")
        for g in order
        if value[place, g] > 1e-6
    ]


class PlaceCard(Widget):
    """The card itself; it never takes the pointer.

    Parameters
    ----------
    room : pygame.Rect
        The map, within which it stays.
    beside : tuple of int
        Where the place's flag stands, in logical px.
    """

    def __init__(self, kit: Kit, room: pygame.Rect, beside: tuple[int, int], play: PlayContext, code: str) -> None:
        s = play.match.scenario
        self.place = s.place_axis.at(code)
        self.code = code
        self.rows = card_rows(play, self.place)
        self.title = s.texts.names[self.place]
        _, style = CAMPS[readings.camp(play.seen, s, self.place)]
        self.line = readings.bloc_line(play.seen, s, self.place)
        self.ring = style.ring or theme.NEUTRAL
        wide = max((kit.text.width(r.name, "body") + kit.text.width(r.words, "figure") for r in self.rows), default=0)
        width = min(max(WIDTH, int(wide) + 24 + 18), room.w - 16)
        super().__init__(pygame.Rect(0, 0, width, HEAD + ROW * len(self.rows) + 14), name="place card")
        self._put(room, beside)

    def _put(self, room: pygame.Rect, beside: tuple[int, int]) -> None:
        """To the right of the flag and below it, or wherever the map leaves room."""
        left = beside[0] + 30 if beside[0] + 30 + self.rect.w <= room.right - 8 else beside[0] - 30 - self.rect.w
        self.rect.topleft = (left, beside[1] - self.rect.h // 3)
        tabs = 46
        self.rect.clamp_ip(pygame.Rect(room.x + 8, room.y + tabs, room.w - 16, room.h - tabs - 8))

    def at(self, point: tuple[int, int]) -> Widget | None:
        """Let the pointer through to the map."""
        return None

    def draw_self(self, canvas: Canvas) -> None:
        rect = self.rect
        canvas.box(rect.move(0, 3), Box(theme.INK, radius=10, alpha=120))
        canvas.box(rect, Box(theme.PANEL_HI, line=theme.LINE_HI, radius=10, alpha=248))
        canvas.flag(PLACE_BY_CODE[self.code].flag, pygame.Rect(rect.x + 12, rect.y + 11, 30, 30), self.ring)
        x = rect.x + 54
        canvas.text(self.title, pygame.Rect(x, rect.y + 7, rect.right - x - 10, 22), "section", ellipsis=True)
        line = pygame.Rect(x, rect.y + 28, rect.right - x - 10, 18)
        canvas.text(self.line, line, "secondary", theme.TEXT_2, ellipsis=True)
        canvas.horizontal(rect.x + 1, rect.y + HEAD, rect.w - 2, theme.LINE_HI)
        for number, row in enumerate(self.rows):
            place = pygame.Rect(rect.x + 12, rect.y + HEAD + 7 + number * ROW, rect.w - 24, ROW)
            name = canvas.text(row.name, place, "body", theme.TEXT_2)
            words = pygame.Rect(name.right + 8, place.y, place.right - name.right - 8, ROW)
            canvas.text(
                canvas.kit.text.shortened(row.words, "figure", words.w), words, "figure", row.colour, align="right"
            )
