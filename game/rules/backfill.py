"""Backfill: what other sellers earn when one place's controls stop its firms from selling (rules.md R5).

A ban that others do not join pays them: what it stops is bought from sellers that are open and have goods left. The
preview shows it before a ban is decided; a match fee hands part of it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import CLASS_OF_GOOD
from game.core.numeric import Array, Counts, entries, ratio, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import pacts
from game.rules.kept import reading_of

MATCH_FEE = CLAUSES.at("match_fee")
#: A seller from which controls let at least this share through is open to a buyer.
OPEN = 0.999


class Backfill(NamedTuple):
    """What a ban would stop in a quarter, and who would sell in its place; USD bn a quarter."""

    stopped: Array
    """(B,) of the owner's sales to its targets"""
    filled: Array
    """(B,) of it that others would sell"""
    earned: Array
    """(N, B) by seller"""


def backfill(
    world: World, s: Scenario, owner: int, control_class: int, target: int | None = None, joined: Sequence[int] = ()
) -> Backfill:
    """What a ban of a class by `owner` would stop and pay others, by what was sold and left unsold last quarter.

    Parameters
    ----------
    target : place that is banned; None: every other place.
    joined : places that would ban the same, and so fill nothing.
    """
    barred = (owner, *joined)
    targets = [n for n in range(len(s.place_axis)) if n not in barred] if target is None else [target]
    return of_goods(world, s, owner, pacts.CLASS_GOODS[control_class], targets, joined)


def of_goods(
    world: World, s: Scenario, owner: int, goods: Sequence[int], targets: Sequence[int], joined: Sequence[int] = ()
) -> Backfill:
    """The same for some goods and targets."""
    stopped, filled = np.zeros((2, world.worlds))
    earned = np.zeros_like(world.state.cash)
    barred = [owner, *joined]
    for good in goods:
        lane = int(s.sellers.lane[owner, good])
        if lane < 0:
            continue
        price = s.goods.price[good, 0] * world.market.price[0, good]
        lost = world.trade.flow[lane].take(list(targets), axis=0)
        rows = np.flatnonzero((s.sellers.good == good) & ~np.isin(s.sellers.place, barred))
        taken = _taken(world, s, rows, np.array(targets), lost)
        stopped += total(lost) * price
        filled += total(taken) * price
        np.add.at(earned, s.sellers.place[rows], taken * price)
    return Backfill(stopped, filled, earned)


def _taken(world: World, s: Scenario, rows: Counts, targets: Counts, lost: Array) -> Array:
    """What sellers `rows` have left and could sell in the place of what is lost (targets, B). (rows, B)."""
    left = world.trade.unsold[rows]
    here = rows[:, None], targets
    elsewhere = s.sellers.place[rows][:, None] != targets
    pull = left[:, None] * (world.trade.passes[here] >= OPEN) * elsewhere[..., None]
    whole = total(pull)
    asked = pull * (lost / np.where(whole > 0.0, whole, 1.0))
    wanted = total(asked, axis=1)
    return np.minimum(wanted, left)


class Fees(NamedTuple):
    """Match fees in force, a row for each clause, good of its class and world, where both places sell the good."""

    giver: Counts
    taker: Counts
    good: Counts
    world: Counts
    share: Array
    seller: Counts
    banner: Counts
    """seller of the place whose controls stop the orders"""


@reading_of("clauses.kind", "contracts.status")
def _match_fees(world: World, s: Scenario) -> Fees | None:
    rows = pacts.in_force(world, MATCH_FEE)
    if rows is None:
        return None
    row, good = entries(np.array(CLASS_OF_GOOD) == rows.subject[:, None])
    lane = s.sellers.lane
    some = (lane[rows.giver[row], good] >= 0) & (lane[rows.taker[row], good] >= 0)
    row, good = row[some], good[some]
    giver, taker = rows.giver[row], rows.taker[row]
    return Fees(giver, taker, good, rows.world[row], rows.quantity[row], lane[giver, good], lane[taker, good])


def fees(
    world: World, s: Scenario, filled: Counts, more: Array, blocked: Array, unmet: Array,
) -> Array | None:  # fmt: skip
    """What match fees move from givers to takers this quarter, USD bn; None where there are none. (N, B).

    A giver's extra sales count as far as the buyer's unmet orders were stopped by the taker's own controls.

    Parameters
    ----------
    filled : sellers with goods left.
    more : (filled, N, B) what they sold of them to buyers whom others did not serve.
    blocked : (E, N, B) orders that controls refused.
    unmet : (G, N, B) what buyers lacked before.
    """
    due = _match_fees(world, s)
    if due is None:
        return None
    at = np.full(len(s.sellers.place), -1)
    at[filled] = np.arange(len(filled))
    some = np.flatnonzero(at[due.seller] >= 0)
    good, w, seller, banner = due.good[some], due.world[some], due.seller[some], due.banner[some]
    # Laid out buyer by buyer, so that sums add in the same order for any number of rows.
    stopped, sent, lacked = (
        np.ascontiguousarray(part.T) for part in (blocked[banner, :, w], more[at[seller], :, w], unmet[good, :, w])
    )
    sold = total(sent * np.minimum(ratio(stopped, lacked), 1.0))
    fee = due.share[some] * sold * s.goods.price[good, 0] * world.market.price[0, good, w]
    money = np.zeros_like(world.state.cash)
    np.subtract.at(money, (due.giver[some], w), fee)
    np.add.at(money, (due.taker[some], w), fee)
    return money
