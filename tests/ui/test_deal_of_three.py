"""Deals of three parties, and the coalition of a control, in the window."""

import pytest

from game.core.names import CLASSES, LEVELS
from game.rules import coalition
from game.ui.main.controls_coalition import GOAL, joined
from game.ui.main.deal_draft import Draft, Part, draft_of
from game.ui.main.deal_screen import DealScreen
from tests.ui.board import EACH_SIZE

CONTROLS, TOOLS = 2, CLASSES.at("tools")


@pytest.fixture
def deal(board):
    board.match.open_round()
    board.play.negotiate(Draft("KOR"))
    assert isinstance(board.app.screen, DealScreen)
    return board


def test_a_third_party_signs_too_and_has_clauses_of_its_own(deal):
    screen = deal.app.screen
    screen._with_third("NLD")
    draft = screen.draft
    for third in (False, True):
        draft.parts.append(Part("certify", True, third=third))
    screen.refresh()
    proposal = draft.proposal("JPN")
    assert proposal.parties == ("JPN", "KOR", "NLD")
    assert [clause.taker for clause in proposal.clauses] == ["KOR", "NLD"]
    assert screen.worth.third is not None
    assert screen.worth.chance == pytest.approx(screen.worth.theirs.chance * screen.worth.third.chance)


def test_a_deal_of_three_is_sent_to_both(deal):
    screen = deal.app.screen
    screen._with_third("NLD")
    kind = next(k.name for k in screen.choices.kinds(True) if not k.target)
    screen.draft.parts.append(screen.choices.first(kind, True))
    screen.refresh()
    assert screen.answer.law == ""
    screen.send()
    (sent,) = deal.match.proposals("JPN")
    assert sent.parties == ("JPN", "KOR", "NLD")


def test_without_the_third_its_clauses_go(deal):
    screen = deal.app.screen
    screen._with_third("NLD")
    screen.draft.parts += [Part("certify", True), Part("certify", True, third=True)]
    screen._with_third("")
    assert screen.draft.parts == [Part("certify", True)]
    assert screen.draft.proposal("JPN").parties == ("JPN", "KOR")


def test_a_proposal_of_three_is_opened_as_it_was():
    draft = Draft("KOR", [Part("certify", True), Part("certify", False, third=True)], third="NLD")
    again = draft_of(draft.proposal("JPN"), "JPN", "KOR")
    assert (again.third, again.parts) == (draft.third, draft.parts)


def test_the_two_others_may_promise_each_other_something(deal):
    screen = deal.app.screen
    screen._with_third("NLD")
    kind = next(k.name for k in screen.choices.kinds(False) if not k.target and k.name == "certify")
    screen.draft.parts.append(screen.choices.first(kind, False))
    screen.draft.chosen = 0
    screen.refresh()
    found = []
    for position in range(4):
        screen.find("clause party").on_change(position)
        clause = screen.draft.proposal("JPN").clauses[0]
        found.append((clause.giver, clause.taker))
    assert found == [("KOR", "JPN"), ("NLD", "JPN"), ("KOR", "NLD"), ("NLD", "KOR")]
    assert "Netherlands" in screen.find("clause 0").face.title
    assert screen.answer.law == ""
    screen.send()
    (sent,) = deal.match.proposals("JPN")
    assert (sent.clauses[0].giver, sent.clauses[0].taker) == ("NLD", "KOR")


def test_what_the_player_gives_goes_to_one_of_the_others(deal):
    screen = deal.app.screen
    screen._with_third("NLD")
    screen.draft.parts.append(screen.choices.first("certify", True))
    screen.draft.chosen = 0
    screen.refresh()
    assert len(screen.find("clause party").options) == 2


def test_a_promise_between_the_others_is_opened_as_it_was_and_goes_with_the_third():
    parts = [
        Part("certify", True),
        Part("certify", False, between=True),
        Part("certify", False, None, third=True, between=True),
    ]
    draft = Draft("KOR", parts, third="NLD")
    again = draft_of(draft.proposal("JPN"), "JPN", "KOR")
    assert again.parts == parts


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_of_a_deal_of_three_leaves_its_box(deal, size, scale):
    screen = deal.app.screen
    screen._with_third("ARE")
    screen.draft.parts += [Part("certify", True), Part("certify", False, third=True, between=True)]
    screen.draft.chosen = 1
    deal.resize(size, scale)
    assert deal.overflows(screen.root.rect) == []


def test_a_control_says_with_whom_it_bites_and_what_they_want(board_at):
    board = board_at("NLD", 1)
    board.match.open_round()
    board.screen.orders.show(CONTROLS)
    tab = board.screen.orders.controls
    tab._set("control_class", TOOLS)
    found = joined(board.play, TOOLS, board.match.scenario.inside, LEVELS.at("ban"))
    s, world = board.match.scenario, board.match.world
    names, share = coalition.blocking(world, s, TOOLS, s.inside, board.play.place, GOAL)
    assert [each.code for each in found.needed] == [s.place_axis.names[n] for n in names]
    assert found.together == share
    assert board.find("effect Bites with").text.endswith("%")


def test_partners_are_asked_to_match_for_what_they_want(board_at):
    board = board_at("NLD", 1)
    board.match.open_round()
    board.play.changed()
    board.screen.orders.show(CONTROLS)
    board.screen.orders.controls._set("control_class", TOOLS)
    board.click("ask partners")
    screen = board.app.screen
    assert isinstance(screen, DealScreen)
    assert {part.kind for part in screen.draft.parts} <= {"match", "money"}
    assert screen.draft.parts[0].target == "CHN"
