"""Measuring works where it can be tried quickly."""

from agents.model import ChipRace
from game.files.scenarios import bundled
from game.lab.bench import Reading, addition_seconds, bench, thousand_proposals
from game.lab.memory import peak_bytes


def test_addition_is_timed() -> None:
    assert 1e-9 < addition_seconds() < 1e-3


def test_peak_of_memory_grows_with_what_is_held() -> None:
    before = peak_bytes()
    held = bytearray(b"x" * (before + 50_000_000))
    assert peak_bytes() > before
    assert len(held) > 0


def test_reading_shows_aim_and_multiple() -> None:
    line = Reading("step(), one world", 3.5, "ms", 2.5, 7000.0).line()
    assert "3.5 ms" in line
    assert "aim 2.5" in line
    assert "7,000 additions" in line
    assert "not measured: no window here" in Reading("window", None, "s", note="no window here").line()


def test_first_figure_is_the_machine_itself() -> None:
    assert next(iter(bench())).name == "one small array addition"


def test_of_a_thousand_proposals_in_one_world_two_a_seat_are_sent() -> None:
    race = ChipRace(bundled("classroom"), 1, {}, 1)
    assert 0 < thousand_proposals(race) <= 2 * len(race.scenario.seats)
