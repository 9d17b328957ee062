"""Every system has its place, its phases, its switch and the number that must move without it."""

import pytest

from game.core.errors import PaxError
from game.files.scenarios import bundled, read_scenario
from game.lab.numbers import NUMBERS
from game.rules.book import DECIDE, RESOLVE
from game.rules.systems import SYSTEMS, System, chosen, overrides_of, table
from tests.architecture.sources import ROOT
from tests.golden.systems import FILE

PHASES = [phase.__name__ for phase in (*DECIDE, *RESOLVE)]


def test_all_26_are_there() -> None:
    assert [system.id for system in SYSTEMS] == [f"S{i}" for i in range(1, 27)]


def test_the_written_table_is_made_from_the_code() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "run `python -m tests.golden.systems`"


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.id)
def test_files_and_phases_exist_in_their_order(system: System) -> None:
    assert all((ROOT / "game" / "rules" / name).is_file() for name in system.files)
    # Two phases are called `advance`: of plants and of research.
    assert list(dict.fromkeys(name for name in PHASES if name in system.phases)) == list(system.phases)
    assert system.moves in NUMBERS


@pytest.mark.parametrize("scenario", ["pax_silica_2026", "classroom"])
def test_every_switch_is_taken_by_the_scenario_and_changes_it(scenario: str) -> None:
    plain = bundled(scenario)
    everything = dict.fromkeys(text for system in SYSTEMS for text in overrides_of(system, plain))
    assert read_scenario(scenario, list(everything)).scenario.content_hash != plain.content_hash
    assert all(system.off for system in SYSTEMS)


def test_systems_are_chosen_by_number() -> None:
    assert [system.id for system in chosen("S9, S2,S9")] == ["S9", "S2"]
    with pytest.raises(PaxError, match="unknown system 'S27'"):
        chosen("S27")
