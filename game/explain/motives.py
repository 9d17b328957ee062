"""Why a control was set or eased, as far as the worlds show it: what it answers, what it carries out, whom it joins.

A motive is told only where something in the world stands behind it: a control, refusal, breach or threat of the target,
a threat of the owner, a promise in force or run out, fellow members of a bloc, the calendar of the scenario, the race.
First world of the batch only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import CHARTER, CLASS_OF_GOOD, CLASSES, GOODS, LEVELS, quarter_name
from game.core.world import World
from game.explain.clauses import CLASS_NAMES
from game.explain.quarter import Quarter
from game.explain.race_causes import GOODS_OF_PART
from game.explain.statecraft import declared_in
from game.explain.words import GOOD_NAMES, listed
from game.rules import pacts
from game.rules.breaches import WRONGED

#: A control as a noun, without an article.
LEVEL_NOUNS = {
    "fee_licence": "fee licence", "licence": "licence", "slow_walk": "slow-walk", "quota": "quota", "ban": "ban",
}  # fmt: skip
#: Motives that are told of one control, and places or goods that are named in one.
MOST, NAMED = 3, 2
SLOW_WALK, PEOPLE, MATCH, RESTRAIN = (
    LEVELS.at("slow_walk"), CLASSES.at("people"), CLAUSES.at("match"), CLAUSES.at("restrain"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A change of controls: who changed them, for whom, on which goods, and to which level.

    Parameters
    ----------
    owner, targets, goods, level : positions.
    eased : whether they became looser.
    """

    owner: int
    targets: tuple[int, ...]
    goods: tuple[int, ...]
    level: int
    eased: bool

    @property
    def classes(self) -> set[int]:
        """Control classes of its goods."""
        return {CLASS_OF_GOOD[g] for g in self.goods}


def motives(quarter: Quarter, step: Step) -> tuple[str, ...]:
    """Why, the nearest motive first; empty where the worlds show none."""
    dated = tuple(_dated(quarter, step))
    if dated:
        return dated[:1]
    if _ordered(quarter, step):
        tellers = (_promised, _followed) if step.eased else (_carried_out, _answered, _joined, _raced)
    else:
        tellers = (_promised, _unmatched) if step.eased else (_matched, _released)
    found = [words for tell in tellers for words in tell(quarter, step)]
    if not found and _ordered(quarter, step):
        found = ["of its own accord: no contract asked for it"] if step.eased else list(_unprovoked(quarter, step))
    return tuple(dict.fromkeys(found))[:MOST]


def noun(level: int) -> str:
    """A control as a noun, by position: 'ban'."""
    return LEVEL_NOUNS[LEVELS.names[level]]


def _when(quarter: Quarter, index: int) -> str:
    return quarter_name(index, quarter.scenario.first_quarter)


def _ordered(quarter: Quarter, step: Step) -> bool:
    """Whether the owner set it itself; else a promise, kept or ended, moved what is in force."""
    cells = np.ix_(step.goods, step.targets)
    old, new = (w.policy.chosen[step.owner, ..., 0][cells] for w in (quarter.before, quarter.after))
    return bool((old != new).any())


# --- both ways -------------------------------------------------------------------------------------------------------


def _dated(quarter: Quarter, step: Step) -> Iterator[str]:
    """What the scenario dates."""
    for control in quarter.scenario.controls:
        about = control.owner == step.owner and set(control.goods) & set(step.goods)
        if about and set(control.targets) & set(step.targets):
            if control.since == quarter.index and control.level == step.level:
                yield "the calendar of the scenario has it from this quarter on"
            if step.eased and control.until == quarter.index:
                yield "the calendar of the scenario ends it with this quarter"


def _clauses(world: World, kind: int, giver: int, over: bool) -> Iterator[tuple[int, int, int, int]]:
    """Taker, class, third place and row of clauses of a kind that bind a place; or that have ended."""
    c, status = world.clauses, world.contracts.status[:, 0]
    some = (status > pacts.IN_FORCE) if over else (status == pacts.IN_FORCE)
    for slot, i in np.argwhere((c.kind[..., 0] == kind) & (c.giver[..., 0] == giver) & some[:, None]).tolist():
        taker, subject, target = (int(getattr(c, name)[slot, i, 0]) for name in ("taker", "subject", "target"))
        yield taker, subject, target, slot


