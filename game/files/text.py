"""Text files that people hand us: bounded in size, UTF-8, without tabs."""

import stat
from pathlib import Path

from game.files.document import position_of, refusal


def read_text(path: Path, name: str, max_bytes: int) -> str:
    """The text of a file.

    Parameters
    ----------
    path : Path
        A regular file; its size is asked before it is opened, so a huge one costs nothing.
    name : str
        What errors call the file.
    max_bytes : int
        Largest size read.

    Raises
    ------
    InputError
        No such file, not a regular file, not readable, too large, not UTF-8.
    """
    return _decode(_read(path, name, max_bytes), name)


def refuse_tabs(text: str, name: str) -> None:
    """Raise an InputError at the first tab: YAML forbids them in some places and keeps them in others."""
    tab = text.find("\t")
    if tab >= 0:
        raise refusal(name, "a tab; use spaces", position_of(text, tab))


def too_large(size: int, max_bytes: int) -> str:
    """Message for a file of `size` bytes where `max_bytes` are allowed."""
    return f"{size / 1e6:.1f} MB; at most {max_bytes / 1e6:.1f} MB are read"


def _read(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refusal(name, "not a file")
        if status.st_size > max_bytes:
            raise refusal(name, too_large(status.st_size, max_bytes))
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise refusal(name, "no such file") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise refusal(name, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > max_bytes:  # it grew after its size was asked
        raise refusal(name, too_large(len(content), max_bytes))
    return content


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        message = f"byte 0x{content[error.start]:02x} is not UTF-8 text; save the file as UTF-8"
        raise refusal(name, message, position_of(before, len(before))) from None
