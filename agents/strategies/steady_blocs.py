"""How steady seats deal with blocs: when they apply, invite, vote, found and leave, and why (game.md section 5, R4).

A place applies where membership gains it more than it costs and its sum of the members' gains is not hopeless; a member
votes for whoever gains it something. All is reckoned by `game.rules.worth_blocs` from what is open to all, and by each
seat's own mandate, which the others do not know: so applications are refused too.
"""

from __future__ import annotations

import numpy as np

from agents.envoys import Embassy
from agents.strategies import Council
from agents.strategies.steady_talks import Talking
from game.core.diplomacy import FoundBloc, LeaveBloc
from game.core.numeric import Array, total
from game.core.pacts import Small
from game.core.scenario import Objective, Scenario
from game.core.statecraft import Motions
from game.core.world import World
from game.rules import law, motions, worth_blocs
from game.rules.worth_stakes import Stakes, stakes

#: Quarters between two looks of a seat at the blocs, and between two at whom to invite.
LOOK, INVITING = 4, 16
#: Members of the race's bloc at which the place that it is against founds a bloc of its own.
PRESSED = 8
#: Points a quarter that membership must gain for an application, and below which a member leaves: both take courage.
APPLY, LEAVE = 1.3, 0.3
#: Points a quarter that a newcomer must gain a member for an invitation.
INVITE = 0.3
#: Share of the votes that an applicant must hope for.
HOPE = 0.35
#: Political capital that it keeps for orders.
KEEP = 1.0
#: Points a quarter that a mandate adds to membership itself, and to each newcomer for a member, by metric.
WANTED = {"member_of": 4.0, "licence_open": 0.5, "bloc_share": 0.4, "contracts_live": 0.5}
UNWANTED = {
    "both_sides": -0.8, "bars_below": -1.5, "uncontrolled": -0.8, "sales_to": -0.8, "used_abroad": -0.6,
    "partners_among": -0.6, "restraint": -0.3,
}  # fmt: skip
WELCOME = {
    "bloc_members": 3.0, "matched": 0.5, "clause_partners": 0.3, "rents_and_lead": 0.25, "fine_share": 0.2,
    "leading_share": -0.25, "leak": -0.4, "used_abroad": -0.4, "both_sides": -0.3, "uncontrolled": -0.3,
    "contract_income": -0.25, "public_money": -0.2,
}  # fmt: skip


