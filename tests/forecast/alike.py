"""Two games that look alike to a seat: what is hidden from it differs, and its estimates do not."""

from dataclasses import replace

import numpy as np
import pytest

from game import view as views
from game.core.scenario import Scenario
from game.core.schema import walk
from game.core.world import World
from game.view import view


def keep_estimates(world: World, s: Scenario, seat: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a seat estimate what it does in `world`, whatever is really behind it."""
    shown = {(path.rpartition(".")[2], len(values)): values.copy() for path, _, values in walk(view(world, s, seat))}

    def estimate(values, axes, low, high, name, *rest):
        return shown[name, len(values)][..., : values.shape[-1]].copy()

    monkeypatch.setattr(views, "_estimate", estimate)


def hidden_otherwise(world: World, s: Scenario, seat: int) -> World:
    """Stocks, yields, use, security compute, mandates, bluffs and spies of others are other ones."""
    others = (np.arange(len(s.place_axis)) != seat)[:, None]
    lines, suppliers = (s.lines.home != seat)[:, None], (s.suppliers.home != seat)[:, None]
    w, standing, signals = world, world.standing, world.signals
    return replace(
        w,
        goods=replace(w.goods, stockpile=np.where(others[:, None], w.goods.stockpile * 1.3, w.goods.stockpile)),
        lines=replace(w.lines, die_yield=np.where(lines, w.lines.die_yield * 0.8, w.lines.die_yield)),
        suppliers=replace(w.suppliers, use=np.where(suppliers, w.suppliers.use * 0.7, w.suppliers.use)),
        compute=replace(w.compute, security=np.where(others, w.compute.security * 2.0, w.compute.security)),
        standing=replace(
            standing,
            mandate=np.where(others, (standing.mandate + 1) % 3, standing.mandate).astype(np.int8),
            mandate_sum=np.where(others, 7.0, standing.mandate_sum),
        ),
        signals=replace(
            signals,
            bluff=np.where(others, 0.5, signals.bluff),
            intelligence=np.where(others[:, None], 0.9, signals.intelligence),
        ),
    )
