"""The tournaments in docs can be played as they stand."""

from pathlib import Path

import pytest

from game.tournament.config import read_tournament
from game.tournament.run import games_a_seed
from tests.architecture.sources import ROOT

FILES = sorted((ROOT / "docs" / "tournaments").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_tournament_of_the_docs_is_right(file: Path) -> None:
    tournament = read_tournament(file)
    assert tournament.title
    assert games_a_seed(tournament) > 0


def test_ten_thousand_games_are_ten_thousand() -> None:
    tournament = read_tournament(ROOT / "docs" / "tournaments" / "classroom.yaml")
    assert tournament.seeds * games_a_seed(tournament) == 10_000
