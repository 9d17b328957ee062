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
from agents.strategies.character import traits_of
from agents.strategies.steady_bundles import MONEY, PAYMENT, Deal, enter, settle
from agents.strategies.steady_renewals import mended, renewals
from agents.strategies.steady_settlements import doubted, resisted, settlements, thought_to_bear
from agents.strategies.steady_suits import suits
from agents.strategies.steady_tastes import acceptable, regard
from agents.strategies.steady_themes import QUARRELLED, Theme, pairs, themes
from agents.strategies.steady_wishes import courted, wished
from game.core.clauses import CLAUSES
from game.core.numeric import Array, Counts, entries, nonzero
from game.rules import pacts, worth
from game.rules.offers import Offers, no_offers
from game.rules.talks import Talks
from game.rules.worth_offers import nets_at
from game.rules.worth_quarrels import pressure
from game.rules.worth_stakes import Stakes, stakes

RESTRAIN = CLAUSES.at("restrain")
QUEUES = (CLAUSES.at("supply"), CLAUSES.at("priority"))
#: Kinds of clause that are talked about in a quarter.
TALKED = 2
#: Quarters between two rounds of new offers; contracts are renewed whenever they run out.
TALKS = 2
#: Blame of anybody from which there is a quarrel to end.
BLAMED = 0.3
#: Worlds that are looked at together.
TOGETHER = 32
#: Political capital that it keeps for orders.
KEEP = 1.0
#: Joint gain in USD bn below which nobody takes the trouble.
WORTHWHILE = 0.01


