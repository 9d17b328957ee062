"""The indicators of game.md section 10, from tables of doctrines and of the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.balance.drama import Drama, calibration_error, chances, drama_of
from game.balance.draws import resampled
from game.balance.estimators import (
    Components,
    components,
    effective_number,
    max_entropy_nash,
    mean_and_error,
    spread_between,
    transitivity,
    wilson,
)
from game.balance.tables import Table, points_of
from game.balance.verdicts import Verdict, unmeasured, within
from game.core.names import MANDATES
from game.rules import bottleneck
from game.tournament.ratings import Ratings, plackett_luce, rankings

Floats = NDArray[np.float64]
#: Bootstrap draws by seed; least share of a mixture that counts as support.
DRAWS, SUPPORT = 200, 0.02
FIRST_SHARE, FEWEST_SUPPORT = 0.6, 4
SKILL = (0.5, 0.75)
LEAD_CHANGES, DEAD_TIME, MOVES = 2.0, 0.2, 3.0
#: An order kind that fewer than this share of games holds is used by nobody.
USED = 0.01


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What scores are measured by: par by seat and mandate (S, mandates + 1), and sigma by seat (S,)."""

    par: Floats
    sigma: Floats
    games: int


def yardstick(steady: Sequence[Table], doctrines: Sequence[Table]) -> Yardstick:
    """Par of games with everybody on `steady`; sigma is the spread of doctrines in a seat, others mixed, over the par
    of what each drew: a mandate that is easier for all is no spread."""
    scores = np.concatenate([table.scores for table in steady], axis=1)
    drawn = np.concatenate([table.mandates for table in steady], axis=1)
    par = np.repeat(scores.mean(axis=1)[:, None], len(MANDATES) + 1, axis=1)
    for k in range(len(MANDATES)):
        for seat in range(len(par)):
            some = drawn[seat] == k
            if some.any():
                par[seat, k] = scores[seat, some].mean()
    seats = np.arange(len(par))[:, None]
    spread = np.concatenate([table.scores - par[seats, table.mandates] for table in doctrines], axis=1)
    return Yardstick(par, spread.std(axis=1, ddof=1), scores.shape[1])


@dataclass(frozen=True, slots=True)
class Held:
    """Points of one strategy in one seat: games of a seating one after the other. (games,) with their seeds."""

    points: Floats
    seeds: NDArray[np.int64]


def by_seat(tables: Sequence[Table], names: Sequence[str], y: Yardstick) -> Floats:
    """Points of each strategy in each seat, by seed and ordering. (strategies, S, games)."""
    found: dict[tuple[str, int], list[Floats]] = {}
    for table in tables:
        points = points_of(table, y.par, y.sigma)
        for seat, name in enumerate(table.seating.strategies):
            found.setdefault((name, seat), []).append(points[seat])
    seats = len(tables[0].seating.strategies)
    return np.array([[np.concatenate(found[name, seat]) for seat in range(seats)] for name in names])


# --- seats ------------------------------------------------------------------------------------------------------------


def seat_balance(held: Floats, seats: Sequence[str]) -> list[Verdict]:
    """Mean points of each seat within one standard deviation of zero; enough to do in every seat."""
    means = held.mean(axis=(0, 2))
    worst = int(np.abs(means).argmax())
    error = float(held[:, worst].std(ddof=1) / np.sqrt(held[:, worst].size))
    ratios = []
    for seat in range(held.shape[1]):
        spread, noise = spread_between(held[:, seat])
        ratios.append(spread / max(noise, 1e-9))
    idle = int(np.argmin(ratios))
    out = int((np.abs(means) > 10.0).sum())
    return [
        Verdict(
            "10", "largest mean points of a seat, over doctrines", float(means[worst]),
            "every seat within one standard deviation, 10 points, of zero", out == 0,
            float(means[worst]) - 1.96 * error, float(means[worst]) + 1.96 * error,
            f"{seats[worst]}; {out} of {len(seats)} seats lie outside",
        ),
        Verdict(
            "10", "least spread of doctrines in a seat, over its standard error", float(ratios[idle]), "3 or more",
            ratios[idle] >= 3.0, note=f"{seats[idle]}; {sum(r < 3.0 for r in ratios)} of {len(seats)} seats lie below; "
            "spread of true means of doctrines, noise taken off, over the standard error of one",
        ),
    ]  # fmt: skip


# --- doctrines against one another ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Duels:
    """Doctrines two by two, the seats half and half over swapped seatings.

    Parameters
    ----------
    names : n doctrines.
    margin : mean points of the row's seats less those of the column's, by seed. (n, n, seeds).
    first : share of games in which a seat of the row came first. (n, n).
    games : of each pair.
    """

    names: tuple[str, ...]
    margin: Floats
    first: Floats
    games: int


