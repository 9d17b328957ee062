"""What the frame reads off a world, and how it is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from game.core.names import CLASS_OF_GOOD, CLASSES, GATES, GOODS
from game.core.scenario import Scenario
from game.explain import Dispatch
from game.files.par_tables import ParTable, SeatPar, write_par
from game.files.scenarios import bundled
from game.forecast import MEASURED
from game.match import HUMAN, Match
from game.rules import bottleneck
from game.rules.score import MEASURE_WEIGHT
from game.ui import theme
from game.ui.kit import Term
from game.ui.main import lenses, readings
from game.ui.main.context import LENSES, PlayContext
from game.ui.main.headlines import headlines
from game.ui.main.place_card import card_rows
from game.ui.main.points import Par, adding_up, par_of, points_words, quarter_parts
from game.ui.main.race_bar import chip_tip, mineral_tip
from game.ui.main.what_if import WhatIfView
from game.ui.main.world_state import fullest, next_gates, row_words, short_words, world_gate_tip


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The bundled scenario."""
    return bundled("pax_silica_2026")


@pytest.fixture(scope="module")
def play(scenario: Scenario) -> PlayContext:
    """A game of Japan after two quarters in which nobody decides anything."""
    match = Match(scenario, 5, {code: HUMAN if code == "JPN" else "hold" for code in scenario.seats})
    match.end_quarter()
    match.end_quarter()
    return PlayContext(match, "JPN")


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (0.64, "0.64"), (7.24, "7.2"), (24.4, "24"), (1160.2, "1,160"), (9.96, "10")]
)
def test_figures_get_the_digits_they_deserve(value: float, text: str) -> None:
    assert readings.amount(value) == text


def test_money_puts_its_sign_before_the_dollar() -> None:
    assert (readings.money(184.2), readings.money(-0.4)) == ("$184 bn", "−$0.4 bn")


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "$0 bn"), (0.043, "$43 m"), (0.0005, "$0.5 m"), (7.4e-9, "under $0.1 m")]
)
def test_little_money_is_told_in_millions_or_in_words(value: float, text: str) -> None:
    assert readings.money(value) == text
    assert "e-" not in readings.amount(value)


def test_a_change_that_rounds_to_nothing_is_not_shown() -> None:
    assert readings.signed(0.01, "0.0") == ""
    assert (readings.signed(2.0, "2.0"), readings.signed(-1.0, "1.0")) == ("+2.0", "−1.0")


def test_ranks_are_ordinals() -> None:
    assert [readings.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "21st",
    ]


def test_cover_counts_industry_and_state_over_use(play: PlayContext, scenario: Scenario) -> None:
    good, goods = GOODS.at("gallium"), play.match.world.goods
    held = float(goods.inventory[play.place, good, 0] + goods.stockpile[play.place, good, 0])
    stock = readings.stock(play.seen, scenario, play.place, good)
    assert stock.cover == pytest.approx(held / float(goods.wanted[play.place, good, 0]))
    assert sum(share for _, share in stock.sellers) == pytest.approx(1.0, abs=0.03)


def test_the_other_side_of_the_inside_place_is_the_bloc(play: PlayContext, scenario: Scenario) -> None:
    axis = scenario.place_axis
    assert readings.rivals(play.seen, scenario, axis.at("JPN")) == {scenario.inside}
    assert axis.at("USA") in readings.rivals(play.seen, scenario, scenario.inside)


def test_rows_of_fabs_hold_every_line_at_home(play: PlayContext, scenario: Scenario) -> None:
    for place in scenario.places.seats:
        rows = readings.fab_rows(play.seen, scenario, place)
        home = scenario.lines.place == place
        lines = play.match.world.lines
        assert sum(row.capacity for row in rows) == pytest.approx(float(lines.capacity[home, 0].sum()), abs=1e-5)
        assert sum(row.building for row in rows) == pytest.approx(float(lines.building[home, 0].sum()), abs=1e-5)
        assert all(row.running <= row.capacity + 1e-9 for row in rows)


