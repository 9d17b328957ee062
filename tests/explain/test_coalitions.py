"""What makes a control bite, in words."""

from agents.model import ChipRace
from game.core.names import CLASSES, LEVELS
from game.explain.coalitions import coalition_words
from game.files.scenarios import bundled

SCENARIO = bundled("pax_silica_2026")


def test_a_control_tells_what_it_does_alone_and_who_makes_it_bite():
    race = ChipRace(SCENARIO, worlds=1, rng=5)
    race.run(2)
    nld, chn = (SCENARIO.place_axis.at(code) for code in ("NLD", "CHN"))
    lines = coalition_words(race.world, SCENARIO, race.book.tables, nld, CLASSES.at("tools"), chn, LEVELS.at("ban"))
    assert "Alone it keeps" in lines[0]
    assert "if all sellers joined" in lines[0]
    assert any("With " in line for line in lines[1:])
