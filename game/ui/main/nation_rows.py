"""The rows of the nation panel: a stock, a band of fabs, a gauge; each with what it is made of."""

from __future__ import annotations

import math

import pygame

from game.core.names import GOODS, NODES
from game.explain import GOOD_NAMES
from game.ui import theme
from game.ui.kit import Canvas, Term, Tip, Widget, activated, plain, pressed
from game.ui.kit.paint import Box
from game.ui.main import readings
from game.ui.main.context import PlayContext
from game.ui.main.readings import FabRow, Stock, amount
from game.ui.main.roll import Figure
from game.ui.theme import Colour

COVER_SHOWN = 6.0
"""Quarters of use at the right end of a cover meter."""
LINE_HEIGHT = 31
"""Of the words and the bar of a band of fabs."""
SHORT_NAMES = {
    "dytb": "Heavy rare earths",
    "ndpr": "Light rare earths",
    "silicon": "Polysilicon",
    "hbm": "HBM stacks",
    "fluorine": "Fluorine acid",
    "quartz": "Pure quartz",
}


def narrow(area: pygame.Rect) -> bool:
    """Whether the rows are those of the narrow panel."""
    return area.w < 270


def good_title(good: str) -> str:
    """Name of a good at the head of a row."""
    name = SHORT_NAMES.get(good, GOOD_NAMES[good])
    return name[0].upper() + name[1:]


class StockRow(Widget):
    """One strategic stock: a bar of cover with the required tick, the cover, and the share from the other side."""

    focusable = True

    def __init__(self, rect: pygame.Rect, stock: Stock, play: PlayContext, share: int, cover: int) -> None:
        super().__init__(rect, name=f"stock {stock.good}", tip=stock_tip(stock, play))
        self.stock = stock
        self.play = play
        self.colour = cover_colour(stock)
        self.focus_outset = 1
        right = rect.right
        bar = 26 if narrow(rect) else 54
        self.bar = pygame.Rect(right - share - cover - 12 - bar, rect.y, bar, rect.h)
        place = pygame.Rect(right - share - cover - 10, rect.y, cover, rect.h)
        self.add(
            Figure(
                place,
                play.rolls,
                f"cover {stock.good}",
                stock.cover,
                cover_words,
                "figure",
                self.colour,
                align="right",
                tip=self.tip,
            )
        )

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event) or activated(event):
            self.play.choose_good(self.stock.good)
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        stock, rect = self.stock, self.rect
        chosen = stock.good == self.play.good
        if chosen or self.hovered:
            canvas.box(rect.inflate(12, -2), Box(theme.SELECTED if chosen else theme.PANEL_HI, radius=6))
        _changed_mark(canvas, rect, self.play.rolls.change(f"cover {stock.good}"), 0.25)
        name = pygame.Rect(rect.x, rect.y, self.bar.x - rect.x - 2, rect.h)
        canvas.text(good_title(stock.good), name, "body", ellipsis=True)
        covered = 0.0 if math.isnan(stock.cover) else self.play.rolls.shown(f"cover {stock.good}", stock.cover)
        draw_meter(canvas, self.bar, covered / COVER_SHOWN, self.colour, tick=stock.required / COVER_SHOWN)
        share = pygame.Rect(rect.right - 48, rect.y, 48, rect.h)
        words = f"{stock.rival_share:.0%}"
        colour = theme.BAD if stock.pressing else theme.TEXT_2
        drawn = canvas.text(words, share, "figure", colour, align="right")
        if stock.pressing:
            canvas.icon("triangle-alert", pygame.Rect(drawn.x - 19, rect.y, 16, rect.h), theme.BAD, 13)


def cover_words(cover: float) -> str:
    """Quarters of cover as shown."""
    return "none" if math.isnan(cover) else f"{cover:.1f} q" if cover < 9.95 else f"{min(cover, 99):.0f} q"


def cover_colour(stock: Stock) -> Colour:
    """Red below a quarter, amber below two or below what the dial asks for."""
    if math.isnan(stock.cover):
        return theme.TEXT_3
    if stock.cover < 1.0 or stock.scarce > 0.05:
        return theme.BAD
    return theme.WARN if stock.cover < max(2.0, stock.required) else theme.GOOD


def stock_tip(stock: Stock, play: PlayContext) -> Tip:
    """What the cover of a good is made of."""
    s = play.match.scenario
    unit = s.goods.units[GOODS.at(stock.good)]
    terms = [
        Term("Industry holds", f"{amount(stock.industry)}"),
        Term("The state holds", f"{amount(stock.national)}"),
        Term("Wanted in a quarter", f"{amount(stock.wanted)}"),
        Term("Your dial asks for", f"{stock.required:.1f} q"),
    ]
    if stock.scarce > 0.005:
        terms.append(Term("Need not met last quarter", f"{stock.scarce:.0%}", theme.BAD))
    terms += [Term(f"From {name}", f"{share:.0%}") for name, share in stock.sellers[:4]]
    body = f"In {unit}. Click to follow its price in Markets."
    return Tip(good_title(stock.good), plain(body), tuple(terms))


