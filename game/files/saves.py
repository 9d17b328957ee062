"""What a save holds: the scenario as played, who held each seat, the orders and state hash of each quarter, and the
full state of the last one. Loading uses the state; a replay uses the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from game.core.schema import quantities, walk
from game.core.world import World, sealed, state_hash
from game.files import container
from game.files.container import SaveError
from game.files.saved_log import check_game

SCHEMA_VERSION = 1
SUFFIX = ".paxsave"


@dataclass(frozen=True, slots=True)
class SavedGame:
    """A game as a save holds it.

    Parameters
    ----------
    scenario_name, scenario_text : the scenario, overrides applied.
    rules_hash : of the rules that played it.
    seed : of the world.
    seats : strategy or `human` by seat.
    log : one entry a quarter: `{"orders": {seat: [record, ...]}, "said": ..., "listed": ..., "seats": {seat: holder}}`:
        what people ordered, what they said in the talks, what an order file listed, and who took over which seat.
    hashes : state hash by quarter, the opening first.
    dispatches : what was reported, as plain mappings.
    series : arrays by name, first axis quarters: what the charts show.
    world : arrays by dotted path, of the last quarter.
    standing : what seats have told their envoys to do with offers that they are not shown, by seat.
    """

    scenario_name: str
    scenario_text: str
    rules_hash: str
    seed: int
    seats: Mapping[str, str]
    log: list[dict[str, Any]]
    hashes: list[str]
    dispatches: list[dict[str, Any]]
    series: Mapping[str, Any]
    world: Mapping[str, Any]
    standing: Mapping[str, str] = field(default_factory=dict)


def write_save(path: Path, game: SavedGame) -> None:
    """Write a save; a crash leaves the old file or the new one. Raises SaveError."""
    members: dict[str, Any] = {
        "scenario.yaml": game.scenario_text,
        "game.json": {
            "scenario": game.scenario_name,
            "rules_hash": game.rules_hash,
            "seed": game.seed,
            "seats": dict(game.seats),
            "log": game.log,
            "hashes": game.hashes,
            "dispatches": game.dispatches,
            "standing": dict(game.standing),
        },
    }
    members |= {f"series/{name}.npy": np.asarray(values) for name, values in game.series.items()}
    members |= {f"world/{path_.replace('.', '/')}.npy": array for path_, array in game.world.items()}
    container.write(path, members, SCHEMA_VERSION)


def read_save(path: Path) -> SavedGame:
    """Read a save. Raises SaveError with one line for anything damaged, foreign, newer or oversized."""
    members = container.read(path, newest_schema=SCHEMA_VERSION)
    for name in ("scenario.yaml", "game.json"):
        if name not in members:
            raise SaveError(f"{path}: holds no {name}; it is no saved game")
    game: Any = members["game.json"]
    text: Any = members["scenario.yaml"]
    check_game(path, game)
    _check_arrays(path, members, game["seed"], len(game["log"]))
    return SavedGame(
        scenario_name=game["scenario"],
        scenario_text=text,
        rules_hash=game["rules_hash"],
        seed=game["seed"],
        seats=game["seats"],
        log=game["log"],
        hashes=game["hashes"],
        dispatches=game["dispatches"],
        series=_under(members, "series/"),
        world={name.replace("/", "."): array for name, array in _under(members, "world/").items()},
        standing=game.get("standing", {}),
    )


def _check_arrays(path: Path, members: container.Members, seed: int, quarters: int) -> None:
    """Refuse arrays that do not fit the log: another seed or quarter, series of another length, no numbers."""
    for name, needed in (("seed", seed), ("quarter", quarters)):
        found: Any = members[f"world/{name}.npy"] if f"world/{name}.npy" in members else np.array([])
        if found.shape != (1,) or found.dtype.kind not in "iu" or int(found[0]) != needed:
            raise SaveError(f"{path}: the state is of another {name} than the log")
    for name, series in _under(members, "series/").items():
        if series.ndim < 1 or len(series) != quarters + 1 or not np.isfinite(series).all():
            raise SaveError(f"{path}: the series '{name}' does not fit the log")


def _under(members: container.Members, prefix: str) -> dict[str, Any]:
    names = [name for name in members.contents if name.startswith(prefix)]
    return {name[len(prefix) : -len(".npy")]: members[name] for name in names}


def world_arrays(world: World) -> dict[str, Any]:
    """Every array of a world by dotted path, with its seed and quarter."""
    arrays = {path: array for path, _, array in walk(world)}
    return {**arrays, "seed": world.seed, "quarter": np.array([world.quarter], dtype=np.int64)}


def world_from(arrays: Mapping[str, Any], opening: World, expected_hash: str, path: Path) -> World:
    """The world that `arrays` hold; `opening` of the same scenario gives names, shapes and number types.

    Raises
    ------
    SaveError
        An array is missing, foreign, of another shape, not finite or out of bounds, or the hash differs.
    """
    wanted = {name for name, _, _ in walk(opening)} | {"seed", "quarter"}
    if wanted != set(arrays):
        odd = sorted(wanted ^ set(arrays))[0]
        raise SaveError(f"{path}: the state does not fit this version of the rules: '{odd}'")
    parts = {}
    for record_field in fields(World):
        record = getattr(opening, record_field.name)
        if hasattr(record, "__dataclass_fields__"):
            parts[record_field.name] = _record_from(arrays, record_field.name, record, path)
    quarter = int(arrays["quarter"][0])
    world = replace(opening, quarter=quarter, seed=np.array(arrays["seed"], dtype=np.uint64), **parts)
    if state_hash(world, 0) != expected_hash:
        raise SaveError(f"{path}: the state is not the one that was saved (its hash differs)")
    return sealed(world)


def _record_from(arrays: Mapping[str, Any], prefix: str, record: Any, path: Path) -> Any:
    values = {}
    for f, q in quantities(record):
        name = f"{prefix}.{f.name}"
        array, model = np.array(arrays[name]), getattr(record, f.name)
        if array.shape != model.shape or array.dtype != model.dtype:
            raise SaveError(f"{path}: '{name}' has shape {array.shape}, {model.shape} is needed")
        if not np.isfinite(array).all() or (array < q.low - 1e-6).any() or (array > q.high + 1e-6).any():
            raise SaveError(f"{path}: '{name}' holds values that cannot be")
        values[f.name] = array
    return replace(record, **values)
