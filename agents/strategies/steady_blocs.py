"""How steady seats deal with blocs: when they apply, invite, vote, found and leave, and why (game.md section 5, R4).

A place applies where membership gains it enough and the members' gains by it are not hopeless; a member votes for
whoever gains it something. All is reckoned by `game.rules.worth_blocs` from what is open to all, and by each seat's own
mandate, which the others do not know: so applications are refused too.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from agents.envoys import Embassy
from agents.strategies import Council
from agents.strategies.character import Traits, own_words, traits_of
from agents.strategies.steady_settlements import opinion
from agents.strategies.steady_talks import Talking
from game.core.diplomacy import FoundBloc, LeaveBloc
from game.core.numeric import Array, Counts, clip, nonzero, total
from game.core.scenario import Scenario
from game.core.statecraft import Motions
from game.core.world import World
from game.rules import law, motions
from game.rules.kept import constants_of
from game.rules.worth_blocs import SOLIDARITY, Membership, memberships

#: Quarters between two looks of a seat at the blocs, and between two at whom to invite. Half of them look every other
#: quarter: who might come in the even ones, who might go in the odd ones.
LOOK, INVITING = 4, 16
#: Quarters between two motions on solidarity, and by how much they change it; share of the votes from which one is
#: made; quarters for which its mover counts on it, and the least it must gain it, in points.
AMENDING, AMENDED, CARRIES, LASTING, LEAST_GAIN = 8, 0.25, 0.5, 8.0, 0.03
#: Members of the race's bloc at which the place that it is against founds a bloc of its own.
PRESSED = 8
#: Points a quarter that membership must gain for an application, and below which a member leaves: to take a side takes
#: courage; a bloc without a post to reach asks for less.
APPLY, APPLY_ELSEWHERE, LEAVE, LEAVE_ELSEWHERE = 1.3, 0.3, 0.3, 0.0
#: Points a quarter that a newcomer must gain a member for an invitation.
INVITE = 0.3
#: Share of the votes that an applicant must hope for.
HOPE = 0.35
#: Political capital that it keeps for orders.
KEEP = 1.0
#: Points a quarter that a mandate adds to membership of the race's bloc, and to each newcomer for a member, by metric.
WISH = {
    "member_of": 4.0, "licence_open": 0.5, "bloc_share": 0.4, "contracts_live": 0.5, "both_sides": -0.8,
    "bars_below": -1.5, "uncontrolled": -0.8, "sales_to": -0.8, "used_abroad": -0.6, "partners_among": -0.6,
    "restraint": -0.3,
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
        embassy.players = embassy.players or (self,) * len(embassy.seats)
        super().propose_together(embassy)
        if embassy.round == 1 and embassy.talks.world.quarter % 2 == 0:
            for bloc, known in _known(embassy).items():
                if known.count.any():
                    traits = traits_of(embassy.players, len(embassy.seats))
                    _apply(embassy, known, bloc, _keen(traits, embassy.seats, known))
                    _invite(embassy, known, bloc, traits)
                    if embassy.talks.world.quarter % AMENDING == AMENDING - 2:
                        _amend(embassy, known, bloc)
        own_words(embassy)

    def answer_together(self, embassy: Embassy) -> None:
        """Answer what was proposed, and vote on what was moved."""
        embassy.players = embassy.players or (self,) * len(embassy.seats)
        super().answer_together(embassy)
        assembly = embassy.assembly
        for mover in nonzero(assembly.moved.any(axis=1)).tolist():
            yes = np.zeros((len(embassy.seats), embassy.talks.world.worlds), dtype=bool)
            for bloc, known in _known(embassy).items():
                here = assembly.moved[mover] & (assembly.motions.bloc[mover] == bloc)
                if here.any():
                    traits = traits_of(embassy.players, len(embassy.seats))
                    yes |= (
                        here
                        & (_gains(known, assembly.motions, mover, here, traits, embassy.seats) > 0.0)[embassy.seats]
                    )
            assembly.vote_together(embassy.seats, mover, yes)

    def come_and_go(self, council: Council) -> None:
        """Leave a bloc that costs more than it gives; found the rival one when the race's bloc has grown large."""
        world, s = council.desk.world, council.desk.book.scenario
        if world.quarter % 2 == 0:
            return
        rows = nonzero((council.seats - world.quarter) % LOOK // 2 == 0)
        if not len(rows):
            return
        seats = council.seats[rows]
        traits = traits_of(council.players, len(council.seats))
        for bloc, known in memberships(world, s, council.desk.book.tables).items():
            keen = _keen(traits, council.seats, known)
            name, member = s.blocs[bloc][0], known.members[seats] > 0
            if member.any():
                goes = member & ((known.joined + _wish(world, s, known) + keen)[seats] < _too_little(known))
                goes &= council.capital[rows] >= motions.base_price(s)[seats][:, None]
                for i in nonzero(goes.any(axis=1)).tolist():
                    council.give(int(rows[i]), LeaveBloc(name), goes[i])
            if not known.of_race and s.inside in seats.tolist():
                pressed = np.count_nonzero(world.relations.member[s.race.bloc], axis=0) >= PRESSED
                where = pressed & (known.count == 0)
                where &= council.capital[rows[seats.tolist().index(s.inside)]] >= motions.base_price(s)[s.inside]
                if where.any():
                    council.give(int(rows[seats.tolist().index(s.inside)]), FoundBloc(name), where)


def _least(known: Membership) -> float:
    return APPLY if known.of_race else APPLY_ELSEWHERE


def _too_little(known: Membership) -> float:
    return LEAVE if known.of_race else LEAVE_ELSEWHERE


def _known(embassy: Embassy) -> dict[int, Membership]:
    """Worths of the blocs as members stand in this round."""
    return memberships(embassy.talks.world, embassy.scenario, embassy.book.tables)


def _keen(traits: Traits, seats: Counts, known: Membership) -> Array:
    """What doctrines add to membership of a bloc. (N, 1)."""
    return traits.by_place("courage" if known.of_race else "defiance", seats, len(known.members))


def _apply(embassy: Embassy, known: Membership, bloc: int, keen: Array) -> None:
    """Applications of those whose turn it is."""
    world, s = known.world, known.scenario
    seats = embassy.seats[(embassy.seats - world.quarter) % LOOK // 2 == 0]
    if not len(seats):
        return
    wants = (known.joined + _wish(world, s, known) + keen)[seats] > _least(known)
    wants &= (world.relations.member[list(s.chartered)][:, seats] == 0).all(axis=0)
    wants &= _able(embassy, seats, bloc, motions.ADMIT)
    for row in nonzero(wants.any(axis=1)).tolist():
        wants[row] &= _support(known, int(seats[row])) >= HOPE
    _move(embassy, seats, bloc, motions.ADMIT, np.full(wants.shape, -1), wants)


def _invite(embassy: Embassy, known: Membership, bloc: int, traits: Traits) -> None:
    """A member whose turn it is invites whom it would like best to have, of those that would like to come."""
    world, s = known.world, known.scenario
    places = np.array([n for n in s.places.seats if n != s.inside])
    welcome = traits.by_place("welcome", embassy.seats, len(known.members))
    for seat in embassy.seats[(embassy.seats - world.quarter) % INVITING // 2 == 0].tolist():
        if not known.members[seat].any():
            continue
        free = (world.relations.member[list(s.chartered)][:, places] == 0).all(axis=0)
        free &= (known.joined[places] > _least(known)) & (known.members[seat] > 0)
        gain = np.where(free, known.welcome(seat)[places] + _welcome(world, s)[seat] + welcome[seat], 0.0)
        best = gain.argmax(axis=0)
        wants = gain.max(axis=0) > INVITE
        _move(embassy, np.array([seat]), bloc, motions.INVITE, places[best][None], wants[None])


def _amend(embassy: Embassy, known: Membership, bloc: int) -> None:
    """Whoever gains most by more, or by less, solidarity moves it, where most of the votes gain as well: who lacks
    minerals wants the joint stock to go by need, who pays most by what was paid (rules.md R5)."""
    world, seats = known.world, embassy.seats
    gains = known.term(SOLIDARITY)
    weight = motions.weights(known.scenario, world.blocs.voting[bloc]) * known.members
    view = opinion(known.stakes)
    whole, now = np.maximum(total(weight), 1e-9), world.blocs.charter[bloc, SOLIDARITY]
    for way in (1.0, -1.0):
        strength = clip(now + way * AMENDED, 0.0, 1.0)
        carried = total(weight * (way * gains > 0.0)) / whole > CARRIES
        wanted = carried & (np.abs(strength - now) > 0.05)
        best = (way * gains * known.members)[seats].argmax(axis=0)
        at = seats[best], np.arange(world.worlds)
        # It takes the trouble where its own view of things is bright enough.
        worth = way * gains[at] * AMENDED * LASTING * (0.5 + view[at]) > LEAST_GAIN
        for row in np.unique(best[wanted & worth]).tolist():
            where = wanted & worth & (best == row)
            about = np.full((1, world.worlds), SOLIDARITY)
            _move(embassy, seats[[row]], bloc, motions.CHARTER_TERM, about, where[None], strength[None])


def _move(
    embassy: Embassy, seats: Counts, bloc: int, act: int, about: Counts, wants: law.Mask, strength: Array | None = None
) -> None:
    """Make motions of one kind, as far as political capital goes."""
    if not wants.any():
        return
    wants = wants & _able(embassy, seats, bloc, act)
    if wants.any():
        kind, where = np.full(wants.shape, act, dtype=np.int8), np.full(wants.shape, bloc, dtype=np.int8)
        embassy.assembly.move_together(seats, where, kind, about.astype(np.int8), _none(wants, strength), wants)


def _able(embassy: Embassy, seats: Counts, bloc: int, act: int) -> law.Mask:
    """Which seats have the political capital for a motion of a kind. (n, B)."""
    world = embassy.talks.world
    shape = len(seats), world.worlds
    kind, where = np.full(shape, act, dtype=np.int8), np.full(shape, bloc, dtype=np.int8)
    able: law.Mask = world.state.capital[seats] >= motions.price(world, embassy.scenario, seats, where, kind) + KEEP
    return able


def _none(wants: law.Mask, strength: Array | None) -> Array:
    return np.zeros(wants.shape) if strength is None else strength


def _gains(known: Membership, m: Motions, mover: int, here: law.Mask, traits: Traits, seats: Counts) -> Array:
    """What each member gains by a motion, and an invited place by coming, in the worlds where it is made. (N, B)."""
    world, s = known.world, known.scenario
    gains = np.zeros_like(known.members)
    act, about, strength = m.act[mover], m.about[mover], m.strength[mover]
    subject = np.where(act == motions.ADMIT, mover, about)
    on_place = here & (act <= motions.EXPEL)
    for place in np.unique(subject[on_place]).tolist():
        entry = known.admitted(int(place)) + _welcome(world, s) + traits.by_place("welcome", seats, len(gains))
        entry = np.where(act == motions.EXPEL, -entry, entry)
        guest = (act == motions.INVITE) & (np.arange(len(gains))[:, None] == place)
        keen = _keen(traits, seats, known)
        entry = np.where(guest, known.joined + _wish(world, s, known) + keen - _least(known), entry)
        gains = np.where(on_place & (subject == place), entry, gains)
    terms = here & (act == motions.CHARTER_TERM)
    for term in np.unique(about[terms]).tolist():
        step = strength - world.blocs.charter[known.bloc, term]
        gains = np.where(terms & (about == term), step * known.term(int(term)), gains)
    rules = here & (act == motions.VOTING_RULE)
    return np.where(rules, known.rule(np.where(rules, about, 0)), gains) if rules.any() else gains


def _support(known: Membership, place: int) -> Array:
    """Share of the votes that a place may hope for, from what is open to all. (B,)."""
    weight = motions.weights(known.scenario, known.world.blocs.voting[known.bloc]) * known.members
    return np.asarray(total(weight * (known.admitted(place) > 0.0)) / np.maximum(total(weight), 1e-9))


def _wish(world: World, s: Scenario, known: Membership) -> Array:
    """What each seat's own mandate adds to membership. (N, B)."""
    return _by_mandate(world, _wishes(s)) if known.of_race else np.zeros_like(known.members)


def _welcome(world: World, s: Scenario) -> Array:
    """What each seat's own mandate adds to the entry of another. (N, B)."""
    return _by_mandate(world, _welcomes(s))


def _by_mandate(world: World, table: Array) -> Array:
    """Entries for the mandates drawn; the last column stands for none. (N, mandates + 1) -> (N, B)."""
    return table[np.arange(len(table))[:, None], world.standing.mandate]


@constants_of
def _wishes(s: Scenario) -> Array:
    return _table(s, WISH)


@constants_of
def _welcomes(s: Scenario) -> Array:
    return _table(s, WELCOME)


def _table(s: Scenario, worths: Mapping[str, float]) -> Array:
    most = max((len(candidates) for candidates in s.mandates.values()), default=0)
    table = np.zeros((len(s.place_axis), most + 1))
    for place, candidates in s.mandates.items():
        table[place, : len(candidates)] = [worths.get(mandate.metric, 0.0) for mandate in candidates]
    return table
