"""What the rungs below `steady` do and do not do: chance, holding, greed."""

import numpy as np
import pytest

from agents.model import ChipRace
from agents.strategies.random_menus import order_menus, proposal_menus
from game.core.clauses import CLAUSES
from game.core.diplomacy import Clause, Propose
from game.core.order_kinds import SEALED
from game.files.scenarios import bundled
from game.rules.pacts import IN_FORCE

S = bundled("classroom")
JPN, USA, EUU = (S.place_axis.at(code) for code in ("JPN", "USA", "EUU"))
MONEYS = (CLAUSES.at("money"), CLAUSES.at("payment"))
GIFT = Propose(("USA", "JPN"), (Clause("money", "USA", "JPN", None, None, 0.05),))
TRIBUTE = Propose(("USA", "JPN"), (Clause("money", "JPN", "USA", None, None, 0.05),))


def test_chance_draws_among_all_kinds_of_orders_and_of_clauses_that_there_are():
    for seat in S.places.seats:
        ordered = {order.kind for menu in order_menus(S)[seat] for order in menu}
        # Which contracts there are to break only a game says.
        able = set(SEALED) - {"break"}
        assert ordered <= able
        proposed = [{proposal.clauses[0].kind for proposal in menu} for menu in proposal_menus(S)[seat]]
        assert proposed == [{kind} for kind in CLAUSES.names]
    everybody = {order.kind for seat in S.places.seats for menu in order_menus(S)[seat] for order in menu}
    assert everybody == able


def test_chance_breaks_contracts_and_signs_new_ones():
    race = ChipRace(S, 4, {"JPN": "random_legal"}, 3)
    signed = broken = 0
    for _ in range(10):
        race.step()
        c = race.world.contracts
        signed += int(((c.party[:, JPN] > 0) & (c.status == IN_FORCE) & (c.proposer == JPN)).any())
        broken += int((c.breaker == JPN).any())
    assert signed
    assert broken


def said(strategy: str, offer: Propose) -> bool:
    race = ChipRace(S, 1, {"JPN": strategy, "USA": None}, 4)
    race.say("USA", offer)
    race.open_round()
    race.close_round()
    c = race.world.contracts
    return bool(((c.party[:, JPN] > 0) & (c.status == IN_FORCE) & (c.proposer == USA)).any())


def test_greed_signs_a_gift_and_no_tribute_and_holding_signs_neither():
    assert said("greedy", GIFT)
    assert not said("greedy", TRIBUTE)
    assert not said("hold", GIFT)


@pytest.mark.parametrize(("strategy", "begins"), [("hold", False), ("steady", True)])
def test_holding_renews_contracts_and_signs_no_new_ones(strategy, begins):
    race, renewed, new = ChipRace(S, 4, {"EUU": strategy}, 5), 0, 0
    known = [{clauses(race, slot, w) for slot in slots(race, w)} for w in range(4)]
    for _ in range(14):
        before = race.world.contracts.number.max(axis=0)
        race.step()
        for w in range(4):
            for slot in slots(race, w):
                if race.world.contracts.number[slot, w] > before[w]:
                    again = any(clauses(race, slot, w) & old for old in known[w])
                    renewed, new = renewed + again, new + (not again)
                    known[w].add(clauses(race, slot, w))
    assert renewed
    assert (new > 0) == begins


def slots(race: ChipRace, w: int) -> list[int]:
    c = race.world.contracts
    return np.flatnonzero((c.party[:, EUU, w] > 0) & (c.status[:, w] == IN_FORCE)).tolist()


def clauses(race: ChipRace, slot: int, w: int) -> frozenset[tuple[int, ...]]:
    table = race.world.clauses
    real = (table.kind[slot, :, w] >= 0) & ~np.isin(table.kind[slot, :, w], MONEYS)
    columns = [getattr(table, name)[slot, :, w][real].astype(int).tolist() for name in ("kind", "giver", "taker")]
    return frozenset(zip(*columns, strict=True))


def test_holding_gives_no_orders():
    race = ChipRace(S, 2, dict.fromkeys(S.seats, "hold"), 5)
    for _ in range(4):
        race.talk()
        sealed = race.sealed_orders()
        assert not sealed.capital.any()
        assert not sealed.money.any()
        race.advance(sealed)
