"""The commands of `pax-silica tournament`: what they print, write and exit with."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main
from game.cli.tournament import tournament
from tests.cli.conftest import one_line
from tests.tournament.conftest import Cup


def call(*arguments: object) -> Result:
    """Run a subcommand in this process; an error that is no answer fails the test."""
    result = CliRunner().invoke(main, ["tournament", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("command", sorted(tournament.commands))
def test_help_of_each_subcommand_shows_an_example(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"Examples:\n    pax-silica tournament {command} " in result.stdout


def test_a_tournament_from_run_to_report(cup: Cup, tmp_path: Path) -> None:
    store = tmp_path / "a.db"
    first = call("run", cup(seeds=2), "--store", store, "--workers", 1)
    assert (first.exit_code, first.stderr) == (0, "")
    assert f"{store}: 6 of 6 games; " in first.stdout
    again = call("run", cup(seeds=2), "--store", store)
    assert again.stdout == f"{store}: all 6 games are there; nothing to play\n"
    table = call("table", store, "--json", "-")
    assert table.exit_code == 0
    assert [row["games"] for row in json.loads(table.stdout)["tables"][0]["standings"]] == [6, 6]
    assert "round_robin on short: 6 games, 2 seeds" in table.stderr
    assert call("export", store, "--csv", tmp_path / "a.csv").stdout == f"{tmp_path / 'a.csv'}: 96 rows\n"
    assert call("report", store, "-o", tmp_path / "a.html", "--title", "Cup").exit_code == 0
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.slow
def test_compare_finds_the_better_and_keeps_the_games(folder: Path, tmp_path: Path) -> None:
    options = ("--scenario", folder / "short.yaml", "--par", folder / "par", "--games", 128, "--seats", "USA,CHN")
    told = call("compare", "greedy", "greedy.py", *options)
    assert (told.exit_code, "'greedy.py'" in one_line(told.stderr)) == (2, True)
    found = call("compare", "hold", "greedy", *options, "--store", tmp_path / "a.db", "--json", "-", "--workers", 2)
    assert found.exit_code == 0
    plain = json.loads(found.stdout)
    assert (plain["a"], plain["b"], plain["faults"]) == ("hold", "greedy", 0)
    assert plain["games"] in (64, 128)
    with sqlite3.connect(tmp_path / "a.db") as opened:
        assert opened.execute("SELECT count(*) FROM games").fetchone() == (plain["games"],)
    again = call("compare", "hold", "greedy", *options, "--store", tmp_path / "a.db", "--json", "-", "--strict")
    assert json.loads(again.stdout) == plain
    assert again.exit_code == (0 if plain["verdict"] == "better" else 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "absent.yaml", "--store", "x.db"], "absent.yaml: no such file"),
        (["run", "CUP", "--store", "no_folder/x.db"], "no such folder"),
        (["run", "CUP"], "Missing option '--store'"),
        (
            ["run", "STALE", "--store", "x.db"],
            "no par table elsewhere/short.json; `pax-silica par short` makes one; ranks",
        ),
        (["run", "CUP", "--store", "x.db", "--games", "0"], "0 is not in the range x>=1"),
        (["table", "absent.db"], "absent.db: no such file"),
        (["export", "absent.db"], "name a file with --csv or --parquet"),
        (["report", "absent.db", "-o", "x.html"], "absent.db: no such file"),
        (["compare", "gredy", "hold"], "unknown strategy 'gredy' (did you mean 'greedy'?)"),
        (["compare", "hold", "greedy", "--seats", "USA,CHM"], "unknown seat 'CHM' (did you mean 'CHN'?)"),
        (["compare", "hold", "greedy", "--seats", "USA"], "gauntlet needs at least two that change hands"),
        (["tabel", "x.db"], "No such command 'tabel'"),
    ],
)
def test_wrong_input_is_one_line_on_stderr_and_exit_2(
    cup: Cup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    named = {"CUP": str(cup()), "STALE": str(cup(par="elsewhere"))}
    monkeypatch.chdir(tmp_path)
    result = call(*(named.get(argument, argument) for argument in arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in one_line(result.stderr).replace(f"{Path(named['CUP']).parent}/", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_without_par_a_tournament_is_played_unranked_when_that_is_asked_for(cup: Cup, tmp_path: Path) -> None:
    config = cup(par="elsewhere", seeds=1, seats=["USA", "CHN"])
    assert call("run", config, "--store", tmp_path / "a.db", "--unranked", "--workers", 1).exit_code == 0
    table = call("table", tmp_path / "a.db")
    assert "no par table counts for these games: mean scores, no ranks" in table.stdout
