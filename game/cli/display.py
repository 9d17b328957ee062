"""Whether a window can be opened here."""

from __future__ import annotations

import os
import re
import socket
import sys
from importlib.util import find_spec

#: Drivers of SDL that draw where nobody looks.
UNSEEN = ("dummy", "offscreen")
#: Where an X server of this machine listens, by number: a file, and a name without one.
SOCKETS = ("/tmp/.X11-unix/X{}", "\0/tmp/.X11-unix/X{}")


def quiet_pygame() -> None:
    """Keep pygame from greeting on stdout, which belongs to our own words."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")


def no_display() -> str:
    """Why no window can be opened here, in a few words; empty if one can."""
    if find_spec("pygame") is None:
        return "pygame is not installed"
    driver = os.environ.get("SDL_VIDEODRIVER", "")
    if driver in UNSEEN:
        return f"no display (SDL_VIDEODRIVER={driver})"
    if not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local and not any(_answers(name.format(local[1])) for name in SOCKETS):
        return f"no display (no X server answers at DISPLAY={display})"
    return ""


def _answers(name: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(name) == 0
