"""The application: screens, modals, background work, resizing, idle frames and the settings file."""

import threading
import time
from dataclasses import replace

import pygame
import pytest

from game.ui.app import App, screenshot
from game.ui.kit import Message, Screen, plain
from game.ui.kit.window import Window
from game.ui.picture import draw_screen
from game.ui.settings import Settings, load_settings, store_settings


@pytest.fixture
def app(assets_folder, tmp_path):
    app = App(assets_folder, tmp_path / "settings.json", size=(1600, 900))
    app.settings = Settings(reduced_motion=True, text_scale=1.0)
    app.change_settings(app.settings)
    yield app
    app.close()


def settle(app):
    for _ in range(3):
        app.step(wait=False)


def post(code, unicode="", mod=0):
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, unicode=unicode, mod=mod))


def post_click(app, name):
    """Move to a widget, press and release, each event taken in a frame of its own as from a real mouse."""
    pos = app.screen.find(name).rect.center
    for kind, more in (
        (pygame.MOUSEMOTION, {"rel": (0, 0), "buttons": (0, 0, 0)}),
        (pygame.MOUSEBUTTONDOWN, {"button": 1}),
        (pygame.MOUSEBUTTONUP, {"button": 1}),
    ):
        pygame.event.post(pygame.event.Event(kind, pos=pos, **more))
        app.step(wait=False)


@pytest.mark.parametrize("closing", [pygame.K_ESCAPE, pygame.K_TAB, pygame.K_RETURN])
def test_a_list_opened_by_mouse_and_closed_by_a_key_takes_no_later_click(app, new_gallery, closing):
    gallery = new_gallery()
    app.push(gallery)
    settle(app)
    post_click(app, "filter")
    assert gallery.find("filter").opened
    post(closing)
    settle(app)
    assert gallery.popup is None
    post_click(app, "End quarter")
    assert gallery.popup is None
    assert gallery.log == [("end",)]
    assert app.screen is gallery


def test_a_press_whose_release_a_modal_took_holds_no_later_click(app, new_gallery):
    gallery = new_gallery()
    app.push(gallery)
    settle(app)
    pos = gallery.find("Give order").rect.center
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1))
    settle(app)
    app.open_modal(Message("News", plain("It arrived while a button was held.")))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=pos, button=1))
    post(pygame.K_ESCAPE)
    settle(app)
    assert not app.modals
    post_click(app, "End quarter")
    assert gallery.log == [("end",)]


def test_an_idle_screen_under_reduced_motion_draws_no_frame(app, new_gallery):
    app.push(new_gallery())
    settle(app)
    before = app.frames_drawn
    assert before > 0
    for _ in range(30):
        app.step(wait=False)
    assert app.frames_drawn == before


def test_a_focused_text_field_does_not_blink_under_reduced_motion(app, new_gallery):
    gallery = new_gallery()
    app.push(gallery)
    gallery.set_focus(gallery.find("search"))
    settle(app)
    before = app.frames_drawn
    app.update(2000)
    app.step(wait=False)
    assert app.frames_drawn == before


def test_a_key_draws_again(app, new_gallery):
    app.push(new_gallery())
    settle(app)
    before = app.frames_drawn
    post(pygame.K_TAB)
    app.step(wait=False)
    assert app.frames_drawn == before + 1


def test_a_moving_screen_draws_every_frame_unless_motion_is_reduced(app, new_gallery):
    class Moving(Screen):
        animating = True

    app.push(Moving())
    settle(app)
    before = app.frames_drawn
    app.step(wait=False)
    assert app.frames_drawn == before
    app.change_settings(replace(app.settings, reduced_motion=False))
    app.step(wait=False)
    app.step(wait=False)
    assert app.frames_drawn == before + 2


def test_escape_goes_back_and_the_last_screen_stays(app, new_gallery):
    first, second = new_gallery(), new_gallery()
    app.push(first)
    app.push(second)
    post(pygame.K_ESCAPE)
    settle(app)
    assert app.screens == [first]
    post(pygame.K_ESCAPE)
    settle(app)
    assert app.screens == [first]


def test_a_question_mark_lists_the_keys_and_escape_closes_the_list(app, new_gallery):
    app.push(new_gallery())
    post(pygame.K_SLASH, "?", pygame.KMOD_SHIFT)
    settle(app)
    assert [modal.title for modal in app.modals] == ["Keys"]
    assert ("G", "Do nothing") in app.modals[0].groups[0][1]
    post(pygame.K_ESCAPE)
    settle(app)
    assert app.modals == []


def test_a_modal_keeps_keys_and_clicks_from_the_screen(app, new_gallery):
    gallery = new_gallery()
    app.push(gallery)
    app.open_modal(Message("Note", plain("Read this.")))
    spot = gallery.find("End quarter").rect.center
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=spot, button=1))
    post(pygame.K_TAB)
    settle(app)
    assert gallery.log == []
    assert gallery.focus is None


def wait_for(app, condition):
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        app.step(wait=False)
        time.sleep(0.005)
    assert condition()


def test_background_work_reports_in_the_thread_that_draws(app, new_gallery):
    app.push(new_gallery())
    seen = []
    app.run_in_background(threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())))
    wait_for(app, lambda: bool(seen))
    worker, caller = seen[0]
    assert caller == threading.get_ident() != worker


def test_an_exception_in_the_background_becomes_a_modal(app, new_gallery, capsys):
    app.push(new_gallery())

    def fail() -> None:
        raise ValueError("the forecast has no worlds")

    app.run_in_background(fail, lambda _: None)
    wait_for(app, lambda: bool(app.modals))
    shown = "".join(span.text for span in app.modals[0].spans)
    assert "ValueError: the forecast has no worlds" in shown
    assert "Traceback" in capsys.readouterr().err


