"""Promises about controls: what is in force under them, what breaks them, and what returns when they end."""

from __future__ import annotations

from dataclasses import replace as changed

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.clauses import CAUSES, STATUSES
from game.core.diplomacy import Break, Clause, Declare
from game.core.names import GOODS, LEVELS
from game.core.orders import EntityList, ExportControl
from game.files.scenarios import bundled
from game.rules import breaches, controls
from game.testing import with_charter, with_contract

#: Without agreements and dated controls of the record, which would take effect over the ones tried here.
WHOLE = bundled("pax_silica_2026")
SCENARIO = changed(WHOLE, controls=tuple(c for c in WHOLE.controls if c.since < 0), contracts=())
AXIS = SCENARIO.place_axis
CHN, JPN, KOR, NLD, USA, AUS = (AXIS.at(code) for code in ("CHN", "JPN", "KOR", "NLD", "USA", "AUS"))
GALLIUM, DUV, PROCESS = GOODS.at("gallium"), GOODS.at("duv"), GOODS.at("process_tools")
BAN, LICENCE, OPEN = (LEVELS.at(level) for level in ("ban", "licence", "open"))
TRUCE = Clause("restrain", "CHN", "JPN", "minerals", quantity=float(LICENCE))
BACK = Clause("restrain", "JPN", "CHN", "tools", quantity=0.0)


def race_of(worlds: int = 1) -> ChipRace:
    return ChipRace(SCENARIO, worlds, dict.fromkeys(SCENARIO.seats, "hold"), 3)


def banned(worlds: int = 1) -> ChipRace:
    """A race in which China has just banned gallium for Japan, and Japan tools for China."""
    race = race_of(worlds)
    race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
    race.post("JPN", [ExportControl("tools", "CHN", "ban", "process_tools")])
    race.step()
    return race


def level(race: ChipRace, owner: int, good: int, target: int) -> int:
    return int(race.world.policy.level[owner, good, target, 0])


def test_a_promise_to_hold_back_lowers_a_ban_to_what_was_promised() -> None:
    race = banned()
    race.world = with_contract(race.world, SCENARIO, TRUCE, BACK)
    race.step()
    assert level(race, CHN, GALLIUM, JPN) == LICENCE
    assert level(race, JPN, PROCESS, CHN) == OPEN
    assert (race.world.contracts.status[0] == STATUSES.at("in_force")).all()


def test_a_settlement_takes_blame_and_escalation_away() -> None:
    quiet, settled = banned(), banned()
    settled.world = with_contract(settled.world, SCENARIO, TRUCE, BACK)
    for race in (quiet, settled):
        race.step()
    assert settled.world.relations.blame[CHN, 0] < quiet.world.relations.blame[CHN, 0]
    assert settled.world.relations.escalation[0] <= quiet.world.relations.escalation[0]


def test_an_order_beyond_the_promise_breaks_the_contract_and_says_which_clause() -> None:
    race = banned()
    race.world = with_contract(race.world, SCENARIO, TRUCE, BACK, escrow=0.5)
    race.step()
    approval = race.world.state.approval[CHN, 0]
    race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
    race.step()
    contracts = race.world.contracts
    assert contracts.status[0, 0] == STATUSES.at("broken")
    assert contracts.breaker[0, 0] == CHN
    assert CAUSES.names[contracts.cause[0, 0]] == "restrain"
    assert level(race, CHN, GALLIUM, JPN) == BAN
    assert level(race, JPN, PROCESS, CHN) == OPEN
    assert race.world.state.approval[CHN, 0] < approval
    assert race.world.relations.wronged[JPN, CHN, 0] > 0


def test_snap_back_returns_what_the_wronged_side_gave_up_and_not_what_the_breaker_did() -> None:
    race = banned()
    more = Clause("restrain", "CHN", "JPN", "magnets", quantity=0.0)
    race.post("CHN", [ExportControl("magnets", "JPN", "quota", "magnets")])
    race.step()
    race.world = with_contract(race.world, SCENARIO, TRUCE, BACK, more, snap_back=True)
    race.step()
    assert level(race, CHN, GOODS.at("magnets"), JPN) == OPEN
    race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
    race.step()
    assert level(race, JPN, PROCESS, CHN) == BAN
    assert level(race, CHN, GOODS.at("magnets"), JPN) == OPEN


