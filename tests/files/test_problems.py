"""Validation errors: the line, the path, what was found, what is allowed, the near name."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.core.errors import InputError
from game.files import strict_yaml
from game.files.near import near, unknown
from game.files.problems import validated


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Mine(Strict):
    kind: Literal["mine"]
    output: float = Field(ge=0, description="t per year; metal content")


class Refinery(Strict):
    kind: Literal["refinery"]
    purity: float = Field(gt=0, le=1, description="share")


class Nation(Strict):
    cash: float = Field(ge=0, description="USD bn; unspent at the opening")
    tax: float = Field(0, lt=1)
    level: Literal["open", "licence", "ban"] = "open"
    quarter: str = Field("2026Q1", pattern=r"^20\d\dQ[1-4]$")
    weight: float | list[float] = 1.0
    rounds: int = 4
    seat: bool = False

    @field_validator("level")
    @classmethod
    def no_licences_yet(cls, level: str) -> str:
        if level == "licence":
            raise ValueError("licences begin in 2027")
        return level


class File(Strict):
    nations: list[Nation] = Field(min_length=1)
    plants: dict[str, Annotated[Mine | Refinery, Field(discriminator="kind")]] = {}
    shares: dict[Literal["gallium", "germanium"], float] = {}


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        validated(File, strict_yaml.load(text, "x.yaml"))
    return str(caught.value).splitlines()


def nation(line: str) -> list[str]:
    return problems(f"nations:\n  - cash: 1\n    {line}\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("csah: 2", "x.yaml:3:5: nations.0.csah: unknown key (did you mean 'cash'?)"),
        ("zzz: 2", "x.yaml:3:5: nations.0.zzz: unknown key; allowed: cash, level, quarter, rounds, seat, tax, weight"),
        ("tax: 1.5", "x.yaml:3:10: nations.0.tax: 1.5 is too high; it must be below 1"),
        ("tax: high", "x.yaml:3:10: nations.0.tax: 'high' is text; a number is needed"),
        ("tax: '0.5'", "x.yaml:3:10: nations.0.tax: '0.5' is text; a number is needed"),
        ("tax: true", "x.yaml:3:10: nations.0.tax: true; a number is needed"),
        ("tax:", "x.yaml:3:9: nations.0.tax: null; a number is needed"),
        ("rounds: 1.5", "x.yaml:3:13: nations.0.rounds: 1.5; a whole number is needed"),
        ("seat: yes", "x.yaml:3:11: nations.0.seat: 'yes' is text; true or false is needed"),
        (
            "level: bna",
            "x.yaml:3:12: nations.0.level: 'bna' is not allowed (did you mean 'ban'?); allowed: open, licence, ban",
        ),
        ("level: 3", "x.yaml:3:12: nations.0.level: 3 is not allowed; allowed: open, licence, ban"),
        ("level: licence", "x.yaml:3:12: nations.0.level: licences begin in 2027"),
        ("quarter: 2026Q5", r"x.yaml:3:14: nations.0.quarter: '2026Q5' does not have the form ^20\d\dQ[1-4]$"),
        ("weight: heavy", "x.yaml:3:13: nations.0.weight: 'heavy' is text; a number or a list is needed"),
        ("weight: [1, x]", "x.yaml:3:17: nations.0.weight.1: 'x' is text; a number is needed"),
    ],
)
def test_message_says_what_was_found_and_what_is_allowed(line: str, message: str) -> None:
    assert nation(line) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nations: [{cash: -3}]", "x.yaml:1:18: nations.0.cash: -3 is below the least allowed 0 (USD bn)"),
        ("nations: [{tax: 0}]", "x.yaml:1:11: nations.0.cash: missing; USD bn"),
        ("nations: []", "x.yaml:1:10: nations: 0 entries; at least 1 needed"),
        ("nations: [3]", "x.yaml:1:11: nations.0: 3; a mapping is needed"),
        ("nations: {a: 1}", "x.yaml:1:10: nations: a mapping; a list is needed"),
        ("[]", "x.yaml:1:1: a list; a mapping is needed"),
        ("{nations: [{cash: 1}], 7: 1}", "x.yaml:1:24: 7: key 7 is not text"),
    ],
)
def test_structure_is_checked_like_values(text: str, message: str) -> None:
    assert problems(text) == [message]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{kind: mien, output: 1}", "plants.a: 'mien' is not allowed (did you mean 'mine'?); allowed: mine, refinery"),
        ("{output: 1}", "plants.a: key 'kind' is missing"),
        ("{kind: mine, output: -1}", "plants.a.output: -1 is below the least allowed 0 (t per year)"),
        ("{kind: refinery, purity: 1.2}", "plants.a.purity: 1.2 is above the most allowed 1 (share)"),
        ("{kind: refinery, purity: 0}", "plants.a.purity: 0 is too low; it must be above 0 (share)"),
        ("{kind: refinery, puritty: 1, purity: 1}", "plants.a.puritty: unknown key (did you mean 'purity'?)"),
    ],
)
def test_kinds_of_an_entry_leave_no_trace_in_its_path(entry: str, message: str) -> None:
    found = problems(f"nations: [{{cash: 1}}]\nplants:\n  a: {entry}\n")
    assert [line.split(": ", 1)[1] for line in found] == [message]


def test_unknown_name_as_a_key_stands_at_the_key() -> None:
    assert problems("nations: [{cash: 1}]\nshares:\n  galium: 0.5\n") == [
        "x.yaml:3:3: shares.galium: 'galium' is not allowed (did you mean 'gallium'?); allowed: gallium, germanium"
    ]


def test_problems_come_in_the_order_of_the_file() -> None:
    found = problems("nations:\n  - csah: 1\n    tax: x\n    rounds: x\nplant: {}\n")
    assert [line.split(":")[1] for line in found] == ["2", "2", "3", "4", "5"]


def test_at_most_twenty_problems_are_listed() -> None:
    assert len(problems("nations: [" + "{cash: x}, " * 50 + "]")) == 20


def test_part_of_a_document_is_reported_at_its_place_in_the_whole() -> None:
    document = strict_yaml.load("orders:\n  - cash: -1\n", "x.yaml")
    with pytest.raises(InputError, match="^x.yaml:2:11: orders.0.cash: -1 is below"):
        validated(Nation, document, base=("orders", 0))


def test_values_taken_off_first_keep_their_positions() -> None:
    document = strict_yaml.load("cash: {value: -1, source: somewhere}\n", "x.yaml")
    with pytest.raises(InputError, match="^x.yaml:1:7: cash: -1 is below"):
        validated(Nation, document, {"cash": -1})


def test_a_valid_file_gives_the_model() -> None:
    assert validated(File, strict_yaml.load("nations: [{cash: 1}]")).nations[0].cash == 1


@pytest.mark.parametrize(
    ("word", "name"), [("csah", "cash"), ("CASH", "cash"), ("debts", "debt"), ("zebra", None), ("", None)]
)
def test_near_name_is_the_likeliest_or_none(word: str, name: str | None) -> None:
    assert near(word, ["debt", "cash"]) == name


def test_unknown_name_lists_what_is_valid() -> None:
    assert unknown("nation", "JPM", ["CHN", "JPN"]) == "unknown nation 'JPM' (did you mean 'JPN'?); valid: CHN, JPN"
