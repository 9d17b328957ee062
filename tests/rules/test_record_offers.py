"""What the record brings in the first quarters: an import refused for a time, and an invitation that is an offer."""

from dataclasses import replace as changed

import numpy as np

from agents.model import ChipRace
from game.core.diplomacy import Motion, Vote
from game.core.names import GOODS
from game.core.orders import RefuseImports
from game.files.scenarios import bundled
from game.rules.book import RuleBook
from game.rules.talks import Talks

SCENARIO = bundled("pax_silica_2026")
AXIS = SCENARIO.place_axis
CHN, USA, IND = (AXIS.at(code) for code in ("CHN", "USA", "IND"))
ACCELERATORS = GOODS.at("accelerators")


def holding(scenario=SCENARIO) -> ChipRace:
    return ChipRace(scenario, 1, dict.fromkeys(scenario.seats, "hold"), 5)


def test_china_refuses_american_accelerators_in_the_first_quarter_and_not_for_good() -> None:
    race = holding()
    race.step()
    assert race.world.policy.refusal[CHN, ACCELERATORS, USA, 0] == 1
    lane = int(SCENARIO.sellers.lane[AXIS.at("TWN"), ACCELERATORS])
    assert race.world.trade.flow[lane, CHN, 0] - race.world.trade.leaked[lane, CHN, 0] == 0.0
    race.step()
    assert race.world.policy.refusal[CHN, ACCELERATORS, USA, 0] == 0


def test_a_seat_that_orders_otherwise_than_the_record_is_heard() -> None:
    race = holding()
    race.step()
    race.post("CHN", [RefuseImports("chips", "USA", good="accelerators")])
    race.step()
    # It stands already: to keep it is to order it anew in the quarter after the record lifts it.
    race.post("CHN", [RefuseImports("chips", "USA", good="accelerators")])
    race.step()
    assert race.world.policy.refusal[CHN, ACCELERATORS, USA, 0] == 1


def test_india_is_invited_in_the_first_quarter_and_may_say_no() -> None:
    book = RuleBook(SCENARIO)
    world = book.open(5, 1)
    joined = []
    for yes in (True, False):
        talks = Talks(book, world, 2)
        assert talks.assembly.moved[USA, 0]
        for seat in SCENARIO.places.seats:
            if seat != IND:
                talks.assembly.vote(seat, Vote("USA", True))
        talks.assembly.vote(IND, Vote("USA", yes))
        after = talks.settled()
        joined.append(int(after.relations.member[SCENARIO.race.bloc, IND, 0]))
        assert after.state.capital[USA, 0] == world.state.capital[USA, 0]
    assert joined == [1, 0]


def test_nobody_is_invited_by_a_record_without_invitations() -> None:
    book = RuleBook(changed(SCENARIO, invitations=()))
    assert not np.any(Talks(book, book.open(5, 1), 2).assembly.moved)


def test_who_has_moved_something_else_does_not_invite_beside_it() -> None:
    book = RuleBook(SCENARIO)
    first = Talks(book, book.open(5, 1), 1)
    first.assembly.move(USA, Motion("pax_silica", "charter", term="dues", strength=0.5))
    second = Talks(book, first.settled(), 2)
    assert not second.assembly.moved[USA, 0]