def test_a_promise_that_runs_out_leaves_the_control_where_it_held_it() -> None:
    race = banned()
    # Nobody speaks: who holds would renew it.
    for nation in race.nations.values():
        nation.strategy = None
    race.world = with_contract(race.world, SCENARIO, TRUCE, quarters=2)
    for _ in range(4):
        race.step()
    assert race.world.contracts.status[0, 0] != STATUSES.at("in_force")
    assert level(race, CHN, GALLIUM, JPN) == LICENCE
    assert race.world.policy.chosen[CHN, GALLIUM, JPN, 0] == LICENCE


def test_matching_raises_a_control_and_gives_back_what_it_was_when_it_ends() -> None:
    race = race_of()
    before = level(race, KOR, PROCESS, CHN)
    race.world = with_contract(race.world, SCENARIO, Clause("match", "KOR", "JPN", "tools", "CHN"), quarters=3)
    race.post("JPN", [ExportControl("tools", "CHN", "ban", "process_tools")])
    race.step()
    assert level(race, KOR, PROCESS, CHN) == (BAN if SCENARIO.sellers.lane[KOR, PROCESS] >= 0 else before)
    assert race.world.policy.chosen[KOR, PROCESS, CHN, 0] == before
    for _ in range(3):
        race.step()
    assert level(race, KOR, PROCESS, CHN) == before
    assert level(race, JPN, PROCESS, CHN) == BAN


def test_two_that_match_each_other_come_down_when_both_lift() -> None:
    race = race_of()
    mutual = (Clause("match", "KOR", "JPN", "minerals", "CHN"), Clause("match", "JPN", "KOR", "minerals", "CHN"))
    race.world = with_contract(race.world, SCENARIO, *mutual)
    race.post("JPN", [ExportControl("tools", "CHN", "quota", "process_tools")])
    race.step()
    race.post("JPN", [ExportControl("tools", "CHN", "open", "process_tools")])
    race.step()
    assert level(race, JPN, PROCESS, CHN) == OPEN


def test_loosening_what_one_promised_to_match_is_a_breach() -> None:
    race = race_of()
    race.post("JPN", [ExportControl("tools", "CHN", "ban", "duv")])
    race.step()
    race.world = with_contract(race.world, SCENARIO, Clause("match", "NLD", "JPN", "tools", "CHN"))
    race.step()
    assert level(race, NLD, DUV, CHN) == BAN
    race.post("NLD", [ExportControl("tools", "CHN", "open", "duv")])
    race.step()
    assert race.world.contracts.status[0, 0] == STATUSES.at("broken")
    assert level(race, NLD, DUV, CHN) == OPEN


def test_a_charter_to_match_binds_members_to_what_two_of_them_set_and_not_to_what_one_does() -> None:
    race = race_of()
    race.world = with_charter(race.world, SCENARIO, SCENARIO.blocs[SCENARIO.race.bloc][0], match=1.0)
    race.post("JPN", [ExportControl("tools", "BRA", "ban", "process_tools")])
    race.step()
    bra, kor = AXIS.at("BRA"), level(race, KOR, PROCESS, AXIS.at("BRA"))
    assert kor == OPEN
    race.post("USA", [ExportControl("tools", "BRA", "ban", "process_tools")])
    race.step()
    assert level(race, KOR, PROCESS, bra) == BAN
    assert controls.bans(race.world, race.book.tables)[KOR, 0] == 0.0
    race.post("USA", [ExportControl("tools", "BRA", "open", "process_tools")])
    race.step()
    assert level(race, KOR, PROCESS, bra) == OPEN


def test_notice_breaks_a_contract_and_strangers_cannot_give_it() -> None:
    race = race_of()
    race.world = with_contract(race.world, SCENARIO, Clause("money", "USA", "AUS", quantity=0.01), escrow=0.2)
    race.post("JPN", [Break(1)])
    race.step()
    assert "no party" in race.refused[0][3]
    cash = race.world.state.cash[AUS, 0]
    race.post("USA", [Break(1)])
    race.step()
    assert race.world.contracts.cause[0, 0] == breaches.NOTICE
    assert race.world.state.cash[AUS, 0] > cash


