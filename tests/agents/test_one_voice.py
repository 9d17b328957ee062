"""A seat that talks for itself fares as it does in the common pass of the doctrines: neither way is better."""

import numpy as np
import pytest

from agents.model import ChipRace
from agents.strategies.steady import Steady
from agents.strategies.steady_renewals import proposers
from game.core.clauses import CLAUSES
from game.core.numeric import entries
from game.files.scenarios import bundled
from game.rules import score
from game.rules.talks import Talks

S = bundled("classroom")
MONEYS = (CLAUSES.at("money"), CLAUSES.at("payment"))
#: Points of the whole game within which the two ways must lie; apart by three before seats made all their offers.
SAME = 1.0


class Apart(Steady):
    """Steady, in a class of its own: nobody talks with it in one pass."""

    name, motto = "apart", "By itself."


def scores(seat: str, strategy: object) -> np.ndarray:
    race = ChipRace(S, 16, {seat: strategy}, 500)
    race.run()
    return score.game_score(race.world)[S.place_axis.at(seat)]


@pytest.mark.parametrize("seat", ["KOR", "BRA"])
def test_who_talks_by_itself_signs_no_better_contracts(seat):
    assert abs(float((scores(seat, Apart()) - scores(seat, "steady")).mean())) < SAME


def clauses_of(talks: Talks, row: int, w: int) -> set[tuple[int, ...]]:
    o = talks.offers
    real = (o.kind[row, :, w] >= 0) & ~np.isin(o.kind[row, :, w], MONEYS)
    rows = np.stack([getattr(o, name)[row, :, w] for name in ("kind", "giver", "taker", "subject")], axis=1)
    return set(map(tuple, rows[real].astype(int).tolist()))


def test_two_who_ask_each_other_for_the_same_in_one_round_agree_on_it_once():
    twice, asked = [], []

    def heard(talks: Talks) -> None:
        found: dict[tuple[int, ...], bool] = {}
        for row, w in zip(*entries(talks.offers.open), strict=True):
            for clause in clauses_of(talks, int(row), int(w)):
                signed = bool(talks.agreed[row, w])
                asked.append((w, *clause) in found)
                twice.append(signed and found.get((w, *clause), False))
                found[w, *clause] = signed or found.get((w, *clause), False)

    race = ChipRace(S, 8, {"KOR": Apart(), "TWN": Apart(), "USA": Apart()}, 7)
    race.on_round = heard
    race.run(12)
    assert any(asked)
    assert not any(twice)


def test_partners_of_a_busy_seat_renew_what_it_has_no_words_left_for():
    busy, partners, nobody = np.zeros(3, dtype=np.int64), np.array([1, 2, 3]), np.zeros(3, dtype=np.int64)
    may = np.ones(3, dtype=bool)
    assert proposers(np.ones((4, 1), dtype=bool), busy, partners, nobody, may).tolist() == [0, 2, 3]
    mute = np.array([[True], [True], [False], [True]])
    assert proposers(mute, busy, partners, nobody, may).tolist() == [0, -1, 3]
