"""How steady seats talk: what they propose to whom, what they accept, and why (game.md section 5).

Each quarter they talk about a few kinds of clause. Of all pairs of seats those that can gain most together make an
offer: a clause one way, another or money back, at a price that leaves both a gain. Everything is reckoned by
`game.rules.worth`, from what is open to all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agents.envoys import Embassy
from agents.strategies.steady_bundles import Deal, enter, settle
from agents.strategies.steady_themes import Theme, pairs, themes
from game.core.numeric import Array, Counts
from game.rules import pacts, worth
from game.rules.offers import Offers, no_offers
from game.rules.talks import Talks
from game.rules.worth_offers import nets
from game.rules.worth_stakes import Stakes, stakes

#: Kinds of clause that are talked about in a quarter, and offers made in a world.
TALKED, OFFERED = 2, 2
#: Political capital that it keeps for orders.
KEEP = 1.0
#: Joint gain in USD bn below which nobody takes the trouble.
WORTHWHILE = 0.01


class Talking:
    """What steady seats say."""

    def __init__(self) -> None:
        #: What the offers that were made in the round come to: reckoned once, for those who made and who answer them.
        self._reckoned: tuple[Talks, Array] | None = None

    def propose_together(self, embassy: Embassy) -> None:
        """Send this round's proposals of all seats."""
        if embassy.round == 1:
            self._propose(embassy, stakes(embassy.talks.world, embassy.scenario, embassy.book.tables))

    def _propose(self, embassy: Embassy, k: Stakes) -> None:
        s = embassy.scenario
        talked, places = dossier(k), np.array(s.places.seats)
        gain, chosen = _searched(k, places, talked)
        able = np.zeros((len(places), k.world.worlds), dtype=bool)
        able[np.isin(places, embassy.seats)] = True
        able &= k.world.state.capital[places] >= pacts.signing_capitals(s)[places] + KEEP
        gain *= able[:, None] | able[None]
        deal, given, taken = _picked(gain, able, chosen, places)
        if not len(deal.row):
            return
        offers = no_offers(places.tolist(), len(s.place_axis), k.world.worlds)
        enter(offers, k, deal, talked, given, taken)
        found = settle(offers, k, deal)
        codes = embassy.propose(offers)
        self._keep(embassy, offers, codes, found)

    def _keep(self, embassy: Embassy, offers: Offers, codes: NDArray[np.int64], found: Array) -> None:
        """Remember what the offers that were taken come to."""
        known = np.full(embassy.offers.party.shape, np.nan)
        at, w = np.nonzero(offers.open & (codes == 0))
        row = np.searchsorted(embassy.offers.sender, offers.sender[at])
        known[row, :, w] = found[at, :, w]
        self._reckoned = embassy.talks, known

    def answer_together(self, embassy: Embassy) -> None:
        """Accept what is worth more than nothing to a seat, refuse the rest."""
        offers = embassy.offers
        if not offers.open.any():
            return
        mine = np.zeros(offers.party.shape[1], dtype=bool)
        mine[embassy.seats] = True
        asked = offers.party & offers.open[:, None] & mine[:, None]
        asked[np.arange(len(offers.sender)), offers.sender] = False
        row, seat, w = np.nonzero(asked)
        if len(row):
            embassy.answer_together(row, seat, w, self._worth(embassy)[row, seat, w] > 0.0)
        self._reckoned = None

    def _worth(self, embassy: Embassy) -> Array:
        """What every open offer comes to for each place. (R, N, B)."""
        offers, known = embassy.offers, self._reckoned
        mine = known is not None and known[0] is embassy.talks
        found = known[1] if known is not None and mine else np.full(offers.party.shape, np.nan)
        left = np.flatnonzero((offers.open & np.isnan(found[:, 0])).any(axis=1))
        if len(left):
            k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
            found[left] = np.where(np.isnan(found[left]), nets(k, offers, left), found[left])
        return found


def dossier(k: Stakes) -> tuple[Theme, ...]:
    """What is talked about in a quarter."""
    known, quarter = themes(k.scenario), k.world.quarter
    return tuple(known[(quarter * TALKED + i) % len(known)] for i in range(TALKED))


def _searched(k: Stakes, places: Counts, talked: Sequence[Theme]) -> tuple[Array, NDArray[np.int8]]:
    """What each two places could gain together, USD bn: (n, n, B), from the first on; and the theme that the first
    would do for the second, -1 for none, (n, n, B)."""
    shape = (len(places), len(places), k.world.worlds)
    best, chosen = np.zeros(shape), np.full(shape, -1, dtype=np.int8)
    money = k.money[places]
    trusted = worth.faith(k, pairs(k, talked[0], places, places))
    for i, theme in enumerate(talked):
        giver, taker = worth.worths(k, theme.kind, pairs(k, theme, places, places), trusted, standing=False)
        joint = giver / money[:, None] + taker / money
        bound = pacts.bound(k.world, theme.kind)
        if bound is not None:
            joint = np.where(bound[places][:, places], 0.0, joint)
        better = joint > best
        np.copyto(best, joint, where=better)
        chosen[better] = i
    itself = np.arange(len(places))
    best[itself, itself] = 0.0
    return best + best.swapaxes(0, 1), chosen


def _picked(
    gain: Array, able: NDArray[np.bool_], chosen: NDArray[np.int8], places: Counts
) -> tuple[Deal, Counts, Counts]:
    """The pairs that gain most in each world, nobody twice; who proposes; and what it gives and takes."""
    n, worlds = len(places), np.arange(gain.shape[-1])
    left = gain.reshape(n * n, -1).T.copy()
    first, second, where = [], [], []
    for turn in range(OFFERED):
        best = left.argmax(axis=1)
        w = np.flatnonzero(left[worlds, best] > WORTHWHILE)
        i, j = best[w] // n, best[w] % n
        swap = ~able[i, w] | (able[j, w] & ((i + j + turn) % 2 == 1))
        first.append(np.where(swap, j, i))
        second.append(np.where(swap, i, j))
        where.append(w)
        if turn + 1 < OFFERED:
            square = left.reshape(-1, n, n)
            for busy in (i, j):
                square[w, busy], square[w, :, busy] = 0.0, 0.0
    i, j, w = (np.concatenate(part) for part in (first, second, where))
    return Deal(i, w, places[i], places[j]), chosen[i, j, w].astype(np.int64), chosen[j, i, w].astype(np.int64)
