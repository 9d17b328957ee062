"""The `.paxsave` container: a zip with a manifest of its format, its schema version and the hash of each member.

Written so that a crash leaves the old file or the new one. Read with suspicion: sizes before contents, no path outside
the file, no pickle, no member that the manifest does not know.
"""

import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from game.core.errors import PaxError
from game.files.atomic import keep_last, write_atomically
from game.files.members import Content, Members, decode, decode_json, encode, valid_name

__all__ = ["FORMAT", "MAX_BYTES", "Members", "SaveError", "keep_last", "read", "write"]

FORMAT = "paxsave"
MAX_BYTES = 16_000_000
"""Largest save read, packed and unpacked."""

_MAX_MEMBERS = 1000
_MANIFEST = "manifest.json"
_FIRST_BYTES = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # equal contents shall give equal bytes, whenever they are written
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, OverflowError)


class SaveError(PaxError):
    """A save cannot be written or read; its text is one line with the name of the file."""


def write(path: Path, members: Mapping[str, Content], schema_version: int) -> None:
    """Write a save in one piece, or leave what was there.

    Parameters
    ----------
    path : Path
        The file; its folder must exist.
    members : Mapping of str to bytes, str, numeric array or JSON value
        The ending of each name says what it holds, see `game.files.members`.
    schema_version : int
        Version of the layout of the members.

    Raises
    ------
    SaveError
        The file cannot be written.
    ValueError
        A member has a name or content that a save does not hold.
    """
    packed = {name: encode(name, members[name]) for name in sorted(members)}
    if _MANIFEST in packed:
        raise ValueError(f"{_MANIFEST} is written by the container itself")
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in packed.items()}
    manifest = {"format": FORMAT, "schema": schema_version, "sha256": hashes}
    try:
        write_atomically(path, _zipped({_MANIFEST: encode(_MANIFEST, manifest), **packed}))
    except OSError as error:
        raise SaveError(f"{path}: cannot be written: {error.strerror or error}") from None


def read(path: Path, *, newest_schema: int, max_bytes: int = MAX_BYTES) -> Members:
    """Read a save.

    Parameters
    ----------
    path : Path
        The file.
    newest_schema : int
        The newest schema version that the caller understands; older ones are returned for it to migrate.
    max_bytes : int
        Largest file read, and largest sum of its unpacked members.

    Raises
    ------
    SaveError
        The file is missing, too large, not a save, cut off, damaged, or written by a newer version of the game.
    """
    content = _bytes_of(path, max_bytes)
    if not content.startswith(_FIRST_BYTES):
        raise SaveError(f"{path}: not a Pax Silica save")
    if not _is_whole(content):
        raise SaveError(f"{path}: cut off or damaged; it cannot be read")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(path, archive, newest_schema, max_bytes)
    except _DAMAGE:
        raise SaveError(f"{path}: cut off or damaged; it cannot be read") from None


def _is_whole(content: bytes) -> bool:
    """Whether the archive's end stands at the end of the file, and its table just before: nothing added or cut off."""
    end = content[-_END.size :]
    if len(end) < _END.size:
        return False
    mark, *_, size, offset, comment = _END.unpack(end)
    return bool(mark == b"PK\x05\x06" and comment == 0 and offset + size + _END.size == len(content))


def _bytes_of(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SaveError(f"{path}: not a file")
        if status.st_size > max_bytes:
            raise _too_large(path, status.st_size, max_bytes)
        with path.open("rb") as file:
            return file.read(max_bytes)
    except FileNotFoundError:
        raise SaveError(f"{path}: no such file") from None
    except OSError as error:
        raise SaveError(f"{path}: cannot be read: {error.strerror or error}") from None


def _members(path: Path, archive: zipfile.ZipFile, newest_schema: int, max_bytes: int) -> Members:
    """Check the archive from the outside inward, and decode it."""
    _check_listing(path, archive.infolist(), max_bytes)
    manifest = _manifest(path, archive)
    if manifest["schema"] > newest_schema:
        raise SaveError(
            f"{path}: written by a newer version of the game (save schema {manifest['schema']}; "
            f"this version reads up to {newest_schema})"
        )
    hashes = manifest["sha256"]
    present = set(archive.namelist()) - {_MANIFEST}
    if unlisted := sorted(present - set(hashes)):
        raise SaveError(f"{path}: holds {unlisted[0]}, which its manifest does not list")
    if lost := sorted(set(hashes) - present):
        raise SaveError(f"{path}: {lost[0]} is missing from it")
    contents = {name: _member(path, archive, name, hashes[name]) for name in sorted(hashes)}
    return Members(manifest["schema"], contents)


def _check_listing(path: Path, entries: list[zipfile.ZipInfo], max_bytes: int) -> None:
    """Refuse by the table of contents alone what should not be unpacked."""
    if len(entries) > _MAX_MEMBERS:
        raise SaveError(f"{path}: holds {len(entries)} members; at most {_MAX_MEMBERS} are read")
    seen: set[str] = set()
    for entry in entries:
        if not valid_name(entry.filename) or entry.filename in seen:
            raise SaveError(f"{path}: holds a member that no save has: {entry.filename[:60]!r}")
        seen.add(entry.filename)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SaveError(f"{path}: {entry.filename} is packed in a way that no save uses")
    total = sum(entry.file_size for entry in entries)
    if total > max_bytes:
        raise _too_large(path, total, max_bytes)


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    if _MANIFEST not in archive.namelist():
        raise SaveError(f"{path}: not a Pax Silica save")
    manifest = decode_json(archive.read(_MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise SaveError(f"{path}: not a Pax Silica save")
    schema, hashes = manifest.get("schema"), manifest.get("sha256")
    if type(schema) is not int or schema < 1 or not isinstance(hashes, dict):
        raise SaveError(f"{path}: its manifest is damaged")
    return manifest


def _member(path: Path, archive: zipfile.ZipFile, name: str, expected_hash: object) -> Content:
    content = archive.read(name)
    if hashlib.sha256(content).hexdigest() != expected_hash:
        raise SaveError(f"{path}: {name} is not what was saved (checksum differs)")
    try:
        return decode(name, content)
    except ValueError as error:
        raise SaveError(f"{path}: {name}: {error}") from None


def _zipped(packed: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in packed.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _too_large(path: Path, size: int, max_bytes: int) -> SaveError:
    return SaveError(f"{path}: {size / 1e6:.1f} MB; at most {max_bytes / 1e6:.0f} MB are read")
