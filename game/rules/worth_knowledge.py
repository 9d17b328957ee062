"""What clauses about know-how and people are worth: licences, hubs, ventures, visas, platforms, standards."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array
from game.rules.worth_cells import Cells
from game.rules.worth_parts import funds, standing
from game.rules.worth_spans import LONGEST
from game.rules.worth_stakes import Stakes
from game.rules.worth_terms import Terms

#: What a rival's better plants cost a licensor, as a share of what they gain.
RIVALRY = 0.1
#: Output that a billion put into a plant, and what it draws, brings in a quarter once it stands; its quarters until
#: then as a share of all that it is worth; and what the investor's part in it earns.
EARNING, WAITING, EQUITY = 0.08, 0.6, 0.02
#: What of certified chips is sold to buyers who ask for them; private money for compute that is not drawn anyway.
ASKED_FOR, DRAWN = 0.3, 0.5


def _built(k: Stakes, c: Cells) -> Array:
    """What grows over a contract's length and lasts, by what it comes to at its end."""
    lasting: Array = k.lasting[np.minimum(c.length, LONGEST).astype(np.int64)]
    return lasting


def licence(k: Stakes, c: Cells) -> Terms:
    """The taker learns what the giver knows, a part of the gap each quarter; its price, and a sharper competitor."""
    known, trust = k.world.state.knowhow, c.at(k.world.relations.trust, "tg")
    gap = np.maximum(c.at(known, "gs") - c.at(known, "ts"), 0.0)
    taught = k.scenario.parameters.statecraft.licence * trust * c.length
    learnt = taught / (1.0 + taught) * gap * _built(k, c)
    gain = c.at(k.skill, "ts")
    return Terms(
        {"price": funds(k, c, "g", c.price), "rivalry": -RIVALRY * learnt * np.minimum(gain, c.at(k.skill, "gs"))},
        {"price": funds(k, c, "t", -c.price), "know_how": learnt * gain},
    )


def hub(k: Stakes, c: Cells) -> Terms:
    """Both pay, both learn; who trusts less learns less, and what is known already is harder to better."""
    trust = np.minimum(c.at(k.world.relations.trust, "gt"), c.at(k.world.relations.trust, "tg"))
    known = np.maximum(c.at(k.world.state.knowhow, "gs"), c.at(k.world.state.knowhow, "ts"))
    slowed = np.maximum(160.0 / np.maximum(known, 40.0) - 1.0, 0.02)
    each = k.scenario.parameters.statecraft.hub * np.sqrt(2.0 * c.quantity)
    gained = each * 0.8 * trust * slowed * c.length * _built(k, c)
    return Terms(
        {"cost": -c.quantity * c.at(k.money, "g"), "know_how": gained * c.at(k.skill, "gs")},
        {"cost": -c.quantity * c.at(k.money, "t"), "know_how": gained * c.at(k.skill, "ts")},
    )


def venture(k: Stakes, c: Cells) -> Terms:
    """Money and know-how for a plant of the taker's; the giver owns part of what it earns."""
    stands = WAITING * c.quantity * c.length * _built(k, c)
    return Terms(
        {"cost": -c.quantity * c.at(k.money, "g"), "equity": EQUITY * stands * c.at(k.money, "g")},
        {"plant": EARNING * stands * c.at(k.income, "t")},
    )


def visa(k: Stakes, c: Cells) -> Terms:
    """Engineers move to the giver, who pays; both count what a thousand of them is worth to it."""
    p = k.scenario.parameters.statecraft
    pool = p.visa_pool * c.at(k.world.people.engineers, "t")
    moved = np.minimum(c.quantity, pool) * (1.0 - p.trainees) * c.length * _built(k, c)
    paid = c.price * np.minimum(c.quantity, pool)
    return Terms(
        {"price": funds(k, c, "g", -paid), "engineers": moved * c.at(k.engineer, "g")},
        {"price": funds(k, c, "t", paid), "engineers": -moved * c.at(k.engineer, "t")},
    )


def platform(k: Stakes, c: Cells) -> Terms:
    """Robots where engineers are short and magnets and chips are at hand; both pay."""
    p = k.scenario.parameters.statecraft
    found = [c.at(part, "g") + c.at(part, "t") for part in k.robotics]
    least = np.minimum(np.minimum(found[0], found[1]), found[2])
    robots = p.platform * np.sqrt(2.0 * c.quantity) * least * c.length * _built(k, c)
    return Terms(
        {"cost": -c.quantity * c.at(k.money, "g"), "robots": robots * c.at(k.robot, "g")},
        {"cost": -c.quantity * c.at(k.money, "t"), "robots": robots * c.at(k.robot, "t")},
    )


def certify(k: Stakes, c: Cells) -> Terms:
    """Audits open certified demand to both and draw private money for compute; who has them gains nothing more."""
    p = k.scenario.parameters.statecraft
    missing = 1.0 - k.world.standards.certified
    worth = p.premium * ASKED_FOR * k.chips * k.income * missing
    drawn = DRAWN * p.compliant * k.world.compute.private * k.racks * missing
    audits = -p.audit * k.chips * k.money * missing
    built = np.minimum(_built(k, c), 1.0)
    return Terms(
        {"demand": built * c.at(worth, "g"), "private": built * c.at(drawn, "g"), "audit": built * c.at(audits, "g")},
        {"demand": built * c.at(worth, "t"), "private": built * c.at(drawn, "t"), "audit": built * c.at(audits, "t")},
    )


def guardrails(k: Stakes, c: Cells) -> Terms:
    """Who adopts a standard, and its author, lose some compute and have fewer incidents; the author has a part in all
    that adopters agree on."""
    p, standard = k.scenario.parameters.statecraft, k.world.standards.guardrail
    giver, _ = c.roots()
    followed = c.at(standard, "t")
    new, idle = (followed != giver) * (followed < 0) * 1.0, (c.at(standard, "g") < 0) * 1.0
    slowed = p.guardrail_cost * k.world.compute.running * k.compute
    spared = p.guardrail_safety * k.incident
    own = c.at(k.agreements[2], "t")
    return Terms(
        {
            "author": standing(k, c, "g", own) * new,
            "slowed": -c.at(slowed, "g") * idle,
            "incidents": c.at(spared, "g") * idle,
        },
        {"slowed": -c.at(slowed, "t") * new, "incidents": c.at(spared, "t") * new},
    )


def intelligence(k: Stakes, c: Cells) -> Terms:
    """Narrower bands on the third place, worth more the less the taker trusts it; the third place minds."""
    trust = k.world.relations.trust
    unknown = 1.0 - k.world.signals.intelligence
    worth = c.at(unknown, "tx") * (1.0 - c.at(trust, "xt")) * c.at(k.strength, "x")
    return Terms(
        {"minds": -0.002 * c.at(k.esteem, "xg")},
        {"knowledge": 0.5 * worth * c.at(k.weight("security"), "t")},
    )
