"""`list`, `glossary` and `doctor`."""

import pytest

from game.cli import doctor
from game.cli.listing import LISTS, _systems
from game.core.schema import walk
from game.files.scenarios import bundled
from game.rules.book import RuleBook
from tests.cli.conftest import Call


@pytest.mark.parametrize("what", LISTS)
def test_list_gives_a_line_for_each(call: Call, what: str) -> None:
    result = call("list", what)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) >= 2


def test_nations_of_the_classroom_name_their_team(call: Call) -> None:
    lines = call("list", "nations", "--scenario", "classroom").stdout.splitlines()
    assert sum("[team " in line for line in lines) == 7


def test_systems_are_all_there() -> None:
    assert [row[0] for row in _systems("")] == [f"S{i}" for i in range(1, 27)]


def test_every_quantity_of_a_world_is_in_the_glossary(call: Call) -> None:
    text = call("glossary").stdout
    world = RuleBook(bundled("classroom")).open(1, 1)
    assert [path for path, _, _ in walk(world) if f"{path}: " not in text] == []


def test_glossary_explains_a_word_and_says_who_sees_a_quantity(call: Call) -> None:
    assert "gate of least cover" in call("glossary", "bottleneck").stdout
    assert "others see an estimate" in call("glossary", "die_yield").stdout


def test_doctor_warns_of_two_window_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: "9.9")
    window = next(f for f in doctor.examine() if f.what == "window library")
    assert "break each other" in window.trouble


def test_doctor_warns_of_another_package_called_agents(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    result = call("doctor")
    assert result.exit_code == 1
    assert "another package of that name" in result.stdout


def test_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_version", lambda name: None if name == "mesa" else "1")
    mesa = next(f for f in doctor.examine() if f.what == "mesa")
    assert mesa.trouble == "install it: pip install mesa"


def test_glossary_tells_apart_a_point_the_points_against_par_the_score_and_the_figure_of_a_card(call: Call) -> None:
    assert "quarterly score added up" in call("glossary", "point").stdout
    assert "above par" in call("glossary", "points").stdout
    assert "15% its secret mandate" in call("glossary", "score").stdout
    assert "points of the final score" in call("glossary", "agenda").stdout
