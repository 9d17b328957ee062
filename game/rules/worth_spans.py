"""What a point in each of some quarters to come adds up to: later ones count less, the epilogue half."""

from __future__ import annotations

from itertools import accumulate
from operator import mul

import numpy as np

from game.core.numeric import Array, total
from game.core.scenario import Scenario
from game.rules import score
from game.rules.kept import constants_of

#: Share of what a quarter counts that is left a quarter later: plans come to nothing, partners change.
PATIENCE = 0.97
#: Share of what was built up under a contract that is left a quarter after it.
AFTER = 0.93
#: Longest contract that a span is kept for.
LONGEST = 64


@constants_of
def spans_of(s: Scenario) -> tuple[Array, Array]:
    """By quarter and length: what a point adds up to; and what grows evenly over the length and fades after it,
    over what stands all the time. (Q, 65) each."""
    last = s.quarters + s.epilogue_quarters
    ahead = np.arange(last + LONGEST + 1)
    counts = np.where(ahead < s.quarters, 1.0, np.where(ahead < last, score.EPILOGUE_WEIGHT, 0.0))
    left = np.array(list(accumulate([PATIENCE] * LONGEST, mul, initial=1.0)))[:LONGEST]
    points = np.stack([counts[q : q + LONGEST] * left for q in range(last + 1)], axis=1)  # (64, Q)
    spans, lasting = np.zeros((2, last + 1, LONGEST + 1))
    spans[:, 1:] = np.add.accumulate(points, axis=0).T
    for length in range(1, LONGEST + 1):
        risen = np.minimum(np.arange(1, LONGEST + 1) / length, 1.0)
        risen[length:] = np.array(list(accumulate([AFTER] * (LONGEST - length), mul, initial=AFTER)))[:-1]
        lasting[:, length] = total(points * risen[:, None]) / np.maximum(spans[:, length], 1e-9)
    return spans, lasting
