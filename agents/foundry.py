"""A foundry firm: how much to start, where to add capacity, whom to ask for bids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from game.core.numeric import Array, clip
from game.core.world import World
from game.rules import tenders
from game.rules.book import RuleBook
from game.rules.outlook import Outlook
from game.rules.tenders import Mask, Terms

if TYPE_CHECKING:
    from agents.model import ChipRace

#: Quarters between a firm's looks at whether it needs more plants; firms look one after the other.
BOARD = 4
#: A firm that is building more than this share of its capacity already asks for no bids, unless a seat offers money.
UNDER_WAY = 0.1
#: A site that builds more than this share of its room is no candidate, nor is one with room for less than this, kwpm.
BUSY_SITE, LEAST_ROOM = 0.4, 1.0
#: Use of capacity is held between these: a line is never quite full, and never quite stopped while it pays.
LEAST, MOST = 0.3, 0.97


class Foundry(mesa.Agent):
    """One firm with all its lines, present and possible.

    Parameters
    ----------
    model : the race.
    firm : identifier of the firm.
    rows : positions of its lines.
    """

    model: ChipRace

    def __init__(self, model: ChipRace, firm: str, rows: list[int]) -> None:
        super().__init__(model)
        self.firm = firm
        self.rows = rows

    def decide(self) -> None:
        """Post starts, expansions and tenders."""
        self.model.firm_desk.lines += self.rows


def planned(world: World, book: RuleBook, look: Outlook) -> dict[str, Array]:
    """What each firm decides for its lines, as fields of `FirmOrders`. (F, B) each."""
    p, use, pull = book.scenario.parameters.fabs, world.lines.use, look.line_pull
    goal = np.where(look.line_margin > 0.02, use * pull, use * np.minimum(pull, 1.0) * 0.9)
    build, tender, wish = _expansion(world, book, look)
    return {
        "line_use": clip(use + p.use_pace * (goal - use), LEAST, MOST),
        "line_build": build,
        "tender": tender,
        "wish": wish,
    }


def _expansion(world: World, book: RuleBook, look: Outlook) -> tuple[Array, Array, Array]:
    """Where tenders end, build at the site that wins; where a firm needs plants, ask for bids. (F, B) each.

    What is asked of each site is the money with which it would win as things stand.
    """
    lines, nothing = world.lines, np.zeros_like(world.lines.use)
    ends = lines.tender == 1.0
    offered = (lines.bid > 0.0) & (lines.tender <= 0.0)
    if lines.stake.any():
        offered |= (lines.stake.max(axis=0) > 0.0) & (lines.tender <= 0.0)
    needy = _needy(world, book, look)
    if not (lines.tender.any() or offered.any() or needy.any()):
        return nothing, nothing, nothing
    s, t = book.scenario, book.tables
    known = tenders.terms(world, s, t, look)
    won = tenders.chosen(ends & (look.line_room > 1e-6), known.value, s, t)
    asked = _asked(world, book, known, needy, offered)
    wish = tenders.wishes(known, (asked > 0.0) | (lines.tender > 1.0), s, t)
    return known.size * won, asked, wish


def _needy(world: World, book: RuleBook, look: Outlook) -> Mask:
    """Lines of firms whose plants of a kind run full, and that are not building many, in the quarter they look."""
    lines, t = world.lines, book.tables
    load = lines.use * np.minimum(look.line_pull, 1.2) * (lines.capacity > 0.0)
    full = t.rivals.largest(load) > book.scenario.parameters.fabs.expand_use
    full &= ((np.arange(t.rivals.groups) + world.quarter) % BOARD == 0)[:, None]
    if not full.any():
        return t.rivals.spread(full)
    full &= t.rivals.total(lines.building) <= UNDER_WAY * t.rivals.total(lines.capacity)
    return t.rivals.spread(full)


def _asked(world: World, book: RuleBook, known: Terms, needy: Mask, offered: Mask) -> Array:
    """Sites that enter a tender, of those that money could make worth building at: those offered some, and rivals."""
    t, p, lines = book.tables, book.scenario.parameters.fabs, world.lines
    rivals = t.rivals
    running = rivals.spread(rivals.largest(lines.tender) > 0.0)
    called = needy | rivals.spread(rivals.largest(offered.astype(np.float64)) > 0.0)
    able = (known.plain > (1.0 - tenders.MOST_HELP) * p.hurdle) & (known.kwpm > LEAST_ROOM)
    able &= lines.building <= BUSY_SITE * book.scenario.lines.room
    return (able & (offered | (called & ~running))).astype(np.float64)
