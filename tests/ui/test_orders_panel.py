"""The orders panel: what it offers, how orders are given by mouse and by keyboard alone, and the queue."""

import pygame
import pytest

from game.core import orders as kinds
from game.core.names import GOODS
from game.rules import law
from game.ui.kit.text import ELLIPSIS
from game.ui.main.context import areas
from game.ui.main.controls_draft import MEASURES
from game.ui.main.invest_need import Need
from game.ui.main.invest_offers import ABROAD, GROUPS, first_things, round_step
from tests.ui.board import SIZES


def invest(board):
    return board.screen.orders.tabs[0]


def controls(board):
    return board.screen.orders.tabs[2]


def offers(board):
    return {offer.key: offer for group in invest(board).groups for offer in invest(board).offers_of(group)}


def words_of(board, name):
    """What a text of several runs says."""
    return "".join(span.text for span in board.find(name).spans)


# --- invest


def test_every_plant_with_room_at_home_is_on_offer(board):
    place, rows = board.play.place, board.match.model.book.outlook(board.match.world)
    s = board.match.scenario
    lines = {f"line {s.lines.axis.names[f]}" for f in range(len(s.lines.axis))
             if s.lines.place[f] == place and rows.line_room[f, 0] > 1e-6}  # fmt: skip
    suppliers = {f"supplier {s.suppliers.axis.names[i]}" for i in range(len(s.suppliers.axis))
                 if s.suppliers.place[i] == place and rows.supplier_room[i, 0] > 1e-9}  # fmt: skip
    assert lines
    assert suppliers
    assert (lines | suppliers) <= set(offers(board))


def test_a_plant_without_room_is_not_on_offer(board):
    assert "line jasm_kumamoto_2" not in offers(board)
    assert "supplier mitsubishi_poly" not in offers(board)


@pytest.mark.parametrize("seat", ["JPN", "USA", "CHN", "BRA"])
def test_what_an_offer_first_asks_for_is_possible_or_says_why_not(board_at, seat):
    board = board_at(seat)
    refused = {}
    for key, offer in offers(board).items():
        value = offer.dose.numbers.nearest(offer.dose.start) if offer.dose else 0.0
        option = offer.options[0][0] if offer.options else ""
        reason = board.match.test(seat, offer.order(value, option)).reason
        if reason:
            refused[key] = reason
    assert all("licence" in reason or "costs" in reason for reason in refused.values()), refused


def test_the_effect_of_a_subsidy_is_what_the_rules_then_build(board):
    assert invest(board).show("line rapidus_chitose")
    invest(board).detail._set_amount(1.0)
    said = "".join(span.text for span in invest(board).detail._text.spans)
    board.click("give order")
    before = board.match.world
    f = board.match.scenario.lines.axis.at("rapidus_chitose")
    board.match.end_quarter()
    built = float(board.match.world.lines.building[f, 0] - before.lines.building[f, 0])
    assert built == pytest.approx(float(said.split("+")[1].split(" ")[0]), rel=0.02)


def test_a_bid_shows_what_the_firm_wishes_for_and_whether_it_leads(board):
    board.match.give("JPN", kinds.Subsidise("jasm_kumamoto_3", 0.2))
    board.match.end_quarter()
    invest(board).renew()
    offer = offers(board)["line jasm_kumamoto_3"]
    assert offer.sub == "Tender, 1 rival"
    assert offer.under == "wished for"
    figures = {term.name: term.figure for term in offer.terms}
    assert figures["Its firm asks for"] == "3.5%"
    assert "Rival: Magdeburg site, given up by Intel" in figures
    assert figures["Bids so far"] == "$0.2 bn"
    for amount, said in ((0.05, "Behind"), (7.0, "Leads")):
        assert "".join(span.text for span in offer.effect(offer.order(amount, ""))).startswith(said)
    assert "fast jasm_kumamoto_3" in offers(board)


def test_a_fab_that_would_not_pay_is_on_offer_with_the_reason(board):
    offer = offers(board)["line rapidus_iim2"]
    assert offer.idle is not None
    assert "Rapidus would give it back" in offer.idle(offer.order(1.0, ""))


def test_public_works_are_offered_where_a_site_is_crowded(board_at):
    board = board_at("CHN")
    offer = next(offer for key, offer in offers(board).items() if key.startswith("relieve "))
    said = "".join(span.text for span in offer.effect(offer.order(0.0, "")))
    fast, slow = (float(word) for word in said.replace(",", "").rstrip(".").split() if word[0].isdigit())
    assert fast < slow
    assert board.match.test("CHN", offer.order(0.0, "")).accepted


