"""What steady seats do with political capital that would lapse: they win support at home, and look at their rivals."""

from __future__ import annotations

import numpy as np

from agents.strategies import Council
from game.core.diplomacy import Campaign, Spy
from game.core.names import USES
from game.core.numeric import Counts
from game.rules.law import Mask

#: Approval above which a campaign wins too little for its money.
CONTENT = 0.8


def use_capital(council: Council) -> None:
    """A campaign, then intelligence on a rival, of each seat whose capital would run over by the next quarter."""
    view, names = council.view, council.scenario.place_axis.names
    wanted = _running_over(council) & (view.state.approval[council.rows] < CONTENT)
    for row in np.flatnonzero(wanted.any(axis=1)).tolist():
        council.give(row, Campaign("approval"), wanted[row])
    full = _running_over(council)
    if not full.any():
        return
    rival = _rivals(council)
    for row in np.flatnonzero(full.any(axis=1)).tolist():
        for place in sorted(set(rival[row][full[row]].tolist())):
            council.give(row, Spy(names[place]), full[row] & (rival[row] == place))


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
