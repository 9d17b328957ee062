"""`pax-silica screenshot`: a screen of the game as a picture, without a window."""

from __future__ import annotations

import re
from pathlib import Path

import click

from game.cli.display import quiet_pygame
from game.cli.output import check_writable
from game.core.errors import PaxError

LEAST, MOST = 320, 8192


@click.command()
@click.argument("screen")
@click.option("--size", default="1600x900", show_default=True, metavar="WxH", help="Pixels.")
@click.option(
    "--scale", type=click.FloatRange(0.5, 4.0), default=1.0, show_default=True, help="Size of text and widgets."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="PNG file to write.")
def screenshot(screen: str, size: str, scale: float, output: Path) -> None:
    """Draw SCREEN into a PNG file; no display is needed.

    Screens: title, nations, main, talks, contracts, blocs, relations, deal, state, standings, settings, saves.

    \b
    Examples:
      pax-silica screenshot main -o main.png
      pax-silica screenshot title --size 1920x1080 --scale 1.25 -o title.png
    """
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", size)
    if not found or not all(LEAST <= int(part) <= MOST for part in found.groups()):
        raise PaxError(f"--size {size}: write WIDTHxHEIGHT, as 1600x900, each from {LEAST} to {MOST}")
    if output.suffix.lower() != ".png":
        raise PaxError(f"{output}: the name of a .png file is needed")
    check_writable(str(output))
    quiet_pygame()
    from game.ui.start import screenshot as draw

    draw(screen, (int(found[1]), int(found[2])), scale, output)
    click.echo(f"{output}")
