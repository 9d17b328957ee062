"""A window of the dummy driver, a folder for saves, and a game of three quarters."""

import pytest

from game.ui.app import App
from game.ui.screens import games, routes
from game.ui.settings import Settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PAX_SILICA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def app(assets_folder, home):
    app = App(assets_folder, home / "settings.json", size=(1280, 720))
    app.change_settings(Settings(reduced_motion=True, text_scale=1.0))
    yield app
    app.close()


@pytest.fixture(scope="session")
def scenario():
    return games.read_bundled(routes.standard_scenario())


@pytest.fixture(scope="session")
def match():
    """A game of three quarters in which Japan is a person's and gives no orders."""
    match = games.start(games.NewGame(routes.standard_scenario(), "JPN", 7), None)
    for _ in range(3):
        match.end_quarter()
    return match


@pytest.fixture
def folder(home):
    folder = home / "saves"
    folder.mkdir()
    return folder