def test_a_ban_on_what_one_promised_to_supply_is_a_breach() -> None:
    race = race_of()
    promise = Clause("supply", "CHN", "JPN", "gallium", quantity=5.0, price=1.0)
    race.world = with_contract(race.world, SCENARIO, promise)
    race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
    race.step()
    assert CAUSES.names[race.world.contracts.cause[0, 0]] == "supply"


def test_listing_a_plant_breaks_a_promise_about_tools() -> None:
    race = race_of()
    race.world = with_contract(race.world, SCENARIO, Clause("restrain", "USA", "CHN", "tools", quantity=2.0))
    line = next(
        name for i, name in enumerate(SCENARIO.lines.axis) if SCENARIO.lines.home[i] == CHN == SCENARIO.lines.place[i]
    )
    race.post("USA", [EntityList(line)])
    race.step()
    assert race.world.contracts.breaker[0, 0] == USA


def test_worlds_without_promises_share_what_is_chosen_and_what_is_in_force() -> None:
    race = race_of(3)
    race.step()
    assert race.world.policy.level is race.world.policy.chosen


def test_promises_play_the_same_alone_as_in_a_batch() -> None:
    batch, alone = banned(3), banned(1)
    for race in (batch, alone):
        race.world = with_contract(race.world, SCENARIO, TRUCE, BACK, snap_back=True, escrow=0.1)
        race.post("USA", [Declare("tools", "CHN", 3, True)])
        race.step()
        race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
        race.step()
    assert batch.hashes()[0] == alone.hashes()[0]


def test_an_answer_weighs_a_quarter_and_a_declared_step_less_than_a_sudden_one() -> None:
    def blame(*declared: str, first: bool = False) -> float:
        race = race_of()
        if first:
            race.post("JPN", [ExportControl("tools", "CHN", "ban", "process_tools")])
            race.step()
        elif declared:
            race.post("CHN", [Declare("minerals", "JPN", 3, declared[0] == "ultimatum")])
            race.step()
        before = race.world.relations.blame[CHN, 0] * 0.9
        race.post("CHN", [ExportControl("minerals", "JPN", "ban", "gallium")])
        race.step()
        return float(race.world.relations.blame[CHN, 0] - before)

    sudden, declared, announced, answer = blame(), blame("threat"), blame("ultimatum"), blame(first=True)
    # A sudden step of China's against a member is blamed a little less than in full: the bloc bites (R4c).
    assert answer == pytest.approx(0.25 * sudden, rel=0.1)
    assert announced < declared < sudden


def test_a_licensor_that_promised_spares_the_plants_of_a_partner_abroad() -> None:
    def licensed(promised: bool) -> np.ndarray:
        race = race_of()
        if promised:
            clause = Clause("restrain", "USA", "KOR", "tools", quantity=0.0)
            race.world = with_contract(race.world, SCENARIO, clause)
        race.post("USA", [ExportControl("tools", "CHN", "ban", "process_tools")])
        race.step()
        lines = (SCENARIO.lines.home == KOR) & (SCENARIO.lines.hostage_of == USA)
        return race.world.lines.licensed[lines, 0]

    assert len(licensed(True))
    assert (licensed(True) > licensed(False)).all()


def test_a_control_of_everybody_passes_by_whom_one_promised_and_a_control_by_name_does_not() -> None:
    race = race_of()
    race.world = with_contract(race.world, SCENARIO, TRUCE)
    race.post("CHN", [ExportControl("minerals", "all", "ban", "gallium")])
    race.step()
    assert race.world.contracts.status[0, 0] == STATUSES.at("in_force")
    assert level(race, CHN, GALLIUM, JPN) <= LICENCE
    assert level(race, CHN, GALLIUM, KOR) == BAN


def test_a_promise_about_engineers_opens_the_door_and_closing_it_is_a_breach() -> None:
    race = race_of()
    race.post("JPN", [ExportControl("people", "CHN", "ban")])
    race.step()
    assert race.world.policy.closed_people[JPN, CHN, 0] == 1
    race.world = with_contract(race.world, SCENARIO, Clause("restrain", "JPN", "CHN", "people", quantity=0.0))
    race.step()
    assert race.world.policy.closed_people[JPN, CHN, 0] == 0
    race.post("JPN", [ExportControl("people", "CHN", "ban")])
    race.step()
    assert race.world.contracts.breaker[0, 0] == JPN
    assert race.world.policy.closed_people[JPN, CHN, 0] == 1