class Assembled(Talking):
    """What steady seats say and do in blocs, besides their talks. Rows of arrays are seats."""

    def propose_together(self, embassy: Embassy) -> None:
        """Send this round's proposals and make its motions."""
        super().propose_together(embassy)
        self.move_together(embassy)

    def answer_together(self, embassy: Embassy) -> None:
        """Answer what was proposed, and vote on what was moved."""
        super().answer_together(embassy)
        self.vote_together(embassy)

    def move_together(self, embassy: Embassy) -> None:
        """This quarter's motions: applications of those whose turn it is, and invitations."""
        if embassy.round != 1:
            return
        k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
        for bloc in embassy.scenario.chartered:
            if (k.world.relations.member[bloc] > 0).any():
                self._apply(embassy, k, bloc)
                self._invite(embassy, k, bloc)

    def _apply(self, embassy: Embassy, k: Stakes, bloc: int) -> None:
        world, s = k.world, k.scenario
        seats = embassy.seats[(embassy.seats + world.quarter) % LOOK == 0]
        if not len(seats):
            return
        member = world.relations.member[bloc] > 0
        gain = worth_blocs.summed(worth_blocs.joining(k, bloc))[seats] + _wish(world, s, seats, bloc)
        act = np.full(gain.shape, motions.ADMIT, dtype=np.int8)
        which = np.full(gain.shape, bloc, dtype=np.int8)
        cost = motions.price(world, s, seats, which, act)
        wants = (gain > APPLY) & ~member[seats] & ~_elsewhere(world, s, seats, bloc)
        wants &= world.state.capital[seats] >= cost + KEEP
        for row in np.flatnonzero(wants.any(axis=1)).tolist():
            wants[row] &= _support(k, bloc, int(seats[row])) >= HOPE
        if wants.any():
            none = np.zeros(gain.shape)
            embassy.assembly.move_together(seats, which, act, np.full_like(act, -1), none, wants)

    def _invite(self, embassy: Embassy, k: Stakes, bloc: int) -> None:
        """A member whose turn it is looks whom it would like to have."""
        world, s = k.world, k.scenario
        member = world.relations.member[bloc] > 0
        for seat in embassy.seats[(embassy.seats + world.quarter) % INVITING == 0].tolist():
            if not member[seat].any():
                continue
            gain, place = _most_welcome(k, bloc, seat)
            row = (1, world.worlds)
            act, which = np.full(row, motions.INVITE, dtype=np.int8), np.full(row, bloc, dtype=np.int8)
            cost = motions.price(world, s, np.array([seat]), which, act)[0]
            wants = (gain > INVITE) & (world.state.capital[seat] >= cost + KEEP)
            if wants.any():
                embassy.assembly.move_together(np.array([seat]), which, act, place[None], np.zeros(row), wants[None])

    def vote_together(self, embassy: Embassy) -> None:
        """Vote on the motions of the round for all seats."""
        assembly = embassy.assembly
        if not assembly.moved.any():
            return
        k = stakes(embassy.talks.world, embassy.scenario, embassy.book.tables)
        for mover in np.flatnonzero(assembly.moved.any(axis=1)).tolist():
            for bloc in np.unique(assembly.motions.bloc[mover][assembly.moved[mover]]).tolist():
                self._vote(embassy, k, mover, bloc)

    def _vote(self, embassy: Embassy, k: Stakes, mover: int, bloc: int) -> None:
        assembly, m = embassy.assembly, embassy.assembly.motions
        here = assembly.moved[mover] & (m.bloc[mover] == bloc)
        gains = _gains(k, m, mover, bloc, here)
        for row, seat in enumerate(embassy.seats.tolist()):
            may = here & assembly.may_vote(seat, mover) & (m.vote[mover, seat] == 0)
            if may.any():
                own = _welcome(k.world, k.scenario, seat) * np.where(m.act[mover] == motions.EXPEL, -1.0, 1.0)
                own *= m.act[mover] <= motions.EXPEL
                gain = gains[embassy.seats[row]] + own
                invited = (m.act[mover] == motions.INVITE) & (m.about[mover] == seat)
                if (may & invited).any():
                    joins = worth_blocs.summed(worth_blocs.joining(k, bloc))[seat]
                    gain = np.where(invited, joins + _wish(k.world, k.scenario, np.array([seat]), bloc)[0], gain)
                assembly.vote_row(seat, mover, may, gain > 0.0)

    def come_and_go(self, council: Council) -> None:
        """Leave a bloc that costs more than it gives; found the rival one when the race's bloc has grown large."""
        world, s = council.desk.world, council.desk.book.scenario
        rows = np.flatnonzero((council.seats + world.quarter) % LOOK == 1)
        if not len(rows):
            return
        k, seats = stakes(world, s, council.desk.book.tables), council.seats[rows]
        for bloc in s.chartered:
            key, member = s.blocs[bloc][0], world.relations.member[bloc] > 0
            if member[seats].any():
                gain = worth_blocs.summed(worth_blocs.joining(k, bloc))[seats] + _wish(world, s, seats, bloc)
                goes = (gain < LEAVE) & member[seats]
                for i in np.flatnonzero(goes.any(axis=1)).tolist():
                    council.give(int(rows[i]), LeaveBloc(key), goes[i])
            if bloc != s.race.bloc and s.inside in seats.tolist():
                where = _pressed(world, s) & ~member.any(axis=0)
                if where.any():
                    council.give(int(rows[seats.tolist().index(s.inside)]), FoundBloc(key), where)


def _pressed(world: World, s: Scenario) -> law.Mask:
    """Where the race's bloc has grown so large that the place it is against looks for friends. (B,)."""
    return np.asarray(np.count_nonzero(world.relations.member[s.race.bloc], axis=0) >= PRESSED)


