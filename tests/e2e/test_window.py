"""A person at a real window: Xvfb shows it, xdotool moves the mouse and types, saved files tell what came of it."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MISSING = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
# At 1600x900, in px of the window: the first entry of the title, a card, and the button at the lower right.
NEW_GAME, TAIWAN, LOWER_RIGHT = (250, 437), (150, 387), (1418, 843)
STILL = {"text_scale": 1.0, "reduced_motion": True, "software_window": True}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}, not installed here"),
]


@pytest.fixture
def display():
    """The name of a virtual display of 1600x1000."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(timeout=10)


class Player:
    """The mouse and the keyboard at one window of the game."""

    def __init__(self, display, home, *arguments):
        self.home = home
        self.environment = {**os.environ, "DISPLAY": display, "PAX_SILICA_HOME": str(home), "SDL_AUDIODRIVER": "dummy"}
        self.environment.pop("SDL_VIDEODRIVER", None)
        (home / "settings.json").write_text(json.dumps(STILL), encoding="utf-8")
        command = [sys.executable, "-m", "game", "play", *arguments]
        self.game = subprocess.Popen(command, cwd=CHECKOUT, env=self.environment, stderr=subprocess.PIPE, text=True)
        self.until(self.windows)

    def windows(self):
        """Windows of the game; a search by name alone does not find them."""
        every = self.tool("search", "--onlyvisible", "--class", "").split()
        return [each for each in every if self.tool("getwindowname", each).strip() == "Pax Silica"]

    def tool(self, *arguments):
        command = ["xdotool", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False).stdout

    def until(self, found, act=lambda: None, seconds=90.0):
        """Act again and again until something is found, and return it."""
        end = time.monotonic() + seconds
        while not (result := found()):
            assert self.game.poll() is None, f"the game ended: {self.game.stderr.read()}"
            assert time.monotonic() < end, f"waited {seconds} s in vain; saves: {self.saved()}"
            act()
            time.sleep(0.4)
        return result

    def click(self, place):
        x, y = map(str, place)
        self.tool("mousemove", "--window", self.windows()[0], x, y, "click", "1")

    def key(self, *keys):
        for key in keys:
            self.tool("key", key)
            time.sleep(0.1)

    def type(self, text):
        self.tool("type", "--delay", "40", text)

    def saved(self, pattern="*"):
        found = (self.home / "saves").glob(f"{pattern}.paxsave")
        return sorted(path.name.removesuffix(".paxsave") for path in found)

    def until_drawn(self):
        """Have the game save what it shows until that is more than an empty window."""

        def drawn():
            return any(path.stat().st_size > 50_000 for path in self.home.glob("pax-silica-*.png"))

        self.until(drawn, lambda: self.key("F12"))


@pytest.fixture
def player_at(display, tmp_path):
    """Start the game; whatever is still running at the end is killed."""
    players = []

    def start(*arguments):
        players.append(Player(display, tmp_path, *arguments))
        return players[-1]

    yield start
    for player in players:
        player.game.kill()
        player.game.wait(timeout=10)
        player.game.stderr.close()


def test_a_game_is_begun_and_played_with_the_mouse(player_at):
    player = player_at()

    def choose_and_play():
        player.click(TAIWAN)
        time.sleep(0.4)
        player.click(LOWER_RIGHT)  # Play, and later End quarter

    player.until_drawn()
    player.click(NEW_GAME)
    player.until(player.saved, choose_and_play)
    assert player.saved()[0].startswith("auto-twn-")


def test_a_game_is_played_saved_and_loaded_with_the_keyboard_alone(player_at):
    player = player_at("--seed", "7")
    player.until(player.saved, lambda: player.key("ctrl+Return"))
    player.until(lambda: player.saved("*2026Q4"), lambda: player.key("Return", "e"))
    time.sleep(1.0)
    player.key("Return", "s")
    time.sleep(0.5)
    player.type("Before the ban")
    player.until(lambda: player.saved("Before*"), lambda: player.key("Return"))
    quarters = player.saved("auto-*")
    assert quarters[0] == "auto-jpn-7-2026Q2"
    for path in (player.home / "saves").glob("auto-*"):
        path.unlink()
    player.key("l")
    time.sleep(1.5)
    player.key("Return")
    player.until(lambda: player.saved("auto-*"), lambda: player.key("e"))
    after = f"auto-jpn-7-{(len(quarters) + 1) // 4 + 2026}Q{(len(quarters) + 1) % 4 + 1}"
    assert player.saved("auto-*")[0] == after


def test_all_quarters_are_played_to_the_standings_and_the_window_is_left(player_at):
    player = player_at("--nation", "JPN", "--seed", "7")
    player.until(lambda: player.saved("auto-jpn-7-2034Q1"), lambda: player.key("e", "Return"), seconds=300.0)
    assert len(player.saved("auto-*")) == 8
    player.until(lambda: player.saved("Japan at the end"), lambda: player.key("ctrl+s", "Return"))
    end = time.monotonic() + 30.0
    while player.game.poll() is None and time.monotonic() < end:
        player.key("Escape", "q")  # to the title, where Q quits
        time.sleep(0.5)
    assert player.game.poll() == 0


def test_a_damaged_save_is_refused_with_one_line(player_at, tmp_path):
    broken = tmp_path / "broken.paxsave"
    broken.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(AssertionError, match=r"broken\.paxsave: cut off or damaged"):
        player_at("--load", str(broken)).until(lambda: False, seconds=60.0)
