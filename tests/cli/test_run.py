"""`run`: what it prints, writes and promises about seeds."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.sources import ROOT
from tests.cli.conftest import Call

HOLD = ("--seat", "all=hold")


def json_of(call: Call, *arguments: object) -> dict[str, Any]:
    result = call("run", *arguments, "--json", "-")
    assert result.exit_code == 0, result.stderr
    value = json.loads(result.stdout)
    assert isinstance(value, dict)
    return value


def test_json_has_the_published_shape(call: Call) -> None:
    value = json_of(call, "pax_silica_2026", "--quarters", 2, *HOLD)
    assert list(value) == [
        "scenario", "seed", "worlds", "quarters", "rules_hash", "scenario_hash", "state_hashes", "standings", "race",
        "bottleneck", "refused_orders", "contracts", "seconds", "game_turns_per_second",
    ]  # fmt: skip
    assert (value["scenario"], value["seed"], value["worlds"], value["quarters"]) == ("pax_silica_2026", 1, 1, 2)
    assert [len(quarter) for quarter in value["state_hashes"]] == [1, 1, 1]
    assert all(len(value[name]) == 64 for name in ("rules_hash", "scenario_hash"))
    assert [row["rank"] for row in value["standings"]] == list(range(1, 17))
    assert all(set(row) == {"nation", "rank", "score", "par", "points"} for row in value["standings"])
    assert [len(bar) for bar in value["race"].values()] == [3, 3]
    assert len(value["bottleneck"]) == 2
    assert value["game_turns_per_second"] == pytest.approx(2 / value["seconds"])


def test_points_are_blank_for_part_of_a_game(call: Call) -> None:
    rows = json_of(call, "classroom", "--quarters", 1, *HOLD)["standings"]
    assert {(row["par"], row["points"]) for row in rows} == {(None, None)}
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)


def test_world_of_a_batch_is_the_game_of_its_own_seed(call: Call) -> None:
    batch = json_of(call, "classroom", "--quarters", 3, "--seed", 7, "--worlds", 4)
    alone = json_of(call, "classroom", "--quarters", 3, "--seed", 9)
    assert [quarter[2:3] for quarter in batch["state_hashes"]] == alone["state_hashes"]
    assert batch["by_world"][2]["seed"] == 9
    assert batch["by_world"][2]["race"] == alone["race"]
    assert {k: type(v) for k, v in batch.items() if k != "by_world"} == {k: type(v) for k, v in alone.items()}


def test_two_processes_play_the_same_game() -> None:
    command = [sys.executable, "-m", "game", "run", "pax_silica_2026", "--quarters", "2", "--json", "-"]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT) for _ in range(2)]
    hashes = [json.loads(run.stdout)["state_hashes"] for run in runs]
    assert hashes[0] == hashes[1]
    assert hashes[0][0] != hashes[0][1]


def test_digest_goes_to_stderr_and_standings_to_stdout(call: Call) -> None:
    result = call("run", "classroom", "--quarters", 2, *HOLD)
    assert [line[:6] for line in result.stderr.splitlines() if line.startswith("2026")] == ["2026Q1", "2026Q2"]
    assert result.stdout.startswith("rank")
    assert "Points are blank" in result.stdout


def test_override_changes_the_game_and_its_hash(call: Call) -> None:
    plain = json_of(call, "classroom", "--quarters", 1, *HOLD)
    changed = json_of(call, "classroom", "--quarters", 1, *HOLD, "--set", "places.JPN.engineers=60")
    assert plain["scenario_hash"] != changed["scenario_hash"]
    assert plain["state_hashes"][0] != changed["state_hashes"][0]


def test_uncertain_draws_each_world_by_its_own_seed(call: Call) -> None:
    both = json_of(call, "classroom", "--quarters", 1, *HOLD, "--uncertain", "--worlds", 2, "--seed", 3)
    second = json_of(call, "classroom", "--quarters", 1, *HOLD, "--uncertain", "--seed", 4)
    certain = json_of(call, "classroom", "--quarters", 1, *HOLD, "--seed", 4)
    assert [quarter[1:] for quarter in both["state_hashes"]] == second["state_hashes"]
    assert second["state_hashes"] != certain["state_hashes"]


def test_tables_have_a_row_for_each_world_quarter_and_place(call: Call, tmp_path: Path) -> None:
    assert call("run", "classroom", "--quarters", 2, *HOLD, "--worlds", 2, "--csv", tmp_path / "t").exit_code == 0
    for name, key in (("places", "place"), ("firms", "firm"), ("goods", "good")):
        with (tmp_path / "t" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        keys = [(row["world"], row["quarter"], row[key]) for row in rows]
        assert len(set(keys)) == len(keys)
        assert {(w, q) for w, q, _ in keys} == {(w, q) for w in "01" for q in ("2025Q4", "2026Q1", "2026Q2")}


ORDERS = """\
orders:
  - {quarter: 2026Q1, seat: CHN, order: control, class: minerals, good: silicon, target: KOR, level: ban}
  - {quarter: 2026Q1, seat: JPN, order: subsidise, firm: rapidus, site: chitose, node: 2, amount: 900000}
