"""Motions and votes in blocs: who may, how votes weigh, what changes."""

from dataclasses import replace as changed

import numpy as np
import pytest

from game.core.diplomacy import Motion, Vote
from game.core.errors import PaxError
from game.core.names import VOTING
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules.book import RuleBook
from game.rules.motions import FAILED, LAPSED, PASSED
from game.rules.talks import Talks

PAX = "pax_silica"


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return RuleBook(changed(bundled("pax_silica_2026"), invitations=()))


def at(s: Scenario, code: str) -> int:
    return s.place_axis.at(code)


def said(book: RuleBook, world: World, *words: tuple[str, Motion | Vote]) -> tuple[World, list[str]]:
    """The world after a round in which these were said, and why each was refused."""
    talks = Talks(book, world, 1)
    reasons = [talks.hear(at(book.scenario, code), word).reason for code, word in words]
    return talks.settled(), reasons


def members(book: RuleBook, world: World, bloc: int = 0, w: int = 0) -> set[str]:
    names = book.scenario.place_axis.names
    return {names[n] for n in np.flatnonzero(world.relations.member[bloc, :, w])}


def outcome(book: RuleBook, world: World, mover: str, w: int = 0) -> int:
    return int(world.motions.outcome[at(book.scenario, mover), w])


def voting(world: World, rule: str) -> World:
    return replace(world, blocs=replace(world.blocs, voting=np.full_like(world.blocs.voting, VOTING.at(rule))))


def test_votes_weigh_as_the_root_of_gdp(book: RuleBook) -> None:
    root = {c: float(np.sqrt(book.scenario.places.gdp[at(book.scenario, c), 0])) for c in members(book, book.open(1))}
    assert root["USA"] < 0.5 * sum(root.values()) < root["USA"] + root["SGP"] + root["ISR"]
    alone, _ = said(book, book.open(1), ("IND", Motion(PAX, "admit")), ("USA", Vote("IND")))
    helped, _ = said(
        book, book.open(1), ("IND", Motion(PAX, "admit")), *((c, Vote("IND")) for c in ("USA", "SGP", "ISR"))
    )
    assert "IND" not in members(book, alone)
    assert outcome(book, alone, "IND") == 2
    assert "IND" in members(book, helped)
    assert outcome(book, helped, "IND") == 1


@pytest.mark.parametrize(
    ("rule", "for_it", "passes"),
    [
        ("majority", ("USA", "JPN", "KOR"), False),
        ("majority", ("SGP", "ISR", "AUS", "KOR"), True),
        ("weighted", ("SGP", "ISR", "AUS", "KOR"), False),
        ("unanimity", ("USA", "JPN", "KOR", "SGP", "AUS"), False),
        ("unanimity", ("USA", "JPN", "KOR", "SGP", "AUS", "ISR"), True),
    ],
)
def test_each_voting_rule_counts_in_its_way(book: RuleBook, rule: str, for_it: tuple[str, ...], passes: bool) -> None:
    votes = ((code, Vote("TWN")) for code in for_it)
    after, reasons = said(book, voting(book.open(1), rule), ("TWN", Motion(PAX, "admit")), *votes)
    assert not any(reasons)
    assert ("TWN" in members(book, after)) == passes


def test_nobody_votes_twice_nor_from_outside_nor_on_its_own_expulsion(book: RuleBook) -> None:
    after, reasons = said(
        book, book.open(1),
        ("USA", Motion(PAX, "expel", place="SGP")),
        ("JPN", Vote("USA")), ("JPN", Vote("USA", False)), ("USA", Vote("USA", False)),
        ("TWN", Vote("USA")), ("SGP", Vote("USA", False)), ("KOR", Vote("ISR")), ("KOR", Vote("USA")),
    )  # fmt: skip
    assert reasons[:2] == ["", ""]
    assert [("once" in r, "only members" in r, "own expulsion" in r, "no such motion" in r) for r in reasons[2:7]] == [
        (True, False, False, False), (True, False, False, False), (False, True, False, False),
        (False, False, True, False), (False, False, False, True),
    ]  # fmt: skip
    assert "SGP" not in members(book, after)


@pytest.mark.parametrize(
    ("mover", "motion", "why"),
    [
        ("USA", Motion(PAX, "admit"), "member already"),
        ("CHN", Motion("eu", "admit"), "no charter"),
        ("CHN", Motion("silk_compact", "admit"), "nobody has founded"),
        ("CHN", Motion(PAX, "expel", place="USA"), "only members"),
        ("USA", Motion(PAX, "expel", place="USA"), "about itself"),
        ("USA", Motion(PAX, "expel", place="CHN"), "no member"),
        ("USA", Motion(PAX, "invite", place="JPN"), "member already"),
        ("USA", Motion(PAX, "invite", place="RUS"), "only seats"),
        ("USA", Motion(PAX, "invite", place="CHN"), "the race is between"),
        ("CHN", Motion(PAX, "admit"), "the race is between"),
        ("USA", Motion(PAX, "charter", term="dues", strength=1.5), "between 0 and 1"),
        ("USA", Motion(PAX, "charter", term="dues", strength=float("nan")), "between 0 and 1"),
        ("USA", Motion(PAX, "charter", term="solidarity", strength=0.5), "stands so"),
        ("USA", Motion(PAX, "voting", rule="weighted"), "stands so"),
    ],
)
def test_what_may_not_be_moved_is_refused_with_the_reason(book: RuleBook, mover: str, motion: Motion, why: str) -> None:
    world = book.open(1)
    after, (reason,) = said(book, world, (mover, motion))
    assert why in reason
    assert np.array_equal(after.relations.member, world.relations.member)
    assert np.array_equal(after.state.capital, world.state.capital)


