"""When a control bites: the targets at an open window, the bite now and in a year, and the work that makes it bite."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS, WORKS
from game.core.numeric import Array
from game.explain import GOOD_NAMES
from game.rules import controls, leverage
from game.ui.kit import Term, Tip, plain
from game.ui.main.context import PlayContext
from game.ui.main.order_words import count, money

YEAR = 4
OPEN_FROM, WORTH, CLOSING = 0.6, 0.05, 0.9
"""Window from which a target counts as at an open one, bite below which nobody cares, and part of it that must not be
left in a year: what is as good next year is no window."""
PLANTS = {
    "tooling": "fab line", "wafer_starts": "fab line", "packaging": "packaging line",
    "separation": "rare-earth plant", "magnet_making": "magnet plant", "wafer_making": "wafer plant",
    "toolmaking": "tool maker",
}  # fmt: skip
SOURCE = "Share × (1 − substitution) × (1 − cover) × work under way"


@dataclass(frozen=True, slots=True)
class Window:
    """What a total ban of one good by the player would bite at one place."""

    good: int
    place: int
    bite: float
    later: float
    """the same in a year, from what is begun now"""
    factors: tuple[float, float, float, float]
    """share, 1 - substitution, 1 - cover, window"""
    pressure: float
    """quarters of controls on the good that the place has felt already"""

    @property
    def is_open(self) -> bool:
        """Whether a ban would hurt now, because of what is being built, and less in a year."""
        return self.factors[3] >= OPEN_FROM and self.bite >= WORTH and self.later < CLOSING * self.bite


class Windows:
    """What bans of the player would bite, for the world as the seat sees it."""

    def __init__(self, play: PlayContext) -> None:
        self.play, self.s = play, play.match.scenario
        tables = play.match.model.book.tables
        self.now = leverage.bite(play.seen, self.s, tables, play.place)
        self.later = leverage.bite(play.seen, self.s, tables, play.place, YEAR).size
        self.size = self.now.size

    def at(self, good: int, place: int) -> Window:
        """One good at one place."""
        cell = (good, place, 0)
        factors = (self.now.share[cell], self.now.alone[cell], self.now.uncovered[cell], self.now.window[cell])
        felt = float(self.play.seen.policy.pressure[place, good, 0])
        share, alone, uncovered, window = map(float, factors)
        size, later = float(self.size[cell]), float(self.later[cell])
        return Window(good, place, size, later, (share, alone, uncovered, window), felt)

    def hardest(self, goods: list[int], places: list[int]) -> list[Window]:
        """The good that bites most at each place, the hardest hit place first."""
        found = [self.at(max(goods, key=lambda g: float(self.size[g, n, 0])), n) for n in places]
        return sorted((window for window in found if window.bite > 0.005), key=lambda window: -window.bite)

    def work_words(self, window: Window) -> str:
        """What is under way that needs the good: '3 fab lines under construction need neon'."""
        kind = int(leverage.sites(self.s).goods[window.good])
        good = GOOD_NAMES[GOODS.names[window.good]]
        if kind < 0:
            return f"its industry needs {good} all the time"
        name = WORKS.names[kind]
        if name not in PLANTS:
            wanted = leverage.work(self.play.seen, self.s, self.play.match.model.book.tables)
            spent = money(float(wanted[kind, window.place, 0]))
            return f"accelerators for {spent} a year are being bought"
        building, ramping = leverage.plants_at_work(self.play.seen, self.s, window.place, kind)
        parts = _parts(building, ramping, PLANTS[name], " under construction")
        if not parts:
            return f"nothing is being built that needs {good}"
        return f"{' and '.join(parts)} {'needs' if building + ramping == 1 else 'need'} {good} within four quarters"

    def line_tip(self, windows: list[Window], stopped: float) -> Tip:
        """The factors of the worst bite, how waiting and learning change it, and the other targets."""
        worst, names = windows[0], self.s.texts.names
        share, alone, uncovered, window = worst.factors
        one = np.ones(1)
        kept = leverage.after_ban(self.s, one, alone * one, worst.pressure * one, YEAR)[0]
        terms = (
            Term("Share of its orders that you fill or reach", f"{share:.0%}"),
            Term("That it cannot do without", f"{alone:.0%}"),
            Term("Not covered by stock", f"{uncovered:.0%}"),
            Term("Window: work under way, over the most so far", f"{window:.0%}"),
            Term("If you wait a year", f"{worst.later * stopped:.2f}"),
            Term("After a year of it, as it learns", f"{worst.bite * stopped * float(kept):.2f}"),
            *(
                Term(f"{names[each.place]}, {GOOD_NAMES[GOODS.names[each.good]]}", f"{each.bite * stopped:.2f}")
                for each in windows[1:5]
            ),
        )
        return Tip(f"Bite on {names[worst.place]}", plain(f"{_sentence(self.work_words(worst))}."), terms, SOURCE)


def windows_of(play: PlayContext) -> Windows:
    """The windows of this quarter, worked out once."""
    if ("windows",) not in play.kept:
        play.kept["windows",] = Windows(play)
    found: Windows = play.kept["windows",]
    return found


def open_windows(play: PlayContext) -> dict[str, Window]:
    """Places at an open window of the class that is being put together, by code; under the lens of controls of any."""
    k = play.control_class
    if k is None and play.lens != "controls":
        return {}
    if ("open windows", k) not in play.kept:
        play.kept["open windows", k] = _open_windows(play, k)
    found: dict[str, Window] = play.kept["open windows", k]
    return found


def _open_windows(play: PlayContext, k: int | None) -> dict[str, Window]:
    s, in_class = play.match.scenario, play.match.model.book.tables.good_in_class
    goods = [g for g in held_goods(play) if k is None or in_class[k, g]]
    if not goods:
        return {}
    windows, found = windows_of(play), {}
    for n, code in enumerate(s.place_axis.names):
        open_here = [window for window in (windows.at(g, n) for g in goods) if n != play.place and window.is_open]
        if open_here:
            found[code] = max(open_here, key=lambda window: window.bite)
    return found


def held_goods(play: PlayContext) -> list[int]:
    """Goods of which the player holds enough of the world's supply to control them."""
    held: Array = controls.holdings(play.seen, play.match.scenario)[play.place, :, 0]
    return [int(g) for g in np.flatnonzero(held >= play.match.scenario.parameters.controls.class_share)]


def window_words(play: PlayContext, window: Window) -> tuple[str, str]:
    """Two lines for the card of a place: the bite, and the work that opens the window."""
    s, seen = play.match.scenario, play.seen
    kind = int(leverage.sites(s).goods[window.good])
    plants = PLANTS.get(WORKS.names[kind]) if kind >= 0 else None
    parts = _parts(*leverage.plants_at_work(seen, s, window.place, kind), plants, "") if plants else []
    return f"bite {window.bite:.2f}, {window.later:.2f} in a year", ", ".join(parts) or "compute"


def _parts(building: int, ramping: int, plant: str, under_way: str) -> list[str]:
    """Plants under construction and ramping up, in words; none that are not there."""
    parts = [count(building, plant) + under_way] if building else []
    if ramping:
        parts.append(f"{ramping if building else count(ramping, plant)} ramping up")
    return parts


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
