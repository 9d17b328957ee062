"""The debrief of a finished game, worked out beside the frame: first what happened, then what decisions were worth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.errors import PaxError

if TYPE_CHECKING:
    from game.debrief import Debrief
    from game.match import Match
    from game.ui.app import App

#: Decisions of the player that are weighed by playing without each, and other draws of chance for the closer look.
BUDGET, DRAWS = 32, 4


class LeftError(PaxError):
    """The player left the screen: nobody waits for the debrief any more."""


class DebriefModel:
    """Keeps the debrief of a game.

    Parameters
    ----------
    match : Match
        A game that is over.
    on_new : callable
        Called when more is known.

    Attributes
    ----------
    told : Debrief or None
        What is known so far.
    weighed : bool
        Whether its decisions are weighed.
    share : float
        Of the work that is done, 0 to 1.
    """

    def __init__(self, match: Match, on_new: Callable[[], None]) -> None:
        self.match, self.on_new = match, on_new
        self.told: Debrief | None = None
        self.weighed = False
        self.trouble = ""
        self.share = 0.0
        self._left = False
        self._app: App | None = None

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self.weighed or bool(self.trouble)

    def begin(self, app: App) -> None:
        """Begin beside the frame."""
        self._app = app
        app.run_in_background(self._tell, self._take_story, self._failed)

    def leave(self) -> None:
        """Stop."""
        self._left = True

    def _tell(self) -> Debrief:
        from game.debrief import debrief_of

        return debrief_of(self.match.saved(), each=lambda world: self._go_on())[0]

    def _weigh(self) -> Debrief:
        from game.debrief import steps, weighed

        assert self.told is not None
        saved, done = self.match.saved(), 0
        whole = max(steps(self.told, saved, BUDGET, DRAWS), 1)

        def tick(quarters: int) -> None:
            nonlocal done
            done += quarters
            self.share = min(done / whole, 1.0)
            self._go_on()

        return weighed(self.told, saved, budget=BUDGET, draws=DRAWS, tick=tick)

    def _go_on(self) -> None:
        if self._left:
            raise LeftError("the screen was left")

    def _take_story(self, told: Debrief) -> None:
        self.told = told
        if self._left or self._app is None:
            return
        self.on_new()
        self._app.run_in_background(self._weigh, self._take_weighed, self._failed)

    def _take_weighed(self, told: Debrief) -> None:
        self.told, self.weighed = told, True
        if not self._left:
            self.on_new()

    def _failed(self, error: BaseException) -> None:
        if self._left or isinstance(error, LeftError):
            return
        if not isinstance(error, PaxError) and self._app is not None:
            self._app.show_error(error)
        self.trouble = str(error)
        self.on_new()

    # --- the page

    def export(self, folder: Path) -> Path:
        """Write the debrief as one HTML page; returns where. Raises PaxError if it cannot be written."""
        from game.debrief.page import debrief_page
        from game.files.atomic import write_atomically

        if self.told is None:
            raise PaxError("The debrief is still being worked out.")
        seat = "-".join(self.told.players).lower() or "game"
        path = folder / f"debrief-{seat}-{self.told.seed}.html"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, debrief_page(self.told).encode())
        except OSError as error:
            raise PaxError(f"{path}: cannot be written: {error.strerror or error}") from error
        return path
