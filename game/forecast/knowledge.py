"""Worlds as they may be, as far as one seat knows: what its view hides is drawn, so is the luck to come.

A view shows estimates in the place of what is hidden: the true value times one plus an error inside a stated band. The
seat knows the estimate and the band, so each possible world divides by one plus another error from the same band; what
open figures tell of it narrows the draw. Luck is drawn from seeds that follow from what the seat sees alone: the view
has no seed of the game, and two games that look alike to a seat give it the same possible worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.names import MANDATES
from game.core.numeric import Array, clip
from game.core.rng import Seeds, derived, entity_keys, uniform
from game.core.scenario import Scenario
from game.core.schema import Quantity, quantities
from game.core.world import World, sealed
from game.forecast.deduced import USE_GROWN, YIELD_GROWN, held, told
from game.view import View, band

PURPOSE = "forecast"


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What draws of hidden arrays are made of, (B,) last, and the seeds of the possible worlds, (B * D,)."""

    scenario: Scenario
    seat: int
    width: Array
    told: dict[str, tuple[Array, float]]
    luck: Seeds
    draws: int
    quarter: int


def imagined(seen: View, s: Scenario, seat: int, draws: range, purpose: str = PURPOSE) -> World:
    """Worlds that look to the seat as its view does, one for each game of the view and each of `draws`.

    Parameters
    ----------
    seen : `view(world, scenario, seat)`, of B games.
    s, seat : what is played, and whose view it is.
    draws : numbers of the draws, D of them; the same number is the same luck, whatever is drawn beside it.
    purpose : keeps the draws of one use apart from those of another.

    Returns
    -------
    The worlds, B * D of them: all draws of the first game, then all of the second, and so on.
    """
    luck = _seeds(seen, s, seat, draws, purpose)
    output = told(seen, s)
    open_figures = {"suppliers.use": (output.use, USE_GROWN), "lines.die_yield": (output.die_yield, YIELD_GROWN)}
    known = _Knowledge(s, seat, band(seen, s, seat), open_figures, luck, len(draws), seen.quarter)
    parts: dict[str, Any] = {"seed": luck}
    for name, record in _records(seen):
        kind = _plain(record)
        parts[name] = kind(**{f.name: _drawn(f"{name}.{f.name}", q, record, known) for f, q in quantities(kind)})
    return sealed(World(quarter=seen.quarter, **parts))


def doubled(world: World, s: Scenario, draws: range, purpose: str = PURPOSE) -> World:
    """The true worlds with the luck to come drawn anew: for research, where nothing is hidden."""
    parts: dict[str, Any] = {"seed": _seeds(world, s, 0, draws, purpose)}
    for name, record in _records(world):
        arrays = {f.name: np.repeat(getattr(record, f.name), len(draws), axis=-1) for f, _ in quantities(record)}
        parts[name] = type(record)(**arrays)
    return sealed(World(quarter=world.quarter, **parts))


def _records(world: World) -> Iterator[tuple[str, Any]]:
    for name in World.__dataclass_fields__:
        record = getattr(world, name)
        if is_dataclass(record):
            yield name, record


def _plain(record: Any) -> Any:
    """The kind of record behind one that a seat sees."""
    kind = type(record)
    return kind.__mro__[1] if hasattr(kind, "_seen_by") else kind


def _drawn(path: str, q: Quantity, record: Any, known: _Knowledge) -> NDArray[Any]:
    """One array of the possible worlds: as seen where nothing is hidden, else one of the values it may have."""
    values = np.repeat(getattr(record, path.partition(".")[2]), known.draws, axis=-1)
    if q.seen_by == "owner":
        return _may_be(path, q, values, known)
    return _mandates(values, known) if path == "standing.mandate" else values


def _may_be(path: str, q: Quantity, guess: Array, known: _Knowledge) -> Array:
    """True values behind estimates: what the estimate would be of, had its error been another one of the band."""
    s = known.scenario
    owner = {"N": np.arange(len(s.place_axis)), "F": s.lines.home, "S": s.suppliers.home}[q.axes[0]]
    error = 2.0 * uniform(known.luck, known.quarter, _keys(path, len(guess))) - 1.0
    wide = np.repeat(known.width, known.draws, axis=-1).take(owner, axis=0)
    for _ in range(guess.ndim - 2):
        error, wide = error[:, None], wide[:, None]
    values = clip(guess / (1.0 + wide * error), q.low, q.high)
    if path in known.told:
        output_tells, most = known.told[path]
        luck = uniform(known.luck, known.quarter, _keys(f"{path}/told", len(guess)))
        ends = guess / (1.0 + wide) * (1.0 - most), np.where(guess < q.high, guess / (1.0 - wide), q.high)
        values = held(values, np.repeat(output_tells, known.draws, axis=-1), ends, luck, most)
    own = owner == known.seat
    values[own] = guess[own]
    return values


def _mandates(seen: NDArray[Any], known: _Knowledge) -> NDArray[Any]:
    """Mandates of rivals, any of the three public candidates alike."""
    s, values = known.scenario, seen.copy()
    rivals = np.array([place for place in s.mandates if place != known.seat], dtype=np.int64)
    if len(rivals):
        picked = uniform(known.luck, 0, _keys("mandate", len(s.place_axis)))[rivals] * len(MANDATES)
        values[rivals] = np.minimum(picked.astype(np.int8), np.int8(len(MANDATES) - 1))
    return values


@cache
def _keys(name: str, rows: int) -> NDArray[np.uint64]:
    return entity_keys(f"{PURPOSE}/{name}", [str(i) for i in range(rows)])


def _seeds(seen: World, s: Scenario, seat: int, draws: range, purpose: str) -> Seeds:
    """Seeds of the possible worlds, (B * D,), game by game."""
    code = s.place_axis.names[seat]
    games = np.array([_looks(seen, seat, w) for w in range(seen.worlds)], dtype=np.uint64)
    rows = [derived(games, f"{purpose}/{code}/{k}") for k in draws]
    return np.array(rows, dtype=np.uint64).T.ravel()


def _looks(seen: World, seat: int, w: int) -> int:
    """A number for how a game looks: from prices, which all see, and what the seat itself has."""
    digest = blake2b(str(seen.quarter).encode(), digest_size=8)
    for values in (seen.market.price[..., w], seen.state.cash[seat, w], seen.standing.measures[seat, :, w]):
        digest.update(np.ascontiguousarray(values).tobytes())
    return int.from_bytes(digest.digest(), "little")
