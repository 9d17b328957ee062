"""Transcripts of short games: what `tests/golden` keeps, and how it is made anew.

After a change of the rules that is meant: `python -m tests.golden.transcripts`, then read the difference.
"""

from pathlib import Path

from game.files.scenarios import read_scenario
from game.lab.digest import digest
from game.lab.report import standings, standings_text
from game.lab.run import Plan, Run

FOLDER = Path(__file__).parent
SCENARIOS = ("classroom", "pax_silica_2026")
SEED, QUARTERS = 1, 6


def transcript(name: str) -> str:
    """Six quarters with every seat on `steady`: a digest of each, the scores, and the hash of the last state."""
    run = Run(read_scenario(name).scenario, Plan(name, SEED, quarters=QUARTERS))
    lines = [f"{name}, seed {SEED}, every seat on steady"]
    before = run.race.world
    for _ in run.quarters():
        lines += digest(before, run.race.world, run.scenario)
        before = run.race.world
    lines += standings_text(run.scenario, standings(run.scenario, run.record, None), "")
    return "\n".join([*lines, f"state {run.record.hashes[-1][0]}", ""])


def path_of(name: str) -> Path:
    """Where the transcript of a scenario is kept."""
    return FOLDER / f"{name}.txt"


if __name__ == "__main__":
    for name in SCENARIOS:
        path_of(name).write_text(transcript(name), encoding="utf-8")
