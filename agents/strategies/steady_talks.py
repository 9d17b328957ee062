"""How steady seats talk: what they propose to whom, what they accept, and why (game.md section 5).

A quarter of the seats propose in each quarter. Each looks at some kinds of clause, finds the partner with whom the
most can be gained together, asks or gives something in return, and offers what leaves both a gain. Everything is
reckoned by `game.rules.worth`, from what is open to all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agents.envoys import Embassy
from agents.strategies.steady_bundles import Deal, enter, settle
from agents.strategies.steady_themes import Theme, pairs, themes
from game.core.clauses import CLAUSE_KINDS
from game.core.numeric import Array, Counts
from game.rules import pacts, worth
from game.rules.offers import no_offers
from game.rules.worth_offers import nets
from game.rules.worth_stakes import Stakes, stakes

#: Quarters in which every seat proposes once, and themes that it looks at.
TURN, TALKED = 4, 5
#: Political capital that it keeps for orders.
KEEP = 1.0


class Talking:
    """What steady seats say."""

    def propose_together(self, embassy: Embassy) -> None:
        """Send this round's proposals of all seats."""
        if embassy.round != 1:
            return
        k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
        quarter = k.world.quarter
        proposers = embassy.seats[(embassy.seats + quarter) % TURN == 0]
        if len(proposers):
            self._propose(embassy, k, proposers)

    def _propose(self, embassy: Embassy, k: Stakes, proposers: Counts) -> None:
        talked = dossier(k)
        places = np.array(embassy.scenario.places.seats)
        gain, chosen = _searched(k, proposers, places, talked)
        partner = gain.argmax(axis=1)
        rows, w = np.arange(len(proposers))[:, None], np.arange(k.world.worlds)
        gained = gain[rows, partner, w]
        can = k.world.state.capital[proposers] >= _cost(embassy, proposers) + KEEP
        row, world = np.nonzero((gained > 0.0) & can)
        if not len(row):
            return
        with_whom = partner[row, world]
        deal = Deal(row, world, proposers[row], places[with_whom])
        offers = no_offers(proposers.tolist(), len(embassy.scenario.place_axis), k.world.worlds)
        enter(offers, k, deal, talked, *(chosen[way, row, with_whom, world] for way in range(2)))
        settle(offers, k, deal)
        embassy.propose(offers)

    def answer_together(self, embassy: Embassy) -> None:
        """Accept what is worth more than nothing to a seat, refuse the rest."""
        offers = embassy.offers
        which = np.flatnonzero(offers.open.any(axis=1))
        if not len(which):
            return
        k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
        found = nets(k, offers, which)
        for i, row in enumerate(which.tolist()):
            asked = offers.open[row] & offers.party[row]
            asked[offers.sender[row]] = False
            for seat in np.flatnonzero(asked.any(axis=1)).tolist():
                if seat in embassy.seats:
                    good = found[i, seat] > 0.0
                    for accept, where in ((True, asked[seat] & good), (False, asked[seat] & ~good)):
                        if where.any():
                            embassy.answer(row, seat, where, accept)


def _cost(embassy: Embassy, seats: Counts) -> Array:
    """Political capital that a contract costs each seat. (n, 1)."""
    return np.array([[pacts.signing_capital(embassy.scenario, int(seat))] for seat in seats])


def dossier(k: Stakes) -> tuple[Theme, ...]:
    """What is talked about in a quarter."""
    known, quarter = themes(k.scenario), k.world.quarter
    return tuple(known[(quarter * TALKED + quarter // TURN + i) % len(known)] for i in range(TALKED))


def _searched(k: Stakes, proposers: Counts, places: Counts, talked: Sequence[Theme]) -> tuple[Array, NDArray[np.int8]]:
    """What each proposer could gain with each place, USD bn a party; and the themes that do it, (ways, P, n, B)."""
    shape = (len(proposers), len(places), k.world.worlds)
    best, chosen = np.zeros((2, *shape)), np.full((2, *shape), -1, dtype=np.int8)
    mine, theirs = k.money[proposers][:, None], k.money[places][None]
    ways = (proposers, places), (places, proposers)
    trusted = [worth.faith(k, pairs(k, talked[0], *sides)) for sides in ways]
    for i, theme in enumerate(talked):
        bound = pacts.bound(k.world, theme.kind)
        for way in range(1 if CLAUSE_KINDS[theme.kind].mutual else 2):
            cells = pairs(k, theme, *ways[way])
            giver, taker = worth.worths(k, theme.kind, cells, trusted[way])
            if way:
                giver, taker = taker.swapaxes(0, 1), giver.swapaxes(0, 1)
            joint = giver / mine + taker / theirs
            better = joint > best[way]
            if bound is not None:
                better &= ~(cells.at(bound, "gt") if not way else cells.at(bound, "gt").swapaxes(0, 1))
            np.copyto(best[way], joint, where=better)
            chosen[way][better] = i
    gain = best[0] + best[1]
    gain[proposers[:, None] == places] = 0.0
    return gain, chosen
