"""Where the game finds what it ships and keeps what the player owns."""

import os
from pathlib import Path

import platformdirs
import pytest

from game.core.errors import InputError
from game.files import paths


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout without a bundle, and no folder named by the environment."""
    monkeypatch.delenv("PAX_SILICA_HOME")
    package = tmp_path / "game"
    for folder in (package, tmp_path / "assets", tmp_path / "scenarios"):
        folder.mkdir()
    for name in ("calm.yaml", "storm.yaml", "sources.yaml", "record.yaml", "notes.txt"):
        (tmp_path / "scenarios" / name).write_text("")
    monkeypatch.setattr(paths, "_PACKAGE", package)
    monkeypatch.setattr(paths, "_BUNDLED", package / "_bundled")
    return tmp_path


def test_this_checkout_is_recognised() -> None:
    assert (Path(paths.__file__).parents[2] / "pyproject.toml").is_file()
    assert not paths.installed()


def test_checkout_uses_the_folders_beside_the_packages(checkout: Path) -> None:
    assert paths.assets() == checkout / "assets"
    assert paths.scenarios() == checkout / "scenarios"
    assert paths.saves_dir() == checkout / "saves"
    assert paths.saves_dir().is_dir()
    assert paths.settings_file().parent == checkout / "saves"


def test_installed_game_uses_its_bundle_and_the_platforms_folder(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "game" / "_bundled").mkdir()
    player = checkout / "player"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda name, appauthor: str(player / name))
    assert paths.assets() == checkout / "game" / "_bundled" / "assets"
    assert paths.saves_dir() == player / "pax-silica" / "saves"
    assert paths.settings_file() == player / "pax-silica" / "settings.json"
    assert not (checkout / "saves").exists()


def test_environment_names_another_home(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAX_SILICA_HOME", str(checkout / "elsewhere"))
    assert paths.saves_dir() == checkout / "elsewhere" / "saves"
    assert paths.settings_file() == checkout / "elsewhere" / "settings.json"


def test_scenarios_are_listed_without_the_other_files(checkout: Path) -> None:
    assert paths.scenario_names() == ["calm", "storm"]
    assert paths.scenario_path("storm") == checkout / "scenarios" / "storm.yaml"


def test_a_path_is_taken_as_a_path(checkout: Path) -> None:
    own = checkout / "own.yaml"
    own.write_text("")
    assert paths.scenario_path(str(own)) == own
    with pytest.raises(InputError, match=r"absent\.yaml: no such file"):
        paths.scenario_path(str(checkout / "absent.yaml"))
    with pytest.raises(InputError, match="no such file"):
        paths.scenario_path(f"nowhere{os.sep}calm")


@pytest.mark.parametrize("name", ["clam", "sources", "record", "", "..", "calm\0"])
def test_unknown_scenario_lists_those_there_are(checkout: Path, name: str) -> None:
    with pytest.raises(InputError, match="^unknown scenario .*valid: calm, storm$"):
        paths.scenario_path(name)
