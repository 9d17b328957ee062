"""Records of statecraft: blocs, politics and laws at home, signals, standards. Contracts stand in `core/pacts.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core.numeric import Array
from game.core.schema import quantity

Small = np.ndarray[Any, np.dtype[np.int8]]
Middle = np.ndarray[Any, np.dtype[np.int16]]


@dataclass(frozen=True)
class Blocs:
    """Blocs with a charter; who is a member stands in `relations.member`."""

    charter: Array = quantity("XH", "share", "strength of each term of the charter", 0, 1)
    voting: Small = quantity("X", "position", "voting rule", 0, 2, dtype="int8")
    left: Array = quantity("XN", "quarters", "since a leaver left; 100 for who never did", 0, 100)
    stock: Array = quantity("XG", "units", "joint stock")
    given: Array = quantity("XN", "USD bn", "paid into the joint stock, slow sum")
    drawn: Array = quantity("XN", "USD bn", "drawn from the joint stock, slow sum")


@dataclass(frozen=True)
class Motions:
    """Motions of the quarter's talks, by the place that moved them; cleared when the next talks begin."""

    bloc: Small = quantity("N", "position", "bloc that it was moved in; -1 no motion", -1, 126, dtype="int8")
    act: Small = quantity("N", "position", "kind of motion; -1 none", -1, 126, dtype="int8")
    about: Small = quantity("N", "position", "place, charter term or voting rule; -1 none", -1, 126, dtype="int8")
    strength: Array = quantity("N", "share", "of the charter term", 0, 1)
    outcome: Small = quantity("N", "position", "what has become of it", 0, 3, dtype="int8")
    vote: Small = quantity("NN", "position", "of the second place on it: 0 none, 1 for, 2 against", 0, 2, dtype="int8")


@dataclass(frozen=True)
class Politics:
    """Politics at home (S20)."""

    lobby: Array = quantity("NW", "index", "how content each lobby is; 0.5 is indifferent", 0, 1)
    captured: Array = quantity("N", "share", "of public money that subsidised firms have come to expect", 0, 1)
    election: Array = quantity("N", "quarters", "until the next election; 100 where there is none", 0, 100)
    resolve: Array = quantity("N", "index", "will to bear costs of a quarrel", 0, 1)
    won: Array = quantity("N", "0 or 1", "an election in the last quarter kept the government", 0, 1)
    held: Array = quantity("N", "0 or 1", "an election was held in the last quarter", 0, 1)


@dataclass(frozen=True)
class Laws:
    """Multi-year laws: public money locked for plants at home, one law of a place at a time (rules.md R10)."""

    money: Array = quantity("N", "USD bn", "that the law locks each quarter", 0, 1e6)
    left: Array = quantity("N", "quarters", "for which the law is still in force", 0, 200)
    plant: Middle = quantity("N", "position", "plant, lines first; -1 all at home", -1, 32000, dtype="int16")
    fund: Array = quantity("N", "USD bn", "locked and not yet spent", 0, 1e6)


@dataclass(frozen=True)
class Signals:
    """What is said and known: threats, bluffs, intelligence (S19)."""

    threat: Small = quantity("NCN", "quarters", "that an open threat of a control still runs", 0, 16, dtype="int8")
    ultimatum: Small = quantity("NCN", "0 or 1", "it is an ultimatum: dear to back down from", 0, 1, dtype="int8")
    bluff: Array = quantity("N", "share", "of true stocks that is declared on top", 0.0, 4.0, "secret")
    credibility: Array = quantity("N", "share", "that others believe what the place says", 0, 1)
    intelligence: Array = quantity(
        "NN", "share", "of its error band that the first place has closed on the other", 0, 1, "secret"
    )
    exposed: Array = quantity("N", "0 or 1", "a bluff was found out in the last quarter", 0, 1)


@dataclass(frozen=True)
class Standards:
    """Certified silicon, safety guardrails, physical AI, guards of routes (S9, S16, S17, S24)."""

    certified: Array = quantity("N", "share", "of its chips that are certified", 0, 1)
    guardrail: Small = quantity(
        "N", "position", "place whose safety standard it follows; -1 none", -1, 126, dtype="int8"
    )
    robots: Array = quantity("N", "index", "physical AI at work in plants and mines", 0, 100)
    guarded: Array = quantity("N", "share", "of its sea trade that is guarded", 0, 1)
    dispersed: Array = quantity("N", "share", "of its stocks that are spread over safe places", 0, 1)
