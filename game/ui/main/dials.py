"""Offers that set a standing dial: research shares, the compute split, and the dials of the state."""

from __future__ import annotations

from functools import partial

import numpy as np

from game.core import orders as kinds
from game.core.names import DIALS, TRACKS, USES
from game.core.orders import Order
from game.core.world import World
from game.rules import power
from game.ui import theme
from game.ui.kit import NumberRange, Span, Term
from game.ui.main.context import PlayContext
from game.ui.main.invest_offers import Dose, Forecast, Offer, said
from game.ui.main.order_words import DIAL_WORDS, TRACK_WORDS, USE_WORDS, amount, money

SHARES = NumberRange(0.0, 1.0, 0.01, "{:.0%}".format)
TRACK_NOTES = {
    "separation": "More from mineral plants", "lithography": "More scanners made here",
    "node": "Logic yield, tools, materials", "memory": "Yield of HBM lines", "packaging": "Yield of packaging lines",
    "design": "Compute from the same silicon", "ai_systems": "Private spending on compute",
    "photonics": "More work of compute halls", "power": "Less power for compute",
}  # fmt: skip
TRACK_MEANS = {
    "separation": "Each point above the opening lets your mines, refiners and recyclers give 0.4% more.",
    "lithography": "Each point above the opening lets your makers of DUV and EUV scanners build 0.4% more.",
    "node": "Raises the yield that your logic lines can reach, and lets your other tool and material plants give 0.4% "
    "more for each point above the opening.",
    "memory": "Raises the yield that your HBM lines can reach.",
    "packaging": "Raises the yield that your packaging lines can reach.",
    "design": "Each point above the opening takes 0.4% more compute out of the same silicon packaged by your firms.",
    "ai_systems": "Private buyers spend more on compute in your country.",
    "photonics": "Each point above the opening makes your compute halls do 0.3% more work.",
    "power": "Each unit of compute that you install draws less electricity.",
}
TRACK_ICONS = {
    "separation": "flask-conical", "lithography": "sun", "node": "cpu", "memory": "memory-stick",
    "packaging": "layers", "design": "pencil", "ai_systems": "brain", "photonics": "radio", "power": "zap",
}  # fmt: skip
USE_NOTES = {
    "economy": "Raises prosperity", "research": "Speeds up every track", "security": "Counts in security",
    "rent": "Sold abroad as rented compute",
}  # fmt: skip
USE_ICONS = {"economy": "trending-up", "research": "microscope", "security": "shield", "rent": "hand-coins"}
DIAL_NOTES = {
    "enforcement": "Of your controls", "stock_target": "Minerals",
    "universities": "In 8 quarters", "grid": "By itself",
    "visa": "Every quarter", "guards": "Sea trade", "dispersal": "After disasters",
}  # fmt: skip
DIAL_ICONS = {
    "enforcement": "shield-check", "stock_target": "warehouse", "universities": "graduation-cap", "grid": "cable",
    "visa": "user-plus", "guards": "anchor", "dispersal": "boxes",
}  # fmt: skip


