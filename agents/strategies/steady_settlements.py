"""How quarrels of steady seats end by exchange: what owners ask for holding back, and how long targets bear them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents.strategies.steady_bundles import Deal, enter
from agents.strategies.steady_themes import Theme
from game.core.clauses import CLAUSES
from game.core.names import CLASSES, LEVELS
from game.core.numeric import Array, Counts, best_of_each, entries, nonzero, total
from game.core.rng import entity_keys, uniform
from game.core.scenario import Scenario
from game.rules import pacts
from game.rules.kept import constants_of
from game.rules.offers import Offers
from game.rules.politics import CAMPAIGN
from game.rules.worth import doubt
from game.rules.worth_quarrels import pressure
from game.rules.worth_stakes import Stakes

RESTRAIN, BAN = CLAUSES.at("restrain"), LEVELS.at("ban")
#: What full resolve bears of what giving in would spare, when a quarrel is new; quarters of a ban after which none is
#: left.
BORNE, BEARS = 0.6, 16.0
#: How far what a seat makes of a quarrel lies from what all can see: the least part of resolve.
LEAST_MOOD = 0.6
#: What lobbies take of resolve before an election, by how far they move approval.
LOBBIED = 20.0
#: The theme of each class: to hold back.
THEMES = tuple(Theme(RESTRAIN, kind, -1) for kind in range(len(CLASSES)))


def settlements(
    offers: Offers, k: Stakes, able: NDArray[np.bool_], shunned: NDArray[np.bool_], places: Counts
) -> Deal | None:
    """Enter offers to hold back from what weighs most on each target, one an owner; None where nobody presses anybody.

    They take the rows of new offers. Where the target presses its owner as well, both step back.
    """
    pressed = pressure(k)
    if pressed is None:
        return None
    done = _held_back(k)
    at = np.full(len(k.world.state.cash), -1)
    at[places] = np.arange(len(places))
    cells = owner, kind, target, w = pressed[:4]
    i, j, weight = at[owner], at[target], pressed.hurt[pressed.pair[owner, target, 0], kind, w]
    open_ = nonzero((weight > 0.0) & (i >= 0) & (j >= 0) & able[i, w] & ~shunned[i, j, w])
    chosen, back = [], []
    for asked in np.unique(i[open_]).tolist():
        some = open_[(i[open_] == asked) & ~done[cells][open_]]
        some = some[best_of_each(w[some], weight[some], (kind * len(places) + j)[some])]
        theirs = pressed.hurt[pressed.pair[target[some], places[asked], 0], :, w[some]]
        theirs = theirs * ~done[target[some], :, places[asked], w[some]]
        taken = np.where(theirs.max(axis=1) > 0.0, theirs.argmax(axis=1), -1)
        # Where both step back, the other need not offer the same.
        both = taken >= 0
        done[target[some[both]], taken[both], places[asked], w[some[both]]] = True
        chosen.append(some)
        back.append(taken)
    if not chosen:
        return None
    some = np.concatenate(chosen)
    deal = Deal(2 * i[some] + 1, w[some], owner[some], target[some])
    enter(offers, k, deal, THEMES, kind[some], np.concatenate(back))
    able[i[some], w[some]] = False
    return deal


def _held_back(k: Stakes) -> NDArray[np.bool_]:
    """What owners have promised to hold back from whom, by class. (N, C, N, B)."""
    world, places = k.world, len(k.scenario.place_axis)
    found = np.zeros((places, len(CLASSES), places, world.worlds), dtype=bool)
    rows = pacts.in_force(world, RESTRAIN)
    if rows is not None:
        found[rows.giver, rows.subject, rows.taker, rows.world] = True
    return found


def resisted(k: Stakes, offers: Offers, row: Counts, seat: Counts, w: Counts, mood: Array | None = None) -> Array:
    """Points of what offers to hold back would spare seats that they do without for now: (M,), by offer, seat, world.

    A seat bears a quarrel as long as its resolve lasts, and the easier the more stock it has, which others do not see.

    Parameters
    ----------
    mood : (N, B) what seats are thought to make of things, 0 to 1, by who knows neither that nor their stocks; their
        own mood and stocks if not said.
    """
    found = np.zeros(len(row))
    pressed = pressure(k)
    if pressed is None:
        return found
    kind, taker = offers.kind[row, :, w], offers.taker[row, :, w]
    at, i = entries((kind == RESTRAIN) & (taker == seat[:, None]))
    if not len(at):
        return found
    cells = row[at], i, w[at]
    giver, subject = offers.giver[cells].astype(np.int64), offers.subject[cells].astype(np.int64)
    hurt = pressed.hurt[pressed.pair[giver, seat[at], 0], subject, w[at]]
    spared = hurt * k.span(offers.quarters[row[at], w[at]])
    np.add.at(found, at, spared * borne(k, seat[at], giver, subject, w[at], mood))
    return found


def thought_to_bear(k: Stakes, offers: Offers, deal: Deal) -> Array:
    """Points of offers to hold back that their partners are thought to do without, by who asks to be paid. (M,)."""
    usual = np.full_like(k.world.state.cash, 0.5)
    return resisted(k, offers, deal.row, deal.partner, deal.world, usual)


def doubted(k: Stakes, found: Array, offers: Offers, row: Counts, seat: Counts, w: Counts) -> Array:
    """Points by which a seat's own view of offers may fall short of what everybody can see. (M,)."""
    both = np.maximum(found[row, offers.sender[row], w], 0.0) + np.maximum(found[row, seat, w], 0.0)
    return doubt(both, opinion(k)[seat, w])


def opinion(k: Stakes) -> Array:
    """What each seat makes of things this quarter, 0 to 1: its estimates err, and not as others' do. (N, B)."""
    return uniform(k.world.seed, k.world.quarter, _keys(k.scenario))


@constants_of
def _keys(s: Scenario) -> NDArray[np.uint64]:
    return entity_keys("opinion", s.place_axis)


def borne(k: Stakes, seat: Counts, giver: Counts, subject: Counts, w: Counts, thought: Array | None = None) -> Array:
    """Share of a quarrel that a seat bears, or is `thought` to: by seat, owner, class and world. (M,)."""
    world, about = k.world, pacts.IN_CLASS[subject]
    banned = about & (world.policy.level[giver, :, seat, w] == BAN)
    age = np.where(banned, world.policy.age[giver, :, seat, w], 0).max(axis=1)
    cover: Array | float = 0.0
    if thought is None:
        use = np.maximum(4.0 * world.goods.reference[seat, :, w], 1e-9)
        kinds = np.maximum(np.count_nonzero(about, axis=1), 1)[:, None]
        stocked = np.minimum(world.goods.stockpile[seat, :, w] / use, 1.0) / kinds
        cover = total(np.where(about, stocked, 0.0), axis=1)
    mood = LEAST_MOOD + 2.0 * (1.0 - LEAST_MOOD) * (opinion(k) if thought is None else thought)[seat, w]
    # Before an election lobbies count for more, and a government bears less (S20).
    lobbied = 1.0 - LOBBIED * k.scenario.parameters.statecraft.lobbying * (world.politics.election[seat, w] <= CAMPAIGN)
    will = BORNE * world.politics.resolve[seat, w] * mood * np.maximum(lobbied, 0.0)
    resolve = np.minimum(will * np.maximum(1.0 - age / BEARS, 0.0), 1.0)
    return np.asarray(resolve + cover * (1.0 - resolve))
