"""Many futures of what one seat knows, paired: fans of any measure with its orders and without, and odds of dangers.

It is told how a quarter is played (`Advance`; `agents.futures` has one): it knows no agent, and a strategy may use it.
"""

from game.forecast.knowledge import doubled, imagined
from game.forecast.measured import DANGERS, MEASURED, Danger, Measure
from game.forecast.paired import (
    QUANTILES,
    QUARTERS,
    TOGETHER,
    WITH,
    WITHOUT,
    WORLDS,
    Advance,
    Course,
    Fans,
    Forecast,
    Slice,
    with_and_without,
)

__all__ = [
    "DANGERS",
    "MEASURED",
    "QUANTILES",
    "QUARTERS",
    "TOGETHER",
    "WITH",
    "WITHOUT",
    "WORLDS",
    "Advance",
    "Course",
    "Danger",
    "Fans",
    "Forecast",
    "Measure",
    "Slice",
    "doubled",
    "imagined",
    "with_and_without",
]
