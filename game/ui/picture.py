"""Pictures of screens, drawn without showing them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pygame

from game.ui.app import App
from game.ui.kit.screen import Screen

LONGEST_WAIT_S = 20.0
"""For what a screen reads beside the frame; it is drawn as it is then."""


def draw_screen(
    screen: Screen,
    assets: Path,
    settings_file: Path,
    *,
    size: tuple[int, int] = (1600, 900),
    scale: float | None = None,
) -> pygame.Surface:
    """Draw one screen without showing it, for pictures and tests; use with `SDL_VIDEODRIVER=dummy`.

    Parameters
    ----------
    size : tuple of int
        In px.
    scale : float or None
        One of `theme.SCALES`; None takes the largest that fits.
    """
    app = App(assets, settings_file, size=size)
    app.show_as(replace(app.settings, text_scale=scale, reduced_motion=True))
    app.push(screen)
    give_up = time.monotonic() + LONGEST_WAIT_S
    while not screen.ready and time.monotonic() < give_up:
        screen.update(0)
        time.sleep(0.005)
        app.background.deliver()
    app.draw()
    return app.window.surface.copy()
