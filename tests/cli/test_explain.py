"""`explain`: answers of a run, an order file and a save, and refusals of what cannot be asked."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Call, one_line
from tests.golden.readme import README, blocks

DEAL = """\
orders:
  - {quarter: 2026Q1, seat: JPN, order: propose, parties: [AUS], clauses: [{clause: money, giver: JPN, taker: AUS,
     quantity: 0.05}], quarters: 12}
  - {quarter: 2026Q1, seat: AUS, order: answer, offer: JPN/1}
"""
HOLD = ("--seat", "all=hold")


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    """An order file with one contract."""
    file = tmp_path / "deal.yaml"
    file.write_text(DEAL, encoding="utf-8")
    return file


def test_a_price_is_told_with_supply_demand_stock_controls_leaks_and_gates(call: Call) -> None:
    result = call("explain", "pax_silica_2026", *HOLD, "--quarter", "2026Q2", "--about", "price gallium JPN")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("the price of gallium outside China is ")
    heads = [line.split(":")[0].strip() for line in lines if ":" in line]
    assert heads[-5:] == ["supply", "demand", "stock", "controls", "gates"]


def test_a_listed_contract_is_told_with_what_it_is_worth_to_each_party(call: Call, deal: Path) -> None:
    arguments = ("explain", deal, *HOLD, "--quarter", "2026Q1")
    decided = call(*arguments, "--about", "decision AUS").stdout.splitlines()
    assert "Australia accepts: Japan pays Australia $50 m a quarter (signed)" in decided[0]
    assert decided[1].strip().startswith("AUS: +")
    refused = one_line(call(*arguments, "--about", "worth of contract 99").stderr)
    number = refused.rpartition(", ")[2]
    told = call(*arguments, "--about", f"worth of contract {number}").stdout.splitlines()
    assert told[0].startswith(f"contract {number} of JPN, AUS, until 2028Q4")
    assert [line[:4] for line in told[-2:]] == ["AUS:", "JPN:"]


def test_a_save_answers_as_the_run_that_made_it(call: Call, deal: Path, tmp_path: Path) -> None:
    save = tmp_path / "game.paxsave"
    assert call("run", "pax_silica_2026", *HOLD, "--orders", deal, "--quarters", 2, "--save", save).exit_code == 0
    questions = [
        part for q in ("trust JPN CHN", "control CHN minerals JPN", "bar", "score JPN") for part in ("--about", q)
    ]
    saved = call("explain", save, *questions)
    assert saved.exit_code == 0
    assert saved.stdout == call("explain", deal, *HOLD, "--quarter", "2026Q2", *questions).stdout
    assert "Japan trusts China" in saved.stdout
    assert "independence: " in saved.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--about", "weather JPN"), "unknown topic 'weather'; topics: price GOOD PLACE, trust PLACE PLACE"),
        (("--about", "price gallium"), "'price gallium' is no question; write: price GOOD PLACE"),
        (("--about", "price galium JPN"), "unknown good 'galium' (did you mean 'gallium'?)"),
        (("--about", "score JPM"), "unknown seat 'JPM' (did you mean 'JPN'?)"),
        (("--about", "bar", "--quarter", "2036Q1"), "--quarter 2036Q1: 2026Q1 to 2033Q4 can be asked about"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(call: Call, arguments: tuple[str, ...], said: str) -> None:
    quarter = () if "--quarter" in arguments else ("--quarter", "2026Q1")
    result = call("explain", "pax_silica_2026", *HOLD, *quarter, *arguments)
    assert result.exit_code == 2
    assert said in one_line(result.stderr)


def test_a_control_tells_what_it_keeps_alone_and_with_all_sellers(call: Call) -> None:
    result = call("explain", "pax_silica_2026", *HOLD, "--quarter", "2026Q2", "--about", "control NLD tools CHN")
    assert result.exit_code == 0
    assert "Alone it keeps" in result.stdout
    assert "if all sellers joined" in result.stdout


def test_a_price_where_nobody_works_with_the_good_says_so_and_no_stock_in_quarters_of_it(call: Call) -> None:
    result = call("explain", "pax_silica_2026", *HOLD, "--quarter", "2026Q2", "--about", "price light_ore JPN")
    assert "demand: nobody there works with it" in result.stdout


def test_the_readme_asks_why_of_a_good_that_is_made_by_one_and_wanted_by_the_other(call: Call, tmp_path: Path) -> None:
    deal = next(block for block in blocks("yaml") if block.startswith("# deal.yaml"))
    (tmp_path / "deal.yaml").write_text(deal, encoding="utf-8")
    asked = re.search(r'explain deal.yaml --quarter (\S+) --about "(price [^"]*)"', README.read_text(encoding="utf-8"))
    assert asked
    good = asked[2].split()[1]
    assert f"subject: {good}" in deal
    told = call("explain", str(tmp_path / "deal.yaml"), "--quarter", asked[1], "--about", asked[2]).stdout
    assert "demand: it wants " in told
    assert "it wants 0 " not in told
