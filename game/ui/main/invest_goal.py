"""The seat's own objective in the list of offers: where it is off track, what serves it comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from game.core.names import GOODS, LINE_KINDS
from game.core.orders import Order
from game.rules import objectives, race
from game.rules.tables import FIRST_LEADING_NODE
from game.ui import theme
from game.ui.kit import Span
from game.ui.main.context import PlayContext
from game.ui.main.invest_offers import ABROAD, Offer
from game.ui.main.readings import in_words

AHEAD, ALSO = 20.0, 0.6
"""What the best offer for an objective gains in urgency, so that it comes first, and what the others gain."""
BEHIND = 0.02
LOGIC, MEMORY, PACKAGING = (LINE_KINDS.at(kind) for kind in ("logic", "memory", "packaging"))
GOODS_OF_METRIC = {
    "euv_per_year": ("euv", "high_na"), "refined_over_ore": ("ndpr", "dytb"),
    "mineral_independence": ("dytb", "ndpr", "magnets", "gallium", "germanium"),
}  # fmt: skip
LINES_OF_METRIC = {
    "hbm_value_share": (MEMORY, 0), "leading_share": (LOGIC, FIRST_LEADING_NODE), "packaging_share": (PACKAGING, 0),
    "wafer_value_share": (LOGIC, 0), "mature_cover": (LOGIC, 0),
}  # fmt: skip
COMPUTE_METRICS = ("world_compute_share", "sovereign_compute", "compute_per_gdp", "cloud_rented_out", "power_used")
PARTS = {
    "mature_logic": (LOGIC, 0), "advanced_logic": (LOGIC, 1), "accelerators": (PACKAGING, 0), "hbm": (MEMORY, 0),
}  # fmt: skip
GOODS_OF_PART = {
    "process_tools": ("process_tools",), "lithography": ("duv", "euv"), "materials": ("wafers", "resist", "quartz"),
}  # fmt: skip


class Goal:
    """How far the objective is, and which offers serve it."""

    def __init__(self, play: PlayContext) -> None:
        self.play, self.s = play, play.match.scenario
        self.objective = self.s.objectives.get(play.place)
        tables = play.match.model.book.tables
        self.grade = float(objectives.graded(play.seen, self.s, tables)[play.place, 0])
        self.due = min(play.match.quarter / self.s.quarters, 1.0)

    @property
    def off_track(self) -> bool:
        """Whether less of the way is done than of the game."""
        return self.objective is not None and self.grade < self.due - BEHIND

    def ranked(self, offers: list[Offer]) -> list[Offer]:
        """The offers, with those that serve an objective off track put forward, the best of them to the head."""
        if not self.off_track:
            return offers
        serves = self._serves()
        serving = [offer for offer in offers if offer.group != ABROAD and serves(offer)]
        best = max(serving, key=lambda offer: offer.urgency, default=None)
        return [
            self._put_forward(offer, AHEAD if offer is best else ALSO) if offer in serving else offer
            for offer in offers
        ]

    def _put_forward(self, offer: Offer, more: float) -> Offer:
        text = in_words(self.objective.text) if self.objective else ""
        why = f"\nFor your objective: {text[:1].lower()}{text[1:]}. {self.grade:.0%} done, {self.due:.0%} due."
        told = offer.effect

        def effect(order: Order) -> tuple[Span, ...]:
            return (*told(order), Span(why, "secondary", theme.ACCENT))

        return replace(offer, urgency=offer.urgency + more, effect=effect)

    def _serves(self) -> Callable[[Offer], bool]:
        objective = self.objective
        if objective is None:
            return lambda offer: False
        metric, of = objective.metric, str(objective.of)
        if metric == "line_capacity_yield":
            return lambda offer: offer.key in (f"line {of}", f"fast {of}")
        if metric in COMPUTE_METRICS:
            power = metric == "power_used"
            return lambda offer: offer.key == "compute" or (power and offer.key.startswith("power "))
        if metric == "chip_independence":
            return self._weakest_part()
        if metric in LINES_OF_METRIC:
            return self._lines(*LINES_OF_METRIC[metric])
        goods = (of,) if of in GOODS else GOODS_OF_METRIC.get(metric, ())
        return self._makers(goods)

    def _weakest_part(self) -> Callable[[Offer], bool]:
        """Offers for the part of the chip bar whose growth would lift the bar most: the largest w / sqrt(y)."""
        covers = race.chip_covers(self.play.seen, self.s, self.play.match.model.book.tables)
        gain = {part: weight / max(float(covers[part][0]), 0.01) ** 0.5 for part, weight in self.s.race.chips}
        for part in sorted(gain, key=lambda each: -gain[each]):
            serves = self._lines(*PARTS[part]) if part in PARTS else self._makers(GOODS_OF_PART[part])
            if part in PARTS or self._makes(GOODS_OF_PART[part]):
                return serves
        return lambda offer: False

    def _makes(self, goods: tuple[str, ...]) -> bool:
        table = self.s.suppliers
        return any(
            GOODS.names[int(good)] in goods and int(place) == self.play.place
            for good, place in zip(table.good, table.place, strict=True)
        )

    def _makers(self, goods: tuple[str, ...]) -> Callable[[Offer], bool]:
        return lambda offer: offer.key.startswith("supplier ") and any(good in goods for good in offer.goods)

    def _lines(self, kind: int, least: int) -> Callable[[Offer], bool]:
        """Offers for lines of a kind at home, of a node or finer."""
        lines, node = self.s.lines, self.play.seen.lines.node
        keys = {
            f"line {name}"
            for i, name in enumerate(lines.axis.names)
            if int(lines.kind[i]) == kind and int(lines.place[i]) == self.play.place and node[i, 0] >= least
        }
        return lambda offer: offer.key in keys
