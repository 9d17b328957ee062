"""A file that was read: its values, and where each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.core.errors import InputError, Problem

Scalar = str | int | float | bool | None
Value = Scalar | list["Value"] | dict[str | int, "Value"]
KeyPath = tuple[str | int, ...]
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where it says it.

    Parameters
    ----------
    name : str
        The file as the person named it.
    value : Value
        Mappings, lists and scalars.
    keys, values : dict
        Line and column, both from 1, of the key and of the value at each path; a list item has no key.
    origins : Mapping
        What errors call the place that a path comes from, where it is not `name`: the file that this one is based
        on, or an option of the command line.
    """

    name: str
    value: Value
    keys: dict[KeyPath, Position]
    values: dict[KeyPath, Position]
    origins: Mapping[KeyPath, str] = field(default_factory=dict)

    def position(self, path: KeyPath, *, key: bool = False) -> Position:
        """Line and column of the value at `path` (of its key if `key`); for what is absent, of its nearest parent."""
        if key and path in self.keys:
            return self.keys[path]
        return self.values.get(self._nearest(path), (0, 0))

    def problem(self, path: KeyPath, message: str, *, key: bool = False) -> Problem:
        """A problem with the value at `path` (with its key if `key`)."""
        line, col = self.position(path, key=key)
        return Problem(self.origins.get(self._nearest(path), self.name), line, col, dotted(path), message)

    def _nearest(self, path: KeyPath) -> KeyPath:
        """The path itself, or its nearest parent that the document has."""
        while path and path not in self.values:
            path = path[:-1]
        return path


def dotted(path: KeyPath) -> str:
    """The path as errors print it.

    >>> dotted(("nations", 1, "cash"))
    'nations.1.cash'
    """
    return ".".join(str(part) for part in path)


def position_of(text: str, index: int) -> Position:
    """Line and column, from 1, of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def refusal(name: str, message: str, position: Position | None = None) -> InputError:
    """The error for a file that is refused as a whole; `position` says how far the reader came."""
    line, col = position or (0, 0)
    return InputError([Problem(name, line, col, "", message)])


def short(text: str, limit: int = 60) -> str:
    """Text for a message: cut after `limit` characters, so that an error stays a line.

    >>> short("gallium" * 3, limit=10)
    'galliumgal…'
    """
    return text if len(text) <= limit else text[:limit] + "…"
