"""No text leaves its box, and wrapping keeps every word."""

import pygame
import pytest

from game.ui import theme
from game.ui.kit import KeyList, Label, Message, Screen, Span, plain
from game.ui.kit.text import overflow_recorder
from game.ui.theme import layout_for

SIZES = [
    ((1280, 720), 1.0),
    ((1600, 900), 1.0),
    ((1920, 1080), 1.5),
    ((2560, 1440), 2.0),
    ((2560, 1440), 1.5),
]


@pytest.mark.parametrize(("size", "scale"), SIZES)
@pytest.mark.parametrize("codes", [False, True])
def test_no_text_of_the_gallery_leaves_its_panel(gallery_at, size, scale, codes):
    gallery = gallery_at(size, scale, country_codes=codes)
    with overflow_recorder.watch() as recorder:
        gallery.draw(pygame.Surface(size))
    assert len(recorder.drawn) > 120
    assert recorder.overflows() == []


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_text_of_an_open_tooltip_leaves_it(gallery_at, size, scale):
    gallery = gallery_at(size, scale)
    meter = gallery.find("meter Gallium")
    gallery.tips.pin(meter.tip, meter.rect)
    with overflow_recorder.watch() as recorder:
        gallery.draw(pygame.Surface(size))
    assert any(text == "Gallium cover" for text, _, _ in recorder.drawn)
    assert recorder.overflows() == []


@pytest.mark.parametrize("length", [1, 40])
def test_no_text_of_a_message_leaves_it_however_long(kit_at, length):
    message = Message("Beijing licences germanium", plain("All exports now need a permit. " * length, "reading"))
    message.rebuild(kit_at(1.5), layout_for(1920, 1080, 1.5))
    with overflow_recorder.watch() as recorder:
        message.draw(pygame.Surface((1920, 1080)))
    assert recorder.overflows() == []


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_text_of_the_key_list_leaves_it(kit_at, size, scale):
    keys = [("Space or Enter", "Press what has the focus, " * 4), ("F12", "Save a picture")] * 9
    key_list = KeyList([("Everywhere", keys)])
    key_list.rebuild(kit_at(scale), layout_for(*size, scale))
    with overflow_recorder.watch() as recorder:
        key_list.draw(pygame.Surface(size))
    assert recorder.overflows() == []


def test_the_recorder_finds_text_that_does_not_fit(kit_at):
    screen = Screen()
    screen.rebuild(kit_at(), layout_for(1280, 720, 1.0))
    screen.add(Label(pygame.Rect(10, 10, 40, 20), "far too long for forty pixels"))
    with overflow_recorder.watch() as recorder:
        screen.draw(pygame.Surface((1280, 720)))
    assert [overflow.text for overflow in recorder.overflows()] == ["far too long for forty pixels"]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_wrapped_lines_are_no_wider_than_asked_and_keep_every_word(kit_at, scale):
    text = kit_at(scale).text
    words = "Gallium recovery plants draw on zinc residue whose supply nobody has measured since 2019"
    spans = (Span(words[:40]), Span(words[40:], "body_bold", theme.PRC))
    lines = text.wrapped(spans, 120)
    assert all(sum(part.width for part in line.fragments) <= 120 + 1 / scale for line in lines)
    together = " ".join("".join(part.text for part in line.fragments).strip() for line in lines)
    assert " ".join(together.split()) == words


def test_a_word_longer_than_the_line_is_cut_and_not_lost(kit_at):
    text = kit_at().text
    lines = text.wrapped(plain("Donaudampfschifffahrtsgesellschaft"), 60)
    assert len(lines) > 1
    assert "".join(part.text for line in lines for part in line.fragments) == "Donaudampfschifffahrtsgesellschaft"


def test_a_shortened_text_fits_and_says_that_it_was_cut(kit_at):
    text = kit_at().text
    cut = text.shortened("Renesas, Kioxia and Sony", "secondary", 90)
    assert cut.endswith("…")
    assert text.width(cut, "secondary") <= 90


def test_no_font_is_drawn_below_twelve_pixels(kit_at):
    assert all(role.size >= 12 for role in theme.TYPE.values())
