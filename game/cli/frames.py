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

RUNS = 3


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
    return float(_run(["-c", "from game.ui.start import frame_milliseconds; print(frame_milliseconds())"]))


def _run(arguments: list[str]) -> str:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    return done.stdout
