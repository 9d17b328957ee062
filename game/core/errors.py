"""The errors that people see: each says where, what was found, and what is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass


class PaxError(Exception):
    """Something a person can put right; its text is one line fit to print."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file that somebody handed us.

    Parameters
    ----------
    file : str
        The file as the person named it.
    line, col : int
        Position of the offending key or value, counted from 1; 0 when the whole file is meant.
    path : str
        Dotted path inside the file, `nations.1.cash`; empty when the whole file is meant.
    message : str
        What was found, what is allowed, and the near name if there is one.
    """

    file: str
    line: int
    col: int
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.col}" if self.line else self.file
        return ": ".join(part for part in (where, self.path, self.message) if part)


class InputError(PaxError):
    """A file cannot be used; carries every problem found in it.

    Parameters
    ----------
    problems : sequence of Problem
        At least one; its text is one line for each.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("an InputError needs at least one problem")
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
