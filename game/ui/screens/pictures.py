"""Every screen with something to show, made the same way each time: for pictures in texts, and to see a change."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from game.ui.kit import Screen
from game.ui.screens import games, routes
from game.ui.screens.title import TitleScreen

if TYPE_CHECKING:
    from game.match import Match

SEAT = "JPN"
SEED = 7
QUARTERS_PLAYED = 6
A_DAY = 86_400.0
SAVED_ON = 1_775_000_000.0


def _title(folder: Path) -> Screen:
    return TitleScreen(folder)


def _nations(folder: Path) -> Screen:
    from game.ui.screens.nation_select import NationSelect

    name = routes.standard_scenario()
    return NationSelect(name, games.read_bundled(name), games.rival_strategies(), SEED)


def _main(folder: Path) -> Screen:
    from game.ui.main.context import PlayContext
    from game.ui.main.screen import MainScreen

    return MainScreen(PlayContext(_played(QUARTERS_PLAYED), SEAT))


def _orders_tab(folder: Path, tab: str, view: int) -> Screen:
    """The main screen with a view of one of the tabs of orders."""
    from game.ui.main.context import PlayContext
    from game.ui.main.markets import PRICE
    from game.ui.main.orders_panel import NAMES
    from game.ui.main.screen import MainScreen

    screen = MainScreen(PlayContext(_played(QUARTERS_PLAYED), SEAT))
    screen.orders.show(NAMES.index(tab), view)
    screen.markets.view = PRICE
    return screen


def _deal(folder: Path) -> Screen:
    """A deal being put together with the partner who has most to gain by it."""
    from game.ui.main.context import PlayContext
    from game.ui.main.deal_choices import Choices
    from game.ui.main.deal_draft import Draft
    from game.ui.main.deal_screen import DealScreen
    from game.ui.main.screen import MainScreen

    play = PlayContext(_played(QUARTERS_PLAYED), SEAT)
    draft, choices = Draft("KOR", escrow=0.2), Choices(play, "KOR")
    parts = [choices.first(kind, mine) for kind, mine in (("supply", True), ("visa", True), ("priority", False))]
    draft.parts += [part for part in parts if part is not None]
    return DealScreen(play, draft, MainScreen(play).top, lambda: None)


def _standings(folder: Path) -> Screen:
    from game.ui.screens.standings import StandingsScreen

    match = _played(10_000)
    match.play_epilogue()
    return StandingsScreen(match, SEAT)


def _settings(folder: Path) -> Screen:
    from game.ui.screens.settings_screen import SettingsScreen

    return SettingsScreen()


def _saves(folder: Path) -> Screen:
    from game.ui.screens.saves_screen import SavesScreen

    autosave = games.Autosave(folder, lambda line: None)
    match = _match(autosave)
    for _ in range(3):
        match.end_quarter()
    match.save(folder / f"Before the embargo{games.SUFFIX}")
    (folder / f"From a broken disk{games.SUFFIX}").write_bytes(b"PK\x03\x04 and nothing more")
    entries = sorted(games.save_files(folder), key=lambda path: path.name)
    for age, path in enumerate(entries):
        os.utime(path, (SAVED_ON - age * A_DAY, SAVED_ON - age * A_DAY))
    return SavesScreen(folder, games.describe_all(folder))


def _match(autosave: games.Autosave | None = None) -> Match:
    return games.start(games.NewGame(routes.standard_scenario(), SEAT, SEED), autosave)


def _played(quarters: int) -> Match:
    """A game of the standard scenario in which the usual strategy also stands in for the person."""
    match = _match()
    match.hand_over(SEAT, next(iter(games.rival_strategies())))
    for _ in range(quarters):
        if match.over:
            break
        match.end_quarter()
    match.hand_over(SEAT, "human")
    return match


SCREENS: Mapping[str, Callable[[Path], Screen]] = MappingProxyType(
    {
        "title": _title,
        "nations": _nations,
        "main": _main,
        "talks": lambda folder: _orders_tab(folder, "Diplomacy", 0),
        "contracts": lambda folder: _orders_tab(folder, "Diplomacy", 1),
        "blocs": lambda folder: _orders_tab(folder, "Diplomacy", 2),
        "relations": lambda folder: _orders_tab(folder, "Diplomacy", 3),
        "state": lambda folder: _orders_tab(folder, "State", 0),
        "deal": _deal,
        "standings": _standings,
        "settings": _settings,
        "saves": _saves,
    }
)
"""How to make each screen; gets a folder for files of its own."""
