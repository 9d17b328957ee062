"""News of plants: begun, opened, shut, restarted."""

from __future__ import annotations

from game.core.names import GOODS, NODES
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import GOOD_NAMES, output_words


def plant_news(quarter: Quarter) -> list[Dispatch]:
    """Plants that opened, began, stopped."""
    return [*_lines(quarter), *_suppliers(quarter)]


def _lines(quarter: Quarter) -> list[Dispatch]:
    b, a, s = quarter.before.lines, quarter.after.lines, quarter.scenario.lines
    news = []
    for f, title in enumerate(s.titles):
        place = int(s.place[f])
        opened = float(a.capacity[f, 0] - b.capacity[f, 0])
        begun = float(a.building[f, 0] - b.building[f, 0])
        where = {"places": (quarter.codes[place],)}
        node = f"{NODES.names[int(a.node[f, 0])]} nm " if s.kind[f] == 0 else ""
        if opened > 1e-6:
            text = f"{title} opens {opened:.0f} thousand {node}wafers a month in {quarter.place(place)}."
            news.append(
                quarter.say("plant", text, weight=2, reasons=(f"first yield {a.die_yield[f, 0]:.0%}",), **where)
            )
        if begun > 1e-6:
            left = round(float(a.left[f, 0]))
            years = (f"about {left} quarter{'' if left == 1 else 's'} to go",)
            news.append(
                quarter.say(
                    "plant",
                    f"{title} begins to build {begun:.0f} thousand {node}wafers a month.",
                    reasons=years,
                    **where,
                )
            )
    return news


def _suppliers(quarter: Quarter) -> list[Dispatch]:
    b, a, s = quarter.before.suppliers, quarter.after.suppliers, quarter.scenario.suppliers
    news = []
    for i, title in enumerate(s.titles):
        good = GOOD_NAMES[GOODS.names[int(s.good[i])]]
        where = {"places": (quarter.codes[int(s.place[i])],), "goods": (GOODS.names[int(s.good[i])],)}
        if a.capacity[i, 0] - b.capacity[i, 0] > 1e-9:
            added = float(a.capacity[i, 0] - b.capacity[i, 0]) * 4
            output = output_words(GOODS.names[int(s.good[i])], added)
            news.append(quarter.say("plant", f"{title} opens: {output} a year at full use.", weight=2, **where))
        elif a.running[i, 0] < b.running[i, 0]:
            why = (f"it makes {good}",)
            news.append(quarter.say("plant", f"{title} shuts: it sells below cost.", weight=2, reasons=why, **where))
        elif a.running[i, 0] > b.running[i, 0]:
            news.append(quarter.say("plant", f"{title} restarts.", **where))
    return news
