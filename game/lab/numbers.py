"""Numbers by which games with and without a system are compared (rules.md section 6): one value a world and game.

A number is read at the end of each quarter and folded over the game: its sum, its mean, or its last value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS, LEVELS, TRACKS
from game.core.numeric import total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import score
from game.rules.guards import INCIDENTS
from game.view import view

Floats = NDArray[np.float64]
Read = Callable[[World, World, Scenario], Floats]
BAN = LEVELS.at("ban")
#: Share of capacity in use below which a plant counts as idle, and yield that a new line is after.
IDLE, GOOD_YIELD = 0.5, 0.7
#: Quarters after which the price of heavy rare earths is read for S3.
EARLY = 8
#: How often, in quarters, and for how many viewers estimates are compared with the truth.
LOOKED, VIEWERS = 4, 4


@dataclass(frozen=True, slots=True)
class Number:
    """One number: its words, how it is read of a quarter, (B,), and folded over a game."""

    title: str
    read: Read
    fold: Literal["sum", "mean", "last", "early"] = "mean"


def _dytb(before: World, after: World, s: Scenario) -> Floats:
    price: Floats = after.market.price[0, GOODS.at("dytb")]
    return price


def _idle_fabs(before: World, after: World, s: Scenario) -> Floats:
    lines = after.lines
    return np.asarray(np.count_nonzero((lines.capacity > 0.0) & (lines.use < IDLE), axis=0), dtype=np.float64)


def _leading(before: World, after: World, s: Scenario) -> Floats:
    return total(after.goods.made[:, GOODS.at("leading_logic")])


def _immature(before: World, after: World, s: Scenario) -> Floats:
    """Fast lines at work whose yield has not come to 70% yet."""
    fast = (s.lines.fast > 0.0) & (after.lines.capacity > 0.0)
    return np.asarray(np.count_nonzero(fast & (after.lines.die_yield < GOOD_YIELD), axis=0), dtype=np.float64)


def _compute(before: World, after: World, s: Scenario) -> Floats:
    return total(after.compute.installed)


def _leak_share(before: World, after: World, s: Scenario) -> Floats:
    """Worth of what leaked over the worth of what controls stopped, at opening prices."""
    price = s.goods.price[s.sellers.good][:, None]
    leaked = total(total((after.trade.leaked * price).swapaxes(0, 1)))
    stopped = leaked + total(total((after.trade.blocked * price).swapaxes(0, 1)))
    return np.asarray(leaked / np.maximum(stopped, 1e-9))


def _trust(before: World, after: World, s: Scenario) -> Floats:
    """Mean trust of seats in one another."""
    seats = list(s.places.seats)
    trust = after.relations.trust[np.ix_(seats, seats)]
    return np.asarray((total(total(trust)) - len(seats)) / (len(seats) * (len(seats) - 1)))


def _laggards(before: World, after: World, s: Scenario) -> Floats:
    """Mean distance of seats from the leader in node know-how."""
    known = after.state.knowhow[list(s.places.seats), TRACKS.at("node")]
    return np.asarray(known.max(axis=0) - known.mean(axis=0))


def _labour_gap(before: World, after: World, s: Scenario) -> Floats:
    seats = list(s.places.seats)
    engineers, needed = after.people.engineers[seats], after.people.needed[seats]
    return np.asarray(np.maximum(1.0 - engineers / np.maximum(needed, 1e-9), 0.0).mean(axis=0))


def _power_gap(before: World, after: World, s: Scenario) -> Floats:
    return np.asarray(1.0 - after.power.factor[list(s.places.seats)].mean(axis=0))


def _incidents(before: World, after: World, s: Scenario) -> Floats:
    kinds = [s.events.axis.at(kind) for kind in INCIDENTS if kind in s.events.axis]
    return np.asarray(np.count_nonzero(after.events.struck[kinds] > 0.0, axis=(0, 1)), dtype=np.float64)


def _mean_score(before: World, after: World, s: Scenario) -> Floats:
    return np.asarray(score.game_score(after)[list(s.places.seats)].mean(axis=0))


def _neutral_score(before: World, after: World, s: Scenario) -> Floats:
    """Mean score of seats that began on neither side of the race."""
    member = after.relations.member[s.race.bloc, :, 0] > 0
    neutral = [n for n in s.places.seats if not member[n] and n != s.inside]
    return np.asarray(score.game_score(after)[neutral].mean(axis=0)) if neutral else np.zeros(after.worlds)


def _forecast_error(before: World, after: World, s: Scenario) -> Floats:
    """Mean distance of estimates of others' national stocks from the truth; read once a year."""
    if after.quarter % LOOKED:
        return np.full(after.worlds, np.nan)
    true = after.goods.stockpile
    errors = []
    for n in s.places.seats[:VIEWERS]:
        others = [m for m in s.places.seats if m != n]
        seen = view(after, s, n).goods.stockpile[others]
        held = true[others]
        off = np.abs(seen - held) / np.maximum(held, 1e-9)
        some = held > 1e-9
        errors.append(np.where(some, off, 0.0).sum(axis=(0, 1)) / np.maximum(some.sum(axis=(0, 1)), 1))
    return np.asarray(np.mean(errors, axis=0))


