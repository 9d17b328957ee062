"""What a turn is called: a quarter, or a round where one set of orders lasts several quarters."""

from __future__ import annotations

from game.core.names import quarter_name
from game.core.scenario import Scenario
from game.ui.main.readings import quarter_words


def turn_noun(s: Scenario) -> str:
    """What the player ends: "quarter", or "round" where it holds several."""
    return "round" if s.quarters_per_round > 1 else "quarter"


def turn_words(quarter: int, s: Scenario) -> str:
    """Where a game of rounds or quarters stands: "Turn 4 of 24", "Round 2 of 8"; the last one at the end."""
    per = s.quarters_per_round
    number, last = quarter // per + 1, -(-s.quarters // per)
    return f"{'Round' if per > 1 else 'Turn'} {min(number, last)} of {last}"


def round_quarters(quarter: int, s: Scenario) -> str:
    """The quarters that the orders of the turn begun in `quarter` last: "Q1 2026", "Q1 to Q3 2026"."""
    return span_words(quarter, min(quarter + s.quarters_per_round, s.quarters) - 1, s)


def span_words(first: int, last: int, s: Scenario) -> str:
    """Quarters from `first` to `last`, both counted: "Q1 2026", "Q1 to Q3 2026", "Q4 2026 to Q2 2027"."""
    begin = quarter_words(quarter_name(first, s.first_quarter))
    end = quarter_words(quarter_name(max(first, last), s.first_quarter))
    if begin == end:
        return begin
    same_year = begin[-4:] == end[-4:]
    return f"{begin[:2] if same_year else begin} to {end}"


def brief_title(first: int, after: int, s: Scenario) -> str:
    """Head of the brief on the quarters from `first` up to `after`, which is not in it.

    One turn is told by its name, several played on end by their quarters alone.
    """
    span = span_words(first, after - 1, s)
    per = s.quarters_per_round
    if per > 1 and after - first <= per:
        return f"Round {first // per + 1} in brief: {span}"
    return f"{span} in brief"
