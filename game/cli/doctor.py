"""`pax-silica doctor`: can the game run here?"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import click

from game.cli.display import no_display
from game.cli.group import ANSWER_NO, installed_version

#: Distributions that the game stands on.
NEEDED = ("click", "mesa", "numpy", "platformdirs", "pydantic", "PyYAML")
WINDOWS = ("pygame", "pygame-ce")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    what: str
    found: str
    trouble: str = ""
    """what to do about it; empty when all is well"""
    note: str = ""
    """worth knowing, but no trouble"""


@click.command()
def doctor() -> int:
    """Check versions, the window library, the display, and the folders; exit 1 if something is in the way.

    \b
    Example:
      pax-silica doctor
    """
    findings = list(examine())
    for finding in findings:
        mark = "!!" if finding.trouble else "ok"
        click.echo(f"{mark}  {finding.what:<14}{finding.found}")
        for text in filter(None, (finding.trouble, finding.note)):
            click.echo(f"    {text}")
    troubles = sum(bool(finding.trouble) for finding in findings)
    click.echo("All well." if not troubles else f"{troubles} in the way.")
    return ANSWER_NO if troubles else 0


def examine() -> Iterator[Finding]:
    """Everything that is looked at, in order."""
    yield Finding("pax-silica", installed_version())
    yield Finding("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for name in NEEDED:
        found = _version(name)
        yield Finding(name, found or "missing", "" if found else f"install it: pip install {name}")
    yield from _window()
    yield _agents()
    yield _scenarios()
    yield from _folders()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _window() -> Iterator[Finding]:
    present = {name: found for name in WINDOWS if (found := _version(name))}
    shown = ", ".join(f"{name} {found}" for name, found in present.items()) or "none"
    trouble = ""
    if len(present) > 1:
        trouble = "they share a folder and break each other: pip uninstall -y pygame pygame-ce; pip install pygame"
    elif not present or find_spec("pygame") is None:
        trouble = "no window without one: pip install pygame (headless play works)"
    yield Finding("window library", shown, trouble)
    reason = no_display()
    yield Finding("display", reason or "found", note="`pax-silica play` plays headless here" if reason else "")


def _agents() -> Finding:
    """Another distribution may have a package called `agents`, and Python takes the first it finds."""
    spec = find_spec("agents")
    ours = Path(__file__).resolve().parents[2] / "agents"
    found = Path(spec.origin).resolve().parent if spec and spec.origin else None
    if found == ours:
        return Finding("agents", str(ours))
    return Finding("agents", str(found), f"this is another package of that name; ours is {ours}: uninstall the other")


def _scenarios() -> Finding:
    from game.files.paths import scenario_names, scenarios

    names = scenario_names()
    shown = f"{', '.join(names)} in {scenarios()}" if names else str(scenarios())
    return Finding("scenarios", shown, "" if names else "no scenarios there: install the game again")


def _folders() -> Iterator[Finding]:
    from game.files.paths import assets, home, settings_file

    there = assets().is_dir()
    yield Finding("assets", str(assets()), "" if there else "missing: install the game again")
    folder = home()
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    writable = os.access(nearest, os.W_OK)
    yield Finding(
        "your games", str(folder), "" if writable else "cannot be written; name another folder in PAX_SILICA_HOME"
    )
    yield Finding("settings", str(settings_file()) + ("" if settings_file().is_file() else " (not there yet)"))