def _most_welcome(k: Stakes, bloc: int, seat: int) -> tuple[Array, Small]:
    """Gain of a member by the outsider that it would like best, and that would like to come; and which. (B,) each."""
    world, s = k.world, k.scenario
    member = world.relations.member[bloc] > 0
    joining, welcome = worth_blocs.summed(worth_blocs.joining(k, bloc)), _welcome(world, s, seat)
    best, place = np.zeros(world.worlds), np.full(world.worlds, -1, dtype=np.int8)
    for n in s.places.seats:
        free = ~member[n] & member[seat] & (joining[n] > APPLY) & ~_elsewhere(world, s, np.array([n]), bloc)[0]
        if n == s.inside or not free.any():
            continue
        gain = worth_blocs.summed(worth_blocs.admitting(k, bloc, n))[seat] + welcome
        better = free & (gain > best)
        best, place = np.where(better, gain, best), np.where(better, np.int8(n), place)
    return best, place


def _gains(k: Stakes, m: Motions, mover: int, bloc: int, here: law.Mask) -> Array:
    """What each member gains by a motion, points a quarter, in the worlds where it is made. (N, B)."""
    gains = np.zeros_like(k.world.state.cash)
    act, about = m.act[mover], m.about[mover]
    subject = np.where(act == motions.ADMIT, mover, about)
    on_place = here & (act <= motions.EXPEL)
    for place in np.unique(subject[on_place]).tolist():
        entry = worth_blocs.summed(worth_blocs.admitting(k, bloc, int(place)))
        entry = np.where(act == motions.EXPEL, -entry, entry)
        gains = np.where(on_place & (subject == place), entry, gains)
    terms = here & (act == motions.CHARTER_TERM)
    for term in np.unique(about[terms]).tolist():
        step = m.strength[mover] - k.world.blocs.charter[bloc, term]
        gains = np.where(terms & (about == term), step * worth_blocs.term_worth(k, bloc, int(term)), gains)
    rules = here & (act == motions.VOTING_RULE)
    if rules.any():
        gains = np.where(rules, worth_blocs.rule_gain(k, bloc, about), gains)
    return gains


def _support(k: Stakes, bloc: int, place: int) -> Array:
    """Share of the votes that a place may hope for, from what is open to all. (B,)."""
    member = k.world.relations.member[bloc] > 0
    gain = worth_blocs.summed(worth_blocs.admitting(k, bloc, place))
    weight = motions.weights(k.scenario, k.world.blocs.voting[bloc]) * member
    return np.asarray(total(weight * (gain > 0.0)) / np.maximum(total(weight), 1e-9))


def _elsewhere(world: World, s: Scenario, seats: np.ndarray, bloc: int) -> law.Mask:
    """Whether seats belong to another bloc that stands on the other side. (n, B)."""
    found = np.zeros((len(seats), world.worlds), dtype=bool)
    for other in s.chartered:
        if other != bloc:
            found |= world.relations.member[other][seats] > 0
    return found


def _wish(world: World, s: Scenario, seats: np.ndarray, bloc: int) -> Array:
    """What each seat's own mandate adds to membership of the race's bloc. (n, B)."""
    found = np.zeros((len(seats), world.worlds))
    if bloc == s.race.bloc:
        for row, seat in enumerate(seats.tolist()):
            found[row] = _by_mandate(world, s, seat, {**WANTED, **UNWANTED})
    return found


def _welcome(world: World, s: Scenario, seat: int) -> Array:
    """What a seat's own mandate adds to the entry of another. (B,)."""
    return _by_mandate(world, s, seat, WELCOME)


def _by_mandate(world: World, s: Scenario, seat: int, worths: dict[str, float]) -> Array:
    candidates: tuple[Objective, ...] = s.mandates.get(seat, ())
    drawn, found = world.standing.mandate[seat], np.zeros(world.worlds)
    for position, mandate in enumerate(candidates):
        if mandate.metric in worths:
            found = np.where(drawn == position, worths[mandate.metric], found)
    return found
