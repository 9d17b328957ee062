"""Self-contained HTML pages with own charts: for the debrief, the balance report and the tournament report.

Everything is a pure function from plain values to markup: escaped, the same text on every machine, readable without
script and without a network, dark on a screen and light on paper. Charts are SVG with a title, a description, and
their numbers as a table that opens under them.

    from game.page import Bar, Fact, Line, Pin, Section, bar_chart, facts, line_chart, page, prose, table

    chart = line_chart(
        "The race", ["2026Q1", "2026Q2"],
        [Line("bloc", [0.32, 0.35], "pax"), Line("China", [0.26, 0.27], "prc")],
        pins=[Pin(1, "China bans gallium", "bad")], levels=[Level(0.75, "post")], low=0.0, high=1.0,
    )
    race = Section("The race", [prose("What moved it."), chart])
    text = page("A game", [race], opening=[facts([Fact("Winner", "JPN")])])

Pages (`document`): `page(title, sections, subtitle=, opening=, footer=)`, `Section(title, content, lead)`.
Text (`blocks`): `prose`, `bullets`, `heading`, `table(head, rows)`, `facts([Fact])`, `badge(text, tone)`,
`notice(text, tone)`, `columns`; tones there are good, bad, open, plain.
Charts: `line_chart`, `fan_chart` (`Line`, `Pin`, `Level`, `Band`), `bar_chart` (`Bar`, with intervals), `heat_matrix`,
`small_multiples` (`Panel`), `timeline` (`Span`). Colours are the tones in `frame.TONES`; None takes the next.
What is no `Html` is text and is escaped: `element` and `safe` of `html` make more of it.
"""

from game.page.bars import Bar, bar_chart
from game.page.blocks import Cell, Fact, badge, bullets, columns, facts, heading, notice, prose, table
from game.page.document import Section, page
from game.page.html import Html, element, figure, joined, safe
from game.page.lines import Band, Level, Line, Pin, fan_chart, line_chart
from game.page.matrix import heat_matrix
from game.page.multiples import Panel, small_multiples
from game.page.timeline import Span, timeline

__all__ = [
    "Band", "Bar", "Cell", "Fact", "Html", "Level", "Line", "Panel", "Pin", "Section", "Span", "badge", "bar_chart",
    "bullets", "columns", "element", "facts", "fan_chart", "figure", "heading", "heat_matrix", "joined", "line_chart",
    "notice", "page", "prose", "safe", "small_multiples", "table", "timeline",
]  # fmt: skip
