"""Estimators of balance, each for plain arrays (depth.md D.2 to D.6): tested on data whose answer is known.

The max-entropy Nash is found by its dual, a smooth convex function of as many multipliers as there are strategies:
projected Newton steps find its least value, and no library for linear programs is needed for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.balance.draws import resampled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: How far a mixture may lose to its best answer, as a share of the largest payoff, and steps of the descent.
SLACK, STEPS = 0.001, 300
#: Slope of the dual at which the descent ends.
CLOSE = 1e-8


def entropy(share: Floats) -> float:
    """Entropy of a distribution, in nats."""
    some = share[share > 0.0]
    return float(-(some * np.log(some)).sum())


def effective_number(counts: Floats) -> float:
    """How many equally frequent kinds would be as mixed: exp of the entropy of shares; 0 of nothing."""
    whole = float(counts.sum())
    return float(np.exp(entropy(counts / whole))) if whole > 0.0 else 0.0


def max_entropy_nash(payoff: Floats, slack: float = SLACK) -> Floats:
    """The mixture of most entropy that loses to no strategy (Balduzzi and others 2018).

    Parameters
    ----------
    payoff : antisymmetric, of row against column. (n, n).
    slack : share of the largest payoff that it may lose to its best answer, so that the answer is well defined.

    Returns
    -------
    shares, (n,); within `slack` of an equilibrium.
    """
    n, scale = len(payoff), float(np.abs(payoff).max())
    if scale == 0.0:
        return np.full(n, 1.0 / n)
    a = payoff / scale
    weight = np.zeros(n)
    for _ in range(STEPS):
        share = _mixture(a, weight)
        slope = slack - a @ share
        free = (weight > 0.0) | (slope < 0.0)
        if not free.any() or float(np.abs(np.where(free, slope, 0.0)).max()) < CLOSE:
            break
        away = a[free] - (a @ share)[free][:, None]
        bend = (away * share) @ away.T + 1e-10 * np.eye(int(free.sum()))
        step = np.zeros(n)
        step[free] = np.linalg.solve(bend, slope[free])
        following = _along(a, weight, step, slope, slack)
        if following is None:
            break
        weight = following
    return _mixture(a, weight)


def _along(a: Floats, weight: Floats, step: Floats, slope: Floats, slack: float) -> Floats | None:
    """A point along the step, kept above 0, at which the dual is lower; along the slope if the step is none."""
    now = _dual(a, weight, slack)
    for way in (step, np.where((weight > 0.0) | (slope < 0.0), slope, 0.0)):
        for half in range(40):
            found = np.maximum(weight - 0.5**half * way, 0.0)
            if _dual(a, found, slack) < now - 1e-14:
                return np.asarray(found)
    return None


def _dual(a: Floats, weight: Floats, slack: float) -> float:
    power = -(weight @ a)
    top = power.max()
    return float(np.log(np.exp(power - top).sum()) + top + slack * weight.sum())


def _mixture(a: Floats, weight: Floats) -> Floats:
    """The shares that multipliers stand for."""
    power = -(weight @ a)
    share = np.exp(power - power.max())
    return np.asarray(share / share.sum())


def exploited(payoff: Floats, share: Floats) -> float:
    """How much the best answer wins against a mixture."""
    return float((payoff @ share).max())


def transitivity(payoff: Floats) -> float:
    """Share of a payoff matrix that a rating explains (Hodge): 1 for a ladder, 0 for rock, paper, scissors."""
    rating = payoff.mean(axis=1)
    gradient = rating[:, None] - rating[None, :]
    whole = float((payoff * payoff).sum())
    return float((gradient * gradient).sum() / whole) if whole > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Components:
    """Parts of the variance of an outcome, as shares that add up to 1."""

    policy: float
    seed: float
    rest: float


def components(outcome: Floats) -> Components:
    """Two-way analysis of variance of a crossed design: policies by seeds, one game each. (policies, seeds).

    The rest is interaction and noise, which one game a cell cannot tell apart. Negative estimates count as 0.
    """
    policies, seeds = outcome.shape
    mean = outcome.mean()
    rows, columns = outcome.mean(axis=1), outcome.mean(axis=0)
    by_policy = seeds * float(((rows - mean) ** 2).sum()) / max(policies - 1, 1)
    by_seed = policies * float(((columns - mean) ** 2).sum()) / max(seeds - 1, 1)
    residual = outcome - rows[:, None] - columns[None, :] + mean
    error = float((residual**2).sum()) / max((policies - 1) * (seeds - 1), 1)
    parts = np.array([max((by_policy - error) / seeds, 0.0), max((by_seed - error) / policies, 0.0), error])
    whole = float(parts.sum())
    shares = parts / whole if whole > 0.0 else np.array([0.0, 0.0, 1.0])
    return Components(*(float(share) for share in shares))


def gini(shares: Floats) -> float:
    """Gini coefficient of shares: 0 where all are equal."""
    ordered, n = np.sort(shares), len(shares)
    whole = float(ordered.sum())
    if whole <= 0.0:
        return 0.0
    return float(((2.0 * np.arange(1, n + 1) - n - 1.0) * ordered).sum() / (n * whole))


def gini_floor(n: int, games: int, draws: int = 2000, seed: int = 1) -> tuple[float, float]:
    """Mean and 95% point of the Gini coefficient of wins where all `n` seats are equal, over `games` games."""
    winners = resampled("equal seats", seed, n, draws * games).reshape(draws, games)
    found = np.sort([gini(np.bincount(row, minlength=n).astype(np.float64)) for row in winners])
    return float(found.mean()), float(found[int(0.95 * draws)])


def wilson(count: float, of: float, z: float = 1.96) -> tuple[float, float]:
    """95% interval of a share."""
    if of <= 0:
        return 0.0, 1.0
    p, square = count / of, z * z
    middle = (p + square / (2 * of)) / (1 + square / of)
    half = z * float(np.sqrt(p * (1 - p) / of + square / (4 * of * of))) / (1 + square / of)
    return middle - half, middle + half


def spread_between(outcome: Floats) -> tuple[float, float]:
    """Standard deviation of the true means of groups, noise taken off, and standard error of a group's mean.

    Parameters
    ----------
    outcome : (groups, games); games of one column share their luck.
    """
    groups, games = outcome.shape
    paired = outcome - outcome.mean(axis=0)
    noise = float(paired.var(axis=1, ddof=1).mean()) / games if games > 1 else float("inf")
    seen = float(outcome.mean(axis=1).var(ddof=1)) if groups > 1 else 0.0
    return float(np.sqrt(max(seen - noise, 0.0))), float(np.sqrt(noise))


def mean_and_error(values: Floats) -> tuple[float, float]:
    """Mean and its standard error; the error is endless for one value."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    if len(flat) < 2:
        return float(flat.mean()) if len(flat) else float("nan"), float("inf")
    return float(flat.mean()), float(flat.std(ddof=1) / np.sqrt(len(flat)))


def ranks(values: Floats) -> Floats:
    """Ranks from 0 along the first axis, equal values sharing their mean rank."""
    order = values.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable").astype(np.float64)
    for column in range(values.shape[1]):
        for value in np.unique(values[:, column]):
            same = values[:, column] == value
            order[same, column] = order[same, column].mean()
    return order


def rank_correlation(a: Floats, b: Floats) -> Floats:
    """Spearman's correlation of two outcomes over seats, by game. (S, B) each; (B,)."""
    x, y = ranks(a), ranks(b)
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    return np.asarray((x * y).sum(axis=0) / np.maximum(np.sqrt((x * x).sum(axis=0) * (y * y).sum(axis=0)), 1e-12))
