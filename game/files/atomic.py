"""Writing a file so that a crash leaves the old one or the new one, never half of either."""

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path

_STALE_SECONDS = 3600.0


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to a temporary file beside `path`, force it to the disk, and put it in the place of `path`.

    Raises
    ------
    OSError
        No room, no right, no such folder, or a device or folder in the place; `path` is then as it was before.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error is the one to tell
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    _sweep(path)


def keep_last(folder: Path, pattern: str, n: int = 8) -> list[Path]:
    """Delete all but the `n` newest files of `folder` that match `pattern`, and return what was deleted, oldest first.

    Age is the time of the last change; files of the same time go by name.
    """
    found = sorted(folder.glob(pattern), key=lambda path: (path.stat().st_mtime_ns, path.name))
    old = found[: max(len(found) - n, 0)]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk too; Windows has no such call for folders and does not need it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(path: Path) -> None:
    """Remove temporary files that a killed process left beside `path`; a young one may be another's at work."""
    for left in path.parent.glob(f".{path.name}.????????.tmp"):
        with contextlib.suppress(OSError):  # somebody else swept it
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()