def _signed(quarter: Quarter, world: World, slot: int) -> str:
    signed = int(world.contracts.signed[slot, 0])
    return f"signed in {_when(quarter, signed)}" if signed >= 0 else "of the opening"


# --- tightened -------------------------------------------------------------------------------------------------------


def _matched(quarter: Quarter, step: Step) -> Iterator[str]:
    """A clause or a charter that makes it follow others."""
    world = quarter.after
    for taker, subject, target, slot in _clauses(world, MATCH, step.owner, over=False):
        if subject in step.classes and target in step.targets:
            yield (f"it matches {quarter.place(taker)}, as it has promised: contract {_signed(quarter, world, slot)}")
    term, member = CHARTER.at("match"), world.relations.member[..., 0] > 0
    for bloc in np.flatnonzero((world.blocs.charter[:, term, 0] > 0.0) & member[:, step.owner]).tolist():
        others = [n for n in _also(world, step) if member[bloc, n]]
        if len(others) > 1:
            names = listed([quarter.place(n) for n in others], NAMED)
            yield f"the charter of {quarter.scenario.blocs[bloc][1]} binds members to follow {names}"


def _released(quarter: Quarter, step: Step) -> Iterator[str]:
    """A promise to hold back that has ended."""
    for world in (quarter.after, quarter.before):
        for taker, subject, _, slot in _clauses(world, RESTRAIN, step.owner, over=True):
            if subject in step.classes and taker in step.targets:
                broken = int(world.contracts.status[slot, 0]) == pacts.BROKEN
                how = "was broken" if broken else "has run out"
                yield f"its promise to {quarter.place(taker)} to hold back {how}, and what it had set returns"


def _carried_out(quarter: Quarter, step: Step) -> Iterator[str]:
    """A threat of its own that stood before."""
    signals = quarter.before.signals
    for k in sorted(step.classes):
        for target in step.targets:
            left = int(signals.threat[step.owner, k, target, 0])
            if left and step.level >= SLOW_WALK:
                word = "ultimatum" if signals.ultimatum[step.owner, k, target, 0] else "threat"
                declared = declared_in(quarter, step.owner, k, target)
                since = "" if declared is None else f" of {_when(quarter, declared)}"
                about = CLASS_NAMES[CLASSES.names[k]]
                yield f"it carries out its {word}{since} to {quarter.place(target)} over {about}"


def _answered(quarter: Quarter, step: Step) -> Iterator[str]:
    """What a target did to the owner before: its controls, refusals, breaches and threats."""
    told = [words for target in step.targets for words in _blow(quarter, step.owner, target)]
    if told:
        yield f"it answers {listed(told, NAMED)}"


def _blow(quarter: Quarter, owner: int, target: int) -> Iterator[str]:
    """The hardest thing that a target does to an owner: at most one."""
    world, here = quarter.before, quarter.place(target)
    level = world.policy.level[target, :, owner, 0]
    new = level > quarter.tables.opening_level[target, :, owner]
    if new.any():
        hardest = int(level[new].max())
        goods = np.flatnonzero(new & (level == hardest)).tolist()
        age = int(world.policy.age[target, goods, owner, 0].min())
        named = listed([GOOD_NAMES[GOODS.names[g]] for g in goods], NAMED)
        yield f"the {noun(hardest)} that {here} set on {named} for it in {_when(quarter, quarter.index - 1 - age)}"
    elif world.relations.wronged[owner, target, 0] > 0:
        ago = int(WRONGED) - int(world.relations.wronged[owner, target, 0])
        yield f"the contract that {here} broke in {_when(quarter, quarter.index - 1 - ago)}"
    elif refused := _refused(quarter, owner, target):
        yield f"the refusal of its {listed(refused, NAMED)} by {here}"
    elif world.signals.threat[target, :, owner, 0].any():
        k = int(np.argmax(world.signals.threat[target, :, owner, 0]))
        yield f"the threat of {here} to it over {CLASS_NAMES[CLASSES.names[k]]}"


