"""How steady seats make a contract of what they talk about: clauses both ways, and a price that leaves both a gain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.strategies.steady_themes import AMOUNTS, LENGTH, Theme
from agents.strategies.steady_wishes import wished
from game.core.clauses import CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array, Counts, nonzero
from game.rules.offers import LIMITS, Offers
from game.rules.worth_cells import Rows
from game.rules.worth_offers import nets_at
from game.rules.worth_stakes import Stakes

MONEY, PAYMENT, SUPPLY, LICENCE, VISA, POWER, COMPUTE, GUARANTEE, VENTURE = (
    CLAUSES.at(kind)
    for kind in ("money", "payment", "supply", "licence", "visa", "power", "compute", "guarantee", "venture")
)
CLOUD = GOODS.at("cloud")
#: Part of the joint gain that whoever proposes keeps; share of its budget that nobody pays more than, a quarter.
KEPT, MOST_PAID = 0.55, 0.25
#: Trust below which it asks for escrow, and how much: a share of the smaller budget.
WARY, ESCROW_SHARE = 0.5, 0.05
#: Least gain in points that a party must have from an offer for no money to change hands, and to be offered it at all.
CONTENT, LEAST = 0.25, 0.05


class Deal(NamedTuple):
    """Offers to be, one for each proposer and world in which it has something to offer; (M,)."""

    row: Counts
    """position among the proposers"""
    world: Counts
    proposer: Counts
    partner: Counts


def enter(offers: Offers, k: Stakes, deal: Deal, talked: Sequence[Theme], given: Counts, taken: Counts) -> None:
    """Write the clauses of deals: the theme `given` by the proposer and the one `taken` by it, -1 for none. (M,)."""
    place = np.zeros(len(deal.row), dtype=np.int64)
    for chosen, giver, taker in ((given, deal.proposer, deal.partner), (taken, deal.partner, deal.proposer)):
        for i in np.unique(chosen[chosen >= 0]):
            at = nonzero(chosen == i)
            _write(offers, k, deal, talked[i], at, place[at], giver[at], taker[at])
            place[at] += 1
    offers.open[deal.row, deal.world] = True
    offers.quarters[deal.row, deal.world] = LENGTH
    offers.party[deal.row, deal.proposer, deal.world] = True
    offers.party[deal.row, deal.partner, deal.world] = True


def _write(
    offers: Offers, k: Stakes, deal: Deal, theme: Theme, at: Counts, place: Counts, giver: Counts, taker: Counts
) -> None:
    many, w = len(at), deal.world[at]
    subject = np.full(many, theme.subject)
    if theme.kind == VENTURE:
        subject = first_lines(k)[taker]
    length = np.full(many, float(LENGTH))
    nothing = np.zeros(many)
    rows = Rows(giver, taker, subject, np.full(many, theme.aimed), nothing, nothing, length, k.span(length), w)
    quantity, price = AMOUNTS[theme.kind](k, rows) if theme.kind in AMOUNTS else (np.zeros(1), np.zeros(1))
    cells = deal.row[at], place, w
    offers.kind[cells], offers.giver[cells], offers.taker[cells] = theme.kind, giver, taker
    offers.subject[cells], offers.target[cells] = subject, theme.aimed
    offers.quantity[cells], offers.price[cells] = quantity, price


def first_lines(k: Stakes) -> Counts:
    """The first line at each place; -1 for none. (N,)."""
    found = np.full(len(k.scenario.place_axis), -1)
    for line in range(len(k.scenario.lines.place) - 1, -1, -1):
        found[k.scenario.lines.place[line]] = line
    return found


def settle(offers: Offers, k: Stakes, deal: Deal, pressed: Array | float = 0.0) -> Array:
    """Set prices, or add money, so that both sides gain; an offer that cannot be mended so is withdrawn.

    Parameters
    ----------
    pressed : (M,) points that each offer would spare a partner under pressure and that this may well do without for
        now: nobody asks to be paid for those; 0 where nobody is pressed.

    Returns
    -------
    What each deal comes to for each place, (M, N).
    """
    row, w, mine_at, theirs_at = deal.row, deal.world, (deal.proposer, deal.world), (deal.partner, deal.world)
    trust, budget = k.world.relations.trust, k.scenario.places.budget[:, 0]
    of_partner, of_proposer = trust[deal.proposer, deal.partner, w], trust[deal.partner, deal.proposer, w]
    lent = ESCROW_SHARE * np.minimum(budget[deal.proposer], budget[deal.partner])
    offers.escrow[row, w] = np.where(np.minimum(of_partner, of_proposer) < WARY, lent, 0.0)
    found, each = nets_at(k, offers, row, w), np.arange(len(row))
    # What its own mandate adds the proposer alone knows; of the partner's it knows nothing.
    own = wished(k, offers, row, deal.proposer, w)
    mine, theirs = found[each, deal.proposer] + own, found[each, deal.partner]
    span = k.spans[LENGTH]
    unit_mine, unit_theirs = k.money[mine_at] * span, k.money[theirs_at] * span
    most, least = (theirs - pressed) / unit_theirs, -mine / unit_mine
    possible = most - least > 0.0
    asked = np.where((mine > CONTENT) & (theirs > CONTENT), 0.0, least + KEPT * (most - least))
    # Who presses is paid for holding back, whatever else a contract brings it.
    asked = np.where(pressed > 0.0, np.maximum(asked, KEPT * most), asked)
    asked = np.where(possible, asked, 0.0)
    mine_most, theirs_most = (np.minimum(MOST_PAID * budget[a], budget[b]) for a, b in _both_ways(deal))
    asked = np.minimum(np.maximum(asked, -mine_most), theirs_most)
    _paid(offers, k, deal, _priced(offers, k, deal, asked))
    # Money counts in full for who pays it, and as far as the other is trusted for who is to have it.
    mine = mine + asked * unit_mine * np.where(asked > 0.0, 0.5 + 0.5 * of_proposer, 1.0)
    theirs = theirs - asked * unit_theirs * np.where(asked < 0.0, 0.5 + 0.5 * of_partner, 1.0)
    offers.open[row, w] = possible & (mine > LEAST) & (theirs > LEAST)
    found[each, deal.proposer], found[each, deal.partner] = mine - own, theirs
    return found


def _both_ways(deal: Deal) -> tuple[tuple[Counts, Counts], tuple[Counts, Counts]]:
    """Who might pay whom: the proposer the partner, and back."""
    return (deal.proposer, deal.partner), (deal.partner, deal.proposer)


def _priced(offers: Offers, k: Stakes, deal: Deal, asked: Array) -> Array:
    """Move prices of clauses by what the partner is to pay the proposer, USD bn a quarter; returns what is left."""
    left = asked.copy()
    for i in range(2):
        cells = deal.row, np.full(len(deal.row), i), deal.world
        kind, quantity, price = offers.kind[cells], offers.quantity[cells], offers.price[cells]
        # A price is paid by the taker, that of a visa by the giver.
        toward = np.where((offers.giver[cells] == deal.proposer) != (kind == VISA), 1.0, -1.0)
        unit = _unit(offers, k, cells, kind, quantity)
        moved = np.where(unit > 0.0, toward * left / np.maximum(unit, 1e-12), 0.0)
        low, high = LIMITS[kind][:, 2], np.minimum(LIMITS[kind][:, 3], 4.0)
        ratio = (kind == SUPPLY) | (kind == COMPUTE)
        low, high = np.where(ratio, 0.5, low), np.where(ratio, 2.0, high)
        new = np.where(unit > 0.0, np.minimum(np.maximum(price + moved, low), high), price)
        offers.price[cells] = new
        left = left - toward * (new - price) * unit
    return left


def _unit(offers: Offers, k: Stakes, cells: tuple[Counts, ...], kind: np.ndarray, quantity: Array) -> Array:
    """USD bn a quarter that one unit of a clause's price moves; 0 where it has none."""
    good = np.where(kind == COMPUTE, CLOUD, np.maximum(offers.subject[cells], 0) % len(k.price))
    value = quantity * k.price[good, cells[2]]
    flat = (kind == LICENCE) | (kind == GUARANTEE)
    by_amount = (kind == POWER) | (kind == VISA)
    ratio = (kind == SUPPLY) | (kind == COMPUTE)
    return np.where(flat, 1.0, np.where(by_amount, quantity, np.where(ratio, value, 0.0)))


def _paid(offers: Offers, k: Stakes, deal: Deal, left: Array) -> None:
    """A clause of money for the rest, or a payment at signature by whoever has the cash."""
    some = nonzero(np.abs(left) >= 0.002)
    row, w = deal.row[some], deal.world[some]
    to_me = left[some] > 0.0
    payer = np.where(to_me, deal.partner[some], deal.proposer[some])
    whole = np.abs(left[some]) * k.spans[LENGTH]
    at_once = whole < 0.25 * np.maximum(k.world.state.cash[payer, w], 0.0)
    place = np.count_nonzero(offers.kind[row, :, w] >= 0, axis=1)
    cells = row, place, w
    offers.kind[cells] = np.where(at_once, PAYMENT, MONEY)
    offers.giver[cells] = payer
    offers.taker[cells] = np.where(to_me, deal.proposer[some], deal.partner[some])
    offers.subject[cells], offers.target[cells] = -1, -1
    offers.quantity[cells] = np.where(at_once, whole, np.abs(left[some]))
    offers.price[cells] = 0.0
