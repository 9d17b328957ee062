"""What is kept is what would be worked out again."""

from dataclasses import replace

import numpy as np
import pytest

from agents.model import ChipRace
from game.files.scenarios import bundled
from game.rules.kept import constants_of, reading_of
from game.rules.score import dependences
from game.rules.worth_blocs import memberships


def test_constants_are_derived_once_for_each_scenario():
    asked = []
    constants = constants_of(lambda s: asked.append(s.name) or s.name)
    scenarios = bundled("pax_silica_2026"), bundled("classroom")
    assert [constants(s) for s in scenarios * 2] == [s.name for s in scenarios * 2]
    assert asked == [s.name for s in scenarios]


def test_constants_are_kept_of_a_few_scenarios_only():
    asked = []
    constants = constants_of(lambda s: asked.append(s) or s.title)
    first = bundled("classroom")
    others = [replace(first, title=str(k)) for k in range(8)]
    assert [constants(s) for s in (first, *others, first)] == [first.title, *"01234567", first.title]
    assert len(asked) == 10


def test_a_reading_is_worked_out_anew_when_an_array_it_depends_on_is_another():
    race, asked = ChipRace("classroom"), []
    read = reading_of("state.cash")(lambda world, part: asked.append(part) or float(world.state.cash[0, 0]))
    world = race.world
    richer = replace(world, state=replace(world.state, cash=world.state.cash + 1.0))
    elsewhere = replace(world, state=replace(world.state, approval=world.state.approval + 0.1))
    assert read(richer, "a") == read(world, "a") + 1.0 == read(elsewhere, "a") + 1.0
    read(elsewhere, "b")
    assert asked == ["a", "a", "b"]


def test_seats_are_shown_the_dependences_of_the_world_they_decide_on():
    one, other = ChipRace("classroom", rng=3), ChipRace("classroom", rng=4)
    for race in (one, other, one):
        race.step()
        fresh = replace(race.world, trade=replace(race.world.trade, flow=race.world.trade.flow.copy()))
        kept = dependences(race.world, race.scenario)
        np.testing.assert_array_equal(kept, dependences(fresh, race.scenario))


@pytest.mark.parametrize("part", ["cash", "capital"])
def test_membership_is_weighed_anew_once_talks_have_moved_money_or_capital(part):
    race = ChipRace("classroom", rng=3)
    world, s, t = race.world, race.scenario, race.book.tables
    moved = replace(world, state=replace(world.state, **{part: getattr(world.state, part) + 1.0}))
    for now in (world, moved):
        assert all(known.world is now for known in memberships(now, s, t).values())
