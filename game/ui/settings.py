"""What a player chose about the window, kept between games in one small JSON file."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from game.ui.theme import SCALES


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices about the window.

    Attributes
    ----------
    text_scale : float or None
        One of `theme.SCALES`; None takes the largest that fits the window.
    country_codes : bool
        ISO3 codes in place of flags.
    software_window : bool
        Open the window without framebuffer acceleration, found to be faster on this machine.
    """

    text_scale: float | None = None
    high_contrast: bool = False
    reduced_motion: bool = False
    country_codes: bool = False
    software_window: bool = False


class DamagedSettingsError(ValueError):
    """The settings file cannot be read as settings; the message says where and why."""


def parse_settings(text: str, source: str) -> Settings:
    """Read settings from JSON text.

    Raises
    ------
    DamagedSettingsError
        Naming `source`, the key, what was found and what is allowed.
    """
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise DamagedSettingsError(f"{source}:{error.lineno}:{error.colno}: {error.msg}") from error
    if not isinstance(found, dict):
        raise DamagedSettingsError(f"{source}: expected settings by name, found {type(found).__name__}")
    known = {field.name for field in fields(Settings)}
    for key, value in found.items():
        if key not in known:
            raise DamagedSettingsError(f"{source}: {key}: unknown setting (known: {', '.join(sorted(known))})")
        if key == "text_scale":
            if value is not None and (isinstance(value, bool) or value not in SCALES):
                raise DamagedSettingsError(f"{source}: text_scale: {value!r} is not null or one of {SCALES}")
        elif not isinstance(value, bool):
            raise DamagedSettingsError(f"{source}: {key}: {value!r} is not true or false")
    return Settings(**found)


def load_settings(path: Path) -> tuple[Settings, str]:
    """Read the settings file.

    Returns
    -------
    settings : Settings
        The defaults where there is no file or it is damaged.
    message : str
        Empty, or what was wrong and where the damaged file was put aside; to be shown to the player.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), ""
    except UnicodeDecodeError as error:
        return Settings(), _put_aside(path, f"{path.name}: not UTF-8 text (byte {error.start})")
    try:
        return parse_settings(text, path.name), ""
    except DamagedSettingsError as error:
        return Settings(), _put_aside(path, str(error))


def _put_aside(path: Path, reason: str) -> str:
    aside = path.with_name(path.name + ".damaged")
    os.replace(path, aside)
    return f"Settings could not be read, so the defaults are in force. {reason}. The old file is kept as {aside.name}."


def store_settings(path: Path, settings: Settings) -> None:
    """Write the settings file so that a crash leaves either the old or the new one, whole.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
