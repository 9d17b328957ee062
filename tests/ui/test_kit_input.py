"""Everything can be done by keyboard, and the mouse does the same."""

import pygame
import pytest

from game.ui.kit import Answer, Message, Slider, Table, plain
from game.ui.kit.choice import Dropdown
from game.ui.theme import layout_for


def key(code, unicode="", mod=0):
    return pygame.event.Event(pygame.KEYDOWN, key=code, unicode=unicode, mod=mod)


def move(pos):
    return pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0))


def click(layer, pos):
    layer.handle(move(pos))
    layer.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1))
    layer.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=pos, button=1))


def test_tab_visits_every_focusable_once_and_comes_round(gallery):
    expected = [widget.name for widget in gallery.focusables()]
    visited = []
    for _ in expected:
        gallery.handle(key(pygame.K_TAB))
        visited.append(gallery.focus.name)
    assert visited == expected
    gallery.handle(key(pygame.K_TAB))
    assert gallery.focus.name == expected[0]


def test_shift_tab_goes_back(gallery):
    gallery.handle(key(pygame.K_TAB))
    gallery.handle(key(pygame.K_TAB, mod=pygame.KMOD_SHIFT))
    assert gallery.focus is gallery.focusables()[-1]


def test_every_widget_a_mouse_can_use_takes_the_keyboard_too(gallery):
    names = {widget.name for widget in gallery.focusables()}
    assert {
        "search",
        "filter",
        "Reduce motion",
        "Quarters",
        "Continue",
        "What if",
        "table rows",
        "news 0",
        "tabs",
        "Gallium recovery plant",
        "Public money",
        "lens",
        "Give order",
        "settings",
        "End quarter",
    } <= names


@pytest.mark.parametrize("code", [pygame.K_SPACE, pygame.K_RETURN, pygame.K_KP_ENTER])
@pytest.mark.parametrize(("name", "said"), [("End quarter", "end"), ("Silicon Visa intake", "Silicon Visa intake")])
def test_space_and_enter_activate_buttons_and_cards(gallery, code, name, said):
    gallery.set_focus(gallery.find(name))
    gallery.handle(key(code, " "))
    assert gallery.log == [(said,)]


def test_a_click_presses_and_a_release_elsewhere_does_not(gallery):
    button = gallery.find("Give order")
    click(gallery, button.rect.center)
    assert gallery.log == [("order",)]
    gallery.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=button.rect.center, button=1))
    gallery.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(2, 2), button=1))
    assert gallery.log == [("order",)]


def test_a_blocked_button_explains_itself_and_does_nothing(gallery):
    gallery.set_focus(gallery.find("Blocked"))
    gallery.handle(key(pygame.K_RETURN))
    assert gallery.log == []
    assert gallery.tips.pinned
    assert "political capital" in gallery.tips.boxes[0].tip.blocked


def test_arrows_page_and_ends_move_a_slider(gallery):
    slider = gallery.find("Output promised to allies")
    assert isinstance(slider, Slider)
    gallery.set_focus(slider)
    for code, value in (
        (pygame.K_RIGHT, 45),
        (pygame.K_LEFT, 40),
        (pygame.K_PAGEUP, 50),
        (pygame.K_HOME, 0),
        (pygame.K_LEFT, 0),
        (pygame.K_END, 100),
    ):
        gallery.handle(key(code))
        assert slider.value == value


def test_dragging_a_slider_to_its_ends_reaches_both(gallery):
    slider = gallery.find("Public money")
    y = slider.rect.bottom - 10
    gallery.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=slider.rect.center, button=1))
    gallery.handle(move((slider.rect.right + 300, y)))
    assert slider.value == pytest.approx(6.0)
    gallery.handle(move((0, y)))
    assert slider.value == 0.0
    gallery.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(0, y), button=1))
    gallery.handle(move((slider.rect.right, y)))
    assert slider.value == 0.0


def test_a_stepper_stops_at_its_ends(gallery):
    stepper = gallery.find("Quarters")
    gallery.set_focus(stepper)
    for _ in range(20):
        gallery.handle(key(pygame.K_UP))
    assert stepper.value == 12


