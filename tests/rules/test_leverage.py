"""How hard a ban would bite and when: share, substitution, stock, and the work under way that needs the gate."""

from __future__ import annotations

from dataclasses import replace as changed

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import CLASSES, GOODS, LEVELS, WORKS
from game.core.orders import ExportControl
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules import controls, leverage, passing
from game.rules.book import idle_firms
from game.rules.turn import Turn

SCENARIO = bundled("pax_silica_2026")
AXIS = SCENARIO.place_axis
CHN, JPN, KOR, NLD, TWN, USA = (AXIS.at(code) for code in ("CHN", "JPN", "KOR", "NLD", "TWN", "USA"))
EUV, DUV = GOODS.at("euv"), GOODS.at("duv")


@pytest.fixture(scope="module")
def race() -> ChipRace:
    return ChipRace(SCENARIO, rng=3)


def _bite(race: ChipRace, world: World, owner: int, good: int, target: int, ahead: int = 0) -> float:
    return float(leverage.bite(world, SCENARIO, race.book.tables, owner, ahead).size[good, target, 0])


def _with_lines(world: World, **lines: np.ndarray) -> World:
    return replace(world, lines=replace(world.lines, **lines))


def test_a_bite_is_the_product_of_share_lack_of_substitutes_lack_of_stock_and_window(race):
    found = leverage.bite(race.world, SCENARIO, race.book.tables, NLD)
    cell = (DUV, CHN, 0)
    product = found.share[cell] * found.alone[cell] * found.uncovered[cell] * found.window[cell]
    assert found.size[cell] == pytest.approx(product)
    assert 0.3 < found.size[cell] < 1.0


def test_a_ban_on_who_builds_nothing_bites_a_quarter_as_hard(race):
    built = _bite(race, race.world, NLD, EUV, TWN)
    idle = _with_lines(
        race.world,
        building=np.zeros_like(race.world.lines.building),
        die_yield=SCENARIO.nodes.ceiling[race.world.lines.node.astype(int)],
    )
    assert _bite(race, idle, NLD, EUV, TWN) == pytest.approx(0.25 * built)


def test_a_window_closes_as_what_is_begun_opens(race):
    assert _bite(race, race.world, NLD, EUV, TWN, 8) < _bite(race, race.world, NLD, EUV, TWN, 4)
    assert _bite(race, race.world, NLD, EUV, TWN, 4) < _bite(race, race.world, NLD, EUV, TWN)


def test_the_most_work_so_far_is_never_forgotten(race):
    model = ChipRace(SCENARIO, rng=3)
    peak = model.world.standing.work_peak
    for _ in range(5):
        model.step()
        assert (model.world.standing.work_peak >= peak).all()
        peak = model.world.standing.work_peak
    now = leverage.work(model.world, SCENARIO, model.book.tables)
    assert (now[: WORKS.at("installation")] < peak[: WORKS.at("installation")]).any()


def test_stock_and_substitution_take_the_teeth_out_of_a_ban(race):
    goods = race.world.goods
    stocked = goods.stockpile.copy()
    stocked[JPN] += 4.0 * goods.reference[JPN]
    knows = np.full_like(goods.substitution, 0.5)
    gallium = GOODS.at("gallium")
    plain = _bite(race, race.world, CHN, gallium, JPN)
    assert plain > 0.05
    assert _bite(race, replace(race.world, goods=replace(goods, stockpile=stocked)), CHN, gallium, JPN) == 0.0
    half = _bite(race, replace(race.world, goods=replace(goods, substitution=knows)), CHN, gallium, JPN)
    assert half == pytest.approx(0.5 * plain)


def test_a_secondary_rule_adds_what_others_make_with_the_owners_technology(race):
    policy = race.world.policy
    without = policy.secondary.copy()
    without[USA] = 0
    free = replace(race.world, policy=replace(policy, secondary=without))
    assert _bite(race, race.world, USA, DUV, CHN) > _bite(race, free, USA, DUV, CHN)


