"""People in the talks of a quarter: offers, proposals, answers, undo, rounds, the log, saving and replaying."""

import pytest

from game.core.diplomacy import Answer, Clause, Propose
from game.core.orders import SovereignCompute, Visa
from game.files.scenarios import bundled
from game.match import HUMAN, Match
from game.replay import Replay
from game.resumed import load_match
from game.rules import pacts

SCENARIO = bundled("pax_silica_2026")


class Trader:
    """Offers Japan money in each round, and accepts whatever is offered."""

    name = "trader"

    def decide(self, counsel):
        """Orders nothing."""

    def propose(self, envoy):
        envoy.propose(gift("AUS", "JPN", 0.05, quarters=4))

    def answer(self, envoy):
        for offer, where in list(envoy.offers()):
            envoy.answer(Answer(offer, True), where)


def gift(giver, taker, amount, **more):
    return Propose((giver, taker), (Clause("money", giver, taker, quantity=amount),), **more)


@pytest.fixture
def match():
    match = Match(SCENARIO, 7, dict.fromkeys(SCENARIO.seats, "hold") | {"JPN": HUMAN})
    match.model.nations["AUS"].strategy = Trader()
    return match


def in_force(match):
    return int((match.world.contracts.status == pacts.IN_FORCE).sum())


def test_offers_of_strategies_lie_before_a_person_when_the_quarter_begins(match):
    (offer,) = match.inbox("JPN")
    assert (offer.name, offer.sender, offer.answer) == ("AUS/1", "AUS", None)
    assert offer.proposal.clauses[0].quantity == pytest.approx(0.05)
    assert offer.proposal.quarters == 4


def test_an_offer_accepted_is_signed_when_the_round_closes(match):
    before = in_force(match)
    assert match.give("JPN", Answer("AUS/1", True)).accepted
    assert match.inbox("JPN")[0].answer is True
    assert in_force(match) == before
    news = match.close_round()
    assert in_force(match) == before + 1
    assert match.round == 2
    assert any("Japan and Australia sign for 4 quarters" in d.text for d in news)
    assert [o.signed for o in match.outcomes if "JPN" in o.accepted] == [True]


def test_an_answer_can_be_changed_and_taken_back_until_the_round_closes(match):
    match.give("JPN", Answer("AUS/1", True))
    match.give("JPN", Answer("AUS/1", False))
    assert match.inbox("JPN")[0].answer is False
    assert match.undo("JPN") == Answer("AUS/1", False)
    assert match.inbox("JPN")[0].answer is None
    assert match.redo("JPN").accepted
    assert match.inbox("JPN")[0].answer is False


def test_what_nobody_answered_lapses_with_its_round(match):
    before = in_force(match)
    match.end_quarter()
    assert in_force(match) == before
    assert match.round == 1


def test_a_proposal_is_sent_with_its_round_and_signed_by_those_who_accept(match):
    before = in_force(match)
    assert match.give("JPN", gift("JPN", "AUS", 0.01)).accepted
    assert [p.round for p in match.proposals("JPN")] == [1]
    match.close_round()
    assert match.proposals("JPN") == ()
    assert in_force(match) == before + 1
    match.give("JPN", gift("JPN", "AUS", 0.02))
    assert [p.round for p in match.proposals("JPN")] == [2]
    match.close_round()
    assert in_force(match) == before + 2
    assert match.round == 0


def test_a_third_proposal_in_a_round_is_refused_with_the_reason(match):
    assert match.give("JPN", gift("JPN", "AUS", 0.01)).accepted
    assert match.give("JPN", gift("JPN", "KOR", 0.01)).accepted
    assert "two proposals a round" in match.give("JPN", gift("JPN", "USA", 0.01)).reason
    match.undo("JPN")
    assert match.give("JPN", gift("JPN", "USA", 0.01)).accepted


def test_what_the_law_forbids_is_refused_before_it_is_sent(match):
    assert "at least one other place" in match.test("JPN", gift("JPN", "JPN", 0.01)).reason
    assert "outside what its kind" in match.test("JPN", gift("JPN", "AUS", 1000.0)).reason
    assert "no such offer" in match.test("JPN", Answer("KOR/1", True)).reason


def test_after_both_rounds_the_talks_are_over_until_the_next_quarter(match):
    match.close_round()
    match.close_round()
    assert match.inbox("JPN") == ()
    assert "talks of this quarter are over" in match.test("JPN", gift("JPN", "AUS", 0.01)).reason
    assert match.close_round() == []
    match.end_quarter()
    assert match.round == 1


def test_orders_and_words_are_undone_in_the_order_they_were_given(match):
    match.give("JPN", Visa(0.1))
    match.give("JPN", Answer("AUS/1", True))
    match.give("JPN", Visa(0.2))
    assert match.undo("JPN") == Visa(0.2)
    assert match.undo("JPN") == Answer("AUS/1", True)
    assert [q.order for q in match.queued("JPN")] == [Visa(0.1)]


def test_an_order_that_the_talks_made_too_dear_is_dropped_and_that_is_told(match):
    left = match.left("JPN")[0]
    assert match.give("JPN", SovereignCompute(left - 1.0)).accepted
    assert match.give("JPN", gift("JPN", "AUS", 0.01, escrow=5.0)).accepted
    news = match.close_round()
    assert match.queued("JPN") == ()
    assert any("cannot be carried" in d.text and d.reasons for d in news)


def test_two_people_may_deal_with_one_another_in_one_round():
    match = Match(SCENARIO, 7, dict.fromkeys(SCENARIO.seats, "hold") | {"JPN": HUMAN, "KOR": HUMAN})
    before = in_force(match)
    proposal = gift("JPN", "KOR", 0.01)
    match.give("JPN", proposal)
    (offer,) = match.inbox("KOR")
    assert offer.sender == "JPN"
    assert match.give("KOR", Answer(offer.name, True)).accepted
    match.take_back("JPN", match.proposals("JPN")[0])
    assert match.inbox("KOR") == ()
    match.give("JPN", proposal)
    match.give("KOR", Answer("JPN/1", True))
    match.close_round()
    assert in_force(match) == before + 1


def test_a_save_made_in_the_talks_holds_the_beginning_of_the_quarter(match, tmp_path):
    match.end_quarter()
    match.give("JPN", gift("JPN", "AUS", 0.01))
    match.close_round()
    match.save(tmp_path / "game.paxsave")
    loaded, notes = load_match(tmp_path / "game.paxsave", None)
    assert notes == [] or "trader" not in notes[0]
    assert loaded.round == 1
    assert in_force(loaded) == in_force(match) - 1


def test_a_game_with_contracts_is_replayed_bit_for_bit(tmp_path):
    match = Match(SCENARIO, 7, {"JPN": HUMAN, "KOR": HUMAN})
    for amount in (0.01, 0.02):
        match.give("JPN", gift("JPN", "KOR", amount, escrow=0.1))
        match.give("KOR", Answer("JPN/1", True))
        match.close_round()
    match.give("JPN", Visa(0.1))
    match.end_quarter()
    match.end_quarter()
    assert in_force(match) >= 2
    match.save(tmp_path / "game.paxsave")
    replay = Replay(tmp_path / "game.paxsave")
    for _ in match.log:
        replay.step()
    assert replay.verdict().diverged == ""


def test_handing_a_seat_over_begins_the_talks_again(match):
    before = in_force(match)
    match.give("JPN", gift("JPN", "AUS", 0.01))
    match.close_round()
    match.hand_over("KOR", HUMAN)
    assert match.round == 1
    assert in_force(match) == before
