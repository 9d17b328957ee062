"""The record that `sanity` compares a scenario with: published figures with bands, in scenarios/record.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel

from game.core.names import GOODS, NODES, SUPPLIER_KINDS, Axis
from game.files.paths import scenarios
from game.files.problems import validated
from game.files.strict_yaml import load

Metric = Literal[
    "good_share", "good_capacity_share", "world_output", "line_share", "compute_total", "compute_share",
    "price", "price_ratio", "mineral_independence", "chip_independence",
]  # fmt: skip


def _name_on(axis: Axis) -> AfterValidator:
    def check(word: str) -> str:
        if word not in axis:
            raise ValueError(axis.unknown(word))
        return word

    return AfterValidator(check)


GoodName = Annotated[str, _name_on(GOODS)]
NodeName = Annotated[str, _name_on(NODES)]
KindName = Annotated[str, _name_on(SUPPLIER_KINDS)]

#: Measures that are shares: their bands are in points; all others have bands relative to the figure.
SHARES = (
    "good_share", "good_capacity_share", "line_share", "compute_share", "mineral_independence", "chip_independence",
)  # fmt: skip
#: Bands that need no reason: at the opening, and after four quarters.
STANDARD = {True: (0.03, 0.06), False: (0.20, 0.20)}


class Figure(BaseModel):
    """One published figure and how far the scenario may lie from it."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    id: str
    metric: Metric
    good: GoodName | None = None
    place: str | None = None
    kind: KindName | None = None
    firm: str | None = None
    node: NodeName | None = None
    nodes: list[NodeName] = Field(default_factory=list)
    among: list[str] = Field(default_factory=list)
    basis: Literal["capacity", "output", "revenue"] = "capacity"
    value: float
    unit: str
    source: str | list[str] | None = None
    estimate: str | None = None
    date: str
    band_opening: Annotated[float, Field(ge=0)]
    band_after_four: Annotated[float, Field(ge=0)]
    reason: str | None = None
    note: str | None = None

    @property
    def is_share(self) -> bool:
        """Whether its bands are in points and not relative."""
        return self.metric in SHARES

    @property
    def basis_text(self) -> str:
        """Sources with date, or why it is an estimate."""
        if self.source is None:
            return f"estimate: {self.estimate}"
        named = self.source if isinstance(self.source, list) else [self.source]
        return f"{', '.join(named)} ({self.date})"

    def within(self, found: float, band: float) -> bool:
        """Whether `found` lies in the band round the figure."""
        width = band if self.is_share else band * abs(self.value)
        return abs(found - self.value) <= width + 1e-9


class _Figures(RootModel[list[Figure]]):
    pass


def record() -> list[Figure]:
    """The figures that come with the game. Raises InputError for a damaged file."""
    return validated(_Figures, load(scenarios() / "record.yaml")).root
