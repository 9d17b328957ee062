"""The record is well-formed, its measures are what they say, and verdicts follow the bands."""

import numpy as np
import pytest

from game.files.record import STANDARD, Figure, record
from game.files.scenarios import bundled, sources
from game.lab.measures import measured
from game.lab.responses import undisturbed
from game.lab.sanity import Compared, Sanity, sanity, steps_in_all, table
from game.rules.book import RuleBook


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return {figure.id: figure for figure in record()}


def test_figures_have_names_of_their_own(figures: dict[str, Figure]) -> None:
    assert len(figures) == len(record()) > 60


def test_every_figure_has_a_source_that_exists_or_an_estimate(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        named = [figure.source] if isinstance(figure.source, str) else figure.source or []
        assert named or figure.estimate, figure.id
        assert [key for key in named if key not in sources()] == [], figure.id


def test_a_band_wider_than_agreed_names_its_reason(figures: dict[str, Figure]) -> None:
    wide = []
    for figure in figures.values():
        opening, after_four = STANDARD[figure.is_share]
        if (figure.band_opening > opening or figure.band_after_four > after_four) and not figure.reason:
            wide.append(figure.id)
    assert wide == []


def test_bands_of_shares_are_points_and_of_prices_relative(figures: dict[str, Figure]) -> None:
    share, price = figures["gallium_china_primary"], figures["price_gallium"]
    assert share.within(0.97, 0.02)
    assert not share.within(0.96, 0.02)
    assert price.within(1.4 * 1.1, 0.1)
    assert not price.within(1.4 * 1.11, 0.1)


def test_shares_of_a_good_add_to_one(figures: dict[str, Figure]) -> None:
    scenario = bundled("pax_silica_2026")
    world = RuleBook(scenario).open(1, 2)
    base = figures["light_ore_usa"]
    shares = [measured(base.model_copy(update={"place": p}), world, scenario) for p in scenario.place_axis]
    assert sum(shares) == pytest.approx(1.0)


def test_opening_price_is_the_scenarios(figures: dict[str, Figure]) -> None:
    scenario = bundled("pax_silica_2026")
    world = RuleBook(scenario).open(1, 1)
    found = measured(figures["price_gallium"], world, scenario)
    assert found == pytest.approx(float(scenario.goods.price[2, 0]) * 1000)


def test_dated_ban_is_taken_out_of_both_arms() -> None:
    scenario = bundled("pax_silica_2026")
    calm = undisturbed(scenario)
    gallium, japan = 2, scenario.place_axis.at("JPN")

    def later(s: object) -> int:
        controls = s.controls  # type: ignore[attr-defined]  # a Scenario
        return sum(
            c.since >= 0 and c.owner == scenario.inside and gallium in c.goods and japan in c.targets for c in controls
        )

    assert later(scenario) > 0
    assert later(calm) == 0
    assert sum(len(c.goods) * len(c.targets) for c in calm.controls) < sum(
        len(c.goods) * len(c.targets) for c in scenario.controls
    )


def test_one_wrong_figure_is_enough_for_no(figures: dict[str, Figure]) -> None:
    figure = figures["price_gallium"]
    right, wrong = Compared(figure, 1.4, 1.4), Compared(figure, 1.4, 9.0)
    assert Sanity([right], [], []).holds
    result = Sanity([right, wrong], [], [])
    assert not result.holds
    assert "NO: after four" in "\n".join(table(result))


@pytest.mark.slow
def test_every_quarter_is_counted_and_every_figure_compared() -> None:
    ticks: list[int] = []
    result = sanity(bundled("pax_silica_2026"), ticks.append)
    assert sum(ticks) == steps_in_all()
    assert len(result.compared) + len(result.left_out) == len(record())
    assert len(result.responses) == 3
    assert all(np.isfinite(c.opening) and np.isfinite(c.after_four) for c in result.compared)
