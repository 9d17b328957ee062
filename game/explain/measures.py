"""What a seat is measured by."""

from __future__ import annotations

from game.core.names import MEASURES
from game.core.scenario import Scenario
from game.core.world import World


def measure_terms(world: World, s: Scenario, place: int) -> tuple[tuple[str, float, float], ...]:
    """(measure, weight in the score, value 0-100) of a seat."""
    weights = s.places.weights[place, :, 0]
    return tuple((m, float(weights[k]), float(world.standing.measures[place, k, 0])) for k, m in enumerate(MEASURES))