class Talking:
    """What steady seats say."""

    def __init__(self) -> None:
        #: What the offers that were made in the round come to: reckoned once, for those who made and who answer them.
        self._reckoned: tuple[Talks, Array] | None = None
        #: Offers refused in the first round that money could mend: where they stand, and who refused in which world.
        self._refused: tuple[Offers, Counts, Counts, Counts] | None = None

    def propose_together(self, embassy: Embassy) -> None:
        """Send this round's proposals of all seats: new ones and renewals first, then what was refused, mended."""
        if embassy.round == 1:
            self._propose(embassy, stakes(embassy.talks.world, embassy.scenario, embassy.book.tables))
        elif self._refused is not None:
            k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
            offers, deal, found = mended(k, *self._refused)
            self._refused = None
            self._send(embassy, offers, deal, found)

    def _propose(self, embassy: Embassy, k: Stakes) -> None:
        s, relations = embassy.scenario, k.world.relations
        talked, places = dossier(k), np.array(s.places.seats)
        able = np.zeros((len(places), k.world.worlds), dtype=bool)
        able[np.isin(places, embassy.seats)] = True
        able &= k.world.state.capital[places] >= pacts.signing_capitals(s)[places] + KEEP
        wronged = relations.wronged[places][:, places] > 0
        shunned = wronged | wronged.swapaxes(0, 1)
        offers = no_offers(np.repeat(places, 2).tolist(), len(s.place_axis), k.world.worlds)
        renewed = renewals(offers, k, able, shunned, places)
        # Who offers to hold back makes no other new offer in this quarter; who is pressed talks of nothing new beside.
        settled = settlements(offers, k, able, shunned, places)
        pressed = pressure(k)
        if pressed is not None:
            quarrel = np.zeros_like(relations.wronged, dtype=bool)
            quarrel[pressed.owner, pressed.target, pressed.world] = True
            quarrel = quarrel[places][:, places]
            shunned = shunned | quarrel | quarrel.swapaxes(0, 1)
        if renewed is not None:
            # Who renews a contract with a partner makes no other offer to it in this quarter.
            one, other = np.searchsorted(places, renewed.proposer), np.searchsorted(places, renewed.partner)
            shunned = shunned.copy()
            shunned[one, other, renewed.world] = shunned[other, one, renewed.world] = True
        if k.world.quarter % TALKS:
            new = suits(offers, k, able, shunned, places)
        else:
            traits = traits_of(embassy.players, len(embassy.seats))
            tastes = None if traits.plain else traits.clauses_by_place(embassy.seats, len(s.place_axis))
            gain, chosen = searched(k, places, talked, tastes)
            gain *= (able[:, None] | able[None]) & ~shunned
            if not traits.plain:
                gain *= regard(traits, embassy, places)
            courted(k, places, gain)
            new, given, taken = _picked(gain, able, chosen, places)
            enter(offers, k, new, talked, given, taken)
        deals = [deal for deal in (settled, renewed, new) if deal is not None and len(deal.row)]
        if deals:
            deal = Deal(*(np.concatenate(part) for part in zip(*deals, strict=True)))
            self._send(embassy, offers, deal, settle(offers, k, deal, thought_to_bear(k, offers, deal)))

    def _send(self, embassy: Embassy, offers: Offers, deal: Deal, found: Array) -> None:
        """Send offers, and remember what those that were taken come to."""
        codes = embassy.propose(offers)
        known, sent = self._known(embassy), offers.open & (codes == 0)
        # Seats that play alike send all their offers at once: the second of a seat lies behind its first.
        behind = np.zeros(sent.shape, dtype=np.int64)
        behind[1:] = (offers.sender[1:] == offers.sender[:-1])[:, None] & sent[:-1]
        taken = nonzero(sent[deal.row, deal.world])
        at, w = deal.row[taken], deal.world[taken]
        row = np.searchsorted(embassy.offers.sender, offers.sender[at]) + behind[at, w]
        known[row, :, w] = found[taken]
        self._reckoned = embassy.talks, known

    def _known(self, embassy: Embassy) -> Array:
        """What the offers of the round come to for each place, as far as it has been reckoned. (R, N, B)."""
        known = self._reckoned
        if known is not None and known[0] is embassy.talks:
            return known[1]
        return np.full(embassy.offers.party.shape, np.nan)

    def answer_together(self, embassy: Embassy) -> None:
        """Accept what is worth more than nothing to a seat, refuse the rest."""
        offers = embassy.offers
        if not offers.open.any():
            return
        mine = np.zeros(offers.party.shape[1], dtype=bool)
        mine[embassy.seats] = True
        asked = offers.party & offers.open[:, None] & mine[:, None]
        asked[np.arange(len(offers.sender)), offers.sender] = False
        row, seat, w = entries(asked)
        if len(row):
            found = self._worth(embassy)
            k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
            own, bears = wished(k, offers, row, seat, w), resisted(k, offers, row, seat, w)
            good = found[row, seat, w] + own > bears + doubted(k, found, offers, row, seat, w)
            good &= ~_said_twice(offers, row, seat, w, embassy.seats)
            traits = traits_of(embassy.players, len(embassy.seats))
            if not traits.plain:
                good &= acceptable(traits, embassy, found[row, seat, w], row, seat, w)
            embassy.answer_together(row, seat, w, good)
            # Who bears a quarrel makes no counter-offer.
            mind = ~good & (bears <= 0.0)
            if embassy.round == 1 and mind.any():
                self._mind(offers, found, row[mind], seat[mind], w[mind])
        self._reckoned = None

    def _mind(self, offers: Offers, found: Array, row: Counts, seat: Counts, w: Counts) -> None:
        """Remember for the next round what was refused, of two parties, though the two together would gain by it."""
        sender = offers.sender[row]
        gained = np.maximum(found[row, sender, w], 0.0) + found[row, seat, w]
        some = nonzero((np.count_nonzero(offers.party[row, :, w], axis=1) == 2) & (gained > 0.0))
        # A seat mends one offer a quarter in each world.
        _, first = np.unique(seat[some] * offers.open.shape[1] + w[some], return_index=True)
        if len(first):
            some = some[first]
            self._refused = offers.rows(range(len(offers.sender))), row[some], seat[some], w[some]

    def _worth(self, embassy: Embassy) -> Array:
        """What every open offer comes to for each place. (R, N, B)."""
        offers, found = embassy.offers, self._known(embassy)
        row, w = entries(offers.open & np.isnan(found[:, 0]))
        if len(row):
            k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
            found[row, :, w] = nets_at(k, offers, row, w)
        return found


def _said_twice(offers: Offers, row: Counts, seat: Counts, w: Counts, speaking: Counts) -> NDArray[np.bool_]:
    """Which offers, by row, seat asked and world, say what the seat has offered their sender itself, who is later in
    the order of the seats: one of the two contracts is enough. Those who speak in one voice do not ask twice. (M,)."""
    found = np.zeros(len(row), dtype=bool)
    sender = offers.sender[row]
    for i in nonzero(~np.isin(sender, speaking) & (sender > seat)).tolist():
        own = nonzero(offers.sender == seat[i])
        own = own[offers.open[own, w[i]] & offers.party[own, sender[i], w[i]]]
        theirs = _named(offers, int(row[i]), int(w[i]))
        found[i] = any(theirs & _named(offers, int(mine), int(w[i])) for mine in own)
    return found


