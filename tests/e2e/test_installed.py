"""The wheel as a stranger uses it: built from a clean tree, installed into an empty environment, started elsewhere."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
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
