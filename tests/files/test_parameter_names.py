"""A mistyped parameter of the rules is refused before a scenario is read."""

import pytest

from game.core.errors import PaxError
from game.files.parameter_names import refuse_unknown_parameters, unknown_subject
from game.files.scenarios import read_scenario


@pytest.mark.parametrize("text", ["parameters.market.stickyness=0.3", "parameters.markt.stickiness=0.3"])
def test_it_is_told_in_the_same_words_as_when_the_scenario_is_read(text):
    with pytest.raises(PaxError) as early:
        refuse_unknown_parameters([text])
    with pytest.raises(PaxError) as late:
        read_scenario("pax_silica_2026", [text])
    assert str(early.value) == str(late.value)
    assert "did you mean" in str(early.value)


def test_what_is_known_and_what_is_no_parameter_is_left_to_the_reader():
    refuse_unknown_parameters(
        ["parameters.market.stickiness=0.3", "places.JPN.engineers=60", "parameters=3", "nonsense"]
    )
    assert unknown_subject("market") is None
