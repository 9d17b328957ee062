"""What points and standings are counted from: par by mandate, spread beyond it, the field's own pace."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.balance.indicators import course, yardstick
from tests.balance.test_indicators import table

GAMES = 60


def test_a_mandate_that_is_easier_for_all_is_no_spread_of_a_seat():
    drawn = np.tile(np.arange(3), (2, GAMES // 3))
    luck = np.where(np.arange(GAMES) % 2 == 0, 1.0, -1.0)
    scores = np.stack([50.0 + 8.0 * (drawn[0] == 1) + luck, 50.0 + luck])
    played = [replace(table(["steady"] * 2, scores), mandates=drawn)]
    found = yardstick(played, played)
    assert found.sigma[0] == pytest.approx(found.sigma[1])
    assert found.par[0, 1] > found.par[0, 0] + 7.0


def test_a_seat_that_earns_late_as_a_rule_is_not_behind_at_half_time():
    rng = np.random.default_rng(3)
    scores = 50.0 + rng.normal(0.0, 1.0, (6, GAMES))
    pace = np.linspace(0.1, 1.0, 12)[:, None, None] * np.ones((12, 6, 1))
    pace[:, 0] = np.linspace(0.0, 1.0, 12)[:, None] ** 2
    # What each gets in the end is known all along, but the first seat is paid late.
    played = [replace(table(["steady"] * 6, scores), open_scores=pace * 50.0 + (scores - 50.0)[None])]
    found = course(played, yardstick(played, played))
    assert found.comeback == 0.0
