"""What is said and known (S19): threats and ultimata, bluffs about stocks, intelligence, campaigns, standards, summits.

A threat works by being believed: its target prepares as for three tenths of a first quarter of control, buyers take
alarm, and who does not carry it out is believed less. Nothing here is done in a quarter in which nobody says anything.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.core.moves import AIMS, Moves
from game.core.names import CLASSES, LEVELS
from game.core.numeric import Array, clip, counted, entries, one_less, total
from game.core.rng import entity_keys, uniform
from game.core.scenario import Scenario
from game.core.world import Small, World, replace
from game.rules import controls, pacts
from game.rules.kept import constants_of, reading_of
from game.rules.tables import Tables
from game.rules.turn import Turn

SLOW_WALK, PEOPLE = LEVELS.at("slow_walk"), CLASSES.at("people")
#: Belief at the opening, at which a threat teaches what rules.md R1 says.
BELIEVED = 0.8
#: What an empty threat, an empty ultimatum and a bluff that is found out cost in belief; an empty ultimatum and a bluff
#: cost approval too, and a bluff trust. Taking a threat back costs half of letting it run out. Judged.
EMPTY_THREAT, EMPTY_ULTIMATUM, FOUND_OUT = 0.10, 0.25, 0.30
BACKED_DOWN, ASHAMED, DECEIVED = 0.04, 0.02, 0.05
#: Part of the way back to its opening value that belief goes by itself, and to 1 when a threat is carried out.
RECOVERY, CARRIED_OUT = 0.02, 0.15
#: Alarm of a declared threat over that of a ban that cuts off as much.
ALARM = 0.3
#: Part of the unknown that one order of intelligence closes; what is left of it a quarter later.
LEARNT, KEPT = 0.4, 0.85
#: Odds a quarter that a bluff is found out by itself, and with full intelligence against the bluffer.
SLIP, SEEN_THROUGH = 0.03, 0.30
#: What a campaign wins of the approval that is lacking, and adds to resolve; what an audit certifies of what is not;
#: what a summit adds to the capex of friends, and the trust that makes one.
APPROVAL_WON, RESOLVE_WON, CERTIFIED, HEARTENED, FRIEND = 0.04, 0.10, 0.25, 0.01, 0.55


# --- said: with the sealed orders ------------------------------------------------------------------------------------


def speak(world: World, turn: Turn) -> World:
    """Threats that are carried out or answered end well; then what seats say and do by statecraft takes effect."""
    if _threats(world):
        world = _made_good(world)
    moves = turn.orders.moves
    if moves is None:
        return world
    world = _declared(world, turn, moves)
    return _worked(world, turn, moves)


def _made_good(world: World) -> World:
    """A threat ends when its control is in force, or when its target binds itself to the owner by a new contract."""
    signals, policy = world.signals, world.policy
    owner, k, target, w = entries(signals.threat)
    kept = (k == PEOPLE) & (policy.closed_people[owner, target, w] > 0)
    row, good = entries(pacts.IN_CLASS[k])
    cells = owner[row], good, target[row], w[row]
    kept[row[(policy.age[cells] == 0) & (policy.level[cells] >= SLOW_WALK)]] = True
    given = _newly_bound(world)[target, owner, w]
    done = kept | given
    if not done.any():
        return world
    threat, ultimatum = signals.threat.copy(), signals.ultimatum.copy()
    threat[owner[done], k[done], target[done], w[done]] = 0
    ultimatum[owner[done], k[done], target[done], w[done]] = 0
    proven = np.zeros(signals.credibility.shape, dtype=bool)
    proven[owner[kept], w[kept]] = True
    belief = signals.credibility + CARRIED_OUT * proven * (1.0 - signals.credibility)
    return replace(world, signals=replace(signals, threat=threat, ultimatum=ultimatum, credibility=belief))


def _newly_bound(world: World) -> NDArray[np.bool_]:
    """Who signed a contract with whom in this quarter. (N, N, B)."""
    of = pacts.pairs(world)
    new = world.contracts.signed[of.slot, of.world] == world.quarter
    one, other, w = of.one[new], of.other[new], of.world[new]
    bound = np.zeros(world.relations.trust.shape, dtype=bool)
    bound[one, other, w] = bound[other, one, w] = True
    return bound


def _declared(world: World, turn: Turn, moves: Moves) -> World:
    """New threats open, old ones are taken back at half the price of letting them run out; bluffs begin or end."""
    signals = world.signals
    threat, ultimatum, belief = signals.threat, signals.ultimatum, signals.credibility
    said = moves.threat >= 0
    news, approval = world.market.news, world.state.approval
    if said.any():
        back = said & (moves.threat == 0) & (threat > 0)
        cost, shame = _emptied(back, back & (ultimatum > 0))
        belief, approval = np.maximum(belief - 0.5 * cost, 0.0), clip(approval - 0.5 * shame, 0.02, 0.98)
        threat = np.where(said, moves.threat, threat)
        ultimatum = np.where(said, moves.ultimatum, ultimatum)
        news = news + _alarm(world, turn.scenario, turn.tables, said & (moves.threat > 0))
    bluff = np.where(moves.bluff >= 0.0, moves.bluff, signals.bluff)
    return replace(
        world,
        signals=replace(signals, threat=threat, ultimatum=ultimatum, credibility=belief, bluff=bluff),
        market=replace(world.market, news=clip(news, 0.0, 20.0)),
        state=replace(world.state, approval=approval),
    )


def _alarm(world: World, s: Scenario, t: Tables, new: NDArray[np.bool_]) -> Array:
    """News that threats are among buyers: stocks fill, prices rise, third suppliers look again. (2, G, B)."""
    held = controls.holdings(world, s)
    reference = world.goods.reference
    whole = np.stack([total(reference) - reference[s.inside], reference[s.inside]])
    found = np.zeros(world.market.news.shape)
    owner, k, target, w = entries(new)
    row, good = entries(pacts.IN_CLASS[k])
    owner, target, w = owner[row], target[row], w[row]
    cells = t.region[target], good, w
    part = reference[target, good, w] / np.maximum(whole[cells], 1e-9)
    np.add.at(found, cells, held[owner, good, w] * part * world.signals.credibility[owner, w])
    return s.parameters.market.alarm_gain * ALARM / BELIEVED * found


def _worked(world: World, turn: Turn, moves: Moves) -> World:
    """Intelligence, audits, campaigns, standards and summits."""
    signals, standards, state, politics = world.signals, world.standards, world.state, world.politics
    known = signals.intelligence
    own = np.arange(len(known), dtype=np.int8)[:, None]
    written = np.where(moves.guardrail == 1, own, standards.guardrail)
    written = np.where((moves.guardrail == 0) & (written == own), np.int8(-1), written)
    won, borne = moves.campaign[:, AIMS.index("approval")], moves.campaign[:, AIMS.index("resolve")]
    world = replace(
        world,
        signals=replace(signals, intelligence=known + LEARNT * moves.intelligence * (1.0 - known)),
        standards=replace(
            standards,
            certified=standards.certified + CERTIFIED * moves.audit * (1.0 - standards.certified),
            guardrail=standards.guardrail if (written == standards.guardrail).all() else written.astype(np.int8),
        ),
        state=replace(state, approval=state.approval + APPROVAL_WON * won * (1.0 - state.approval)),
        politics=replace(politics, resolve=clip(politics.resolve + RESOLVE_WON * borne, 0.0, 1.0)),
    )
    return _met(world, turn, moves) if moves.summit.any() else world


def _met(world: World, turn: Turn, moves: Moves) -> World:
    """Summits: private capital of friends takes heart, and the rival prepares as for a threat ("patting chests")."""
    s, goods, compute = turn.scenario, world.goods, world.compute
    held = controls.holdings(world, s)
    heart, stake = np.zeros_like(world.state.cash), np.zeros_like(goods.substitution)
    for host, rival, w in zip(*entries(moves.summit), strict=True):
        friend = world.relations.trust[host, :, w] >= FRIEND
        friend[rival] = False
        heart[friend, w] = HEARTENED
        stake[rival, :, w] = np.maximum(stake[rival, :, w], held[host, :, w])
    learnt = controls.prepared(s, goods.substitution, stake)
    return replace(
        world,
        compute=replace(compute, growth=compute.growth * (1.0 + heart), private=compute.private * (1.0 + heart)),
        goods=replace(goods, substitution=np.minimum(goods.substitution + learnt, 0.95)),
    )


# --- fading: at the end of a quarter ---------------------------------------------------------------------------------


def fade(world: World, turn: Turn) -> World:
    """Threats run on, some run out empty; what is known fades; bluffs are found out; belief comes back."""
    if _quiet(world):
        return world
    signals, approval = world.signals, world.state.approval
    left, ultimatum, cost, shame = _run_on(world)
    belief = signals.credibility + RECOVERY * (BELIEVED - signals.credibility) - cost
    known = signals.intelligence
    if known.any():
        known = KEPT * known
        known[known < 0.01] = 0.0
    found = _found_out(world, turn)
    belief = clip(belief - FOUND_OUT * found, 0.0, 1.0)
    settled = (np.abs(belief - BELIEVED) < 1e-3) & (cost <= 0.0)
    world = replace(
        world,
        signals=replace(
            signals,
            threat=left,
            ultimatum=ultimatum,
            credibility=np.where(settled, BELIEVED, belief),
            intelligence=known,
            bluff=np.where(found > 0.0, 0.0, signals.bluff) if found.any() else signals.bluff,
            exposed=found,
        ),
        state=replace(world.state, approval=clip(approval - shame - ASHAMED * found, 0.02, 0.98)),
    )
    return _mistrusted(world, found) if found.any() else world


def _mistrusted(world: World, found: Array) -> World:
    """Everybody trusts those less whose bluff was found out."""
    trust = world.relations.trust * (1.0 - DECEIVED * found)[:, None]
    itself = np.arange(len(trust))
    trust[itself, itself] = 1.0
    return replace(world, relations=replace(world.relations, trust=clip(trust, 0.02, 1.0)))


def _run_on(world: World) -> tuple[Small, Small, Array, Array]:
    """Threats and ultimata a quarter later, and the belief and approval that those lose which run out empty."""
    signals = world.signals
    if not _threats(world):
        none = np.zeros_like(signals.credibility)
        return signals.threat, signals.ultimatum, none, none
    left = one_less(signals.threat)
    empty = (signals.threat == 1) & (left == 0)
    return left, signals.ultimatum * (left > 0), *_emptied(empty, empty & (signals.ultimatum > 0))


@reading_of("signals.threat")
def _threats(world: World) -> bool:
    """Whether any threat is open."""
    return bool(world.signals.threat.any())


@reading_of("signals.threat", "signals.credibility", "signals.intelligence", "signals.bluff", "signals.exposed")
def _quiet(world: World) -> bool:
    """Whether nothing is said, known or believed otherwise than at the opening."""
    signals = world.signals
    stirred = (signals.threat, signals.intelligence, signals.bluff, signals.exposed)
    return not any(array.any() for array in stirred) and bool((signals.credibility == BELIEVED).all())


def _emptied(threats: NDArray[np.bool_], ultimata: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Belief and approval that threats lose their owners when nothing comes of them. (N, B) each."""
    count, grave = _of_owners(threats), _of_owners(ultimata)
    return EMPTY_THREAT * (count - grave) + EMPTY_ULTIMATUM * grave, BACKED_DOWN * grave


