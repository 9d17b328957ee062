"""What every command has in common: help, version, errors in one line, exit codes."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result

from game.cli.group import COMMANDS
from tests.architecture.sources import ROOT
from tests.cli.conftest import Call, one_line


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command, env = [sys.executable, *arguments], {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=env)


def test_help_lists_every_command(call: Call) -> None:
    result = call("--help")
    assert result.exit_code == 0
    assert all(f"  {name} " in result.stdout for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_shows_an_example(call: Call, command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"pax-silica {command}" in result.stdout


def test_help_loads_no_heavy_library() -> None:
    heavy = "('mesa', 'pandas', 'pygame', 'numpy', 'yaml', 'pydantic')"
    code = (
        "import sys\nfrom game.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    assert shell("-c", code).stdout.splitlines()[-1] == "[]"


def test_help_answers_at_once() -> None:
    started = time.perf_counter()
    assert shell("-m", "game", "--help").returncode == 0
    assert time.perf_counter() - started < 3, "the aim is 0.3 s; this limit only catches a heavy import"


def test_module_and_version(call: Call) -> None:
    assert call("--version").stdout.startswith("pax-silica 0.")
    assert shell("-m", "game", "--version").stdout == call("--version").stdout


@pytest.mark.parametrize(
    ("arguments", "said", "valid"),
    [
        (["rnu"], "unknown command 'rnu' (did you mean 'run'?)", "sanity"),
        (["run", "pax_silica"], "unknown scenario 'pax_silica'", "classroom, pax_silica_2026"),
        (["run", "absent.yaml"], "absent.yaml: no such file", ""),
        (["run", "classroom", "--seat", "JPM=hold"], "unknown nation 'JPM' (did you mean 'JPN'?)", "USA, CHN, JPN"),
        (["run", "classroom", "--seat", "JPN=stedy"], "unknown strategy 'stedy' (did you mean 'steady'?)", "hold"),
        (["run", "classroom", "--seat", "JPN"], "--seat JPN: write SEAT=STRATEGY", ""),
        (["run", "classroom", "--quarters", "-3"], "--quarters -3", "1 to 24 quarters"),
        (["run", "classroom", "--quarters", "25"], "--quarters 25", "1 to 24 quarters"),
        (["run", "classroom", "--worlds", "0"], "'--worlds'", "1<=x<=4096"),
        (["run", "classroom", "--sed", "1"], "--sed", "--seed"),
        (["run", "classroom", "--save", "x.paxsave", "--worlds", "2"], "--save needs --worlds 1", ""),
        (["run", "classroom", "--seat", "JPN=hold", "--seat", "JPN=greedy"], "JPN is given to 'hold' already", ""),
        (["run", "classroom", "--save", "-"], "a save does not go to stdout", ""),
        (["run", "classroom", "--save", "/dev/null"], "'/dev/null' is no regular file", ""),
        (["run", "classroom", "--save", ""], "'' is no regular file", ""),
        (["run", "classroom", "--csv", ""], "'' is no folder", ""),
        (["run", "classroom", "--csv", "README.md"], "'README.md' is no folder", ""),
        (["run", "classroom", "--set", "places.JPN.engineers=-3"], "--set places.JPN.engineers=-3: places.JPN", "0"),
        (["run", "classroom", "--set", "places.JPM.engineers=3"], "unknown 'JPM' (did you mean 'JPN'?)", "USA, CHN"),
        (["run", "classroom", "--set", "parameters.market.stickines=0.3"], "did you mean 'market.stickiness'?", ""),
        (["run", "classroom", "--set", "parameters.market.stickiness=7"], "7 is outside 0.1 to 0.6", ""),
        (["run", "classroom", "--json", "no_folder/x.json"], "no such folder", ""),
        (["play", "--nation", "JPM"], "unknown nation 'JPM' (did you mean 'JPN'?)", "USA, CHN, JPN"),
        (["play", "--load", "absent.paxsave"], "absent.paxsave: no such file", ""),
        (["list", "nation"], "did you mean 'nations'?", "scenarios, strategies"),
        (["glossary", "bottlneck"], "did you mean 'bottleneck'?", ""),
        (["sweep", "classroom", "--csv", "x", "--vary", "places"], "write PATH=a,b,c or PATH=low..high", ""),
        (["sweep", "classroom", "--csv", "x", "--vary", "a.b=1..x"], "two numbers are needed", ""),
        (["screenshot", "main", "-o", "x.png", "--size", "big"], "write WIDTHxHEIGHT", "320 to 8192"),
        (["screenshot", "main", "-o", "x.jpg"], ".png", ""),
        (["replay", "absent.paxsave"], "absent.paxsave: no such file", ""),
        (["check", "absent.yaml"], "absent.yaml: no such file", ""),
    ],
)
def test_wrong_input_is_one_line_on_stderr_and_exit_2(call: Call, arguments: list[str], said: str, valid: str) -> None:
    result: Result = call(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    line = one_line(result.stderr)
    assert said in line
    assert valid in line


REFUSED_EARLY = [
    ["run", "pax_silica_2026", "--seat", "XXX=steady"],
    ["run", "pax_silica_2026", "--seat", "JPN=wobbly"],
    ["run", "pax_silica_2026", "--seat", "JPN=absent.py"],
    ["run", "pax_silica_2027"],
    ["run", "classroom", "--set", "places.XXX.engineers=60"],
    ["run", "classroom", "--quarters", "99"],
    ["play", "--nation", "XXX"],
    ["play", "--scenario", "pax_silica_2027"],
    ["sweep", "classroom", "--csv", "x", "--vary", "places.XXX.engineers=1,2"],
    ["par", "pax_silica_2027"],
    ["sanity", "pax_silica_2027"],
    ["replay", "absent.paxsave"],
]


@pytest.mark.parametrize("arguments", REFUSED_EARLY, ids=" ".join)
def test_wrong_names_are_refused_before_heavy_libraries_are_read(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom game.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as end:\n"
        "    print(end.code, *sorted({'mesa', 'pandas', 'pygame', 'scipy'} & set(sys.modules)))"
    )
    done = shell("-c", code)
    assert done.stdout == "2\n"
    one_line(done.stderr)


def test_wrong_sweep_leaves_no_file(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for wrong in (["--vary", "places.JPN.engineers=1,-2"], ["--vary", "quarters=8,9", "--seat", "JPM=hold"]):
        assert call("sweep", "classroom", *wrong, "--csv", folder).exit_code == 2
        assert not folder.exists()


STRATEGY = "import sys\nclass S:\n    name, motto = 'mine', 'x'\n    def decide(self, counsel):\n        "


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (STRATEGY + "raise KeyError('boom')", "strategy of JPN in 2026Q1: KeyError: 'boom' (FILE:5)"),
        (STRATEGY + "raise ValueError('a\\nb')", "strategy of JPN in 2026Q1: ValueError: a b (FILE:5)"),
        (STRATEGY + "sys.exit(0)", "strategy of JPN in 2026Q1: SystemExit: 0 (FILE:5)"),
        (STRATEGY + "counsel.give(5)", "strategy of JPN in 2026Q1: "),
        (STRATEGY + "counsel.view.market.price[:] = 9", "read-only"),
        (
            STRATEGY + "from game.core.orders import Visa; counsel.give(Visa(float('nan')))",
            "strategy of JPN in 2026Q1: 'thousands' of an order 'visa' is not a finite number",
        ),
        ("x = (", "strategy 'FILE': SyntaxError: '(' was never closed"),
        ("import no_such_module", "strategy 'FILE': ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_faulty_strategy_is_named_in_one_line(call: Call, tmp_path: Path, code: str, said: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(code, encoding="utf-8")
    result = call("run", "classroom", "--quarters", 1, "--seat", f"JPN={path}", "--json", tmp_path / "out.json")
    assert result.exit_code == 2
    assert said.replace("FILE", str(path)) in one_line(result.stderr)
    assert not (tmp_path / "out.json").exists()


def test_a_terminal_without_the_letters_shows_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text('based_on: classroom\nname: x\ntitle: "\u65e5"\n', encoding="utf-8")
    done = shell("-m", "game", "check", str(path), PYTHONIOENCODING="latin1")
    assert done.returncode == 0, done.stderr
    assert "\\u65e5" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_under_stdout_is_told_in_one_line() -> None:
    command = f"{sys.executable} -m game list parameters > /dev/full"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert one_line(done.stderr) == "No space left on device"


def test_a_closed_pipe_ends_without_noise() -> None:
    command = f"{sys.executable} -m game list parameters | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout.startswith("parameters.")
    assert done.stderr == ""
