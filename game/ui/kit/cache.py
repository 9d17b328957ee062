"""A cache that forgets what was used longest ago."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Keep the `limit` most recently used results of a costly drawing step.

    Parameters
    ----------
    limit : int
        Largest number of entries, at least 1.
    """

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError(f"a cache holds at least one entry, got a limit of {limit}")
        self._limit = limit
        self._entries: OrderedDict[Key, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the entry of `key`, calling `make` when there is none yet."""
        entries = self._entries
        if key in entries:
            entries.move_to_end(key)
            return entries[key]
        value = make()
        entries[key] = value
        if len(entries) > self._limit:
            entries.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
