"""Measures of diplomacy, and games with and without a system or a contract."""

import numpy as np
import pytest

from game.core.clauses import CLAUSES
from game.files.scenarios import bundled
from game.lab.ablate import Move, Played, compared, figures, play
from game.lab.lonely_ban import bites
from game.lab.numbers import NUMBERS
from game.lab.parleys import Deal, Parleys
from game.lab.parleys import play as play_parleys
from game.lab.plan import Plan
from game.lab.statecraft import Measure
from game.rules.systems import system_of

PLAN = Plan("pax_silica_2026", seed=3, worlds=2, quarters=4)
SCENARIO = bundled("pax_silica_2026")


def nothing(count: int) -> None:
    """No progress to show."""


@pytest.fixture(scope="module")
def games() -> Parleys:
    return play_parleys(SCENARIO, PLAN, nothing)


def test_a_barred_deal_is_not_made_and_all_before_it_is_the_same(games: Parleys) -> None:
    deal = next(deal for deal in games.deals if deal.world == 1 and deal.quarter >= 2)
    without = play_parleys(SCENARIO, PLAN, nothing, {1: deal})
    alike = [(d.quarter, d.sender, d.parties, d.kinds) for d in without.deals if d.world == 1]
    assert (deal.quarter, deal.sender, deal.parties, deal.kinds) not in alike
    earlier = [d for d in games.deals if d.quarter < deal.quarter]
    assert earlier == [d for d in without.deals if d.quarter < deal.quarter]
    assert [d for d in games.deals if d.world == 0] == [d for d in without.deals if d.world == 0]
    assert all(np.array_equal(a[:, 0], b[:, 0]) for a, b in zip(games.score_sums, without.score_sums, strict=True))


def test_the_ledger_and_the_talks_tell_of_the_same_contracts(games: Parleys) -> None:
    played = [entry for entry in games.ledger.entries if entry.contract.proposer is not None]
    told = sorted((e.world, e.contract.signed, tuple(c.kind for c in e.contract.clauses)) for e in played)
    said = sorted((d.world, d.quarter, tuple(CLAUSES.names[k] for k in d.kinds)) for d in games.deals)
    assert told == said
    assert all(isinstance(deal, Deal) and deal.sender in deal.parties for deal in games.deals)


def test_a_ban_of_all_makers_bites_more_than_that_of_one() -> None:
    found = bites(SCENARIO, 1, 1, nothing)
    assert found is not None
    alone, together, _ = found
    assert 0.0 <= alone < together <= 1.0


def test_a_game_beside_itself_moves_nothing() -> None:
    same = play(SCENARIO, PLAN, nothing)
    result = compared(system_of("S23"), same, same, same)
    assert not result.matters
    assert result.largest(3) == []
    assert set(figures(same)) >= set(NUMBERS)


def test_what_moves_by_more_than_two_errors_matters() -> None:
    assert Move("score JPN", mean=1.0, error=0.4, before=50.0).moved
    assert not Move("score JPN", mean=1.0, error=0.6, before=50.0).moved
    assert not Move("score JPN", mean=0.4, error=0.1, before=50.0).moved


def test_without_events_nothing_is_struck() -> None:
    def played(lost: float) -> Played:
        numbers = {name: np.full(2, lost if name == "output_lost" else 1.0) for name in NUMBERS}
        return Played({"JPN": np.array([50.0, 51.0])}, numbers, {}, {})

    result = compared(system_of("S23"), played(0.02), played(0.0), played(0.02))
    assert (result.matters, result.named.mean) == (True, -0.02)


def test_a_measure_says_whether_it_holds() -> None:
    assert Measure("seats", 12.0, "10 or more", True).line().split()[-1] == "yes"
    assert Measure("seats", 8.0, "10 or more", False).line().split()[-1] == "NO"
    assert Measure("cost", None, "above 0", None, "nobody broke a contract").line().endswith("nobody broke a contract")
