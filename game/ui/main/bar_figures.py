"""The figures of the top bar: value, change over the last quarter, and what stands behind each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.core.names import MEASURES
from game.ui import theme
from game.ui.kit import Term, Tip, plain
from game.ui.main.context import PlayContext
from game.ui.main.readings import amount, grid_reserve, money, signed, thousands
from game.ui.theme import Colour


@dataclass(frozen=True, slots=True)
class BarFigure:
    """One figure of the bar: its value now, its change over the last quarter, and how both are written."""

    key: str
    icon: str
    title: str
    value: float
    shown: Callable[[float], str]
    change: float
    tip: Tip
    colour: Colour = theme.TEXT
    share: bool = False
    """whether the value is a share, whose change is told in points of a hundred"""

    def delta(self) -> str:
        """The change as shown; empty where nothing moved."""
        size = abs(self.change) * (100 if self.share else 1)
        return signed(self.change, f"{size:,.0f}" if size >= 9.95 else f"{size:.1f}")


def bar_figures(play: PlayContext, *, compact: bool) -> list[BarFigure]:
    """The figures of the bar from left to right."""
    return [
        _treasury(play),
        _engineers(play),
        _reserve(play, "Grid" if compact else "Grid reserve"),
        _compute(play),
        _standing(play),
    ]


def _treasury(play: PlayContext) -> BarFigure:
    state, n = play.seen.state, play.place
    cash = float(state.cash[n, 0])
    change = float(state.income[n, 0]) - float(state.spending[n, 0])
    colour = theme.BAD if cash < 0 else theme.TEXT
    return BarFigure("treasury", "landmark", "Treasury", cash, money, change, _treasury_tip(play), colour)


def _engineers(play: PlayContext) -> BarFigure:
    people, n = play.seen.people, play.place
    count, moved = float(people.engineers[n, 0]), float(people.moved[n, 0])
    return BarFigure("engineers", "users", "Engineers", count, _thousands, moved, _engineers_tip(play))


def _reserve(play: PlayContext, title: str) -> BarFigure:
    reserve, change = grid_reserve(play.seen, play.place), play.rolls.change("reserve")
    colour = theme.BAD if reserve < 0.02 else theme.TEXT
    return BarFigure("reserve", "zap", title, reserve, _share, change, _grid_tip(play), colour, share=True)


def _compute(play: PlayContext) -> BarFigure:
    running, change = float(play.seen.compute.running[play.place, 0]), play.rolls.change("compute")
    return BarFigure("compute", "cpu", "Compute", running, _thousands, change, _compute_tip(play))


def _standing(play: PlayContext) -> BarFigure:
    standing = float(play.seen.standing.measures[play.place, MEASURES.at("standing"), 0])
    tip = Tip("Standing", plain("0 to 100: trust of others, approval at home, your part in agreements."))
    change = play.rolls.change("standing")
    return BarFigure("standing", "handshake", "Standing", standing, lambda v: f"{v:.0f}", change, tip)


def _thousands(value: float) -> str:
    return f"{amount(value)} k"


def _share(value: float) -> str:
    return f"{value:.0%}".replace("-", "−")


def _treasury_tip(play: PlayContext) -> Tip:
    world, n = play.seen, play.place
    left, _ = play.match.left(play.seat)
    credit = float(play.match.scenario.places.credit[n, 0])
    return Tip(
        "Treasury",
        plain("What the government holds for the chip race. Below zero it is bonds, which cost interest."),
        (
            Term("Income last quarter", money(float(world.state.income[n, 0]))),
            Term("Spent last quarter", money(float(world.state.spending[n, 0]))),
            Term("Credit line", money(credit)),
            Term("Free to spend after your orders", money(left), theme.ACCENT),
        ),
    )


def _engineers_tip(play: PlayContext) -> Tip:
    people, n = play.seen.people, play.place
    coming = people.coming[n, :, 0]
    return Tip(
        "Engineers, thousand",
        plain("People who can build and run plants and data centres. Too few of them idle both."),
        (
            Term("At work or free", f"{amount(float(people.engineers[n, 0]))} k"),
            Term("Wanted by plants and data centres", f"{amount(float(people.needed[n, 0]))} k"),
            Term("Net arrivals last quarter", f"{float(people.moved[n, 0]):+.1f} k".replace("-", "−")),
            Term("Arriving in the next four quarters", f"{amount(float(coming[:4].sum()))} k"),
        ),
    )


def _grid_tip(play: PlayContext) -> Tip:
    power, n = play.seen.power, play.place
    coming = power.coming[n, :, 0]
    return Tip(
        "Grid reserve",
        plain("Share of the power that plants and racks could still draw. Below zero both are curtailed."),
        (
            Term("Drawn last quarter", f"{amount(float(power.used[n, 0]))} GW"),
            Term("Supply", f"{amount(float(power.supply[n, 0]))} GW"),
            Term("Lost to outages", f"{float(power.outage[n, 0]):.0%}"),
            Term("Ordered, not yet connected", f"{amount(float(coming.sum()))} GW"),
        ),
    )


def _compute_tip(play: PlayContext) -> Tip:
    compute, n = play.seen.compute, play.place
    return Tip(
        "Compute, thousand H100e",
        plain("Accelerators running at home, counted as so many Nvidia H100. Rented and foreign ones count in part."),
        (
            Term("Installed", thousands(float(compute.installed[n, 0]))),
            Term("Running", thousands(float(compute.running[n, 0]))),
            Term("Owned by others", f"{float(compute.foreign[n, 0]):.0%}"),
            Term("Rented from elsewhere", thousands(float(compute.rented_in[n, 0]))),
            Term("Rented to elsewhere", thousands(float(compute.rented_out[n, 0]))),
        ),
    )
