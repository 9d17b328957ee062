"""The Diplomacy tab: offers answered, deals put together, rounds sent, contracts broken, blocs and relations."""

import time

import pygame
import pytest

from game.core.diplomacy import Answer, Break, Clause, Motion, Propose, Vote
from game.match import HUMAN
from game.rules import pacts
from game.ui.main.context import areas
from game.ui.main.deal_draft import Draft, draft_of
from game.ui.main.deal_screen import DealScreen
from game.ui.main.deal_worth import deal_worth
from game.ui.main.orders_panel import DIPLOMACY
from tests.ui.board import EACH_SIZE

TALKS, CONTRACTS, BLOCS, RELATIONS = range(4)


class Trader:
    """Offers Japan money in each round, and accepts whatever is offered; asks to join the bloc in the first."""

    name = "trader"

    def decide(self, counsel):
        """Orders nothing."""

    def propose(self, envoy):
        clauses = (Clause("money", "AUS", "JPN", quantity=0.05), Clause("guarantee", "JPN", "AUS", price=0.1))
        envoy.propose(Propose(("AUS", "JPN"), clauses, 6, escrow=0.1))

    def answer(self, envoy):
        for offer, where in list(envoy.offers()):
            envoy.answer(Answer(offer, True), where)


@pytest.fixture
def board(board_at):
    board = board_at("JPN", quarters=1)
    board.match.begin(board.match.world)
    board.match.model.nations["AUS"].strategy = Trader()
    board.play.changed()
    board.screen.orders.show(DIPLOMACY)
    return board


def view(board, number):
    board.screen.orders.show(DIPLOMACY, number)


def wait(board):
    end = time.monotonic() + 20
    while board.play.busy and time.monotonic() < end:
        board.app.step(wait=False)
        time.sleep(0.002)
    for _ in range(3):
        board.app.step(wait=False)


def mine_in_force(board):
    c = board.match.world.contracts
    return int(((c.status[:, 0] == pacts.IN_FORCE) & (c.party[:, board.play.place, 0] > 0)).sum())


# --- talks


def test_o_shows_the_offers_that_lie_before_the_player(board):
    board.screen.orders.show(0)
    board.press(pygame.K_o)
    assert board.focus == "tabs"
    names = board.names()
    assert "talks current" in names
    assert {"accept", "refuse", "counter", "send round", "new proposal"} <= set(names)


def test_an_offer_says_what_each_clause_is_worth_and_why_it_is_made(board):
    words = "".join(span.text for span in board.find("talks words").spans)
    assert "Australia pays you $50 m a quarter." in words
    assert "You guarantee the security of Australia" in words
    assert "6 quarters, $0.1 bn of escrow each." in words
    assert board.find("talks current").face.figure[0] in "+−0"
    names = [term.name for term in board.find("talks current").tip.terms]
    assert names[0] == "Money each quarter"
    assert "Worth to you, points" in names


def test_an_answer_is_given_by_mouse_taken_back_and_undone(board):
    board.click("accept")
    assert board.match.inbox("JPN")[0].answer is True
    board.click("accept")
    assert board.match.inbox("JPN")[0].answer is None
    board.click("refuse")
    assert board.match.inbox("JPN")[0].answer is False
    board.press(pygame.K_z)
    assert board.match.inbox("JPN")[0].answer is None


def test_g_accepts_and_x_sends_the_round_beside_the_frame(board):
    before = mine_in_force(board)
    board.press(pygame.K_g)
    board.press(pygame.K_x)
    assert board.play.busy
    assert "being closed" in board.find("send round").tip.blocked
    wait(board)
    assert board.match.round == 2
    assert mine_in_force(board) == before + 1
    assert "1 contract of yours signed" in board.app.toasts.toasts[-1].text
    assert board.find("send round").text == "Send round 2"


def test_both_rounds_over_say_so_and_block_what_comes_too_late(board):
    for _ in range(2):
        board.press(pygame.K_x)
        wait(board)
    assert board.find("round").text == "Talks are over"
    assert "closed" in board.find("new proposal").tip.blocked
    board.press(pygame.K_w)
    assert board.app.screen is board.screen


def test_what_became_of_a_round_stands_in_the_list(board):
    board.press(pygame.K_x)
    wait(board)
    keys = [row.key for row in board.screen.orders.diplomacy.talks.rows]
    assert "past 1 AUS/1" in keys
    board.screen.orders.diplomacy.talks.choose("past 1 AUS/1")
    assert "accept" not in board.names()


# --- the builder


def deal(board):
    assert isinstance(board.app.screen, DealScreen)
    return board.app.screen


