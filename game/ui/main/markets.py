"""Markets at the bottom: price of the chosen good inside and outside, the seat's cover, and who makes it."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.core.names import GOODS
from game.explain import price_terms
from game.ui import theme
from game.ui.kit import (
    Dropdown,
    Flag,
    Kit,
    Label,
    LineChart,
    Meter,
    Panel,
    Plot,
    Series,
    Tabs,
    Term,
    Threshold,
    Tip,
    plain,
)
from game.ui.main.context import PlayContext
from game.ui.main.filled_panel import FilledPanel, plain_key
from game.ui.main.order_words import amount, capital_first, good_words, quantity, short_quarter, unit_words
from game.ui.main.what_if import WhatIfView
from game.ui.map.places import PLACE_BY_CODE
from game.ui.theme import Layout

HEAD, FIGURES, MAKER = 44, 44, 24
MAKERS = 5
VIEWS = ("What if", "Price", "Cover")
WHAT_IF, PRICE, COVER = range(len(VIEWS))


class MarketsPanel(FilledPanel):
    """Keeps whether the forecast, prices or cover are shown; makes the widgets."""

    name = "markets"

    def __init__(self, play: PlayContext) -> None:
        super().__init__(play)
        self.view = WHAT_IF
        self.what_if = WhatIfView(play, self._forecast_came)

    @property
    def forecasting(self) -> bool:
        """Whether the forecast is shown and still being worked out."""
        return self.view == WHAT_IF and not self.what_if.model.done

    def look_ahead(self) -> None:
        """Have the forecast worked out beside the frame, if it is shown."""
        if self.view == WHAT_IF:
            self.what_if.model.ask()

    def _forecast_came(self) -> None:
        if self.view == WHAT_IF:
            self.redraw()

    def on_key(self, event: pygame.event.Event) -> bool:
        """M goes to the choice of the measure or good, V shows the next view; brackets go through them."""
        if not plain_key(event):
            return False
        step = {pygame.K_LEFTBRACKET: -1, pygame.K_RIGHTBRACKET: 1}.get(event.key, 0)
        if step and self.view == WHAT_IF:
            self.what_if.step(step)
            return True
        if step:
            self.play.choose_good(GOODS.names[(GOODS.at(self.play.good) + step) % len(GOODS)])
            return True
        if event.key == pygame.K_m:
            self.focus("what if measure" if self.view == WHAT_IF else "market good")
            return True
        if event.key == pygame.K_v:
            self._choose_view((self.view + 1) % len(VIEWS))
            return True
        return False

    # --- widgets

    def fill(self, kit: Kit, layout: Layout, panel: Panel) -> None:
        """Add the choice of the good, its figures, the chart and the makers."""
        pad = layout.padding
        inner = pygame.Rect(panel.rect.x + pad, panel.rect.y + HEAD, panel.rect.w - 2 * pad, panel.rect.h - HEAD - 8)
        self._fill_head(kit, panel, inner)
        if self.view == WHAT_IF:
            self.what_if.fill(kit, panel, inner)
            return
        figures = pygame.Rect(inner.x, inner.y + 6, inner.w, FIGURES)
        self._fill_figures(panel, figures)
        side = max(128, int(inner.w * 0.36))
        chart = pygame.Rect(inner.x - 4, figures.bottom + 4, inner.w - side - 8, inner.bottom - figures.bottom - 4)
        panel.add(
            LineChart(
                chart,
                self._price_plot() if self.view == PRICE else self._cover_plot(),
                names_at_end=False,
                name="market chart",
            )
        )
        self._fill_makers(kit, panel, pygame.Rect(inner.right - side, figures.bottom + 4, side, chart.h))

    def _fill_head(self, kit: Kit, panel: Panel, inner: pygame.Rect) -> None:
        wide = 178
        tabs = pygame.Rect(inner.right - wide, panel.rect.y + 7, wide, 30)
        panel.add(Tabs(tabs, VIEWS, self._choose_view, chosen=self.view, segmented=True, name="market view"))
        choice = pygame.Rect(inner.x - 8, panel.rect.y + 7, tabs.x + 2 - inner.x, 30)
        if self.view == WHAT_IF:
            panel.add(self.what_if.dropdown(choice))
            return
        names = [good_words(good) for good in GOODS]
        panel.add(
            Dropdown(
                choice,
                names,
                lambda n: self.play.choose_good(GOODS.names[n]),
                chosen=GOODS.at(self.play.good),
                quiet=True,
                name="market good",
                tip=Tip("Good", plain("[ and ] go through them.")),
            )
        )

    def _choose_view(self, view: int) -> None:
        self.view = view
        self.redraw()

    # --- figures

    @property
    def _good(self) -> int:
        return GOODS.at(self.play.good)

    def _usd(self, relative: float) -> str:
        """A relative price in USD per unit of the good."""
        million = relative * float(self.play.match.scenario.goods.price[self._good, 0]) * 1000.0
        unit = unit_words(self.play.good).removeprefix("k ") if unit_words(self.play.good) != "$m" else "$m"
        per_thousand = unit_words(self.play.good).startswith("k ")
        dollars = million * 1e6 / (1000.0 if per_thousand else 1.0)
        unit = {"wafers": "wafer", "stacks": "stack", "units": "each", "$m": "index", "pts": "pt"}.get(unit, unit)
        if unit == "index":
            return f"{relative:.2f} x opening"
        return f"${_short(dollars)} {'' if unit == 'each' else '/ '}{unit}"

    def _fill_figures(self, panel: Panel, row: pygame.Rect) -> None:
        world, g, n = self.play.match.world, self._good, self.play.place
        price = world.market.price[:, g, 0]
        held = float(world.goods.inventory[n, g, 0] + world.goods.stockpile[n, g, 0])
        wanted = float(world.goods.wanted[n, g, 0])
        cover = f"{min(held / wanted, 99):.1f} q" if wanted > 1e-9 else "no use"
        cells = (
            ("Outside China", self._usd(float(price[0])), self._price_tip(0)),
            ("Inside China", self._usd(float(price[1])), self._price_tip(1)),
            ("Your cover", cover, self._cover_tip(held, wanted)),
        )
        width = row.w // len(cells)
        for k, (title, figure, tip) in enumerate(cells):
            x = row.x + k * width
            colour = (theme.PAX, theme.PRC, theme.TEXT)[k]
            panel.add(
                Label(pygame.Rect(x, row.y, width - 4, 18), title, "secondary", theme.TEXT_2, tip=tip, ellipsis=True)
            )
            panel.add(
                Label(
                    pygame.Rect(x, row.y + 18, width - 4, 22),
                    figure,
                    "figure_card",
                    colour,
                    tip=tip,
                    ellipsis=True,
                    name=f"market {title}",
                )
            )

    def _price_tip(self, region: int) -> Tip:
        play, g = self.play, self._good
        where = ("outside China", "inside China")[region]
        terms = price_terms(play.match.world, play.match.scenario, play.match.model.book.tables, play.good, region)
        now, before = (
            float(a[region, g, 0]) for a in (play.match.world.market.price, play.match.world.market.previous)
        )
        unit = play.match.scenario.goods.units[g]
        return Tip(
            f"{good_words(play.good)} {where}",
            plain("\n".join(f"· {capital_first(term)}" for term in terms) or "Nothing presses on it."),
            (
                Term("Now", self._usd(now)),
                Term("Against the opening outside", f"x {now:.2f}"),
                Term("Over the quarter", f"{now / max(before, 1e-9) - 1:+.0%}"),
            ),
            f"Scenario: {unit}",
        )

    def _cover_tip(self, held: float, wanted: float) -> Tip:
        world, g, n, good = self.play.match.world, self._good, self.play.place, self.play.good
        stock = float(world.goods.stockpile[n, g, 0])
        return Tip(
            f"Your cover of {good_words(good)}",
            plain("Quarters of use that industry and national stock last."),
            (
                Term("Industry stock", quantity(good, held - stock)),
                Term("National stock", quantity(good, stock)),
                Term("Use a quarter", quantity(good, wanted)),
                Term("Unmet last quarter", f"{float(world.goods.scarce[n, g, 0]):.0%}"),
            ),
        )

    # --- charts

    def _positions(self, count: int) -> tuple[str, ...]:
        # An entry is the state before its quarter is decided: the first is the opening.
        return tuple(short_quarter(k, self.play.match.scenario.first_quarter) for k in range(count))

    def _price_plot(self) -> Plot:
        rows = np.array([np.asarray(entry)[:, self._good] for entry in self.play.match.series["price"]], dtype=float)
        lines = (
            Series("Outside", tuple(float(v) for v in rows[:, 0]), theme.PAX),
            Series("Inside", tuple(float(v) for v in rows[:, 1]), theme.PRC, dashed=True),
        )
        most = float(rows.max())
        return Plot(
            self._positions(len(rows)), _at_least_two(lines), shown=lambda v: f"x{v:g}", low=0.0, high=max(most, 1.2)
        )

    def _cover_plot(self) -> Plot:
        rows = [float(np.asarray(entry)[self.play.place, self._good]) for entry in self.play.match.series["cover"]]
        values = tuple(min(row, 12.0) for row in rows)
        lines = (Series("Your cover", values, theme.GOOD),)
        return Plot(
            self._positions(len(rows)),
            _at_least_two(lines),
            threshold=Threshold(1.0, "1 quarter", danger=True),
            shown=lambda v: f"{v:g} q",
            low=0.0,
            high=max(3.0, *values),
        )

    def _fill_makers(self, kit: Kit, panel: Panel, room: pygame.Rect) -> None:
        s = self.play.match.scenario
        made = self.play.seen.goods.made[:, self._good, 0]
        whole = max(float(np.add.accumulate(made)[-1]), 1e-9)
        panel.add(Label(pygame.Rect(room.x, room.y, room.w, 22), "Made by", "section"))
        order = [int(n) for n in np.argsort(-made)[:MAKERS] if made[n] > 1e-9 * whole]
        fits = max(1, (room.h - 24) // MAKER)
        for k, n in enumerate(order[:fits]):
            row = pygame.Rect(room.x, room.y + 24 + k * MAKER, room.w, MAKER)
            share = float(made[n]) / whole
            tip = Tip(
                s.texts.names[n],
                terms=(
                    Term("Made last quarter", quantity(self.play.good, float(made[n]))),
                    Term("Share of the world", f"{share:.1%}"),
                ),
                source="Output of the last quarter",
            )
            code = s.place_axis.names[n]
            panel.add(Flag(pygame.Rect(row.x, row.y + 3, 18, 18), PLACE_BY_CODE[code].flag, tip=tip))
            colour = theme.ACCENT if n == self.play.place else theme.PRC if n == s.inside else theme.NEUTRAL
            panel.add(
                Meter(pygame.Rect(row.x + 26, row.y, row.w - 68, MAKER), share, colour, tip=tip, name=f"maker {code}")
            )
            panel.add(Label(row.move(row.w - 38, 0).clip(row), share_words(share), "figure", align="right", tip=tip))
        if not order:
            panel.add(Label(pygame.Rect(room.x, room.y + 24, room.w, 22), "Nobody yet", "secondary", theme.TEXT_2))


def share_words(share: float) -> str:
    """A share in percent; what rounds to nothing but is something is '<1%'."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def _at_least_two(lines: tuple[Series, ...]) -> tuple[Series, ...]:
    """Lines of one point become two points, so that they are seen."""
    return tuple(
        line if len(line.values) > 1 else Series(line.name, line.values * 2, line.colour, line.dashed) for line in lines
    )


def _short(dollars: float) -> str:
    """Dollars with a suffix: 1400000 -> '1.4 m'."""
    if dollars <= 0:
        return "0"
    for size, suffix in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if dollars >= size:
            return f"{amount(dollars / size)}{suffix}"
    return amount(dollars) if math.isfinite(dollars) else "?"
