"""Batch Plackett-Luce: strengths of strategies from the order in which games ended, whatever the order of the games.

The chance that i comes first among those still in is exp(t_i) over the sum of exp(t_j); the ranking is a row of such
choices (Plackett 1975, Luce 1959). All games are fitted at once by Newton steps; intervals come from the Hessian at the
maximum. A slight pull to the middle (`PULL`) keeps strengths finite where one strategy won every game.

A tie counts as half of each order: a ranking with ties is replaced by the orders that break them, sharing its weight.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PULL = 0.05
"""Weight of the squares of strengths in what is minimised: a normal prior of standard deviation 3.2, 550 Elo points."""
ELO = 400.0 / math.log(10.0)
"""Elo points of one unit of strength: odds of 10 to 1 are 400 points."""
Z95 = 1.959963984540054
"""Standard errors on either side that hold 95% of a normal distribution."""
MOST_ORDERS = 120
"""Most orders that stand for one ranking with ties; beyond it every turn of the listed order and of its reverse."""
_STEPS, _CLOSE = 60, 1e-9
"""Newton steps at most, and the step after which the next would change nothing that a float can hold."""
_MANY, _THIN = 20_000, 20


@dataclass(frozen=True, slots=True)
class Rankings:
    """Orders in which games ended.

    Parameters
    ----------
    order : positions of strategies, best first, -1 where there are fewer. (M, k).
    weight : of each. (M,).
    cluster : games of one cluster share their luck: the same seed. (M,).
    """

    order: Ints
    weight: Floats
    cluster: Ints


@dataclass(frozen=True, slots=True)
class Ratings:
    """Strengths, their mean 0, in Elo points.

    Parameters
    ----------
    strength : of each strategy. (n,).
    error : standard error by the Hessian. (n,).
    error_by_seed : the same if games of one seed depend on one another. (n,).
    """

    strength: Floats
    error: Floats
    error_by_seed: Floats


def rankings(items: Ints, values: Floats, cluster: Ints) -> Rankings:
    """The rankings of games by value, most first.

    Parameters
    ----------
    items : positions of strategies, -1 where there are fewer. (M, k).
    values : what they are ranked by. (M, k).
    cluster : (M,).
    """
    keyed = np.where(items >= 0, -values, np.inf)
    by_value = keyed.argsort(axis=1, kind="stable")
    order, ranked = np.take_along_axis(items, by_value, axis=1), np.take_along_axis(keyed, by_value, axis=1)
    tied = ((ranked[:, 1:] == ranked[:, :-1]) & (order[:, 1:] >= 0)).any(axis=1)
    orders, weights, clusters = [order[~tied]], [np.ones(int((~tied).sum()))], [cluster[~tied]]
    for row in np.flatnonzero(tied).tolist():
        broken = np.array(list(_broken(order[row], ranked[row])), dtype=np.int64)
        orders.append(broken)
        weights.append(np.full(len(broken), 1.0 / len(broken)))
        clusters.append(np.full(len(broken), cluster[row]))
    return Rankings(np.concatenate(orders), np.concatenate(weights), np.concatenate(clusters))


def _broken(order: Ints, ranked: Floats) -> Iterator[list[int]]:
    """The orders that break the ties of one ranking."""
    groups: list[list[int]] = []
    for i, item in enumerate(order.tolist()):
        if item >= 0 and i and ranked[i] == ranked[i - 1]:
            groups[-1].append(item)
        else:
            groups.append([item])
    count = math.prod(math.factorial(len(group)) for group in groups)
    ways = permutations if count <= MOST_ORDERS else _turns
    for parts in product(*(ways(sorted(group)) for group in groups)):
        yield [item for part in parts for item in part]


def _turns(group: list[int]) -> list[tuple[int, ...]]:
    """Every turn of a list and of its reverse: each member stands in each place equally often."""
    return [tuple(way[i:] + way[:i]) for way in (group, group[::-1]) for i in range(len(group))]


def plackett_luce(found: Rankings, n: int, pull: float = PULL) -> Ratings:
    """Strengths of `n` strategies by all rankings at once."""
    theta, bend = _maximum(_begin(found, n, pull), found, pull)
    inverse = np.linalg.inv(bend)
    centred = np.eye(n) - 1.0 / n
    inner = centred @ inverse
    by_seed = inner @ _meat(theta, found) @ inner.T
    return Ratings(
        ELO * (theta - theta.mean()), ELO * np.sqrt(np.diag(inner @ centred)), ELO * np.sqrt(np.diag(by_seed))
    )


def _begin(found: Rankings, n: int, pull: float) -> Floats:
    """Where to begin: for very many rankings at the maximum of some of them, which leaves few steps over all."""
    if len(found.order) < _MANY:
        return np.zeros(n)
    some = slice(None, None, _THIN)
    part = Rankings(found.order[some], found.weight[some] * _THIN, found.cluster[some])
    return _maximum(np.zeros(n), part, pull)[0]


def _maximum(theta: Floats, found: Rankings, pull: float) -> tuple[Floats, Floats]:
    """Strengths of greatest likelihood by Newton steps from `theta`, and the Hessian there with the sign turned."""
    likelihood, slope, bend = _fit(theta, found, pull)
    for _ in range(_STEPS):
        step = np.asarray(np.linalg.solve(bend, slope), dtype=np.float64)
        theta, likelihood, slope, bend = _stepped(theta, step, likelihood, found, pull)
        if np.abs(step).max() < _CLOSE:
            break
    return theta, bend


def _stepped(
    theta: Floats, step: Floats, likelihood: float, found: Rankings, pull: float
) -> tuple[Floats, float, Floats, Floats]:
    """A Newton step, halved until it does not lead downhill."""
    for _ in range(40):
        tried = theta + step
        fit = _fit(tried, found, pull)
        if fit[0] >= likelihood - 1e-9 * abs(likelihood):
            return tried, *fit
        step = step / 2
    return theta, *_fit(theta, found, pull)


@dataclass(frozen=True, slots=True)
class _Stages:
    """The choices of which rankings consist: (M, k) each."""

    share: Floats
    """exp(strength) of who stands at a place"""
    choice: NDArray[np.bool_]
    """whether there is anybody else left to choose from at this place"""
    inverse: Floats
    """sums, over choices up to this place, of 1 over what was left"""
    left: Floats


def _stages(theta: Floats, order: Ints) -> _Stages:
    here = order >= 0
    share = np.where(here, np.exp(theta - theta.max())[order], 0.0)
    left = np.where(here, share[:, ::-1].cumsum(axis=1)[:, ::-1], 1.0)
    choice = here.copy()
    choice[:, :-1] &= here[:, 1:]
    choice[:, -1] = False
    return _Stages(share, choice, (choice / left).cumsum(axis=1), left)


def _fit(theta: Floats, found: Rankings, pull: float) -> tuple[float, Floats, Floats]:
    """Log-likelihood less the pull, its gradient, and its Hessian with the sign turned."""
    order, weight, n = found.order, found.weight, len(theta)
    s = _stages(theta, order)
    chosen = np.where(s.choice, (theta - theta.max())[order] - np.log(s.left), 0.0)
    likelihood = float(weight @ chosen.sum(axis=1)) - pull * float(theta @ theta)
    slope = _scattered(order, weight[:, None] * (s.choice - s.share * s.inverse), n) - 2 * pull * theta
    squared = (s.choice / s.left**2).cumsum(axis=1)
    bend = np.zeros((n, n))
    for a in range(order.shape[1]):
        for b in range(a, order.shape[1]):
            shared = weight * s.share[:, a] * s.share[:, b] * squared[:, a]
            cells = sums(_pairs(order[:, a], order[:, b], n), shared, n * n + 1)[:-1].reshape(n, n)
            bend -= cells if a == b else cells + cells.T
    bend[np.diag_indices(n)] += _scattered(order, weight[:, None] * s.share * s.inverse, n) + 2 * pull
    return likelihood, slope, bend


def _meat(theta: Floats, found: Rankings) -> Floats:
    """Sum over clusters of the squared gradient of each: what games of one seed share counts once."""
    s, n = _stages(theta, found.order), len(theta)
    slopes = found.weight[:, None] * (s.choice - s.share * s.inverse)
    _, cluster = np.unique(found.cluster, return_inverse=True)
    count = int(cluster.max()) + 1 if len(cluster) else 0
    cells = np.where(found.order >= 0, cluster[:, None] * n + found.order, count * n)
    by_cluster = sums(cells.ravel(), slopes.ravel(), count * n + 1)[:-1].reshape(count, n)
    return np.asarray(by_cluster.T @ by_cluster, dtype=np.float64)


def _scattered(order: Ints, values: Floats, n: int) -> Floats:
    """Sums of values by strategy. (n,)."""
    return sums(np.where(order >= 0, order, n).ravel(), values.ravel(), n + 1)[:-1]


def sums(cell: Ints, values: Floats, cells: int) -> Floats:
    """Sums of values by cell. (cells,)."""
    return np.asarray(np.bincount(cell, values, cells), dtype=np.float64)


def _pairs(left: Ints, right: Ints, n: int) -> Ints:
    return np.where((left >= 0) & (right >= 0), left * n + right, n * n)
