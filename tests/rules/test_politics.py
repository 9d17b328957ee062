"""Lobbies and elections move governments (S20)."""

from __future__ import annotations

import numpy as np

from agents.model import ChipRace
from game.core.names import LOBBIES, quarter_name
from game.core.orders import ExportControl
from game.core.world import replace
from game.files.scenarios import bundled

SCENARIO = bundled("pax_silica_2026")
HOLD = dict.fromkeys(SCENARIO.seats, "hold")
USA, CHN, NLD = (SCENARIO.place_axis.at(code) for code in ("USA", "CHN", "NLD"))
CHIP_FIRMS = LOBBIES.at("chip_firms")


def test_the_united_states_vote_at_the_end_of_2026_and_china_never() -> None:
    race = ChipRace(SCENARIO, 4, HOLD, 1)
    voted = []
    for _ in range(12):
        quarter = race.world.quarter
        race.step()
        if (race.world.politics.held[USA] > 0).all():
            voted.append(quarter_name(quarter))
        assert (race.world.politics.held[CHN] == 0).all()
    assert voted == ["2026Q4", "2028Q4"]


def test_loved_governments_win_and_hated_ones_lose() -> None:
    won = []
    for approval in (0.9, 0.1):
        race = ChipRace(SCENARIO, 64, HOLD, 1)
        race.run(3)
        state = race.world.state
        race.world = replace(race.world, state=replace(state, approval=state.approval * 0.0 + approval))
        race.step()
        won.append(float(race.world.politics.won[USA].mean()))
    assert won[0] > 0.8
    assert won[1] < 0.2


def test_a_lost_election_halves_the_capital_of_its_government() -> None:
    race = ChipRace(SCENARIO, 64, HOLD, 1)
    race.run(4)
    won, held = race.world.politics.won[USA] > 0, race.world.politics.held[USA] > 0
    assert held.all()
    assert 0 < np.count_nonzero(won) < 64, "at the opening's approval an American midterm can go either way"
    capital = race.world.state.capital[USA]
    assert capital[won].min() > capital[~won].max()


def test_chip_firms_mourn_sales_that_their_government_stops() -> None:
    free, banned = ChipRace(SCENARIO, 1, HOLD, 1), ChipRace(SCENARIO, 1, HOLD, 1)
    for race in (free, banned):
        race.post("NLD", [ExportControl("tools", "CHN", "ban")] if race is banned else [])
        race.run(4)
    assert banned.world.politics.lobby[NLD, CHIP_FIRMS, 0] < free.world.politics.lobby[NLD, CHIP_FIRMS, 0] - 0.05


def test_firms_that_lived_on_subsidies_mind_their_end() -> None:
    fed, weaned = ChipRace(SCENARIO, 1, HOLD, 1), ChipRace(SCENARIO, 1, HOLD, 1)
    politics = weaned.world.politics
    weaned.world = replace(weaned.world, politics=replace(politics, captured=politics.captured + 0.4))
    for race in (fed, weaned):
        race.run(2)
    moods = [race.world.politics.lobby[USA, CHIP_FIRMS, 0] for race in (fed, weaned)]
    assert moods[1] < moods[0]
