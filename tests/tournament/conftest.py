"""A short scenario with a par table of its own, strategies that fail in every way, and tournaments of them."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from game.files.par_tables import ParTable, SeatPar, write_par
from game.files.rules_hash import rules_hash
from game.files.scenarios import bundled

SHORT = "based_on: classroom\nname: short\nquarters: 2\nepilogue_quarters: 0\n"
WRONG = {
    "raises": "if counsel.view.quarter == 1 and (counsel.view.state.cash[counsel.seat] % 0.02 < 0.01).any():\n"
    "            raise ValueError('no idea')",
    "rubbish": "counsel.give(5)",
    "mutates": "counsel.view.market.price[:] = 9.0",
    "prints": "import sys; print('{\"rows\": []}'); sys.stdout.flush()",
    "leaves": "import sys; sys.exit(3)",
    "loops": "while True:\n            pass",
    "ends": "import os; os._exit(7)",
}
"""Bodies of `decide` of strategies that go wrong."""

Cup = Callable[..., Path]


def strategy_text(name: str) -> str:
    head = f'"""For tests."""\n\n\nclass Wrong:\n    """Goes wrong."""\n\n    name = "{name}"\n    motto = "x"\n\n'
    return f'{head}    def decide(self, counsel):\n        """Decide."""\n        {WRONG[name]}\n'


def par_of(scenario_file: Path) -> ParTable:
    """A par table with other numbers for each seat, valid for the rules as they are."""
    scenario = bundled(str(scenario_file))
    seats = {code: SeatPar(45.0 + i, 0.1, 5.0 + i, {}, [45.0], {"a": 44.0}) for i, code in enumerate(scenario.seats)}
    return ParTable(scenario.name, scenario.content_hash, rules_hash(), 512, 1, "made for tests", seats)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scenario, its par table, and the strategies."""
    made = tmp_path_factory.mktemp("tournament")
    (made / "short.yaml").write_text(SHORT, encoding="utf-8")
    write_par(made / "par" / "short.json", par_of(made / "short.yaml"))
    for name in WRONG:
        (made / f"{name}.py").write_text(strategy_text(name), encoding="utf-8")
    return made


def tournament_file(folder: Path, name: str, **keys: object) -> Path:
    """Write a tournament file; keys not given are those of a small round robin, and None leaves a key out."""
    whole = {
        "scenarios": ["short.yaml"], "strategies": ["hold", "greedy"], "seeds": 4, "seats": ["USA", "CHN", "JPN"],
        "par": "par", **keys,
    }  # fmt: skip
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps({key: value for key, value in whole.items() if value is not None}), encoding="utf-8")
    return path


@pytest.fixture
def cup(folder: Path, request: pytest.FixtureRequest) -> Cup:
    """Write a tournament file for this test."""
    return partial(tournament_file, folder, request.node.name.partition("[")[0])
