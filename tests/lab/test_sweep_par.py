"""Sweeps vary what they are told, and par is measured over the games it says."""

import csv
from pathlib import Path

import pytest

from agents.strategies.doctrine import doctrines
from game.core.errors import PaxError
from game.files.scenarios import read_scenario
from game.lab import par as par_lab
from game.lab.plan import Plan
from game.lab.sweep import SweepFile, rows_of
from game.lab.vary import MOST_RUNS, Vary, combinations, parsed, scenarios_of


def test_list_and_range_of_values() -> None:
    assert parsed("a.b=1,2, 3") == Vary("a.b", ("1", "2", "3"))
    assert parsed("a.b=0.1..0.5").values == ("0.1", "0.2", "0.3", "0.4", "0.5")


def test_too_many_combinations_are_refused() -> None:
    many = Vary("a", tuple(map(str, range(100))))
    with pytest.raises(PaxError, match=f"at most {MOST_RUNS}"):
        combinations([many, many])


def test_sweep_plays_every_combination_with_the_same_seeds(tmp_path: Path) -> None:
    plan = Plan("classroom", seed=3, worlds=2, quarters=1, seats={"all": "hold"})
    varied = [parsed("parameters.leakage.base=0.1,0.3"), parsed("parameters.plants.delay=4,8")]
    with SweepFile(tmp_path) as file:
        for rows in rows_of(plan, varied, scenarios_of(plan, varied)):
            file.add(rows)
    with (tmp_path / "sweep.csv").open(encoding="utf-8", newline="") as text:
        found = list(csv.DictReader(text))
    assert len(found) == 4 * 2 * 16
    assert {row["seed"] for row in found} == {"3", "4"}
    assert len({(row["parameters.leakage.base"], row["parameters.plants.delay"]) for row in found}) == 4


def test_par_is_the_mean_of_the_games_on_steady() -> None:
    scenario = read_scenario("classroom", ["quarters=1", "epilogue_quarters=0"]).scenario
    ticks: list[int] = []
    table = par_lab.par(scenario, 8, ticks.append)
    assert sum(ticks) == par_lab.games_in_all(scenario, 8)
    games = par_lab.played(scenario, {}, 8, par_lab.FIRST_SEED, ticks.append)
    usa = table.seats["USA"]
    assert usa.mean == pytest.approx(float(games.scores[0].mean()))
    drawn = games.mandates[0]
    assert usa.mandates == pytest.approx(
        {name: float(games.scores[0][drawn == k].mean()) for k, name in enumerate("abc") if (drawn == k).any()}
    )
    assert usa.open_means == pytest.approx([float(games.open_scores[0, 0].mean())])
    assert usa.open_mean(1) <= usa.mean
    assert table.scenario_hash == scenario.content_hash
    assert set(table.seats) == set(scenario.seats)
    assert tuple(table.seats["JPN"].by_strategy) == doctrines()


def test_world_of_a_block_plays_its_own_seed() -> None:
    scenario = read_scenario("classroom", ["quarters=1", "epilogue_quarters=0"]).scenario
    whole = par_lab.played(scenario, {}, 3, 5, lambda n: None).scores
    alone = par_lab.played(scenario, {}, 1, 7, lambda n: None).scores
    assert list(whole[:, 2]) == list(alone[:, 0])