def test_a_slider_asks_for_no_more_than_the_seat_can_pay(board):
    left = board.match.left("JPN")[0]
    for offer in offers(board).values():
        if offer.group != "Stocks" and offer.dose:
            value = offer.dose.numbers.high
            assert board.match.cost("JPN", offer.order(value, ""))[0] <= left + 1e-6, offer.key


def test_most_pressing_holds_few_of_a_kind_and_one_abroad(board):
    first = first_things(list(offers(board).values()))
    assert 4 <= len(first) <= 9
    assert sum(offer.group == ABROAD for offer in first) <= 1
    assert max(sum(offer.group == group for offer in first) for group in GROUPS) <= 3


def test_a_binding_gate_presses_more_than_one_far_from_binding(board_at):
    board = board_at(quarters=3)
    need = Need(board.play)
    gates = board.match.world.standing.cover[:, board.play.place, 0]
    assert need.own_gate < len(gates)
    names = ("silicon_wafers", "lithography", "process_materials", "minerals", "logic_capacity", "hbm", "packaging",
             "power", "engineers")  # fmt: skip
    loosest = max(range(len(gates)), key=lambda k: gates[k])
    assert need.gate(names[need.own_gate]) > need.gate(names[loosest])


def test_only_goods_that_a_national_stock_may_hold_are_stocked(board):
    stocks = {key.removeprefix("stock ") for key in offers(board) if key.startswith("stock ")}
    assert stocks == set(law.STOCKABLE)


def test_a_refused_order_shows_its_reason_and_blocks_the_button(board):
    while board.match.left("JPN")[1] >= 1:
        assert board.play.give(kinds.BuildPower("grid", 0.02))
    assert invest(board).show("supplier tokuyama")
    shown = "".join(span.text for span in invest(board).detail._text.spans)
    assert "political capital" in shown
    assert "political capital" in board.find("give order").tip.blocked
    given = len(board.queue)
    board.click("give order")
    assert len(board.queue) == given


def test_steps_of_sliders_are_round():
    assert [round_step(span) for span in (40, 18, 0.1, 3)] == [1, 0.5, 0.005, 0.1]


# --- research and dials


def test_a_share_as_it_stands_cannot_be_ordered_and_another_can(board):
    board.press(pygame.K_r)
    assert "stands" in board.find("give order").tip.blocked
    board.screen.orders.tabs[1].detail._set_amount(0.3)
    board.press(pygame.K_g)
    assert board.queue == [kinds.ResearchShare("separation", 0.3)]


def test_a_second_dial_in_a_quarter_is_blocked_with_the_reason(board):
    board.play.give(kinds.Dial("universities", 0.5))
    board.press(pygame.K_r)
    board.screen.orders.tabs[1].detail._set_amount(0.3)
    assert "one standing dial" in board.find("give order").tip.blocked.casefold()


def test_a_dial_says_what_it_adds_and_costs(board):
    tab = board.screen.orders.tabs[1]
    board.press(pygame.K_r)
    tab._choose_section(2)
    tab.list.choose("dial universities")
    tab.detail._set_amount(0.8)
    said = "".join(span.text for span in tab.detail._text.spans)
    assert "engineers" in said
    assert "more a quarter" in said


# --- controls


def test_classes_that_the_law_closes_are_blocked_with_the_reason(board):
    board.press(pygame.K_c)
    assert "at least 5%" in board.find("class cloud").tip.blocked
    assert not board.find("class minerals").tip.blocked


def test_a_control_is_given_as_the_form_says(board):
    board.press(pygame.K_c)
    board.click("class magnets")
    controls(board)._set("good", "resist")
    controls(board)._set("target", "CHN")
    controls(board)._set("level", 2)
    board.click("give order")
    assert board.queue == [kinds.ExportControl("magnets", "CHN", "licence", "resist")]


def test_a_ban_shows_whom_it_touches_and_who_would_fill_the_gap(board_at):
    board = board_at("CHN", 1)
    board.press(pygame.K_c)
    controls(board)._set("good", "gallium")
    assert board.find("effect Your share of the world").text.endswith("gallium")
    assert "%" in board.find("effect It would touch").text
    assert board.find("effect It pays others").text
    assert "a step up" in words_of(board, "control cost")


def test_what_a_control_takes_is_said_whole_beside_its_button(board):
    board.press(pygame.K_c)
    board.click("class magnets")
    controls(board)._set("target", "CHN")
    controls(board)._set("level", 5)
    assert words_of(board, "control cost") == "2 capital, a step up"
    assert board.overflows(board.find("control cost").rect) == []


def test_the_condition_of_a_purchase_of_compute_is_not_cut(board):
    invest(board).group = "Compute"
    board.play.changed()
    effect = words_of(board, "detail effect")
    assert "if supply and power allow" in effect
    assert ELLIPSIS not in effect