def test_a_dropdown_is_opened_moved_and_chosen_by_keyboard(gallery):
    dropdown = gallery.find("filter")
    assert isinstance(dropdown, Dropdown)
    gallery.set_focus(dropdown)
    gallery.handle(key(pygame.K_SPACE, " "))
    assert dropdown.opened
    gallery.handle(key(pygame.K_DOWN))
    gallery.handle(key(pygame.K_DOWN))
    gallery.handle(key(pygame.K_RETURN))
    assert gallery.log == [("filter", 2)]
    assert not dropdown.opened
    gallery.handle(key(pygame.K_DOWN))
    gallery.handle(key(pygame.K_f, "f"))
    gallery.handle(key(pygame.K_ESCAPE))
    assert not dropdown.opened
    assert dropdown.chosen == 2


def test_a_click_beside_an_open_list_only_closes_it(gallery):
    click(gallery, gallery.find("filter").rect.center)
    click(gallery, gallery.find("End quarter").rect.center)
    assert gallery.popup is None
    assert gallery.log == []


def test_arrows_choose_tabs(gallery):
    gallery.set_focus(gallery.find("tabs"))
    gallery.handle(key(pygame.K_RIGHT))
    gallery.handle(key(pygame.K_END))
    assert gallery.log == [("tab", 1), ("tab", 3)]


def test_a_checkbox_toggles_by_key_and_click(gallery):
    box = gallery.find("Reduce motion")
    gallery.set_focus(box)
    gallery.handle(key(pygame.K_SPACE, " "))
    click(gallery, box.rect.center)
    assert gallery.log == [("motion", True), ("motion", False)]


def test_typing_editing_and_entering_text(gallery):
    field = gallery.find("search")
    gallery.set_focus(field)
    for letter in "galt":
        gallery.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter))
    gallery.handle(key(pygame.K_BACKSPACE))
    gallery.handle(key(pygame.K_HOME))
    gallery.handle(key(pygame.K_DELETE))
    gallery.handle(key(pygame.K_RETURN))
    assert field.text == "al"
    assert gallery.log[-1] == ("entered", "al")


def test_letters_typed_into_a_field_are_no_shortcuts(gallery):
    gallery.set_focus(gallery.find("search"))
    assert gallery.handle(key(pygame.K_t, "t"))
    assert gallery.handle(key(pygame.K_SLASH, "?"))
    assert not gallery.tips.boxes


def test_the_wheel_scrolls_what_is_under_the_pointer_and_stops_at_the_end(gallery_at):
    gallery = gallery_at((1280, 720))
    view = gallery.find("cards")
    gallery.handle(move(view.rect.center))
    for _ in range(50):
        gallery.handle(pygame.event.Event(pygame.MOUSEWHEEL, y=-1, x=0))
    assert view.offset == view.furthest > 0
    assert gallery.find("news").offset == 0


def test_focus_scrolls_a_card_into_view(gallery_at):
    gallery = gallery_at((1280, 720))
    card = gallery.find("Match export rules")
    view = gallery.find("cards")
    assert card.rect.bottom > view.rect.bottom
    gallery.set_focus(card)
    assert view.rect.contains(card.rect)


def test_dragging_the_bar_scrolls(gallery_at):
    gallery = gallery_at((1280, 720))
    view = gallery.find("cards")
    gallery.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(view.rect.right - 4, view.rect.y + 5), button=1))
    gallery.handle(move((view.rect.right - 4, view.rect.bottom)))
    assert view.offset == view.furthest


def test_what_is_scrolled_out_of_view_takes_no_clicks(gallery_at):
    gallery = gallery_at((1280, 720))
    gallery.find("cards").scroll_to(9999)
    card = gallery.find("Gallium recovery plant")
    click(gallery, card.rect.center)
    assert ("Gallium recovery plant",) not in gallery.log


def test_a_title_sorts_the_table_and_again_reverses(gallery):
    table = gallery.find("table")
    assert isinstance(table, Table)
    gallery.set_focus(gallery.find("table sort Place"))
    gallery.handle(key(pygame.K_RETURN))
    first = [table.rows[row][0].text for row in table.order]
    assert first == sorted(first)
    gallery.handle(key(pygame.K_SPACE, " "))
    assert [table.rows[row][0].text for row in table.order] == first[::-1]


def test_figures_sort_as_numbers_and_rows_report_their_place_in_the_data(gallery):
    click(gallery, gallery.find("table sort Yield").rect.center)
    gallery.set_focus(gallery.find("table rows"))
    gallery.handle(key(pygame.K_RETURN))
    assert gallery.log == [("row", 9)]


def test_arrows_read_off_a_chart(gallery):
    chart = gallery.find("What if")
    gallery.set_focus(chart)
    gallery.handle(key(pygame.K_HOME))
    gallery.handle(key(pygame.K_RIGHT))
    assert chart.reading == 1
    gallery.handle(key(pygame.K_t, "t"))
    assert [term.figure for term in gallery.tips.boxes[0].tip.terms] == ["2.0 q", "2.0 q"]


