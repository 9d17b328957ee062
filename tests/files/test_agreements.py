"""Contracts and charters of a scenario: bad input is refused where it stands; the record's own are in force."""

from pathlib import Path

import numpy as np
import pytest

from game.core.clauses import CLAUSES
from game.core.errors import InputError
from game.files.scenarios import bundled, read_scenario
from game.rules import pacts
from game.rules.book import RuleBook

HEAD = "based_on: pax_silica_2026\nname: mine\n"
CONTRACT = (
    "contracts: {x: {name: X, parties: [USA, JPN], signed: 2025Q4, until: 2026Q4, clauses: [{%s}], estimate: x}}\n"
)


def wrong(folder: Path, text: str) -> list[str]:
    """What is wrong with a scenario over the baseline, without the file's name."""
    path = folder / "x.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(str(path))
    return [line.removeprefix(f"{path}:") for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("kind: mony, giver: USA, taker: JPN", "did you mean 'money'?"),
        ("kind: money, giver: USA, taker: JPM, quantity: 1", "'JPM' is no party of the contract (did you mean 'JPN'?)"),
        ("kind: money, giver: USA, taker: KOR, quantity: 1", "'KOR' is no party of the contract; parties: USA, JPN"),
        ("kind: money, giver: USA, taker: USA, quantity: 1", "USA cannot promise to itself"),
        ("kind: money, giver: USA, taker: JPN", "has a quantity: USD bn a quarter, 0.001 to 200"),
        ("kind: money, giver: USA, taker: JPN, quantity: 900", "900 is outside 0.001 to 200"),
        ("kind: money, giver: USA, taker: JPN, quantity: 1, price: 2", "'money' has no price"),
        ("kind: money, giver: USA, taker: JPN, quantity: 1, subject: hbm", "'money' has no subject"),
        ("kind: supply, giver: USA, taker: JPN, quantity: 1, price: 1", "'supply' names a good"),
        ("kind: supply, giver: USA, taker: JPN, subject: galium, quantity: 1, price: 1", "did you mean 'gallium'?"),
        ("kind: hub, giver: USA, taker: JPN, subject: nodes, quantity: 1", "unknown research track 'nodes'"),
        ("kind: venture, giver: USA, taker: JPN, subject: rapidus, quantity: 1", "unknown foundry line 'rapidus'"),
        ("kind: venture, giver: JPN, taker: USA, subject: rapidus_chitose, quantity: 1", "stands in JPN, not USA"),
        ("kind: match, giver: USA, taker: JPN, subject: tools", "names a target"),
        ("kind: match, giver: USA, taker: JPN, subject: tools, target: CHM", "'CHM' is no place here"),
        ("kind: match, giver: USA, taker: JPN, subject: tools, target: JPN", "JPN is a party; the target is a third"),
        ("kind: certify, giver: USA, taker: JPN, target: CHN", "'certify' has no target"),
        ("kind: restrain, giver: USA, taker: JPN, subject: tools", "names the tightest level that it allows"),
        ("kind: restrain, giver: USA, taker: JPN, subject: tools, level: ban", "names the tightest level"),
        ("kind: restrain, giver: USA, taker: JPN, subject: tools, quantity: 1", "has a level in its place"),
        ("kind: certify, giver: USA, taker: JPN, level: open", "only `restrain` has a level"),
    ],
)
def test_clause_that_cannot_be_is_refused_where_it_stands(tmp_path: Path, clause: str, said: str) -> None:
    line, *_ = (text for text in wrong(tmp_path, CONTRACT % clause) if said in text)
    assert line.startswith("3:")
    assert "contracts.x.clauses" in line


