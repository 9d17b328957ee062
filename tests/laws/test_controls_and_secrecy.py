"""Laws of controls, views and order of listing."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import GOODS
from game.core.orders import ExportControl
from game.core.schema import walk
from game.files.scenarios import bundled
from game.testing import erratic_race
from game.view import view

SCENARIO = bundled("pax_silica_2026")
CHN, JPN = SCENARIO.place_axis.at("CHN"), SCENARIO.place_axis.at("JPN")


#: The record's own controls of 2026 would take effect over the ones tried here.
UNDATED = replace(SCENARIO, controls=tuple(c for c in SCENARIO.controls if c.since < 0))


def flow_after(level: str, good: str) -> float:
    race = ChipRace(UNDATED, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=3)
    race.post("CHN", [ExportControl("minerals", "JPN", level, good)])
    race.step()
    lane = SCENARIO.sellers.lane[CHN, GOODS.at(good)]
    return float((race.world.trade.flow - race.world.trade.leaked)[lane, JPN, 0])


@pytest.mark.parametrize("good", ["gallium", "ndpr", "tungsten"])
def test_a_stricter_control_never_raises_the_direct_flow_of_that_quarter(good):
    flows = [flow_after(level, good) for level in ("open", "licence", "slow_walk", "ban")]
    assert flows[-1] == 0.0
    for looser, stricter in pairwise(flows):
        assert stricter <= looser + 1e-9


def test_denied_export_stops_the_shipment_and_some_of_it_leaks():
    race = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=3)
    race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
    race.step()
    lane = SCENARIO.sellers.lane[CHN, GOODS.at("gallium")]
    trade = race.world.trade
    assert trade.blocked[lane, JPN, 0] > 0
    assert 0 < trade.leaked[lane, JPN, 0] < trade.blocked[lane, JPN, 0]
    assert trade.flow[lane, JPN, 0] == pytest.approx(trade.leaked[lane, JPN, 0])


def test_what_is_hidden_from_a_seat_reaches_it_only_within_its_band():
    race = ChipRace(SCENARIO, rng=5)
    race.run(2)
    seen = view(race.world, SCENARIO, JPN)
    true, guess = race.world.goods.stockpile[..., 0], seen.goods.stockpile[..., 0]
    assert (guess[JPN] == true[JPN]).all()
    others = np.arange(len(true)) != JPN
    wrong = np.abs(guess[others] - true[others]) / np.maximum(true[others], 1e-9)
    assert wrong[true[others] > 0].max() <= 0.35
    assert (wrong[true[others] > 0] > 0.001).mean() > 0.9


def test_the_seed_of_the_game_is_not_in_any_view():
    race = ChipRace(SCENARIO, rng=12345)
    assert (view(race.world, SCENARIO, JPN).seed == 0).all()


def test_public_quantities_are_seen_exactly():
    race = ChipRace(SCENARIO, rng=5)
    race.run(1)
    seen = {path: array for path, _, array in walk(view(race.world, SCENARIO, JPN))}
    for path, q, array in walk(race.world):
        if q.seen_by == "all":
            assert (seen[path] == array).all(), path


def test_luck_does_not_depend_on_what_somebody_ordered():
    quiet = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=11)
    loud = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=11)
    loud.post("AUS", [ExportControl("minerals", "CHN", "licence", "light_ore")])
    quakes = SCENARIO.events.axis.at("earthquake")
    for _ in range(8):
        quiet.step()
        loud.step()
        assert (quiet.world.events.struck[quakes] == loud.world.events.struck[quakes]).all()


def test_a_licence_in_its_first_quarter_lets_less_through_than_later():
    race = ChipRace(UNDATED, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=3)
    race.post("CHN", [ExportControl("minerals", "KOR", "licence", "ndpr")])
    lane = SCENARIO.sellers.lane[CHN, GOODS.at("ndpr")]
    kor = SCENARIO.place_axis.at("KOR")
    race.step()
    first = float(race.world.trade.passes[lane, kor, 0])
    race.step()
    assert first < float(race.world.trade.passes[lane, kor, 0]) < 1.0


def test_no_view_holds_what_its_seat_may_not_know_whatever_the_quantity():
    race = erratic_race(SCENARIO, 8)
    race.run(4)
    world, seat = race.world, JPN
    spying, truth = np.full_like(world.signals.intelligence, 0.3), np.zeros_like(world.signals.bluff)
    world = replace(world, signals=replace(world.signals, intelligence=spying, bluff=truth))
    seen = {path: array for path, _, array in walk(view(world, SCENARIO, seat))}
    owners = {"N": np.arange(len(SCENARIO.place_axis)), "F": SCENARIO.lines.home, "S": SCENARIO.suppliers.home}
    for path, q, array in walk(world):
        if q.seen_by == "all":
            assert (seen[path] == array).all(), path
            continue
        assert q.axes[0] in owners, path
        mine = owners[q.axes[0]] == seat
        assert (seen[path][mine] == array[mine]).all(), path
        if q.seen_by == "secret":
            assert (seen[path][~mine] == q.low).all(), path
        else:
            inside = (array[~mine] > max(q.low, 0.0)) & (array[~mine] < q.high) & (seen[path][~mine] < q.high)
            wrong = np.abs(seen[path][~mine] / np.where(inside, array[~mine], 1.0) - 1.0)[inside]
            assert wrong.max(initial=0.0) <= 0.35, path
            assert not inside.any() or (wrong > 0.0).mean() > 0.9, path
