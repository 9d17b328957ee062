"""Speed and memory, measured as issue and README state them: `step()` on the baseline with every seat on `steady`.

Each timing is the median of five runs of eight quarters after four warm-up quarters, without collection, hash, save or
reasons; those are timed by themselves. The cost of one small array addition on the same machine stands beside each, and
the figure as a multiple of it, so that machines can be compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from agents.futures import Futures
from agents.model import ChipRace
from game.core.diplomacy import Clause, Propose
from game.core.orders import SovereignCompute
from game.core.world import World, state_hash
from game.explain import quarter_news
from game.files.scenarios import bundled
from game.forecast import Forecast, with_and_without
from game.lab.memory import peak_bytes
from game.match import Match
from game.rules.talks import Talks
from game.view import view

SCENARIO, SEED = "pax_silica_2026", 1
WARM_UP, QUARTERS, RUNS, MANY = 4, 8, 5, 64
PROPOSALS = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of the bench."""

    name: str
    value: float | None
    unit: str
    aim: float | None = None
    additions: float | None = None
    """the value as a multiple of one small array addition"""
    note: str = ""

    def line(self) -> str:
        """The figure as a line for people."""
        if self.value is None:
            return f"{self.name:<46} not measured: {self.note}"
        aim = "" if self.aim is None else f"  aim {self.aim:g}"
        times = "" if self.additions is None else f"  = {self.additions:,.0f} additions"
        note = f"  ({self.note})" if self.note else ""
        return f"{self.name:<46}{self.value:>10.4g} {self.unit}{aim}{times}{note}"


def addition_seconds() -> float:
    """Seconds for one addition of two arrays of 16 numbers: the machine's cost of a small array operation."""
    left, right = np.ones(16), np.ones(16)
    out = np.empty(16)
    count = 20_000
    runs = []
    for _ in range(RUNS):
        started = time.perf_counter()
        for _ in range(count):
            np.add(left, right, out=out)
        runs.append((time.perf_counter() - started) / count)
    return median(runs)


def bench(frames: Callable[[], list[Reading]] | None = None) -> Iterator[Reading]:
    """Every figure in turn; `frames` measures the window, where there is one."""
    addition = addition_seconds()
    yield Reading("one small array addition", addition * 1e6, "us")
    yield _timed("step(), one world", step_seconds(1), addition, 1e3, "ms", 3.5)
    yield _timed("step(), 64 worlds, a world", step_seconds(MANY) / MANY, addition, 1e6, "us", 300)
    yield from _talked(addition)
    yield from _beside(addition)
    yield _timed("forecast, 128 pairs x 8 quarters", forecast_seconds(), addition, 1.0, "s", 0.7)
    yield memory_a_world()
    yield help_seconds()
    yield from frames() if frames else [Reading("window: first frame", None, "s", note="no window here")]
    yield Reading("quick tests", None, "s", note="run `python -m pytest -n auto`; aim 120 s")


def _timed(name: str, seconds: float, addition: float, scale: float, unit: str, aim: float | None = None) -> Reading:
    return Reading(name, seconds * scale, unit, aim, seconds / addition)


def step_seconds(worlds: int) -> float:
    """Seconds a quarter of `worlds` worlds takes, median of five runs of eight quarters after four."""
    race = warmed(worlds)
    start = race.world
    runs = []
    for _ in range(RUNS):
        race.world = start
        started = time.perf_counter()
        for _ in range(QUARTERS):
            race.step()
        runs.append((time.perf_counter() - started) / QUARTERS)
    return median(runs)