def test_w_opens_the_builder_and_esc_leaves_it(board):
    board.press(pygame.K_w)
    assert deal(board).draft.parts == []
    assert "add a clause" in deal(board).answer.law
    board.press(pygame.K_ESCAPE)
    assert board.app.screen is board.screen


def test_a_deal_is_put_together_and_sent_by_keyboard_alone(board):
    board.press(pygame.K_w)
    screen = deal(board)
    for _ in range(40):
        if screen.focus and screen.focus.name == "add mine":
            break
        board.press(pygame.K_TAB)
    titles = board.app.screen.focus.options
    board.press(pygame.K_RETURN)
    for _ in range(titles.index("Money each quarter")):
        board.press(pygame.K_DOWN)
    board.press(pygame.K_RETURN)
    assert [part.kind for part in screen.draft.parts] == ["money"]
    for _ in range(40):
        if screen.focus and screen.focus.name == "clause quantity":
            break
        board.press(pygame.K_TAB)
    before = screen.draft.parts[0].quantity
    board.press(pygame.K_RIGHT)
    assert screen.draft.parts[0].quantity > before
    board.press(pygame.K_RETURN, mod=pygame.KMOD_CTRL)
    assert board.app.screen is board.screen
    (sent,) = board.match.proposals("JPN")
    assert sent.clauses[0].quantity == pytest.approx(screen.draft.parts[0].quantity)
    board.press(pygame.K_z)
    assert board.match.proposals("JPN") == ()


def test_worth_and_chance_follow_the_slider(board):
    board.play.negotiate(Draft("AUS"))
    screen = deal(board)
    screen.draft.parts += [screen.choices.first("money", True), screen.choices.first("payment", False)]
    screen.draft.chosen = 1
    screen.refresh()
    slider = screen.find("clause quantity")
    slider.set_value(slider.numbers.low)
    chance, mine = screen.worth.chance, screen.worth.mine.total
    slider.set_value(slider.numbers.high)
    assert screen.find("clause quantity") is slider
    assert screen.worth.mine.total > mine
    assert screen.worth.chance < chance
    assert screen.find("chance").text == f"{screen.worth.chance:.0%}"
    assert screen.find("clause 0").face.figure.startswith("−")
    assert screen.find("clause 1").face.figure.startswith("+")


def test_the_laws_refusal_stands_in_place_of_sending(board):
    board.play.negotiate(Draft("AUS"))
    screen = deal(board)
    part = screen.choices.first("money", True)
    screen.draft.parts += [part, part]
    screen.refresh()
    assert screen.find("deal send").blocked
    assert "two clauses say the same" in "".join(s.text for s in screen.find("deal law").spans).lower()
    screen.send()
    assert board.app.screen is screen
    assert board.match.proposals("JPN") == ()


def test_a_counter_opens_filled_in_and_refuses_the_offer_when_it_is_sent(board):
    board.click("counter")
    screen = deal(board)
    assert [(part.kind, part.mine) for part in screen.draft.parts] == [("money", False), ("guarantee", True)]
    assert (screen.draft.quarters, screen.draft.escrow) == (6, pytest.approx(0.1))
    screen.draft.change(0, quantity=0.06)
    screen.send()
    assert board.match.inbox("JPN")[0].answer is False
    assert board.match.proposals("JPN")[0].clauses[0].quantity == pytest.approx(0.06)


def test_a_proposal_that_waits_can_be_changed_and_stays_if_one_walks_away(board):
    board.play.give(Propose(("JPN", "KOR"), (Clause("money", "JPN", "KOR", quantity=0.01),)))
    talks = board.screen.orders.diplomacy.talks
    talks.choose("own 0")
    board.click("change proposal")
    board.press(pygame.K_ESCAPE)
    assert len(board.match.proposals("JPN")) == 1
    talks.choose("own 0")
    board.click("take back")
    assert board.match.proposals("JPN") == ()


def test_every_clause_first_offered_is_lawful_or_the_law_says_why(board):
    board.play.negotiate(Draft("KOR"))
    choices = deal(board).choices
    reasons = {}
    for mine in (True, False):
        for kind in choices.kinds(mine):
            draft = Draft("KOR", [choices.first(kind.name, mine)])
            reason = board.match.test("JPN", draft.proposal("JPN")).reason
            if reason:
                reasons[kind.name] = reason
    assert len(choices.kinds(True)) >= 12
    assert all("political capital" in reason or "in force" in reason for reason in reasons.values()), reasons


def test_an_empty_deal_suggests_what_both_would_gain_by(board):
    board.play.negotiate(Draft("KOR"))
    screen = deal(board)
    assert screen.focus.name == "add mine"
    found = screen.choices.suggested(True)
    gains = [mine + theirs for _, mine, theirs in found]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) > 0
    screen.find("suggested mine 0").choose()
    assert screen.draft.parts == [found[0][0]]
    assert screen.worth.mine.points(0) == pytest.approx(found[0][1])
    assert "suggested mine 0" not in [widget.name for widget in screen.root.walk()]