def test_restraint_that_the_openings_own_controls_break_is_refused(tmp_path: Path) -> None:
    text = CONTRACT.replace("JPN", "CHN") % "kind: restrain, giver: USA, taker: CHN, subject: chips, level: licence"
    assert "stands at slow_walk at the opening: tighter than licence" in wrong(tmp_path, text)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CONTRACT.replace("2026Q4", "2025Q1"), "until: 2025Q1 is before 2025Q4, when it was signed"),
        (CONTRACT.replace("2026Q4", "2025Q4"), "until: 2025Q4 is over at the opening"),
        (CONTRACT.replace("2025Q4", "2026Q2"), "signed: 2026Q2 lies after the opening"),
        (CONTRACT.replace("[USA, JPN]", "[USA, JPN, USA]"), "parties: 'USA' is named 2 times"),
        (CONTRACT.replace("signed", "verifier: JPN, signed"), "verifier: JPN is a party; a third place verifies"),
        (CONTRACT.replace("signed", "verfier: JPN, signed"), "verfier: unknown key (did you mean 'verifier'?)"),
    ],
)
def test_contract_that_cannot_be_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in "\n".join(wrong(tmp_path, text % "kind: certify, giver: USA, taker: JPN"))


def test_clause_said_twice_is_refused(tmp_path: Path) -> None:
    twice = "kind: certify, giver: USA, taker: JPN}, {kind: certify, giver: USA, taker: JPN"
    assert "contracts.x.clauses.1: says the same as a clause before it" in wrong(tmp_path, CONTRACT % twice)[0]


def test_more_contracts_than_the_table_holds_are_refused(tmp_path: Path) -> None:
    found = wrong(tmp_path, "parameters: {statecraft: {table: 16}, estimate: x}\n")
    assert "contracts, but statecraft.table has room for 16" in found[0]


@pytest.mark.parametrize(
    ("bloc", "said"),
    [
        ("{name: X, members: [USA], charter: {priorty: 0.2}, estimate: x}", "did you mean 'priority'?"),
        ("{name: X, members: [USA], charter: {dues: 1.2}, estimate: x}", "blocs.x.charter.dues: 1.2 is above"),
        ("{name: X, members: [USA], voting: majority, estimate: x}", "a bloc without a charter does not vote"),
        ("{name: X, members: [USA], charter: {}, voting: lot, estimate: x}", "blocs.x.voting"),
        ("{name: X, estimate: x}", "nobody is a member and nobody could be"),
        ("{name: X, members: [USA], charter: {dues: 0.2}}", "no source"),
    ],
)
def test_charter_that_cannot_be_is_refused(tmp_path: Path, bloc: str, said: str) -> None:
    assert said in "\n".join(wrong(tmp_path, f"blocs: {{x: {bloc}}}\n"))


@pytest.mark.parametrize("name", ["pax_silica_2026", "classroom"])
def test_the_records_contracts_are_in_force_at_the_opening(name: str) -> None:
    scenario = bundled(name)
    world = RuleBook(scenario).open(1, 2)
    count = len(scenario.contracts)
    assert count >= 20
    assert (world.contracts.status == pacts.IN_FORCE).sum(axis=0).tolist() == [count, count]
    assert world.contracts.number[:count, 0].tolist() == [k + 1.0 for k in range(count)]
    for row, contract in enumerate(scenario.contracts):
        assert np.flatnonzero(world.contracts.party[row, :, 1]).tolist() == sorted(contract.parties)
        assert [k for k in world.clauses.kind[row, :, 1].tolist() if k >= 0] == [c.kind for c in contract.clauses]


def test_the_clocks_of_2026_are_among_them() -> None:
    scenario = bundled("pax_silica_2026")
    until = {contract.key: contract.until for contract in scenario.contracts}
    assert until["busan_truce"] == 2
    assert until["korean_fab_licences"] == until["serra_verde_offtake"] == until["nexperia"] == 3
    assert until["treaty_japan"] is None
    kinds = {CLAUSES.names[clause.kind] for contract in scenario.contracts for clause in contract.clauses}
    assert len(kinds) >= 10


def test_pax_silica_opens_with_its_signatories_and_a_rival_may_be_founded() -> None:
    scenario = bundled("pax_silica_2026")
    names = scenario.place_axis.names
    rows = {key: ({names[n] for n in members}, {names[n] for n in seen}) for key, _, members, seen in scenario.blocs}
    assert rows["pax_silica"] == ({"USA", "JPN", "KOR", "SGP", "ISR", "AUS"}, {"TWN", "NLD", "EUU", "CAN", "GBR"})
    assert rows["silk_compact"][0] == set()
    assert [scenario.blocs[x][0] for x in scenario.chartered] == ["pax_silica", "silk_compact"]
