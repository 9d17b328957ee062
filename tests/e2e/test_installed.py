"""The wheel as a stranger uses it: built from a clean tree, installed into an empty environment, started elsewhere."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.e2e.player import CHECKOUT, MISSING, WHY_NOT, Player, colours_shown, virtual_display

pytestmark = pytest.mark.slow


def run(*command: str, folder: Path, home: Path) -> str:
    """Standard output of a command that must succeed, with the game's own folder elsewhere and no screen."""
    environment = {**os.environ, "PAX_SILICA_HOME": str(home), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DISPLAY"):
        environment.pop(name, None)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an environment that holds the wheel and what it names, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    run("git", "clone", "--quiet", "--no-hardlinks", str(CHECKOUT), "clone", folder=folder, home=folder)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", ".", "./clone")
    run(*pip, folder=folder, home=folder)
    venv.create(folder / "env", with_pip=True)
    wheel = next(folder.glob("*.whl"))
    run(str(folder / "env/bin/pip"), "install", "--quiet", str(wheel), folder=folder, home=folder)
    return folder / "env"


@pytest.mark.parametrize("scenario", ["pax_silica_2026", "classroom"])
def test_both_scenarios_play_to_their_end(installed: Path, tmp_path: Path, scenario: str) -> None:
    command = (str(installed / "bin/pax-silica"), "run", scenario, "--seed", "3", "--json", "-")
    result = json.loads(run(*command, folder=tmp_path, home=tmp_path / "home"))
    assert len(result["state_hashes"]) == result["quarters"] + 1
    assert len(result["standings"]) == 16


@pytest.mark.skipif(bool(MISSING), reason=WHY_NOT)
def test_the_installed_game_opens_its_window_and_is_left(installed: Path, tmp_path: Path) -> None:
    home, elsewhere, picture = (tmp_path / name for name in ("home", "elsewhere", "picture"))
    for folder in (home, elsewhere, picture):
        folder.mkdir()
    for display in virtual_display(picture):
        empty = colours_shown(picture)
        player = Player(display, home, command=(str(installed / "bin/pax-silica"),), folder=elsewhere)
        try:
            player.until(lambda: len(colours_shown(picture)) > 500)
            shown = colours_shown(picture)
            left = player.quit()
        finally:
            player.game.kill()
            said = player.game.communicate(timeout=10)[1]
        assert (left, said) == (0, "")
    assert len(empty) == 1, "the display was blank before"
    assert shown.most_common(1)[0][1] < 0.9 * shown.total(), "the window is more than one colour"
    assert list(elsewhere.iterdir()) == []


def test_the_window_draws_from_the_bundle(installed: Path, tmp_path: Path) -> None:
    picture = tmp_path / "main.png"
    command = (str(installed / "bin/pax-silica"), "screenshot", "main", "--size", "1280x720", "-o", str(picture))
    run(*command, folder=tmp_path, home=tmp_path / "home")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 100_000


def test_nothing_is_missing_but_a_display(installed: Path, tmp_path: Path) -> None:
    command = (str(installed / "bin/python"), "-c", "import agents, game; print(agents.__file__); print(game.__file__)")
    for line in run(*command, folder=tmp_path, home=tmp_path / "home").splitlines():
        assert str(installed) in line
