"""Ways to be seen and to see: standards, audits, summits, campaigns, intelligence, declared stocks.

Each looks at the seats whose turn it is and gives the orders that treasury and political capital allow. Rows are seats.
"""

from __future__ import annotations

import numpy as np

from agents.envoys import Embassy
from agents.strategies import Council
from agents.strategies.moves_controls import rivals
from agents.strategies.moves_invest import in_turn
from game.core.diplomacy import Audit, Bluff, Campaign, SafetyStandard, Spy, Summit
from game.core.names import CHARTER
from game.core.numeric import Counts
from game.rules import motions

#: Political capital that is kept for the orders of the quarter.
KEPT = 1.0
#: Share of silicon certified above which an audit finds little that is new.
KNOWN = 0.8
#: How far one motion moves a charter term.
STEP = 0.25


def audit(council: Council, every: int = 4) -> None:
    """Certify what chip plants at home make."""
    certified = council.desk.world.standards.certified
    for row in in_turn(council, every):
        council.attempt(row, Audit(), (certified[council.seats[row]] < KNOWN) & (council.capital[row] > KEPT))


def write_standard(council: Council, every: int = 4) -> None:
    """Write an AI-safety standard of one's own, where none is followed."""
    followed = council.desk.world.standards.guardrail
    for row in in_turn(council, every):
        council.attempt(row, SafetyStandard(), (followed[council.seats[row]] < 0) & (council.capital[row] > KEPT))


def meet(council: Council, every: int = 6) -> None:
    """A summit of friends about the rival."""
    for row in in_turn(council, every):
        target = council.scenario.place_axis.names[int(rivals(council.scenario)[council.seats[row]])]
        council.attempt(row, Summit(target), council.capital[row] > KEPT)


def rally(council: Council, every: int = 6, least: float = 0.7) -> None:
    """A campaign for the resolve to bear a quarrel, where it is low."""
    resolve = council.desk.world.politics.resolve
    for row in in_turn(council, every):
        council.attempt(row, Campaign("resolve"), (resolve[council.seats[row]] < least) & (council.capital[row] > KEPT))


def look(council: Council, every: int = 4) -> None:
    """Intelligence on the rival."""
    for row in in_turn(council, every):
        target = council.scenario.place_axis.names[int(rivals(council.scenario)[council.seats[row]])]
        council.attempt(row, Spy(target), council.capital[row] > KEPT)


def overstate(council: Council, share: float, every: int = 8) -> None:
    """Declare larger stocks than there are, so that a ban on them looks as if it would bite less."""
    bluff = council.desk.world.signals.bluff
    for row in in_turn(council, every):
        where = (bluff[council.seats[row]] == 0.0) & (council.capital[row] > KEPT)
        council.attempt(row, Bluff(share), where & (council.view.quarter > 0))


def strengthen(embassy: Embassy, terms: tuple[str, ...], every: int = 4) -> None:
    """Move in the race's bloc to raise one term of its charter a step, each in its turn."""
    world, s = embassy.talks.world, embassy.scenario
    if embassy.round != 1 or world.quarter % every:
        return
    bloc, term = s.race.bloc, CHARTER.at(terms[world.quarter // every % len(terms)])
    if bloc not in s.chartered:
        return
    # All members of one mind would move the same: the first of them does.
    for seat in embassy.seats.tolist():
        strength = np.minimum(world.blocs.charter[bloc, term] + STEP, 1.0)
        where = (world.relations.member[bloc, seat] > 0) & (world.blocs.charter[bloc, term] < 1.0 - 1e-9)
        kind, blocs = np.full((1, world.worlds), motions.CHARTER_TERM, dtype=np.int8), _small(bloc, world.worlds)
        cost = motions.price(world, s, np.array([seat]), blocs, kind)[0]
        where &= world.state.capital[seat] >= cost + KEPT
        if where.any():
            one: Counts = np.array([seat])
            embassy.assembly.move_together(one, blocs, kind, _small(term, world.worlds), strength[None], where[None])
            return


def _small(value: int, worlds: int) -> np.ndarray:
    return np.full((1, worlds), value, dtype=np.int8)
