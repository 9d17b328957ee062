"""Why: what happened in a quarter, told from the worlds before and after, each with the terms behind it.

Dispatches are computed, not stored by the rules: the same two worlds always tell the same story. One module a subject;
each has a function from a `Quarter` to its news.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.core.scenario import Scenario
from game.core.world import World
from game.explain.blocs import bloc_news
from game.explain.bottlenecks import bottleneck_news, shortage_news
from game.explain.contracts import contract_news, talk_news
from game.explain.controls import LEVEL_NAMES, control_news
from game.explain.dispatch import TOPICS, Dispatch, dispatch_from
from game.explain.events import choice_words, event_effects, event_news
from game.explain.grid import grid_news
from game.explain.measures import measure_terms
from game.explain.plants import plant_news
from game.explain.politics import politics_news
from game.explain.prices import price_news, price_terms
from game.explain.quarter import Quarter
from game.explain.race import RaceTerm, bar_news, chip_terms, mineral_terms, post_news
from game.explain.relations import trust_news
from game.explain.statecraft import statecraft_news
from game.explain.tenders import tender_news
from game.explain.words import ARTICLED, GATE_NAMES, GOOD_NAMES, in_sentence
from game.rules.tables import Tables

__all__ = [
    "ARTICLED", "GATE_NAMES", "GOOD_NAMES", "LEVEL_NAMES", "TOPICS",
    "Dispatch", "Quarter", "RaceTerm", "chip_terms", "choice_words", "dispatch_from",
    "event_effects", "in_sentence", "measure_terms", "mineral_terms",
    "price_terms", "quarter_news", "talk_news",
]  # fmt: skip

#: Subjects, in the order in which news of equal weight is told.
TELLERS = (
    event_news, control_news, contract_news, bloc_news, post_news, bar_news, bottleneck_news, grid_news, plant_news,
    tender_news, price_news, shortage_news, politics_news, trust_news, statecraft_news,
)  # fmt: skip


def quarter_news(before: World, after: World, s: Scenario, t: Tables, past: Sequence[Dispatch] = ()) -> list[Dispatch]:
    """What happened between two worlds a quarter apart, the weightiest first. First world of the batch only.

    `past` is the news of earlier quarters, for whoever keeps it: it tells when a threat was declared.
    """
    quarter = Quarter(before, after, s, t, past)
    return sorted((dispatch for tell in TELLERS for dispatch in tell(quarter)), key=lambda d: -d.weight)
