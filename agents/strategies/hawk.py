"""Hawk: find what the rival cannot do without, warn once, and shut the gate.

A seat that uses its chokepoints: it threatens for less than others do and carries out what it said, binds users of its
technology to its controls, lists the rival's plants, signs little with it, and asks friends to match. It does not sell
promises to hold back.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_controls import bind_others, list_lines
from agents.strategies.moves_state import look, rally


class Hawk(Doctrine):
    """See the module."""

    name = "hawk"
    motto = "Find what the rival cannot do without, warn once, and shut the gate."
    character = Character(
        dials=(("enforcement", 0.8), ("universities", 0.5), ("grid", 0.6), ("security", 0.25), ("stock_target", 0.5)),
        gives=(("match", 3.0), ("guarantee", 1.5), ("intelligence", 1.5), ("restrain", 0.0)),
        takes=(("match", 4.0), ("no_reexport", 3.0), ("intelligence", 2.0)),
        inside=0.6,
        wary=0.1,
        quarrels=2.5,
        courage=1.0,
        welcome=0.3,
    )

    def act(self, council: Council) -> None:
        """Secondary rules behind its controls, the entity list, intelligence, and resolve at home to bear it."""
        bind_others(council, calm=2.0)
        list_lines(council, calm=2.0)
        look(council, every=8)
        rally(council, every=8, least=0.45)
