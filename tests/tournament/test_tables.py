"""From the rows of a store to points, ratings, matrices, exports and the page; on games made up for it."""

import csv
import json
import sqlite3
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest

from game.core.errors import PaxError
from game.files.rules_hash import rules_hash
from game.tournament.config import read_tournament
from game.tournament.export import write_csv, write_parquet
from game.tournament.report import report
from game.tournament.results import Results, results
from game.tournament.run import enter, missing
from game.tournament.shown import as_json, as_text
from game.tournament.standings import Table, alpha_rank, table_of
from game.tournament.store import Store
from game.tournament.task import TIMED_OUT, Fault, Row
from tests.tournament.conftest import Cup

SKILL = {"hold": 0.0, "greedy": 4.0, "steady": 8.0, "prints": 2.0}


def filled(config: Path, store: Store, seeds: int | None = None) -> int:
    """Fill a store with made-up games: a seat scores by who holds it, with luck that the seed gives; how many games."""
    tournament = read_tournament(config)
    planned = enter(tournament, store, seeds or tournament.seeds)
    count = 0
    with store.transaction():
        pass
    for task in missing(tournament, planned, store):
        draws = np.random.default_rng([task.first, task.seating]).normal(50, 6, (task.count, len(task.held)))
        skill = np.array([SKILL[name] for name, _ in task.held.values()])
        rows = [
            Row(task.first + g, tuple(np.round(draws[g] + skill, 6).tolist()), (0,) * len(task.held))
            for g in range(task.count)
        ]
        store.add_games(task.seating, rows)
        count += task.count
    return count


def only(config: Path, path: Path) -> Table:
    """The table of a store filled with made-up games of one format."""
    with Store(path) as store:
        filled(config, store)
        (found,) = results(store)
        return table_of(found)


