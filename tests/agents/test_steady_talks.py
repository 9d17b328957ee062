"""How steady seats talk: what they accept, refuse, mend, renew, shun and break."""

import numpy as np
import pytest

from agents.model import ChipRace
from agents.strategies.steady_talks import dossier
from game.core.clauses import CLAUSES
from game.core.diplomacy import Clause, Propose
from game.core.world import replace, sealed
from game.explain import deals
from game.files.scenarios import bundled
from game.rules.pacts import BROKEN, IN_FORCE
from game.rules.worth_stakes import stakes
from game.testing import with_contract

SCENARIO = bundled("pax_silica_2026")
JPN, USA, KOR, CHN = (SCENARIO.place_axis.at(code) for code in ("JPN", "USA", "KOR", "CHN"))
GIFT = Propose(("JPN", "USA"), (Clause("money", "JPN", "USA", None, None, 0.05),))
TRIBUTE = Propose(("JPN", "USA"), (Clause("money", "USA", "JPN", None, None, 0.05),))


@pytest.fixture
def race() -> ChipRace:
    return ChipRace(SCENARIO, worlds=2, rng=4, seats={"JPN": None})


def after_round(race: ChipRace, *words: Propose) -> np.ndarray:
    """Contracts between Japan and others, after a round in which Japan said something. (J, B)."""
    before = race.world.contracts.number.max()
    for said in words:
        race.say("JPN", said)
    race.open_round()
    race.close_round()
    c = race.world.contracts
    return (c.party[:, JPN] > 0) & (c.status == IN_FORCE) & (c.number > before) & (c.proposer == JPN)


def test_a_gift_is_accepted_and_a_tribute_refused(race):
    assert after_round(race, GIFT).any(axis=0).all()
    other = ChipRace(SCENARIO, worlds=2, rng=4, seats={"JPN": None})
    assert not after_round(other, TRIBUTE).any()


def test_what_is_worth_less_than_nothing_by_the_valuation_is_refused(race):
    race.run(2)
    for offer in (GIFT, TRIBUTE):
        worths = {
            p.party: p.points for p in deals.parties_of(deals.worth_of(offer, race.world, SCENARIO, race.book.tables))
        }
        other = ChipRace(SCENARIO, worlds=2, rng=4, seats={"JPN": None})
        other.run(2)
        assert after_round(other, offer).any() == (worths["USA"] > 0)


def test_a_refused_offer_that_money_can_mend_comes_back_at_another_price(race):
    unfair = Propose(
        ("JPN", "AUS"),
        (Clause("certify", "JPN", "AUS"), Clause("money", "AUS", "JPN", None, None, 0.1)),
    )
    assert not after_round(race, unfair).any()
    talks = race.open_round()
    aus = SCENARIO.place_axis.at("AUS")
    mine = np.flatnonzero(talks.offers.sender == aus)
    back = talks.offers.open[mine] & talks.offers.party[mine, JPN]
    assert back.any(axis=0).all()


def test_most_of_what_is_signed_gains_each_party_by_the_valuation():
    race = ChipRace(SCENARIO, worlds=2, rng=9)
    gained, whole = 0, 0
    for _ in range(8):
        talks = race.open_round()
        for row, w in np.argwhere(talks.offers.open).tolist():
            parties = deals.why_offered(talks.offers, row, talks.world, SCENARIO, race.book.tables, w)
            whole += 1
            gained += all(party.points > 0 for party in parties)
        race.close_round()
        race.step()
    assert whole > 10
    assert gained >= 0.8 * whole


def test_seats_of_different_blocs_and_sizes_sign_contracts_of_many_kinds():
    race = ChipRace(SCENARIO, worlds=1, rng=2)
    race.run(16)
    c, kinds = race.world.contracts, race.world.clauses.kind
    made = c.number[:, 0] > 0
    assert np.count_nonzero(c.party[made, :, 0].any(axis=0)) >= 10
    assert len(np.unique(kinds[made][kinds[made] >= 0])) >= 8


def test_a_contract_that_ran_out_is_offered_anew_while_it_gains_both():
    race = ChipRace(
        SCENARIO, worlds=1, rng=4, seats=dict.fromkeys(SCENARIO.seats, "hold") | {"JPN": "steady", "KOR": "steady"}
    )
    race.world = sealed(with_contract(race.world, SCENARIO, Clause("certify", "JPN", "KOR"), quarters=2))
    first = race.world.contracts.number.max()
    race.run(2)
    offers = race.open_round().offers
    renewed = offers.open[:, 0] & offers.party[:, JPN, 0] & offers.party[:, KOR, 0]
    kinds = {int(kind) for kind in offers.kind[renewed, :, 0].ravel() if kind >= 0}
    assert renewed.any()
    assert race.world.contracts.number.max() >= first
    assert kinds


def test_nobody_makes_offers_to_who_broke_a_contract_with_it(race):
    wronged = race.world.relations.wronged.copy()
    wronged[:, CHN] = 8
    wronged[CHN] = 0
    race.world = sealed(replace(race.world, relations=replace(race.world.relations, wronged=wronged)))
    offers = race.open_round().offers
    assert offers.open.any()
    assert not (offers.open & offers.party[:, CHN]).any()


def test_a_contract_that_costs_more_than_a_breach_is_broken_and_says_who_did_it():
    race = ChipRace(SCENARIO, worlds=1, rng=4)
    ruinous = Clause("money", "KOR", "JPN", None, None, 40.0)
    race.world = sealed(with_contract(race.world, SCENARIO, ruinous, quarters=30))
    number = race.world.contracts.number.max()
    found = []
    for _ in range(8):
        race.step()
        c = race.world.contracts
        found += [int(b) for b in c.breaker[(c.number == number) & (c.status == BROKEN)]]
    assert found == [KOR]


def wronged_by_usa(*victims: str) -> ChipRace:
    """A world in the quarter in which steady seats look at breaches, in which the USA has wronged some."""
    race = ChipRace(SCENARIO, worlds=1, rng=4)
    race.run(5)
    wronged = np.zeros_like(race.world.relations.wronged)
    wronged[[SCENARIO.place_axis.at(code) for code in victims], USA] = 8
    race.world = sealed(replace(race.world, relations=replace(race.world.relations, wronged=wronged)))
    return race


def test_a_breach_is_answered_by_a_control_only_in_company():
    tighter = []
    for victims in (("JPN",), ("JPN", "KOR", "TWN", "NLD", "CHN", "MYS")):
        race = wronged_by_usa(*victims)
        before = race.world.policy.chosen[:, :, USA].copy()
        race.step()
        tighter.append(int(np.count_nonzero(race.world.policy.chosen[:, :, USA] > before)))
    assert tighter[0] == 0
    assert tighter[1] > 0


def test_a_quarrel_brings_offers_to_hold_back_for_something_in_return():
    race = ChipRace(SCENARIO, worlds=1, rng=4)
    race.run(4)
    blame = race.world.relations.blame.copy()
    blame[USA] = 2.0
    race.world = sealed(replace(race.world, relations=replace(race.world.relations, blame=blame)))
    k = stakes(race.world, SCENARIO, race.book.tables)
    assert CLAUSES.names[dossier(k)[-1].kind] == "restrain"
    offers = race.open_round().offers
    kinds = {CLAUSES.names[kind] for kind in offers.kind[offers.open[:, 0], :, 0].ravel().tolist() if kind >= 0}
    assert "restrain" in kinds
