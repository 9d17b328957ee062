"""Pax Silica: a strategy game about the supply chain of AI chips.

One engine serves the desktop game, headless tournaments and the classroom. The parts are layered; imports only go
downward (see CONTRIBUTING.md). Start from `game.match` to play a game in code, or from `agents.model.ChipRace` for the
Mesa model.
"""

__version__ = "0.1.0"
