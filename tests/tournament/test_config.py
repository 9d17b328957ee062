"""A tournament file is checked before anything is played: where, what, what is allowed, and the near name."""

from pathlib import Path

import pytest

from game.core.errors import InputError, PaxError
from game.tournament.config import read_tournament, tournament_of
from game.tournament.content import strategy_hash
from tests.tournament.conftest import Cup

GOOD = """\
scenarios: [short.yaml]
strategies: [hold, greedy]
seeds: 4
seats: [USA, CHN]
par: par
"""


def said(folder: Path, text: str) -> list[str]:
    """What is wrong with a file of this text, without its folder."""
    path = folder / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_tournament(path)
    return [line.removeprefix(f"{folder}/") for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    ("was", "becomes", "line"),
    [
        ("par: par", "pars: x", "wrong.yaml:5:1: pars: unknown key (did you mean 'par'?)"),
        ("seeds: 4", "seeds: none", "wrong.yaml:3:8: seeds: 'none' is text; a whole number or a mapping is needed"),
        ("seeds: 4", "seeds: {first: 3}", "wrong.yaml:3:8: seeds.count: missing; how many seeds"),
        ("seeds: 4", "seeds: 0", "wrong.yaml:3:8: seeds: 0 is below the least allowed 1"),
        (
            "greedy",
            "gredy",
            "wrong.yaml:2:20: strategies.1: unknown strategy 'gredy' (did you mean 'greedy'?); valid: ",
        ),
        ("greedy", "hold", "wrong.yaml:2:20: strategies.1: 'hold' is named 2 times; once is enough"),
        ("greedy", "no.py", "wrong.yaml:2:20: strategies.1: no strategy file 'no.py'; paths count from the folder of "),
        ("greedy", "bad.py", "wrong.yaml:2:20: strategies.1: 'bad.py' cannot be read as Python: '(' was never closed"),
        ("greedy", "greedy.py", "wrong.yaml:2:20: strategies.1: 'greedy' is the name of an installed strategy; give "),
        ("CHN", "CHM", "wrong.yaml:4:14: seats.1: short: unknown seat 'CHM' (did you mean 'CHN'?); valid: USA, CHN"),
        ("CHN", "USA", "wrong.yaml:4:14: seats.1: 'USA' is named 2 times; once is enough"),
        (
            "short.yaml",
            "classrom",
            "wrong.yaml:1:13: scenarios.0: unknown scenario 'classrom' (did you mean 'classroom'",
        ),
        ("short.yaml", "x.yaml", "wrong.yaml:1:13: scenarios.0: x.yaml: no such file"),
        ("par: par", "format: laddder", "wrong.yaml:5:9: format: 'laddder' is not allowed (did you mean 'ladder'?)"),
        ("par: par", "batch: 65", "wrong.yaml:5:8: batch: 65 is above the most allowed 64 (games)"),
        ("par: par", "decision_seconds: 0", "wrong.yaml:5:19: decision_seconds: 0 is below the least allowed 0.1 "),
        ("[hold, greedy]", "[hold]\nformat: ladder", "wrong.yaml:2:13: strategies: one strategy; each strategy meets"),
        ("[USA, CHN]", "[USA]\nformat: gauntlet", "wrong.yaml:4:8: seats: 1 seats; gauntlet needs at least two that"),
        (GOOD, "- 1\n", "wrong.yaml:1:1: a tournament is a mapping of keys to values"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(folder: Path, was: str, becomes: str, line: str) -> None:
    (folder / "bad.py").write_text("x = (\n", encoding="utf-8")
    (folder / "greedy.py").write_text("x = 1\n", encoding="utf-8")
    lines = said(folder, GOOD.replace(was, becomes))
    assert len(lines) == 1
    assert lines[0].startswith(line)


def test_everything_wrong_is_said_in_the_order_of_the_file(folder: Path) -> None:
    lines = said(folder, "scenarios: [nowhere]\nstrategies: [stedy]\nseeds: 1\nseats: [XXX]\n")
    assert [line.split(":")[1] for line in lines] == ["1", "2"], "seats are of a scenario that is not known"


def test_a_scenario_that_is_wrong_is_said_with_its_own_place(folder: Path) -> None:
    (folder / "off.yaml").write_text("based_on: classroom\nname: off\nquarters: 2\nquaters: 3\n", encoding="utf-8")
    (line,) = said(folder, GOOD.replace("short.yaml", "off.yaml"))
    assert line.startswith("off.yaml:4:1: quaters: unknown key")


def test_seeds_are_a_number_or_a_first_and_a_count(cup: Cup) -> None:
    assert (read_tournament(cup(seeds=7)).first_seed, read_tournament(cup(seeds=7)).seeds) == (1, 7)
    found = read_tournament(cup(seeds={"first": 1001, "count": 3}))
    assert (found.first_seed, found.seeds) == (1001, 3)


def test_seats_not_named_are_all(cup: Cup) -> None:
    found = read_tournament(cup(seats=None))
    assert found.seats == found.scenarios[0].seats


def test_a_missing_or_stale_par_table_is_named(cup: Cup, folder: Path) -> None:
    assert read_tournament(cup()).par_missing == ()
    (missing,) = read_tournament(cup(par="elsewhere")).par_missing
    assert "short: no par table" in missing
    assert "`pax-silica par short` makes one" in missing
    stale = folder / "stale"
    stale.mkdir(exist_ok=True)
    text = (folder / "par" / "short.json").read_text(encoding="utf-8")
    (stale / "short.json").write_text(text.replace('"rules_hash": "', '"rules_hash": "0'), encoding="utf-8")
    (found,) = read_tournament(cup(par="stale")).par_missing
    assert "short.json: the par table is for other rules" in found
    assert read_tournament(cup(par="stale")).par == {}


def test_what_the_command_line_describes_is_checked_in_one_line() -> None:
    with pytest.raises(PaxError, match=r"^unknown strategy 'gredy' \(did you mean 'greedy'\?\)"):
        tournament_of({"scenarios": ["classroom"], "strategies": ["gredy", "hold"], "seeds": 1})


def test_content_hash_follows_what_a_strategy_says_and_not_how(folder: Path, tmp_path: Path) -> None:
    text = (folder / "prints.py").read_text(encoding="utf-8")
    found = []
    for k, changed in enumerate((text, f"# a note\n{text}", text.replace("sys.stdout.flush()", "print(1)"))):
        path = tmp_path / str(k) / "prints.py"
        path.parent.mkdir()
        path.write_text(changed, encoding="utf-8")
        found.append(strategy_hash("prints", path))
    assert found[0] == found[1]
    assert found[0] != found[2]
    assert strategy_hash("hold", None) != strategy_hash("greedy", None)


def test_content_hash_follows_what_a_strategy_imports_from_the_agents(folder: Path, tmp_path: Path) -> None:
    text = (folder / "prints.py").read_text(encoding="utf-8")
    path = tmp_path / "prints.py"
    path.write_text(text, encoding="utf-8")
    alone = strategy_hash("prints", path)
    other = tmp_path / "b" / "prints.py"
    other.parent.mkdir()
    other.write_text(text + "\n\nfrom agents.strategies.greedy import Greedy as Greedy\n", encoding="utf-8")
    assert strategy_hash("prints", other) != alone
