"""The agenda: which cards it proposes, what they are worth, and what stops a run to the next decision."""

from dataclasses import replace

import numpy as np
import pytest

from game.agenda import EPSILON, Card, Trial, agenda, matters, proposed, waiting
from game.agenda.candidates import candidates
from game.agenda.gains import gains, outstanding, scored, tiled, whole_game
from game.agenda.orders import order_cards
from game.agenda.run_on import new_matter, run_on
from game.agenda.talks import proposal_cards, renewal_cards
from game.core.diplomacy import Answer, Clause, Propose
from game.core.orders import Dial, SovereignCompute
from game.core.scenario import Scenario
from game.core.world import walk
from game.files.scenarios import bundled
from game.match import HUMAN, Match


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return bundled("classroom")


@pytest.fixture
def match(scenario: Scenario) -> Match:
    made = Match(scenario, 3, {"JPN": HUMAN})
    made.open_round()
    return made


def card(key: str, kind: str, worth: float, left: int | None = None) -> Card:
    return Card(key, kind, key, "Do", worth, left=left)


# --- which cards are proposed


def test_the_highest_gains_come_first_and_at_most_two_of_a_kind() -> None:
    cards = [card("a", "chips", 3.0), card("b", "chips", 2.0), card("c", "chips", 1.5), card("d", "security", 0.1)]
    assert [each.key for each in proposed(cards)] == ["a", "b", "d"]


def test_five_cards_are_proposed_at_most() -> None:
    kinds = ("chips", "minerals", "diplomacy", "treasury", "security")
    cards = [card(f"{kind} {n}", kind, 1.0 + n) for kind in kinds for n in range(2)]
    assert len(proposed(cards)) == 5


def test_of_equal_gains_the_one_with_the_nearest_deadline_comes_first() -> None:
    cards = [card("later", "chips", 1.0), card("soon", "treasury", 1.0, 1), card("now", "minerals", 1.0, 0)]
    assert [each.key for each in proposed(cards)] == ["now", "soon", "later"]


def test_a_card_that_gains_nothing_is_not_proposed() -> None:
    assert proposed([card("a", "chips", 0.0), card("b", "chips", -1.0)]) == ()
    assert not matters([card("a", "chips", EPSILON)])


# --- what orders gain


def test_every_candidate_is_an_order_that_the_law_would_carry(match: Match) -> None:
    found = candidates(match, "JPN")
    assert len(found) > 10
    assert [each.key for each in found if not match.test("JPN", each.order).accepted] == []


def test_no_candidate_is_about_what_was_ordered_already(match: Match) -> None:
    dial = next(each for each in candidates(match, "JPN") if isinstance(each.order, Dial))
    assert match.give("JPN", dial.order).accepted
    assert dial.key not in {each.key for each in candidates(match, "JPN")}


def test_a_candidate_is_worth_what_playing_it_gains_in_the_same_worlds(match: Match, scenario: Scenario) -> None:
    """A candidate tried among others is found to gain what it gains when it is tried alone."""
    found = [each for each in candidates(match, "JPN") if each.key in ("compute", "visas", "power grid")]
    seen = match.seen_by("JPN")
    together = gains(seen, scenario, "JPN", (), found, quarters=4, draws=2)
    for each in found:
        alone = gains(seen, scenario, "JPN", (), [each], quarters=4, draws=2)
        assert alone[each.name].parts == pytest.approx(together[each.name].parts, abs=1e-9)


def test_a_dial_that_may_go_both_ways_is_told_of_each_way_apart(match: Match, scenario: Scenario) -> None:
    both = [each for each in candidates(match, "JPN") if each.key == "dial stock_target"]
    assert {each.act for each in both} == {"Raise", "Lower"}
    found = gains(match.seen_by("JPN"), scenario, "JPN", (), both, quarters=4, draws=2)
    assert len(found) == 2
    assert found[both[0].name].parts.sum() != found[both[1].name].parts.sum()


def test_the_best_of_many_by_luck_is_told_to_gain_little() -> None:
    error = np.full(40, 1.0)
    lucky = np.concatenate([[2.0], np.linspace(-1.5, 1.5, 39)])
    assert outstanding(lucky, error)[0] < 0.9 * lucky[0]
    assert abs(outstanding(lucky, error)[20]) < 0.05
    sure = np.concatenate([[9.0], np.linspace(-1.5, 1.5, 39)])
    assert outstanding(sure, error)[0] > 0.9 * sure[0]


def test_a_gain_is_in_points_of_the_final_score(match: Match, scenario: Scenario) -> None:
    """All that is told of a quarter, kept up for the whole game, would come to as many points of the score."""
    assert whole_game(scenario) == scenario.quarters + 0.5 * scenario.epilogue_quarters
    n = scenario.place_axis.at("JPN")
    before = match.world
    match.end_quarter()
    told = scored(before, match.world, scenario, n)
    standing = match.world.standing
    assert told.sum(axis=0) == pytest.approx((standing.score_sum + standing.mandate_sum)[n])
    # A round of the classroom is three quarters.
    assert standing.weight_sum[0] == scenario.quarters_per_round