def test_points_are_ten_sigmas_from_the_par_of_the_mandate(cup: Cup, tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        tournament = read_tournament(cup(seeds=1, strategies=["hold"], seats=["USA", "CHN"]))
        for plan in enter(tournament, store, 1):
            store.add_games(plan.number, [Row(1, (50.0, 50.0, *(0.0,) * 14), (0, 1, *(0,) * 14))])
        (found,) = results(store)
    by_seat = dict(zip(found.seat[:, 0].tolist(), found.points[:, 0].tolist(), strict=True))
    assert by_seat[found.seats.index("USA")] == pytest.approx(10 * (50 - 44) / 5), "par of mandate a"
    assert by_seat[found.seats.index("CHN")] == pytest.approx(10 * (50 - 46) / 6), "no par of mandate b: that of all"


def test_the_better_stands_above_and_its_interval_says_so(cup: Cup, tmp_path: Path) -> None:
    table = only(cup(seeds=100, strategies=["hold", "greedy", "steady"], seats=None), tmp_path / "a.db")
    assert [row.name for row in table.standings] == ["steady", "greedy", "hold"]
    assert (table.games, table.seeds) == (1600, 100)
    for above, below in zip(table.standings, table.standings[1:], strict=False):
        assert above.rating_interval is not None
        assert below.rating_interval is not None
        assert above.rating_interval[0] > below.rating_interval[1]
    assert sum(row.rating or 0.0 for row in table.standings) == pytest.approx(0, abs=1e-6)
    assert sum(row.first or 0.0 for row in table.standings) == pytest.approx(1)
    assert all(row.games == 1600 for row in table.standings)


def test_win_matrix_adds_up(cup: Cup, tmp_path: Path) -> None:
    table = only(cup(seeds=20, strategies=["hold", "greedy", "steady"]), tmp_path / "a.db")
    off = ~np.eye(3, dtype=bool)
    assert (table.wins + table.wins.T)[off] == pytest.approx(1)
    assert np.isnan(np.diag(table.wins)).all()
    assert (table.met[off] == 60).all()


def test_points_by_seat_average_to_the_mean(cup: Cup, tmp_path: Path) -> None:
    table = only(cup(seeds=20), tmp_path / "a.db")
    for row in table.standings:
        assert np.nanmean(table.by_seat[row.position]) == pytest.approx(row.value)


@pytest.mark.parametrize("format", ["all_seats", "gauntlet", "ladder"])
def test_each_format_has_its_table(cup: Cup, tmp_path: Path, format: str) -> None:
    names = ["hold", "greedy", "steady"]
    table = only(cup(seeds=30, strategies=names, format=format, seats=None), tmp_path / "a.db")
    assert list(table.results.names) == names, "in the order of the file"
    assert [row.name for row in table.standings] == names[::-1]
    never = np.isnan(table.wins) & ~np.eye(3, dtype=bool)
    assert never.sum() == {"all_seats": 0, "gauntlet": 2, "ladder": 2}[format]


def test_every_other_part_of_a_table_is_shown(cup: Cup, tmp_path: Path) -> None:
    table = only(cup(seeds=5, strategies=["hold", "greedy", "steady"]), tmp_path / "a.db")
    text = "\n".join(as_text(table))
    assert text.startswith("round_robin on short: 15 games, 5 seeds; rules ")
    assert "seats that no rated strategy holds play steady, unrated" in text
    plain = json.loads(json.dumps(as_json([table]), allow_nan=False))
    assert plain["rules_hash"] == rules_hash()
    (found,) = plain["tables"]
    assert [row["rank"] for row in found["standings"]] == [1, 2, 3]
    assert found["win_matrix"][0][0] is None
    assert len(found["by_seat"][0]) == len(found["seats"]) == 3


def test_a_table_never_mixes_rules(cup: Cup, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(path) as store:
        filled(cup(seeds=2), store)
    with sqlite3.connect(path) as opened:
        opened.execute("UPDATE seatings SET rules = 'f00d' WHERE id = 1")
    with Store(path, read=True) as store:
        with pytest.raises(PaxError, match=r"games of different rules do not mix; name one with --rules: \w{12} \(4 "):
            results(store)
        with pytest.raises(PaxError, match="--rules abba: no games of these rules"):
            results(store, "abba")
        assert len(results(store, rules_hash()[:8])[0].item) == 4


def test_without_a_par_table_there_are_scores_and_no_ranks(cup: Cup, tmp_path: Path) -> None:
    table = only(cup(seeds=3, par="elsewhere"), tmp_path / "a.db")
    assert [row.rating for row in table.standings] == [None, None]
    assert 40 < table.standings[0].value < 60
    assert "no par table counts for these games: mean scores, no ranks" in table.notes


def test_faults_count_against_the_strategy(cup: Cup, tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        tournament = read_tournament(cup(seeds=2))
        for plan in enter(tournament, store, 2):
            seat = next(seat for seat, (name, _) in plan.held.items() if name == "greedy")
            fault = Fault(seat, "greedy", TIMED_OUT, "", "no decision in 10 s")
            rows = [Row(1, (50.0,) * 16, (0,) * 16, (fault,)), Row(2, (50.0,) * 16, (0,) * 16)]
            store.add_games(plan.number, rows)
        (found,) = results(store)
        table = table_of(found)
    assert {row.name: (row.faults, row.timed_out) for row in table.standings} == {"hold": (0, 0), "greedy": (3, 3)}
    assert "Faults" in report("A cup", [table])
    assert "3 (3 too slow)" in "\n".join(as_text(table))


def test_two_versions_of_a_strategy_are_two_strategies(cup: Cup, tmp_path: Path, folder: Path) -> None:
    config = cup(seeds=2, strategies=["hold", "prints.py"])
    with Store(tmp_path / "a.db") as store:
        filled(config, store)
        before = (folder / "prints.py").read_text(encoding="utf-8")
        (folder / "prints.py").write_text(before + "\n\nX = 1\n", encoding="utf-8")
        filled(config, store)
        (folder / "prints.py").write_text(before, encoding="utf-8")
        (found,) = results(store)
    assert [name.partition("@")[0] for name in found.names] == ["hold", "prints", "prints"]
    assert len(set(found.names)) == 3


def test_alpha_rank_goes_to_who_wins() -> None:
    pytest.importorskip("open_spiel.python.egt.alpharank", exc_type=ImportError)
    wins = np.array([[np.nan, 0.8, 0.9], [0.2, np.nan, 0.7], [0.1, 0.3, np.nan]])
    shares = alpha_rank(wins, np.full((3, 3), 100))
    assert shares is not None
    assert shares[0] > 0.99
    assert shares.sum() == pytest.approx(1)


def test_page_stands_alone_and_says_everything(cup: Cup, tmp_path: Path) -> None:
    table = only(cup(seeds=40, strategies=["hold", "greedy", "steady"], format="ladder", seats=None), tmp_path / "a.db")
    text = report("Spring <cup>", [table])
    assert "Spring &lt;cup&gt;" in text
    assert text.count("<svg") >= 4
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
    for word in ("Standings", "Rungs", "Who beats whom", "By seat", "How to read this", rules_hash()):
        assert word in text


def test_export_has_a_row_for_each_game_and_seat(cup: Cup, tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        games = filled(cup(seeds=3), store)
        assert write_csv(store, tmp_path / "a.csv") == games * 16
        with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        (found,) = results(store)
    rated = [row for row in rows if row["rated"]]
    assert {row["strategy"] for row in rated} == {"hold", "greedy"}
    assert len(rated) == games * 2
    points = sorted(float(row["points"]) for row in rated)
    assert points == pytest.approx(sorted(found.points.ravel().tolist()))


def test_parquet_says_the_same_as_csv(cup: Cup, tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        count = filled(cup(seeds=3), store) * 16
        assert write_parquet(store, tmp_path / "a.parquet") == count
        write_csv(store, tmp_path / "a.csv")
    table = parquet.read_table(tmp_path / "a.parquet")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["score"]) for row in rows] == table["score"].to_pylist()
    assert [row["seat"] for row in rows] == table["seat"].to_pylist()


def test_another_file_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(PaxError, match=r"a\.db: no such file; `pax-silica tournament run` makes a store"):
        Store(tmp_path / "a.db", read=True)
    (tmp_path / "text.db").write_text("hello " * 200, encoding="utf-8")
    with pytest.raises(PaxError, match=r"text\.db: no tournament store, or a damaged one"):
        Store(tmp_path / "text.db", read=True)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE x (y)")
    for read in (True, False):
        with pytest.raises(PaxError, match=r"other\.db: no tournament store"):
            Store(tmp_path / "other.db", read)


def test_rows_are_never_changed_once_they_are_there(cup: Cup, tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        filled(cup(seeds=2), store)
        before = store.games()
        store.add_games(before[0][0], [Row(before[0][1], (1.0,), (0,))])
        assert store.games() == before


@pytest.mark.slow
def test_a_hundred_thousand_games_are_rated_and_resumed_in_seconds(cup: Cup, tmp_path: Path) -> None:
    config = cup(seeds=6250, strategies=["hold", "greedy", "steady", "prints.py"], seats=None)
    tournament = read_tournament(config)
    with Store(tmp_path / "a.db") as store:
        assert filled(config, store) == 100_000
        started = time.process_time()
        assert missing(tournament, enter(tournament, store, 6250), store) == []
        resumed = time.process_time() - started
        started = time.process_time()
        (found,) = results(store)
        assert isinstance(found, Results)
        table_of(found)
        rated = time.process_time() - started
    assert resumed < 2
    assert rated < 3
