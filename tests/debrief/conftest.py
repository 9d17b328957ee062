"""One short game with a person in it, debriefed once for all tests."""

from dataclasses import replace

import pytest

from game.core import orders as o
from game.core.diplomacy import Answer
from game.debrief import Debrief, debrief_of, weighed
from game.files.saves import SavedGame
from game.files.scenarios import bundled
from game.match import HUMAN, Match

QUARTERS = 3


def played(quarters: int = QUARTERS) -> Match:
    """A class game in which Japan bans, buys compute, and takes what it is offered first."""
    match = Match(bundled("classroom"), 7, {"JPN": HUMAN})
    match.open_round()
    for quarter in range(0, quarters, match.scenario.quarters_per_round):
        for offer in match.inbox("JPN")[:1]:
            match.give("JPN", Answer(offer.name, True, match.round))
        if quarter == 0:
            match.give("JPN", o.ExportControl("magnets", "CHN", "ban"))
        match.give("JPN", o.SovereignCompute(0.5))
        match.end_quarter()
    return match


@pytest.fixture(scope="package")
def match() -> Match:
    return played()


@pytest.fixture(scope="package")
def saved(match: Match) -> SavedGame:
    return match.saved()


@pytest.fixture(scope="package")
def told(saved: SavedGame) -> Debrief:
    return debrief_of(saved)[0]


@pytest.fixture(scope="package")
def weighed_up(told: Debrief, saved: SavedGame) -> Debrief:
    return weighed(told, saved, budget=3, draws=2)


@pytest.fixture(scope="package")
def over(saved: SavedGame, told: Debrief) -> Debrief:
    """The same as if it were over, for what pages show then."""
    finishes = tuple(replace(f, mandate="a secret", points=1.0 * k, par=50.0) for k, f in enumerate(told.finishes))
    return replace(told, over=True, finishes=finishes, points=told.scores)