def _refused(quarter: Quarter, owner: int, target: int) -> list[str]:
    """Goods of an owner that a target refuses, other than those it refused at the opening."""
    known = {g for r in quarter.scenario.refusals if r.owner == target and r.since <= 0 for g in r.goods}
    refused = np.flatnonzero(quarter.before.policy.refusal[target, :, owner, 0]).tolist()
    return [GOOD_NAMES[GOODS.names[g]] for g in refused if g not in known]


def _also(world: World, step: Step) -> list[int]:
    """Others who control the same goods for all of the same targets, of their own choice, hard."""
    chosen = world.policy.chosen[..., 0][:, list(step.goods)][:, :, list(step.targets)]
    hard = np.all(np.any(chosen >= min(SLOW_WALK, step.level), axis=1), axis=1)
    return [n for n in np.flatnonzero(hard).tolist() if n != step.owner]


def _joined(quarter: Quarter, step: Step) -> Iterator[str]:
    """Fellow members of a bloc who control the same already."""
    others = _also(quarter.before, step)
    member = quarter.before.relations.member[..., 0] > 0
    for bloc in np.flatnonzero(member[:, step.owner]).tolist():
        fellows = [n for n in others if member[bloc, n]]
        if fellows and not any(member[bloc, n] for n in step.targets):
            names = listed([quarter.place(n) for n in fellows], NAMED)
            already = "which controls the same already" if len(fellows) == 1 else "who control the same already"
            yield f"it joins {names}, of {quarter.scenario.blocs[bloc][1]}, {already}"
            return


def _raced(quarter: Quarter, step: Step) -> Iterator[str]:
    """The rival side of the race needs it."""
    s, standing = quarter.scenario, quarter.before.standing
    member = quarter.before.relations.member[s.race.bloc, :, 0] > 0
    if step.level < SLOW_WALK:
        return
    chips = {GOODS.at(g) for goods in GOODS_OF_PART.values() for g in goods} & set(step.goods)
    minerals = {good for good, _ in s.race.minerals} & set(step.goods)
    if member[step.owner] and s.inside in step.targets and chips:
        covered = float(standing.chip_independence[0])
        yield f"the race: {quarter.place(s.inside)} covers {covered:.0%} of its chips, and makes them with these goods"
    if step.owner == s.inside and any(member[n] for n in step.targets) and minerals:
        covered = float(standing.mineral_independence[0])
        yield f"the race: the bloc covers {covered:.0%} of its minerals, these among them"


def _unprovoked(quarter: Quarter, step: Step) -> Iterator[str]:
    """That nothing came before it, where it is aimed at one place."""
    if len(step.targets) == 1 and step.level >= SLOW_WALK:
        yield f"a step of its own: {quarter.place(step.targets[0])} had set nothing new against it"


# --- eased -----------------------------------------------------------------------------------------------------------


def _promised(quarter: Quarter, step: Step) -> Iterator[str]:
    """A promise to hold back, to one of those for whom it is eased."""
    world = quarter.after
    for taker, subject, _, slot in _clauses(world, RESTRAIN, step.owner, over=False):
        if subject in step.classes and taker in step.targets:
            yield f"it has promised {quarter.place(taker)} to hold back: contract {_signed(quarter, world, slot)}"


def _followed(quarter: Quarter, step: Step) -> Iterator[str]:
    """Controls of the targets on the owner that were eased in the same quarter."""
    old, new = quarter.before.policy.level[..., 0], quarter.after.policy.level[..., 0]
    eased = [n for n in step.targets if (new[n, :, step.owner] < old[n, :, step.owner]).any()]
    if eased:
        names = listed([quarter.place(n) for n in eased], NAMED)
        yield f"{names} {'eases its' if len(eased) == 1 else 'ease their'} controls on it in the same quarter"


def _unmatched(quarter: Quarter, step: Step) -> Iterator[str]:
    """What it matched was eased, or its promise to match has ended."""
    for over, world in ((False, quarter.after), (True, quarter.after), (True, quarter.before)):
        for taker, subject, target, _ in _clauses(world, MATCH, step.owner, over=over):
            if subject in step.classes and target in step.targets:
                whom = quarter.place(taker)
                yield f"its promise to match {whom} has ended" if over else f"it matches {whom}, which eased its own"
                return
