"""A debrief as CSV files: the race, scores and points by quarter, moments, decisions, contracts, bottlenecks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from game.core.errors import PaxError
from game.debrief.records import Debrief
from game.files.atomic import write_atomically

Row = Sequence[object]


def sheets_of(told: Debrief) -> dict[str, list[Row]]:
    """Rows by name of file, the head first; `quarter` is the one whose end a row shows, `Start` the opening."""
    return {
        "race": _race(told),
        "scores": _scores(told),
        "moments": [
            ("quarter", "kind", "what", "reasons", "places"),
            *(
                (told.quarters[m.quarter], m.kind, m.text, _listed(m.reasons), " ".join(m.places))
                for m in told.race.moments
            ),
        ],
        "decisions": _decisions(told),
        "promises": [
            ("number", "name", "parties", "signed", "last", "status", "breaker", "reason", "proposer", "clauses"),
            *(
                (p.number, p.name, " ".join(p.parties), told.quarters[p.signed], told.quarters[p.last], p.status,
                 p.breaker or "", p.reason or "", p.proposer or "", _listed(p.clauses))
                for p in told.promises
            ),
        ],
        "bottlenecks": [
            ("first", "last", "gate", "owner", "share", "plant", "relief_thousand_h100e"),
            *(
                (told.quarters[s.first], told.quarters[s.last], s.gate, s.owner, s.share, s.firm, s.relief)
                for s in told.stretches
            ),
        ],
        "accounts": [
            ("seat", "result", "par", "own", "own_error", "rivals", "luck", "draws"),
            *((a.seat, a.result, a.par, a.own, a.error, a.rivals, a.luck, a.draws) for a in told.accounts),
        ],
    }  # fmt: skip


def write_sheets(folder: Path, told: Debrief) -> list[Path]:
    """Write all of them into a folder, which is made if need be. Raises PaxError if that cannot be."""
    return [_write(folder, name, rows) for name, rows in sheets_of(told).items()]


def _write(folder: Path, name: str, rows: Iterable[Row]) -> Path:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path = folder / f"{name}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.getvalue().encode())
    except OSError as error:
        raise PaxError(f"{path}: cannot be written: {error.strerror or error}") from None
    return path


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _race(told: Debrief) -> list[Row]:
    head = ("quarter", "mineral_independence", "chip_independence")
    return [head, *zip(told.labels, told.race.mineral, told.race.chip, strict=True)]


def _scores(told: Debrief) -> list[Row]:
    rows: list[Row] = [("quarter", "seat", "score_without_mandate", "points")]
    for seat, scores in told.scores.items():
        points: Sequence[object] = told.points.get(seat) or [""] * len(scores)
        rows += [(label, seat, *both) for label, *both in zip(told.labels, scores, points, strict=True)]
    return rows


def _decisions(told: Debrief) -> list[Row]:
    head = ("quarter", "seat", "kind", "decision", "in_this_game", "in_other_draws", "error", "reasons", "alternatives")
    rows = [
        (
            told.quarters[d.quarter], d.seat, d.kind, d.text, _blank(d.moved), _blank(d.typical), _blank(d.error),
            _listed(d.reasons), _listed(d.alternatives),
        )
        for d in told.decisions
    ]  # fmt: skip
    return [head, *rows]


def _blank(value: float | None) -> object:
    return "" if value is None else value
