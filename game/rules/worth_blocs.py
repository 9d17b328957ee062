"""What it is worth to a place to belong to a bloc, and to members to let another in, in points of the score a quarter.

Reckoned from what everybody can see, term by term, as contracts are (`rules/worth.py`); the terms tell why a place
applies, a member refuses, or somebody leaves.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from game.core.names import CHARTER, DIALS
from game.core.numeric import Array, clip, total
from game.core.pacts import Small
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import blocs, membership, partnership, race
from game.rules.kept import reading_of
from game.rules.motions import weights
from game.rules.tables import Tables
from game.rules.worth_stakes import Stakes, stakes

PRIORITY, STOCKPILE, SOLIDARITY, MATCH, NO_REEXPORT, DUES = (
    CHARTER.at(term) for term in ("priority", "stockpile", "solidarity", "match", "no_reexport", "dues")
)
ENFORCEMENT = DIALS.at("enforcement")
#: Points that a common standard or hub gives a member, and that matching costs one which the inside place trusts.
SHARED, MATCHED = 0.2, 1.0
#: Points of the score that full trust of all members, against none, is worth in a quarter: what else they will do for
#: one another; and what a member that the inside place trusts fully has to fear from it. Judged.
COMPANY, WRATH = 1.6, 1.2
#: Points of full resolve at home to bear a quarrel, over half of it; judged.
RESOLVED = 1.5
#: Points that a member loses by the entry of a place through which all leaks; judged.
LEAKY = 1.2
#: Queue places that one newcomer moves by more than this, USD bn a quarter, count as this.
QUEUE_MOST = 0.1
#: Points a member gains by the entry of one that it trusts fully over one that it does not trust, and the trust from
#: which it gains at all. Judged.
FRIEND, TRUSTED = 2.2, 0.56


@reading_of(
    "standing.measures", "trade.flow", "relations.trust", "relations.member", "blocs.charter", "blocs.voting",
    "policy.level", "politics.resolve", "contracts.status", "state.cash", "state.capital", holds_world=True,
)  # fmt: skip
def memberships(world: World, s: Scenario, t: Tables) -> dict[int, Membership]:
    """The worths of each bloc with a charter, which all who ask in the same quarter share."""
    return {bloc: Membership(world, s, t, bloc) for bloc in s.chartered}


class Membership:
    """Worths of one bloc; each worked out when it is first asked for. (N, B) unless said.

    Parameters
    ----------
    world, scenario, tables : the state and its constants.
    bloc : position of the bloc.
    """

    def __init__(self, world: World, scenario: Scenario, tables: Tables, bloc: int) -> None:
        self.world, self.scenario, self.tables, self.bloc = world, scenario, tables, bloc
        self.of_race = bloc == scenario.race.bloc
        #: Worth of entries, as far as it has been asked for.
        self._admitted: dict[int, Array] = {}

    @property
    def stakes(self) -> Stakes:
        """What a unit of each thing is worth to each place."""
        return stakes(self.world, self.scenario, self.tables)

    @cached_property
    def members(self) -> Array:
        """1 for members."""
        return self.world.relations.member[self.bloc].astype(np.float64)

    @cached_property
    def count(self) -> Array:
        """Number of members. (B,)."""
        return total(self.members)

    # --- to be in ----------------------------------------------------------------------------------------------------

    @cached_property
    def joining(self) -> dict[str, Array]:
        """What each place gains a quarter by being in and not outside, by term."""
        w, s, k = self.world, self.scenario, self.stakes
        charter = w.blocs.charter[self.bloc]
        queued = k.shortfall * charter[PRIORITY]
        z, more, _ = k.agreements
        part = partnership.NOMINAL * total(charter) * more
        without = np.maximum(z - part * self.members, 0.0)
        standing = 30.0 * ((without + part) / (1.0 + without + part) - without / (1.0 + without))
        quarrel = 1.0 if self.of_race else 0.0
        lost = k.income * membership.retaliation(w, s, self.bloc) + WRATH * quarrel * w.relations.trust[:, s.inside]
        return {
            "queue": 0.5 * membership.queue_places(w, s, self.tables, self.members) * queued,
            "dividend": membership.dividend_expected(w, s, self.bloc),
            "company": COMPANY * (self._company - 0.5) * (self.count > 0),
            "standing": k.weight("standing") * standing,
            "dues": -k.money * blocs.dues_of(w, s, self.bloc),
            "neutral_rent": -k.income * membership.rent_as_neutral(w, s),
            "retaliation": -lost,
            "resolve": RESOLVED * quarrel * (w.politics.resolve - 0.5),
        }

    @cached_property
    def _company(self) -> Array:
        """Mean trust of the members in each place, itself left out."""
        trust = self.world.relations.trust
        itself = np.arange(len(trust))
        others = total(trust * self.members, axis=1) - trust[itself, itself] * self.members
        return np.asarray(others / np.maximum(self.count - self.members, 1.0))

    @cached_property
    def joined(self) -> Array:
        """All terms of `joining` together."""
        return summed(self.joining)

    # --- to let in ---------------------------------------------------------------------------------------------------

    def admitting(self, place: int) -> dict[str, Array]:
        """What each sitting member gains a quarter by a place's entry, by term; what it loses by its leaving."""
        rest = self.members.copy()
        rest[place] = 0.0
        return {
            "queue": -self.stakes.income * self._queue(place) * rest,
            "dividend": self.dividend_moved[place] * rest,
            "trust": FRIEND * (self.world.relations.trust[place] - TRUSTED) * rest,
            "leaks": -LEAKY * self.leaks[place] * rest,
        }

    def admitted(self, place: int) -> Array:
        """All terms of `admitting` together."""
        if place not in self._admitted:
            self._admitted[place] = summed(self.admitting(place))
        return self._admitted[place]

    def welcome(self, seat: int) -> Array:
        """What one member gains by the entry of each outsider."""
        w, s = self.world, self.scenario
        need, have = membership.trade_by_place(w, s, self.tables)
        then = np.minimum((self._sold + have) / np.maximum(self._bought + need, 1e-9), 1.0)
        lost = total(need[seat] * (self._served - then), axis=1) * w.blocs.charter[self.bloc, PRIORITY]
        queue = -self.stakes.income[seat] * clip(lost, -QUEUE_MOST, QUEUE_MOST)
        trust = FRIEND * (w.relations.trust[:, seat] - TRUSTED)
        return np.asarray(queue + self.dividend_moved + trust - LEAKY * self.leaks)

    def _queue(self, place: int) -> Array:
        """USD bn a quarter of orders that lose their place by the entry of one, by member."""
        lost = membership.queue_lost(self.world, self.scenario, self.tables, self.bloc, place)
        return clip(lost, -QUEUE_MOST, QUEUE_MOST)

    @cached_property
    def _sold(self) -> Array:
        _, have = membership.trade_by_place(self.world, self.scenario, self.tables)
        return total(have * self.members[:, None])

    @cached_property
    def _bought(self) -> Array:
        need, _ = membership.trade_by_place(self.world, self.scenario, self.tables)
        return total(need * self.members[:, None])

    @cached_property
    def _served(self) -> Array:
        return np.minimum(self._sold / np.maximum(self._bought, 1e-9), 1.0)

    @cached_property
    def leaks(self) -> Array:
        """Share of what is controlled that each place would let through."""
        leak: Array = self.scenario.places.leak * (1.0 - 0.5 * self.world.state.dials[:, ENFORCEMENT])
        return leak

    @cached_property
    def dividend_moved(self) -> Array:
        """Points that a member's dividend gains by each place's being in: by what that place does to the bar, and by
        one head more. National stocks are hidden, so they are left out."""
        w, s = self.world, self.scenario
        if not self.of_race:
            return np.zeros_like(self.members)
        b = race.bars(s)
        made, used = race.mineral_parts(w, s, self.tables)
        own, use = total(made * self.members[:, None]), total(used * self.members[:, None])
        way = (1.0 - 2.0 * self.members)[:, None]
        bars = []
        for part, whole in ((own[None], use[None]), (own + way * made, use + way * used)):
            index = total(np.sqrt(np.minimum(np.maximum(part, 0.0) / np.maximum(whole, 1e-9), 1.0)) * b.weights, axis=1)
            near = np.minimum(index * index / s.race.post, 1.0)
            bars.append(near * near)
        now, then = self.count, self.count + way[:, 0]
        here, there = (membership.heads_share(s, heads) for heads in (now, then))
        return np.asarray(membership.FULL_DIVIDEND * way[:, 0] * (bars[1] * there - bars[0] * here))

    # --- charters and rules ------------------------------------------------------------------------------------------

    def term(self, term: int) -> Array:
        """What a term of the charter at full strength gives each member over none, points a quarter.

        Terms that bind without paying anybody at once cost a little; what they stop or teach is felt later.
        """
        w, s, k = self.world, self.scenario, self.stakes
        given = w.blocs.given[self.bloc] * self.members
        by_paying = given / np.maximum(total(given), 1e-9)
        short = total(k.lack * k.need * k.price, axis=1) * self.members
        by_need = short / np.maximum(total(short), 1e-9)
        if term == DUES:
            due = s.parameters.statecraft.dues * s.places.budget * self.members
            return k.money * (total(due) * by_paying - due)
        if term == SOLIDARITY:
            stock = total(w.blocs.stock[self.bloc] * k.price)
            return k.income * stock * (by_need - by_paying)
        if term in (PRIORITY, STOCKPILE):
            return k.income * (short - total(short) / np.maximum(self.count, 1.0) * self.members)
        cost = {MATCH: MATCHED * w.relations.trust[:, s.inside], NO_REEXPORT: LEAKY * s.places.leak}
        return np.asarray(self.members * (SHARED - cost.get(term, np.zeros((1, 1)))))

    def rule(self, rule: Small) -> Array:
        """Share of the votes that each member gains by another voting rule, by world."""
        now, then = (weights(self.scenario, r) * self.members for r in (self.world.blocs.voting[self.bloc], rule))
        return np.asarray(then / np.maximum(total(then), 1e-9) - now / np.maximum(total(now), 1e-9))


def summed(terms: dict[str, Array]) -> Array:
    """All terms together. (N, B)."""
    whole, *parts = terms.values()
    for part in parts:
        whole = whole + part
    return np.asarray(whole)
