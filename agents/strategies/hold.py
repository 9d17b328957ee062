"""Hold: keeps things running and begins nothing.

A caretaker: dials, controls and programmes stay as they are, and contracts that run out are renewed. It gives no orders
and signs nothing new.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents.envoys import Envoy
from agents.strategies import Counsel
from agents.strategies.steady_bundles import settle
from agents.strategies.steady_renewals import renewals
from game.core.numeric import Counts, entries
from game.core.world import World
from game.rules import pacts
from game.rules.offers import Offers, no_offers
from game.rules.worth_stakes import stakes


class Hold:
    """See the module."""

    name = "hold"
    motto = "Keep things running."

    def decide(self, counsel: Counsel) -> None:
        """Do nothing."""

    def propose(self, envoy: Envoy) -> None:
        """Offer to renew what ran out last quarter, at a price that both gain from."""
        if envoy.round != 1:
            return
        embassy, s = envoy.alone, envoy.scenario
        k, places = stakes(embassy.talks.world, s, envoy.book.tables), np.array(s.places.seats)
        able = (places == envoy.seat)[:, None] & (embassy.capital >= pacts.signing_capital(s, envoy.seat))
        offers = no_offers(np.repeat(places, 2).tolist(), len(s.place_axis), k.world.worlds)
        deal = renewals(offers, k, able, np.zeros((len(places), *able.shape), dtype=bool), places)
        if deal is not None and len(deal.row):
            settle(offers, k, deal)
            embassy.propose(offers)

    def answer(self, envoy: Envoy) -> None:
        """Accept what renews a contract that ran out, refuse the rest."""
        embassy, seat = envoy.alone, envoy.seat
        offers = embassy.offers
        asked = offers.open & offers.party[:, seat] & (offers.sender != seat)[:, None]
        row, w = entries(asked)
        if len(row):
            embassy.answer_together(row, np.full(len(row), seat), w, renewing(embassy.talks.world, offers, row, w))


def renewing(world: World, offers: Offers, row: Counts, w: Counts) -> NDArray[np.bool_]:
    """Whether offers, by row and world, are between the parties of a contract that ran out last quarter, and begin with
    a clause of it. (M,)."""
    c, clauses = world.contracts, world.clauses
    over = (c.status == 0) & (c.number > 0) & (c.until == world.quarter - 1.0) & (c.breaker < 0)
    same = over[:, w] & ((c.party[:, :, w] > 0) == offers.party[row, :, w].T).all(axis=1)
    alike = np.ones((*clauses.kind.shape[:2], len(row)), dtype=bool)
    for name in ("kind", "giver", "taker", "subject"):
        alike &= getattr(clauses, name)[:, :, w] == getattr(offers, name)[row, 0, w]
    found: NDArray[np.bool_] = (same & alike.any(axis=1)).any(axis=0)
    return found