def duels(names: Sequence[str], pairs: Sequence[tuple[str, str, Table, Table]], y: Yardstick) -> Duels:
    """Margins and first places of every pair."""
    n, seeds = len(names), pairs[0][2].seating.games
    margin, first = np.zeros((n, n, seeds)), np.full((n, n), np.nan)
    for a, b, one, other in pairs:
        i, j = names.index(a), names.index(b)
        won = 0.0
        for table in (one, other):
            points = points_of(table, y.par, y.sigma)
            mine = np.array([name == a for name in table.seating.strategies])
            margin[i, j] += 0.5 * (points[mine].mean(axis=0) - points[~mine].mean(axis=0))
            won += float(mine[points.argmax(axis=0)].sum())
        margin[j, i] = -margin[i, j]
        first[i, j] = won / (2 * seeds)
        first[j, i] = 1.0 - first[i, j]
    return Duels(tuple(names), margin, first, 2 * seeds)


def mixtures(found: Duels, seed: int = 1) -> tuple[Floats, Floats]:
    """The max-entropy Nash of mean margins, (n,); and of bootstrap draws by seed, (DRAWS, n)."""
    again = resampled("seeds of duels", seed, found.margin.shape[2], DRAWS * found.margin.shape[2]).reshape(DRAWS, -1)
    drawn = [max_entropy_nash(found.margin[:, :, row].mean(axis=2)) for row in again]
    return max_entropy_nash(found.margin.mean(axis=2)), np.array(drawn)


def viability(found: Duels, mixture: Floats, drawn: Floats) -> list[Verdict]:
    """How many doctrines stand in the mixture that loses to none, and whether one beats all."""
    support = int((mixture >= SUPPORT).sum())
    counts = np.sort((drawn >= SUPPORT).sum(axis=1))
    named = ", ".join(f"{found.names[k]} {mixture[k]:.0%}" for k in np.argsort(-mixture) if mixture[k] >= SUPPORT)
    weakest = np.nanmin(np.where(np.eye(len(found.names), dtype=bool), np.nan, found.first), axis=1)
    top = int(weakest.argmax())
    low, high = wilson(float(weakest[top]) * found.games, found.games)
    number = np.sort([effective_number(row) for row in drawn])
    return [
        Verdict(
            "10", "doctrines in the support of the max-entropy Nash", float(support), "4 or more",
            support >= FEWEST_SUPPORT, float(counts[int(0.025 * DRAWS)]), float(counts[int(0.975 * DRAWS) - 1]),
            f"{named}; effective number {effective_number(mixture):.2f} "
            f"({number[int(0.025 * DRAWS)]:.2f} to {number[int(0.975 * DRAWS) - 1]:.2f}); "
            f"a rating explains {transitivity(found.margin.mean(axis=2)):.0%} of the margins",
        ),
        Verdict(
            "10", "share of games in which one doctrine is first against every other, at least", float(weakest[top]),
            "0.6 or less", bool(weakest[top] <= FIRST_SHARE), low, high,
            f"{found.names[top]}, against whom it is first least often; {found.games} games a pair",
        ),
    ]  # fmt: skip


# --- orders -----------------------------------------------------------------------------------------------------------


def usage(tables: Sequence[Table]) -> tuple[list[str], list[str], Floats, Floats]:
    """Kinds of orders, strategies, orders a seat and game (kinds, strategies), and share of games with any."""
    names = [table.seating.strategies[0] for table in tables]
    kinds = sorted({kind for table in tables for kind in table.orders})
    seats = len(tables[0].seating.strategies)
    amount = np.array([[float(t.orders.get(k, np.zeros(1)).mean()) / seats for t in tables] for k in kinds])
    share = np.array([[float((t.orders.get(k, np.zeros(1)) > 0).mean()) for t in tables] for k in kinds])
    return kinds, names, amount, share


def order_classes(kinds: Sequence[str], share: Floats) -> list[Verdict]:
    """Kinds of orders that no doctrine gives, and those that every doctrine gives in every game."""
    dead = [kind for kind, row in zip(kinds, share, strict=True) if row.max() < USED]
    always = [kind for kind, row in zip(kinds, share, strict=True) if row.min() > 1.0 - USED]
    note = f"given by every doctrine in every game: {', '.join(always) or 'none'}; played without: controls (R1)"
    return [
        Verdict("10", "kinds of orders that no doctrine uses", float(len(dead)), "0", not dead, note=", ".join(dead)),
        unmeasured("10", "kinds of orders without which nobody stays near par", "0", note),
    ]


# --- the ladder -------------------------------------------------------------------------------------------------------


def by_rung(tables: Sequence[Table], names: Sequence[str], seats: Sequence[int], y: Yardstick) -> Floats:
    """Points of each rung in each rated seat, others on `steady`. (rungs, seats, games).

    Parameters
    ----------
    tables : rung by rung, seat by seat.
    """
    points = [points_of(table, y.par, y.sigma)[seats[k % len(seats)]] for k, table in enumerate(tables)]
    return np.array(points).reshape(len(names), len(seats), -1)


