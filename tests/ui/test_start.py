"""Opening the window: what it costs before the first frame, what it refuses, and pictures of every screen."""

import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from game.core.errors import PaxError
from game.ui import start
from game.ui.app import App
from game.ui.screens.nation_select import NationSelect
from game.ui.screens.pictures import SCREENS
from game.ui.screens.title import TitleScreen

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PAX_SILICA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def quit_at(monkeypatch):
    """Make the window quit as soon as it shows a kind of screen; returns what it showed, in order."""

    def arrange(kind):
        seen = []
        step = App.step

        def watched(app, wait=True):
            step(app, wait=False)
            if app.screens and (not seen or seen[-1] is not type(app.screen)):
                seen.append(type(app.screen))
            if app.screens and isinstance(app.screen, kind):
                app.quit()

        monkeypatch.setattr(App, "step", watched)
        return seen

    return arrange


def test_the_shell_opens_without_the_rules_or_mesa():
    code = (
        "import sys, game.ui.start; "
        "print(*[m for m in ('mesa', 'pandas', 'pydantic', 'game.match', 'agents') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[-2].strip() == ""


def test_play_shows_the_title_first(home, quit_at):
    seen = quit_at(TitleScreen)
    assert start.play() == 0
    assert seen == [TitleScreen]


def test_play_with_a_seed_offers_the_nations_with_it(home, quit_at, monkeypatch):
    shown = []
    quit_at(NationSelect)
    monkeypatch.setattr(NationSelect, "leave", lambda screen: shown.append((screen.name, screen.seed)))
    assert start.play(seed=41) == 0
    assert shown == [("pax_silica_2026", 41)]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"nation": "ATLANTIS"}, "unknown nation 'ATLANTIS'; one of: USA, CHN, JPN"),
        ({"scenario": "nowhere", "nation": "JPN"}, "nowhere"),
        ({"load": Path("missing.paxsave")}, "missing.paxsave: no such file"),
    ],
)
def test_play_refuses_what_cannot_be_started_with_a_line(home, asked, reason):
    with pytest.raises(PaxError, match=reason):
        start.play(**asked)


def test_an_unknown_screen_is_refused_with_the_screens_there_are(tmp_path):
    with pytest.raises(PaxError, match="unknown screen 'cockpit'; one of: title, nations, main"):
        start.screenshot("cockpit", (1280, 720), 1.0, tmp_path / "picture.png")


@pytest.mark.parametrize("screen", [name for name in SCREENS if name not in ("standings", "main")])
def test_every_screen_has_a_picture_that_is_the_same_each_time(tmp_path, screen):
    pictures = []
    for number in range(2):
        path = tmp_path / f"{number}.png"
        start.screenshot(screen, (1280, 720), 1.0, path)
        picture = pygame.image.load(str(path))
        assert picture.get_size() == (1280, 720)
        pictures.append(pygame.image.tobytes(picture, "RGB"))
    assert pictures[0] == pictures[1]
    assert len(set(pictures[0])) > 20


@pytest.mark.slow
@pytest.mark.parametrize("screen", ["standings", "main"])
def test_pictures_of_a_game_are_the_same_each_time(tmp_path, screen):
    for number in range(2):
        start.screenshot(screen, (1280, 720), 1.0, tmp_path / f"{number}.png")
    assert (tmp_path / "0.png").read_bytes() == (tmp_path / "1.png").read_bytes()


@pytest.mark.parametrize(
    ("size", "scale", "reason"),
    [
        ((640, 480), 1.0, "640x480 is too small; a screen needs 1280x720"),
        ((1600, 900), 1.3, "scale 1.3 is not offered; one of: 1, 1.25, 1.5, 2, 2.5, 3"),
        ((1600, 900), 2.0, "scale 2 needs a size of at least 2560x1440"),
    ],
)
def test_a_picture_is_never_drawn_otherwise_than_asked(tmp_path, size, scale, reason):
    with pytest.raises(PaxError, match=reason):
        start.screenshot("settings", size, scale, tmp_path / "picture.png")


def test_a_picture_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PaxError, match="cannot be written"):
        start.screenshot("settings", (1280, 720), 1.0, tmp_path / "file" / "picture.png")
