"""News of a control says why it was set or eased, where the world shows it, and an easing is told as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as changed

import pytest

from agents.model import ChipRace
from game.core.diplomacy import Break, Clause, Declare
from game.core.orders import ExportControl, Order, RefuseImports
from game.explain import Dispatch, dispatch_from, quarter_news
from game.files.scenarios import bundled
from game.testing import with_charter, with_contract

WHOLE = bundled("pax_silica_2026")
S = changed(WHOLE, controls=tuple(c for c in WHOLE.controls if c.since < 0), contracts=(), refusals=())
BAN = ExportControl("minerals", "JPN", "ban", "gallium")
RESIST = ExportControl("magnets", "CHN", "slow_walk", "resist")


class Game:
    """A game in which seats do what a test says and no more."""

    def __init__(self, scenario=S) -> None:
        self.race = ChipRace(scenario, 1, dict.fromkeys(scenario.seats, "hold"), 1)
        self.past: list[Dispatch] = []

    def quarter(self, **orders: Sequence[Order]) -> list[Dispatch]:
        """Play a quarter; its news of controls."""
        before = self.race.world
        for code, given in orders.items():
            self.race.post(code, list(given))
        self.race.step()
        race = self.race
        news = quarter_news(before, race.world, race.scenario, race.book.tables, self.past)
        self.past += news
        return [d for d in news if d.topic == "control"]

    def of(self, code: str, **orders: Sequence[Order]) -> Dispatch:
        """Play a quarter; the news of the one control that a place changed."""
        (told,) = [d for d in self.quarter(**orders) if d.places[0] == code]
        return told


def test_an_answer_names_the_control_whose_it_is_and_when_it_was_set() -> None:
    game = Game()
    game.quarter(CHN=[BAN])
    game.quarter()
    told = game.of("JPN", JPN=[RESIST])
    assert told.text == "Japan slow-walks photoresist for China."
    assert told.reasons[0] == "it answers the ban that China set on gallium for it in 2026Q1"


def test_what_is_done_in_the_same_quarter_is_no_answer() -> None:
    game = Game()
    told = {d.places[0]: d for d in game.quarter(CHN=[BAN], JPN=[RESIST])}
    assert not [why for why in told["JPN"].reasons if "answers" in why]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (RefuseImports("tools", "JPN"), "it answers the refusal of its "),
        (Declare("minerals", "JPN", 4), "it answers the threat of China to it over minerals"),
    ],
)
def test_refusals_and_threats_are_answered_too(before: Order, words: str) -> None:
    game = Game()
    game.quarter(CHN=[before])
    assert game.of("JPN", JPN=[RESIST]).reasons[0].startswith(words)


def test_a_breach_is_answered_by_its_quarter() -> None:
    game = Game()
    game.race.world = with_contract(game.race.world, S, Clause("money", "CHN", "JPN", quantity=0.01))
    game.quarter()
    game.quarter(CHN=[Break(1)])
    game.quarter()
    assert game.of("JPN", JPN=[RESIST]).reasons[0] == "it answers the contract that China broke in 2026Q2"


def test_a_threat_that_is_carried_out_is_told_with_the_quarter_in_which_it_was_declared() -> None:
    game = Game()
    game.quarter(CHN=[Declare("minerals", "JPN", 6, True)])
    game.quarter()
    told = game.of("CHN", CHN=[BAN])
    assert told.reasons[0] == "it carries out its ultimatum of 2026Q1 to Japan over minerals"


def test_where_earlier_news_is_not_known_a_threat_has_no_date() -> None:
    game = Game()
    game.quarter(CHN=[Declare("minerals", "JPN", 6)])
    game.past.clear()
    assert game.of("CHN", CHN=[BAN]).reasons[0] == "it carries out its threat to Japan over minerals"


def test_who_matches_follows_by_contract() -> None:
    game = Game()
    game.race.world = with_contract(game.race.world, S, Clause("match", "JPN", "USA", "chips", target="BRA"))
    told = {d.places[0]: d for d in game.quarter(USA=[ExportControl("chips", "BRA", "ban")])}
    assert told["JPN"].reasons[0].startswith("it matches the United States, as it has promised: contract ")
    assert told["USA"].reasons[0] == "a step of its own: Brazil had set nothing new against it"


def test_members_follow_by_charter() -> None:
    game = Game()
    game.race.world = with_charter(game.race.world, S, "pax_silica", match=1.0)
    bans = [ExportControl("chips", "BRA", "ban")]
    told = {d.places[0]: d for d in game.quarter(USA=bans, JPN=bans)}
    assert told["KOR"].reasons[0].startswith("the charter of Pax Silica binds members to follow ")


def test_who_joins_fellow_members_is_told_to_join_them() -> None:
    game = Game()
    game.quarter(USA=[ExportControl("chips", "BRA", "ban")])
    told = game.of("JPN", JPN=[ExportControl("chips", "BRA", "slow_walk")])
    assert told.reasons[0] == "it joins the United States, of Pax Silica, which controls the same already"


def test_a_step_against_the_rival_names_the_race() -> None:
    told = Game().of("CHN", CHN=[BAN])
    assert told.reasons[0].startswith("the race: the bloc covers ")
    assert told.reasons[0].endswith("of its minerals, these among them")


def test_what_the_calendar_begins_is_told_so_and_as_nobodys_answer() -> None:
    game = Game(changed(WHOLE, contracts=()))
    banned = [d for d in game.quarter() if d.places[:2] == ("CHN", "JPN") and "bans" in d.text]
    assert [d.reasons[0] for d in banned] == ["the calendar of the scenario has it from this quarter on"]
    assert not any("answers" in why for d in banned for why in d.reasons)


def test_an_easing_reads_as_one_and_keeps_its_mark_in_a_save() -> None:
    game = Game()
    banned = game.of("CHN", CHN=[BAN])
    eased = game.of("CHN", CHN=[ExportControl("minerals", "JPN", "licence", "gallium")])
    lifted = game.of("CHN", CHN=[ExportControl("minerals", "JPN", "open", "gallium")])
    assert [banned.easing, eased.easing, lifted.easing] == [False, True, True]
    assert eased.text == "China eases its ban on gallium for Japan to a licence."
    assert eased.reasons[0] == "of its own accord: no contract asked for it"
    assert lifted.text == "China lifts its licence on gallium for Japan."
    assert dispatch_from(eased.record()) == eased
    assert "easing" not in banned.record()
    assert dispatch_from(banned.record()) == banned


def test_an_easing_by_contract_says_what_was_promised_and_its_end_what_returns() -> None:
    game = Game()
    game.quarter(CHN=[BAN])
    truce = Clause("restrain", "CHN", "JPN", "minerals", quantity=2.0)
    game.race.world = with_contract(game.race.world, S, truce, quarters=2)
    eased = game.of("CHN")
    assert eased.easing
    assert eased.reasons[0].startswith("it has promised Japan to hold back: contract ")


def test_a_side_that_eases_with_the_other_is_told_so() -> None:
    game = Game()
    game.quarter(CHN=[BAN], JPN=[RESIST])
    off = ExportControl("magnets", "CHN", "open", "resist")
    told = {d.places[0]: d for d in game.quarter(JPN=[off], CHN=[ExportControl("minerals", "JPN", "open", "gallium")])}
    assert told["JPN"].reasons[0] == "China eases its controls on it in the same quarter"
