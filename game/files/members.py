"""The members of a save as bytes and back: the ending of the name says what a member holds.

`.json` plain values, `.npy` a numeric array, `.yaml` and `.txt` text, `.bin` bytes.
"""

import io
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Content = bytes | str | NDArray[Any] | Any

MEMBER_NAME = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)*\.(?:json|npy|yaml|txt|bin)", re.ASCII)
"""Names that a member may have: small letters, folders below, never upward or from the root."""

_LONGEST_NAME = 200
_NPY_MAGIC = b"\x93NUMPY\x01\x00"
_NPY_HEADER = re.compile(
    rb"\{'descr': '(\|[biu]1|<[iuf][248])', 'fortran_order': False, 'shape': \(([0-9, ]*)\), \} *\n"
)


@dataclass(frozen=True, slots=True)
class Members:
    """What a save holds.

    Parameters
    ----------
    schema_version : int
        Version of the layout that the writer used.
    contents : Mapping
        Member name to its value, decoded as the ending says; arrays are read-only.
    """

    schema_version: int
    contents: Mapping[str, Content]

    def __getitem__(self, name: str) -> Content:
        return self.contents[name]

    def __contains__(self, name: object) -> bool:
        return name in self.contents


def valid_name(name: str) -> bool:
    """Whether a member may have this name."""
    return len(name) <= _LONGEST_NAME and MEMBER_NAME.fullmatch(name) is not None


def encode(name: str, content: Content) -> bytes:
    """The bytes of a member.

    Raises
    ------
    ValueError
        The name is not allowed, or its ending does not suit the content; JSON does not hold NaN or infinity.
    """
    if not valid_name(name):
        raise ValueError(f"{name!r} is not a name for a member of a save")
    ending = name.rpartition(".")[2]
    if ending == "npy" and isinstance(content, np.ndarray):
        return _array_bytes(content)
    if ending == "bin" and isinstance(content, bytes):
        return content
    if ending in ("txt", "yaml") and isinstance(content, str):
        return content.encode("utf-8")
    if ending == "json" and not isinstance(content, bytes | np.ndarray):
        text = json.dumps(content, allow_nan=False, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    raise ValueError(f"{name!r} cannot hold a {type(content).__name__}")


def decode(name: str, content: bytes) -> Content:
    """What `encode` was given.

    Raises
    ------
    ValueError
        The bytes are not what the ending promises.
    """
    ending = name.rpartition(".")[2]
    if ending == "npy":
        return _array(content)
    if ending == "json":
        return decode_json(content)
    return content if ending == "bin" else content.decode("utf-8")


def decode_json(content: bytes) -> Any:
    """A JSON value; raises ValueError for NaN and infinity, which are not JSON, and for nesting beyond reason."""
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _array_bytes(array: NDArray[Any]) -> bytes:
    if array.dtype.kind not in "biuf":
        raise ValueError(f"an array of {array.dtype} is not numeric")
    plain = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).reshape(array.shape)
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, plain, version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def _array(content: bytes) -> NDArray[Any]:
    """The array of an .npy file of the one form that `_array_bytes` writes; memory is taken only for bytes present."""
    start = len(_NPY_MAGIC) + 2
    end = start + int.from_bytes(content[len(_NPY_MAGIC) : start], "little")
    header = _NPY_HEADER.fullmatch(content[start:end])
    if not content.startswith(_NPY_MAGIC) or header is None:
        raise ValueError("not a numeric array")
    dtype = np.dtype(header[1].decode("ascii"))
    shape = tuple(int(part) for part in header[2].split(b",") if part.strip())
    if math.prod(shape) * dtype.itemsize != len(content) - end:
        raise ValueError("the array is not as long as its header says")
    return np.frombuffer(content, dtype, offset=end).reshape(shape)
