"""The map behind the title: the sides of the opening, and a few of the routes the game is about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame

from game.ui import theme
from game.ui.map.flows import Path as FlowPath
from game.ui.map.flows import draw_badges, draw_comets, lay_paths
from game.ui.map.geometry import load_atlas, project
from game.ui.map.land import lens_palette, number_places
from game.ui.map.model import Flow, LandStyle, MapColours
from game.ui.map.picture import MapPicture
from game.ui.map.places import PLACES
from game.ui.map.view import View, home_view

MEMBERS = ("USA", "JPN", "KOR", "SGP", "ISR", "AUS")
OBSERVERS = ("TWN", "NLD", "EUU", "CAN", "GBR")
COURTED = ("IND", "ARE", "MYS", "SEA", "GLF", "BRA")
RIVAL = "CHN"
LEANING = ("RUS", "CAS")
FLOWS = (
    Flow("TWN", "USA", theme.CHIP, 0.9),
    Flow("KOR", "USA", theme.CHIP, 0.6),
    Flow("JPN", "TWN", theme.TOOL, 0.4),
    Flow("NLD", "TWN", theme.TOOL, 0.4),
    Flow("NLD", "KOR", theme.TOOL, 0.3),
    Flow("AUS", "JPN", theme.MINERAL, 0.6),
    Flow("MYS", "USA", theme.CHIP, 0.3),
    Flow("CHN", "JPN", theme.MINERAL, 0.5, blocked=True),
)
MIDDLE = (122.0, 22.0)
ZOOM = 1.3
SHADE_FROM, SHADE_TO = 0.27, 0.5
GAP = 6.0


def lens() -> dict[str, LandStyle]:
    """Colours of the land by place code."""
    styles = {code: LandStyle(theme.PAX_LAND) for code in MEMBERS}
    styles |= {code: LandStyle(theme.PLUS_LAND) for code in OBSERVERS}
    styles |= {code: LandStyle(theme.UNDECIDED_LAND, hatch=theme.NEUTRAL_LAND) for code in COURTED}
    styles |= {code: LandStyle(theme.PRC_LEANING_LAND, hatch=theme.NEUTRAL_LAND) for code in LEANING}
    styles[RIVAL] = LandStyle(theme.PRC_LAND)
    return styles


class Backdrop:
    """A still map with moving comets that fades into ink to the left.

    Parameters
    ----------
    assets : Path
        The asset folder.
    """

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._picture: MapPicture | None = None
        self._shade: pygame.Surface | None = None
        self._paths: list[FlowPath] = []
        self._painted: tuple[int, int, float] | None = None

    def draw(self, surface: pygame.Surface, scale: float, t_ms: float, *, motion: bool) -> None:
        """Fill the surface; the first time for a size the map is painted, which takes a fraction of a second.

        Parameters
        ----------
        scale : float
            Window px for one logical px.
        t_ms : float
            A clock for the comets.
        motion : bool
            False stands them still.
        """
        size = (*surface.get_size(), scale)
        if self._painted != size:
            self._paint(*size)
            self._painted = size
        rect = surface.get_rect()
        if self._picture is not None:
            self._picture.draw(surface, rect, t_ms, motion=False)
        draw_comets(surface, (0, 0), self._paths, t_ms if motion else 0.0, scale)
        draw_badges(surface, (0, 0), self._paths, MapColours(), scale)
        if self._shade is not None:
            surface.blit(self._shade, (0, 0))

    def _paint(self, width: int, height: int, scale: float) -> None:
        # Made only now, so that the screens that never draw it need no map.
        colours = MapColours()
        picture = MapPicture(load_atlas(self._assets / "map" / "world.npz"), colours)
        view = _view(width, height)
        picture.paint_land(number_places(PLACES), view, scale)
        ends = {place.code: view.at(*project(place.lon, place.lat)) for place in PLACES}
        self._paths = lay_paths(FLOWS, ends, view, GAP * scale)
        picture.paint_flows(self._paths, scale)
        picture.paint_lens(lens_palette(PLACES, lens(), colours))
        self._picture = picture
        self._shade = _shade(width, height)


def _view(width: int, height: int) -> View:
    """Asia and the Pacific to the right of the menu."""
    view = home_view(width, height)
    return view.zoomed(0, 0, ZOOM).centred(*project(*MIDDLE))


def _shade(width: int, height: int) -> pygame.Surface:
    """Ink that is solid at the left edge and gone before the middle."""
    start, end = int(width * SHADE_FROM), int(width * SHADE_TO)
    share = np.clip((np.arange(end) - start) / max(1, end - start), 0.0, 1.0)
    # Ease in and out, so that no edge of the shade can be seen.
    alpha = np.rint(255.0 * (1.0 - share * share * (3.0 - 2.0 * share))).astype(np.uint8)
    shade = pygame.Surface((end, height), pygame.SRCALPHA, 32)
    shade.fill((*theme.INK, 255))
    pygame.surfarray.pixels_alpha(shade)[:] = alpha[:, None]
    return shade
