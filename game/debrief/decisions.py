"""What seats decided, by quarter, with reasons: people's orders and words from the log, others' deeds from news.

Each decision of a person has a mark by which it can be left out when the game is played again (`weighing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.core.diplomacy import Answer, Motion, Propose, Vote
from game.core.order_kinds import order_from
from game.core.orders import Order
from game.core.scenario import Scenario
from game.debrief.choices import Choices
from game.debrief.records import Decision, Mark
from game.explain.clauses import proposal_words
from game.explain.dispatch import Dispatch
from game.explain.order_words import order_words
from game.explain.words import in_sentence, listed
from game.files.saves import SavedGame

#: Topics of news that tell what a seat did, where it stands first among the places; news lighter than this is left out.
DEEDS, WEIGHTY = ("control", "plant", "contract", "politics"), 2

#: Kind of an answer that refuses: most are given by standing instruction.
REFUSAL = "refusal"
#: What was offered, by quarter, round and name of the offer.
Offered = Mapping[tuple[int, int, str], Propose]


def marked(saved: SavedGame, seats: Sequence[str]) -> list[tuple[Mark, Order]]:
    """Every order and word of these seats that is in the log, in order of time."""
    found = []
    for quarter, entry in enumerate(saved.log):
        for part in ("said", "orders", "listed"):
            for seat in seats:
                for position, record in enumerate(entry.get(part, {}).get(seat, [])):
                    found.append((Mark(quarter, seat, part, position), order_from(record)))
    return found


def decisions_of(
    saved: SavedGame,
    s: Scenario,
    news: Sequence[Sequence[Dispatch]],
    people: Sequence[str],
    offers: Offered,
    choices: Choices,
) -> tuple[Decision, ...]:
    """All decisions worth telling, in order of time: everything that people decided, and what of others made news.

    Parameters
    ----------
    news : dispatches of each quarter.
    people : codes of the seats whose orders are in the log.
    offers : what was offered, by quarter, round and name.
    choices : what strategies weighed.
    """
    mine = [
        Decision(
            mark.quarter, mark.seat, _kind(order), _words(mark, order, s, offers),
            _effects(news[mark.quarter], mark.seat, order),
            () if mark.part == "said" else choices.advice.get((mark.quarter, mark.seat), ()), mark=mark,
        )
        for mark, order in marked(saved, people)
    ]  # fmt: skip
    others = [
        Decision(q, dispatch.places[0], dispatch.topic, dispatch.text, dispatch.reasons)
        for q, told in enumerate(news)
        for dispatch in told
        if dispatch.topic in DEEDS and dispatch.weight >= WEIGHTY and dispatch.places[:1]
        and dispatch.places[0] in s.seats and dispatch.places[0] not in people
    ]  # fmt: skip
    return tuple(sorted([*mine, *others, *choices.most_telling()], key=lambda decision: decision.quarter))


def _kind(order: Order) -> str:
    """The kind of an order; an answer that refuses is of a kind of its own."""
    return REFUSAL if isinstance(order, Answer) and not order.accept else order.kind


def _words(mark: Mark, order: Order, s: Scenario, offers: Offered) -> str:
    if isinstance(order, Answer) and (mark.quarter, order.round, order.offer) in offers:
        proposal = offers[mark.quarter, order.round, order.offer]
        sender = in_sentence(s.texts.names[s.place_axis.at(order.offer.partition("/")[0])])
        return f"{'Accept' if order.accept else 'Refuse'} what {sender} offers: {proposal_words(proposal, s)}"
    return words_of(order, s, mark.seat)


def words_of(order: Order, s: Scenario, seat: str) -> str:
    """An order of a seat, or what it said in the talks, in words."""
    if isinstance(order, Propose):
        others = [in_sentence(s.texts.names[s.place_axis.at(code)]) for code in order.parties if code != seat]
        return f"Propose to {listed(others, len(others))}: {proposal_words(order, s)}"
    if isinstance(order, Answer):
        return f"{'Accept' if order.accept else 'Refuse'} the offer {order.offer}"
    if isinstance(order, Motion):
        return f"Move in the bloc: {order.act.replace('_', ' ')}"
    if isinstance(order, Vote):
        return f"Vote {'for' if order.yes else 'against'} the motion {order.motion}"
    return order_words(order, s)


def _effects(news: Sequence[Dispatch], seat: str, order: Order) -> tuple[str, ...]:
    """What the quarter's news tells of it: the dispatch of the kind of the order that is about all its parties."""
    topic = {"control": "control", "refuse": "control", "answer": "contract", "propose": "contract"}.get(order.kind, "")
    parties = {seat}
    if isinstance(order, Answer):
        parties.add(order.offer.partition("/")[0])
    if isinstance(order, Propose):
        parties.update(order.parties)
    told = [d for d in news if topic and d.topic == topic and parties.issubset(d.places)]
    return tuple(text for dispatch in told[:1] for text in (dispatch.text.rstrip("."), *dispatch.reasons[:2]))
