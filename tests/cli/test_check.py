"""Every class of bad input is refused by `check`: where, what is allowed, exit 2; and none is dear."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from game.files.paths import scenario_path
from tests.architecture.sources import ROOT
from tests.cli.conftest import Call

OVER = "based_on: pax_silica_2026\nname: mine\n"
ORDER = "orders:\n  - {quarter: 2026Q2, seat: JPN, order: "

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
)

WRONG_SCENARIOS = {
    "duplicate key": (OVER + "quarters: 8\nquarters: 9\n", 4, "quarters"),
    "unknown key with a near name": (OVER + "places: {JPN: {enginers: {value: 3, estimate: x}}}\n", 3, "engineers"),
    "wrong unit": (OVER + "places: {JPN: {gdp: {value: 4, unit: USD m, estimate: x}}}\n", 3, "USD bn per year"),
    "wrong sign": (OVER + "places: {JPN: {engineers: {value: -4, estimate: x}}}\n", 3, "thousand"),
    "share above one": (OVER + "places: {JPN: {approval: {value: 1.2, estimate: x}}}\n", 3, "1"),
    "not a number": (OVER + "places: {JPN: {engineers: .nan}}\n", 3, "nan"),
    "text for a number": (OVER + "places: {JPN: {engineers: many}}\n", 3, "number"),
    "dangling reference": (OVER + "hubs: [SGP, XYZ]\n", 3, "XYZ"),
    "unknown source": (OVER + "places: {JPN: {wage: {value: 1, source: nobody, date: '2025'}}}\n", 3, "sources.yaml"),
    "missing source": (OVER + "events: {storm: {words: A storm, effects: {plants: 1}, odds: 0.1}}\n", 3, "no source"),
    "range the wrong way round": (OVER + "places: {JPN: {wage: {value: 1, low: 2, high: 3, estimate: x}}}\n", 3, "low"),
    "parameter out of range": (OVER + "parameters: {market: {stickiness: 9}, estimate: x}\n", 3, "0.1 to 0.6"),
    "alias bomb": (BOMB, 1, "anchor"),
    "merge bomb": ("a: {b: 1}\nc: {<<: {d: 1}}\n", 2, "<<"),
    "deep nesting": ("a: " + "[" * 5000, 1, "deep"),
    "tab": (OVER + "\tquarters: 8\n", 3, "tab"),
    "half a file": (OVER + "places: {JPN: {engineers: {value: 4, esti", 3, ""),
    "no mapping": ("- 1\n- 2\n", 1, ""),
    "empty": ("", 0, ""),
}  # fmt: skip

WRONG_ORDERS = {
    "duplicate key": (ORDER + "visa, thousands: 1, thousands: 2}\n", 2, "thousands"),
    "unknown key with a near name": (ORDER + "visa, thousand: 1}\n", 2, "did you mean 'thousands'?"),
    "unknown kind": (ORDER + "vissa, thousands: 1}\n", 2, "did you mean 'visa'?"),
    "wrong sign": (ORDER + "visa, thousands: -1}\n", 2, "above 0 is needed (thousand people)"),
    "text for a number": (ORDER + "visa, thousands: 1 USD}\n", 2, "a number is needed (thousand people)"),
    "share above one": (ORDER + "dial, dial: grid, share: 1.5}\n", 2, "most allowed 1"),
    "not a number": (ORDER + "visa, thousands: .nan}\n", 2, "nan"),
    "unknown seat": ("orders: [{quarter: 2026Q2, seat: JPM, order: visa, thousands: 1}]", 1, "did you mean 'JPN'?"),
    "unknown plant": (ORDER + "fast_track, plant: rapidus_chitos}\n", 2, "did you mean 'rapidus_chitose'?"),
    "plant of several": (ORDER + "fast_track, firm: rapidus, site: chitose}\n", 2, "rapidus_chitose or"),
    "unknown target": (ORDER + "control, class: chips, target: CHM, level: ban}\n", 2, "did you mean 'CHN'?"),
    "good of another class": (ORDER + "refuse, class: chips, good: neon, target: CHN}\n", 2, "not of class chips"),
    "unknown level": (ORDER + "control, class: chips, target: CHN, level: bann}\n", 2, "did you mean 'ban'?"),
    "missing key": (ORDER + "control, class: chips, level: ban}\n", 2, "target is missing"),
    "no quarter": (ORDER.replace("2026Q2", "2026Q5") + "visa, thousands: 1}\n", 2, "write it like 2026Q3"),
    "after the end": (ORDER.replace("2026Q2", "2036Q1") + "visa, thousands: 1}\n", 2, "2026Q1 to 2033Q4"),
    "no list": ("orders: {quarter: 2026Q2}\n", 1, "list"),
    "another key": ("order: x\norders: []\n", 1, "allowed: orders, scenario"),
    "tab": (ORDER + "visa,\tthousands: 1}\n", 2, "tab"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"), [*WRONG_SCENARIOS.values(), *WRONG_ORDERS.values()],
    ids=[f"scenario, {n}" for n in WRONG_SCENARIOS] + [f"orders, {n}" for n in WRONG_ORDERS],
)  # fmt: skip
def test_wrong_file_is_refused_where_it_is_wrong(call: Call, tmp_path: Path, text: str, line: int, said: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    result = call("check", file)
    assert result.exit_code == 2
    first = result.stderr.splitlines()[0]
    assert first.startswith(f"{file}:{line}:" if line else f"{file}: "), first
    assert said in first


def test_text_that_is_not_utf8_is_refused(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(OVER.encode() + b"title: caf\xe9\n")
    result = call("check", file)
    assert result.exit_code == 2
    assert f"{file}:3:11: byte 0xe9 is not UTF-8" in result.stderr


def test_good_files_pass(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "orders.yaml"
    file.write_text(ORDER + "visa, thousands: 1}\n")
    assert call("check", file).stdout.startswith(f"{file}: 1 orders for pax_silica_2026")
    assert call("check", scenario_path("classroom")).exit_code == 0


MEASURED = """
import json, resource, sys
from game.cli import main
from game.lab.memory import peak_bytes
code = 0
try:
    main(["check", sys.argv[1]])
except SystemExit as ended:
    code = ended.code
use = resource.getrusage(resource.RUSAGE_SELF)
seconds = use.ru_utime + use.ru_stime
print(json.dumps({"code": code, "seconds": seconds, "megabytes": peak_bytes() / 1e6}))
"""


def large_files(folder: Path) -> dict[str, Path]:
    """Bad files as large as they come."""
    whole = scenario_path("pax_silica_2026").read_text(encoding="utf-8")
    texts = {
        "50 MB": "a: b\n" * 10_000_000,
        "half of a scenario": whole[: len(whole) // 2],
        "scenario with one wrong key": whole.replace("\nevents:\n", "\nevnets:\n"),
        "aliases": BOMB,
        "many orders": "orders:\n" + '  - {quarter: 2026Q2, seat: X, order: visa, thousands: 1}\n' * 1000,
    }  # fmt: skip
    return {name: _written(folder / f"{i}.yaml", text) for i, (name, text) in enumerate(texts.items())}


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.skipif(not hasattr(resource, "RUSAGE_SELF"), reason="the platform does not count memory")
def test_refusing_takes_less_than_two_seconds_and_200_megabytes(tmp_path: Path) -> None:
    for name, file in large_files(tmp_path).items():
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(file)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        use = json.loads(done.stdout.splitlines()[-1])
        assert use["code"] == 2, name
        assert use["seconds"] < 2, name
        assert use["megabytes"] < 200, name