def test_a_trial_that_is_stopped_tells_nothing(match: Match) -> None:
    assert Trial(match, "JPN").run(lambda: False) == {}


def test_worlds_side_by_side_hold_the_same_numbers(match: Match) -> None:
    twice = tiled(match.world, 2)
    for (path, _, one), (_, _, two) in zip(walk(match.world), walk(twice), strict=True):
        assert np.array_equal(np.concatenate([one, one], axis=-1), two), path


def test_a_card_goes_when_its_order_is_given(match: Match) -> None:
    trial = Trial(match, "JPN")
    gained = trial.run()
    cards = list(order_cards(match, "JPN", trial, gained))
    assert cards
    first = max(cards, key=lambda each: each.worth)
    assert first.order is not None
    assert match.give("JPN", first.order).accepted
    assert first.key not in {each.key for each in order_cards(match, "JPN", trial, gained)}


def test_every_card_says_why_and_what_it_would_order(match: Match) -> None:
    cards = agenda(match, "JPN")
    assert 0 < len(cards) <= 5
    assert all(each.why and each.order is not None and each.worth > 0.0 for each in cards)


def test_offers_before_the_seat_are_cards_of_this_round(match: Match) -> None:
    offers = [each for each in waiting(match, "JPN") if each.act == "Accept"]
    assert all(each.left == 0 for each in offers)
    assert all(match.test("JPN", each.order).accepted for each in offers if each.order)


# --- running on


def test_a_card_that_was_passed_over_stops_nothing_until_it_has_doubled() -> None:
    cards = [card("old", "chips", 1.0), card("new", "minerals", 0.5)]
    found = new_matter(cards, {"old": 0.9})
    assert found is not None
    assert found.key == "new"
    grown = new_matter(cards, {"old": 0.4, "new": 0.5})
    assert grown is not None
    assert grown.key == "old"
    assert new_matter(cards, {"old": 0.9, "new": 0.5}) is None


def test_running_on_plays_quarters_without_orders_and_says_why_it_stopped(match: Match) -> None:
    match.give("JPN", SovereignCompute(0.5))
    stop = run_on(match, "JPN", {}, longest=2)
    assert stop.quarters >= 1
    assert stop.quarters <= match.quarter
    assert stop.card is None or stop.card.worth > EPSILON
    assert "played" in stop.words
    assert match.queued("JPN") == ()


def test_what_struck_is_a_card_whose_answer_is_the_best_that_can_be_paid(match: Match, scenario: Scenario) -> None:
    seat, events = scenario.place_axis.at("JPN"), match.world.events
    asked = [kind for kind, choices in enumerate(scenario.events.choices) if len(choices) > 1]
    assert asked
    for kind in asked:
        pending = np.zeros_like(events.pending)
        pending[kind, seat, 0] = 0.6
        match.begin(replace(match.world, events=replace(events, pending=pending)))
        (found,) = [each for each in waiting(match, "JPN") if each.act == "Answer"]
        assert found.order is not None
        assert match.test("JPN", found.order).accepted
        assert found.worth > 0.0


def test_a_contract_that_ends_is_offered_anew_once(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.agenda.talks.LIKELY", 0.0)
    made = Match(scenario, 3, {code: HUMAN if code in ("JPN", "KOR") else "hold" for code in scenario.seats})
    paid = (Clause("money", "KOR", "JPN", quantity=0.1), Clause("visa", "JPN", "KOR", quantity=0.05, price=0.1))
    assert made.give("KOR", Propose(("KOR", "JPN"), paid, 1)).accepted
    assert made.give("JPN", Answer("KOR/1", accept=True)).accepted
    made.close_round()
    cards = [each for each in renewal_cards(made, "JPN") if each.place == "KOR"]
    assert len(cards) == 1
    assert cards[0].order is not None
    assert made.give("JPN", cards[0].order).accepted
    assert [each for each in renewal_cards(made, "JPN") if each.place == "KOR"] == []


def test_new_contracts_that_the_other_may_well_sign_are_cards(match: Match) -> None:
    found = list(proposal_cards(match, "JPN"))
    assert found
    for each in found:
        assert isinstance(each.order, Propose)
        assert each.order.parties[0] == "JPN"
        assert match.test("JPN", each.order).accepted
        assert each.worth > 0.0
    assert match.give("JPN", found[0].order).accepted
    assert found[0].key not in {each.key for each in proposal_cards(match, "JPN")}


def test_a_card_of_the_talks_is_worth_points_of_the_final_score(match: Match, scenario: Scenario) -> None:
    whole = {each.key: each.worth for each in proposal_cards(match, "JPN")}
    told = {each.key: each.worth for each in waiting(match, "JPN")}
    key = next(iter(whole))
    assert told[key] == pytest.approx(whole[key] / whole_game(scenario))
    assert not any(
        character.isdigit() for each in proposal_cards(match, "JPN") for why in each.why for character in why
    )