"""


def test_refused_order_is_told_with_its_reason_and_the_rest_is_played(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "orders.yaml"
    file.write_text(ORDERS)
    value = json_of(call, "classroom", "--quarters", 1, *HOLD, "--orders", file)
    refused = value["refused_orders"]
    assert [(row["quarter"], row["seat"], row["order"]) for row in refused][-1] == ("2026Q1", "JPN", "subsidise")
    assert "treasury" in refused[-1]["reason"]
    plain = json_of(call, "classroom", "--quarters", 1, *HOLD)
    assert plain["refused_orders"] == []


def test_strict_ends_with_1_on_a_refused_order(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "orders.yaml"
    file.write_text(ORDERS)
    arguments = ("run", "classroom", "--quarters", 1, *HOLD, "--orders", file)
    assert call(*arguments).exit_code == 0
    result = call(*arguments, "--strict")
    assert result.exit_code == 1
    assert "refused: 2026Q1 JPN subsidise: it costs" in result.stderr


def test_saved_run_is_verified_by_its_replay(call: Call, tmp_path: Path) -> None:
    file, save = tmp_path / "orders.yaml", tmp_path / "game.paxsave"
    file.write_text(ORDERS)
    assert call("run", "classroom", "--quarters", 3, "--orders", file, "--save", save).exit_code == 0
    result = call("replay", save, "--verify")
    assert (result.exit_code, result.stdout) == (0, f"{save}: verified, 3 quarters\n")
    shown = call("replay", save)
    assert [line[:6] for line in shown.stdout.splitlines() if line.startswith("2026")] == ["2026Q1", "2026Q2", "2026Q3"]


def test_damaged_save_is_refused(call: Call, tmp_path: Path) -> None:
    save = tmp_path / "game.paxsave"
    save.write_bytes(b"PK\x03\x04 not a save")
    result = call("replay", save, "--verify")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


DEAL = """\
orders:
  - quarter: 2026Q1
    seat: JPN
    order: propose
    parties: [AUS]
    clauses:
      - {clause: money, giver: JPN, taker: AUS, quantity: 0.05}
      - {clause: certify, giver: AUS, taker: JPN}
    quarters: 2
  - {quarter: 2026Q1, seat: AUS, order: answer, offer: JPN/1}
  - {quarter: 2026Q1, seat: KOR, order: answer, offer: JPN/1}
  - quarter: 2026Q2
    seat: JPN
    order: propose
    parties: [AUS]
    clauses: [{clause: money, giver: JPN, taker: AUS, quantity: 200}]
"""


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    """An order file with a contract that is signed, an answer to nothing, and a promise beyond a budget."""
    file = tmp_path / "deal.yaml"
    file.write_text(DEAL, encoding="utf-8")
    return file


def test_listed_contract_is_signed_kept_and_runs_out(call: Call, deal: Path) -> None:
    value = json_of(call, "pax_silica_2026", "--quarters", 3, *HOLD, "--orders", deal)
    # Who holds may renew it.
    found = next(row for row in value["contracts"] if row["proposer"] == "JPN")
    assert found["clauses"] == [
        {"clause": "money", "giver": "JPN", "taker": "AUS", "quantity": 0.05},
        {"clause": "certify", "giver": "AUS", "taker": "JPN"},
    ]
    assert (found["parties"], found["status"]) == (["JPN", "AUS"], "expired")
    assert (found["signed"], found["until"], found["ended"]) == ("2026Q1", "2026Q2", "2026Q2")


def test_listed_breach_is_told_with_who_broke_and_why(call: Call, deal: Path) -> None:
    listed = json_of(call, "pax_silica_2026", "--quarters", 1, *HOLD, "--orders", deal)["contracts"]
    number = next(row["number"] for row in listed if row["proposer"] == "JPN")
    deal.write_text(f"{DEAL}  - {{quarter: 2026Q2, seat: AUS, order: break, contract: {number}}}\n", encoding="utf-8")
    value = json_of(call, "pax_silica_2026", "--quarters", 2, *HOLD, "--orders", deal)
    broken = next(row for row in value["contracts"] if row["number"] == number)
    assert (broken["status"], broken["breaker"], broken["reason"]) == ("broken", "AUS", "gave notice")
    assert (broken["ended"], broken["until"]) == ("2026Q2", "2026Q2")


def test_refused_words_are_told_with_their_reason(call: Call, deal: Path) -> None:
    result = call("run", "pax_silica_2026", "--quarters", 2, *HOLD, "--orders", deal, "--strict")
    assert result.exit_code == 1
    refused = [line for line in result.stderr.splitlines() if line.startswith("refused")]
    assert refused == [
        "refused: 2026Q1 KOR answer: no such offer is open to this seat in this round",
        "refused: 2026Q2 JPN propose: the giver cannot deliver that: it lacks the goods, the money, the know-how or "
        "the market",
    ]
    told = [line.strip() for line in result.stderr.splitlines() if "Japan and Australia" in line]
    assert [line.split()[0] for line in told] == ["signed", "expired"]
    assert told[0].endswith(
        "until 2026Q2: Japan pays Australia $50 m a quarter; Australia and Japan certify their "
        "silicon by the same audit"
    )


def test_saved_run_with_contracts_is_verified(call: Call, deal: Path, tmp_path: Path) -> None:
    save = tmp_path / "deal.paxsave"
    arguments = ("run", "pax_silica_2026", "--quarters", 2, *HOLD, "--orders", deal)
    assert call(*arguments, "--save", save, "--csv", tmp_path / "t").exit_code == 0
    result = call("replay", save, "--verify")
    assert (result.exit_code, result.stdout) == (0, f"{save}: verified, 2 quarters\n")
    with (tmp_path / "t" / "contracts.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["proposer"] == "JPN"]
    assert [(row["clause"], row["giver"], row["quantity"]) for row in rows] == [
        ("money", "JPN", "0.05"), ("certify", "AUS", ""),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["pax_silica_2026", "classroom"])
def test_whole_game_ends_with_a_winner(call: Call, scenario: str) -> None:
    value = json_of(call, scenario)
    assert len(value["state_hashes"]) == value["quarters"] + 1
    # Ranks go by points against par: the widest seat has the highest score and does not win by it.
    points = [row["points"] for row in value["standings"]]
    assert points == sorted(points, reverse=True)
    assert points[0] > max(0.0, points[-1])
