"""What makes a control bite, in words: what the owner stops alone, who would sell in its place, who would have to join
and what each wants for it."""

from __future__ import annotations

from game.core.names import CLASSES, LEVELS
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.clauses import CLASS_NAMES, dollars
from game.explain.words import in_sentence, listed
from game.rules import coalition
from game.rules.tables import Tables

#: Share of the target's use with which a coalition blocks, and partners and sellers that are named.
BLOCKS, NAMED = 0.5, 3
#: Less than this is not told, USD bn a quarter.
SLIGHT = 0.001


def coalition_words(
    world: World, s: Scenario, t: Tables, owner: int, control_class: int, target: int, level: int
) -> list[str]:
    """Sentences on a control that might be set, in the first world."""
    found = coalition.coalition(world, s, t, owner, control_class, target, level)
    goods, there = CLASS_NAMES[CLASSES.names[control_class]], in_sentence(s.texts.names[target])
    lines = [
        f"Alone it keeps {found.alone[0]:.0%} of its {goods} from {there}; if all sellers joined, "
        f"{found.everybody[0]:.0%}."
    ]
    sellers = sorted(range(len(found.earned)), key=lambda n: -float(found.earned[n, 0]))[:NAMED]
    paid = [_sum(s, n, float(found.earned[n, 0])) for n in sellers if found.earned[n, 0] > SLIGHT]
    if paid:
        lines.append(f"In its place {listed(paid, NAMED)} a quarter would be sold.")
    partners, share = coalition.blocking(world, s, control_class, target, owner, BLOCKS)
    if partners and level > LEVELS.at("open"):
        wants = [_want(s, n, float(found.price[n, 0])) for n in partners]
        lines.append(f"With {listed(wants, NAMED)} it would be {share:.0%}.")
    return lines


def _sum(s: Scenario, place: int, amount: float) -> str:
    return f"{dollars(amount)} by {in_sentence(s.texts.names[place])}"


def _want(s: Scenario, place: int, price: float) -> str:
    name = in_sentence(s.texts.names[place])
    return f"{name} (which would want {dollars(price)} a quarter)" if price > SLIGHT else name
