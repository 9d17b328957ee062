"""Times of the window, for `bench`: the first frame from the shell, and the drawing of the main screen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.lab.bench import Reading

RUNS, FRAMES = 3, 30


def frame_readings() -> list[Reading]:
    """Two readings; where the window cannot be drawn they say why."""
    from game.lab.bench import Reading

    try:
        title, main = _screenshot_seconds("title"), _frame_milliseconds()
    except (subprocess.SubprocessError, ValueError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()
        return [Reading("window: first frame", None, "s", note=said[-1] if said else "the window did not draw")]
    return [
        Reading("window: first frame from the shell", title, "s", 2.0, note="title screen into a picture"),
        Reading("window: main screen drawn, 1600x900", main, "ms", 8.0),
    ]


def _screenshot_seconds(screen: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        picture = str(Path(folder) / f"{screen}.png")
        runs = []
        for _ in range(RUNS):
            started = time.perf_counter()
            _run(["-m", "game", "screenshot", screen, "-o", picture])
            runs.append(time.perf_counter() - started)
    return median(runs)


def _frame_milliseconds() -> float:
    return float(_run(["-c", "from game.cli.frames import print_frame_milliseconds as show; show()"]))


def print_frame_milliseconds() -> None:
    """Draw the main screen again and again at 1600x900 and print the median, ms."""
    from dataclasses import replace

    from game.files.paths import assets
    from game.ui.app import App
    from game.ui.screens.pictures import SCREENS

    with tempfile.TemporaryDirectory() as folder:
        app = App(assets(), Path(folder) / "settings.json", size=(1600, 900))
        app.change_settings(replace(app.settings, text_scale=1.0, reduced_motion=True))
        app.push(SCREENS["main"](Path(folder)))
        app.draw()
        runs = []
        for _ in range(FRAMES):
            started = time.perf_counter()
            app.draw()
            runs.append(time.perf_counter() - started)
    print(median(runs) * 1000)


def _run(arguments: list[str]) -> str:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    return done.stdout
