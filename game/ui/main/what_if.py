"""What if: a measure in the quarters ahead, with the orders given and without, and the odds of a danger."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame

from game.core.names import GOODS
from game.forecast import DANGERS as KNOWN_DANGERS
from game.forecast import MEASURED, WITH, WITHOUT, Fans
from game.ui import theme
from game.ui.kit import (
    Band,
    Dropdown,
    Kit,
    Label,
    LineChart,
    Panel,
    Plot,
    RichText,
    Series,
    Term,
    Threshold,
    Tip,
    plain,
)
from game.ui.main.context import PlayContext
from game.ui.main.order_words import amount, good_words, short_quarter
from game.ui.main.what_if_model import WhatIf
from game.ui.theme import Colour

FOOT = 40
MEASURES: dict[str, str] = {
    "quarter_score": "Five measures",
    "score": "Score so far",
    "compute": "Compute at work",
    "independence": "Independence",
    "prosperity": "Prosperity",
    "standing": "Standing",
    "security": "Security",
    "mineral_independence": "Bloc minerals",
    "chip_independence": "China chips",
    "treasury": "Treasury",
    "approval": "Approval",
    "running": "Compute that runs",
    "grid": "Use of the grid",
    "escalation": "Escalation",
    **{f"cover:{good}": f"Cover of {good_words(good)}" for good in GOODS},
    **{f"price:{good}": f"Price of {good_words(good)}" for good in GOODS},
}
"""What can be shown, by the name of the forecast's measure."""
MEASURE_TIP = (
    "Five measures: from 0 to 100, weighted as in your score, of which they are 70%. Score so far: the same as in the "
    "tip of the top bar, with your objective and the race's dividend, a mean over the quarters. [ and ] go through all."
)
DANGERS: dict[str, str] = {
    "idle_fabs": "Half the fabs idle",
    "in_debt": "Treasury in debt",
    "mineral_race_crossed": "The bloc wins its race",
    "chip_race_crossed": "China wins its race",
    **{f"short:{good}": f"{good_words(good)} under 1 q" for good in GOODS if f"short:{good}" in KNOWN_DANGERS},
}
"""What may happen, by the name of the forecast's danger."""
NATURAL = {
    "mineral_independence": "mineral_race_crossed", "chip_independence": "chip_race_crossed", "treasury": "in_debt",
}  # fmt: skip
"""The danger that goes with a measure; of covers their own, of others idle fabs."""
GOOD_DANGERS = ("mineral_race_crossed",)


