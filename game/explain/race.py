"""News of the race of two bars."""

from __future__ import annotations

from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter


def post_news(quarter: Quarter) -> list[Dispatch]:
    """Posts crossed and lost."""
    news = []
    post, lose = quarter.scenario.race.post, quarter.scenario.race.lose
    for attribute, who in (
        ("mineral_held", "The bloc's mineral independence"),
        ("chip_held", "China's chip independence"),
    ):
        old, new = (float(getattr(w.standing, attribute)[0]) for w in (quarter.before, quarter.after))
        if old < 2 <= new:
            news.append(quarter.say("race", f"{who} has held the {post:.0%} post: its dividend begins.", weight=3))
        if old >= 2 > new:
            news.append(quarter.say("race", f"{who} fell below {lose:.0%}: its dividend ends.", weight=3))
    return news