@pytest.mark.parametrize(
    "motion",
    [
        Motion("paxsilica", "admit"), Motion(PAX, "apply"), Motion(PAX, "expel"), Motion(PAX, "expel", place="JPM"),
        Motion(PAX, "admit", place="JPN"), Motion(PAX, "charter", term="duties"), Motion(PAX, "voting", rule="lot"),
    ],
)  # fmt: skip
def test_names_that_do_not_exist_are_errors(book: RuleBook, motion: Motion) -> None:
    with pytest.raises(PaxError):
        said(book, book.open(1), ("USA", motion))


def test_one_motion_a_quarter(book: RuleBook) -> None:
    first, reasons = said(book, book.open(1), ("MYS", Motion(PAX, "admit")), ("MYS", Motion(PAX, "admit")))
    assert "one motion a quarter" in reasons[1]
    assert "one motion" in Talks(book, first, 2).hear(at(book.scenario, "MYS"), Motion(PAX, "admit")).reason
    assert not Talks(book, first, 1).hear(at(book.scenario, "MYS"), Motion(PAX, "admit")).reason


def test_a_motion_costs_two_and_half_of_it_a_small_economy(book: RuleBook) -> None:
    world = book.open(1)
    after, _ = said(book, world, ("IND", Motion(PAX, "admit")), ("MYS", Motion(PAX, "admit")))
    spent = world.state.capital - after.state.capital
    assert spent[at(book.scenario, "IND"), 0] == 2.0
    assert spent[at(book.scenario, "MYS"), 0] == 1.0


def test_joining_against_a_leader_costs_half(book: RuleBook) -> None:
    world = book.open(1)
    far = replace(world.standing, chip_independence=np.array([0.9]), mineral_independence=np.array([0.3]))
    after, _ = said(book, replace(world, standing=far), ("IND", Motion(PAX, "admit")))
    assert (world.state.capital - after.state.capital)[at(book.scenario, "IND"), 0] == 1.0


def test_who_cannot_pay_moves_nothing(book: RuleBook) -> None:
    world = book.open(1)
    poor = replace(world, state=replace(world.state, capital=np.full_like(world.state.capital, 0.5)))
    _, (reason,) = said(book, poor, ("IND", Motion(PAX, "admit")))
    assert reason == "the motion takes 2 political capital; 0.5 is left"


def test_an_invited_place_must_agree(book: RuleBook) -> None:
    votes = [(code, Vote("USA")) for code in ("JPN", "KOR", "AUS")]
    silent, _ = said(book, book.open(1), ("USA", Motion(PAX, "invite", place="TWN")), *votes)
    agreed, reasons = said(
        book, book.open(1), ("USA", Motion(PAX, "invite", place="TWN")), *votes, ("TWN", Vote("USA"))
    )
    assert not any(reasons)
    assert "TWN" not in members(book, silent)
    assert "TWN" in members(book, agreed)


def test_a_charter_term_and_the_voting_rule_change_by_vote(book: RuleBook) -> None:
    votes = [(code, Vote(mover)) for mover in ("JPN", "KOR") for code in ("USA", "SGP", "ISR", "AUS")]
    after, _ = said(
        book, book.open(1), ("JPN", Motion(PAX, "charter", term="match", strength=0.6)),
        ("KOR", Motion(PAX, "voting", rule="majority")), *votes,
    )  # fmt: skip
    assert after.blocs.charter[0, 3, 0] == 0.6
    assert VOTING.names[int(after.blocs.voting[0, 0])] == "majority"


def test_motions_are_settled_in_each_world_by_itself(book: RuleBook) -> None:
    talks = Talks(book, book.open(5, 3), 1)
    s, where = book.scenario, np.array([True, False, True])
    talks.assembly.move(at(s, "IND"), Motion(PAX, "admit"), where)
    for code in ("USA", "JPN", "KOR"):
        talks.assembly.vote(at(s, code), Vote("IND"), np.array([True, False, False]))
    after = talks.settled()
    assert after.relations.member[0, at(s, "IND")].tolist() == [1, 0, 0]
    assert after.motions.outcome[at(s, "IND")].tolist() == [1, 0, 2]


def test_last_quarters_motions_are_gone_when_talks_begin(book: RuleBook) -> None:
    after, _ = said(book, book.open(1), ("IND", Motion(PAX, "admit")))
    assert (after.motions.bloc >= 0).sum() == 1
    assert (Talks(book, after, 1).world.motions.bloc < 0).all()


@pytest.mark.parametrize("host", ["USA", "SGP"])
def test_who_is_taken_in_by_invitation_is_not_refused_on_its_own_application_of_the_same_round(
    book: RuleBook, host: str
) -> None:
    # Motions are counted in the order of the seats: that of the United States before Taiwan's, Singapore's after it.
    votes = [(code, Vote(host)) for code in ("USA", "JPN", "KOR", "AUS") if code != host]
    after, reasons = said(
        book, book.open(1), (host, Motion(PAX, "invite", place="TWN")), ("TWN", Motion(PAX, "admit")),
        *votes, ("TWN", Vote(host)),
    )  # fmt: skip
    assert not any(reasons)
    assert "TWN" in members(book, after)
    assert outcome(book, after, host) == PASSED
    assert outcome(book, after, "TWN") == LAPSED
    # Whoever lacks the votes with nobody to invite it is refused as before.
    alone, _ = said(book, book.open(1), ("TWN", Motion(PAX, "admit")))
    assert outcome(book, alone, "TWN") == FAILED
