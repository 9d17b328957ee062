"""Events strike with odds shaped by the world, do what the scenario says, and leave choices (S23)."""

from __future__ import annotations

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.orders import Respond
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules.desk import Desk
from game.rules.events import ODDS
from game.rules.levers import LEVERS, effect_words

SCENARIO = bundled("pax_silica_2026")
HOLD = dict.fromkeys(SCENARIO.seats, "hold")
JPN, TWN, KOR = (SCENARIO.place_axis.at(code) for code in ("JPN", "TWN", "KOR"))


def only(kind: str, place: str) -> Scenario:
    """A scenario in which one kind of event strikes one place each quarter, and nothing else happens."""
    v, table = SCENARIO.events.axis.at(kind), SCENARIO.events
    odds, places = table.odds * 0.0, table.places * 0.0
    odds[v] = 1e6
    places[v, SCENARIO.place_axis.at(place)] = 1.0
    return replace(SCENARIO, events=replace(table, odds=odds, places=places))


def struck(kind: str, place: str) -> ChipRace:
    race = ChipRace(only(kind, place), 1, HOLD, 3)
    race.step()
    return race


def after(kind: str, place: str, choice: int | None) -> World:
    """The quarter after an event, with a choice made or none."""
    race = struck(kind, place)
    race.post(place, [] if choice is None else [Respond(kind, choice)])
    race.step()
    assert not race.refused
    return race.world


def test_thirty_kinds_are_described_in_data_and_most_leave_choices() -> None:
    table = SCENARIO.events
    assert len(table.axis) >= 30
    assert sum(len(choices) >= 2 for choices in table.choices) >= 28
    assert set(filter(None, table.odds_by)) == set(ODDS), "a shape of odds that no kind uses"
    used = {lever for effects in table.effects for lever, _ in effects}
    used |= {lever for choices in table.choices for choice in choices for lever, _ in choice.effects}
    assert used <= set(LEVERS)


@pytest.mark.parametrize("lever", list(LEVERS))
def test_every_lever_says_what_it_does(lever: str) -> None:
    assert effect_words(lever, 0.2) != effect_words(lever, -0.2)


def test_a_place_that_is_struck_has_a_quarter_to_choose() -> None:
    race = struck("strike_at_fab", "KOR")
    pending = race.world.events.pending[:, KOR, 0]
    assert np.count_nonzero(pending) == 1
    desk = Desk(race.book, race.world)
    assert desk.give(KOR, Respond("strike_at_fab", 2)).accepted
    assert "nothing of the kind" in desk.give(JPN, Respond("strike_at_fab", 2)).reason
    assert "3 choices" in desk.give(KOR, Respond("strike_at_fab", 4)).reason


def test_fabs_first_costs_approval() -> None:
    waited, rationed = after("drought", "TWN", None), after("drought", "TWN", 2)
    assert rationed.state.approval[TWN, 0] < waited.state.approval[TWN, 0]


def test_saying_nothing_is_the_first_choice() -> None:
    silent, first = after("leak_of_papers", "KOR", None), after("leak_of_papers", "KOR", 1)
    assert silent.signals.credibility[KOR, 0] == first.signals.credibility[KOR, 0]
    told = after("leak_of_papers", "KOR", 2)
    assert told.signals.credibility[KOR, 0] > first.signals.credibility[KOR, 0]


def test_a_choice_costs_what_it_says() -> None:
    race = struck("power_shortage", "JPN")
    choice = SCENARIO.events.choices[SCENARIO.events.axis.at("power_shortage")][2]
    desk = Desk(race.book, race.world)
    money, capital = desk.cost(JPN, Respond("power_shortage", 3))
    assert money == pytest.approx(choice.cash * float(SCENARIO.places.budget[JPN, 0]))
    assert capital == choice.capital
    broke = replace(race.world, state=replace(race.world.state, cash=race.world.state.cash * 0.0 - 1e5))
    assert "costs USD" in Desk(race.book, broke).give(JPN, Respond("power_shortage", 3)).reason


def test_tension_makes_a_strait_crisis_likelier() -> None:
    crisis = SCENARIO.events.axis.at("strait_crisis")
    many = []
    for level in (0.0, 4.5):
        race, struck_in_all = ChipRace(SCENARIO, 64, HOLD, 1), 0
        for _ in range(4):
            relations = race.world.relations
            held = replace(relations, escalation=relations.escalation * 0.0 + level)
            race.world = replace(race.world, relations=held)
            race.step()
            struck_in_all += np.count_nonzero(race.world.events.struck[crisis])
        many.append(struck_in_all)
    assert many[1] > many[0]


def test_steady_repairs_what_is_worth_it_and_looks_away_from_the_rest() -> None:
    race = ChipRace(SCENARIO, 16, rng=1)
    answered = silent = 0
    for _ in range(6):
        race.step()
        pending = race.world.events.pending
        orders = race.sealed_orders()
        seats = pending > 0.0
        if orders.choice is not None:
            answered += np.count_nonzero(orders.choice[seats] > 0)
            silent += np.count_nonzero(orders.choice[seats] <= 0)
    assert answered > 10
    assert silent > 10
