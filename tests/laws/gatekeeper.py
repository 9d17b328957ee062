"""A strategy for tests that quarrels by the rules of leverage: it threatens, bans in the window, and settles."""

from __future__ import annotations

import numpy as np

from agents.envoys import Envoy
from agents.strategies import Counsel
from agents.strategies.steady import Steady
from game.core.diplomacy import Answer, Declare, Propose
from game.core.names import CLASSES, LEVELS
from game.core.orders import ExportControl
from game.explain.deals import worth_of
from game.rules import leverage, pacts, settlement

BAN = LEVELS.at("ban")


class Gatekeeper:
    """Steady in all else; owns a gate that a rival needs.

    Parameters
    ----------
    control_class, rival : what it controls, and for whom.
    settles : whether it offers to step down for a price while its ban is in force.
    least : bite below which it leaves its gate open.
    """

    name, motto = "gatekeeper", "Threaten, shut, settle."

    def __init__(self, control_class: str, rival: str, settles: bool = True, least: float = 0.05) -> None:
        self.control_class, self.rival, self.settles, self.least = control_class, rival, settles, least
        self._steady = Steady()

    def decide(self, counsel: Counsel) -> None:
        """Declare when the window is open and closing, shut the gate when the threat is about to run out."""
        s, t, view = counsel.scenario, counsel.book.tables, counsel.view
        k, rival = CLASSES.at(self.control_class), s.place_axis.at(self.rival)
        now = leverage.class_bites(leverage.bite(view, s, t, counsel.seat), t)[k, rival]
        later = leverage.class_bites(leverage.bite(view, s, t, counsel.seat, 4), t)[k, rival]
        threat = view.signals.threat[counsel.seat, k, rival]
        free = ~self.shut(counsel, k, rival) & ~self.promised(counsel, k, rival)
        ripe = free & (threat == 0) & (now > self.least) & (now >= later)
        if ripe.any():
            counsel.give(Declare(self.control_class, self.rival, 2, True), ripe)
        due = free & (threat == 1)
        if due.any():
            counsel.give(ExportControl(self.control_class, self.rival, "ban"), due)
        self._steady.decide_together(counsel.alone)

    def propose(self, envoy: Envoy) -> None:
        """Offer a settlement where the gate is shut."""
        k, rival = CLASSES.at(self.control_class), envoy.scenario.place_axis.at(self.rival)
        if not self.settles or envoy.round != 1:
            return
        for w in np.flatnonzero(self.shut(envoy, k, rival)):
            offer = settlement.proposal(envoy.view, envoy.scenario, envoy.book.tables, envoy.seat, k, rival, int(w))
            if offer is not None:
                where = np.zeros(envoy.view.worlds, dtype=bool)
                where[w] = True
                envoy.propose(Propose(offer.parties, offer.clauses, offer.quarters, snap_back=True), where)

    def answer(self, envoy: Envoy) -> None:
        """Accept what is worth something to it."""
        code = envoy.scenario.place_axis.names[envoy.seat]
        for name, there in envoy.offers():
            for w in np.flatnonzero(there):
                rows = worth_of(envoy.offered(name, int(w)), envoy.view, envoy.scenario, envoy.book.tables, int(w))
                if sum(row.points for row in rows if row.party == code) > 0.0:
                    where = np.zeros(envoy.view.worlds, dtype=bool)
                    where[w] = True
                    envoy.answer(Answer(name, True, envoy.round), where)

    @staticmethod
    def shut(who: Counsel | Envoy, k: int, rival: int) -> np.ndarray:
        """Where its ban is in force."""
        goods, level = who.book.tables.positions.classes[k], who.view.policy.level
        new = who.book.tables.opening_level[who.seat, goods, rival, None] < BAN
        return ((level[who.seat, goods, rival] == BAN) & new).any(axis=0)

    @staticmethod
    def promised(who: Counsel | Envoy, k: int, rival: int) -> np.ndarray:
        """Where it has promised the rival to hold back."""
        rows = pacts.in_force(who.view, pacts.RESTRAIN)
        found = np.zeros(who.view.worlds, dtype=bool)
        if rows is not None:
            at = (rows.giver == who.seat) & (rows.taker == rival) & (rows.subject == k)
            found[rows.world[at]] = True
        return found