class DialOffers:
    """Makes the offers for one seat and quarter."""

    def __init__(self, play: PlayContext) -> None:
        self.play, self.forecast = play, Forecast(play)
        self.s, self.world, self.place = play.match.scenario, play.match.world, play.place

    # --- research

    def research(self) -> list[Offer]:
        """One offer for each track."""
        return [self._track(k) for k in range(len(TRACKS))]

    def _track(self, k: int) -> Offer:
        name = TRACKS.names[k]
        share = float(self.world.state.research[self.place, k, 0])
        known = self.world.state.knowhow[:, k, 0]
        best = int(np.argmax(known))
        leader = "you" if best == self.place else self.s.texts.names[best]
        return Offer(
            f"research {name}",
            "Research",
            TRACK_WORDS[name],
            TRACK_NOTES[name],
            TRACK_ICONS[name],
            lambda value, option: kinds.ResearchShare(name, value),
            partial(self._shifted, share, "tracks"),
            idle=partial(self._idle, share),
            figure=f"{share:.0%}",
            under=f"{float(known[self.place]):.0f} of {float(known[best]):.0f}",
            dose=Dose("Share of research", SHARES, share),
            terms=(
                Term("Share now", f"{share:.0%}"),
                Term("Your know-how", f"{float(known[self.place]):.1f}"),
                Term(f"Best: {leader}", f"{float(known[best]):.1f}"),
            ),
            means=TRACK_MEANS[name],
            source="100 is the world's best of 2025. Research is worth the root of compute times engineers",
        )

    def _idle(self, now: float, order: Order) -> str:
        same = abs(float(getattr(order, "share", now)) - now) < 0.005
        return f"It stands at {now:.0%}: choose another share" if same else ""

    def _shifted(self, now: float, others: str, order: Order) -> tuple[Span, ...]:
        share = float(getattr(order, "share", now))
        if self._idle(now, order):
            return said(f"Stands at {now:.0%}. The slider asks for another share")
        return said(f"From {now:.0%} to {share:.0%}. The other {others} keep their proportions", "From this quarter on")

    # --- compute

    def compute(self) -> list[Offer]:
        """One offer for each use."""
        return [self._use(k) for k in range(len(USES))]

    def _use(self, k: int) -> Offer:
        name = USES.names[k]
        share = float(self.world.compute.uses[self.place, k, 0])
        running = float(self.world.compute.running[self.place, 0])
        return Offer(
            f"use {name}",
            "Compute",
            USE_WORDS[name],
            USE_NOTES[name],
            USE_ICONS[name],
            lambda value, option: kinds.ComputeSplit(name, value),
            partial(self._shifted, share, "uses"),
            idle=partial(self._idle, share),
            colour=theme.CHIP,
            figure=f"{share:.0%}",
            under=f"{amount(share * running)} k H100e",
            dose=Dose("Share of compute", SHARES, share),
            terms=(Term("Powered compute at home", f"{amount(running)} k H100e"), Term("Share now", f"{share:.0%}")),
        )

    # --- the state's dials

    def dials(self) -> list[Offer]:
        """One offer for each standing dial."""
        return [self._dial(k) for k in range(len(DIALS))]

    def _dial(self, k: int) -> Offer:
        name = DIALS.names[k]
        share = float(self.world.state.dials[self.place, k, 0])
        return Offer(
            f"dial {name}",
            "Dials",
            DIAL_WORDS[name],
            DIAL_NOTES[name],
            DIAL_ICONS[name],
            lambda value, option: kinds.Dial(name, value),
            partial(self._turned, name, share),
            idle=partial(self._idle, share),
            colour=theme.GOOD,
            figure=f"{share:.0%}",
            under=self._measure(name, self.forecast.without),
            dose=Dose("Dial", SHARES, share),
            terms=(Term("Now", f"{share:.0%}"),),
            source="The cost of a dial goes with its square; one change a quarter",
        )

    def _turned(self, name: str, now: float, order: Order) -> tuple[Span, ...]:
        if self._idle(now, order):
            return said(f"Stands at {now:.0%}: {self._measure(name, self.forecast.without)}")
        with_it, without = self.forecast.with_order(order), self.forecast.without
        bill = float(with_it.state.spending[self.place, 0] - without.state.spending[self.place, 0])
        before, after = self._measure(name, without), self._measure(name, with_it)
        price = (
            "Costs no public money"
            if abs(bill) < 5e-4
            else f"{money(abs(bill))} {'more' if bill > 0 else 'less'} a quarter"
        )
        return said(f"{before} to {after}. {price}") if before else said(price)

    def _measure(self, name: str, world: World) -> str:
        """What a dial comes to in `world`, with its unit."""
        n, p = self.place, self.s.parameters
        share = float(world.state.dials[n, DIALS.at(name), 0])
        if name == "enforcement":
            return f"{p.leakage.enforcement * share:.0%} of leaks"
        if name == "stock_target":
            return f"{share * 4:.1f} quarters of use"
        if name in ("guards", "dispersal"):
            return f"{share:.0%} of {'sea trade' if name == 'guards' else 'stocks'} in time"
        if name == "grid":
            return f"{self._grid_growth(world):.2f} GW a quarter"
        lag = p.people.study if name == "universities" else p.people.visa_lag
        arriving = float(world.people.coming[n, int(lag) - 1, 0])
        return f"{round(arriving * 1000, -1):,.0f} engineers" if arriving < 10 else f"{arriving:.0f} k engineers"

    def _grid_growth(self, world: World) -> float:
        return float(power.grown(world, self.s)[self.place, 0])