def test_members_of_the_bloc_and_its_rival_have_their_own_camps(play: PlayContext, scenario: Scenario) -> None:
    camps = {code: readings.camp(play.seen, scenario, n) for n, code in enumerate(scenario.place_axis)}
    assert camps["CHN"] == "rival"
    assert {camps[scenario.place_axis.names[n]] for n in scenario.blocs[scenario.race.bloc][2]} == {"bloc"}


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_colours_every_place_and_has_a_legend(play: PlayContext, scenario: Scenario, lens: str) -> None:
    play.lens = lens
    found = lenses.lens_of(play)
    assert set(found.land) == set(scenario.place_axis.names)
    assert len(found.legend) >= 3


def test_only_flows_that_a_control_mostly_stops_are_blocked(play: PlayContext, scenario: Scenario) -> None:
    trade, axis = play.match.world.trade, scenario.place_axis
    for flow in lenses.blocked_flows(play, 20):
        start, end = axis.at(flow.start_place), axis.at(flow.end_place)
        rows = np.flatnonzero(scenario.sellers.place == start)
        assert float(trade.blocked[rows, end, 0].sum()) > 0
        assert flow.blocked


def test_flows_are_of_the_class_their_colour_says(play: PlayContext) -> None:
    tools = [g for g in range(len(GOODS)) if CLASS_OF_GOOD[g] == CLASSES.at("tools")]
    flows = lenses.flows_of(play, tools, theme.TOOL, 6)
    assert 0 < len(flows) <= 6
    assert max(flow.volume for flow in flows) <= 1.0 + 1e-9
    assert all(flow.start_place != flow.end_place and "ROW" not in (flow.start_place, flow.end_place) for flow in flows)


def test_a_ban_on_the_player_colours_its_owner_darkest() -> None:
    assert lenses.control_style(5, 0).colour == theme.PRC_LAND
    assert lenses.control_style(2, 0).colour == theme.PRC_LEANING_LAND
    assert lenses.control_style(0, 2).colour == theme.PAX_LAND
    assert lenses.control_style(5, 2).hatch == theme.PAX
    assert lenses.control_style(0, 0).colour == theme.NEUTRAL_LAND


def test_the_race_is_explained_by_every_mineral_and_part(play: PlayContext, scenario: Scenario) -> None:
    assert len(mineral_tip(play).terms) == len(scenario.race.minerals)
    assert len(chip_tip(play).terms) == len(scenario.race.chips)


def test_the_card_of_a_rival_names_its_controls_on_the_player(play: PlayContext, scenario: Scenario) -> None:
    rows = {row.name: row.words for row in card_rows(play, scenario.inside)}
    assert "ban" in rows["Controls on you"]
    assert rows["Trusts you"].endswith("%")


def test_news_of_the_own_place_goes_before_heavier_news_of_others() -> None:
    far = Dispatch(0, "plant", "Far away.", places=("BRA",), weight=2)
    near = Dispatch(0, "shortage", "At home.", places=("JPN",), weight=1)
    noise = Dispatch(0, "price", "Noise.", weight=1)
    assert headlines([far, noise, near], "JPN") == (near, far)
    assert headlines([noise], "JPN") == (noise,)


def test_points_stand_in_the_bar_only_where_a_par_table_counts(play: PlayContext) -> None:
    score = dict(play.match.standings())["JPN"]
    seats = {
        "JPN": SeatPar(mean=score, standard_error=0.1, sigma=2.0, by_strategy={}, open_means=[score - 3.0], mandates={})
    }
    table = ParTable("pax_silica_2026", "", "", 10, 1, "", seats)
    assert points_words(play, Par(table, ""))[0] == "+15"
    assert points_words(play, Par(None, "No par table."))[0] == f"{score:.1f}"
    assert points_words(play, Par(None, "No par table."))[2].source == "No par table."


def shown(terms: tuple[Term, ...], name: str) -> float:
    """The figure beside a term that begins so."""
    return next(float(term.figure.replace("−", "-")) for term in terms if term.name.startswith(name))


