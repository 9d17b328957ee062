"""Whether a window can be opened here."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

#: Drivers of SDL that draw where nobody looks.
UNSEEN = ("dummy", "offscreen")


def no_display() -> str:
    """Why no window can be opened here, in a few words; empty if one can."""
    if find_spec("pygame") is None:
        return "pygame is not installed"
    driver = os.environ.get("SDL_VIDEODRIVER", "")
    if driver in UNSEEN:
        return f"no display (SDL_VIDEODRIVER={driver})"
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    return ""
