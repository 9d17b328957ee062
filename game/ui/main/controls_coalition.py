"""Who makes a control bite: what it keeps from its target alone and with partners, what each wants and earns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import CLASSES
from game.explain.clauses import dollars
from game.rules import able, coalition
from game.ui.kit import Term, Tip, plain
from game.ui.main.context import PlayContext
from game.ui.main.deal_draft import Draft, Part

#: Share of the target's use that a coalition should keep from it, and partners that a tip names.
GOAL, NAMED = 0.5, 6
#: A gain in the share below this is not told; USD bn below which a partner wants nothing, or earns nothing.
LEAST, SLIGHT = 0.005, 0.001


@dataclass(frozen=True, slots=True)
class Partner:
    """A place that could join.

    Attributes
    ----------
    share : float
        Of the target's use that is stopped if it joins the owner.
    price : float
        USD bn a quarter that would make up for joining.
    earned : float
        USD bn a quarter that it would sell in the owner's place if nobody joins.
    """

    code: str
    name: str
    share: float
    price: float
    earned: float


@dataclass(frozen=True, slots=True)
class Joined:
    """What a control would do with whom.

    Attributes
    ----------
    alone, together, everybody : float
        Share of the target's use that is stopped: by the owner, with `needed`, with all sellers.
    needed : tuple of Partner
        The most useful first, with whom it bites; fewer if even all of them stop less.
    partners : tuple of Partner
        All whose joining changes something, or who would sell in the owner's place.
    """

    target: str
    alone: float
    together: float
    everybody: float
    needed: tuple[Partner, ...]
    partners: tuple[Partner, ...]


def joined(play: PlayContext, control_class: int, target: int, level: int) -> Joined:
    """What a control of a class on one place would do, alone and with partners; kept while the game stands as it is."""
    key = ("coalition", control_class, target, level)
    if key not in play.kept:
        play.kept[key] = _joined(play, control_class, target, level)
    found: Joined = play.kept[key]
    return found


def _joined(play: PlayContext, control_class: int, target: int, level: int) -> Joined:
    s, world, tables = play.match.scenario, play.match.world, play.match.model.book.tables
    known = coalition.coalition(world, s, tables, play.place, control_class, target, level)
    needed, share = coalition.blocking(world, s, control_class, target, play.place, GOAL)
    alone = float(known.alone[0])

    def partner(n: int) -> Partner:
        return Partner(s.place_axis.names[n], s.texts.names[n], float(known.joined[n, 0]), float(known.price[n, 0]),
                       float(known.earned[n, 0]))  # fmt: skip

    others = [n for n in range(len(s.place_axis)) if n not in (play.place, target)]
    useful = [n for n in others if known.joined[n, 0] > alone + LEAST or known.earned[n, 0] > SLIGHT]
    order = sorted(useful, key=lambda n: (-float(known.joined[n, 0]), -float(known.earned[n, 0])))
    return Joined(s.place_axis.names[target], alone, share, float(known.everybody[0]),
                  tuple(map(partner, needed)), tuple(map(partner, order)))  # fmt: skip


def figure(found: Joined) -> str:
    """The partners that make it bite, in a few words."""
    if not found.needed:
        return f"you alone: {found.alone:.0%}" if found.alone >= GOAL else f"nobody adds: {found.alone:.0%}"
    names = [partner.name for partner in found.needed[:2]]
    more = f" +{len(found.needed) - 2}" if len(found.needed) > 2 else ""
    return f"{', '.join(names)}{more}: {found.together:.0%}"


def tip(play: PlayContext, found: Joined) -> Tip:
    """All about partners: how much each adds, what it would want, what it earns if it stays out."""
    s = play.match.scenario
    whom = s.texts.names[s.place_axis.at(found.target)]
    words = (
        f"Share of what {whom} uses of the class that is kept from it for good. Alone {found.alone:.0%}, with all "
        f"sellers {found.everybody:.0%}. Each partner: the share with it, what it would want a quarter for matching "
        "your control, and what it would earn in your place if it stays out."
    )
    terms = tuple(Term(partner.name, _partner_words(partner)) for partner in found.partners[:NAMED])
    return Tip("Who makes it bite", plain(words), terms, "Trade and spare goods of the last quarter")


def _partner_words(partner: Partner) -> str:
    wants = f", wants {dollars(partner.price)}" if partner.price > SLIGHT else ""
    earns = f", else earns {dollars(partner.earned)}" if partner.earned > SLIGHT else ""
    return f"{partner.share:.0%}{wants}{earns}"


def deal_with(play: PlayContext, found: Joined, control_class: int) -> Draft | None:
    """A proposal to the first partners, two at most: each matches the control and is paid what it wants."""
    seats = set(play.match.scenario.seats)
    asked = [each for each in (found.needed or found.partners) if each.code in seats][:2]
    if not asked:
        return None
    draft = Draft(asked[0].code, third=asked[1].code if len(asked) > 1 else "")
    subject = CLASSES.names[control_class]
    most = float(play.match.scenario.places.budget[play.place, 0]) * able.BUDGET_SHARE
    for number, partner in enumerate(asked):
        third = bool(number)
        draft.parts.append(Part("match", False, subject, found.target, third=third))
        if partner.price > SLIGHT:
            draft.parts.append(Part("money", True, quantity=min(_rounded(partner.price), most), third=third))
    return draft


def _rounded(amount: float) -> float:
    """Two figures, rounded up: less would not be enough."""
    step = 10.0 ** (np.floor(np.log10(amount)) - 1)
    return float(np.ceil(amount / step) * step)
