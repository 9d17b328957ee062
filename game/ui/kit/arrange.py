"""Cutting a rect into rows and columns, so that screens state proportions and not coordinates."""

from __future__ import annotations

from collections.abc import Sequence

import pygame


def columns(rect: pygame.Rect, sizes: Sequence[float], gap: int = 0) -> list[pygame.Rect]:
    """Cut a rect into columns.

    Parameters
    ----------
    sizes : sequence of float
        Above 1: a width in logical px. Up to 1: a share of what the others leave.
    gap : int
        Between columns.
    """
    return [pygame.Rect(rect.x + start, rect.y, length, rect.h) for start, length in _lengths(rect.w, sizes, gap)]


def rows(rect: pygame.Rect, sizes: Sequence[float], gap: int = 0) -> list[pygame.Rect]:
    """Cut a rect into rows; sizes as for `columns`."""
    return [pygame.Rect(rect.x, rect.y + start, rect.w, length) for start, length in _lengths(rect.h, sizes, gap)]


def even_rows(rect: pygame.Rect, count: int, smallest: int, largest: int) -> list[pygame.Rect]:
    """Cut a rect into `count` rows that share spare height, each within the given heights in logical px."""
    height = max(smallest, min(largest, rect.h // max(1, count)))
    return [pygame.Rect(rect.x, rect.y + number * height, rect.w, height) for number in range(count)]


def inset(rect: pygame.Rect, by: int) -> pygame.Rect:
    """Return a rect smaller by `by` on every side."""
    return rect.inflate(-2 * by, -2 * by)


def _lengths(total: int, sizes: Sequence[float], gap: int) -> list[tuple[int, int]]:
    fixed = sum(size for size in sizes if size > 1)
    shares = sum(size for size in sizes if size <= 1)
    spare = max(0.0, total - fixed - gap * (len(sizes) - 1))
    places, start = [], 0.0
    for size in sizes:
        length = size if size > 1 else spare * size / shares
        places.append((round(start), round(start + length) - round(start)))
        start += length + gap
    return places