def forecast_seconds() -> float:
    """Seconds that a forecast of Japan takes, every measure read, with an order and without; median of three."""
    race = warmed(1)
    s, seat = race.scenario, race.scenario.place_axis.at("JPN")
    seen, advance = view(race.world, s, seat), Futures(s, "JPN")
    courses = with_and_without([SovereignCompute(1.0)])
    return median(_seconds(lambda: Forecast(seen, s, seat, advance, courses).run()) for _ in range(3))


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _talked(addition: float) -> Iterator[Reading]:
    """What the talks that begin a quarter take of a step, and a thousand proposals in one quarter."""
    one, many = warmed(1), warmed(MANY)
    yield _timed("  of which talks, one world", _median_of(_talking(one)), addition, 1e3, "ms")
    yield _timed("  of which talks, 64 worlds, a world", _median_of(_talking(many)) / MANY, addition, 1e6, "us")
    for race, where in ((one, "one world"), (many, "64 worlds")):
        seconds = _median_of(partial(thousand_proposals, race))
        yield _timed(f"a thousand proposals in a quarter, {where}", seconds, addition, 1e3, "ms", 50)


def _talking(race: ChipRace) -> Callable[[], None]:
    start = race.world

    def talk() -> None:
        race.begin_again(start)
        race.talk()

    return talk


def thousand_proposals(race: ChipRace) -> int:
    """Send a thousand proposals in the first round of the quarter, sign what is agreed; how many the law let through.

    They are split over the worlds: in one world most are refused, for a seat sends two a round.
    """
    talks = Talks(race.book, race.world, 1)
    seats = race.scenario.seats
    taken = 0
    for i in range(-(-PROPOSALS // race.world.worlds)):
        sender, other = seats[i % len(seats)], seats[(i + 1) % len(seats)]
        clauses = (Clause("money", sender, other, quantity=0.01), Clause("certify", other, sender))
        given = talks.propose(race.scenario.place_axis.at(sender), Propose((other,), clauses))
        taken += int(np.count_nonzero(given.codes == 0))
    talks.settled()
    return taken


def warmed(worlds: int) -> ChipRace:
    """The baseline after its warm-up quarters."""
    race = ChipRace(bundled(SCENARIO), worlds, {}, SEED)
    for _ in range(WARM_UP):
        race.step()
    return race


def _beside(addition: float) -> Iterator[Reading]:
    """What a step is timed without."""
    race = warmed(1)
    before = race.world
    race.step()
    after = race.world
    for name, act in (
        ("collection of nations", lambda: race.collected("nations")),
        ("state hash, one world", lambda: state_hash(after, 0)),
        ("save to disk", _saving(after)),
        ("reasons of a quarter", lambda: quarter_news(before, after, race.scenario, race.book.tables)),
    ):
        yield _timed(name, _median_of(act), addition, 1e3, "ms")


def _median_of(act: Callable[[], Any]) -> float:
    runs = []
    for _ in range(RUNS):
        runs.append(_seconds(act))
    return median(runs)


def _saving(world: World) -> Callable[[], None]:
    match = Match(bundled(SCENARIO), SEED, {})
    match.end_quarter()

    def save() -> None:
        with tempfile.TemporaryDirectory() as folder:
            match.save(Path(folder) / "bench.paxsave")

    return save


def memory_a_world() -> Reading:
    """Growth of the peak of resident memory from 64 to 128 worlds, over 64; each in a process of its own."""
    few, many = (_peak_of(worlds) for worlds in (MANY, 2 * MANY))
    return Reading("memory, a world", (many - few) / MANY / 1e6, "MB", 1.0, note=f"peak at {MANY}: {few / 1e6:.0f} MB")


def _peak_of(worlds: int) -> float:
    code = f"from game.lab.bench import print_peak; print_peak({worlds})"
    return float(_output([sys.executable, "-c", code]))


def print_peak(worlds: int) -> None:
    """Play the warm-up with `worlds` worlds and print the peak of resident memory, in bytes."""
    warmed(worlds)
    print(peak_bytes())


def help_seconds() -> Reading:
    """Time of `--help` from the shell, median of five."""
    seconds = _median_of(lambda: _output([sys.executable, "-m", "game", "--help"]))
    return Reading("--help", seconds, "s", 0.3)


def _output(command: list[str]) -> str:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path})
    return done.stdout
