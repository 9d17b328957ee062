"""News of grids that run short of reserve."""

from __future__ import annotations

from game.core.names import GATES
from game.core.world import World
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter

#: Share of a grid's supply that must be left over, or it is news.
THIN = 0.05
POWER = GATES.at("power")


def reserve(world: World, place: int) -> float:
    """Share of its supply that a grid has left over; below zero where plants are curtailed. First world."""
    return 1.0 - 1.0 / max(float(world.standing.cover[POWER, place, 0]), 1e-9)


def grid_news(quarter: Quarter) -> list[Dispatch]:
    """Seats whose grid fell below the reserve that is safe, and those that began to curtail."""
    news = []
    for place in quarter.scenario.places.seats:
        was, now = reserve(quarter.before, place), reserve(quarter.after, place)
        if now >= THIN or (was < THIN and not (now < 0.0 <= was)):
            continue
        used, supply = (float(values[place, 0]) for values in (quarter.after.power.used, quarter.after.power.supply))
        left = f"has {now:.0%} of its power to spare" if now >= 0.0 else "cuts plants and data centres off the grid"
        text = f"{quarter.starts(place)} {left}, after {was:.0%} a quarter ago."
        reasons = [f"it draws {used:.2f} of {supply:.2f} GW"]
        if quarter.after.power.outage[place, 0] > 0.005:
            reasons.append(f"{float(quarter.after.power.outage[place, 0]):.0%} of the supply is out")
        where = {"places": (quarter.codes[place],), "reasons": tuple(reasons)}
        news.append(quarter.say("shortage", text, weight=2 if now < 0.0 else 1, **where))
    return news
