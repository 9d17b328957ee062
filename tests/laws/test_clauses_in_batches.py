"""Clauses of every kind: a world plays the same alone, in a slice and in a batch; bounds hold after each phase."""

from dataclasses import replace

import numpy as np
import pytest

from game.core.clauses import CLAUSE_KINDS
from game.core.diplomacy import Clause
from game.core.schema import walk
from game.core.world import World, slice_worlds, state_hash
from game.files.scenarios import bundled
from game.rules.book import DECIDE, RESOLVE, RuleBook, idle_firms
from game.rules.turn import Turn
from game.testing import with_charter, with_contract

SCENARIO = bundled("pax_silica_2026")
BOOK = RuleBook(SCENARIO)
SUBJECTS = {"good": "gallium", "class": "chips", "track": "node", "line": "rapidus_chitose", "none": None}
#: Rows of contracts in each of which one kind binds some of the worlds.
WORLDS = 6


def one_of(kind: str) -> Clause:
    k = next(k for k in CLAUSE_KINDS if k.name == kind)
    quantity = 0.05 if k.quantity is None else float(np.sqrt(max(k.quantity[1], 1e-3)))
    return Clause(
        kind, "TWN", "JPN", subject=SUBJECTS[k.subject], target="CHN" if k.target else None,
        quantity=min(quantity, 0.1) if k.quantity else 0.0, price=0.3 if k.price else 0.0,
    )  # fmt: skip


def signed(worlds: int, seed: int) -> World:
    """Worlds in each of which some contracts hold, others in others; and a charter with every term."""
    world = BOOK.open(seed, worlds)
    for k in CLAUSE_KINDS:
        world = with_contract(world, SCENARIO, one_of(k.name), quarters=3)
    for kind in ("hub", "platform"):
        subject = "photonics" if kind == "hub" else None
        pairs = (("NLD", "JPN"), ("NLD", "KOR"), ("JPN", "KOR"))
        world = with_contract(world, SCENARIO, *(Clause(kind, a, b, subject=subject, quantity=0.1) for a, b in pairs))
    world = with_charter(world, SCENARIO, "pax_silica", certify=0.6, guardrails=0.5, hub=0.7, dues=0.3)
    # Which contracts hold differs from world to world, by its seed, so that rows of a batch are no rows of one world.
    held = (np.arange(len(world.contracts.status))[:, None] * 7 + world.seed.astype(np.int64)) % 4 > 0
    status = (world.contracts.status * held).astype(np.int8)
    return replace(world, contracts=replace(world.contracts, status=status))


def played(world: World, quarters: int) -> World:
    for _ in range(quarters):
        orders = BOOK.orders(world.worlds)
        world = BOOK.decided(world, orders)
        world = BOOK.resolved(world, orders, idle_firms(world))
    return world


def test_worlds_under_contract_play_the_same_alone_in_a_slice_and_in_a_batch():
    batch = signed(WORLDS, 20)
    whole = played(batch, 5)
    part = played(slice_worlds(batch, slice(2, 5)), 5)
    for w in range(WORLDS):
        alone = played(slice_worlds(batch, slice(w, w + 1)), 5)
        assert state_hash(alone, 0) == state_hash(whole, w)
        if 2 <= w < 5:
            assert state_hash(part, w - 2) == state_hash(whole, w)


@pytest.mark.parametrize("quarters", [0, 2])
def test_bounds_hold_after_every_phase_under_contract(quarters):
    world = played(signed(2, 3), quarters)
    turn = Turn(SCENARIO, BOOK.tables, BOOK.orders(2), idle_firms(world))
    for phase in (*DECIDE, *RESOLVE):
        before = {path: array.copy() for path, _, array in walk(world)}
        given, world = world, phase(world, turn)
        for path, q, array in walk(world):
            assert np.isfinite(array.astype(float)).all(), (phase.__name__, path)
            assert (array >= q.low - 1e-9).all(), (phase.__name__, path, float(array.min()))
            assert (array <= q.high + 1e-9).all(), (phase.__name__, path, float(array.max()))
        for path, _, array in walk(given):
            assert (array == before[path]).all(), (phase.__name__, path)