def _of_owners(said: NDArray[np.bool_]) -> Array:
    """How many each owner said. (N, C, N, B) -> (N, B). Of many worlds few say any: they are counted one by one."""
    owner, _, _, w = entries(said)
    worlds = said.shape[-1]
    return counted(owner * worlds + w, np.ones(len(owner)), (len(said), worlds))


def _found_out(world: World, turn: Turn) -> Array:
    """Bluffs that are found out this quarter: the likelier the more the best informed rival knows. (N, B)."""
    bluff = world.signals.bluff
    if not bluff.any():
        return np.zeros_like(bluff)
    odds = (SLIP + SEEN_THROUGH * world.signals.intelligence.max(axis=0)) * np.minimum(2.0 * np.abs(bluff), 1.0)
    return (uniform(world.seed, world.quarter, _keys(turn.scenario)) < odds).astype(np.float64)


@constants_of
def _keys(s: Scenario) -> NDArray[np.uint64]:
    return entity_keys("bluff", s.place_axis)


# --- read by others --------------------------------------------------------------------------------------------------


def threatened(world: World, owner: int, k: int, targets: list[int]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether an owner has declared a control of a class against any of the targets, and by ultimatum. (B,) each."""
    threat = world.signals.threat[owner, k, targets] > 0
    last = threat & (world.signals.ultimatum[owner, k, targets] > 0)
    some: NDArray[np.bool_] = np.any(threat, axis=0)
    dear: NDArray[np.bool_] = np.any(last, axis=0)
    return some, dear
