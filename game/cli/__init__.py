"""The command line, `pax-silica`: the one place that puts the parts together.

Commands are imported when they are called, so that `--help` answers at once and headless play never loads the window.
"""

from game.cli.group import main

__all__ = ["main"]
