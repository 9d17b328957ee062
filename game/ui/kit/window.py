"""The operating system's window: opening it, its smallest size, and the way of flipping that is fast here."""

from __future__ import annotations

import os
import statistics
import time

import pygame

from game.ui.theme import SMALLEST_WINDOW

FRAMES_MEASURED = 30
SLOW_FLIP_MS = 8.0
_ACCELERATION = "SDL_FRAMEBUFFER_ACCELERATION"


class Window:
    """The resizable window.

    Parameters
    ----------
    title : str
        In the title bar.
    size : tuple of int
        At first, in px.
    software : bool
        Open without framebuffer acceleration. Without a GPU the accelerated flip takes 6-43 ms, this one under 1 ms.
    """

    def __init__(self, title: str, size: tuple[int, int], *, software: bool) -> None:
        self._title = title
        self._flips: list[float] = []
        self.software = software
        self.surface = self._open(size)

    def _open(self, size: tuple[int, int]) -> pygame.Surface:
        if self.software:
            os.environ[_ACCELERATION] = "0"
        if not pygame.display.get_init():
            pygame.display.init()
        pygame.display.set_caption(self._title)
        surface = pygame.display.set_mode(_at_least(size), pygame.RESIZABLE)
        pygame.key.set_repeat(350, 40)
        return surface

    def resized(self, size: tuple[int, int]) -> None:
        """Follow a change of size, but not below 1280x720."""
        wanted = _at_least(size)
        if wanted != size:
            self.surface = pygame.display.set_mode(wanted, pygame.RESIZABLE)
        else:
            self.surface = pygame.display.get_surface() or self._open(wanted)

    def flip(self) -> bool:
        """Show what was drawn; True when the window was just reopened without acceleration and must be drawn again."""
        start = time.perf_counter()
        pygame.display.flip()
        if self.software or len(self._flips) >= FRAMES_MEASURED:
            return False
        self._flips.append((time.perf_counter() - start) * 1000)
        return len(self._flips) == FRAMES_MEASURED and self.judge(self._flips)

    def judge(self, flips_ms: list[float]) -> bool:
        """Reopen without acceleration if the median of these flips is above 8 ms; True if that was done."""
        if statistics.median(flips_ms) <= SLOW_FLIP_MS:
            return False
        size = self.surface.get_size()
        self.software = True
        pygame.display.quit()
        self.surface = self._open(size)
        return True


def _at_least(size: tuple[int, int]) -> tuple[int, int]:
    return max(size[0], SMALLEST_WINDOW[0]), max(size[1], SMALLEST_WINDOW[1])
