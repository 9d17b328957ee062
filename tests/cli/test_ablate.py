"""`ablate` and `statecraft`: what they print, write and refuse."""

import json

from tests.cli.conftest import Call, one_line


def test_ablate_tells_each_system_and_writes_every_figure(call: Call) -> None:
    result = call("ablate", "classroom", "--systems", "S23,S2", "--worlds", 2, "--quarters", 2, "--json", "-")
    assert result.exit_code == 0
    value = json.loads(result.stdout)
    assert [(row["id"], row["named"]["figure"]) for row in value["systems"]] == [
        ("S23", "output_lost"), ("S2", "idle_fab_quarters"),
    ]  # fmt: skip
    assert {"score JPN", "chip_independence", "orders subsidise", "contracts signed"} <= {
        row["figure"] for row in value["systems"][0]["figures"]
    }
    assert [line[:4].strip() for line in result.stderr.splitlines() if line.startswith("S")] == ["S23", "S2"]


def test_unknown_system_is_refused_with_the_valid_ones(call: Call) -> None:
    result = call("ablate", "classroom", "--systems", "S99")
    assert result.exit_code == 2
    assert "unknown system 'S99'" in one_line(result.stderr)


def test_statecraft_writes_its_measures(call: Call) -> None:
    result = call("statecraft", "classroom", "--worlds", 2, "--quarters", 3, "--json", "-")
    assert result.exit_code == 0
    names = [row["name"] for row in json.loads(result.stdout)["measures"]]
    assert "contracts signed a game" in names
    assert len(names) == len(set(names))
