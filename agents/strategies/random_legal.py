"""Random-legal: the lowest rung of the ladder, which knows the law and nothing else.

Every quarter it tries a few orders, each of a kind drawn among all kinds of orders that there are, proposes a contract
of one clause drawn among all kinds, and says yes to half of what it is asked. Its chance is its own: draws are keyed by
its seat, the quarter and its treasury, never by the seed of the game, which no seat knows. So it does the same again in
the same world, alone or in a batch.
"""

from __future__ import annotations

import numpy as np

from agents.envoys import Envoy
from agents.strategies import Council, Counsel
from agents.strategies.random_menus import order_menus, proposal_menus
from game.core.diplomacy import Answer, Break, Vote
from game.core.numeric import Array, Counts
from game.core.rng import Seeds, derived, entity_keys, seeds, uniform
from game.rules.pacts import IN_FORCE

#: Orders tried in a quarter, and the chance that it says yes.
TRIES, YES = 6, 0.5
DRAWS = entity_keys("random_legal", [*(f"order {i}" for i in range(TRIES)), "answer", "proposal", "vote"])
ANSWER, PROPOSAL, VOTE = range(TRIES, TRIES + 3)


class RandomLegal:
    """Tries orders, proposes, answers and votes at random; what the law refuses is not done."""

    name = "random_legal"
    motto = "Any order that the law lets through."

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        menus, quarter, council = order_menus(counsel.scenario)[counsel.seat], counsel.view.quarter, counsel.alone
        # The kind is the same in all worlds, which saves time; what is ordered of it is not. The last kind is to break.
        kinds = _kinds(counsel.seat, quarter) * (len(menus) + 1)
        draws = uniform(_own_seeds(counsel.view.state.cash[counsel.seat], counsel.seat), quarter, DRAWS)
        for kind, draw in zip(kinds[:TRIES].astype(np.int64).tolist(), draws, strict=False):
            if kind == len(menus):
                _break(council, draw)
                continue
            for choice, where in _by_choice(draw, len(menus[kind])):
                council.attempt(0, menus[kind][choice], where)

    def propose(self, envoy: Envoy) -> None:
        """One proposal of one clause, in the first round."""
        if envoy.round == 1:
            menus, quarter = proposal_menus(envoy.scenario)[envoy.seat], envoy.view.quarter
            menu = menus[int(_kinds(envoy.seat, quarter)[PROPOSAL] * len(menus))]
            for choice, where in _by_choice(self._draw(envoy, PROPOSAL), len(menu)):
                envoy.propose(menu[choice], where)

    def answer(self, envoy: Envoy) -> None:
        """Accept half of what is offered, whatever it is, and vote for half of what is moved."""
        yes = self._draw(envoy, ANSWER) < YES
        for offer, there in envoy.offers():
            for accept in (True, False):
                where = there & (yes == accept)
                if where.any():
                    envoy.answer(Answer(offer, accept, envoy.round), where)
        yes = self._draw(envoy, VOTE) < YES
        for motion, there in envoy.motions():
            for accept in (True, False):
                where = there & (yes == accept)
                if where.any():
                    envoy.vote(Vote(motion, accept, envoy.round), where)

    def _draw(self, envoy: Envoy, which: int) -> Array:
        """Draws of a round, one for each world. (B,)."""
        own = _own_seeds(envoy.view.state.cash[envoy.seat], envoy.seat)
        return uniform(own, envoy.view.quarter * 2 + envoy.round, DRAWS[which : which + 1])[0]


def _kinds(seat: int, quarter: int) -> Array:
    """Draws that say of which kind each thing is. (TRIES + 3,)."""
    return uniform(seeds(seat, 1), quarter, DRAWS)[:, 0]


def _by_choice(draw: Array, many: int) -> list[tuple[int, np.ndarray]]:
    """Which of so many is drawn, and in which worlds."""
    picked: Counts = (draw * many).astype(np.int64)
    return [(choice, picked == choice) for choice in np.unique(picked).tolist()]


def _break(council: Council, draw: Array) -> None:
    """Break one of the contracts in force, each as likely."""
    c = council.desk.world.contracts
    mine = (c.status == IN_FORCE) & (c.party[:, council.seats[0]] > 0)
    nth: Counts = (draw * np.count_nonzero(mine, axis=0)).astype(np.int64)
    chosen = mine & (np.add.accumulate(mine, axis=0) == nth + 1)
    for number in np.unique(c.number[chosen]).tolist():
        council.attempt(0, Break(int(number)), np.asarray((chosen & (c.number == number)).any(axis=0)))


def _own_seeds(cash: Array, seat: int) -> Seeds:
    """Seeds (B,) from what the seat has in its treasury, to the last bit."""
    return derived(np.ascontiguousarray(cash).view(np.uint64), f"random_legal/{seat}")
