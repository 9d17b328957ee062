"""Whether a strategy may play: for authors, and for the strategies that come with the game.

It is played in real games, in a few seats and worlds, and watched: that the law accepts what it orders, that its
numbers are finite, that it does the same again, leaves the world alone, keeps within its time, and plays a world of a
batch as it plays that world by itself. Each fault says what, in which seat and quarter, and where in the file.
"""

from __future__ import annotations

import io
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.faults import StrategyError
from agents.model import ChipRace
from agents.nation import Nation, decide_all
from agents.strategies import Council, Counsel, Strategy, find, is_joint
from game.core.errors import PaxError
from game.core.names import quarter_name
from game.core.orders import Order
from game.core.scenario import Scenario
from game.core.world import state_hash
from game.files.scenarios import bundled
from game.rules.desk import Desk, Given

CHECKS = ("made", "runs", "legal", "finite", "repeatable", "world unchanged", "in time", "same in a batch",
          "same together", "quiet")  # fmt: skip
#: Quarters played, worlds of the batch, first seed, and seconds that one decision may take.
QUARTERS, WORLDS, SEED, SECONDS = 8, 3, 7, 10.0
#: Faults of one kind that are told; the rest are counted.
TOLD = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found.

    Parameters
    ----------
    check : one of `CHECKS`.
    where : seat and quarter, or the file.
    what : what is wrong, and what would be right.
    """

    check: str
    where: str
    what: str

    def __str__(self) -> str:
        """The fault in one line."""
        return f"{self.check}: {self.where}: {self.what}"


@dataclass(slots=True)
class _Watch:
    """What is noticed about one strategy in one game."""

    seconds: float
    scenario: Scenario
    faults: list[Fault] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)

    def note(self, check: str, seat: str, quarter: int, what: str) -> None:
        self.faults.append(Fault(check, f"{seat} in {quarter_name(quarter, self.scenario.first_quarter)}", what))


def check_strategy(
    strategy: str | Path | type[Strategy] | Callable[[], Strategy],
    scenario: str | Scenario = "classroom",
    seats: Sequence[str] = (),
    quarters: int = QUARTERS,
    worlds: int = WORLDS,
    seconds: float = SECONDS,
) -> list[Fault]:
    """Play a strategy and say what is wrong with it; an empty list if nothing is.

    Parameters
    ----------
    strategy : its name, the path of its file, its class, or whatever makes one when it is called.
    scenario : what is played.
    seats : codes of the seats that it plays at the same time; four of them unless said.
    quarters, worlds : how many of each.
    seconds : that one decision of one seat may take, for all worlds.

    Returns
    -------
    list of Fault
        At most three of a kind, in the order of `CHECKS`.
    """
    s = scenario if isinstance(scenario, Scenario) else bundled(scenario)
    chosen = tuple(seats) or s.seats[:: max(len(s.seats) // 4, 1)][:4]
    try:
        made = _maker(strategy)
        faults = _declared(made())
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in a stranger's code is told as a fault
        return [Fault("made", str(strategy), f"{type(error).__name__}: {error}")]
    if faults:
        return faults
    play = _Play(s, chosen, quarters, worlds, seconds, made)
    first, hashes = play.watched()
    faults = first.faults
    if any(fault.check in ("runs", "in time") for fault in faults):
        return _told(faults)
    faults += play.repeated(first, hashes)
    faults += play.alone(hashes)
    if is_joint(made()):
        faults += play.together()
    return _told(faults)


def _maker(strategy: str | Path | Callable[[], Strategy]) -> Callable[[], Strategy]:
    return strategy if callable(strategy) else lambda: find(str(strategy))


def _declared(strategy: Any) -> list[Fault]:
    """Faults of the class itself."""
    found, where = [], type(strategy).__name__
    for name in ("name", "motto"):
        text = getattr(strategy, name, None)
        if not isinstance(text, str) or not text or "\n" in text:
            found.append(Fault("made", where, f"'{name}' must be one line of text"))
    if not callable(getattr(strategy, "decide", None)):
        found.append(Fault("made", where, "it needs a method decide(counsel)"))
    return found


class _Play:
    """The games of one check."""

    def __init__(
        self,
        s: Scenario,
        seats: Sequence[str],
        quarters: int,
        worlds: int,
        seconds: float,
        made: Callable[[], Strategy],
    ) -> None:
        self.scenario, self.seats, self.quarters, self.worlds = s, seats, quarters, worlds
        self.seconds, self.made = seconds, made

    def watched(self) -> tuple[_Watch, list[list[str]]]:
        """Play the batch and watch; with the hashes of each world after each quarter."""
        watch = _Watch(self.seconds, self.scenario)
        seated = {code: _watched(self.made(), code, watch) for code in self.seats}
        return watch, self._hashes(seated, self.worlds, SEED, watch)

    def repeated(self, first: _Watch, hashes: list[list[str]]) -> list[Fault]:
        """The same game again, with new strategies."""
        again, others = self.watched()
        for one, two in zip(first.orders, again.orders, strict=False):
            if one != two:
                where = one.split(" gives ")[0]
                return [Fault("repeatable", where, f"the same game again: '{one}' the first time, '{two}' the second")]
        for q, (one_hash, other) in enumerate(zip(hashes, others, strict=False)):
            if one_hash != other:
                quarter = quarter_name(q, self.scenario.first_quarter)
                what = "the same game again comes to another world: it draws from chance or the clock"
                return [Fault("repeatable", f"{', '.join(self.seats)} in {quarter}", what)]
        return []

    def alone(self, hashes: list[list[str]]) -> list[Fault]:
        """Each world by itself must come to what it comes to in the batch."""
        for w in range(self.worlds):
            watch = _Watch(self.seconds, self.scenario)
            seated = {code: _watched(self.made(), code, watch) for code in self.seats}
            single = self._hashes(seated, 1, SEED + w, watch)
            for q, (batch, one) in enumerate(zip(hashes, single, strict=False)):
                if batch[w] != one[0]:
                    quarter = quarter_name(q, self.scenario.first_quarter)
                    what = f"world {w} of a batch plays otherwise than seed {SEED + w} alone: decide world by world"
                    return [Fault("same in a batch", f"{', '.join(self.seats)} in {quarter}", what)]
        return []

    def together(self) -> list[Fault]:
        """`decide_together` must give what `decide` gives seat by seat."""
        playing, joint, single = ({code: self.made() for code in self.seats} for _ in range(3))
        race = ChipRace(self.scenario, self.worlds, playing, SEED)
        for q in range(min(self.quarters, self.scenario.quarters)):
            race.talk()
            one, other = Desk(race.book, race.world), Desk(race.book, race.world)
            decide_all([Nation(race, code, race.nations[code].position, joint[code]) for code in self.seats], one)
            for code in self.seats:
                Nation(race, code, race.nations[code].position, single[code]).decide(other)
            if differing := _differing(one.orders(), other.orders()):
                quarter = quarter_name(q, self.scenario.first_quarter)
                what = f"decide_together gives other orders than decide, seat by seat: {', '.join(differing)}"
                return [Fault("same together", f"{', '.join(self.seats)} in {quarter}", what)]
            race.advance(race.sealed_orders())
        return []

    def _hashes(self, seated: dict[str, Any], worlds: int, seed: int, watch: _Watch | None) -> list[list[str]]:
        race = ChipRace(self.scenario, worlds, seated, seed)
        race.on_fault = None if watch is None else lambda fault: _note_fault(watch, race.world.quarter, fault)
        found = []
        for _ in range(min(self.quarters, self.scenario.quarters)):
            try:
                race.step()
            except PaxError as error:
                if watch is not None:
                    watch.note("runs", ", ".join(seated), race.world.quarter, str(error))
                break
            found.append(race.hashes())
        return found


def _differing(one: Any, other: Any) -> list[str]:
    """Names of the parts in which two records of orders differ; a part that was not laid out changes nothing."""
    found = []
    for f in fields(one):
        left, right = getattr(one, f.name), getattr(other, f.name)
        if is_dataclass(left) and is_dataclass(right):
            found += _differing(left, right)
        elif left is not None and right is not None and not is_dataclass(left) and not is_dataclass(right):
            found += [] if np.array_equal(left, right) else [f.name]
        elif left is not right and not is_dataclass(left if left is not None else right):
            laid_out = left if left is not None else right
            found += [f.name] if (laid_out > 0).any() else []
    return found


def _note_fault(watch: _Watch, quarter: int, fault: StrategyError) -> None:
    check = "runs"
    if "finite number" in fault.what:
        check = "finite"
    elif "read-only" in fault.what or "WRITEABLE" in fault.what:
        check = "world unchanged"
    elif "TooSlowError" in fault.what:
        check = "in time"
    watch.note(check, ", ".join(fault.seats), quarter, fault.what)


def _watched(strategy: Any, seat: str, watch: _Watch) -> Any:
    """A strategy that does what another does, watched; of a class of its own, so that nobody decides with it."""
    members: dict[str, Any] = {"name": strategy.name, "motto": strategy.motto}
    for step in ("propose", "answer", "propose_together", "answer_together"):
        if hasattr(strategy, step):
            members[step] = _talking(strategy, step, seat, watch)
    members["decide"] = lambda self, counsel: _decide(strategy, counsel, seat, watch)
    return type("Watched", (), members)()


def _talking(strategy: Any, step: str, seat: str, watch: _Watch) -> Callable[[Any, Any], None]:
    def speak(self: Any, spokesman: Any) -> None:
        if hasattr(spokesman, "players"):
            spokesman.players = (strategy,)
        with _observed(watch, seat, spokesman.view.quarter, "the talks"):
            getattr(strategy, step)(spokesman)

    return speak


def _decide(strategy: Any, counsel: Counsel, seat: str, watch: _Watch) -> None:
    quarter, desk = counsel.view.quarter, counsel.alone.desk
    world = desk.world
    before = [state_hash(world, w) for w in range(world.worlds)]
    heard, steps = _Heard(counsel.view, desk, counsel.seat), _steps(strategy)
    heard.listen = seat, watch
    try:
        with _observed(watch, seat, quarter, "its decision"):
            strategy.decide(heard)
    finally:
        _within_budget(strategy, _steps(strategy) - steps, world.worlds, seat, quarter, watch)
        if [state_hash(world, w) for w in range(world.worlds)] != before:
            watch.note(
                "world unchanged", seat, quarter, "it changed the world that it was shown: copy before you write"
            )


def _steps(strategy: Any) -> int:
    """Forward steps that a strategy says it has taken; 0 where it counts none."""
    return int(getattr(strategy, "steps", 0))


def _within_budget(strategy: Any, taken: int, worlds: int, seat: str, quarter: int, watch: _Watch) -> None:
    """A strategy that names a budget of forward steps must keep to it: so many a decision, for each world."""
    allowed = getattr(getattr(strategy, "budget", None), "steps", None)
    if allowed is not None and taken > allowed * worlds:
        watch.note("in time", seat, quarter, f"it takes {taken} forward steps; its budget is {allowed * worlds}")


class _Heard(Counsel):
    """A counsel that listens to what is given."""

    listen: tuple[str, _Watch]

    def give(self, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """Give an order, and note it and what the law said."""
        given = super().give(order, where)
        _listened(self.listen, self.view.quarter, order, where, given)
        return given

    @property
    def alone(self) -> Council:
        """A council that listens too."""
        heard = _HeardTogether(self.view, self._desk, np.array([self.seat], dtype=np.int64))
        heard.listen = self.listen
        return heard


class _HeardTogether(Council):
    """A council that listens to what is given one by one."""

    listen: tuple[str, _Watch]

    def give(self, row: int, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """Give an order, and note it and what the law said."""
        given = super().give(row, order, where)
        _listened(self.listen, self.view.quarter, order, where, given)
        return given


def _listened(
    listen: tuple[str, _Watch], quarter: int, order: Order, where: NDArray[np.bool_] | None, given: Given
) -> None:
    seat, watch = listen
    title = quarter_name(quarter, watch.scenario.first_quarter)
    asked = "all worlds" if where is None else f"worlds {np.flatnonzero(where).tolist()}"
    watch.orders.append(f"{seat} in {title} gives {order} in {asked}")
    if not given.accepted:
        world = int(np.flatnonzero(given.codes)[0])
        watch.note("legal", seat, quarter, f"'{order.kind}' is refused in world {world}: {given.reason}")


@contextmanager
def _observed(watch: _Watch, seat: str, quarter: int, what: str) -> Iterator[None]:
    """Time it, stop it where that can be done, and note what it prints."""
    printed, started = io.StringIO(), time.process_time()
    with redirect_stdout(printed), _stopped_after(watch.seconds):
        yield
    taken = time.process_time() - started
    if taken > watch.seconds:
        watch.note("in time", seat, quarter, f"{what} takes {taken:.1f} s; {watch.seconds:g} s are allowed")
    if printed.getvalue():
        watch.note("quiet", seat, quarter, f"it prints '{printed.getvalue().strip()[:60]}': results go to stdout")


class TooSlowError(Exception):
    """A decision took longer than it may."""


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """Interrupt code that runs for ever, where the system has alarms; elsewhere its time is only measured."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlowError(f"not done after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(1.5 * seconds, 0.05))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def _told(faults: Sequence[Fault]) -> list[Fault]:
    """At most a few of each kind, and how many more there are."""
    found: list[Fault] = []
    for check in CHECKS:
        alike = [fault for fault in faults if fault.check == check]
        found += alike[:TOLD]
        if len(alike) > TOLD:
            found.append(Fault(check, "the rest", f"{len(alike) - TOLD} more faults of this kind"))
    return found
