"""Questions that a probe answers each: when to ban, what controls are worth, floods, hoards, a total gallium ban."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.balance.estimators import effective_number, mean_and_error
from game.balance.probes import Given, Probed, Taken, probe
from game.balance.verdicts import Verdict, unmeasured, within
from game.core.names import GOODS, MINERALS
from game.core.numeric import total
from game.core.orders import Dial, ExportControl, Flood, Order, PriceFloor
from game.core.scenario import Scenario
from game.core.world import World
from game.lab.responses import undisturbed

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
#: Worlds of one probe: where the rules are fastest.
WORLDS = 64
#: Owners of gates, the class that they hold, and whom they could aim it at.
OWNERS = (
    ("CHN", "minerals", "USA"), ("USA", "chips", "CHN"), ("NLD", "tools", "CHN"), ("JPN", "magnets", "CHN"),
    ("KOR", "chips", "CHN"), ("TWN", "chips", "CHN"),
)  # fmt: skip
#: Quarters in which a ban may be set; beside them never.
TIMINGS = (0, 4, 8, 12, 16, 20)
#: Share of games that count as best.
BEST = 0.25
FLOODED = ("ndpr", "dytb", "gallium", "magnets")
FLOOD_FROM, FLOOD_FOR = 4, 8
HOARD_FOR = 8
GALLIUM_FROM, GALLIUM_SEEN = 4, 4
#: Quarters for which industry has gallium in stock when a ban begins.
STOCK_LASTS = 2


def owners(s: Scenario) -> list[tuple[str, str, str]]:
    """Those of the owners and targets that the scenario has as seats."""
    return [row for row in OWNERS if row[0] in s.seats and row[2] in s.place_axis]


def timings(s: Scenario, seed: int) -> list[Verdict]:
    """How many timings of a ban are among the best quarter of games, for each gate owner (R1)."""
    quarters = [q for q in TIMINGS if q < s.quarters - 3]
    verdicts = []
    for owner, kind, target in owners(s):
        games = WORLDS // (len(quarters) + 1)
        taken = [Taken(owner, 0, kind, target)]
        given = []
        for group, start in enumerate(quarters, start=1):
            taken.append(Taken(owner, group, kind, target, until=start))
            ban = ExportControl(kind, target, "ban")
            given += [Given(q, owner, ban, frozenset([group])) for q in range(start, s.quarters)]
        found = probe(s, len(quarters) + 1, games, seed, given, taken)
        number, best = _best_timings(found.scores[s.seats.index(owner)])
        names = ["never", *(f"quarter {q + 1}" for q in quarters)]
        verdicts.append(
            within(
                "R1", f"effective number of timings of {owner} on {kind} for {target}", number, 2.0, float("inf"),
                note=f"among the best quarter of {found.scores[0].size} games; best on average: {names[best]}",
            )
        )  # fmt: skip
    return verdicts


def _best_timings(scores: Floats) -> tuple[float, int]:
    """Effective number of groups among the best games, seeds made equal; and the best group. (groups, seeds)."""
    fair = scores - scores.mean(axis=0)
    best = np.argsort(-fair, axis=None)[: max(int(BEST * fair.size), 1)]
    counts = np.bincount(best // fair.shape[1], minlength=len(fair)).astype(np.float64)
    return effective_number(counts), int(fair.mean(axis=1).argmax())


def forbidden_controls(s: Scenario, seed: int, sigma: Floats) -> list[Verdict]:
    """What it costs each gate owner not to control anything (R1)."""
    rows = list(dict.fromkeys(owner for owner, _, _ in owners(s)))
    if not rows:
        return [unmeasured("R1", "cost of controls forbidden", "0.1 to 0.4 sigma", "no gate owner is a seat")]
    taken = [Taken(owner, group) for group, owner in enumerate(rows, start=1)]
    found = probe(s, len(rows) + 1, WORLDS // (len(rows) + 1), seed, taken=taken)
    verdicts = []
    for group, owner in enumerate(rows, start=1):
        cost, error = mean_and_error(-_points(found, s, owner, group, sigma) / 10.0)
        verdicts.append(within("R1", f"cost of forbidding {owner} controls, sigma", cost, 0.1, 0.4, error))
    return verdicts


def _points(found: Probed, s: Scenario, seat: str, group: int, sigma: Floats) -> Floats:
    n = s.seats.index(seat)
    return np.asarray(10.0 * (found.scores[n, group] - found.scores[n, 0]) / sigma[n])


def floods(s: Scenario, seed: int) -> list[Verdict]:
    """Makers outside that live through eight quarters of flood, with a floor under their price and without (R2)."""
    flooder = s.place_axis.names[s.inside]
    if flooder not in s.seats:
        return [unmeasured("R2", "entrants that survive a flood", "20% to 50%", "nobody can flood")]
    span = range(FLOOD_FROM, FLOOD_FROM + FLOOD_FOR)
    given: list[Given] = [Given(q, flooder, Flood(good), frozenset([0, 1])) for q in span for good in FLOODED]
    rows = _entrants(s)
    for q in (FLOOD_FROM - 1, *span):
        given += [Given(q, home, PriceFloor(plant), frozenset([1])) for plant, home in _plants(s, rows)]
    alive: list[Floats] = []
    floors: list[Mask] = []

    def watch(before: World, after: World) -> None:
        if after.quarter in (FLOOD_FROM, FLOOD_FROM + FLOOD_FOR):
            at_work = (after.suppliers.running[rows] > 0) & (after.suppliers.capacity[rows] > 0)
            alive.append(at_work.astype(np.float64))
        if FLOOD_FROM <= after.quarter <= FLOOD_FROM + FLOOD_FOR:
            floors.append(after.suppliers.protected[rows] > 0.0)

    found = probe(s, 3, WORLDS // 4, seed, given, watch=watch, quarters=FLOOD_FROM + FLOOD_FOR)
    began, lived = (found.by_group(a) for a in alive)
    # Floors of the record, and those that a seat grants by itself, stand in every group; not every home is a seat.
    kept = found.by_group(np.any(floors, axis=0).astype(np.float64))
    counted = [
        began[:, 0] * (1.0 - kept[:, 0]),
        began[:, 1] * found.by_group(floors[1].astype(np.float64))[:, 1],
        began[:, 2],
    ]
    share = [float((lived[:, g] * some).sum() / max(float(some.sum()), 1.0)) for g, some in enumerate(counted)]
    note = f"{share[2]:.0%} without a flood; {len(rows)} makers of {', '.join(FLOODED)} outside {flooder}"
    return [
        within("R2", "entrants without a floor that survive 8 quarters of flood", share[0], 0.2, 0.5, note=note),
        within("R2", "entrants with a floor that survive", share[1], 0.9, float("inf"),
               note="a floor that the home seat could not pay counts as one"),
    ]  # fmt: skip


def _entrants(s: Scenario) -> NDArray[np.int64]:
    goods = [GOODS.at(good) for good in FLOODED]
    return np.flatnonzero(np.isin(s.suppliers.good, goods) & (s.suppliers.place != s.inside))


def _plants(s: Scenario, rows: NDArray[np.int64]) -> list[tuple[str, str]]:
    names = [(s.suppliers.axis.names[i], s.place_axis.names[int(s.suppliers.place[i])]) for i in rows.tolist()]
    return [(plant, home) for plant, home in names if home in s.seats]


def hoards(s: Scenario, seed: int, sigma: Floats) -> list[Verdict]:
    """What a seat gains by filling its stocks for two years, and what cover that buys the bloc (R6)."""
    games = 4
    everybody = len(s.seats) + 1
    dial: Order = Dial("stock_target", 1.0)
    given = [
        Given(q, seat, dial, frozenset([group, everybody]))
        for q in range(HOARD_FOR)
        for group, seat in enumerate(s.seats, start=1)
    ]
    covers: list[Floats] = []

    def watch(before: World, after: World) -> None:
        if after.quarter == HOARD_FOR:
            covers.append(_cover(after, s))

    found = probe(s, everybody + 1, games, seed, given, watch=watch)
    gains = np.array([_points(found, s, seat, group, sigma) for group, seat in enumerate(s.seats, start=1)])
    gain, error = mean_and_error(gains.mean(axis=0))
    cover = found.by_group(covers[0])[everybody]
    return [
        Verdict(
            "R6", "points that a hoarder gains on `steady`, mean over seats", gain, "within noise of zero",
            abs(gain) <= max(1.96 * error, 1.0), gain - 1.96 * error, gain + 1.96 * error,
            "a hoarder sets its stock target to all that it may for 8 quarters",
        ),
        within("R6", "quarters of minerals in the bloc's stocks after 8 quarters of hoarding", float(cover.mean()),
               float("-inf"), 4.0),
    ]  # fmt: skip


def _cover(world: World, s: Scenario) -> Floats:
    """Quarters of use that stocks of members cover, at the worth of minerals. (B,)."""
    rows = [GOODS.at(name) for name in MINERALS]
    price = s.goods.price[rows][None]
    member = (world.relations.member[s.race.bloc] > 0)[:, None]
    held = total(total((world.goods.stockpile[:, rows] * price * member).swapaxes(0, 1)))
    used = total(total((world.goods.reference[:, rows] * price * member).swapaxes(0, 1)))
    return np.asarray(held / np.maximum(used, 1e-9))


def gallium(s: Scenario, seed: int) -> list[Verdict]:
    """What a total ban on gallium does to leading wafers and to machines installed outside (R7).

    Its owner does nothing else and keeps no promise: else contracts would open the ban for those who have one, and what
    the calendar bans would be in both arms.
    """
    owner = s.place_axis.names[s.inside]
    if owner not in s.seats:
        return [unmeasured("R7", "total gallium ban", "see rule", "its owner is no seat")]
    last = min(GALLIUM_FROM + GALLIUM_SEEN, s.quarters)
    targets = ("all", *(place for place in s.place_axis.names if place != owner))
    bans = [ExportControl("minerals", target, "ban", "gallium") for target in targets]
    given = [Given(q, owner, ban, frozenset([1])) for q in range(GALLIUM_FROM, last) for ban in bans]
    leading, installed = GOODS.at("leading_logic"), list[Floats]()
    made: list[Floats] = []

    def watch(before: World, after: World) -> None:
        if after.quarter > GALLIUM_FROM:
            made.append(_outside(after.goods.made[:, leading], s))
            installed.append(_outside(np.maximum(after.compute.installed - before.compute.installed, 0.0), s))

    idle = {owner: "hold"}
    found = probe(undisturbed(s), 2, WORLDS // 4, seed, given, watch=watch, quarters=last, strategies=idle)
    change = {name: _change(found, rows) for name, rows in (("made", made), ("installed", installed))}
    return [
        within("R7", "change of leading wafers by a total gallium ban, share", *_band(change["made"], -0.02, 0.02)),
        within("R7", "change of machines installed by it, share", *_band(change["installed"], -0.25, -0.05),
               note="outside, in the half year after stocks are used up: what waits is installed later"),
    ]  # fmt: skip


def _outside(values: Floats, s: Scenario) -> Floats:
    return np.asarray(total(values) - values[s.inside])


def _change(found: Probed, rows: Sequence[Floats]) -> Floats:
    """Share by which a sum over the half year after stock is other in the second group, by seed."""
    later = found.by_group(np.sum(rows[STOCK_LASTS : STOCK_LASTS + 2], axis=0))
    return np.asarray(later[1] / np.maximum(later[0], 1e-9) - 1.0)


def _band(change: Floats, low: float, high: float) -> tuple[float, float, float, float]:
    mean, error = mean_and_error(change)
    return mean, low, high, error
