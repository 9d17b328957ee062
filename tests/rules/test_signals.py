"""What is said and known: threats, ultimata, bluffs, intelligence, campaigns, summits."""

from __future__ import annotations

from dataclasses import replace as changed

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.diplomacy import Audit, Bluff, Campaign, Clause, Declare, SafetyStandard, Spy, Summit
from game.core.names import CLASSES, GOODS
from game.core.orders import ExportControl, Order
from game.core.world import replace
from game.files.scenarios import bundled
from game.rules import signals
from game.testing import with_contract
from game.view import view

WHOLE = bundled("pax_silica_2026")
SCENARIO = changed(WHOLE, controls=tuple(c for c in WHOLE.controls if c.since < 0), contracts=())
AXIS = SCENARIO.place_axis
CHN, JPN, KOR, NLD, USA = (AXIS.at(code) for code in ("CHN", "JPN", "KOR", "NLD", "USA"))
MINERALS, GALLIUM = CLASSES.at("minerals"), GOODS.at("gallium")
BELIEVED = signals.BELIEVED


def race_of(worlds: int = 1) -> ChipRace:
    return ChipRace(SCENARIO, worlds, dict.fromkeys(SCENARIO.seats, "hold"), 3)


def after(seat: str, *orders: Order, quarters: int = 1) -> ChipRace:
    race = race_of()
    race.post(seat, list(orders))
    for _ in range(quarters):
        race.step()
    assert not race.refused
    return race


def test_a_threat_teaches_its_target_three_tenths_of_what_a_first_quarter_of_a_ban_would() -> None:
    quiet, loud = after("CHN"), after("CHN", Declare("minerals", "JPN", 4))
    goods = quiet.world.goods.substitution[:, GALLIUM, 0], loud.world.goods.substitution[:, GALLIUM, 0]
    assert goods[1][JPN] > goods[0][JPN]
    assert (np.delete(goods[1], JPN) == np.delete(goods[0], JPN)).all()


def test_a_threat_alarms_buyers() -> None:
    quiet, loud = after("CHN"), after("CHN", Declare("minerals", "JPN", 4))
    assert loud.world.market.news[0, GALLIUM, 0] > quiet.world.market.news[0, GALLIUM, 0]


def test_an_empty_ultimatum_costs_belief_and_approval_more_than_an_empty_threat() -> None:
    quiet = after("CHN", quarters=2).world
    threat = after("CHN", Declare("minerals", "JPN", 2), quarters=2).world
    last = after("CHN", Declare("minerals", "JPN", 2, True), quarters=2).world
    assert last.signals.credibility[CHN, 0] < threat.signals.credibility[CHN, 0] < BELIEVED
    assert last.state.approval[CHN, 0] < threat.state.approval[CHN, 0] - 0.01
    assert threat.state.approval[CHN, 0] == pytest.approx(quiet.state.approval[CHN, 0], abs=1e-4)
    assert not last.signals.threat.any()


def test_who_carries_out_a_threat_is_believed_more() -> None:
    race = after("CHN", Declare("minerals", "JPN", 3, True))
    race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
    race.step()
    assert race.world.signals.credibility[CHN, 0] > BELIEVED
    assert not race.world.signals.threat.any()


def test_a_contract_with_the_target_ends_a_threat_without_loss() -> None:
    race = after("CHN", Declare("minerals", "JPN", 2, True))
    race.world = with_contract(race.world, SCENARIO, Clause("money", "JPN", "CHN", quantity=0.05))
    race.step()
    assert not race.world.signals.threat.any()
    assert race.world.signals.credibility[CHN, 0] == pytest.approx(BELIEVED)


