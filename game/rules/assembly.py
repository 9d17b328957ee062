"""Where motions of one round of talks are made and voted on: by record from people and files, by array from strategies.

It stands beside the offers of the same round (`rules/talks.py`); what both sides may do is in `rules/motions.py`.
"""

from __future__ import annotations

from copy import copy

import numpy as np
from numpy.typing import NDArray

from game.core.diplomacy import SUBJECTS, Motion, Vote
from game.core.errors import PaxError
from game.core.names import CHARTER, MOTIONS, VOTING, Axis
from game.core.numeric import Array, Counts, entries
from game.core.pacts import Small
from game.core.scenario import Scenario
from game.core.statecraft import Motions
from game.core.world import World
from game.rules import motions as law
from game.rules.case import Mask
from game.rules.desk import Given


class Assembly:
    """Motions and votes of one round.

    Parameters
    ----------
    scenario : the scenario.
    world : the world that seats talk in; its motions are those of an earlier round of the quarter.
    round : 1 or 2.

    Attributes
    ----------
    motions : the motions of this round, by mover; to be read.
    moved : where a place has made one in this round, (N, B).
    """

    def __init__(self, scenario: Scenario, world: World, round: int) -> None:
        self.scenario = scenario
        self.world = world
        self.round = round
        places = len(scenario.place_axis)
        self.motions: Motions = law.no_motions(places, world.worlds)
        self.moved = np.zeros((places, world.worlds), dtype=bool)

    def copied(self) -> Assembly:
        """Another assembly in the same state, to try words on."""
        other = copy(self)
        known = {name: getattr(self.motions, name).copy() for name in Motions.__dataclass_fields__}
        other.motions, other.moved = Motions(**known), self.moved.copy()
        return other

    # --- moving ------------------------------------------------------------------------------------------------------

    def move(self, seat: int, motion: Motion, where: Mask | None = None) -> Given:
        """Make a motion in the worlds `where` (all unless said). A refused one changes nothing.

        Raises
        ------
        PaxError
            If it names a bloc, act, place, term or rule that does not exist, or one that its act does not have.
        """
        bloc, act, about = as_positions(motion, self.scenario)
        worlds = self.world.worlds
        asked = np.ones(worlds, dtype=bool) if where is None else where
        where_to, kind, subject = (np.full((1, worlds), at, dtype=np.int8) for at in (bloc, act, about))
        strength = np.full((1, worlds), float(motion.strength))
        seats = np.array([seat])
        codes = self.move_together(seats, where_to, kind, subject, strength, asked[None])[0]
        wrong = np.flatnonzero(codes)
        if not len(wrong):
            return Given(codes, "")
        words = {
            "capital": float(law.price(self.world, self.scenario, seats, where_to, kind)[0, wrong[0]]),
            "capital_left": float(self.world.state.capital[seat, wrong[0]]),
        }
        return Given(codes, law.REFUSALS[int(codes[wrong[0]])].format(**words))

    def move_together(
        self, seats: Counts, bloc: Small, act: Small, about: Small, strength: Array, where: Mask
    ) -> NDArray[np.int64]:
        """Motions of several seats, one each; why not where not. All (n, B) with a row for each seat."""
        world, s = self.world, self.scenario
        codes = law.refusals(world, s, seats, bloc, act, about, strength)
        used = self.moved[seats] | (world.motions.bloc[seats] >= 0)
        codes = np.where((codes == law.FINE) & used, law.MOVED, codes)
        poor = world.state.capital[seats] < law.price(world, s, seats, bloc, act) - 1e-9
        codes = np.where((codes == law.FINE) & poor, law.CAPITAL, codes)
        row, w = entries(where & (codes == law.FINE))
        at = seats[row], w
        self.motions.bloc[at], self.motions.act[at] = bloc[row, w], act[row, w]
        self.motions.about[at], self.motions.strength[at] = about[row, w], strength[row, w]
        # Whoever moves is for it; an applicant has no vote.
        mine = world.relations.member[bloc[row, w], seats[row], w] > 0
        self.motions.vote[seats[row], seats[row], w] = np.where(mine, law.FOR, 0)
        self.moved[at] = True
        return np.where(where, codes, law.FINE)

    # --- voting ------------------------------------------------------------------------------------------------------

    def vote(self, seat: int, vote: Vote, where: Mask | None = None) -> Given:
        """Vote on a motion of the round, called by the code of its mover. Raises PaxError for an unknown code."""
        mover = self.scenario.place_axis.at(vote.motion)
        asked = np.ones(self.world.worlds, dtype=bool) if where is None else where
        codes = self.vote_row(seat, mover, asked, np.full(self.world.worlds, vote.yes))
        wrong = np.flatnonzero(codes)
        return Given(codes, law.REFUSALS[int(codes[wrong[0]])] if len(wrong) else "")

    def vote_row(self, seat: int, mover: int, where: Mask, yes: Mask) -> NDArray[np.int64]:
        """The same by the mover's position, for or against by world; why not where not. (B,)."""
        m = self.motions
        concerned = (m.act[mover] == law.EXPEL) & (m.about[mover] == seat)
        codes = np.zeros(len(where), dtype=np.int64)
        for wrong, code in (
            (~self.moved[mover], law.NOT_OPEN),
            (concerned, law.CONCERNED),
            (~self.may_vote(seat, mover), law.NO_VOTE),
            (m.vote[mover, seat] != 0, law.VOTED),
        ):
            codes[where & (codes == law.FINE) & wrong] = code
        taken = where & (codes == law.FINE)
        m.vote[mover, seat][taken] = np.where(yes, law.FOR, law.AGAINST)[taken]
        return codes

    def vote_together(self, seats: Counts, mover: int, yes: Mask) -> None:
        """The votes of many seats on a place's motion, (n, B), wherever they may vote and have not."""
        m = self.motions
        voters = law.entitled(self.world, m, mover)[seats] | (
            (m.act[mover] == law.INVITE) & (m.about[mover] == seats[:, None])
        )
        open_ = voters & self.moved[mover] & (m.vote[mover, seats] == 0)
        m.vote[mover, seats] = np.where(open_, np.where(yes, law.FOR, law.AGAINST), m.vote[mover, seats])

    def may_vote(self, seat: int, mover: int) -> Mask:
        """Where a place's motion is open to the vote of a seat: a member's, or the consent of who is invited. (B,)."""
        m = self.motions
        invited = (m.act[mover] == law.INVITE) & (m.about[mover] == seat)
        return self.moved[mover] & (law.entitled(self.world, m, mover)[seat] | invited)

    def settled(self, world: World) -> World:
        """The world after the votes are counted."""
        return law.settled(world, self.scenario, self.motions, self.moved)