def test_another_partner_keeps_the_clauses(board):
    board.play.negotiate(Draft("AUS"))
    screen = deal(board)
    screen.draft.parts.append(screen.choices.first("money", True))
    screen.find("deal partner").choose(0)
    assert screen.draft.partner == screen.choices.partners()[0][0]
    assert [part.kind for part in screen.draft.parts] == ["money"]


def test_a_draft_of_an_offer_gives_the_same_offer(board):
    offer = board.match.inbox("JPN")[0].proposal
    again = draft_of(offer, "JPN", "AUS").proposal("JPN")
    assert again.clauses == offer.clauses
    worth, same = deal_worth(board.play, offer, "AUS"), deal_worth(board.play, again, "AUS")
    assert worth.theirs.total == pytest.approx(same.theirs.total)


# --- contracts


def test_a_breach_shows_its_price_is_confirmed_and_can_be_undone(board):
    board.press(pygame.K_g)
    board.press(pygame.K_x)
    wait(board)
    view(board, CONTRACTS)
    contracts = board.screen.orders.diplomacy.contracts
    row = next(r for r in contracts.rows if contracts.own(r) and "AUS" in r.contract.parties and r.contract.escrow)
    contracts.choose(row.key)
    terms = {term.name: term.figure for term in board.find("break contract").tip.terms}
    assert terms["Escrow lost"] == "$0.1 bn"
    assert "Trust in you, Australia" in terms
    board.click("break contract")
    (modal,) = board.app.modals
    assert board.queue == []
    next(w for w in modal.root.walk() if getattr(w, "text", "") == "Break it").press()
    assert board.queue == [Break(row.contract.number)]
    board.app.step(wait=False)
    board.press(pygame.K_z)
    assert board.queue == []


def test_contracts_of_the_player_come_first_with_what_was_kept(board):
    view(board, CONTRACTS)
    contracts = board.screen.orders.diplomacy.contracts
    own = [contracts.own(row) for row in contracts.rows]
    assert own == sorted(own, reverse=True)
    assert any(own)
    assert board.find("contracts current").face.figure.endswith("%")


# --- blocs


def test_a_motion_is_moved_shown_and_taken_back(board):
    view(board, BLOCS)
    form = board.screen.orders.diplomacy.views[BLOCS].form
    assert form.inside
    form.act, form.subject = "charter", 0
    board.screen.orders.redraw()
    board.find("motion strength").set_value(0.9)
    board.press(pygame.K_g)
    (words,) = board.match.words("JPN")
    assert isinstance(words, Motion)
    assert words.strength == pytest.approx(0.9)
    assert "motion JPN" in board.names()
    board.click("take motion back")
    assert board.match.words("JPN") == ()


def test_a_member_votes_on_the_motion_of_another(board):
    bloc = board.match.scenario.blocs[board.match.scenario.race.bloc][0]
    board.match.hand_over("KOR", HUMAN)
    assert board.match.give("KOR", Motion(bloc, "charter", term="dues", strength=0.9)).accepted
    board.play.changed()
    view(board, BLOCS)
    board.click("vote KOR for")
    assert board.match.words("JPN") == (Vote("KOR", True),)
    board.click("vote KOR against")
    assert board.match.words("JPN") == (Vote("KOR", False),)
    board.click("vote KOR against")
    assert board.match.words("JPN") == ()


# --- relations


def test_a_row_of_the_relations_shows_the_place_on_the_map_and_leads_to_a_proposal(board):
    view(board, RELATIONS)
    relations = board.screen.orders.diplomacy.views[RELATIONS]
    relations._choose(relations.codes.index("IND"))
    assert board.play.selected == "IND"
    board.click("propose to")
    assert deal(board).draft.partner == "IND"


# --- how it looks


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_of_the_tab_leaves_its_box(board, size, scale):
    board.resize(size, scale)
    for number in (TALKS, CONTRACTS, BLOCS, RELATIONS):
        view(board, number)
        assert board.overflows(areas(board.app.layout).orders) == []


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_of_a_full_deal_leaves_its_box(board, size, scale):
    board.play.negotiate(Draft("KOR"))
    screen = deal(board)
    kinds = (("supply", True), ("visa", True), ("licence", False), ("no_reexport", False), ("money", True))
    screen.draft.parts += [screen.choices.first(kind, mine) for kind, mine in kinds]
    board.resize(size, scale)
    for chosen in (-1, 0, 2):
        screen.draft.chosen = chosen
        screen.refresh()
        assert board.overflows(pygame.Rect(0, 0, board.app.layout.width, board.app.layout.height)) == []
