"""Line charts for prices, history and forecasts: bands, lines, a threshold, figures on both axes, names at the ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import pygame

from game.ui import theme
from game.ui.kit import paint
from game.ui.kit.cache import BoundedCache
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.plot import Band, Plot, Series
from game.ui.kit.tips import Term, Tip, plain
from game.ui.kit.widget import Widget
from game.ui.theme import Colour

Point = tuple[float, float]
RIM = 8
"""Window px drawn beyond the axes."""
PIN_WORDS, PIN_STEM = 150, 16
"""Most room for the words of a pin, and how far from their dot they stand, in logical px."""


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` + 1 round values that cover low to high."""
    if high <= low:
        high = low + (abs(low) or 1.0)
    raw = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next((factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw), 10 * power)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


class LineChart(Widget):
    """A chart of one or more lines; the pointer, or Left and Right with the focus, read off one position.

    Parameters
    ----------
    names_at_end : bool
        Write each line's name and last value at its right end; otherwise a legend stands on top.
    """

    focusable = True
    focus_outset = 0

    def __init__(self, rect: pygame.Rect, plot: Plot, *, names_at_end: bool = True, name: str = "chart") -> None:
        super().__init__(rect, name=name)
        self._plot = plot
        self.names_at_end = names_at_end
        self.reading: int | None = None
        self._layers: BoundedCache[tuple[int, int], pygame.Surface | None] = BoundedCache(2)

    @property
    def plot(self) -> Plot:
        """What it shows; setting it redraws."""
        return self._plot

    @plot.setter
    def plot(self, plot: Plot) -> None:
        self._plot = plot
        self._layers.clear()
        self.reading = None
        self.mark_dirty()

    # --- measures

    def _values(self) -> list[float]:
        lines = [value for series in self._plot.series for value in series.values if value is not None]
        ranges = [value for band in self._plot.bands for value in (*band.low, *band.high)]
        level = [self._plot.threshold.value] if self._plot.threshold else []
        return [*lines, *ranges, *level] or [0.0]

    @property
    def _named(self) -> list[Series]:
        return [series for series in self._plot.series if series.name]

    def _ticks(self) -> list[float]:
        values = self._values()
        low = self._plot.low if self._plot.low is not None else min(values)
        high = self._plot.high if self._plot.high is not None else max(values)
        return nice_ticks(low, high, max(2, (self.rect.h - 50) // 34))

    def area(self) -> pygame.Rect:
        """Return where the lines are drawn, in logical px, beside the axes and names."""
        text = self.kit.text
        left = max(int(text.width(self._plot.shown(tick), "figure_small")) for tick in self._ticks()) + 14
        right = 12
        if self.names_at_end:
            ends = [(series.name, self._plot.shown(_last(series))) for series in self._named]
            right = max((int(max(text.width(name, "body_bold"), text.width(value, "figure"))) for name, value in ends),
                        default=0) + 18  # fmt: skip
        top = 10 if self.names_at_end else 30
        return pygame.Rect(self.rect.x + left, self.rect.y + top, self.rect.w - left - right, self.rect.h - top - 26)

    def _x(self, position: float, area: pygame.Rect) -> float:
        return area.x + area.w * position / max(1, len(self._plot.positions) - 1)

    def _y(self, value: float, area: pygame.Rect, ticks: list[float]) -> float:
        share = (value - ticks[0]) / (ticks[-1] - ticks[0])
        return area.bottom - area.h * min(1.0, max(0.0, share))

    # --- drawing

    def draw_self(self, canvas: Canvas) -> None:
        area, ticks = self.area(), self._ticks()
        self._draw_axes(canvas, area, ticks)
        target = canvas.to_pixels(area)
        key = (target.w, target.h)
        drawn = self._layers.get(key, lambda: self._drawn(target.w, target.h, ticks))
        if drawn:
            canvas.surface.blit(drawn, (target.x - RIM, target.y - RIM))
        self._draw_threshold(canvas, area, ticks)
        self._draw_pins(canvas, area, ticks)
        if self.names_at_end:
            self._draw_ends(canvas, area, ticks)
        else:
            self._draw_legend(canvas)
        self._draw_reading(canvas, area, ticks)

    def _draw_axes(self, canvas: Canvas, area: pygame.Rect, ticks: list[float]) -> None:
        for tick in ticks:
            y = int(self._y(tick, area, ticks))
            canvas.horizontal(area.x, y, area.w, theme.PANEL_HI)
            label = pygame.Rect(self.rect.x, y - 9, area.x - 10 - self.rect.x, 18)
            canvas.text(self._plot.shown(tick), label, "figure_small", theme.TEXT_3, align="right")
        widest = max((canvas.kit.text.width(name, "figure_small") for name in self._plot.positions), default=0)
        fitting = max(1, int(area.w // (widest + 16)))
        every = max(1, math.ceil(len(self._plot.positions) / fitting))
        for position in range(0, len(self._plot.positions), every):
            width = int(widest) + 8
            room = pygame.Rect(int(self._x(position, area)) - width // 2, area.bottom + 6, width, 18)
            room.clamp_ip(self.rect)
            canvas.text(self._plot.positions[position], room, "figure_small", theme.TEXT_3, align="center")

    def _drawn(self, width: int, height: int, ticks: list[float]) -> pygame.Surface | None:
        """Draw bands, fills and lines at window resolution, with a rim so that thick ends are whole."""
        area = pygame.Rect(RIM, RIM, width, height)
        size = (width + 2 * RIM, height + 2 * RIM)
        layers: list[pygame.Surface] = []

        def layer(colour: Colour, alpha: int, draw: Callable[[pygame.Surface, int], None]) -> None:
            layers.append(paint.supersampled(*size, self.kit.colour(colour), alpha, draw))

        for band in self._plot.bands:
            layer(band.colour, band.alpha, partial(_polygon, self._outline(band, area, ticks)))
        for series in self._plot.series:
            for run in self._runs(series, area, ticks):
                if series.filled:
                    shape = [*run, (run[-1][0], area.bottom), (run[0][0], area.bottom)]
                    layer(series.colour, 28, partial(_polygon, shape))
                layer(series.colour, 255, self._pen(series, run))
        return paint.merged(layers) if layers else None

    def _pen(self, series: Series, run: list[Point]) -> Callable[[pygame.Surface, int], None]:
        scale = self.kit.appearance.scale

        def draw(big: pygame.Surface, by: int) -> None:
            pieces = _dashes(run, 7 * scale, 5 * scale) if series.dashed else [run]
            for piece in pieces:
                paint.thick_line(big, [(x * by, y * by) for x, y in piece], series.width * scale * by)

        return draw

    def _outline(self, band: Band, area: pygame.Rect, ticks: list[float]) -> list[Point]:
        xs = [self._x(band.start + number, area) for number in range(len(band.low))]
        upper = [(x, self._y(value, area, ticks)) for x, value in zip(xs, band.high, strict=True)]
        lower = [(x, self._y(value, area, ticks)) for x, value in zip(xs, band.low, strict=True)]
        return upper + lower[::-1]

    def _runs(self, series: Series, area: pygame.Rect, ticks: list[float]) -> list[list[Point]]:
        """Return the unbroken parts of a line."""
        runs: list[list[Point]] = [[]]
        for position, value in enumerate(series.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((self._x(position, area), self._y(value, area, ticks)))
        return [run for run in runs if run]

    def _draw_threshold(self, canvas: Canvas, area: pygame.Rect, ticks: list[float]) -> None:
        level = self._plot.threshold
        if level is None:
            return
        y = int(self._y(level.value, area, ticks))
        if level.danger:
            canvas.box(pygame.Rect(area.x, y, area.w, area.bottom - y), Box(level.colour, alpha=30))
        for x in range(area.x, area.right, 18):
            canvas.horizontal(x, y, min(11, area.right - x), level.colour)
        below = y + 20 <= area.bottom
        room = pygame.Rect(area.x + 8, y + 1 if below else y - 19, area.w - 16, 18)
        canvas.text(level.text, room, "secondary", level.colour, ellipsis=True)

    def _draw_pins(self, canvas: Canvas, area: pygame.Rect, ticks: list[float]) -> None:
        """Dots on the lines, and their words above or below where nothing is in the way."""
        taken: list[pygame.Rect] = []
        for pin in self._plot.pins:
            value = self._plot.series[pin.series].values[pin.position]
            if value is None:
                continue
            x, y = self._x(pin.position, area), self._y(value, area, ticks)
            canvas.circle((x, y), 4.5, Box(pin.colour, line=theme.INK))
            words = min(int(canvas.kit.text.width(pin.text, "secondary")) + 4, PIN_WORDS)
            for way in (-1, 1):
                top = int(y) + (-PIN_STEM - 18 if way < 0 else PIN_STEM)
                room = pygame.Rect(int(x) - words // 2, top, words, 18)
                room.clamp_ip(pygame.Rect(area.x, self.rect.y, area.w, self.rect.h))
                if area.top - 8 <= room.y and room.bottom <= area.bottom and room.collidelist(taken) < 0:
                    stem = pygame.Rect(int(x), min(int(y), top + 18), 1, abs(int(y) - (top + (18 if way < 0 else 0))))
                    canvas.vertical(stem.x, stem.y, stem.h, theme.LINE_HI)
                    canvas.box(room.inflate(6, 0), Box(theme.PANEL, radius=4, alpha=200))
                    canvas.text(pin.text, room, "secondary", theme.TEXT_2, align="center", ellipsis=True)
                    taken.append(room.inflate(10, 2))
                    break

    def _draw_ends(self, canvas: Canvas, area: pygame.Rect, ticks: list[float]) -> None:
        wanted = sorted((self._y(_last(series), area, ticks) - 17, number)
                        for number, series in enumerate(self._named))  # fmt: skip
        for (_, number), y in zip(wanted, _apart([top for top, _ in wanted], 36, self.rect), strict=True):
            series = self._named[number]
            room = pygame.Rect(area.right + 10, int(y), self.rect.right - area.right - 10, 17)
            canvas.text(series.name, room, "body_bold", series.colour)
            canvas.text(self._plot.shown(_last(series)), room.move(0, 17), "figure")

    def _draw_legend(self, canvas: Canvas) -> None:
        x = self.rect.x
        for series in self._named:
            words = int(canvas.kit.text.width(series.name, "secondary")) + 2
            middle = self.rect.y + 11
            pieces = ((0, 6), (9, 6)) if series.dashed else ((0, 15),)
            for shift, length in pieces:
                canvas.fill(pygame.Rect(x + shift, middle - 1, length, 2), series.colour)
            canvas.text(series.name, pygame.Rect(x + 21, self.rect.y, words, 22), "secondary", theme.TEXT_2)
            x += 21 + words + 14

    def _draw_reading(self, canvas: Canvas, area: pygame.Rect, ticks: list[float]) -> None:
        if self.reading is None:
            return
        x = self._x(self.reading, area)
        canvas.vertical(int(x), area.y, area.h, theme.LINE_HI)
        for series in self._named:
            value = series.values[self.reading] if self.reading < len(series.values) else None
            if value is not None:
                canvas.circle((x, self._y(value, area, ticks)), 4, Box(theme.TEXT, line=theme.INK))

    # --- reading off

    def _reading_tip(self, position: int) -> Tip:
        terms = tuple(
            Term(series.name, self._plot.shown(value), series.colour)
            for series in self._named
            if position < len(series.values) and (value := series.values[position]) is not None
        )
        told = "\n".join(pin.whole or pin.text for pin in self._plot.pins if pin.position == position)
        return Tip(self._plot.positions[position], plain(told) if told else (), terms)

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        return self._reading_tip(self.reading) if self.reading is not None else None

    def handle(self, event: pygame.event.Event) -> bool:
        last = len(self._plot.positions) - 1
        if event.type == pygame.MOUSEMOTION and last >= 0:
            area = self.area()
            share = (event.pos[0] - area.x) / max(1, area.w)
            self._read(min(last, max(0, round(share * last))) if area.collidepoint(event.pos) else None)
            return False
        if event.type == pygame.KEYDOWN and last >= 0:
            now = last if self.reading is None else self.reading
            moves = {pygame.K_LEFT: now - 1, pygame.K_RIGHT: now + 1, pygame.K_HOME: 0, pygame.K_END: last}
            if event.key in moves:
                self._read(min(last, max(0, moves[event.key])))
                return True
        return False

    def _read(self, position: int | None) -> None:
        if position != self.reading:
            self.reading = position
            # The tip of T belongs to the position being read.
            self.tip = self._reading_tip(position) if position is not None else None
            self.mark_dirty()


def _last(series: Series) -> float:
    return next((value for value in reversed(series.values) if value is not None), 0.0)


def _polygon(points: Sequence[Point], big: pygame.Surface, by: int) -> None:
    if len(points) > 2:
        pygame.draw.polygon(big, (255, 255, 255), [(x * by, y * by) for x, y in points])


def _dashes(points: list[Point], on: float, off: float) -> list[list[Point]]:
    """Cut a polyline into dashes of length `on` with gaps of `off`."""
    pieces: list[list[Point]] = []
    walked = 0.0
    for start, end in pairwise(points):
        length = math.dist(start, end)
        position = 0.0
        while position < length:
            phase = (walked + position) % (on + off)
            reach = min(length, position + ((on - phase) if phase < on else (on + off - phase)))
            if phase < on:
                pieces.append([_between(start, end, position / length), _between(start, end, reach / length)])
            position = max(reach, position + 0.01)
        walked += length
    return pieces


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _apart(tops: list[float], height: int, room: pygame.Rect) -> list[float]:
    """Push sorted tops down, then up from the end, until labels of this height do not overlap."""
    placed: list[float] = []
    for top in tops:
        placed.append(max(top, placed[-1] + height if placed else float(room.y)))
    limit = float(room.bottom)
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = min(placed[number], limit - height)
        limit = placed[number]
    return placed