def _named(offers: Offers, row: int, w: int) -> set[tuple[int, int, int, int]]:
    """Kind, giver, taker and subject of the clauses of an offer that are no money."""
    kinds = offers.kind[row, :, w].tolist()
    rest = (getattr(offers, name)[row, :, w].tolist() for name in ("giver", "taker", "subject"))
    return {clause for clause in zip(kinds, *rest, strict=True) if clause[0] >= 0 and clause[0] not in (MONEY, PAYMENT)}


def dossier(k: Stakes) -> tuple[Theme, ...]:
    """What is talked about in a quarter; the last is a way out of a quarrel, for worlds in which there is one."""
    known, turn = themes(k.scenario), k.world.quarter // TALKS
    # Places in queues and offtakes are what owners of gates have to give: there is always one to talk about.
    queued = [theme for theme in known if theme.kind in QUEUES]
    others = [theme for theme in known if theme.kind not in QUEUES]
    usual = (queued[turn % len(queued)], *(others[(turn * (TALKED - 1) + i) % len(others)] for i in range(TALKED - 1)))
    ways_out = [theme for theme in known if theme.kind == RESTRAIN][: len(QUARRELLED)]
    return (*usual, ways_out[turn % len(ways_out)])


def searched(
    k: Stakes, places: Counts, talked: Sequence[Theme], tastes: tuple[Array, Array] | None
) -> tuple[Array, NDArray[np.int8]]:
    """What each two places could gain together, USD bn: (n, n, B), from the first on; and the theme that the first
    would do for the second, -1 for none, (n, n, B). `tastes` are those of doctrines, by place and kind of clause."""
    shape = (len(places), len(places), k.world.worlds)
    best, chosen = np.zeros(shape), np.full(shape, -1, dtype=np.int8)
    bound = [pacts.bound(k.world, theme.kind) for theme in talked]
    quarrel = k.world.relations.blame.max(axis=0) > BLAMED
    if not quarrel.any():
        talked = talked[:-1]
    for first in range(0, k.world.worlds, TOGETHER):
        worlds = slice(first, first + TOGETHER)
        money = k.money[places, worlds]
        trusted = worth.faith(k, pairs(k, talked[0], places, places, worlds))
        for i, theme in enumerate(talked):
            cells = pairs(k, theme, places, places, worlds)
            giver, taker = worth.worths(k, theme.kind, cells, trusted, standing=False)
            joint = giver / money[:, None] + taker / money
            known = bound[i]
            if known is not None:
                joint = np.where(cells.at(known, "gt"), 0.0, joint)
            if i == TALKED:
                joint = joint * quarrel[worlds]
            if tastes is not None:
                gives, takes = (taste[places, theme.kind] for taste in tastes)
                joint = joint * (gives[:, None] * takes)[..., None]
            better = joint > best[..., worlds]
            np.copyto(best[..., worlds], joint, where=better)
            chosen[..., worlds][better] = i
    itself = np.arange(len(places))
    best[itself, itself] = 0.0
    return best + best.swapaxes(0, 1), chosen


def _picked(
    gain: Array, able: NDArray[np.bool_], chosen: NDArray[np.int8], places: Counts
) -> tuple[Deal, Counts, Counts]:
    """What each seat that may propose offers: to the partner with whom it gains most, and what it gives and takes.

    Of two that would ask each other one asks, so that nothing is agreed twice.
    """
    partner = gain.argmax(axis=1)
    asks = able & (np.take_along_axis(gain, partner[:, None], axis=1)[:, 0] > WORTHWHILE)
    i, w = entries(asks)
    j = partner[i, w]
    both = asks[j, w] & (partner[j, w] == i)
    one = ~both | ((i < j) == ((i + j) % 2 == 0))
    i, j, w = i[one], j[one], w[one]
    return Deal(2 * i + 1, w, places[i], places[j]), chosen[i, j, w].astype(np.int64), chosen[j, i, w].astype(np.int64)
