"""Politics at home (S20): lobbies, elections, and firms that come to expect public money.

Three interests quarrel over every control and subsidy. Chip firms mourn sales that their own government stops;
downstream industry minds shortage; the security establishment wants rivals held back. What they think moves approval,
and twice as much in the year before an election.
"""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, LOBBIES, MEASURES
from game.core.numeric import Array, clip, total
from game.core.rng import entity_keys, uniform
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of
from game.rules.trade import refused
from game.rules.turn import Turn

CHIP_FIRMS, DOWNSTREAM, SECURITY = (LOBBIES.at(name) for name in ("chip_firms", "downstream", "security"))
MATURE, MAGNETS = GOODS.at("mature_chips"), GOODS.at("magnets")
#: Share of the way that a lobby's mood goes in a quarter.
PACE = 0.3
#: Quarters before an election in which lobbies count twice; what is left of approval's way to even after a lost one.
CAMPAIGN, FRESH_START = 4.0, 0.55
#: Capital that a won election brings; credibility and resolve that a new government starts with the old one's share of.
MANDATE_WON, INHERITED = 1.0, 0.8


def stir(world: World, turn: Turn) -> World:
    """Lobbies change their mood and move approval; elections are held; subsidised firms get used to it."""
    s, politics, state = turn.scenario, world.politics, world.state
    weight = s.parameters.statecraft.lobbying
    lobby = politics.lobby + PACE * (_moods(world, turn) - politics.lobby)
    ahead = np.where(politics.election <= CAMPAIGN, 2.0, 1.0)
    approval = state.approval + weight * ahead * (total(lobby, axis=1) / len(LOBBIES) - 0.5)
    world = replace(
        world,
        politics=replace(politics, lobby=clip(lobby, 0.0, 1.0), captured=_captured(world, turn)),
        state=replace(state, approval=clip(approval, 0.02, 0.98)),
    )
    return _held(world, s)


def _moods(world: World, turn: Turn) -> Array:
    """Where the mood of each lobby goes. (N, W, B)."""
    s, t = turn.scenario, turn.tables
    value = (s.goods.price * world.market.price[0])[s.sellers.good]
    stopped = s.sellers.by_place.total(refused(world) * value)
    sales = s.sellers.by_place.total(world.trade.exported * value)
    lost = stopped / np.maximum(stopped + sales, 1e-9)
    helped = (
        t.line_place.total(turn.orders.subsidy_line) + t.supplier_place.total(turn.orders.subsidy_supplier)
    ) / np.maximum(s.places.budget, 1e-9)
    scarce = world.goods.scarce
    mood = np.empty_like(world.politics.lobby)
    helped = np.minimum(helped, 1.0)
    # Who has lived on public money minds its end more than others enjoy its coming.
    missed = np.maximum(world.politics.captured - helped, 0.0)
    mood[:, CHIP_FIRMS] = 0.5 - 1.5 * lost + 0.3 * helped - missed
    mood[:, DOWNSTREAM] = 0.6 - 1.2 * scarce[:, MATURE] - 0.4 * scarce[:, MAGNETS] - 0.6 * (1.0 - world.power.factor)
    mood[:, SECURITY] = world.standing.measures[:, MEASURES.at("security")] / 100.0 + 0.2 * lost
    return clip(mood, 0.0, 1.0)


def _captured(world: World, turn: Turn) -> Array:
    """Firms that live on subsidies come to expect them: a slow mean of public money over the budget. (N, B)."""
    share = np.minimum(turn.orders.money / np.maximum(turn.scenario.places.budget, 1e-9), 1.0)
    return world.politics.captured + 0.06 * (share - world.politics.captured)


def _held(world: World, s: Scenario) -> World:
    """Elections whose time has come: approval above half wins, the more surely the further above."""
    politics = world.politics
    left = np.maximum(politics.election - 1.0, 0.0)
    held = (left <= 0.0) & (calendar(s)[1] > 0.0)
    nothing = np.zeros_like(left)
    if not held.any():
        return replace(world, politics=replace(politics, election=left, held=nothing, won=nothing))
    luck = uniform(world.seed, world.quarter, _keys(s))
    won = held & (luck < clip(0.5 + 4.0 * (world.state.approval - 0.5), 0.05, 0.95))
    lost = held & ~won
    state, signals = world.state, world.signals
    fresh = FRESH_START + 0.3 * (state.approval - FRESH_START)
    most = s.parameters.state.capital_bank
    capital = np.where(
        won, np.minimum(state.capital + MANDATE_WON, most), np.where(lost, state.capital * 0.5, state.capital)
    )
    return replace(
        world,
        politics=replace(
            politics,
            election=np.where(held, calendar(s)[1], left),
            held=held.astype(np.float64),
            won=won.astype(np.float64),
            resolve=np.where(lost, 0.5 + INHERITED * (politics.resolve - 0.5), politics.resolve),
            captured=np.where(lost, politics.captured * INHERITED, politics.captured),
        ),
        state=replace(state, approval=np.where(lost, fresh, state.approval), capital=capital),
        signals=replace(signals, credibility=np.where(lost, signals.credibility * INHERITED, signals.credibility)),
    )


@constants_of
def calendar(s: Scenario) -> tuple[Array, Array]:
    """Quarters until the first election, and between elections, 0 where there are none. (N, 1) each."""
    first, every = np.full((len(s.place_axis), 1), 100.0), np.zeros((len(s.place_axis), 1))
    for place, (until, between) in s.elections.items():
        first[place], every[place] = until + 1.0, between
    return first, every


@constants_of
def _keys(s: Scenario) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    return entity_keys("election", s.place_axis)
