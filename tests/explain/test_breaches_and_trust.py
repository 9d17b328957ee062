"""Why contracts are broken, what it would cost, and why places trust one another as they do."""

from __future__ import annotations

from dataclasses import replace as changed

import pytest

from agents.model import ChipRace
from game.core.diplomacy import Break, Clause, Declare
from game.core.orders import ExportControl
from game.explain import quarter_news
from game.explain.breaches import breach_reasons, would_break
from game.explain.trust import trust_story, trust_terms
from game.files.scenarios import bundled
from game.testing import with_contract

WHOLE = bundled("pax_silica_2026")
SCENARIO = changed(WHOLE, controls=tuple(c for c in WHOLE.controls if c.since < 0), contracts=())
CHN, JPN, USA = (SCENARIO.place_axis.at(code) for code in ("CHN", "JPN", "USA"))
TRUCE = Clause("restrain", "CHN", "JPN", "minerals", quantity=2.0)
BAN = ExportControl("minerals", "JPN", "ban", "gallium")


@pytest.fixture
def race() -> ChipRace:
    race = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, "hold"), 3)
    race.world = with_contract(race.world, SCENARIO, TRUCE, escrow=0.5)
    race.step()
    return race


def test_the_price_of_a_breach_is_known_before_it(race: ChipRace) -> None:
    (price,) = would_break(race.world, SCENARIO, race.book.tables, CHN, BAN)
    assert price.contract == 1
    assert price.others == ("JPN",)
    before = race.world
    race.post("CHN", [BAN])
    race.step()
    lost = 1.0 - race.world.relations.trust[CHN, JPN, 0] / before.relations.trust[CHN, JPN, 0]
    assert lost == pytest.approx(price.victims, abs=0.05)
    assert "$0.5 bn" in price.words


def test_an_order_that_keeps_to_all_contracts_breaks_none(race: ChipRace) -> None:
    tables = race.book.tables
    assert would_break(race.world, SCENARIO, tables, CHN, ExportControl("minerals", "JPN", "licence", "gallium")) == []
    assert would_break(race.world, SCENARIO, tables, CHN, ExportControl("minerals", "KOR", "ban", "gallium")) == []


@pytest.mark.parametrize(("order", "words"), [(BAN, "beyond a licence"), (Break(1), "gave notice")])
def test_a_breach_has_a_stated_reason(race: ChipRace, order: object, words: str) -> None:
    before = race.world
    race.post("CHN", [order])  # type: ignore[list-item]  # both are orders
    race.step()
    reasons = breach_reasons(before, race.world, SCENARIO, race.book.tables, 0)
    assert words in reasons[0]
    assert "the rest of it was worth" in reasons[1]
    news = quarter_news(before, race.world, SCENARIO, race.book.tables)
    assert any(words in reason for d in news if d.topic == "contract" for reason in d.reasons)


def test_terms_of_trust_add_up_to_its_change_each_quarter_and_over_many(race: ChipRace) -> None:
    worlds = [race.world]
    race.post("CHN", [BAN])
    for _ in range(4):
        race.step()
        worlds.append(race.world)
    for whose in (JPN, USA):
        terms = trust_terms(worlds[0], worlds[1], SCENARIO, whose, CHN)
        assert terms[0].name == "breaches"
        moved = worlds[1].relations.trust[CHN, whose, 0] - worlds[0].relations.trust[CHN, whose, 0]
        assert sum(c.amount for c in terms) == pytest.approx(moved, abs=2e-4)
        whole = worlds[-1].relations.trust[CHN, whose, 0] - worlds[0].relations.trust[CHN, whose, 0]
        assert sum(c.amount for c in trust_story(worlds, SCENARIO, whose, CHN)) == pytest.approx(whole, abs=4e-4)
        assert all(c.name != "other" for c in terms)


def test_threats_are_news_when_they_open_and_when_nothing_comes_of_them(race: ChipRace) -> None:
    race.post("CHN", [Declare("minerals", "JPN", 2, True)])
    told = []
    for _ in range(2):
        before = race.world
        race.step()
        told += [d.text for d in quarter_news(before, race.world, SCENARIO, race.book.tables)]
    assert any("ultimatum" in text and "within 1 quarter." in text for text in told)
    assert any("Nothing comes of the ultimatum" in text for text in told)
