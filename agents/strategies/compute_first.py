"""Compute first: racks and watts before all: who has the compute sets the pace.

A seat that buys accelerators before it builds: power well ahead of need, know-how in AI systems, photonics and power,
leading chips at home finished for the finest node they can be, and compute worked in the economy.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_invest import finer_nodes, hasten


class ComputeFirst(Doctrine):
    """See the module."""

    name = "compute_first"
    motto = "Racks and watts before all: who has the compute sets the pace."
    character = Character(
        compute_before=0.45,
        compute=1.0,
        full_grid=0.86,
        reserve=0.2,
        plants=tuple((good, 1.6) for good in ("leading_logic", "hbm", "accelerators")),
        dials=(("grid", 0.9), ("ai_systems", 0.25), ("universities", 0.6), ("economy", 0.75), ("visa", 0.6)),
        takes=(("compute", 2.0), ("power", 2.5), ("visa", 1.5), ("priority", 1.5), ("platform", 1.5)),
    )

    def act(self, council: Council) -> None:
        """Finer nodes, and permits for fabs that have long to go."""
        finer_nodes(council)
        hasten(council, every=4)
