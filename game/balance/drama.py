"""Who is winning, quarter by quarter: a calibrated chance of winning, and what it says of a game (depth.md D.6).

The chance that a seat wins is a logit over the seats of its points so far and of how they moved in the last year, with
two weights a quarter. They are fitted on one half of the games and read off the other, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Quarters over which the movement is taken; Newton steps; pull of the weights to nothing.
YEAR, STEPS, PULL = 4, 40, 1e-3
#: A game is decided when the winner's chance stays above this.
DECIDED = 0.9
BINS = 10


def chances(points: Floats, winner: Ints, half: NDArray[np.bool_] | None = None) -> Floats:
    """Chance of winning of each seat at the end of each quarter, each half of the games by weights of the other.

    Parameters
    ----------
    points : so far, by quarter. (Q, S, B).
    winner : position of the seat that won. (B,).
    half : which games are of the first half; every other one if not said. (B,).

    Returns
    -------
    (Q, S, B).
    """
    quarters, _, games = points.shape
    first = np.arange(games) % 2 == 0 if half is None else half
    found = np.empty(points.shape)
    for q in range(quarters):
        features = _features(points, q)
        for fitted, read in ((first, ~first), (~first, first)):
            weight = fit(features[..., fitted], winner[fitted]) if fitted.any() else np.zeros(len(features))
            found[q][:, read] = _softmax(np.tensordot(weight, features[..., read], axes=1))
    return found


def _features(points: Floats, q: int) -> Floats:
    """(2, S, B): points less the mean of the table, and how far they moved within a year."""
    now = points[q] - points[q].mean(axis=0)
    before = points[max(q - YEAR, 0)]
    return np.stack([now, now - (before - before.mean(axis=0))])


def _softmax(power: Floats) -> Floats:
    share = np.exp(power - power.max(axis=0))
    return np.asarray(share / share.sum(axis=0))


def fit(features: Floats, winner: Ints) -> Floats:
    """Weights of a logit over seats that make the winners most likely, by Newton steps. (K, S, B) and (B,); (K,)."""
    count, _, games = features.shape
    weight, columns = np.zeros(count), np.arange(games)
    scale = np.maximum(np.abs(features).mean(axis=(1, 2)), 1e-9)
    x = features / scale[:, None, None]
    for _ in range(STEPS):
        share = _softmax(np.tensordot(weight, x, axes=1))
        mean = (x * share).sum(axis=1)
        slope = (x[:, winner, columns] - mean).sum(axis=1) - PULL * games * weight
        away = x - mean[:, None, :]
        bend = np.einsum("ksb,lsb,sb->kl", away, away, share) + PULL * games * np.eye(count)
        step = np.linalg.solve(bend, slope)
        weight = weight + np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-9:
            break
    return np.asarray(weight / scale)


def calibration_error(found: Floats, winner: Ints) -> float:
    """Expected calibration error: mean distance of chances from how often they came true, over equal bins."""
    won = np.zeros(found.shape, dtype=bool)
    won[:, winner, np.arange(found.shape[2])] = True
    chance, true = found.ravel(), won.ravel()
    at = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    error = 0.0
    for k in range(BINS):
        some = at == k
        if some.any():
            error += float(some.mean()) * abs(float(chance[some].mean()) - float(true[some].mean()))
    return error


@dataclass(frozen=True, slots=True)
class Drama:
    """What the chances of winning say of games, each by game (B,)."""

    lead_changes: Floats
    dead_time: Floats
    """share of quarters after the winner's chance stays above nine in ten"""
    drama: Floats
    """how far the winner lay behind the favourite, mean over quarters"""
    uncertainty: Floats
    """entropy over that of an open game, mean over quarters"""


def drama_of(found: Floats, winner: Ints) -> Drama:
    """The indicators of chances by quarter, (Q, S, B)."""
    quarters, seats, games = found.shape
    leader = found.argmax(axis=1)
    mine = found[:, winner, np.arange(games)]
    decided = np.logical_and.accumulate((mine > DECIDED)[::-1], axis=0)
    logs = np.log(np.maximum(found, 1e-12))
    return Drama(
        lead_changes=(leader[1:] != leader[:-1]).sum(axis=0).astype(np.float64),
        dead_time=np.asarray(decided.sum(axis=0) / quarters, dtype=np.float64),
        drama=np.asarray((found.max(axis=1) - mine).mean(axis=0)),
        uncertainty=np.asarray((-(found * logs).sum(axis=1) / np.log(seats)).mean(axis=0)),
    )
