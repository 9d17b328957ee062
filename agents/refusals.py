"""Why a seat that a strategy steers refused an offer: worked out anew from what the strategy decides by, in words.

What a seat keeps to itself, its mandate and its stocks, is told as no more than that it has goals of its own.
"""

from __future__ import annotations

import numpy as np

from agents.envoys import Embassy
from agents.strategies import Strategy
from agents.strategies.character import traits_of
from agents.strategies.hold import Hold
from agents.strategies.random_legal import RandomLegal
from agents.strategies.steady_settlements import doubted, resisted
from agents.strategies.steady_talks import Talking
from agents.strategies.steady_wishes import wished
from game.core.clauses import CLAUSES
from game.explain.clauses import CLAUSE_TITLES, lower_first
from game.explain.deals import losses
from game.explain.words import in_sentence
from game.rules.talks import Talks
from game.rules.worth_offers import nets_at
from game.rules.worth_stakes import stakes


def why_refused(talks: Talks, row: int, code: str, strategy: Strategy | None) -> tuple[str, ...]:
    """Why a seat refused the offer in a row, in the first world, the nearest reason first; nothing of a person.

    Parameters
    ----------
    talks : the round, as it was when it was closed.
    code : of the seat that refused.
    strategy : that steers it.
    """
    if strategy is None:
        return ()
    if isinstance(strategy, Hold):
        return ("it signs nothing but what renews a contract that ran out",)
    if isinstance(strategy, RandomLegal):
        return ("it answers by chance",)
    if not isinstance(strategy, Talking):
        return _by_worth(talks, row, code)
    embassy = Embassy(talks, np.array([talks.book.scenario.place_axis.at(code)]), (strategy,))
    return _by_character(embassy, row) or _by_reckoning(embassy, row, code)


def _by_character(embassy: Embassy, row: int) -> tuple[str, ...]:
    """What a doctrine does not sign, whatever it is worth."""
    traits, s = traits_of(embassy.players, 1), embassy.scenario
    offers, seat = embassy.offers, int(embassy.seats[0])
    sender, relations = int(offers.sender[row]), embassy.talks.world.relations
    (character,) = traits.characters
    name = in_sentence(s.texts.names[sender])
    kinds = [kind for kind in range(len(CLAUSES)) if _never(embassy, row, seat, kind)]
    if kinds:
        return (f"it never agrees to {lower_first(CLAUSE_TITLES[CLAUSES.names[kinds[0]]])}",)
    if character.inside <= 0.0 and offers.party[row, s.inside, 0]:
        return (f"it signs nothing with {in_sentence(s.texts.names[s.inside])}",)
    if character.members <= 0.0 and relations.member[s.race.bloc, sender, 0]:
        return (f"it signs nothing with members of {s.blocs[s.race.bloc][1]}",)
    trust = float(relations.trust[sender, seat, 0])
    if trust < character.wary:
        return (f"it trusts {name} {trust:.0%}, and signs with nobody whom it trusts less than {character.wary:.0%}",)
    return ()


def _never(embassy: Embassy, row: int, seat: int, kind: int) -> bool:
    """Whether the offer has a clause of a kind that the seat, on its side of it, never agrees to."""
    offers, traits = embassy.offers, traits_of(embassy.players, 1)
    here = offers.kind[row, :, 0] == kind
    gives, takes = (here & (side[row, :, 0] == seat) for side in (offers.giver, offers.taker))
    return bool((gives.any() and traits.gives[0, kind] == 0.0) or (takes.any() and traits.takes[0, kind] == 0.0))


def _by_reckoning(embassy: Embassy, row: int, code: str) -> tuple[str, ...]:
    """What the offer comes to for the seat, against what it must bring."""
    talks, offers = embassy.talks, embassy.offers
    k = stakes(talks.world, embassy.scenario, embassy.book.tables)
    at, seat, w = np.array([row]), embassy.seats, np.zeros(1, dtype=np.int64)
    found = np.full(offers.party.shape, np.nan)
    found[row, :, w] = nets_at(k, offers, at, w)
    net = float(found[row, seat[0], 0])
    bears = float(resisted(k, offers, at, seat, w)[0])
    doubt = float(doubted(k, found, offers, at, seat, w)[0])
    own = float(wished(k, offers, at, seat, w)[0])
    (character,) = traits_of(embassy.players, 1).characters
    if net + own > bears + doubt and net > character.demand:
        # Worth it, and no doctrine against it: there is one reason more not to sign.
        return ("it has offered the same itself, and one contract is enough",)
    if net <= max(character.demand, 0.0):
        return _by_worth(talks, row, code)
    if bears > 0.0 and net <= bears + doubt:
        return (f"at {net:+.2f} points it would rather bear what it is shut off from than pay for its end",)
    if net <= doubt:
        return (f"what everybody sees it gain, {net:+.2f} points, is too little for it to be sure of",)
    return ("it does not fit with goals of its own",)


def _by_worth(talks: Talks, row: int, code: str) -> tuple[str, ...]:
    """What it is worth to it, and what it would lose most by."""
    book = talks.book
    points, terms = losses(talks.offers, row, talks.world, book.scenario, book.tables, code)
    return (f"to it the offer is worth {points:+.2f} points", *terms)