def test_the_class_bites_with_its_hardest_good(race):
    found = leverage.bite(race.world, SCENARIO, race.book.tables, CHN)
    classes = leverage.class_bites(found, race.book.tables)
    minerals = [g for g in range(len(GOODS)) if race.book.tables.good_in_class[CLASSES.at("minerals"), g]]
    assert classes[CLASSES.at("minerals"), KOR, 0] == found.size[minerals, KOR, 0].max()
    assert not classes[CLASSES.at("people")].any()


def test_a_ban_teaches_faster_the_longer_it_is_felt_and_bites_less(race):
    one = np.ones(1)
    left = [float(leverage.after_ban(SCENARIO, one, one, 0 * one, quarters)[0]) for quarters in range(13)]
    steps = -np.diff(left)
    assert left[0] == 1.0
    assert (steps[:6] > steps[0] * 0.99).all()
    assert left[12] < 0.7


def test_lifting_a_control_keeps_half_of_what_was_felt():
    model = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=3)
    gallium = GOODS.at("gallium")
    model.post("CHN", [ExportControl("minerals", "KOR", "ban", "gallium")])
    for _ in range(4):
        model.step()
    felt = float(model.world.policy.pressure[KOR, gallium, 0])
    assert felt == 4.0
    model.post("CHN", [ExportControl("minerals", "KOR", "open", "gallium")])
    model.step()
    assert float(model.world.policy.pressure[KOR, gallium, 0]) == 2.0
    model.step()
    assert float(model.world.policy.pressure[KOR, gallium, 0]) == 2.0


def test_an_open_threat_teaches_three_tenths_of_a_first_quarter():
    book = ChipRace(SCENARIO, rng=3).book
    world = book.open(3)
    world = replace(world, trade=replace(world.trade, blocked=np.zeros_like(world.trade.blocked)))
    threat = world.signals.threat.copy()
    threat[CHN, CLASSES.at("minerals"), KOR] = 4
    threatened = replace(world, signals=replace(world.signals, threat=threat))
    turn = Turn(SCENARIO, book.tables, book.orders(1), idle_firms(world), False)
    before, after = (controls.teach(w, turn).goods.substitution[KOR, :, 0] for w in (world, threatened))
    gallium = GOODS.at("gallium")
    held = controls.holdings(world, SCENARIO)[CHN, gallium, 0]
    first = SCENARIO.parameters.controls.learning / 4.0
    assert after[gallium] - before[gallium] == pytest.approx(0.3 * first * held)
    assert after[EUV] == before[EUV]


def test_a_recorded_licence_lets_through_what_the_record_says():
    tungsten, licence = GOODS.at("tungsten"), LEVELS.at("licence")
    assert passing.lets_through(SCENARIO, CHN, tungsten, KOR, licence) == pytest.approx(0.6)
    assert passing.lets_through(SCENARIO, CHN, GOODS.at("neon"), KOR, licence) == pytest.approx(
        SCENARIO.parameters.controls.licence
    )


def test_targets_had_adapted_to_the_recorded_share_of_an_opening_control():
    """A ban after a licence that let 0.6 through stops all; a slow walk leaves what it lets through, over that 0.6."""
    tungsten = GOODS.at("tungsten")
    lane = SCENARIO.sellers.lane[CHN, tungsten]
    share = passing.passing(SCENARIO).since_opening[lane, KOR]
    assert share[LEVELS.at("licence")] == 1.0
    assert share[LEVELS.at("ban")] == 0.0
    assert share[LEVELS.at("slow_walk")] == pytest.approx(SCENARIO.parameters.controls.slow_walk / 0.6)


def test_a_tighter_recorded_share_lets_less_through():
    record = next(c for c in SCENARIO.controls if c.since > 0 and c.passes is not None)
    tight = changed(record, passes=0.5 * float(record.passes))
    scenario = changed(SCENARIO, controls=tuple(tight if c is record else c for c in SCENARIO.controls))
    cell = (record.owner, record.goods[0], record.targets[0], record.level)
    assert passing.lets_through(scenario, *cell) == pytest.approx(0.5 * float(record.passes))


def test_engineers_of_an_owner_with_a_recorded_control_on_people_are_closed_to_its_target(race):
    closed = race.world.policy.closed_people[..., 0]
    assert closed[USA, CHN] == 1
    assert closed.sum() == 1