def test_no_first_sentence_of_what_an_order_does_is_cut(board):
    cut = []
    for group in invest(board).groups:
        for offer in invest(board).offers_of(group):
            invest(board).group = group
            invest(board).list.show(group, offer.key)
            if words_of(board, "detail effect").endswith(ELLIPSIS):
                cut.append(offer.title)
    assert cut == []


def test_nothing_above_the_queue_moves_as_orders_are_given(board):
    board.press(pygame.K_c)
    before = board.find("give order").rect
    for thousands in (0.1, 0.2, 0.3):
        board.play.give(kinds.Visa(thousands))
        assert board.find("give order").rect == before
    assert len(board.queue) == 3


def test_own_controls_can_be_lifted_from_the_list(board):
    rows = [row for row in range(9) if f"lift {row}" in board.names()]
    assert rows == []
    board.press(pygame.K_c)
    lifts = [name for name in board.names() if name.startswith("lift ") and board.find(name).text == "Lift"]
    board.click(lifts[0])
    assert len(board.queue) == 1
    assert board.queue[0].level == "open"


@pytest.mark.parametrize("seat", ["USA", "BRA"])
def test_every_measure_shows_a_form_and_an_order_or_why_there_is_none(board_at, seat):
    board = board_at(seat)
    board.press(pygame.K_c)
    for measure in range(len(MEASURES)):
        controls(board)._set("measure", measure)
        order = controls(board).draft.order()
        reason = board.match.test(seat, order).reason if order else "nothing to order here."
        tip = board.find("give order").tip
        assert (tip.blocked if tip else "").casefold() == reason.casefold()


# --- queue, capital, end of the quarter


def test_queued_orders_can_be_taken_back_one_by_one(board):
    board.play.give(kinds.Visa(1.0))
    board.play.give(kinds.Subsidise("tokuyama", 0.1))
    board.click("remove 0")
    assert board.queue == [kinds.Subsidise("tokuyama", 0.1)]


def test_undo_and_redo_by_mouse(board):
    board.play.give(kinds.Visa(1.0))
    board.click("undo")
    assert board.queue == []
    board.click("redo")
    assert board.queue == [kinds.Visa(1.0)]


def test_pips_show_what_capital_is_left(board):
    before = board.find("capital").left
    board.play.give(kinds.Visa(1.0))
    assert board.find("capital").left == before - 1


def test_the_end_button_ends_the_quarter(board):
    ended = []
    board.play.on_end_quarter = lambda: ended.append(True)
    board.click("end quarter")
    assert ended == [True]


# --- keyboard and room


def test_an_order_is_given_by_keyboard_alone(board):
    board.press(pygame.K_i)
    assert board.focus == "tabs"
    board.press(pygame.K_TAB, pygame.K_TAB)
    assert board.focus == "offers current"
    first = invest(board).list.current["Most pressing"]
    board.press(pygame.K_DOWN)
    assert board.focus == "offers current"
    assert invest(board).list.current["Most pressing"] != first
    board.press(pygame.K_RETURN)
    assert board.focus in ("detail amount", "detail option", "give order")
    board.press(pygame.K_g)
    assert len(board.queue) == 1


def test_tab_visits_one_row_of_a_list(board):
    board.press(pygame.K_i)
    tab = invest(board)
    tab._choose_group(len(tab.groups) - 1)
    assert len(tab.offers_of(tab.groups[-1])) > 30
    assert len([widget for widget in board.screen.focusables() if widget.name.startswith("offers ")]) == 1


def test_a_click_on_a_card_shows_its_detail(board):
    cards = [widget for widget in board.screen.root.walk() if widget.name.startswith("offers ")]
    second = next(card for card in cards if not card.name.endswith("current"))
    board.click_at(second.rect.center)
    assert invest(board).detail.offer.key == second.name.removeprefix("offers ")


@pytest.mark.parametrize(
    ("seat", "size", "scale"), [("USA", *SIZES[0]), *(("JPN", *shown) for shown in (SIZES[0], SIZES[-1]))]
)
def test_no_text_of_the_orders_leaves_its_box(board_at, seat, size, scale):
    board = board_at(seat, 2)
    board.resize(size, scale)
    room = areas(board.app.layout).orders
    for tab in range(3):
        board.screen.orders._choose_tab(tab)
        assert board.overflows(room) == []
    for group in range(len(invest(board).groups)):
        board.screen.orders._choose_tab(0)
        invest(board)._choose_group(group)
        assert board.overflows(room) == []


def test_goods_stand_in_the_law_by_the_names_the_form_offers(board):
    board.press(pygame.K_c)
    tab = controls(board)
    for k in range(5):
        for good, _ in tab.rules.good_options(0, k):
            assert good is None or GOODS.at(good) in tab.rules.goods(k)
