"""Three offers a round are shown to a person; the rest is answered by standing instruction."""

import pytest

from game.core.diplomacy import Answer, Clause, Propose
from game.explain.deals import parties_of, worth_of
from game.files.container import SaveError
from game.files.scenarios import bundled
from game.match import HUMAN, Match
from game.resumed import load_match
from game.standing import REFUSE, SHOWN, TAKE, TAKEN_FROM

GIVERS = {"AUS": 0.4, "KOR": 0.3, "NLD": 0.3, "GBR": 0.3, "CAN": 0.3, "USA": 0.001}


class Payer:
    """Pays Japan, with nothing in return."""

    name, motto = "payer", "Pay."

    def __init__(self, code, amount):
        self.code, self.amount = code, amount

    def decide(self, counsel):
        pass

    def propose(self, envoy):
        clauses = (Clause("money", self.code, "JPN", quantity=self.amount),)
        envoy.propose(Propose((self.code, "JPN"), clauses, 24))

    def answer(self, envoy):
        pass


@pytest.fixture
def match():
    made = Match(bundled("pax_silica_2026"), 7, {code: HUMAN if code == "JPN" else "hold" for code in
                                                 bundled("pax_silica_2026").seats})  # fmt: skip
    for code, amount in GIVERS.items():
        made.model.nations[code].strategy = Payer(code, amount)
    made.open_round()
    return made


def worth(match, offer):
    rows = worth_of(offer.proposal, match.world, match.scenario, match.model.book.tables)
    return next(party.points for party in parties_of(rows) if party.party == "JPN")


def test_three_offers_are_shown_those_worth_most(match):
    shown, aside = match.sorted_out("JPN")
    offers = match.inbox("JPN")
    assert len(offers) > SHOWN
    assert len(shown) == SHOWN
    assert len(aside) == len(offers) - SHOWN
    assert min(worth(match, offer) for offer in shown) >= max(each.points for each in aside)


def test_the_rest_is_refused_with_a_reason_and_stands_in_the_log(match):
    _, aside = match.sorted_out("JPN")
    assert match.standing["JPN"].instruction == REFUSE
    assert all(not each.accept and "worth" in each.reason for each in aside)
    match.close_round()
    refused = {outcome.name for outcome in match.outcomes if "JPN" in outcome.refused}
    assert refused == {each.offer.name for each in aside}
    match.end_quarter()
    said = {record["offer"]: record["accept"] for record in match.log[0]["said"]["JPN"]}
    assert all(said[name] is False for name in refused)


def test_told_to_take_what_gains_envoys_sign_it(match):
    match.standing["JPN"].instruction = TAKE
    _, aside = match.sorted_out("JPN")
    assert [each.accept for each in aside] == [each.points >= TAKEN_FROM for each in aside]
    assert any(each.accept for each in aside)
    match.close_round()
    assert {o.name for o in match.outcomes if o.signed} == {e.offer.name for e in aside if e.accept}


def test_an_offer_that_was_answered_stays_with_the_person(match):
    assert match.give("JPN", Answer("USA/1", True)).accepted
    shown, _ = match.sorted_out("JPN")
    assert "USA" in {offer.sender for offer in shown}
    match.close_round()
    assert "USA" in {outcome.sender for outcome in match.outcomes if outcome.signed}


def test_what_envoys_were_told_is_saved_with_the_game(match, tmp_path):
    match.standing["JPN"].instruction = TAKE
    match.save(tmp_path / "told.paxsave")
    again, _ = load_match(tmp_path / "told.paxsave")
    assert again.standing["JPN"].instruction == TAKE
    assert again.standing["KOR"].instruction == REFUSE


def test_a_save_with_an_unknown_instruction_is_refused(match, tmp_path):
    match.standing["JPN"].instruction = "shout"
    match.save(tmp_path / "told.paxsave")
    with pytest.raises(SaveError, match="shout"):
        load_match(tmp_path / "told.paxsave")