def test_taking_a_threat_back_costs_half_of_letting_it_run_out() -> None:
    back = after("CHN", Declare("minerals", "JPN", 4))
    back.post("CHN", [Declare("minerals", "JPN", on=False)])
    back.step()
    empty = after("CHN", Declare("minerals", "JPN", 2), quarters=2)
    lost = [BELIEVED - race.world.signals.credibility[CHN, 0] for race in (back, empty)]
    assert lost[0] == pytest.approx(0.5 * lost[1], rel=0.1)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Declare("tools", "CHN", 4), "at least 5%"),
        (Declare("minerals", "BRA", 9), "1 to 8 quarters"),
        (Declare("minerals", "BRA", on=False), "no open threat"),
        (Declare("minerals", "AUS", 2), "aim it at itself"),
        (Spy("AUS"), "aim it at itself"),
        (Bluff(1.5), "between 0 and 1"),
    ],
)
def test_what_the_law_refuses_is_refused_with_a_reason(order: Order, words: str) -> None:
    race = race_of()
    race.post("AUS", [order])
    race.step()
    assert words in race.refused[0][3]


def test_intelligence_closes_part_of_the_unknown_and_fades() -> None:
    race = after("ISR", Spy("CHN"))
    isr = AXIS.at("ISR")
    known = float(race.world.signals.intelligence[isr, CHN, 0])
    assert known > 0.0
    race.step()
    assert 0.0 < race.world.signals.intelligence[isr, CHN, 0] < known
    for _ in range(30):
        race.step()
    assert race.world.signals.intelligence[isr, CHN, 0] == 0.0


def test_a_bluff_is_found_out_sooner_by_who_is_informed_and_costs_belief_and_trust() -> None:
    def found(known: float) -> float:
        race = race_of(worlds=64)
        race.post("CHN", [Bluff(1.0)])
        race.step()
        intelligence = np.zeros_like(race.world.signals.intelligence)
        intelligence[USA, CHN] = known
        race.world = replace(race.world, signals=replace(race.world.signals, intelligence=intelligence))
        trust = race.world.relations.trust[CHN, JPN].copy()
        race.step()
        out = race.world.signals.exposed[CHN] > 0.0
        assert (race.world.signals.bluff[CHN, out] == 0.0).all()
        assert (race.world.signals.credibility[CHN, out] < BELIEVED).all()
        assert (race.world.relations.trust[CHN, JPN, out] < trust[out]).all()
        return float(out.mean())

    assert found(1.0) > found(0.0) + 0.1


def test_nobody_sees_a_bluff() -> None:
    race = after("CHN", Bluff(0.5))
    assert race.world.signals.bluff[CHN, 0] in (0.0, 0.5)
    race.world = replace(
        race.world, signals=replace(race.world.signals, bluff=np.full_like(race.world.signals.bluff, 0.5))
    )
    assert (view(race.world, SCENARIO, JPN).signals.bluff[CHN] == 0.0).all()


def test_campaigns_win_approval_or_resolve() -> None:
    quiet, won, borne = after("JPN"), after("JPN", Campaign("approval")), after("JPN", Campaign("resolve"))
    assert won.world.state.approval[JPN, 0] > quiet.world.state.approval[JPN, 0]
    assert borne.world.politics.resolve[JPN, 0] > quiet.world.politics.resolve[JPN, 0]


def test_a_summit_heartens_friends_and_wakes_the_rival() -> None:
    quiet, loud = after("USA"), after("USA", Summit("CHN"))
    assert loud.world.compute.growth[JPN, 0] > quiet.world.compute.growth[JPN, 0]
    accelerators = GOODS.at("accelerators")
    assert loud.world.goods.substitution[CHN, accelerators, 0] > quiet.world.goods.substitution[CHN, accelerators, 0]


def test_an_audit_certifies_and_a_seat_may_write_a_safety_standard() -> None:
    race = after("GBR", Audit(), SafetyStandard())
    gbr = AXIS.at("GBR")
    assert race.world.standards.certified[gbr, 0] > 0.0
    assert race.world.standards.guardrail[gbr, 0] == gbr
    race.post("GBR", [SafetyStandard(False)])
    race.step()
    assert race.world.standards.guardrail[gbr, 0] == -1


def test_a_quarter_in_which_nobody_says_anything_leaves_signals_as_they_are() -> None:
    race = race_of()
    before = race.world.signals
    race.step()
    assert race.world.signals is before
