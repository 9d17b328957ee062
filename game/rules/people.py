"""Engineers (S13): students graduate, visas bring and take, better pay drains, plants need them."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.numeric import Array, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.fees import with_met
from game.rules.nodes import at_node
from game.rules.pacts import Rows, in_force
from game.rules.standards import robots
from game.rules.tables import Tables
from game.rules.turn import Turn

VISA = CLAUSES.at("visa")
#: Quarters, less one, until who was lent comes home trained.
HOME_AGAIN = 11


def enrol(world: World, turn: Turn) -> World:
    """University places for eight quarters on, and visa intakes for two quarters on, taken from where pay is lower."""
    s = turn.scenario
    p = s.parameters.people
    people = world.people
    coming = people.coming.copy()
    places = s.places.graduates * (0.55 + 1.5 * world.state.dials[:, 2])
    coming[:, int(p.study) - 1] += places
    intake, left = _visas(world, turn)
    coming[:, int(p.visa_lag) - 1] += intake
    world = replace(world, people=replace(people, coming=coming, engineers=people.engineers - left))
    rows = in_force(world, VISA)
    return world if rows is None else _lent(world, s, rows)


def _lent(world: World, s: Scenario, rows: Rows) -> World:
    """Engineers go where a clause opens places to them; some come home trained."""
    p, people = s.parameters, world.people
    asked = np.where(world.policy.closed_people[rows.taker, rows.giver, rows.world] > 0, 0.0, rows.quantity)
    whole = np.zeros_like(people.engineers)
    np.add.at(whole, (rows.taker, rows.world), asked)
    pool = p.statecraft.visa_pool * people.engineers
    share = np.minimum(pool / np.maximum(whole, 1e-9), 1.0)[rows.taker, rows.world]
    gone = asked * share
    engineers, coming = people.engineers.copy(), people.coming.copy()
    np.subtract.at(engineers, (rows.taker, rows.world), gone)
    trained = p.statecraft.trainees * gone
    np.add.at(coming[:, int(p.people.visa_lag) - 1], (rows.giver, rows.world), gone - trained)
    np.add.at(coming[:, HOME_AGAIN], (rows.taker, rows.world), trained)
    world = replace(world, people=replace(people, engineers=engineers, coming=coming))
    return with_met(world, rows, gone / rows.quantity)


def _visas(world: World, turn: Turn) -> tuple[Array, Array]:
    """Engineers who take up visas, and those who leave for them. (N, B) each; they add up to the same."""
    s = turn.scenario
    people = world.people
    asked = turn.orders.visa + world.state.dials[:, 4] * 0.002 * people.engineers
    open_to = ~world.policy.closed_people.any(axis=1)
    pool = s.parameters.people.visa_pool * np.maximum(1.6 - s.places.wage, 0.0) * people.engineers * open_to
    available, wanted = total(pool), total(asked)
    share = np.minimum(1.0, available / np.maximum(wanted, 1e-9))
    return asked * share, pool * (wanted * share / np.maximum(available, 1e-9))


def arrive(world: World, turn: Turn) -> World:
    """Who starts work, who retires, who moves to better pay."""
    s = turn.scenario
    p, people = s.parameters.people, world.people
    wage, starting = s.places.wage, people.coming[:, 0]
    coming = np.zeros(people.coming.shape)
    coming[:, :-1] = people.coming[:, 1:]
    leaving = people.engineers * (p.drain * np.maximum(1.2 - wage, 0.0))
    pull = people.engineers * (wage * (wage > 1.1))
    moved = pull * (total(leaving) / np.maximum(total(pull), 1e-9)) - leaving
    engineers = people.engineers * (1.0 - p.attrition) + starting + moved
    return replace(
        world,
        people=replace(people, engineers=np.maximum(engineers, 0.0), coming=coming, moved=moved + starting),
    )


def staff(world: World, turn: Turn) -> World:
    """Count the engineers that plants and data centres want."""
    return staffed(world, turn.scenario, turn.tables)


def staffed(world: World, s: Scenario, t: Tables) -> World:
    """The same, for the opening too."""
    fabs = t.line_place.total(world.lines.capacity * world.lines.use * at_node(world, s, t).engineers)
    at_work = robots(world)
    if at_work is not None:
        fabs = fabs * (1.0 - s.parameters.statecraft.robot_staff * at_work)
    # One person minds ever more machines: staff grows with compute against the yardstick, not with compute.
    racks = world.compute.installed * s.parameters.compute.engineers * t.yardstick[0] / t.yardstick[world.quarter]
    return replace(world, people=replace(world.people, needed=fabs + racks))
