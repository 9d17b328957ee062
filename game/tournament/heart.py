"""The heart of a worker process: a few bytes of memory that tell its supervisor whose strategy is at work."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Sequence
from typing import IO

BEAT = struct.Struct("<qq")
"""What stands in the file of the heart: how many decisions began or ended, and the position of the seat at work."""
NOBODY = -1


class Heart:
    """Tells the supervisor, through a file both have in memory, which seat's strategy is at work since when."""

    def __init__(self, file: IO[bytes]) -> None:
        self._beat = mmap.mmap(file.fileno(), BEAT.size)
        self._count = 0
        self.seats: Sequence[str] = ()

    def watch(self, seats: Sequence[str]) -> None:
        """Note that the strategy of these seats is at work now, or with no seats that none is."""
        self._count += 1
        at = self.seats.index(seats[0]) if seats else NOBODY
        self._beat[:] = BEAT.pack(self._count, at)
