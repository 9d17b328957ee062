"""Free trader: sell to everybody, at a fee if need be, and keep every door open.

A seat that lives by trade: its own controls become licences for a fee, it talks about supply, compute and promises to
hold back with anybody, answers no breach by a control, lets engineers in, and certifies what it sells.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_controls import sell_licences
from agents.strategies.moves_state import audit


class FreeTrader(Doctrine):
    """See the module."""

    name = "free_trader"
    motto = "Sell to everybody, at a fee if need be, and keep every door open."
    character = Character(
        quarrels=0.0,
        dials=(("visa", 0.7), ("universities", 0.5), ("grid", 0.6), ("rent", 0.2), ("enforcement", 0.3)),
        gives=(("supply", 2.0), ("compute", 2.0), ("licence", 1.5), ("restrain", 3.0), ("match", 0.0)),
        takes=(("supply", 2.0), ("compute", 1.5), ("restrain", 3.0), ("priority", 1.5), ("match", 0.0)),
        plants=tuple(
            (good, 1.4) for good in ("leading_logic", "hbm", "accelerators", "mature_chips", "wafers", "resist")
        ),
        inside=1.5,
        courage=-0.3,
        answers=False,
    )

    def act(self, council: Council) -> None:
        """Licences in the place of bans, and audits that let certified goods earn more."""
        sell_licences(council)
        audit(council)