@pytest.mark.parametrize(("quarters", "seat"), [(1, "JPN"), (2, "CHN"), (3, "USA")])
def test_the_tip_of_the_score_adds_up_to_the_figure_beside_it(scenario: Scenario, quarters: int, seat: str) -> None:
    match = Match(scenario, 5, {code: HUMAN if code == seat else "hold" for code in scenario.seats})
    sums = [0.0]
    for _ in range(quarters):
        match.end_quarter()
        sums.append(dict(match.standings())[seat] * match.quarter)
    play = PlayContext(match, seat)
    figure, _, tip = points_words(play, Par(None, ""))
    position = next(n for n, term in enumerate(tip.terms) if term.name.startswith("Score of the last quarter"))
    added = sum(float(term.figure.replace("−", "-")) for term in tip.terms[:position])
    assert added == pytest.approx(float(tip.terms[position].figure), abs=1e-6)
    assert float(tip.terms[position].figure) == pytest.approx(sums[-1] - sums[-2], abs=0.051)
    mean = shown(tip.terms, "Score of the last quarter")
    if quarters > 1:
        mean = (
            mean + (quarters - 1) * shown(tip.terms, "The quarter before" if quarters == 2 else "Mean of")
        ) / quarters
    assert mean == pytest.approx(float(figure), abs=0.11)
    assert shown(tip.terms, "Score so far") == float(figure)


@pytest.mark.parametrize("values", [(0.04, 0.04, 0.04), (1.26, 1.26, 1.26), (5.55, -0.06, 3.339), (0.0,)])
def test_rounded_parts_add_up_to_the_rounded_whole(values: tuple[float, ...]) -> None:
    parts = adding_up(values)
    assert sum(parts) == pytest.approx(round(sum(values), 1))
    assert all(abs(part - value) < 0.1 for part, value in zip(parts, values, strict=True))


def test_the_score_so_far_is_one_number_in_the_bar_and_in_forecasts(play: PlayContext, scenario: Scenario) -> None:
    figure = points_words(play, Par(None, ""))[0]
    assert f"{float(MEASURED['score'].read(play.seen, scenario, play.place)[0]):.1f}" == figure
    five = float(MEASURED["quarter_score"].read(play.seen, scenario, play.place)[0])
    assert five * MEASURE_WEIGHT == pytest.approx(sum(part.points for part in quarter_parts(play)[:5]))


def test_a_world_that_lacks_nothing_says_which_plants_are_fullest(scenario: Scenario) -> None:
    match = Match(scenario, 5, {code: HUMAN if code == "JPN" else "hold" for code in scenario.seats})
    opening = PlayContext(match, "JPN")
    assert bottleneck.world_gate(opening.seen)[0] == bottleneck.NONE
    found = fullest(opening)
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)
    assert GATES.names[found[0][0]] == "packaging"
    after = next_gates(opening)[0]
    assert after == found[0][0]
    assert row_words(bottleneck.NONE, after) == "nothing, next packaging"
    assert short_words(bottleneck.NONE, after) == "next: packaging"
    assert short_words(after, bottleneck.NONE) == "packaging"
    tip = world_gate_tip(opening)
    assert tip.terms[0].name == "Packaging, in use"
    assert tip.terms[0].figure == f"{found[0][1]:.0%}"


def test_only_a_seat_with_fabs_is_told_of_idle_ones(scenario: Scenario, play: PlayContext) -> None:
    without = PlayContext(
        Match(scenario, 5, {code: HUMAN if code == "BRA" else "hold" for code in scenario.seats}), "BRA"
    )
    assert "idle_fabs" in WhatIfView(play, lambda: None).dangers
    assert WhatIfView(play, lambda: None).danger == "idle_fabs"
    view = WhatIfView(without, lambda: None)
    assert "idle_fabs" not in view.dangers
    assert view.danger == "in_debt"


def test_a_table_of_other_rules_gives_no_points(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "par.json"
    write_par(path, ParTable(scenario.name, scenario.content_hash, "older", 10, 1, "", {}))
    monkeypatch.setattr("game.ui.main.points.par_table", lambda name: path)
    found = par_of(scenario)
    assert found.table is None
    assert "other rules" in found.blank
