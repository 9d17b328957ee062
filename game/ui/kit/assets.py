"""Fonts, icons and flags from the asset folder, each loaded once and kept in a bounded cache."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.ui.kit.cache import BoundedCache
from game.ui.theme import TYPE, Colour, TypeRole

SMALLEST_FONT = 12
"""No text is ever drawn smaller than this many pixels."""


class MissingAssetError(FileNotFoundError):
    """A font, icon or flag the window needs is not in the asset folder."""


class Assets:
    """What the window draws with.

    Parameters
    ----------
    root : Path
        The asset folder, holding `fonts/`, `icons/` and `flags/`.

    Raises
    ------
    MissingAssetError
        If a font of `theme.TYPE` is absent. Icons and flags are asked for by name and raise when first used.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        absent = sorted({role.font for role in TYPE.values() if not self._font_path(role.font).is_file()})
        if absent:
            raise MissingAssetError(f"{root / 'fonts'}: missing {', '.join(f'{name}.ttf' for name in absent)}")
        self._fonts: BoundedCache[tuple[str, int], pygame.font.Font] = BoundedCache(160)
        self._masters: BoundedCache[Path, pygame.Surface] = BoundedCache(200)
        self._icons: BoundedCache[tuple[str, int, Colour], pygame.Surface] = BoundedCache(500)
        self._flags: BoundedCache[tuple[str, int], pygame.Surface] = BoundedCache(200)

    def _font_path(self, name: str) -> Path:
        return self.root / "fonts" / f"{name}.ttf"

    def font(self, role: TypeRole, pixels: int) -> pygame.font.Font:
        """Return the font of `role` at a size of `pixels` window px."""
        key = (role.font, pixels)
        return self._fonts.get(key, lambda: pygame.font.Font(str(self._font_path(role.font)), pixels))

    def icon(self, name: str, pixels: int, colour: Colour) -> pygame.Surface:
        """Return the icon `name` as a square of `pixels` window px, tinted with `colour`.

        Raises
        ------
        MissingAssetError
            If there is no icon of that name.
        """
        return self._icons.get((name, pixels, colour), lambda: self._tinted(name, pixels, colour))

    def flag(self, code: str, pixels: int) -> pygame.Surface:
        """Return the round flag of the place with ISO3 code `code` as a square of `pixels` window px.

        Raises
        ------
        MissingAssetError
            If there is no flag of that code; ask `has_flag` first where that can happen.
        """
        path = self.root / "flags" / f"{code}.png"
        return self._flags.get(
            (code, pixels), lambda: pygame.transform.smoothscale(self._master(path), (pixels, pixels))
        )

    def has_flag(self, code: str) -> bool:
        """Say whether the asset folder holds a flag for this ISO3 code."""
        return (self.root / "flags" / f"{code}.png").is_file()

    def has_icon(self, name: str) -> bool:
        """Say whether the asset folder holds an icon of this name."""
        return (self.root / "icons" / f"{name}.png").is_file()

    def _tinted(self, name: str, pixels: int, colour: Colour) -> pygame.Surface:
        scaled = pygame.transform.smoothscale(
            self._master(self.root / "icons" / f"{name}.png"), (pixels, pixels)
        ).convert_alpha()
        alpha = pygame.surfarray.array_alpha(scaled)
        # The master is white on clear; filling the colour and keeping the alpha avoids the grey rim that
        # multiplying would leave on half-clear pixels.
        scaled.fill((*colour, 255))
        pygame.surfarray.pixels_alpha(scaled)[:] = alpha
        return scaled

    def _master(self, path: Path) -> pygame.Surface:
        if not path.is_file():
            raise MissingAssetError(f"{path}: no such {path.parent.name.removesuffix('s')}")
        return self._masters.get(path, lambda: pygame.image.load(str(path)).convert_alpha())
