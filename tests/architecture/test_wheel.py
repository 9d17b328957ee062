"""What a wheel holds, and that it finds its own files when started from another folder."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.slow


def run(*command: str, folder: Path) -> str:
    """Standard output of a command that must succeed."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a clean clone of the last commit."""
    folder = tmp_path_factory.mktemp("wheel")
    run("git", "clone", "--quiet", "--no-hardlinks", str(ROOT), "clone", folder=folder)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", ".", "./clone", folder=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def committed(*folders: str) -> list[str]:
    listed = run("git", "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *folders, folder=ROOT)
    return [name for name in listed.split("\0") if name]


def test_every_module_is_in_the_wheel(names: set[str]) -> None:
    modules = [name for name in committed("game", "agents") if name.endswith(".py")]
    assert modules
    assert [name for name in modules if name not in names] == []


def test_templates_of_pages_are_in_the_wheel(names: set[str]) -> None:
    templates = committed("game/page/templates")
    assert len(templates) == 2
    assert [name for name in templates if name not in names] == []


def test_every_asset_and_scenario_is_in_the_bundle(names: set[str]) -> None:
    shipped = [name for name in committed("assets", "scenarios") if not name.endswith(".py") and "/." not in name]
    assert shipped
    assert [name for name in shipped if f"game/_bundled/{name}" not in names] == []


def test_wheel_holds_nothing_but_the_packages(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"game", "agents"}
    assert [name for name in names if "_bundled" in name and name.endswith(".py")] == []


def test_unpacked_wheel_uses_its_bundle_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        f"import sys, json; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "from game.files import paths\n"
        "print(json.dumps([paths.installed(), str(paths.assets()), paths.scenario_names()]))"
    )
    (tmp_path / "elsewhere").mkdir()
    installed, assets, scenarios = json.loads(run(sys.executable, "-c", code, folder=tmp_path / "elsewhere"))
    assert installed
    assert Path(assets).is_relative_to(tmp_path / "site")
    assert Path(assets).is_dir()
    assert scenarios == sorted(Path(n).stem for n in committed("scenarios") if n.count("/") == 1 and is_scenario(n))


def is_scenario(name: str) -> bool:
    return name.endswith(".yaml") and not name.endswith(("/sources.yaml", "/record.yaml"))
