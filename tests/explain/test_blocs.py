"""Blocs make news: who joined, left, was refused, and how the members voted."""

import pytest

from agents.model import ChipRace
from game.core.diplomacy import FoundBloc, LeaveBloc, Motion, Vote
from game.explain import quarter_news, talk_news

PEOPLE = ("USA", "CHN", "JPN", "KOR", "IND", "TWN", "SGP")


@pytest.fixture
def race() -> ChipRace:
    seats = dict.fromkeys(PEOPLE) | dict.fromkeys(
        ("TWN", "NLD", "EUU", "AUS", "CAN", "GBR", "ISR", "ARE", "BRA", "MYS")
    )
    return ChipRace(seats=seats)


def test_an_accession_is_told_once_with_the_votes(race: ChipRace) -> None:
    before = race.world
    race.say("IND", Motion("pax_silica", "admit"))
    race.say("TWN", Motion("pax_silica", "admit"))
    for code in ("USA", "JPN", "KOR"):
        race.say(code, Vote("IND"))
    race.say("USA", Vote("TWN", False))
    race.open_round()
    race.close_round()
    told = {d.text: d for d in talk_news(before, race.world, race.scenario, race.book.tables)}
    assert set(told) == {"India joins Pax Silica.", "Pax Silica refuses Taiwan."}
    assert told["India joins Pax Silica."].reasons == ("for it: the United States, Japan and South Korea",)
    assert told["Pax Silica refuses Taiwan."].reasons == ("against it: the United States",)
    assert told["India joins Pax Silica."].places == ("IND",)
    after_talks = race.world
    race.step()
    later = quarter_news(after_talks, race.world, race.scenario, race.book.tables)
    assert not [d.text for d in later if "Pax Silica" in d.text and "joins" in d.text]


def test_leaving_and_founding_are_told(race: ChipRace) -> None:
    before = race.world
    race.post("SGP", [LeaveBloc("pax_silica")])
    race.post("CHN", [FoundBloc("silk_compact")])
    race.step()
    told = [d.text for d in quarter_news(before, race.world, race.scenario, race.book.tables)]
    assert "Singapore leaves Pax Silica." in told
    assert "China founds Silk Compact." in told


def test_a_charter_term_is_told_in_words(race: ChipRace) -> None:
    before = race.world
    race.say("USA", Motion("pax_silica", "charter", term="dues", strength=0.5))
    for code in ("JPN", "KOR", "SGP"):
        race.say(code, Vote("USA"))
    race.talk()
    told = [d.text for d in talk_news(before, race.world, race.scenario, race.book.tables)]
    assert told == ["Pax Silica writes dues at 50% into its charter."]


def test_an_application_beside_an_invitation_that_passed_is_not_told_as_a_refusal(race: ChipRace) -> None:
    before = race.world
    race.say("JPN", Motion("pax_silica", "invite", place="TWN"))
    race.say("TWN", Motion("pax_silica", "admit"))
    race.say("TWN", Vote("JPN"))
    for code in ("USA", "KOR"):
        race.say(code, Vote("JPN"))
    race.open_round()
    race.close_round()
    told = [d.text for d in talk_news(before, race.world, race.scenario, race.book.tables) if "Taiwan" in d.text]
    assert told == [
        "Taiwan joins Pax Silica, invited by Japan.",
        "The application of Taiwan falls away: Taiwan is a member of Pax Silica already.",
    ]


def test_who_was_refused_in_the_first_round_and_invited_in_the_second_is_told_so(race: ChipRace) -> None:
    opening = race.world
    race.say("TWN", Motion("pax_silica", "admit"))
    race.open_round()
    race.close_round()
    before = race.world
    race.say("JPN", Motion("pax_silica", "invite", place="TWN", round=2))
    race.say("TWN", Vote("JPN", round=2))
    for code in ("USA", "KOR"):
        race.say(code, Vote("JPN", round=2))
    race.open_round()
    race.close_round()
    (joined,) = [d for d in talk_news(before, race.world, race.scenario, race.book.tables) if "Taiwan" in d.text]
    assert joined.text == "Taiwan joins Pax Silica, invited by Japan."
    assert "its own application of the first round had not had the votes" in joined.reasons
    quarter = [d.text for d in talk_news(opening, race.world, race.scenario, race.book.tables) if "Taiwan" in d.text]
    assert quarter == ["Pax Silica refuses Taiwan in the first round of talks.", joined.text]
