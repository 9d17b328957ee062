"""Is A better than B? A sequential test that stops as soon as the games say so (Wald 1945).

What is counted is who wins a pair of games on the same seed, A and B with their seats swapped: whoever has more points
in both together, so that neither a good seat nor a lucky draw decides it. Two tests run side by side, for "A wins a
share of 1/2 + margin of the pairs" and for "B does", each against "both win half". The logarithm of the likelihood
ratio is that of a normal mean whose variance is measured as it goes, as engine testers do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from game.tournament.ratings import Z95, Floats

BETTER, WORSE, ALIKE = "better", "worse", "alike"
LEAST = 24
"""Pairs before anything is decided: before, the variance is not known well enough."""


@dataclass(slots=True)
class Sprt:
    """The test as it stands.

    Parameters
    ----------
    margin : by how much the share won must differ from a half to matter.
    error : chance to say that one is better where both are alike, and to miss a difference as large as the margin.
    shares : of each pair 1 if A won it, 0 if B did, a half for a tie.
    """

    margin: float = 0.05
    error: float = 0.05
    shares: list[float] = field(default_factory=list)

    def add(self, shares: Floats) -> None:
        """Take in more pairs."""
        self.shares += shares.tolist()

    @property
    def pairs(self) -> int:
        """Pairs counted."""
        return len(self.shares)

    @property
    def share(self) -> float:
        """Share that A won; a half before the first pair."""
        return float(np.mean(self.shares)) if self.shares else 0.5

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the share, were the number of pairs fixed."""
        half = Z95 * math.sqrt(self.variance / max(self.pairs, 1))
        return max(0.0, self.share - half), min(1.0, self.share + half)

    @property
    def variance(self) -> float:
        """Variance of a pair; one pair lost and one won are added, so that it is never 0."""
        shares = np.array([0.0, 1.0, *self.shares])
        return float(shares.var())

    @property
    def upper(self) -> float:
        """Where a likelihood ratio says that there is a difference: half of `error` for each of the two tests."""
        return math.log((1 - self.error) / (self.error / 2))

    @property
    def lower(self) -> float:
        """Where it says that there is none."""
        return math.log(self.error / (1 - self.error / 2))

    @property
    def ratios(self) -> tuple[float, float]:
        """Log-likelihood ratios of "A is better" and of "B is better"."""
        scale = self.pairs * self.margin / self.variance
        ahead, half = self.share - 0.5, self.margin / 2
        return scale * (ahead - half), scale * (-ahead - half)

    @property
    def verdict(self) -> str | None:
        """`better` or `worse` of A, `alike` if no difference matters; None while it is open."""
        if self.pairs < LEAST:
            return None
        better, worse = self.ratios
        if max(better, worse) >= self.upper:
            return BETTER if better > worse else WORSE
        return ALIKE if max(better, worse) <= self.lower else None
