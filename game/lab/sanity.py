"""Does a scenario open where the record stands, stay near it for a year, and answer a ban as the record did?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from agents.model import ChipRace
from game.core.scenario import Scenario
from game.files.record import Figure, record
from game.lab.measures import measured
from game.lab.responses import LIFTED_AFTER, WATCHED, Response, responses, undisturbed

WORLDS, SEED, QUARTERS = 8, 1, 4


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the record beside the scenario."""

    figure: Figure
    opening: float
    after_four: float

    @property
    def holds(self) -> bool:
        """Whether both values lie in their bands."""
        f = self.figure
        return f.within(self.opening, f.band_opening) and f.within(self.after_four, f.band_after_four)

    @property
    def wrong(self) -> str:
        """Which of the two lies outside."""
        f = self.figure
        parts = [
            *([] if f.within(self.opening, f.band_opening) else ["opening"]),
            *([] if f.within(self.after_four, f.band_after_four) else ["after four"]),
        ]
        return " and ".join(parts)


@dataclass(frozen=True, slots=True)
class Sanity:
    """Every comparison and response."""

    compared: list[Compared]
    left_out: list[str]
    """figures about places that the scenario does not have"""
    responses: list[Response]

    @property
    def holds(self) -> bool:
        """Whether every verdict is yes."""
        return all(c.holds for c in self.compared) and all(r.holds for r in self.responses)

    def as_json(self) -> dict[str, Any]:
        """Plain values, one entry a row."""
        return {
            "holds": self.holds,
            "figures": [
                {
                    **c.figure.model_dump(exclude_none=True),
                    "opening": c.opening,
                    "after_four": c.after_four,
                    "holds": c.holds,
                }
                for c in self.compared
            ],
            "left_out": self.left_out,
            "responses": [{**asdict(r), "holds": r.holds} for r in self.responses],
        }


def steps_in_all() -> int:
    """Quarters that `sanity` plays."""
    return QUARTERS + 2 * (LIFTED_AFTER + WATCHED)


def sanity(scenario: Scenario, tick: Callable[[int], None]) -> Sanity:
    """Compare a scenario with the record; means over eight worlds.

    The four quarters are undisturbed: every seat on `hold`, and none of the controls that the scenario dates after its
    opening, which move prices on purpose.
    """
    race = ChipRace(undisturbed(scenario), WORLDS, dict.fromkeys(scenario.seats, "hold"), SEED)
    opening = race.world
    for _ in range(QUARTERS):
        race.step()
        tick(1)
    compared, left_out = [], []
    for figure in record():
        if figure.place is None or figure.place in scenario.place_axis:
            after = measured(figure, race.world, scenario)
            compared.append(Compared(figure, measured(figure, opening, scenario), after))
        else:
            left_out.append(figure.id)
    return Sanity(compared, left_out, responses(scenario, WORLDS, SEED, tick))


def table(result: Sanity) -> list[str]:
    """The comparison as lines, one a figure."""
    lines = [
        f"{'measure':<26}{'record':>11}{'opening':>11}{'after four':>11}{'bands':>15}  {'verdict':<17}source",
        *(_row(c) for c in result.compared),
    ]
    for r in result.responses:
        verdict = "yes" if r.holds else "NO"
        lines.append(f"{r.name}: {r.found:.2f} {r.unit}; band {r.low:g} to {r.high:g}: {verdict}  {r.note}".rstrip())
    if result.left_out:
        lines.append(f"left out, no such place here: {', '.join(result.left_out)}")
    wrong = sum(not c.holds for c in result.compared) + sum(not r.holds for r in result.responses)
    lines.append(
        f"{len(result.compared) + len(result.responses) - wrong} of "
        f"{len(result.compared) + len(result.responses)} hold."
    )
    return lines


def _row(compared: Compared) -> str:
    f = compared.figure
    bands = f"{_band(f, f.band_opening)}, {_band(f, f.band_after_four)}"
    verdict = "yes" if compared.holds else f"NO: {compared.wrong}"
    values = "".join(f"{_shown(f, v):>11}" for v in (f.value, compared.opening, compared.after_four))
    reason = f"; wide band: {f.reason}" if f.reason else ""
    return f"{f.id:<26}{values}{bands:>15}  {verdict:<17}{f.basis_text}{reason}"


def _shown(figure: Figure, value: float) -> str:
    return f"{value:.1%}" if figure.is_share else f"{value:.4g}"


def _band(figure: Figure, band: float) -> str:
    return f"{band * 100:g} pt" if figure.is_share else f"{band:.0%}"
