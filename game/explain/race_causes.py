"""What stands behind a move of the race: the plant, stock, trade or control without which a cover had moved least.

First world of the batch only.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core.names import GOODS
from game.core.world import World, replace
from game.explain.quarter import Quarter
from game.explain.words import GOOD_NAMES, output_words
from game.rules import race

#: Goods whose makers inside stand behind a part of the chip bar; the other parts are made by lines.
GOODS_OF_PART = {
    "process_tools": ("process_tools",), "lithography": ("duv", "euv"), "materials": ("wafers", "resist", "quartz"),
}  # fmt: skip
LINES_OF_PART = {"mature_logic": 0, "advanced_logic": 0, "hbm": 1, "accelerators": 2}


def _largest(quarter: Quarter, cover: Callable[[World], float], changes: dict[str, World]) -> str:
    """The change of the world without which a cover would have moved least: each is undone alone."""
    now = cover(quarter.after)
    moved = now - cover(quarter.before)
    effect = {name: now - cover(without) for name, without in changes.items()}
    along = {name: size for name, size in effect.items() if size * moved > 0.0}
    return max(along, key=lambda name: abs(along[name])) if along else ""


def mineral_cause(quarter: Quarter, good: int, cover: Callable[[World], float]) -> tuple[str, tuple[str, ...]]:
    """Why the cover of a mineral moved, and the places that it is about."""
    before, after, s = quarter.before, quarter.after, quarter.scenario
    changes = {
        "made": replace(
            after,
            goods=replace(after.goods, made=before.goods.made),
            suppliers=replace(after.suppliers, output=before.suppliers.output),
        ),
        "feed": replace(after, trade=replace(after.trade, flow=before.trade.flow, received=before.trade.received)),
        "stock": replace(after, goods=replace(after.goods, stockpile=before.goods.stockpile)),
        "use": replace(after, goods=replace(after.goods, reference=before.goods.reference)),
        "members": replace(after, relations=replace(after.relations, member=before.relations.member)),
    }
    what, name = _largest(quarter, cover, changes), GOOD_NAMES[GOODS.names[good]]
    if what == "made":
        return _supplier_cause(quarter, (good,), list(np.flatnonzero(after.relations.member[s.race.bloc, :, 0])))
    if what == "feed":
        more = cover(after) > cover(before)
        return f"plants of the bloc take {'less' if more else 'more'} of their feed from China", (
            quarter.codes[s.inside],
        )
    if what == "stock":
        change = after.goods.stockpile[:, good, 0] - before.goods.stockpile[:, good, 0]
        n = int(np.argmax(np.abs(change)))
        return f"the national stock of {name} in {quarter.place(n)} {_grew(change[n])}", (quarter.codes[n],)
    if what == "members":
        return "the bloc has other members", ()
    return (f"the bloc uses {'less' if cover(after) > cover(before) else 'more'} {name}", ()) if what else ("", ())


def chip_cause(quarter: Quarter, part: str, cover: Callable[[World], float]) -> tuple[str, tuple[str, ...]]:
    """Why the cover of a part of the chip bar moved, and the places that it is about."""
    before, after, n = quarter.before, quarter.after, quarter.scenario.inside
    here = quarter.place(n)
    goods = replace(after.goods, made=before.goods.made)
    changes = {
        "lines": replace(after, lines=replace(after.lines, output=before.lines.output)),
        "made": replace(after, goods=goods),
        "tools": replace(
            after,
            trade=replace(after.trade, flow=before.trade.flow, received=before.trade.received),
            goods=replace(after.goods, substitution=before.goods.substitution),
        ),
        "use": replace(after, goods=replace(after.goods, reference=before.goods.reference)),
    }
    what = _largest(quarter, cover, changes)
    if what == "lines":
        return _line_cause(quarter, part)
    if what == "made" and part in GOODS_OF_PART:
        return _supplier_cause(quarter, tuple(GOODS.at(g) for g in GOODS_OF_PART[part]), [n])
    if what == "tools":
        alive = [float(race.alive_share(world, quarter.scenario, quarter.tables)[0]) for world in (before, after)]
        return f"{alive[1]:.0%} of plants in {here} would run without foreign tools, after {alive[0]:.0%}", ()
    return (f"{here} needs {'less' if cover(after) > cover(before) else 'more'} of it", ()) if what else ("", ())


def _supplier_cause(quarter: Quarter, goods: tuple[int, ...], places: list[int]) -> tuple[str, tuple[str, ...]]:
    """The plant whose output of some goods changed most, at some places; and a control that was set on its feed."""
    table = quarter.scenario.suppliers
    rows = np.flatnonzero(np.isin(table.good, goods) & np.isin(table.place, places))
    worth = quarter.scenario.goods.price[table.good[rows], 0]
    change = quarter.after.suppliers.output[rows, 0] - quarter.before.suppliers.output[rows, 0]
    if not len(rows) or not change.any():
        return "", ()
    best = int(np.argmax(np.abs(change * worth)))
    i = int(rows[best])
    good, place = GOODS.names[int(table.good[i])], int(table.place[i])
    amount = output_words(good, 4.0 * abs(float(change[best])))
    words = f"{table.titles[i]} {'adds' if change[best] > 0 else 'loses'} {amount} a year"
    return words + _held_back(quarter, place, change[best]), (quarter.codes[place],)


def _line_cause(quarter: Quarter, part: str) -> tuple[str, tuple[str, ...]]:
    """The line inside whose output for a part changed most."""
    s, lines, n = quarter.scenario, quarter.scenario.lines, quarter.scenario.inside
    kind = LINES_OF_PART.get(part, 0)
    rows = np.flatnonzero((lines.home == n) & (lines.place == n) & (lines.kind == kind))
    if part == "mature_logic":
        rows = rows[quarter.after.lines.node[rows, 0] < 1]
    if part == "advanced_logic":
        rows = rows[quarter.after.lines.node[rows, 0] >= 1]
    change = quarter.after.lines.output[rows, 0] - quarter.before.lines.output[rows, 0]
    if not len(rows) or not change.any():
        return "", ()
    best = int(np.argmax(np.abs(change)))
    i = int(rows[best])
    was = float(quarter.before.lines.output[i, 0])
    by = f" by {abs(float(change[best])) / was:.0%}" if was > 1e-9 else ""
    words = f"{lines.titles[i]} {_raises(change[best])} its output{by}"
    return words + _held_back(quarter, n, change[best]), (s.place_axis.names[n],)


def _held_back(quarter: Quarter, place: int, change: float) -> str:
    """The control that stands behind a loss: the owner that tightened one on the place in this quarter."""
    tighter = quarter.after.policy.level[:, :, place, 0] > quarter.before.policy.level[:, :, place, 0]
    if change >= 0.0 or not tighter.any():
        return ""
    owner, good = (int(found[0]) for found in np.nonzero(tighter))
    return f", as {quarter.place(owner)} tightens its control on {GOOD_NAMES[GOODS.names[good]]}"


def _grew(change: float) -> str:
    return "grew" if change > 0 else "shrank"


def _raises(change: float) -> str:
    return "raises" if change > 0 else "cuts"
