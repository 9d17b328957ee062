"""Forecasts for the window: played beside the frame in slices, begun anew when the orders change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agents.futures import Futures
from game.core.orders import Order
from game.forecast import WITH, WITHOUT, Course, Fans, Forecast
from game.ui.main.context import PlayContext
from game.view import View

#: Pairs of worlds of a forecast, those after which it is shown first, and quarters looked ahead.
PAIRS, FIRST, QUARTERS = 96, 32, 8


@dataclass(frozen=True, slots=True)
class Question:
    """What a forecast is about: the quarter, and the orders given in it."""

    quarter: int
    orders: tuple[Order, ...]


class WhatIf:
    """Keeps the forecast of the quarter, with the orders given so far and without.

    Parameters
    ----------
    play : PlayContext
        The game.
    on_new : callable
        Called whenever more pairs are done.

    Attributes
    ----------
    fans : Fans or None
        What is known so far; of older orders until the first pairs of a new forecast are done.
    asked : Question or None
        What the running or last forecast is about.
    """

    def __init__(self, play: PlayContext, on_new: Callable[[], None]) -> None:
        self.play, self.on_new = play, on_new
        self.fans: Fans | None = None
        self.shown: Question | None = None
        self.asked: Question | None = None
        self.done = False
        self._running = False
        self._left = False
        self._futures: Futures | None = None

    @property
    def question(self) -> Question:
        """What a forecast would be about now."""
        match = self.play.match
        return Question(match.quarter, tuple(queued.order for queued in match.queued(self.play.seat)))

    @property
    def fresh(self) -> bool:
        """Whether what is shown is of the orders as they are."""
        return self.fans is not None and self.shown == self.asked

    def ask(self) -> None:
        """Begin a forecast beside the frame, if the orders or the quarter are others than those of the last."""
        play = self.play
        if play.app is None or play.busy or play.match.over or self._running or self._left:
            return
        question = self.question
        if question == self.asked and (self.done or self._running):
            return
        self.asked, self.done, self._running = question, False, True
        seen = play.match.seen_by(play.seat)
        play.app.run_in_background(lambda: self._run(seen, question), lambda _: self._ended(question))

    def _run(self, seen: View, question: Question) -> None:
        """Play the forecast slice by slice, as long as nobody asks anything else."""
        play = self.play
        if self._futures is None:
            self._futures = Futures(play.match.scenario, play.seat)
        courses: dict[str, Course] = {WITH: [question.orders]}
        if question.orders:
            courses[WITHOUT] = [()]
        forecast = Forecast(
            seen, play.match.scenario, play.place, self._futures, courses, PAIRS * len(courses), QUARTERS, FIRST
        )
        told = 0
        for part in forecast.slices():
            if self._left or play.busy or self.asked != question:
                return
            if part.pairs > told:
                told = part.pairs
                self._tell(question, forecast.result(), part.done == part.of)

    def _tell(self, question: Question, fans: Fans, done: bool) -> None:
        """Hand over what is known to the thread that draws."""
        app = self.play.app
        if app is not None:
            app.run_in_background(lambda: fans, lambda found: self._take(question, found, done))

    def _take(self, question: Question, fans: Fans, done: bool) -> None:
        if self.asked == question and not self._left:
            self.fans, self.shown, self.done = fans, question, done
            self.on_new()

    def _ended(self, question: Question) -> None:
        self._running = False

    def changed(self) -> None:
        """The orders may be others now: stop a forecast that no longer fits, so that the next can begin."""
        if self.asked is not None and self.question != self.asked:
            self.asked, self.done = None, False
        if self.shown is not None and self.shown.quarter != self.play.match.quarter:
            self.fans = self.shown = None

    def leave(self) -> None:
        """Stop what is being forecast."""
        self._left = True
