"""What there is to talk about after a game, as plain values: no markup, no drawing. Quarters count from the first."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that moved the race, or the game.

    Parameters
    ----------
    quarter : in which it happened.
    kind : `control`, `easing` (of a control), `event`, `bar` (a bar moved far), `post` (crossed or lost).
    text, reasons : in words; the terms behind it, largest first.
    places : codes of the places it is about, the actor first.
    weight : how much it counts among others, for a chart that has room for few.
    """

    quarter: int
    kind: str
    text: str
    reasons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Race:
    """Both bars, 0-1, the opening first; the post that ends the race; what moved them, in order of time."""

    mineral: tuple[float, ...]
    chip: tuple[float, ...]
    post: float
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the public measures of a seat, 0-100, with its weight in the score."""

    name: str
    weight: float
    opening: float
    end: float


@dataclass(frozen=True, slots=True)
class Finish:
    """Where a seat stands at the end.

    Parameters
    ----------
    holder : strategy, or `human`.
    score, par, points : points are None where no par table counts, and rank goes by score then.
    mandate : the secret one in words, known once the game is over; empty before.
    mandate_share, objective_share : how far each was reached, 0-1.
    """

    code: str
    name: str
    holder: str
    rank: int
    score: float
    par: float | None
    points: float | None
    objective: str
    objective_share: float
    mandate: str
    mandate_share: float
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A contract: who promised what, and whether it was kept.

    Parameters
    ----------
    last : quarter with which it ended, or the last played while it is in force.
    status : `in_force`, `expired` or `broken`.
    owed : what the contract asked of who broke it, in sentences; empty while nobody has.
    """

    number: int
    parties: tuple[str, ...]
    clauses: tuple[str, ...]
    signed: int
    last: int
    status: str
    proposer: str | None = None
    breaker: str | None = None
    reason: str | None = None
    name: str = ""
    owed: tuple[str, ...] = ()

    @property
    def at_opening(self) -> bool:
        """Whether it was in force before anybody decided."""
        return self.proposer is None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quarters in a row in which one gate held the world back.

    Parameters
    ----------
    gate : name of the gate in words; `nothing` where none held.
    owner : code of the place that makes most of what is scarce; for electricity and engineers, which each place has for
        itself, the place where most compute waits for them.
    share : its part of what the world makes, or of the compute that waits, 0-1.
    firm : the plant that makes most there; empty for electricity and engineers.
    relief : thousand H100e a quarter that relief of the gate alone would have added, mean over the stretch.
    """

    gate: str
    first: int
    last: int
    owner: str
    share: float
    firm: str
    relief: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in the log a decision of a person stands: quarter, seat, part of the entry, position in its list."""

    quarter: int
    seat: str
    part: str
    position: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a seat decided.

    Parameters
    ----------
    reasons : why, or what it did, ranked.
    alternatives : what else it weighed, best first; of a person, what a steady hand would have ordered in its seat.
    worth : by which its strategy ranked it among others; None where it does not tell.
    moved : what the seat's result would be without it, taken from what it is: above 0, it helped; of a refusal, what it
        would be had the offer been accepted. None: not weighed.
    typical, error : the same over other draws of chance, mean and standard error.
    """

    quarter: int
    seat: str
    kind: str
    text: str
    reasons: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    moved: float | None = None
    typical: float | None = None
    error: float | None = None
    worth: float | None = None
    mark: Mark | None = None
    """where it stands in the log; None for what strategies decided"""


@dataclass(frozen=True, slots=True)
class Account:
    """Where the result of a seat comes from; own, rivals and luck add up to result less par.

    Parameters
    ----------
    result, par : score of the game; what the seat scores when everybody plays `steady`, mandate as drawn.
    own : what its decisions brought against `steady` in its seat, in the mean over other draws of chance.
    rivals : what others being who they are brought against everybody playing `steady`.
    luck : what this game's draws brought against the mean of others.
    error : standard error of own.
    draws : games played for it.
    """

    seat: str
    result: float
    par: float
    own: float
    rivals: float
    luck: float
    error: float
    draws: int


@dataclass(frozen=True, slots=True)
class Debrief:
    """All of it.

    Parameters
    ----------
    labels : `Start`, then the name of each quarter played.
    scores : by seat, the score so far without mandate, the opening first.
    points : the same against par; empty where no par table counts.
    players : codes of the seats that people held or an order file spoke for.
    notes : what a reader must know: other rules, no par.
    unit : what `moved` and the account are told in.
    """

    scenario: str
    title: str
    first_quarter: str
    seed: int
    over: bool
    labels: tuple[str, ...]
    names: dict[str, str]
    finishes: tuple[Finish, ...]
    race: Race
    scores: dict[str, tuple[float, ...]]
    points: dict[str, tuple[float, ...]]
    promises: tuple[Promise, ...]
    stretches: tuple[Stretch, ...]
    decisions: tuple[Decision, ...]
    players: tuple[str, ...]
    notes: tuple[str, ...]
    accounts: tuple[Account, ...] = ()
    unit: str = "points of score"
    unweighed: int = 0
    """decisions of players for which the budget did not suffice"""
    floor: float | None = None
    """how far a result moves by a change that nobody can feel"""
    extra: dict[str, str] = field(default_factory=dict)
    """how it was made: hashes, for the foot of a page"""

    @property
    def quarters(self) -> tuple[str, ...]:
        """Names of the quarters played."""
        return self.labels[1:]
