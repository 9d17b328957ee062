"""A virtual display and a person at it: Xvfb shows the window, xdotool moves the mouse and types."""

import json
import os
import shutil
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
MISSING = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
WHY_NOT = f"needs {' and '.join(MISSING)}, not installed here"
STILL = {"text_scale": 1.0, "reduced_motion": True, "software_window": True}
FROM_CHECKOUT = (sys.executable, "-m", "game")


def virtual_display(folder: Path) -> Iterator[str]:
    """The name of a display of 1600x1000 while it is there; its picture is kept in a file of `folder`."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-fbdir", folder]
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(timeout=10)


def colours_shown(folder: Path) -> Counter[bytes]:
    """How many pixels of the display have each colour: its picture is an X window dump of four bytes a pixel."""
    dump = (folder / "Xvfb_screen0").read_bytes()
    header = struct.unpack(">25I", dump[:100])
    size, width, height, bits, bytes_a_line, colours = (header[i] for i in (0, 4, 5, 11, 12, 19))
    assert (bits, bytes_a_line) == (32, 4 * width)
    pixels = dump[size + 12 * colours :]
    return Counter(pixels[i : i + 3] for i in range(0, 4 * width * height, 4))


class Player:
    """The mouse and the keyboard at one window of the game."""

    def __init__(self, display, home, *arguments, command=FROM_CHECKOUT, folder=CHECKOUT):
        self.home = home
        self.environment = {**os.environ, "DISPLAY": display, "PAX_SILICA_HOME": str(home), "SDL_AUDIODRIVER": "dummy"}
        self.environment.pop("SDL_VIDEODRIVER", None)
        (home / "settings.json").write_text(json.dumps(STILL), encoding="utf-8")
        if folder != CHECKOUT:
            self.environment.pop("PYTHONPATH", None)
        whole = [*command, "play", *arguments]
        self.game = subprocess.Popen(whole, cwd=folder, env=self.environment, stderr=subprocess.PIPE, text=True)
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
        """Have the game save what it shows until that is more than an empty window or a word of what is being read."""
        for path in self.home.glob("pax-silica-*.png"):
            path.unlink()

        def drawn():
            return any(path.stat().st_size > 50_000 for path in self.home.glob("pax-silica-*.png"))

        self.until(drawn, lambda: self.key("F12"))

    def quit(self):
        """Leave by way of the title, where Q quits; returns the exit code, or None if the game stays."""
        end = time.monotonic() + 30.0
        while self.game.poll() is None and time.monotonic() < end:
            self.key("Escape", "q")
            time.sleep(0.5)
        return self.game.poll()
