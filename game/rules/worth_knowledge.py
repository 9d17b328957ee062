"""What clauses about know-how and people are worth: licences, hubs, ventures, visas, platforms, standards."""

from __future__ import annotations

import numpy as np

from game.rules.worth_cells import Cells
from game.rules.worth_stakes import Stakes
from game.rules.worth_terms import Terms

#: Share of a gap in know-how that a licence closes in a quarter, and that a hub adds for each root of a billion.
LICENSED, HUB_GAIN = 0.04, 0.6
#: What a rival's better plants cost a licensor, as a share of what they gain.
RIVALRY = 0.15
#: What a billion put into a plant earns in a quarter once it stands, and the investor's part of it.
EARNING, EQUITY = 0.05, 0.4
#: Quarters in which what is learnt builds up: half of a contract's length on average.
HALF = 0.5


def licence(k: Stakes, c: Cells) -> Terms:
    """The taker learns what the giver knows, a part of the gap each quarter; its price, and a sharper competitor."""
    gap = np.maximum(c.at(k.world.state.knowhow, "gs") - c.at(k.world.state.knowhow, "ts"), 0.0)
    learnt = np.minimum(LICENSED * HALF * c.length, 1.0) * gap
    return Terms(
        {
            "price": c.price * c.at(k.money, "g"),
            "rivalry": -RIVALRY * learnt * np.minimum(c.at(k.skill, "ts"), c.at(k.skill, "gs")),
        },
        {"price": -c.price * c.at(k.money, "t"), "know_how": learnt * c.at(k.skill, "ts")},
    )


def hub(k: Stakes, c: Cells) -> Terms:
    """Both pay, both learn; who trusts less learns less."""
    trust = np.minimum(c.at(k.world.relations.trust, "gt"), c.at(k.world.relations.trust, "tg"))
    gained = HUB_GAIN * np.sqrt(c.quantity) * trust * HALF * c.length
    return Terms(
        {"cost": -c.quantity * c.at(k.money, "g"), "know_how": gained * c.at(k.skill, "gs")},
        {"cost": -c.quantity * c.at(k.money, "t"), "know_how": gained * c.at(k.skill, "ts")},
    )


def venture(k: Stakes, c: Cells) -> Terms:
    """Money and know-how for a plant of the taker's; the giver owns part of what it earns."""
    grown = c.quantity * EARNING * c.length * HALF
    return Terms(
        {"cost": -c.quantity * c.at(k.money, "g"), "equity": EQUITY * grown * c.at(k.money, "g")},
        {"plant": (1.0 - EQUITY) * grown * c.at(k.income, "t"), "money": 0.3 * c.quantity * c.at(k.money, "t")},
    )


def visa(k: Stakes, c: Cells) -> Terms:
    """Engineers move to the giver, who pays; both count what a thousand of them is worth to it."""
    moved = c.quantity * c.length * HALF
    paid = c.price * c.quantity
    return Terms(
        {"price": -paid * c.at(k.money, "g"), "engineers": moved * c.at(k.engineer, "g")},
        {"price": paid * c.at(k.money, "t"), "engineers": -moved * c.at(k.engineer, "t")},
    )


def platform(k: Stakes, c: Cells) -> Terms:
    """Robots where engineers are short and magnets and chips are at hand; both pay."""
    robots = np.sqrt(c.quantity) * 0.02
    return Terms(
        {"cost": -c.quantity * c.at(k.money, "g"), "robots": robots * c.at(k.robot, "g")},
        {"cost": -c.quantity * c.at(k.money, "t"), "robots": robots * c.at(k.robot, "t")},
    )


def certify(k: Stakes, c: Cells) -> Terms:
    """The same audit opens certified demand to both; an audit costs something."""
    return Terms(
        {"demand": 0.02 * c.at(k.chips, "g") * c.at(k.income, "g"), "audit": -0.004 * c.at(k.money, "g")},
        {"demand": 0.02 * c.at(k.chips, "t") * c.at(k.income, "t"), "audit": -0.004 * c.at(k.money, "t")},
    )


def guardrails(k: Stakes, c: Cells) -> Terms:
    """Adopters lose some compute and have fewer incidents; the author has the standing."""
    slowed = 0.04 * k.world.compute.running * k.compute
    adopted = c.at(k.world.compute.running, "t") / np.maximum(c.at(k.running, ""), 1e-9)
    giver, _ = c.roots()
    new = (c.at(k.world.standards.guardrail, "t") != giver) * 1.0
    return Terms(
        {"author": 30.0 * adopted * c.at(k.weight("standing"), "g") * new},
        {"slowed": -c.at(slowed, "t") * new, "incidents": 0.6 * c.at(slowed, "t") * new},
    )


def intelligence(k: Stakes, c: Cells) -> Terms:
    """Narrower bands on the third place, worth more the less the taker trusts it; the third place minds."""
    trust = k.world.relations.trust
    unknown = 1.0 - k.world.signals.intelligence
    worth = c.at(unknown, "tx") * (1.0 - c.at(trust, "xt")) * c.at(k.strength, "x")
    return Terms(
        {"minds": -0.02 * c.at(k.esteem, "xg")},
        {"knowledge": 2.0 * worth * c.at(k.weight("security"), "t")},
    )