def test_an_own_error_handler_gets_the_exception(app, new_gallery):
    app.push(new_gallery())
    caught = []
    app.run_in_background(lambda: 1 / 0, lambda _: None, caught.append)
    wait_for(app, lambda: bool(caught))
    assert isinstance(caught[0], ZeroDivisionError)
    assert app.modals == []


def test_a_resize_rebuilds_for_the_new_size_but_not_below_the_smallest(app, new_gallery):
    gallery = new_gallery()
    app.push(gallery)
    app.handle(pygame.event.Event(pygame.VIDEORESIZE, w=800, h=500, size=(800, 500)))
    assert app.window.surface.get_size() == (1280, 720)
    assert gallery.layout.compact
    assert gallery.root.rect.size == (1280, 720)


def test_a_click_lands_on_the_right_button_at_twice_the_scale(assets_folder, tmp_path, new_gallery):
    app = App(assets_folder, tmp_path / "settings.json", size=(2560, 1440))
    gallery = new_gallery()
    app.push(gallery)
    assert app.layout.scale == 2.0
    x, y = gallery.find("Give order").rect.center
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=(2 * x, 2 * y), button=1))
    settle(app)
    assert gallery.log == [("order",)]
    app.close()


@pytest.mark.parametrize("size", [(1280, 720), (1600, 900)])
@pytest.mark.parametrize("width", [440, 620, 860])
def test_a_toast_lies_beside_an_open_modal_and_a_click_on_its_answer_answers(app, new_gallery, size, width):
    app.window.surface = pygame.display.set_mode(size)
    app.change_settings(Settings(reduced_motion=True, text_scale=1.0))
    app.push(new_gallery())
    app.open_modal(Message("Keys", plain("Long words. " * 600), width=width))
    app.toast("The game was saved under a name that takes more than a single line.", "warning")
    settle(app)
    [modal] = app.modals
    [place] = app.toasts._places
    assert not place.colliderect(modal.box)
    assert app.layout.margin <= place.x
    close = modal.find("Close")
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=close.rect.center, button=1))
    settle(app)
    assert app.modals == []
    assert len(app.toasts.toasts) == 1


def test_a_toast_goes_after_six_seconds_and_a_warning_stays(app, new_gallery):
    app.push(new_gallery())
    app.toast("Saved.")
    app.toast("Something to read.", "warning")
    app.update(7000)
    assert [toast.text for toast in app.toasts.toasts] == ["Something to read."]
    post(pygame.K_ESCAPE)
    settle(app)
    assert app.toasts.toasts == []


def test_slow_flips_reopen_the_window_without_acceleration(display, monkeypatch):
    monkeypatch.delenv("SDL_FRAMEBUFFER_ACCELERATION", raising=False)
    window = Window("Test", (1280, 720), software=False)
    assert not window.judge([2.0] * 29 + [60.0])
    assert not window.software
    assert window.judge([12.0] * 16 + [1.0] * 14)
    assert window.software
    assert window.surface.get_size() == (1280, 720)


def test_the_way_of_flipping_is_remembered(app, new_gallery, tmp_path, monkeypatch):
    app.push(new_gallery())
    monkeypatch.setattr(app.window, "flip", lambda: True)
    app.step(wait=False)
    assert load_settings(tmp_path / "settings.json")[0].software_window


def test_settings_come_back_as_stored(tmp_path):
    settings = Settings(1.5, True, True, True, True)
    store_settings(tmp_path / "deep" / "settings.json", settings)
    assert load_settings(tmp_path / "deep" / "settings.json") == (settings, "")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "settings.json:1:2"),
        ('{"text_scale": 1.7}', "text_scale: 1.7"),
        ('{"text_scale": true}', "text_scale"),
        ('{"high_contrast": 1}', "high_contrast: 1"),
        ('{"colour": true}', "colour: unknown"),
        ("[]", "list"),
    ],
)
def test_damaged_settings_are_named_put_aside_and_told_to_the_player(assets_folder, tmp_path, text, named):
    path = tmp_path / "settings.json"
    path.write_text(text)
    app = App(assets_folder, path)
    assert app.settings == Settings()
    [toast] = app.toasts.toasts
    assert named in toast.text
    assert toast.kind == "warning"
    assert (tmp_path / "settings.json.damaged").read_text() == text
    app.close()


def test_settings_that_cannot_be_saved_are_told_and_still_in_force(app, new_gallery, monkeypatch):
    app.push(new_gallery())

    def refuse(*_):
        raise PermissionError(13, "Permission denied", "settings.json")

    monkeypatch.setattr("game.ui.app.store_settings", refuse)
    app.change_settings(replace(app.settings, high_contrast=True))
    assert app.kit.appearance.high_contrast
    assert "Permission denied" in app.toasts.toasts[0].text


def test_a_screen_is_drawn_to_a_picture_without_a_window(assets_folder, tmp_path, new_gallery):
    surface = draw_screen(new_gallery(), assets_folder, tmp_path / "settings.json", size=(1920, 1080), scale=1.5)
    path = screenshot(surface, tmp_path / "pictures" / "gallery.png")
    assert pygame.image.load(str(path)).get_size() == (1920, 1080)


def test_a_picture_waits_for_what_its_screen_reads_beside_the_frame(assets_folder, tmp_path):
    class Reading(Screen):
        said = ""

        def enter(self, app):
            super().enter(app)
            app.run_in_background(lambda: time.sleep(0.2) or "read", lambda said: setattr(self, "said", said))

        @property
        def ready(self):
            return bool(self.said)

    screen = Reading()
    draw_screen(screen, assets_folder, tmp_path / "settings.json", size=(1280, 720), scale=1.0)
    assert screen.said == "read"
