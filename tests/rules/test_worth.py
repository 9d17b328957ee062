"""What clauses are worth: dense and flat forms agree, worths follow what places need, nothing hidden counts."""

from functools import cached_property

import numpy as np
import pytest

from agents.model import ChipRace
from agents.strategies.steady_themes import pairs, themes
from game.core.clauses import CLAUSE_KINDS, CLAUSES
from game.core.names import GOODS
from game.core.schema import walk
from game.core.world import replace
from game.files.scenarios import bundled
from game.rules import worth
from game.rules.pacts import IN_FORCE
from game.rules.worth_cells import Rows
from game.rules.worth_stakes import Stakes

SCENARIO = bundled("pax_silica_2026")
SEATS = np.array(SCENARIO.places.seats)


@pytest.fixture(scope="module")
def race() -> ChipRace:
    played = ChipRace(SCENARIO, worlds=3, rng=7)
    played.run(5)
    return played


def stakes_of(race: ChipRace, **changes) -> Stakes:
    return Stakes(replace(race.world, **changes), SCENARIO, race.book.tables)


def dense(k: Stakes, theme) -> tuple[np.ndarray, np.ndarray]:
    cells = pairs(k, theme, SEATS, SEATS)
    shape = (len(SEATS), len(SEATS), k.world.worlds)
    found = worth.worths(k, theme.kind, cells, worth.faith(k, cells))
    return np.broadcast_to(found[0], shape), np.broadcast_to(found[1], shape)


def test_every_kind_of_clause_has_a_worth():
    assert set(worth.WORTHS) == {kind.name for kind in CLAUSE_KINDS}


@pytest.mark.parametrize("kind", [kind.name for kind in CLAUSE_KINDS])
def test_pairs_of_places_and_single_rows_are_worth_the_same_to_the_bit(race, kind):
    k = stakes_of(race)
    known = [theme for theme in themes(SCENARIO) if theme.kind == CLAUSES.at(kind)][:2]
    for theme in known or [themes(SCENARIO)[0]._replace(kind=CLAUSES.at(kind), subject=3, aimed=1)]:
        cells = pairs(k, theme, SEATS, SEATS)
        giver, taker = dense(k, theme)
        i, j, w = (axis.ravel() for axis in np.indices(giver.shape))

        def flat(values, shape=giver.shape):
            return np.broadcast_to(values, shape).ravel()

        rows = Rows(
            SEATS[i], SEATS[j], np.full(len(i), theme.subject), np.full(len(i), theme.aimed),
            flat(cells.quantity), flat(cells.price), np.full(len(i), 8.0), flat(cells.span), w,
        )  # fmt: skip
        alone = worth.row_worths(
            k, np.full(len(i), theme.kind, dtype=np.int8), rows, np.zeros(len(i)), np.zeros(len(i))
        )
        assert (alone[0] == giver.ravel()).all()
        assert (alone[1] == taker.ravel()).all()


def test_a_buyer_that_depends_on_one_seller_values_a_second_one_more_than_a_diversified_buyer(race):
    k = stakes_of(race)
    magnets = GOODS.at("magnets")
    theme = next(t for t in themes(SCENARIO) if t.kind == CLAUSES.at("supply") and t.subject == magnets)
    held, free = k.dependences.copy(), k.dependences.copy()
    held[:, magnets], free[:, magnets] = 0.9, 0.2
    usa, jpn = (SCENARIO.place_axis.at(code) for code in ("USA", "JPN"))
    dependent, diversified = stakes_of(race), stakes_of(race)
    dependent.__dict__["dependences"], diversified.__dict__["dependences"] = held, free
    assert (dense(dependent, theme)[1][jpn, usa] > dense(diversified, theme)[1][jpn, usa]).all()


def test_nothing_hidden_changes_a_worth(race):
    world = race.world
    veiled = world
    for path, quantity, array in walk(world):
        if quantity.seen_by != "all":
            record, _, name = path.partition(".")
            other = array * 0.5 if array.dtype == np.float64 else array
            veiled = replace(veiled, **{record: replace(getattr(veiled, record), **{name: other})})
    open_, shut = Stakes(world, SCENARIO, race.book.tables), Stakes(veiled, SCENARIO, race.book.tables)
    for theme in themes(SCENARIO)[:40]:
        for side in range(2):
            assert (dense(open_, theme)[side] == dense(shut, theme)[side]).all()


def test_the_chance_of_a_signature_is_the_share_of_views_in_which_a_seat_would_sign():
    views = (np.arange(2000) + 0.5) / 2000
    for net, gains in ((4.8, 38.8), (1.0, 1.0), (0.1, 30.0), (8.0, 20.0)):
        share = (net > worth.doubt(np.array(gains), views)).mean()
        chance = float(worth.chance(np.array([net]), np.array([gains]))[0])
        assert chance == pytest.approx(min(share, 1.0 - worth.UNSEEN), abs=1e-3)


def test_what_costs_a_party_is_hardly_ever_signed():
    assert worth.chance(np.array([-5.0, -0.1, 0.0]), np.array([5.0, 5.0, 5.0])).tolist() == [worth.UNSEEN] * 3


def test_trust_and_escrow_raise_what_a_promise_is_worth(race):
    k = stakes_of(race)
    theme = next(t for t in themes(SCENARIO) if t.kind == CLAUSES.at("supply"))
    cells = pairs(k, theme, SEATS, SEATS)
    bare, backed = worth.faith(k, cells), worth.faith(k, cells, 1.0, 1.0)
    off = ~np.eye(len(SEATS), dtype=bool)
    assert (backed[1][off] > bare[1][off]).all()
    assert (worth.worths(k, theme.kind, cells, backed)[1] >= worth.worths(k, theme.kind, cells, bare)[1]).all()


def test_what_is_worth_what_is_the_same_after_talks_as_worked_out_anew(race):
    """What contracts and blocs change is worked out again, the rest is taken over."""
    world, book = race.world, race.book
    before = Stakes(world, book.scenario, book.tables)
    names = [name for name, value in vars(Stakes).items() if isinstance(value, cached_property)]
    for name in names:
        getattr(before, name)
    contracts = replace(world.contracts, status=np.zeros_like(world.contracts.status))
    state = replace(world.state, cash=world.state.cash + 1.0, capital=world.state.capital - 0.5)
    member = replace(world.relations, member=1 - world.relations.member)
    after = replace(world, contracts=contracts, state=state, relations=member)
    later, anew = before.after_talks(after), Stakes(after, book.scenario, book.tables)
    assert (world.contracts.status == IN_FORCE).any()
    for name in names:
        for mine, other in zip(np.atleast_1d(getattr(later, name)), np.atleast_1d(getattr(anew, name)), strict=True):
            np.testing.assert_array_equal(mine, other, err_msg=name)
    assert not np.array_equal(before.agreements[2], later.agreements[2])
