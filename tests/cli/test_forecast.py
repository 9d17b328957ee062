"""The commands that forecast a saved game, and that measure whether forecasts hold."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from game.cli import main
from game.forecast import MEASURED
from game.lab.calibration import Calibration, Held

ORDERS = "orders:\n  - {quarter: 2026Q3, seat: JPN, order: compute, amount: 2.0}\n"


def call(*words: str):
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("forecast") / "game.paxsave"
    assert call("run", "classroom", "--quarters", "2", "--save", str(path)).exit_code == 0
    return path


def test_forecast_tells_fans_with_orders_and_without(save, tmp_path):
    orders, target = tmp_path / "orders.yaml", tmp_path / "fans.json"
    orders.write_text(ORDERS, encoding="utf-8")
    said = call("forecast", str(save), "--seat", "JPN", "--orders", str(orders), "--worlds", "8", "--quarters", "2",
                "--json", str(target))  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "as JPN knows it; 4 possible worlds; rivals play steady" in said.output
    found = json.loads(target.read_text(encoding="utf-8"))
    assert not found["omniscient"]
    assert found["mean_difference"]["treasury"][0] < 0.0
    assert len(found["fans"]["with"]["score"]) == 2


def test_forecast_says_that_it_was_omniscient(save):
    said = call("forecast", str(save), "--seat", "JPN", "--worlds", "4", "--quarters", "1", "--omniscient")
    assert said.exit_code == 0
    assert "omniscient: no seat knows this" in said.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--seat", "JPP"), "did you mean 'JPN'"),
        (("--seat", "JPN", "--measure", "scor"), "did you mean 'score'"),
        (("--seat", "JPN", "--rivals", "stedy"), "did you mean 'steady'"),
    ],
)
def test_forecast_refuses_what_there_is_not(save, words, told):
    said = call("forecast", str(save), *words)
    assert said.exit_code == 2
    assert told in said.output


def test_orders_of_another_seat_are_nothing_to_compare(save, tmp_path):
    orders = tmp_path / "orders.yaml"
    orders.write_text(ORDERS.replace("JPN", "KOR"), encoding="utf-8")
    said = call("forecast", str(save), "--seat", "JPN", "--orders", str(orders))
    assert said.exit_code == 2
    assert "no order of JPN" in said.output


def test_an_order_that_is_refused_is_told(save, tmp_path):
    orders = tmp_path / "orders.yaml"
    orders.write_text(ORDERS.replace("2.0", "9000.0"), encoding="utf-8")
    said = call("forecast", str(save), "--seat", "JPN", "--orders", str(orders), "--worlds", "4", "--quarters", "1")
    assert said.exit_code == 0
    assert "refused: 2026Q3 JPN compute" in said.output


def test_calibration_answers_by_horizon_and_group(tmp_path):
    target = tmp_path / "held.json"
    said = call("calibration", "classroom", "--games", "2", "--json", str(target))
    assert said.exit_code in (0, 1)
    rows = {row["name"]: row for row in json.loads(target.read_text(encoding="utf-8"))["held"]}
    assert {"all", "8 quarters ahead", "prices", "price:hbm"} <= set(rows)
    assert said.exit_code == (0 if all(row["holds"] for row in rows.values() if row["judged"]) else 1)


def test_what_a_forecast_knows_for_certain_is_not_counted():
    inside = np.ones((2, 1, len(MEASURED)), dtype=bool)
    found = Calibration(inside, np.zeros_like(inside))
    assert next(found.rows()).share == 1.0
    assert not next(found.rows()).holds
    assert next(Calibration(inside, inside).rows()).outcomes == 0
    assert Held("x", 0.9, 10, True).holds
