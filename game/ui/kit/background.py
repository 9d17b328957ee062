"""Work beside the frame: forecasts and turns run in a thread, their results arrive between two frames."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TypeVar

import pygame

Result = TypeVar("Result")
WORKERS = 2


class Background:
    """Runs functions in threads and hands their results to the thread that asks.

    Notes
    -----
    Only `deliver` calls back, in the thread that draws; a finished job wakes the event loop with a `WAKE` event.
    """

    def __init__(self) -> None:
        self.wake = pygame.event.custom_type()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="background")
        self._finished: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.running = 0

    def run(
        self, work: Callable[[], Result], on_done: Callable[[Result], None], on_error: Callable[[BaseException], None]
    ) -> None:
        """Run `work` in a thread; later `on_done` gets its result, or `on_error` what it raised."""

        def finish(future: Future[Result]) -> None:
            self._finished.put(lambda: self._hand_over(future, on_done, on_error))
            if pygame.display.get_init():
                pygame.event.post(pygame.event.Event(self.wake))

        self.running += 1
        self._pool.submit(work).add_done_callback(finish)

    def _hand_over(
        self, future: Future[Result], on_done: Callable[[Result], None], on_error: Callable[[BaseException], None]
    ) -> None:
        self.running -= 1
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            on_error(error)
        else:
            on_done(future.result())

    def deliver(self) -> None:
        """Call back for every job that has finished since the last call."""
        while True:
            try:
                call = self._finished.get_nowait()
            except Empty:
                return
            call()

    def stop(self) -> None:
        """Start nothing more and forget what has not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)
