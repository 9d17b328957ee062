"""Playing a saved game once more and noting what there is to talk about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from game.core.diplomacy import Propose
from game.core.names import MANDATES, MEASURES, quarter_name
from game.core.scenario import Scenario
from game.core.world import World
from game.debrief.choices import Choices
from game.debrief.contracts import promises_of
from game.debrief.decisions import Offered, decisions_of
from game.debrief.gates import stretches_of
from game.debrief.moments import moments_of
from game.debrief.records import Debrief, Finish, Measure, Race
from game.explain import quarter_news
from game.explain.dispatch import Dispatch
from game.files.par_tables import ParTable, read_par
from game.files.paths import par_table
from game.files.rules_hash import rules_hash
from game.files.saves import SavedGame
from game.ledger import Ledger
from game.match import HUMAN
from game.replay import Replay
from game.rules import mandates, objectives, score
from game.rules.talks import Talks, offered

Quarterly = Callable[[World], None]


def debrief_of(
    saved: SavedGame,
    files: Mapping[str, str] = MappingProxyType({}),
    each: Quarterly = lambda world: None,
    where: Path = Path("the game"),
) -> tuple[Debrief, Ledger]:
    """What there is to say about a game, and its contracts; takes about as long as the game's strategies took.

    Parameters
    ----------
    saved : the game.
    files : strategy files by seat, as for a replay.
    each : told the world at the end of every quarter.
    where : named in errors.

    Raises
    ------
    PaxError
        The game cannot be played again, or no quarter of it has been played.
    """
    replay = Replay(where, saved, files)
    ledger = Ledger(replay.scenario, replay.race.world)
    worlds, news, offers = [replay.race.world], list[list[Dispatch]](), dict[tuple[int, int, str], Propose]()

    def heard(talks: Talks) -> None:
        for row in np.flatnonzero(talks.offers.open[:, 0]).tolist():
            offers[talks.world.quarter, talks.round, talks.name_of(row)] = offered(talks, row)

    choices = Choices(replay.race, heard)
    replay.race.on_round = choices.heard
    for _ in saved.log:
        before, after = replay.step()
        ledger.note(before, after)
        past = [dispatch for told in news for dispatch in told]
        news.append(quarter_news(before, after, replay.scenario, replay.race.book.tables, past))
        worlds.append(after)
        each(after)
    return _told(replay, worlds, news, ledger, offers, choices), ledger


def _told(
    replay: Replay,
    worlds: Sequence[World],
    news: Sequence[Sequence[Dispatch]],
    ledger: Ledger,
    offers: Offered,
    choices: Choices,
) -> Debrief:
    s, saved = replay.scenario, replay.saved
    played, over = len(saved.log), len(saved.log) >= s.quarters
    table, blank = par_that_counts(s)
    standing = [world.standing for world in worlds]
    scores = {c: tuple(float(score.open_score(w)[n, 0]) for w in worlds) for c, n in _seats(s)}
    people, notes = players(saved), tuple(_notes(replay, over, blank))
    return Debrief(
        scenario=s.name,
        title=s.title,
        first_quarter=s.first_quarter,
        seed=saved.seed,
        over=over,
        labels=("Start", *(quarter_name(q, s.first_quarter) for q in range(played))),
        names=dict(zip(s.place_axis.names, s.texts.names, strict=True)),
        finishes=_finishes(worlds[0], _end(replay, over), replay, table if over else None, over),
        race=Race(
            tuple(float(st.mineral_independence[0]) for st in standing),
            tuple(float(st.chip_independence[0]) for st in standing),
            s.race.post,
            moments_of(news, worlds, s),
        ),
        scores=scores,
        points=_points(table, scores) if table else {},
        promises=promises_of(ledger, s, played),
        stretches=stretches_of(worlds, s),
        decisions=decisions_of(saved, s, news, people, offers, choices),
        players=people,
        notes=notes,
        extra={"rules": rules_hash(), "scenario": s.content_hash},
    )


def _points(table: ParTable, scores: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, ...]]:
    """Points so far by seat, the opening first."""
    return {
        code: tuple(table.open_points(code, value, played) or 0.0 for played, value in enumerate(mine))
        for code, mine in scores.items()
    }


def _seats(s: Scenario) -> list[tuple[str, int]]:
    return [(code, s.place_axis.at(code)) for code in s.seats]


def par_that_counts(s: Scenario) -> tuple[ParTable | None, str]:
    """The par table of a scenario, or why there is none that counts. Raises PaxError for a damaged one."""
    table = read_par(par_table(s.name))
    if table is None:
        return None, f"There is no par table for {s.name}: the score stands alone."
    stale = table.stale(s.content_hash, rules_hash())
    return (None, f"No points: {stale}.") if stale else (table, "")


def players(saved: SavedGame) -> tuple[str, ...]:
    """Seats that people held at some time, or that an order file spoke for."""
    found = {seat for seat, holder in saved.seats.items() if holder == HUMAN}
    for entry in saved.log:
        for part in ("first_seats", "seats"):
            found |= {seat for seat, holder in entry.get(part, {}).items() if holder == HUMAN}
        found |= set(entry.get("listed", {}))
    return tuple(seat for seat in saved.seats if seat in found)


def _notes(replay: Replay, over: bool, blank: str) -> Iterator[str]:
    verdict = replay.verdict()
    if not verdict.same_rules:
        yield (
            "Saved under other rules: what is told here is the game as it goes under the present ones"
            + (f"; it differs {verdict.diverged}." if verdict.diverged else ", which is the same.")
        )
    elif verdict.diverged:
        yield f"Played again, the game differs {verdict.diverged}."
    if not over:
        yield "The game is not over: scores are those so far, and mandates stay secret."
    if blank:
        yield blank


def _end(replay: Replay, over: bool) -> World:
    """The world that counts: a save holds the game up to its last decision, and the epilogue counts in the score."""
    while over and not replay.race.finished:
        replay.race.step()
    return replay.race.world


def _finishes(opening: World, last: World, replay: Replay, table: ParTable | None, over: bool) -> tuple[Finish, ...]:
    s = replay.scenario
    scores = (score.game_score if over else score.open_score)(last)[:, 0]
    tables = replay.race.book.tables
    reached = objectives.graded(last, s, tables)[:, 0], mandates.graded(last, s, tables)[:, 0]
    rows = []
    for code, n in _seats(s):
        drawn = int(last.standing.mandate[n, 0])
        key = MANDATES.names[drawn] if drawn >= 0 else None
        par = table.seats.get(code) if table else None
        rows.append(
            Finish(
                code=code,
                name=s.texts.names[n],
                holder=replay.saved.seats[code],
                rank=0,
                score=float(scores[n]),
                par=par.mandates.get(key or "", par.mean) if par else None,
                points=table.points(code, float(scores[n]), key) if table else None,
                objective=s.objectives[n].text if n in s.objectives else "",
                objective_share=float(reached[0][n]),
                mandate=s.mandates[n][drawn].text if over and key else "",
                mandate_share=float(reached[1][n]),
                measures=_measures(opening, last, s, n),
            )
        )
    return _ranked(rows)


def _ranked(rows: Sequence[Finish]) -> tuple[Finish, ...]:
    by_points = all(row.points is not None for row in rows)
    order = sorted(rows, key=lambda row: -(row.points or 0.0) if by_points else -row.score)
    return tuple(replace(row, rank=rank) for rank, row in enumerate(order, start=1))


def _measures(opening: World, last: World, s: Scenario, n: int) -> tuple[Measure, ...]:
    values = zip(MEASURES, s.places.weights[n, :, 0], strict=True)
    return tuple(
        Measure(name, float(w), float(opening.standing.measures[n, k, 0]), float(last.standing.measures[n, k, 0]))
        for k, (name, w) in enumerate(values)
    )