class WhatIfView:
    """Keeps which measure and danger are shown; fills the panel.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        self.model = WhatIf(play, redraw)
        self.measure = "quarter_score"
        self._danger = ""

    @property
    def danger(self) -> str:
        """The danger whose odds are told."""
        if self._danger:
            return self._danger
        short = self.measure.replace("cover:", "short:")
        return short if short in DANGERS else NATURAL.get(self.measure, next(iter(self.dangers)))

    @property
    def dangers(self) -> dict[str, str]:
        """What may happen to the seat: fabs idle only where there are any."""
        s, lines = self.play.match.scenario, self.play.seen.lines
        some = bool((lines.capacity[s.lines.place == self.play.place, 0] > 0.0).any())
        return DANGERS if some else {name: words for name, words in DANGERS.items() if name != "idle_fabs"}

    def choose(self, measure: str) -> None:
        """Show another measure, with the danger that goes with it."""
        self.measure, self._danger = measure, ""
        self.redraw()

    def step(self, by: int) -> None:
        """Show the next measure, or the one before."""
        names = list(MEASURES)
        self.choose(names[(names.index(self.measure) + by) % len(names)])

    def _choose_danger(self, position: int) -> None:
        self._danger = list(self.dangers)[position]
        self.redraw()

    # --- widgets

    def dropdown(self, rect: pygame.Rect) -> Dropdown:
        """The choice of the measure."""
        names = list(MEASURES)
        tip = Tip("Measure", plain(MEASURE_TIP))
        return Dropdown(rect, list(MEASURES.values()), lambda n: self.choose(names[n]),
                        chosen=names.index(self.measure), quiet=True, name="what if measure", tip=tip)  # fmt: skip

    def fill(self, kit: Kit, panel: Panel, inner: pygame.Rect) -> None:
        """Add the chart and the odds within `inner`."""
        fans = self.model.fans
        if fans is None:
            words = "Looking ahead in many futures of what you know, with your orders and without."
            panel.add(RichText(inner.inflate(0, -16), plain(words, "body", theme.TEXT_2), name="what if words"))
            return
        chart = pygame.Rect(inner.x - 4, inner.y + 6, inner.w + 8, inner.h - FOOT - 8)
        panel.add(LineChart(chart, self._plot(fans), name="what if chart"))
        if not self.model.fresh:
            note = pygame.Rect(inner.x + 44, inner.y + 4, inner.w - 120, 18)
            panel.add(Label(note, "Looking again with your orders", "secondary", theme.TEXT_3, ellipsis=True))
        self._foot(kit, panel, pygame.Rect(inner.x, inner.bottom - FOOT + 4, inner.w, FOOT - 4), fans)

    def _plot(self, fans: Fans) -> Plot:
        """The fan with the orders, filled; that without dashed."""
        now = self._now()
        from_now, start = ((), 1) if now is None else ((now,), 0)
        ours = fans.fan(WITH, self.measure)
        both = WITHOUT in fans.values
        first = self.play.match.scenario.first_quarter
        count = len(ours) + 1
        positions = tuple(short_quarter(fans.first_quarter + k, first) for k in range(count))
        bands = tuple(
            Band((*from_now, *ours[:, low].tolist()), (*from_now, *ours[:, high].tolist()), theme.PAX, alpha, start)
            for low, high, alpha in ((0, 4, 45), (1, 3, 75))
        )
        name = "With orders" if both else "No orders"
        lines = [Series(name, (now, *ours[:, 2].tolist()), theme.PAX)]
        if both:
            theirs = fans.fan(WITHOUT, self.measure)
            lines += [Series("Without", (now, *theirs[:, 2].tolist()), theme.NEUTRAL, dashed=True)]
            lines += [Series("", (now, *theirs[:, k].tolist()), theme.NEUTRAL, dashed=True, width=1.0) for k in (0, 4)]
        low = 0.0 if self.measure.startswith(("cover:", "price:")) else None
        return Plot(positions, tuple(lines), bands, self._threshold(), self._shown, low)

    def _now(self) -> float | None:
        """The measure as it stands; None where nothing has been played that it could count."""
        play = self.play
        if self.measure == "score" and not play.match.quarter:
            return None
        return float(MEASURED[self.measure].read(play.seen, play.match.scenario, play.place)[0])

    def _threshold(self) -> Threshold | None:
        post = self.play.match.scenario.race.post
        if self.measure.startswith("cover:"):
            return Threshold(1.0, "Plants idle below 1 quarter", danger=True)
        if self.measure in ("mineral_independence", "chip_independence"):
            return Threshold(post, f"The post, {post:.0%}", theme.ACCENT)
        return Threshold(0.0, "Debt", danger=True) if self.measure == "treasury" else None

    def _shown(self, value: float) -> str:
        if self.measure.startswith("cover:"):
            return f"{value:.1f} q"
        if self.measure.startswith("price:"):
            return f"x{value:.2g}"
        if self.measure in ("mineral_independence", "chip_independence", "approval", "grid"):
            return f"{value:.0%}"
        if self.measure == "treasury":
            return f"${amount(value)} bn"
        return amount(value) if self.measure == "running" else f"{value:.1f}"

    def _foot(self, kit: Kit, panel: Panel, row: pygame.Rect, fans: Fans) -> None:
        """The danger, and its odds without the orders and with them."""
        last = len(fans.fan(WITH, self.measure)) - 1
        chance = float(fans.odds(WITH, self.danger)[last])
        before = float(fans.odds(WITHOUT, self.danger)[last]) if WITHOUT in fans.values else chance
        figure, was = f"{chance:.0%}", f"{before:.0%}" if WITHOUT in fans.values else ""
        wide = int(kit.text.width(figure, "headline")) + 6
        tip = self._tip(fans, before, chance)
        colour = self._colour(before, chance)
        panel.add(Label(pygame.Rect(row.right - wide, row.y, wide, row.h), figure, "headline", colour, align="right",
                        tip=tip, name="what if odds"))  # fmt: skip
        beside = int(kit.text.width(was, "figure_card")) + 26 if was else 0
        if was:
            place = pygame.Rect(row.right - wide - beside, row.y, beside, row.h)
            panel.add(Label(place, f"{was}  >", "figure_card", theme.TEXT_2, tip=tip, name="what if odds without"))
        until = short_quarter(fans.first_quarter + last + 1, self.play.match.scenario.first_quarter)
        names = list(self.dangers)
        texts = [f"{words} by {until}" for words in self.dangers.values()]
        room = pygame.Rect(row.x - 8, row.y + 3, row.w - wide - beside, row.h - 6)
        panel.add(Dropdown(room, texts, self._choose_danger, chosen=names.index(self.danger), quiet=True,
                           name="what if danger", tip=tip))  # fmt: skip

    def _colour(self, before: float, chance: float) -> Colour:
        if abs(chance - before) < 0.005:
            return theme.TEXT
        better = (chance < before) != (self.danger in GOOD_DANGERS)
        return theme.GOOD if better else theme.BAD

    def _tip(self, fans: Fans, before: float, chance: float) -> Tip:
        words = (
            "Share of possible worlds in which it happens by then. What is hidden from you is drawn; rivals act as the"
        )
        words += " usual strategy does, and so do you after this quarter."
        error = 100.0 * float(np.sqrt(max(chance * (1.0 - chance), 0.0) / max(fans.pairs, 1)))
        terms = (
            Term("With your orders", f"{chance:.0%}"),
            Term("Without", f"{before:.0%}"),
            Term("Give or take, points", f"{2.0 * error:.0f}"),
            Term("Worlds played", f"{fans.pairs}"),
        )
        return Tip("Odds of a danger", plain(words), terms, "Forecast on paired draws")
