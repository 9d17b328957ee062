"""The table of a tournament: points, ratings, win matrix, points by seat, and alpha-rank where it can be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.tournament.ratings import Z95, Floats, Ints, Ratings, plackett_luce, rankings
from game.tournament.results import Results
from game.tournament.schedule import FILLER

ALL_SEATS = "all_seats"


@dataclass(frozen=True, slots=True)
class Standing:
    """One strategy in a table.

    Parameters
    ----------
    games : in which it was rated.
    value, error : mean points and their standard error, games of one seed counted as one; mean score where unranked.
    first : share of its contests in which nobody rated had more points, ties split.
    rating, rating_error, rating_error_by_seed : Elo points around the mean of all; None with one strategy or unranked.
    """

    position: int
    name: str
    content: str
    games: int
    value: float
    error: float
    first: float | None
    rating: float | None
    rating_error: float | None
    rating_error_by_seed: float | None
    faults: int
    timed_out: int

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the mean points."""
        return self.value - Z95 * self.error, self.value + Z95 * self.error

    @property
    def wide_interval(self) -> tuple[float, float] | None:
        """95% interval of the rating by the larger of its two errors."""
        if self.rating is None or self.rating_error is None or self.rating_error_by_seed is None:
            return None
        half = Z95 * max(self.rating_error, self.rating_error_by_seed)
        return self.rating - half, self.rating + half

    @property
    def rating_interval(self) -> tuple[float, float] | None:
        """95% interval of the rating, by the Hessian."""
        if self.rating is None or self.rating_error is None:
            return None
        return self.rating - Z95 * self.rating_error, self.rating + Z95 * self.rating_error


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that `tournament table` shows of one format and its scenarios.

    Parameters
    ----------
    wins, met : share of games in which the strategy of the row had more points than that of the column, ties half;
        and how many games that was. (n, n).
    by_seat : mean points by strategy and seat, nan where it never sat. (n, seats).
    alpha_rank : share of time that evolution spends at each strategy; None where open_spiel is not installed.
    """

    results: Results
    standings: tuple[Standing, ...]
    wins: Floats
    met: Ints
    by_seat: Floats
    alpha_rank: Floats | None
    games: int
    seeds: int

    @property
    def notes(self) -> list[str]:
        """What a reader should know, a line each."""
        r = self.results
        notes = [f"seats that no rated strategy holds play {FILLER}, unrated"] if r.format != ALL_SEATS else []
        if not r.ranked:
            notes.append("no par table counts for these games: mean scores, no ranks")
        if r.format == ALL_SEATS:
            notes.append("strategies are compared over the same seeds by the mean points of all seats")
        if self.alpha_rank is None:
            notes.append("alpha-rank is left out: open_spiel, which it needs, is not installed")
        return notes


def table_of(results: Results) -> Table:
    """Ratings and tables of the contests of one format."""
    item, value, cluster = compared(results)
    n = len(results.names)
    wins, met = win_matrix(item, value, n)
    rated = results.ranked and n > 1 and bool((met > 0).any())
    ratings = plackett_luce(rankings(item, value, cluster), n) if rated else None
    firsts = _firsts(item, value, n)
    games, means, errors = means_of(results)
    standings = [
        _standing(results, i, int(games[i]), float(means[i]), float(errors[i]), float(firsts[i]), ratings)
        for i in range(n)
    ]
    standings.sort(key=lambda row: (-(row.rating if row.rating is not None else row.value), row.name))
    shares = alpha_rank(wins, met) if rated else None
    played = len(results.item)
    seeds = len(np.unique(results.cluster)) // max(len(results.scenarios), 1)
    return Table(results, tuple(standings), wins, met, _by_seat(results), shares, played, seeds)


def compared(results: Results) -> tuple[Ints, Floats, Ints]:
    """What is ranked: strategies of one game; or, where each plays alone, their games on the same seed. (M, k) each."""
    value = results.points if results.ranked else results.score
    if results.format != ALL_SEATS:
        return results.item, value, results.cluster
    n = len(results.names)
    clusters, row = np.unique(results.cluster, return_inverse=True)
    whole = np.full((len(clusters), n), np.nan)
    whole[row, results.item[:, 0]] = np.nanmean(value, axis=1)
    item = np.where(np.isnan(whole), -1, np.arange(n))
    order = (item < 0).argsort(axis=1, kind="stable")
    return np.take_along_axis(item, order, axis=1), np.take_along_axis(whole, order, axis=1), clusters


def means_of(results: Results) -> tuple[Ints, Floats, Floats]:
    """Games, mean points and standard error of each strategy, the games of one seed taken together. (n,) each."""
    n = len(results.names)
    values = results.points if results.ranked else results.score
    here = results.item >= 0
    item, value = results.item[here], values[here]
    _, cluster = np.unique(np.broadcast_to(results.cluster[:, None], here.shape)[here], return_inverse=True)
    count = np.bincount(item, minlength=n)
    mean = np.bincount(item, value, n) / np.maximum(count, 1)
    clusters = int(cluster.max()) + 1
    summed = np.bincount(cluster * n + item, value - mean[item], clusters * n).reshape(clusters, n)
    met = np.bincount(cluster * n + item, minlength=clusters * n).reshape(clusters, n) > 0
    blocks = np.maximum(met.sum(axis=0), 2)
    error = np.sqrt((summed**2).sum(axis=0) * blocks / (blocks - 1)) / np.maximum(count, 1)
    games = np.array([int((results.item == i).any(axis=1).sum()) for i in range(n)])
    return games, mean, error


def win_matrix(item: Ints, value: Floats, n: int) -> tuple[Floats, Ints]:
    """Share of games won by each against each, ties half; nan where they never met. And how often they met."""
    won, met = np.zeros(n * n), np.zeros(n * n, dtype=np.int64)
    for a in range(item.shape[1]):
        for b in range(item.shape[1]):
            both = (item[:, a] >= 0) & (item[:, b] >= 0) & (item[:, a] != item[:, b])
            cell = item[both, a] * n + item[both, b]
            more = np.sign(value[both, a] - value[both, b]) / 2 + 0.5
            won += np.bincount(cell, more, n * n)
            met += np.bincount(cell, minlength=n * n)
    share = np.where(met > 0, won / np.maximum(met, 1), np.nan)
    return share.reshape(n, n), met.reshape(n, n)


def _firsts(item: Ints, value: Floats, n: int) -> Floats:
    """Share of its contests in which each strategy had most, ties split; nan without contests."""
    here = item >= 0
    best = here & (value == np.where(here, value, -np.inf).max(axis=1, keepdims=True))
    share = best / np.maximum(best.sum(axis=1, keepdims=True), 1)
    played = np.bincount(item[here], minlength=n)
    return np.bincount(item[here], share[here], n) / np.where(played > 0, played, np.nan)


def _by_seat(results: Results) -> Floats:
    """Mean points of each strategy in each seat, nan where it never sat. (n, seats)."""
    n, seats = len(results.names), len(results.seats)
    values = results.points if results.ranked else results.score
    here = results.item >= 0
    cell = results.item[here] * seats + results.seat[here]
    count = np.bincount(cell, minlength=n * seats)
    mean = np.bincount(cell, values[here], n * seats) / np.where(count > 0, count, np.nan)
    return mean.reshape(n, seats)


def _standing(
    results: Results, i: int, games: int, mean: float, error: float, first: float, ratings: Ratings | None
) -> Standing:
    rating, by_hessian, by_seed = (
        (None, None, None)
        if ratings is None
        else (float(ratings.strength[i]), float(ratings.error[i]), float(ratings.error_by_seed[i]))
    )
    return Standing(
        i, results.names[i], results.contents[i], games, mean, error, first if ratings is not None else None,
        rating, by_hessian, by_seed, int(results.faults[i]), int(results.timed_out[i]),
    )  # fmt: skip


def alpha_rank(wins: Floats, met: Ints, population: int = 50, selection: float = 10.0) -> Floats | None:
    """Share of time that evolution of one population spends at each strategy (Omidshafiei and others 2019).

    Parameters
    ----------
    wins, met : as in `Table`; strategies that never met count as equal.
    population, selection : size of the population, and how sharply it selects.
    """
    try:
        from open_spiel.python.egt import alpharank
    except ImportError:
        return None
    compute: Any = alpharank.compute
    shares = compute([np.where(met > 0, wins, 0.5)], m=population, alpha=selection)[2]
    return np.asarray(shares, dtype=np.float64)
