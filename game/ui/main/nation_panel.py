"""The left panel: who the player is, strategic stocks, fabs by node, people and power."""

from __future__ import annotations

import math

import pygame

from game.core.names import GOODS, NODES
from game.explain import GOOD_NAMES
from game.ui import theme
from game.ui.kit import Canvas, Flag, Kit, Label, Panel, Term, Tip, Widget, activated, even_rows, plain, pressed
from game.ui.kit.paint import Box
from game.ui.main import readings
from game.ui.main.context import PlayContext
from game.ui.main.readings import FabRow, Stock, amount
from game.ui.main.roll import Figure
from game.ui.theme import Colour, Layout

COVER_SHOWN = 6.0
"""Quarters of use at the right end of a cover meter."""
SHORT_NAMES = {
    "dytb": "Heavy rare earths", "ndpr": "Light rare earths", "silicon": "Polysilicon", "hbm": "HBM stacks",
    "fluorine": "Fluorine acid", "quartz": "Pure quartz",
}  # fmt: skip
RING = {"bloc": theme.PAX, "rival": theme.PRC, "partner": theme.PLUS, "leaning": theme.PRC}
STOCK_ROWS = 6


def narrow(area: pygame.Rect) -> bool:
    """Whether the rows are those of the narrow panel."""
    return area.w < 270


def good_title(good: str) -> str:
    """Name of a good at the head of a row."""
    name = SHORT_NAMES.get(good, GOOD_NAMES[good])
    return name[0].upper() + name[1:]