def ladder_ratings(held: Floats) -> Ratings:
    """Strengths of rungs: each seat and seed ranks them by points, games of one seed sharing their luck."""
    rungs, seats, games = held.shape
    values = held.transpose(1, 2, 0).reshape(-1, rungs)
    order = np.repeat(np.arange(rungs)[None], len(values), axis=0)
    return plackett_luce(rankings(order, values, np.tile(np.arange(games), seats)), rungs)


def ladder(held: Floats, names: Sequence[str], ratings: Ratings) -> list[Verdict]:
    """Each rung above the last by intervals that do not overlap; and how much of the outcome is skill."""
    verdicts = []
    for k in range(1, len(names)):
        gap = float(ratings.strength[k] - ratings.strength[k - 1])
        clear = gap > 1.96 * float(ratings.error_by_seed[k] + ratings.error_by_seed[k - 1])
        points, error = mean_and_error((held[k] - held[k - 1]).mean(axis=0))
        verdicts.append(
            Verdict(
                "10", f"{names[k]} above {names[k - 1]}, points", points, "above, intervals apart",
                clear and points > 0.0, points - 1.96 * error, points + 1.96 * error,
                f"{gap:+.0f} Elo by Plackett-Luce",
            )
        )  # fmt: skip
    return [*verdicts, skill(held)]


def skill(held: Floats) -> Verdict:
    """Share of the outcome that is the strategy's, by seat and then over seats. (rungs, S, games)."""
    games = held.shape[2]
    value = _policy_share(held)
    again = resampled("games of the ladder", 1, games, DRAWS * games).reshape(DRAWS, games)
    drawn = np.sort([_policy_share(held[:, :, row]) for row in again])
    low, high = float(drawn[int(0.025 * DRAWS)]), float(drawn[int(0.975 * DRAWS) - 1])
    return Verdict(
        "10", "skill share of the outcome over the ladder", value, "0.5 to 0.75", SKILL[0] <= value <= SKILL[1],
        low, high, "variance between rungs over all variance of points in a seat, same seeds",
    )  # fmt: skip


def _policy_share(held: Floats) -> float:
    found: list[Components] = [components(held[:, seat]) for seat in range(held.shape[1])]
    return float(np.mean([part.policy for part in found]))


# --- drama ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Course:
    """How games go, over many tables: who leads and by how much the chances are to be trusted."""

    drama: Drama
    error: float
    moves: Floats
    comeback: float
    games: int


def course(tables: Sequence[Table], y: Yardstick) -> Course:
    """Read leads, dead time and bottlenecks off tables."""
    # What a seat has by a quarter is held against what it has by then as a rule: some earn late, some early.
    open_par = np.concatenate([t.open_scores for t in tables], axis=2).mean(axis=2)
    so_far, winner, moves = [], [], []
    for table in tables:
        so_far.append(10.0 * (table.open_scores - open_par[:, :, None]) / y.sigma[:, None])
        winner.append(points_of(table, y.par, y.sigma).argmax(axis=0))
        moves.append(gate_moves(table.gates))
    points, won = np.concatenate(so_far, axis=2), np.concatenate(winner)
    found = chances(points, won)
    middle = points[points.shape[0] // 2]
    last_third = middle.argsort(axis=0).argsort(axis=0) < len(middle) / 3.0
    comeback = float(last_third[won, np.arange(len(won))].mean())
    return Course(drama_of(found, won), calibration_error(found, won), np.concatenate(moves), comeback, len(won))


def gate_moves(gates: NDArray[np.int64]) -> Floats:
    """How often the bottleneck moved: a new gate binds for two quarters running (definitions.md). (Q, B) to (B,)."""
    quarters, games = gates.shape
    moves, holds = np.zeros(games), np.full(games, bottleneck.NONE)
    for q in range(1, quarters):
        settled = (gates[q] == gates[q - 1]) & (gates[q] != bottleneck.NONE)
        new = settled & (gates[q] != holds)
        moves += new & (holds != bottleneck.NONE)
        holds = np.where(new, gates[q], holds)
    return moves


def how_games_go(found: Course, pool: str) -> list[Verdict]:
    """Leads, dead time and bottlenecks."""
    d = found.drama
    leads, leads_error = mean_and_error(d.lead_changes)
    dead, dead_error = mean_and_error(d.dead_time)
    moves, moves_error = mean_and_error(found.moves)
    sure = f"chances fitted on the other half of {found.games} games, calibration error {found.error:.3f}"
    none = float((d.lead_changes == 0).mean())
    return [
        within("10", f"changes of lead a game, {pool}", leads, LEAD_CHANGES, float("inf"), leads_error,
               f"{none:.0%} of games have none; {sure}"),
        within("10", f"dead time, {pool}", dead, float("-inf"), DEAD_TIME, dead_error, sure),
        within("10", f"moves of the bottleneck a game, {pool}", moves, MOVES, float("inf"), moves_error),
        within("R12", f"last third at half-time wins, {pool}", found.comeback, 0.05, 0.15,
               float(np.sqrt(found.comeback * (1 - found.comeback) / found.games))),
    ]  # fmt: skip
