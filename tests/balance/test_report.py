"""The report is made from real games, and says of each thing what it found."""

import json

import numpy as np
import pytest

from game.balance import questions, report
from game.balance.page import balance_page
from game.balance.pools import Pools
from game.balance.probes import Given, Taken, probe, repeated
from game.balance.tables import Seating, play_table
from game.balance.verdicts import NOT_MEASURED
from game.core.diplomacy import Declare
from game.core.orders import ExportControl
from game.core.world import state_hash
from game.files.scenarios import bundled
from game.lab.plan import Plan
from game.rules.book import RuleBook
from tests.page.test_document import parsed


def test_table_notes_every_quarter_and_the_end() -> None:
    s = bundled("classroom")
    ticks: list[int] = []
    found = play_table(s, Seating(("hold",) * len(s.seats), 3, 2), ticks.append)
    assert ticks == [2]
    assert found.scores.shape == (len(s.seats), 2)
    assert found.open_scores.shape == (s.quarters, len(s.seats), 2)
    assert found.bars.shape == (s.quarters, 2, 2)
    assert (found.exchanged <= found.ended).all()
    assert np.isfinite(found.scores).all()
    assert {"control", "dial"} <= set(found.orders)


def test_groups_of_a_probe_begin_alike_seed_for_seed() -> None:
    world = RuleBook(bundled("classroom")).open(5, 2)
    many = repeated(world, 3)
    assert [state_hash(many, w) for w in range(6)] == [state_hash(world, w) for w in range(2)] * 3


def test_probe_parts_only_the_groups_that_are_treated_otherwise() -> None:
    s = bundled("classroom")
    ban = ExportControl("magnets", "CHN", "ban")
    given = [Given(q, "JPN", ban, frozenset([2])) for q in range(3)]
    found = probe(s, 3, 2, 5, given, [Taken("JPN", 2, until=0)], quarters=3)
    assert found.scores[:, 0] == pytest.approx(found.scores[:, 1], abs=0.0)
    assert (found.scores[:, 0] != found.scores[:, 2]).any()
    groups = found.by_group(found.world.policy.level.max(axis=(0, 1, 2)).astype(np.float64))
    assert groups.shape == (3, 2)


def test_controls_that_are_taken_from_a_seat_are_not_set() -> None:
    s = bundled("classroom")
    given = [Given(0, "JPN", ExportControl("magnets", "CHN", "ban"), frozenset([0, 1]))]
    found = probe(s, 2, 2, 5, given, [Taken("JPN", 1, "magnets", "CHN")], quarters=1)
    japan, china = s.place_axis.at("JPN"), s.place_axis.at("CHN")
    level = found.by_group(found.world.policy.chosen[japan, :, china].astype(np.float64))
    assert level[:, 0].max() > level[:, 1].max()


def test_who_may_not_control_may_not_threaten_either() -> None:
    s = bundled("classroom")
    given = [Given(0, "CHN", Declare("minerals", "JPN", 4), frozenset([0, 1]))]
    found = probe(s, 2, 2, 5, given, [Taken("CHN", 1)], quarters=1)
    threat = found.by_group(found.world.signals.threat[s.place_axis.at("CHN")].astype(np.float64))
    assert threat[:, :, 0].any()
    assert not threat[:, :, 1].any()


@pytest.mark.slow
def test_report_gives_a_verdict_on_everything_and_reads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "WORLDS", 16)
    s = bundled("classroom")
    found = Pools(("free_trader", "hawk", "steady"), ("hold", "steady"), ("planner",))
    ticks: list[int] = []
    made = report.balance(s, Plan("classroom"), 4, found, 1, ticks.append)
    rules = {verdict.rule for verdict in made.verdicts}
    assert {"10", "R1", "R2", "R3", "R4", "R6", "R7", "R9", "R12", "R13", "score"} <= rules
    assert all(verdict.note for verdict in made.verdicts if verdict.words == NOT_MEASURED)
    plain = json.loads(json.dumps(made.as_json(), allow_nan=False))
    assert len(plain["verdicts"]) == len(made.verdicts)
    assert sum(ticks) > 0
    assert parsed(balance_page(made, "balance")).open == []
