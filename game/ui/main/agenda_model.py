"""The agenda as the window keeps it: cards that wait at once, those of orders when the forecast has tried them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.agenda import Card, Gain, Trial, proposed, waiting
from game.agenda.orders import order_cards
from game.ui.main.context import PlayContext


class AgendaModel:
    """Keeps the cards of the quarter.

    Parameters
    ----------
    play : PlayContext
        The game.
    on_new : callable
        Called when the forecast has tried the orders of the quarter.
    """

    def __init__(self, play: PlayContext, on_new: Callable[[], None]) -> None:
        self.play, self.on_new = play, on_new
        self._trial: Trial | None = None
        self._gained: Mapping[str, Gain] | None = None
        self._cards: tuple[Card, ...] | None = None
        self._asked = -1
        self._left = False

    def renew(self) -> None:
        """Forget the cards: the world or the queue changed. What orders gain is kept for the quarter."""
        self._cards = None

    @property
    def current(self) -> bool:
        """Whether the trial is one of this quarter."""
        return self._trial is not None and self._trial.quarter == self.play.match.quarter

    @property
    def trying(self) -> bool:
        """Whether what orders would gain is not known yet."""
        return not self.play.match.over and not (self.current and self._gained is not None)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards proposed, most pressing first."""
        if self._cards is None:
            match, seat = self.play.match, self.play.seat
            found = list(waiting(match, seat))
            if self.current and self._trial is not None and self._gained is not None:
                found += order_cards(match, seat, self._trial, self._gained)
            self._cards = proposed(found)
        return self._cards

    def ask(self) -> None:
        """Have the orders of the quarter tried beside the frame, if nobody did."""
        play = self.play
        quarter = play.match.quarter
        if play.app is None or play.busy or play.match.over or self.current or self._left or self._asked == quarter:
            return
        self._asked = quarter
        play.app.run_in_background(lambda: self._try(quarter), lambda found: self._take(*found))

    def _try(self, quarter: int) -> tuple[Trial, Mapping[str, Gain]]:
        """Write out the candidates and try them: beside the frame, since the first alone takes longer than a frame."""
        trial = Trial(self.play.match, self.play.seat)
        return trial, trial.run(lambda: self.play.match.quarter == quarter and not self._left)

    def _take(self, trial: Trial, found: Mapping[str, Gain]) -> None:
        if trial.quarter == self.play.match.quarter and not self._left:
            self._trial, self._gained, self._cards = trial, found, None
            self.on_new()

    def leave(self) -> None:
        """Stop what is being tried."""
        self._left = True

    def tried(self, trial: Trial, found: Mapping[str, Gain]) -> None:
        """Take what was tried elsewhere for this quarter."""
        self._trial, self._gained, self._cards = trial, found, None
