"""Cards of orders: the candidates whose forecast gain stands out of the luck of the draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from game.agenda.candidates import Candidate, candidates, given_already
from game.agenda.cards import Card
from game.agenda.gains import PARTS, Gain, gains
from game.core.orders import Order
from game.explain.words import capitalised
from game.match import Match
from game.view import View

PART_WORDS = {
    "compute": "compute at work", "independence": "independence", "prosperity": "prosperity", "standing": "standing",
    "security": "security", "objective": "your objective", "mandate": "your mandate", "race": "the race",
}  # fmt: skip
#: A gain below so many standard errors is luck; points of a part that a card names.
SURE, TOLD = 1.5, 0.005
REASONS = 3


class Trial:
    """What orders the seat might give are worth: asked of the forecast, which takes a second, in any thread.

    Parameters
    ----------
    match, seat : read when it is made; the forecast needs nothing of the match any more.
    """

    def __init__(self, match: Match, seat: str) -> None:
        self.seat, self.scenario = seat, match.scenario
        self.quarter = match.quarter
        self._seen: View = match.seen_by(seat)
        self._given: tuple[Order, ...] = tuple(queued.order for queued in match.queued(seat))
        self.found: Sequence[Candidate] = candidates(match, seat)

    def run(self, go_on: Callable[[], bool] = lambda: True) -> Mapping[str, Gain]:
        """Try every candidate; nothing if `go_on` says to stop."""
        return gains(self._seen, self.scenario, self.seat, self._given, self.found, go_on=go_on)


def order_cards(match: Match, seat: str, trial: Trial, gained: Mapping[str, Gain]) -> Iterator[Card]:
    """Candidates that gain something, that were not given meanwhile, and that can still be paid."""
    given = [queued.order for queued in match.queued(seat)]
    for each in trial.found:
        gain = gained.get(each.name)
        if gain is None or gain.points <= SURE * gain.error or given_already(each.order, given):
            continue
        if match.test(seat, each.order).accepted:
            yield Card(each.key, each.kind, each.title, each.act, gain.points, reasons(gain), each.left, each.order,
                       each.place, each.goods)  # fmt: skip


def reasons(gain: Gain) -> tuple[str, ...]:
    """Which parts of the score gain, the largest first, then what they cost, and how sure the forecast is."""
    ranked = sorted(zip(PARTS, gain.parts.tolist(), strict=True), key=lambda row: -row[1])
    told = [f"{capitalised(PART_WORDS[name])} {points:+.2f}" for name, points in ranked if abs(points) >= TOLD]
    found = float(gain.parts.sum())
    return (*told[:REASONS], f"Found {found:+.2f} of the final score, give or take {2.0 * gain.error:.2f}")
