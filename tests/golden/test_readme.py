"""What the README shows is true: its code runs, its files are read, its commands exist."""

import re
from pathlib import Path

import pytest

from agents.model import ChipRace
from agents.strategies import find
from game.cli.group import COMMANDS
from game.files.order_files import orders_of
from game.files.record import record
from game.files.scenarios import bundled
from game.files.strict_yaml import load
from tests.golden.readme import CONSOLE, README, blocks, order_file, output_of


def test_strategy_of_the_readme_plays(tmp_path: Path) -> None:
    file = tmp_path / "watchful.py"
    file.write_text(next(block for block in blocks("python") if "class Watchful" in block), encoding="utf-8")
    race = ChipRace("pax_silica_2026", worlds=2, seats={"JPN": find(str(file))})
    race.step()
    assert race.nations["JPN"].strategy is not None
    assert race.world.quarter == 1


def test_orders_of_the_readme_are_well_formed() -> None:
    assert len(orders_of(load(order_file(), "ban.yaml"), bundled("pax_silica_2026"))) == 2


def test_contract_of_the_readme_is_well_formed() -> None:
    text = next(block for block in blocks("yaml") if block.startswith("# deal.yaml"))
    assert [entry.order.kind for entry in orders_of(load(text, "deal.yaml"), bundled("pax_silica_2026"))] == [
        "propose", "answer",
    ]  # fmt: skip


def test_mesa_model_of_the_readme_gives_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    code = next(block for block in blocks("python") if "ChipRace(" in block)
    assert "race.collected" in code
    race = ChipRace("pax_silica_2026", worlds=2, seats={"CHN": "greedy"}, rng=7)
    race.step()
    assert set(race.collected("nations").groupby("place")["score"].mean().index) >= {"JPN", "CHN"}


def test_commands_of_the_readme_exist() -> None:
    text = README.read_text(encoding="utf-8")
    used = set(re.findall(r"pax-silica ([a-z]+)", text))
    assert used - {"says"} <= set(COMMANDS)
    assert set(re.findall(r"^\| `([a-z]+)", text, re.MULTILINE)) <= set(COMMANDS)


def test_counts_of_the_readme_are_those_of_the_scenario() -> None:
    text = README.read_text(encoding="utf-8")
    scenario = bundled("pax_silica_2026")
    assert f"{len(scenario.lines.axis)} foundry lines and {len(scenario.suppliers.axis)} mines" in text
    assert f"beside {len(record())} published figures" in text


def test_order_example_shows_a_refusal(tmp_path: Path) -> None:
    command = next(c for c in CONSOLE.findall(README.read_text(encoding="utf-8")) if "ban.yaml" in c)
    lines = output_of(command, tmp_path)
    assert any(line.startswith("refused: 2026Q2 JPN subsidise") for line in lines)
