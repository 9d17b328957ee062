"""What steady seats do with political capital that would lapse: they win support at home, and look at their rivals."""

from __future__ import annotations

import numpy as np

from agents.strategies import Council
from game.core.names import USES
from game.core.numeric import Counts
from game.rules.law import Mask

#: Approval above which a campaign wins too little for its money.
CONTENT = 0.8


def use_capital(council: Council) -> None:
    """A campaign, then intelligence on a rival, of each seat whose capital would run over by the next quarter."""
    wanted = _running_over(council) & (council.view.state.approval[council.rows] < CONTENT)
    if wanted.any():
        council.campaign("approval", wanted)
    full = _running_over(council)
    if full.any():
        council.look_at(_rivals(council), full)


def _running_over(council: Council) -> Mask:
    """Where a seat has more capital left than it can keep when the next quarter's comes. (n, B)."""
    state = council.scenario.parameters.state
    return (council.capital + state.capital >= state.capital_bank) & (council.money > 0.0)


def _rivals(council: Council) -> Counts:
    """The strong place that each seat trusts least. (n, B)."""
    view = council.view
    strength = np.sqrt(view.compute.running * view.compute.uses[:, USES.at("security")])
    fear = (1.0 - view.relations.trust[:, council.rows]) * strength[:, None]
    fear[council.seats, np.arange(len(council.seats))] = -1.0
    return fear.argmax(axis=0)