def as_positions(motion: Motion, s: Scenario) -> tuple[int, int, int]:
    """Bloc, act and what it is about, as positions. Raises PaxError for names that do not exist."""
    bloc = Axis("bloc", (key for key, *_ in s.blocs)).at(motion.bloc)
    act = MOTIONS.at(motion.act)
    wanted = SUBJECTS[motion.act]
    for name in ("place", "term", "rule"):
        if (getattr(motion, name) is not None) != (name == wanted):
            raise PaxError(f"a motion to {motion.act} {'names a' if name == wanted else 'has no'} {name}")
    if motion.place is not None:
        return bloc, act, s.place_axis.at(motion.place)
    if motion.term is not None:
        return bloc, act, CHARTER.at(motion.term)
    return bloc, act, VOTING.at(motion.rule) if motion.rule is not None else -1


def moved(assembly: Assembly, mover: int, world: int = 0) -> Motion:
    """The motion of a place as a record."""
    return motion_of(assembly.scenario, assembly.motions, mover, world, assembly.round)


def motion_of(s: Scenario, motions: Motions, mover: int, world: int = 0, round: int = 1) -> Motion:
    """A motion of a table as a record."""
    act, about = int(motions.act[mover, world]), int(motions.about[mover, world])
    return Motion(
        bloc=s.blocs[int(motions.bloc[mover, world])][0],
        act=MOTIONS.names[act],
        place=s.place_axis.names[about] if act in (law.INVITE, law.EXPEL) else None,
        term=CHARTER.names[about] if act == law.CHARTER_TERM else None,
        strength=float(motions.strength[mover, world]),
        rule=VOTING.names[about] if act == law.VOTING_RULE else None,
        round=round,
    )
