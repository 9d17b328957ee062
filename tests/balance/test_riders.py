"""Members pay more where paying counts; whether any gains by paying nothing is told seat by seat."""

import numpy as np
import pytest

from game.balance.riders import riders
from game.files.scenarios import bundled


@pytest.mark.slow
def test_members_pay_more_where_release_goes_by_contribution() -> None:
    s = bundled("pax_silica_2026")
    more, idle = riders(s, 7, np.full(len(s.seats), 5.0), games=2)
    assert more.value is not None
    assert more.value > 0.2
    assert "bn a game" in more.note
    assert idle.value is not None
    assert "on average" in idle.note
