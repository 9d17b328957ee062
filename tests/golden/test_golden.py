"""Short games come out as they did, to the last figure; a meant change of the rules shows here as a readable diff."""

import pytest

from tests.golden.transcripts import SCENARIOS, path_of, transcript


@pytest.mark.parametrize("name", SCENARIOS)
def test_game_is_the_one_on_record(name: str) -> None:
    """After a meant change: `python -m tests.golden.transcripts`."""
    assert transcript(name).splitlines() == path_of(name).read_text(encoding="utf-8").splitlines()
