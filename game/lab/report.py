"""What a run says at its end: standings, and the JSON of `run --json` (definitions.md)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.names import GATES, MANDATES, quarter_name
from game.core.scenario import Scenario
from game.files.order_files import record as order_record
from game.files.par_tables import ParTable
from game.files.rules_hash import rules_hash
from game.lab.plan import Plan
from game.lab.run import Record, Run, gate_name
from game.ledger import as_records, counts

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]


def par_of(table: ParTable | None, run_quarters: int, scenario: Scenario, plan: Plan) -> tuple[ParTable | None, str]:
    """The table if it counts for this run, and otherwise why points are blank."""
    if table is None:
        return None, f"no par table for {scenario.name}; `pax-silica par {scenario.name}` makes one"
    if plan.uncertain:
        return None, "par is for the scenario as it stands, not for estimates drawn from their ranges"
    if stale := table.stale(scenario.content_hash, rules_hash()):
        return None, f"{stale}; `pax-silica par {scenario.name}` makes a new one"
    if run_quarters < scenario.quarters:
        return None, f"par is for whole games of {scenario.quarters} quarters"
    return table, ""


def standings(scenario: Scenario, record: Record, table: ParTable | None) -> list[dict[str, Any]]:
    """Seats by rank: by points where there is a valid par table, by score where there is none."""
    if record.scores is None or record.mandates is None:
        raise ValueError("standings are made after the last quarter")
    rows: list[dict[str, Any]] = []
    for seat, scores, mandates in zip(scenario.seats, record.scores, record.mandates, strict=True):
        par = table.seats.get(seat) if table else None
        points = _points(table, seat, scores, mandates) if table else None
        rows.append(
            {
                "nation": seat,
                "rank": 0,
                "score": float(scores.mean()),
                "par": par.mean if par else None,
                "points": points,
            }
        )
    key = "points" if table and all(row["points"] is not None for row in rows) else "score"
    rows.sort(key=lambda row: -row[key])
    for rank, row in enumerate(rows, start=1):
        row["rank"] = rank
    return rows


def _points(table: ParTable, seat: str, scores: Floats, mandates: Ints) -> float | None:
    """Mean points of a seat over worlds, each against par of the mandate that it drew there."""
    each = [
        table.points(seat, float(value), MANDATES.names[int(k)] if k >= 0 else None)
        for value, k in zip(scores, mandates, strict=True)
    ]
    known = [points for points in each if points is not None]
    return float(np.mean(known)) if known else None


def often(gates: Ints) -> str:
    """The gate most often binding over worlds; ties by the order of gates, then `none`."""
    count = Counter(int(g) for g in gates)
    order = [*range(len(GATES) + 1)]
    return gate_name(max(order, key=lambda g: (count[g], -g)))


def as_json(plan: Plan, run: Run, record: Record, table: ParTable | None) -> dict[str, Any]:
    """The value of `run --json`; its shape does not depend on the number of worlds, but for `by_world`."""
    scenario = run.scenario
    turns = plan.worlds * run.count
    value: dict[str, Any] = {
        "scenario": scenario.name,
        "seed": plan.seed,
        "worlds": plan.worlds,
        "quarters": run.count,
        "rules_hash": rules_hash(),
        "scenario_hash": scenario.content_hash,
        "state_hashes": record.hashes,
        "standings": standings(scenario, record, table),
        "race": {
            "mineral_independence": [float(m.mean()) for m in record.mineral],
            "chip_independence": [float(c.mean()) for c in record.chip],
        },
        "bottleneck": [often(gates) for gates in record.gates],
        "refused_orders": [
            {
                "quarter": quarter_name(r.quarter, scenario.first_quarter),
                "seat": r.seat,
                **order_record(r.order),
                "reason": r.reason,
                "worlds": r.worlds,
            }
            for r in record.refused
        ],
        "contracts": as_records(record.ledger.of_world(0), scenario),
        "seconds": record.seconds,
        "game_turns_per_second": turns / max(record.seconds, 1e-9),
    }
    if plan.worlds > 1:
        value["by_world"] = [_of_world(plan, scenario, record, w) for w in range(plan.worlds)]
    return value


def _of_world(plan: Plan, scenario: Scenario, record: Record, world: int) -> dict[str, Any]:
    scores = record.scores
    if scores is None:
        raise ValueError("worlds are reported after the last quarter")
    return {
        "world": world,
        "seed": plan.seed + world,
        "score": {seat: float(scores[i, world]) for i, seat in enumerate(scenario.seats)},
        "race": {
            "mineral_independence": [float(m[world]) for m in record.mineral],
            "chip_independence": [float(c[world]) for c in record.chip],
        },
        "contracts": counts(record.ledger.of_world(world)),
    }


def standings_text(scenario: Scenario, rows: list[dict[str, Any]], blank: str) -> list[str]:
    """The standings as lines for people."""
    lines = [f"{'rank':>4}  {'nation':<22}{'score':>7}{'par':>8}{'points':>8}"]
    for row in rows:
        name = scenario.texts.names[scenario.place_axis.at(row["nation"])]
        par = "" if row["par"] is None else f"{row['par']:.1f}"
        points = "" if row["points"] is None else f"{row['points']:+.1f}"
        lines.append(f"{row['rank']:>4}  {row['nation']} {name:<18}{row['score']:>7.1f}{par:>8}{points:>8}")
    if blank:
        lines.append(f"Points are blank: {blank}.")
    return lines