class NationPanel:
    """Places the sections; heights follow the window."""

    def __init__(self, play: PlayContext) -> None:
        self.play = play

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the panel's widgets."""
        panel = _NationGround(area)
        pad = layout.padding
        room = pygame.Rect(area.x + pad, area.y, area.w - 2 * pad, area.h)
        head = 72 if layout.compact else 82
        self._head(panel, pygame.Rect(room.x, area.y, room.w, head))
        panel.rules.append(area.y + head)
        fabs = readings.fab_rows(self.play.seen, self.play.match.scenario, self.play.place)
        power = 28 + 3 * (34 if layout.compact else 42) + 8
        left = area.h - head - power - 2 * 34 - 12
        weight = STOCK_ROWS * 1.0 + len(fabs) * 1.4
        stocks = round(left * STOCK_ROWS / weight)
        stocks = min(stocks, STOCK_ROWS * 36)
        top = area.y + head + 4
        top = self._stocks(panel, kit, pygame.Rect(room.x, top, room.w, 34 + stocks))
        panel.rules.append(top + 2)
        fab_room = pygame.Rect(room.x, top + 6, room.w, area.bottom - power - top - 10)
        self._fabs(panel, fab_room, fabs)
        panel.rules.append(area.bottom - power)
        self._people(panel, pygame.Rect(room.x, area.bottom - power + 2, room.w, power - 10))
        return panel

    def on_key(self, event: pygame.event.Event) -> bool:
        """No keys of its own: its rows take the focus."""
        return False

    def _head(self, panel: Panel, area: pygame.Rect) -> None:
        play = self.play
        side = 46
        flag = pygame.Rect(area.x, area.centery - side // 2, side, side)
        ring = RING.get(readings.camp(play.seen, play.match.scenario, play.place), theme.NEUTRAL)
        panel.add(Flag(flag, play.seat, ring))
        texts = play.match.scenario.texts
        x = flag.right + 12
        width = area.right - x
        name = texts.names[play.place]
        panel.add(Label(pygame.Rect(x, area.y + 9, width, 34), name, "nation", ellipsis=True, tip=_who_tip(play)))
        blocs = readings.bloc_line(play.seen, play.match.scenario, play.place)
        panel.add(Label(pygame.Rect(x, area.y + 41, width, 20), blocs, "secondary", theme.TEXT_2, ellipsis=True))

    def _stocks(self, panel: Panel, kit: Kit, area: pygame.Rect) -> int:
        s, view, n = self.play.match.scenario, self.play.seen, self.play.place
        share, cover = (44, 42) if narrow(area) else (50, 46)
        head = pygame.Rect(area.x, area.y + 4, area.w, 26)
        panel.add(Label(head, "Strategic stocks", "section"))
        other = "bloc" if n == s.inside else s.texts.names[s.inside]
        panel.add(Label(pygame.Rect(head.right - share, head.y, share, 26), other, "secondary", theme.TEXT_2,
                        align="right", tip=Tip("Share from the other side", plain("Of what reached you last quarter."))))  # fmt: skip
        beside = pygame.Rect(head.right - share - cover - 10, head.y, cover, 26)
        panel.add(Label(beside, "cover", "secondary", theme.TEXT_2, align="right", tip=COVER_TIP))
        rows = pygame.Rect(area.x, area.y + 32, area.w, area.h - 34)
        goods = readings.strategic_goods(view, n, STOCK_ROWS)
        for row, good in zip(even_rows(rows, len(goods), 24, 36), goods, strict=True):
            panel.add(StockRow(row, readings.stock(view, s, n, good), self.play, share, cover))
        return area.bottom

    def _fabs(self, panel: Panel, area: pygame.Rect, rows: list[FabRow]) -> None:
        head = pygame.Rect(area.x, area.y + 2, area.w, 24)
        panel.add(Label(head, "Fabs by node", "section"))
        panel.add(
            Label(pygame.Rect(head.right - 44, head.y, 44, 24), "yield", "secondary", theme.TEXT_2, align="right")
        )
        beside = pygame.Rect(head.right - 150, head.y, 96, 24)
        panel.add(Label(beside, "k wafers/mo", "secondary", theme.TEXT_2, align="right"))
        room = pygame.Rect(area.x, head.bottom, area.w, area.bottom - head.bottom)
        if not rows:
            panel.add(Label(pygame.Rect(room.x, room.y, room.w, 24), "No lines yet.", "body", theme.TEXT_3))
            return
        for place, row in zip(even_rows(room, len(rows), 26, 46), rows, strict=True):
            panel.add(FabLine(place, row, self.play))

    def _people(self, panel: Panel, area: pygame.Rect) -> None:
        view, n = self.play.seen, self.play.place
        panel.add(Label(pygame.Rect(area.x, area.y + 2, area.w, 24), "People and power", "section"))
        room = pygame.Rect(area.x, area.y + 26, area.w, area.h - 26)
        engineers, needed = float(view.people.engineers[n, 0]), float(view.people.needed[n, 0])
        used, supply = float(view.power.used[n, 0]), float(view.power.supply[n, 0])
        approval = float(view.state.approval[n, 0])
        bonus = self.play.match.scenario.parameters.state.approval_bonus
        rows = (
            ("Engineers at work", f"{amount(min(needed, engineers))} k of {amount(engineers)} k", needed / max(engineers, 1e-9), None),
            ("Chip power used", f"{amount(used)} of {amount(supply)} GW", used / max(supply, 1e-9), None),
            ("Approval", f"{approval:.0%}", approval, bonus),
        )  # fmt: skip
        for (title, figure, share, mark), place, tip in zip(
            rows, even_rows(room, 3, 30, 44), self._tips(), strict=True
        ):
            colour = theme.PAX if mark is not None else _load_colour(share)
            panel.add(_Gauge(place, title, figure, share, colour, mark, tip))

    def _tips(self) -> tuple[Tip, Tip, Tip]:
        view, n = self.play.seen, self.play.place
        people, power, state = view.people, view.power, self.play.match.scenario.parameters.state
        short = f"{float(1.0 - power.factor[n, 0]):.0%}"
        return (
            Tip("Engineers at work", plain("Plants and data centres short of engineers run slower and learn slower."),
                (Term("Wanted", f"{float(people.needed[n, 0]):.1f} k"), Term("There", f"{float(people.engineers[n, 0]):.1f} k"))),
            Tip("Power for plants and racks", plain("What they draw of what they can draw. Orders of power take quarters."),
                (Term("Curtailed last quarter", short),)),
            Tip("Approval", plain(f"Above {state.approval_bonus:.0%} a fourth political capital comes each quarter."),
                (Term("Now", f"{float(view.state.approval[n, 0]):.1%}"),)),
        )  # fmt: skip


COVER_TIP = Tip(
    "Cover, in quarters of use",
    plain("Stock of industry and state over use in a quarter. The tick is what your stock-target dial asks for."),
)


def _who_tip(play: PlayContext) -> Tip:
    texts, n = play.match.scenario.texts, play.place
    objective = play.match.scenario.objectives.get(n)
    return Tip(
        texts.names[n],
        plain(texts.fantasy[n]),
        (Term("Lever", texts.lever[n]), Term("Weak point", texts.weak_point[n]),
         Term("Objective", objective.text if objective else "none")),
    )  # fmt: skip


def _load_colour(share: float) -> Colour:
    return theme.BAD if share >= 1.0 else theme.WARN if share >= 0.9 else theme.GOOD


class _NationGround(Panel):
    """The panel with rules between its sections."""

    def __init__(self, rect: pygame.Rect) -> None:
        super().__init__(rect, name="nation")
        self.rules: list[int] = []

    def draw_self(self, canvas: Canvas) -> None:
        super().draw_self(canvas)
        for y in self.rules:
            canvas.horizontal(self.rect.x + 1, y, self.rect.w - 2)


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
        bar = 34 if narrow(rect) else 54
        self.bar = pygame.Rect(right - share - cover - 12 - bar, rect.y, bar, rect.h)
        place = pygame.Rect(right - share - cover - 10, rect.y, cover, rect.h)
        self.add(Figure(place, play.rolls, f"cover {stock.good}", stock.cover, cover_words, "figure", self.colour, align="right",
                        tip=self.tip))  # fmt: skip

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
        name = pygame.Rect(rect.x, rect.y, self.bar.x - rect.x - 4, rect.h)
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
        _changed_mark(canvas, rect, rolls.change(f"capacity {row.title}"), 0.5)
        text = pygame.Rect(rect.x, rect.y, rect.w, min(22, rect.h - 9))
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
    for f in row.lines[:7]:
        words = f"{amount(float(lines.capacity[f, 0]))} k at {float(lines.use[f, 0]):.0%}"
        if lines.building[f, 0] > 1e-6:
            words += f", +{amount(float(lines.building[f, 0]))} k in {float(lines.left[f, 0]):.0f} q"
        node = f" ({NODES.names[int(lines.node[f, 0])]} nm)" if s.lines.kind[f] == readings.LOGIC else ""
        terms.append(Term(s.lines.titles[f] + node, words))
    body = "Bright: wafers started. Dim: being built. Empty: idle. Yield is the share of good dies."
    return Tip(f"{row.title}, thousand wafer starts a month", plain(body), tuple(terms))


class _Gauge(Widget):
    """A name, a figure and a bar below."""

    def __init__(
        self, rect: pygame.Rect, title: str, figure: str, share: float, colour: Colour, mark: float | None, tip: Tip
    ) -> None:  # fmt: skip
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
    canvas: Canvas, room: pygame.Rect, share: float, colour: Colour, *, tick: float | None = None,
    dim_from: float = 0.0, dim_to: float = 0.0,
) -> None:  # fmt: skip
    """Draw a bar 6 px high in the middle of `room`: solid up to `share`, dim from `dim_from` to `dim_to`, a white tick."""
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
    canvas.icon(icon, pygame.Rect(rect.x - 13, rect.y, 12, min(22, rect.h)), colour, 11)
