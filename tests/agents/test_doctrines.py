"""Ten doctrines: each differs in what it does, plays every seat to the end, and decides in one pass."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents.model import ChipRace
from agents.strategies import decides_with, find, strategies
from agents.strategies.character import Character, traits_of
from agents.strategies.doctrine import Doctrine, doctrines
from agents.strategies.moves_controls import answer_gains
from agents.strategies.steady import Steady
from agents.strategies.steady_quarrels import controllers
from game.core.names import GOODS, MEASURES
from game.files.scenarios import bundled
from game.lab.order_mix import counted
from game.rules import score
from game.rules.desk import Desk
from game.rules.worth_grip import grip
from game.rules.worth_stakes import stakes
from game.view import view

SCENARIO = bundled("classroom")
NAMES, STANDARD = doctrines(), "pax_silica_2026"
#: Kinds of order that show each doctrine for what it is, and that `steady` gives never or less.
SIGNATURE = {
    "self_reliance": ("law", "relieve", "fast_track", "stock"),
    "hawk": ("entity", "compute_split", "intelligence"),
    "bloc_builder": ("summit", "guardrails", "audit"),
    "free_trader": ("control", "audit", "compute_split"),
    "hedger": ("equity", "bluff", "stock"),
    "mineral_first": ("equity", "fast_track", "stock", "research"),
    "compute_first": ("compute_split", "research", "fast_track"),
    "flooder": ("flood", "research"),
}


@cache
def mix(name: str, quarters: int = 12) -> dict[str, float]:
    """Orders of each kind when all seats play a doctrine."""
    race, found = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, name), 1), dict[str, float]()
    for _ in range(quarters):
        race.talk()
        orders = race.sealed_orders()
        for kind, many in counted(orders, race.book.orders(1), race.world).items():
            found[kind] = found.get(kind, 0.0) + float(many[0])
        race.advance(orders)
    return found


def test_there_are_ten_and_each_says_what_it_is_about_in_a_line() -> None:
    assert len(NAMES) == 10
    assert NAMES[0] == "steady"
    mottos = {strategies()[name].motto for name in NAMES}
    assert len(mottos) == 10
    assert all(20 < len(motto) < 110 for motto in mottos)


@pytest.mark.parametrize("name", SIGNATURE)
def test_a_doctrine_gives_orders_that_show_what_it_believes_in(name: str) -> None:
    mine, usual = mix(name), mix("steady")
    for kind in SIGNATURE[name]:
        assert mine.get(kind, 0.0) > usual.get(kind, 0.0), kind


def test_every_two_doctrines_differ_in_their_mix_of_orders() -> None:
    kinds = sorted({kind for name in NAMES for kind in mix(name)})
    counts = {name: np.array([mix(name).get(kind, 0.0) for kind in kinds]) for name in NAMES}
    for i, one in enumerate(NAMES):
        for other in NAMES[i + 1 :]:
            apart = np.abs(counts[one] - counts[other]).sum() / (counts[one].sum() + counts[other].sum())
            assert apart > 0.01, (one, other, apart)


def test_tit_for_tat_answers_in_kind_and_opens_again() -> None:
    blows = {"USA": "hawk", "CHN": "hawk"}
    others = dict.fromkeys([c for c in SCENARIO.seats if c not in blows], "tit_for_tat")
    calm = dict.fromkeys([c for c in SCENARIO.seats if c not in blows], "steady")
    given = []
    for seats in (others, calm):
        race = ChipRace(SCENARIO, 2, {**seats, **blows}, 3)
        race.run(16)
        rows = [SCENARIO.place_axis.at(code) for code in others]
        opening = race.book.tables.opening_level[rows][..., None]
        given.append(int((race.world.policy.chosen[rows] > opening).any(axis=1).sum()))
    assert given[0] != given[1]


@pytest.mark.parametrize("name", NAMES)
def test_all_doctrines_decide_in_one_pass(name: str) -> None:
    assert decides_with(find(name)) == decides_with(Steady())


def test_a_doctrine_that_changes_the_machinery_decides_by_itself() -> None:
    class Own(Doctrine):
        name, motto = "own", "Another way."
        character = Character(reserve=1.0)

        def come_and_go(self, council):
            """Stay."""

    class Plain(Doctrine):
        name, motto = "plain", "The same way."

    assert decides_with(Own()) is Own
    assert decides_with(Plain()) == decides_with(Steady())


def test_characters_become_rows_and_those_of_steady_are_plain() -> None:
    assert traits_of((), 3).plain
    assert traits_of([find("steady"), find("steady")], 2).plain
    traits = traits_of([find("steady"), find("hedger")], 2)
    assert not traits.plain
    assert traits.of("inside")[:, 0].tolist() == [1.0, 2.5]
    assert traits.by_place("inside", np.array([4, 2]), 6)[:, 0].tolist() == [1.0, 1.0, 2.5, 1.0, 1.0, 1.0]
    assert traits.goods.shape == (2, len(GOODS))


@pytest.mark.parametrize(("seat", "target"), [("USA", "CHN"), ("CHN", "JPN"), ("NLD", "CHN")])
def test_an_answer_in_kind_costs_less_than_it_hurts_and_uses_what_the_seat_can_control(seat: str, target: str) -> None:
    race = ChipRace(SCENARIO, 2, {"USA": "hawk"}, 5)
    race.run(6)
    n, to = SCENARIO.place_axis.at(seat), SCENARIO.place_axis.at(target)
    council, t = race_council(race, n), race.book.tables
    gains = answer_gains(council, n, to)
    held = grip(race.world, SCENARIO, t, np.array([n]), np.array([to]))
    assert (gains <= held.hurt[0])[held.cost[0] >= 0.0].all()
    assert (gains[held.cost[0] > held.hurt[0]] <= 0.0).all()
    owns = controllers(stakes(race.world, SCENARIO, t))[n]
    assert not gains[~owns].any()
    assert gains.any()


def race_council(race: ChipRace, seat: int):
    from agents.strategies import Council

    return Council(view(race.world, SCENARIO, seat), Desk(race.book, race.world), np.array([seat]))


def played_by_all() -> list[Any]:
    overdrawn = pytest.mark.xfail(reason="in one of two games the Netherlands end 2% beyond twice their credit and one")
    return [
        pytest.param(name, scenario, marks=[overdrawn] if (name, scenario) == ("bloc_builder", STANDARD) else [])
        for name in (*NAMES, "greedy", "hold", "random_legal")
        for scenario in ("classroom", STANDARD)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "scenario"), played_by_all())
def test_a_doctrine_plays_every_seat_to_the_end_and_sensibly(name: str, scenario: str) -> None:
    s = bundled(scenario)
    race = ChipRace(s, 2, dict.fromkeys(s.seats, name), 21)
    race.run()
    assert race.finished
    rows = list(s.places.seats)
    scores = score.game_score(race.world)[rows]
    assert np.isfinite(scores).all()
    if name not in ("hold", "random_legal", "greedy"):
        assert scores.mean() > 45.0
        assert (race.world.state.cash[rows] > -2.0 * s.places.credit[rows] - 1.0).all()
        assert race.world.standing.measures[rows][:, MEASURES.at("prosperity")].mean() > 25.0