def test_a_tooltip_opens_after_a_rest_and_nests_when_pinned(gallery):
    meter = gallery.find("meter Gallium")
    gallery.handle(move(meter.rect.center))
    gallery.update(300)
    assert not gallery.tips.boxes
    gallery.update(60)
    assert gallery.tips.boxes[0].tip.title == "Gallium cover"
    gallery.handle(key(pygame.K_t, "t"))
    gallery.handle(key(pygame.K_TAB))
    gallery.handle(key(pygame.K_RETURN))
    assert [box.tip.title for box in gallery.tips.boxes] == ["Gallium cover", "Grid islanding"]
    gallery.handle(key(pygame.K_ESCAPE))
    gallery.handle(key(pygame.K_ESCAPE))
    assert gallery.tips.boxes == []


def test_a_run_in_a_pinned_tooltip_opens_by_resting_on_it(gallery):
    meter = gallery.find("meter Gallium")
    gallery.tips.pin(meter.tip, meter.rect)
    link, _ = gallery.tips.boxes[0].links[0]
    gallery.handle(move(link.center))
    gallery.update(400)
    assert len(gallery.tips.boxes) == 2


def test_an_unpinned_tooltip_closes_when_the_pointer_leaves(gallery):
    gallery.handle(move(gallery.find("meter Gallium").rect.center))
    gallery.update(400)
    gallery.handle(move((3, 3)))
    assert gallery.tips.boxes == []


def test_a_modal_keeps_the_focus_and_answers_once(kit_at):
    answers = []
    modal = Message(
        "Sure?",
        plain("This cannot be undone."),
        [
            Answer("Keep", lambda: answers.append("keep")),
            Answer("Drop", lambda: answers.append("drop"), "primary"),
        ],
        on_close=lambda: answers.append("closed"),
    )
    modal.rebuild(kit_at(), layout_for(1280, 720, 1.0))
    assert modal.focus is modal.find("Keep")
    seen = set()
    for _ in range(6):
        modal.handle(key(pygame.K_TAB))
        seen.add(modal.focus.name)
    assert seen == {"Keep", "Drop"}
    modal.set_focus(modal.find("Drop"))
    modal.handle(key(pygame.K_RETURN))
    modal.handle(key(pygame.K_ESCAPE))
    assert answers == ["closed", "drop"]


def test_the_focus_survives_a_rebuild(gallery_at):
    gallery = gallery_at()
    gallery.set_focus(gallery.find("Public money"))
    gallery.refresh()
    assert gallery.focus is gallery.find("Public money")


def test_the_focus_ring_is_drawn_for_the_keyboard_and_not_for_the_mouse(gallery):
    surface = pygame.Surface((1600, 900))
    button = gallery.find("Walk away")
    spot = (button.rect.centerx, button.rect.y - 1)
    gallery.set_focus(button)
    gallery.draw(surface)
    assert surface.get_at(spot)[:3] == (0xF5, 0xD3, 0x6B)
    click(gallery, button.rect.center)
    gallery.draw(surface)
    assert surface.get_at(spot)[:3] != (0xF5, 0xD3, 0x6B)


def test_nothing_to_click_is_lower_than_26_pixels(gallery):
    assert [widget.name for widget in gallery.focusables() if widget.rect.h < 26] == []


def test_shift_t_explains_one_figure_after_another_without_the_mouse(gallery):
    titles = []
    for _ in range(3):
        assert gallery.handle(key(pygame.K_t, "T", pygame.KMOD_SHIFT))
        assert gallery.tips.pinned
        titles.append(gallery.tips.boxes[0].rect.topleft)
    assert len(set(titles)) == 3


def test_runs_of_a_text_are_explained_by_keyboard(gallery):
    gallery.set_focus(gallery.find("news 0"))
    gallery.handle(key(pygame.K_t, "t"))
    assert gallery.tips.boxes[0].tip.title == "Netherlands"


def test_a_card_whose_choice_rebuilds_the_screen_keeps_no_hold_on_the_pointer(gallery):
    gallery._say = lambda _: lambda *_: gallery.refresh()
    gallery.refresh()
    card = gallery.find("SMR for Hokkaido")
    gallery.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=card.rect.center, button=1))
    assert gallery.find("SMR for Hokkaido") is not card
    assert gallery.capture is None
    assert gallery.focus is gallery.find("SMR for Hokkaido")
