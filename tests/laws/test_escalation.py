"""The end of the track: an order or a crisis brings it, once, and those who are blamed lose most (rules.md R12)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from agents.model import ChipRace
from game.core.orders import ExportControl
from game.files.scenarios import bundled

SCENARIO = bundled("pax_silica_2026")
AT = SCENARIO.place_axis.at


def tense(level: float, blame: float = 3.0, blamed: str = "CHN") -> ChipRace:
    race = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, "hold"), 1)
    relations = race.world.relations
    blames = np.zeros_like(relations.blame)
    blames[AT(blamed)] = blame
    race.world = replace(race.world, relations=replace(relations, blame=blames, escalation=np.array([level])))
    return race


def test_a_crisis_that_reached_the_end_of_the_track_ends_it_though_it_cools():
    race = tense(5.0)
    race.step()
    relations = race.world.relations
    assert relations.collapsed[0] == 1.0
    assert relations.penalty[AT("CHN"), 0] > relations.penalty[AT("JPN"), 0] >= 10.0


def test_what_is_left_of_an_old_step_does_not_bear_the_whole_of_a_crisis():
    race = tense(5.0, blame=0.1)
    race.step()
    assert 10.0 < race.world.relations.penalty[AT("CHN"), 0] < 16.0


def test_short_of_the_end_nothing_is_lost():
    race = tense(4.7)
    race.step()
    assert race.world.relations.collapsed[0] == 0.0
    assert not race.world.relations.penalty.any()


def test_an_unanswered_ban_is_a_whole_step_of_the_track():
    race, calm = tense(2.0), tense(2.0)
    race.post("USA", [ExportControl("chips", "IND", "ban")])
    race.step()
    calm.step()
    risen = race.world.relations.escalation[0] - calm.world.relations.escalation[0]
    assert not race.refused
    assert abs(risen - 1.0) < 1e-9


def test_a_strait_crisis_in_a_calm_world_ends_nothing_and_two_may():
    kinds = SCENARIO.events.axis
    steps = dict(SCENARIO.events.effects[kinds.at("strait_crisis")])["escalation"]
    mean = steps * SCENARIO.events.severity[kinds.at("strait_crisis"), 0]
    assert 1.0 + mean < 5.0
    assert 2.0 * mean > 5.0