class FabLine(Widget):
    """One band of nodes: what runs solid, what builds dim, yield."""

    def __init__(self, rect: pygame.Rect, row: FabRow, play: PlayContext) -> None:
        super().__init__(rect, name=f"fabs {row.title}", tip=fab_tip(row, play))
        self.row = row
        self.play = play
        for key, value in (("capacity", row.capacity), ("yield", row.die_yield)):
            play.rolls.note(f"{key} {row.title}", value)

    def draw_self(self, canvas: Canvas) -> None:
        row, rect, rolls = self.row, self.rect, self.play.rolls
        text = pygame.Rect(rect.x, rect.y + max(0, (rect.h - LINE_HEIGHT) // 2), rect.w, min(22, rect.h - 9))
        _changed_mark(canvas, text, rolls.change(f"capacity {row.title}"), 0.5)
        title = canvas.text(row.title, text, "section")
        value = rolls.shown(f"yield {row.title}", row.die_yield)
        good = theme.WARN if row.die_yield < 0.6 else theme.TEXT_2
        if not math.isnan(value):
            canvas.text(f"{value:.0%}", pygame.Rect(text.right - 44, text.y, 44, text.h), "figure", good, align="right")
        capacity = amount(rolls.shown(f"capacity {row.title}", row.capacity))
        words = f"{capacity} +{amount(row.building)}" if row.building > 0.05 else capacity
        figure = pygame.Rect(text.right - 150, text.y, 96, text.h)
        drawn = canvas.text(words, figure, "figure", align="right")
        firms = pygame.Rect(title.right + 8, text.y, max(0, drawn.x - title.right - 14), text.h)
        canvas.text(", ".join(row.firms), firms, "secondary", theme.TEXT_2, ellipsis=True)
        whole = max(row.capacity + row.building, 1e-9)
        bar = pygame.Rect(rect.x, text.bottom + 1, rect.w, 6)
        colour = theme.TOOL if row.packaging else theme.CHIP
        draw_meter(canvas, bar, row.running / whole, colour, dim_from=row.capacity / whole, dim_to=1.0)


def fab_tip(row: FabRow, play: PlayContext) -> Tip:
    """The lines of a band."""
    s, lines = play.match.scenario, play.seen.lines
    terms = []
    for f in row.lines[:6]:
        node = f" ({NODES.names[int(lines.node[f, 0])]} nm)" if s.lines.kind[f] == readings.LOGIC else ""
        use = float(lines.use[f, 0])
        terms.append(Term(f"{s.lines.titles[f]}{node}, {use:.0%} in use", amount(float(lines.capacity[f, 0]))))
        if lines.building[f, 0] > 1e-6:
            left = f"building, about {max(1.0, float(lines.left[f, 0])):.0f} quarters to go"
            terms.append(Term(left, f"+{amount(float(lines.building[f, 0]))}", theme.GOOD))
    body = "Bright: wafers started. Dim: being built. Empty: idle. Yield is the share of good dies."
    return Tip(f"{row.title}, thousand wafer starts a month", plain(body), tuple(terms))


class Gauge(Widget):
    """A name, a figure and a bar below."""

    def __init__(
        self, rect: pygame.Rect, title: str, figure: str, share: float, colour: Colour, mark: float | None, tip: Tip
    ) -> None:
        super().__init__(rect, name=f"gauge {title}", tip=tip)
        self.title, self.figure, self.share, self.colour, self.mark = title, figure, share, colour, mark

    def draw_self(self, canvas: Canvas) -> None:
        text = pygame.Rect(self.rect.x, self.rect.y, self.rect.w, 20)
        canvas.text(self.title, text, "body", theme.TEXT_2)
        canvas.text(self.figure, text, "figure", align="right")
        draw_meter(
            canvas, pygame.Rect(self.rect.x, text.bottom + 1, self.rect.w, 6), self.share, self.colour, tick=self.mark
        )


def draw_meter(
    canvas: Canvas,
    room: pygame.Rect,
    share: float,
    colour: Colour,
    *,
    tick: float | None = None,
    dim_from: float = 0.0,
    dim_to: float = 0.0,
) -> None:
    """Draw a bar 6 px high in the middle of `room`: solid up to `share`, dim between two shares, a white tick."""
    bar = pygame.Rect(room.x, room.centery - 3, room.w, 6)
    canvas.box(bar, Box(theme.WELL, line=theme.LINE, radius=3))
    if dim_to - dim_from > 0.005:
        start, end = round(bar.w * dim_from), round(bar.w * dim_to)
        dim = (int(colour[0] * 0.42), int(colour[1] * 0.42), int(colour[2] * 0.45))
        canvas.box(pygame.Rect(bar.x + start, bar.y, max(6, end - start), bar.h), Box(dim, radius=3))
    if share > 0.005:
        canvas.box(pygame.Rect(bar.x, bar.y, max(6, round(bar.w * min(1.0, share))), bar.h), Box(colour, radius=3))
    if tick is not None and tick > 0:
        canvas.fill(pygame.Rect(bar.x + round(bar.w * min(1.0, tick)) - 1, bar.y - 3, 2, bar.h + 6), theme.TEXT)


def _changed_mark(canvas: Canvas, rect: pygame.Rect, change: float, least: float) -> None:
    """Mark a row that the last quarter changed: up green, down red, beside its name."""
    if abs(change) < least:
        return
    icon, colour = ("arrow-up", theme.GOOD) if change > 0 else ("arrow-down", theme.BAD)
    canvas.icon(icon, pygame.Rect(rect.x - 11, rect.y, 10, min(22, rect.h)), colour, 10)
