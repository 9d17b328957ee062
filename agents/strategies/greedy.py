"""Greedy: takes what raises its measures next quarter, signs what it is offered if it gains by it, and plans for
nothing."""

import numpy as np

from agents.alternatives import Alternative
from agents.envoys import Envoy
from agents.strategies import Counsel
from game.core.names import GOODS, MEASURES, USES
from game.core.numeric import Array, entries
from game.core.orders import BuildPower, ComputeSplit, SovereignCompute, Visa
from game.rules.law import Mask
from game.rules.worth_offers import nets_at
from game.rules.worth_stakes import stakes


class Greedy:
    """Weighs what each dollar would add to the score within a quarter or two; long projects never win."""

    name = "greedy"
    motto = "Take the best gain of the next quarter."

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        self._split(counsel)
        if self._dark(counsel).any():
            self._light(counsel, self._dark(counsel))
        self._hire(counsel)
        amount = self._amount(counsel)
        where = (amount > 0.05) & ~self._dark(counsel)
        if where.any():
            counsel.give(SovereignCompute(amount), where)

    def answer(self, envoy: Envoy) -> None:
        """Accept whatever is worth something to it, by what is open to all; it offers nothing itself."""
        embassy, seat = envoy.alone, envoy.seat
        offers = embassy.offers
        row, w = entries(offers.open & offers.party[:, seat] & (offers.sender != seat)[:, None])
        if len(row):
            k = stakes(embassy.talks.world, envoy.scenario, envoy.book.tables)
            gains = nets_at(k, offers, row, w)[:, seat] > 0.0
            embassy.answer_together(row, np.full(len(row), seat), w, gains)

    def alternatives(self, counsel: Counsel) -> list[Alternative]:
        """What the money at hand adds to the score by the next quarters: racks, power for them, engineers."""
        k, seat = stakes(counsel.view, counsel.scenario, counsel.book.tables), counsel.seat
        racks = self._amount(counsel)
        price = max(float(k.price[GOODS.at("accelerators"), 0]), 1e-9)
        gigawatts, thousands = 0.08 * counsel.view.power.supply[seat], 0.02 * counsel.view.people.engineers[seat]
        worths = (
            (
                "compute",
                SovereignCompute(racks),
                "compute_at_work",
                racks / price * k.compute[seat] * ~self._dark(counsel),
            ),
            ("power", BuildPower("lng", gigawatts), "racks_that_run", gigawatts * k.gigawatt[seat]),
            ("engineers", Visa(thousands), "plants_staffed", thousands * k.engineer[seat]),
        )
        return [
            Alternative(
                matter, order, float(np.ravel(value)[0]), ((term, float(np.ravel(value)[0])),), "points a quarter"
            )
            for matter, order, term, value in worths
        ]

    def _amount(self, counsel: Counsel) -> Array:
        """USD bn for accelerators. (B,)."""
        return np.maximum(counsel.money * 0.9 - counsel.scenario.places.credit[counsel.seat] * 0.5, 0.0)

    def _split(self, counsel: Counsel) -> None:
        """All compute to the use that scores now: the economy, or security where that weighs more."""
        weights = counsel.scenario.places.weights[counsel.seat, :, 0]
        secure = weights[MEASURES.at("security")] > weights[MEASURES.at("prosperity")]
        use = "security" if secure else "economy"
        share = 0.4 if secure else 0.95
        if counsel.view.quarter == 0:
            counsel.give(ComputeSplit(USES.names[USES.at(use)], share))

    def _dark(self, counsel: Counsel) -> Mask:
        """Whether power, not chips, holds compute back. (B,)."""
        power = counsel.view.power
        dark: Mask = power.used[counsel.seat] > 0.985 * power.supply[counsel.seat]
        return dark

    def _light(self, counsel: Counsel, where: Mask) -> None:
        """Gas turbines: the quickest power there is."""
        gigawatts = 0.08 * counsel.view.power.supply[counsel.seat]
        affordable = gigawatts * counsel.scenario.parameters.power.lng_cost < counsel.money
        counsel.give(BuildPower("lng", gigawatts), where & affordable)

    def _hire(self, counsel: Counsel) -> None:
        people = counsel.view.people
        short: Mask = people.needed[counsel.seat] > people.engineers[counsel.seat]
        if short.any():
            counsel.give(Visa(0.02 * people.engineers[counsel.seat]), short)
