"""What `random_legal` draws from: every kind of order and every kind of clause that there is, with amounts in reach."""

from __future__ import annotations

from typing import TypeVar

from game.core.clauses import CLAUSE_KINDS, SUBJECT_AXES, ClauseKind
from game.core.diplomacy import (
    Audit,
    Bluff,
    Campaign,
    Clause,
    Declare,
    FoundBloc,
    LeaveBloc,
    Propose,
    SafetyStandard,
    Spy,
    Summit,
)
from game.core.names import CLASSES, DIALS, GOODS, LEVELS, MINERALS, NODES, POWER_KINDS, TRACKS, USES
from game.core.orders import (
    BuildPower,
    ComputeSplit,
    Dial,
    EntityList,
    Equity,
    ExportControl,
    FastTrack,
    Flood,
    Law,
    Order,
    PriceFloor,
    RefuseImports,
    RelieveCrowding,
    Renode,
    ResearchShare,
    Respond,
    SecondaryRule,
    SovereignCompute,
    Stock,
    Subsidise,
    Visa,
)
from game.core.scenario import Scenario
from game.rules.kept import constants_of

Kind = TypeVar("Kind", bound=Order)
#: Amounts, in quarters of the seat's budget; shares that settings are put to; entries of a kind at most.
AMOUNTS, SHARES, MOST = (0.05, 0.2, 0.6), (0.1, 0.4, 0.7), 24
#: What a clause promises of what can be counted in units, and of money in quarters of the seat's budget.
UNITS, SPENT = 1.0, 0.05


@constants_of
def order_menus(s: Scenario) -> dict[int, list[list[Order]]]:
    """What each seat may order, a list for each kind; contracts to break are known only in a game."""
    return {n: [_thinned(kind) for kind in (*_at_home(s, n), *_abroad(s, n)) if kind] for n in s.places.seats}


@constants_of
def proposal_menus(s: Scenario) -> dict[int, list[list[Propose]]]:
    """What each seat may propose, a list for each kind of clause: to give it to another, or to be given it."""
    return {n: [_thinned(_proposals(s, n, kind)) for kind in CLAUSE_KINDS] for n in s.places.seats}


def _thinned(kind: list[Kind]) -> list[Kind]:
    return kind if len(kind) <= MOST else [kind[i * len(kind) // MOST] for i in range(MOST)]


def _at_home(s: Scenario, seat: int) -> list[list[Order]]:
    budget, names = float(s.places.budget[seat, 0]), s.lines.axis.names
    lines = [name for name, n in zip(names, s.lines.place, strict=True) if n == seat]
    suppliers = [name for name, n in zip(s.suppliers.axis.names, s.suppliers.place, strict=True) if n == seat]
    home = [*lines, *suppliers]
    events = [(event, len(c)) for event, c in zip(s.events.axis.names, s.events.choices, strict=True)]
    return [
        [Subsidise(p, a * budget) for p in home for a in AMOUNTS],
        [FastTrack(p) for p in home],
        [RelieveCrowding(p) for p in lines],
        [Renode(p, node) for p in lines for node in NODES],
        [PriceFloor(p) for p in suppliers],
        [Law(share * s.parameters.state.law_most * budget, p) for p in (None, *suppliers) for share in SHARES],
        [BuildPower(k, a) for k in POWER_KINDS for a in AMOUNTS],
        [SovereignCompute(a * budget) for a in AMOUNTS],
        [Stock(g, a) for g in MINERALS for a in (1.0, 10.0, -1.0)],
        [Visa(a) for a in AMOUNTS],
        [Dial(d, share) for d in DIALS for share in SHARES],
        [ResearchShare(t, share) for t in TRACKS for share in SHARES],
        [ComputeSplit(u, share) for u in USES for share in SHARES],
        [Respond(event, choice + 1) for event, choices in events for choice in range(choices)],
        [Campaign("approval"), Campaign("resolve")],
        [Audit()],
        [SafetyStandard()],
        [Bluff(share) for share in SHARES],
    ]


def _abroad(s: Scenario, seat: int) -> list[list[Order]]:
    budget, others = float(s.places.budget[seat, 0]), _others(s, seat)
    classes, blocs = CLASSES.names[:-1], [key for key, *_ in s.blocs]
    foreign = [name for name, n in zip(s.lines.axis.names, s.lines.home, strict=True) if n != seat]
    return [
        [Equity(p, AMOUNTS[0] * budget) for p in s.suppliers.axis.names],
        [ExportControl(c, o, level) for c in classes for o in others for level in LEVELS],
        [RefuseImports(c, o) for c in classes for o in others],
        [SecondaryRule(c) for c in classes],
        [EntityList(p) for p in foreign],
        [Flood(g) for g in GOODS],
        [Declare(c, o, 4) for c in classes for o in others],
        [Spy(o) for o in others],
        [Summit(o) for o in others],
        [LeaveBloc(blocs[b]) for b in s.chartered],
        [FoundBloc(blocs[b]) for b in s.chartered],
    ]


def _others(s: Scenario, seat: int) -> list[str]:
    return [code for code in s.seats if code != s.place_axis.names[seat]]


def _proposals(s: Scenario, seat: int, kind: ClauseKind) -> list[Propose]:
    """Each other seat once either way; subjects take turns."""
    me, budget = s.place_axis.names[seat], float(s.places.budget[seat, 0])
    if kind.subject == "none":
        subjects: tuple[str | None, ...] = (None,)
    else:
        subjects = s.lines.axis.names if kind.subject == "line" else SUBJECT_AXES[kind.subject].names
    found = []
    for i, other in enumerate(_others(s, seat)):
        target = next(code for code in s.seats if code not in (me, other)) if kind.target else None
        for way, (giver, taker) in enumerate(((me, other), (other, me))):
            subject, amounts = subjects[(2 * i + way) % len(subjects)], _amounts(kind, budget)
            found.append(Propose((me, other), (Clause(kind.name, giver, taker, subject, target, *amounts),)))
    return found


def _amounts(kind: ClauseKind, budget: float) -> tuple[float, float]:
    """Quantity and price: of money, what the seat can spend; of what is counted, one unit; within the law."""
    found = []
    for unit, least, most in (kind.quantity or ("", 0.0, 0.0), kind.price or ("", 0.0, 0.0)):
        wanted = SPENT * budget if unit.startswith("USD") else UNITS
        found.append(min(max(wanted, least), most))
    return found[0], found[1]
