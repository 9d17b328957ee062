"""How one screen leads to another. Screens call these and need not know each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.errors import PaxError
from game.files import paths
from game.ui.screens import games

if TYPE_CHECKING:
    from game.match import Match
    from game.ui.app import App
    from game.ui.kit import Screen

STANDARD = "pax_silica_2026"


def standard_scenario() -> str:
    """Name of the scenario offered first."""
    names = paths.scenario_names()
    return STANDARD if STANDARD in names or not names else names[0]


def to_title(app: App) -> None:
    """Leave whatever is shown for the title."""
    from game.ui.screens.title import TitleScreen

    app.restart(TitleScreen())


def to_new_game(app: App, scenario: str = "") -> None:
    """Choose scenario and nation; shows what is being read meanwhile."""
    app.push(reading(app, scenario or standard_scenario(), None, lambda error: _failed(app, error)))


def reading(app: App, scenario: str, seed: int | None, on_error: Callable[[BaseException], None]) -> Screen:
    """The screen that reads a scenario and then offers its nations."""
    from game.ui.screens.loading import LoadingScreen
    from game.ui.screens.nation_select import NationSelect

    return LoadingScreen(
        "Reading the world",
        lambda: (games.read_bundled(scenario), games.rival_strategies()),
        lambda found: app.replace(NationSelect(scenario, *found, seed)),
        on_error,
    )


def start_game(app: App, choice: games.NewGame) -> None:
    """Start a new game and show it."""
    from game.ui.screens.loading import LoadingScreen

    app.push(
        LoadingScreen(
            f"Seating {games.place_name(choice.seat)}",
            lambda: games.start(choice, autosave(app)),
            lambda match: to_game(app, match, choice.seat),
            lambda error: _failed(app, error),
        )
    )


def load_game(app: App, path: Path) -> None:
    """Load a save and show it; one that cannot be read changes nothing and says why."""
    from game.ui.screens.loading import LoadingScreen

    app.push(
        LoadingScreen(
            f"Loading {path.name.removesuffix(games.SUFFIX)}",
            lambda: games.load(path, autosave(app)),
            lambda loaded: show_loaded(app, loaded),
            lambda error: _failed(app, error),
        )
    )


def show_loaded(app: App, loaded: tuple[Match, str, list[str]]) -> None:
    """Show a game that was loaded, and what to know of it."""
    match, seat, notes = loaded
    to_game(app, match, seat)
    for note in notes:
        app.toast(note, "warning")


def to_game(app: App, match: Match, seat: str) -> None:
    """Show a match in place of everything else: the main screen, or the final standings of one that is over."""
    if match.over:
        to_standings(app, match, seat)
        return
    from game.ui.main.context import PlayContext
    from game.ui.main.screen import MainScreen

    app.restart(MainScreen(PlayContext(match, seat)))


def to_standings(app: App, match: Match, seat: str) -> None:
    """Play the quarters after the last decision, then show how the game ended."""
    from game.ui.screens.loading import LoadingScreen
    from game.ui.screens.standings import StandingsScreen

    app.restart(
        LoadingScreen(
            "The world after the last decision",
            match.play_epilogue,
            lambda _: app.replace(StandingsScreen(match, seat)),
            lambda error: _failed(app, error),
        )
    )


def to_saves(app: App) -> None:
    """Show the saved games."""
    from game.ui.screens.saves_screen import SavesScreen

    app.push(SavesScreen(paths.saves_dir()))


def to_settings(app: App) -> None:
    """Show the settings."""
    from game.ui.screens.settings_screen import SettingsScreen

    app.push(SettingsScreen())


def save_game(app: App, match: Match, seat: str) -> None:
    """Ask for a name and save."""
    from game.ui.screens.save_dialog import SaveDialog

    app.open_modal(SaveDialog(app, match, seat, paths.saves_dir()))


def open_menu(app: App, match: Match, seat: str, save: Callable[[], None]) -> None:
    """Show the menu of a game in progress; `save` is what its entry does."""
    from game.ui.screens.game_menu import GameMenu

    app.open_modal(GameMenu(app, match, seat, save))


def autosave(app: App) -> games.Autosave:
    """Saves each quarter and reports a failure as a toast, from whatever thread plays the quarter."""

    def report(line: str) -> None:
        app.run_in_background(lambda: line, lambda text: app.toast(text, "error"))

    return games.Autosave(paths.saves_dir(), report)


def _failed(app: App, error: BaseException) -> None:
    """Go back to where the attempt was made and say what went wrong in a line."""
    if len(app.screens) > 1:
        app.pop()
    else:
        to_title(app)
    if isinstance(error, PaxError):
        app.toast(str(error), "error")
    else:
        app.show_error(error)
