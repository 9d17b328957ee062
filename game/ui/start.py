"""Opening the window: the title, a new game, or a saved one; and pictures of screens without a window."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pygame

from game.core.errors import PaxError
from game.files import paths
from game.ui.app import App
from game.ui.app import screenshot as save_picture
from game.ui.kit import Screen
from game.ui.picture import draw_screen
from game.ui.screens import games, routes
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.pictures import SCREENS
from game.ui.screens.title import TitleScreen
from game.ui.theme import SCALES, SMALLEST_WINDOW, usable_scale

SIZES = ((2560, 1440), (1920, 1080), (1600, 900), SMALLEST_WINDOW)
"""Of the window at first: the largest that leaves room for the desktop's own bars."""


def play(
    scenario: str | None = None,
    nation: str | None = None,
    seed: int | None = None,
    load: Path | None = None,
    difficulty: str | None = None,
) -> int:
    """Open the window and stay until the player quits.

    Parameters
    ----------
    scenario : str or None
        A bundled name or a file; None for the standard one.
    nation : str or None
        Starts a game at once as this seat; None shows the title, unless `load` is given.
    seed : int or None
        Of the world; None takes a fresh one.
    load : Path or None
        A save to go on with.
    difficulty : str or None
        How hard the other seats of a game play that is started at once, of `agents.difficulty`.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    PaxError
        The game asked for cannot be started, or no window can be opened.
    """
    try:
        pygame.display.init()
        app = App(paths.assets(), paths.settings_file(), size=_first_size(), pictures=paths.home())
    except pygame.error as error:
        raise PaxError(f"no window can be opened: {error}") from error
    failed: list[BaseException] = []

    def fail(error: BaseException) -> None:
        failed.append(error)
        app.quit()

    app.run(_first_screen(app, scenario, nation, seed, load, fail, difficulty or ""))
    if failed:
        raise failed[0]
    return 0


def _first_screen(
    app: App, scenario: str | None, nation: str | None, seed: int | None, load: Path | None,
    fail: Callable[[BaseException], None], difficulty: str = "",
) -> Screen:  # fmt: skip
    """The title, or what leads to the game asked for; a nation choice lies above the title."""
    saving = routes.autosave(app)
    name = scenario or routes.standard_scenario()
    if load is not None:
        return LoadingScreen(
            f"Loading {load.name}", lambda: games.load(load, saving), lambda found: routes.show_loaded(app, found), fail
        )
    if nation is not None:
        code = nation.upper()
        choice = games.NewGame(name, code, games.fresh_seed() if seed is None else seed, difficulty=difficulty)
        return LoadingScreen(
            f"Seating {games.place_name(code)}", lambda: games.start(choice, saving),
            lambda match: routes.to_game(app, match, code), fail,
        )  # fmt: skip
    title = TitleScreen()
    if scenario is None and seed is None:
        return title
    app.push(title)
    return routes.reading(app, name, seed, fail)


def _first_size() -> tuple[int, int]:
    """The largest of `SIZES` that the desktop shows whole."""
    wide, high = pygame.display.get_desktop_sizes()[0]
    fitting = [size for size in SIZES if size[0] <= wide and size[1] <= high * 0.94]
    return fitting[0] if fitting else SMALLEST_WINDOW


def screenshot(screen: str, size: tuple[int, int], scale: float | None, output: Path) -> None:
    """Write a picture of a screen, drawn without a window; the same picture every time.

    Parameters
    ----------
    screen : str
        One of `SCREENS`.
    size : tuple of int
        In px.
    scale : float or None
        One of `theme.SCALES`; None takes the largest that fits.
    output : Path
        The PNG file.

    Raises
    ------
    PaxError
        No such screen, a size below 1280x720, a scale that does not fit, or the file cannot be written.
    """
    _check_picture(screen, size, scale)
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    with TemporaryDirectory() as folder:
        shown = SCREENS[screen](Path(folder))
        surface = draw_screen(shown, paths.assets(), Path(folder) / "settings.json", size=size, scale=scale)
        try:
            save_picture(surface, output)
        except (OSError, pygame.error) as error:
            raise PaxError(f"{output}: cannot be written: {error}") from error


def _check_picture(screen: str, size: tuple[int, int], scale: float | None) -> None:
    """Refuse what would otherwise be drawn as something else."""
    if screen not in SCREENS:
        raise PaxError(f"unknown screen '{screen}'; one of: {', '.join(SCREENS)}")
    if size[0] < SMALLEST_WINDOW[0] or size[1] < SMALLEST_WINDOW[1]:
        raise PaxError(f"{size[0]}x{size[1]} is too small; a screen needs {SMALLEST_WINDOW[0]}x{SMALLEST_WINDOW[1]}")
    if scale is None:
        return
    if scale not in SCALES:
        raise PaxError(f"scale {scale:g} is not offered; one of: {', '.join(f'{each:g}' for each in SCALES)}")
    if scale > usable_scale(None, *size):
        least = [f"{side * scale:.0f}" for side in SMALLEST_WINDOW]
        raise PaxError(f"scale {scale:g} needs a size of at least {'x'.join(least)}")