def _bans_lifted(before: World, after: World, s: Scenario) -> Floats:
    """Pairs of owner and target between which a ban ended."""
    lifted = (before.policy.level == BAN) & (after.policy.level < BAN)
    return np.asarray(np.count_nonzero(lifted.any(axis=1), axis=(0, 1)), dtype=np.float64)


def _hostage_signing(before: World, after: World, s: Scenario) -> Floats:
    """Goods that homes of lines on the other side control for the place where these stand."""
    count = np.zeros(after.worlds)
    for home in sorted({int(n) for n, p in zip(s.lines.home, s.lines.place, strict=True) if p == s.inside != n}):
        count += np.count_nonzero(after.policy.level[home, :, s.inside] > 0, axis=0)
    return count


def _output_lost(before: World, after: World, s: Scenario) -> Floats:
    lines = after.lines
    return np.asarray(total(lines.outage * lines.capacity) / np.maximum(total(lines.capacity), 1e-9))


def _strait_loss(before: World, after: World, s: Scenario) -> Floats:
    """Sea trade lost, mean over seats."""
    return np.asarray(after.events.route[list(s.places.seats)].mean(axis=0))


def _car_chips(before: World, after: World, s: Scenario) -> Floats:
    return np.asarray(after.goods.scarce[list(s.places.seats), GOODS.at("mature_chips")].mean(axis=0))


NUMBERS: dict[str, Number] = {
    "dytb_price": Number("price of Dy and Tb outside, ratio", _dytb),
    "dytb_price_8": Number("price of Dy and Tb after 8 quarters, ratio", _dytb, "early"),
    "idle_fab_quarters": Number("quarters of lines below half of capacity", _idle_fabs, "sum"),
    "leading_output": Number("leading-edge logic, thousand H100e a quarter", _leading),
    "quarters_to_70_yield": Number("quarters of fast lines below 70% yield", _immature, "sum"),
    "chip_independence": Number(
        "China's chip independence, share", lambda b, a, s: a.standing.chip_independence, "last"
    ),
    "mineral_independence": Number(
        "the bloc's mineral independence, share", lambda b, a, s: a.standing.mineral_independence, "last"
    ),
    "compute_installed": Number("compute installed at the end, thousand H100e", _compute, "last"),
    "leak_share": Number("share of what controls stop that leaks", _leak_share),
    "trust": Number("mean trust among seats, share", _trust, "last"),
    "laggards_gap": Number("distance from the leader in node know-how, index", _laggards, "last"),
    "labour_gap": Number("engineers missing, share of need", _labour_gap),
    "power_gap": Number("power missing, share of need", _power_gap),
    "incidents": Number("incidents that safety standards are to prevent", _incidents, "sum"),
    "mean_score": Number("mean score of the seats", _mean_score, "last"),
    "neutral_score": Number("mean score of seats on neither side", _neutral_score, "last"),
    "forecast_error": Number("error of estimates of others' stocks, share", _forecast_error),
    "bans_lifted": Number("bans that ended, by owner and target", _bans_lifted, "sum"),
    "hostage_signing": Number("goods controlled by homes of lines in China", _hostage_signing),
    "output_lost": Number("capacity out by accident, share", _output_lost),
    "strait_loss": Number("sea trade lost, share", _strait_loss),
    "car_chip_shortage": Number("shortage of mature chips, share of need", _car_chips),
}


class Watch:
    """Reads the numbers of a game as it goes on.

    Parameters
    ----------
    scenario : of the game.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._read: dict[str, list[Floats]] = {name: [] for name in NUMBERS}

    def note(self, before: World, after: World) -> None:
        """Read the quarter between two worlds."""
        for name, number in NUMBERS.items():
            self._read[name].append(np.array(number.read(before, after, self.scenario), dtype=np.float64))

    def folded(self) -> dict[str, Floats]:
        """Every number of the game, (B,)."""
        return {name: _folded(np.stack(self._read[name]), number.fold) for name, number in NUMBERS.items()}


def _folded(values: Floats, fold: str) -> Floats:
    if fold == "last":
        return np.asarray(values[-1])
    if fold == "early":
        return np.asarray(values[min(EARLY, len(values)) - 1])
    known = ~np.isnan(values)
    summed = np.where(known, values, 0.0).sum(axis=0)
    return np.asarray(summed if fold == "sum" else summed / np.maximum(known.sum(axis=0), 1))
