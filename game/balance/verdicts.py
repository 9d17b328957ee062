"""One line of the report: what was found, how sure that is, what is aimed at, and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

MET, NOT_MET, NOT_MEASURED = "met", "not met", "not measured"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One indicator or proof.

    Parameters
    ----------
    rule : `10` for section 10 of the game's design, else the rule: `R1` to `R15`, `score`.
    value : None where nothing was measured.
    low, high : its noise: 95% interval.
    aim : in words.
    met : None where nobody can tell.
    note : definition, worst case, or why it is not measured.
    """

    rule: str
    name: str
    value: float | None
    aim: str
    met: bool | None
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """Met, not met, or not measured."""
        return NOT_MEASURED if self.met is None else MET if self.met else NOT_MET

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is endless or no number is left blank."""
        plain = asdict(self)
        for name in ("value", "low", "high"):
            if plain[name] is not None and not abs(plain[name]) < float("inf"):
                plain[name] = None
        return {**plain, "verdict": self.words}

    def line(self) -> str:
        """The verdict as a line for people."""
        value = "-" if self.value is None else f"{self.value:.3g}"
        noise = f" ({self.low:.3g} to {self.high:.3g})" if self.low is not None and self.high is not None else ""
        note = f"  {self.note}" if self.note else ""
        return f"{self.rule:<6}{self.words:<13}{self.name}: {value}{noise}, aim {self.aim}{note}"


def within(
    rule: str, name: str, value: float, low: float, high: float, error: float | None = None, note: str = "",
    unit: str = "",
) -> Verdict:  # fmt: skip
    """A verdict on a value that is to lie in a band; `error` is its standard error."""
    aim = f"{low:g} to {high:g}{unit}"
    if low == float("-inf"):
        aim = f"{high:g}{unit} or less"
    if high == float("inf"):
        aim = f"{low:g}{unit} or more"
    half = None if error is None else 1.96 * error
    ends = (None, None) if half is None else (value - half, value + half)
    return Verdict(rule, name, value, aim, low <= value <= high, ends[0], ends[1], note)


def unmeasured(rule: str, name: str, aim: str, why: str) -> Verdict:
    """A verdict on what headless games of this report do not show."""
    return Verdict(rule, name, None, aim, None, note=why)


def counted(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many of each."""
    return {words: sum(v.words == words for v in verdicts) for words in (MET, NOT_MET, NOT_MEASURED)}
