"""Bloc builder: bring friends in, bind them by common rules, and lead from the middle.

A seat that wants a wide and tight bloc: it joins and invites, welcomes newcomers, moves to bind members to a common
stockpile, audit and hub, holds summits about the rival, audits its own silicon and writes the standard others adopt.
"""

from __future__ import annotations

from agents.envoys import Embassy
from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_state import audit, meet, strengthen, write_standard


class BlocBuilder(Doctrine):
    """See the module."""

    name = "bloc_builder"
    motto = "Bring friends in, bind them by common rules, and lead from the middle."
    character = Character(
        quarrels=0.7,
        dials=(("universities", 0.6), ("enforcement", 0.7), ("grid", 0.6), ("stock_target", 0.4), ("rent", 0.2)),
        gives=(("hub", 2.0), ("stockpile", 2.0), ("procurement", 2.0), ("certify", 2.0), ("guarantee", 1.5)),
        takes=(("hub", 2.0), ("stockpile", 2.0), ("procurement", 2.0), ("certify", 2.0), ("guardrails", 1.5)),
        members=1.6,
        inside=0.6,
        loyal=2.0,
        courage=2.0,
        defiance=1.0,
        welcome=0.8,
    )

    def act(self, council: Council) -> None:
        """An audit, a standard, and summits of friends."""
        audit(council)
        write_standard(council)
        meet(council)

    def speak(self, embassy: Embassy) -> None:
        """Motions for a tighter charter."""
        strengthen(embassy, ("stockpile", "certify", "hub", "solidarity"))
