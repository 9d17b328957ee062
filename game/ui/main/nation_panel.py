"""The left panel: who the player is, strategic stocks, fabs by node, people and power."""

from __future__ import annotations

import pygame

from game.ui import theme
from game.ui.kit import Canvas, Flag, Kit, Label, Panel, Term, Tip, Widget, even_rows, plain
from game.ui.main import readings
from game.ui.main.context import PlayContext
from game.ui.main.nation_rows import FabLine, Gauge, StockRow, narrow
from game.ui.main.readings import FabRow, amount, in_words
from game.ui.theme import Colour, Layout

RING = {"bloc": theme.PAX, "rival": theme.PRC, "partner": theme.PLUS, "leaning": theme.PRC}
STOCK_ROWS = 6


class NationPanel:
    """Places the sections; heights follow the window."""

    def __init__(self, play: PlayContext) -> None:
        self.play = play

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the panel's widgets."""
        panel = _NationGround(area)
        pad = layout.padding
        room = pygame.Rect(area.x + pad, area.y, area.w - 2 * pad, area.h)
        head = 72 if layout.compact else 82
        self._head(panel, pygame.Rect(room.x, area.y, room.w, head))
        panel.rules.append(area.y + head)
        fabs = readings.fab_rows(self.play.seen, self.play.match.scenario, self.play.place)
        power = 28 + 3 * (34 if layout.compact else 42) + 8
        left = area.h - head - power - 2 * 34 - 12
        weight = STOCK_ROWS * 1.0 + len(fabs) * 1.4
        stocks = round(left * STOCK_ROWS / weight)
        stocks = max(STOCK_ROWS * 25, min(stocks, STOCK_ROWS * 36))
        top = area.y + head + 4
        top = self._stocks(panel, kit, pygame.Rect(room.x, top, room.w, 34 + stocks))
        panel.rules.append(top + 2)
        fab_room = pygame.Rect(room.x, top + 6, room.w, area.bottom - power - top - 10)
        self._fabs(panel, fab_room, fabs)
        panel.rules.append(area.bottom - power)
        self._people(panel, pygame.Rect(room.x, area.bottom - power + 2, room.w, power - 10))
        return panel

    def on_key(self, event: pygame.event.Event) -> bool:
        """No keys of its own: its rows take the focus."""
        return False

    def _head(self, panel: Panel, area: pygame.Rect) -> None:
        play = self.play
        side = 46
        flag = pygame.Rect(area.x, area.centery - side // 2, side, side)
        ring = RING.get(readings.camp(play.seen, play.match.scenario, play.place), theme.NEUTRAL)
        panel.add(Flag(flag, play.seat, ring))
        texts = play.match.scenario.texts
        x = flag.right + 12
        width = area.right - x
        name = texts.names[play.place]
        panel.add(Label(pygame.Rect(x, area.y + 7, width, 38), name, "nation", ellipsis=True, tip=_who_tip(play)))
        blocs = readings.bloc_line(play.seen, play.match.scenario, play.place)
        panel.add(Label(pygame.Rect(x, area.y + 41, width, 20), blocs, "secondary", theme.TEXT_2, ellipsis=True))

    def _stocks(self, panel: Panel, kit: Kit, area: pygame.Rect) -> int:
        s, view, n = self.play.match.scenario, self.play.seen, self.play.place
        share, cover = (44, 42) if narrow(area) else (50, 46)
        head = pygame.Rect(area.x, area.y + 4, area.w, 26)
        panel.add(Label(head, "Strategic stocks", "section"))
        other = "bloc" if n == s.inside else s.texts.names[s.inside]
        panel.add(
            Label(
                pygame.Rect(head.right - share, head.y, share, 26),
                other,
                "secondary",
                theme.TEXT_2,
                align="right",
                tip=SHARE_TIP,
            )
        )
        beside = pygame.Rect(head.right - share - cover - 10, head.y, cover, 26)
        panel.add(Label(beside, "cover", "secondary", theme.TEXT_2, align="right", tip=COVER_TIP))
        rows = pygame.Rect(area.x, area.y + 32, area.w, area.h - 34)
        goods = readings.strategic_goods(view, n, STOCK_ROWS)
        for row, good in zip(even_rows(rows, len(goods), 24, 36), goods, strict=True):
            panel.add(StockRow(row, readings.stock(view, s, n, good), self.play, share, cover))
        return area.bottom

    def _fabs(self, panel: Panel, area: pygame.Rect, rows: list[FabRow]) -> None:
        head = pygame.Rect(area.x, area.y + 2, area.w, 24)
        panel.add(Label(head, "Fabs by node", "section"))
        panel.add(
            Label(pygame.Rect(head.right - 44, head.y, 44, 24), "yield", "secondary", theme.TEXT_2, align="right")
        )
        beside = pygame.Rect(head.right - 150, head.y, 96, 24)
        panel.add(Label(beside, "k wafers/mo", "secondary", theme.TEXT_2, align="right", tip=WAFERS_TIP))
        room = pygame.Rect(area.x, head.bottom, area.w, area.bottom - head.bottom)
        if not rows:
            panel.add(Label(pygame.Rect(room.x, room.y, room.w, 24), "No lines yet.", "body", theme.TEXT_3))
            return
        for place, row in zip(even_rows(room, len(rows), 26, 46), rows, strict=True):
            panel.add(FabLine(place, row, self.play))

    def _people(self, panel: Panel, area: pygame.Rect) -> None:
        view, n = self.play.seen, self.play.place
        panel.add(Label(pygame.Rect(area.x, area.y + 2, area.w, 24), "People and power", "section"))
        room = pygame.Rect(area.x, area.y + 26, area.w, area.h - 26)
        engineers, needed = float(view.people.engineers[n, 0]), float(view.people.needed[n, 0])
        used, supply = float(view.power.used[n, 0]), float(view.power.supply[n, 0])
        approval = float(view.state.approval[n, 0])
        bonus = self.play.match.scenario.parameters.state.approval_bonus
        rows = (
            (
                "Engineers at work",
                f"{amount(min(needed, engineers))} k of {amount(engineers)} k",
                needed / max(engineers, 1e-9),
                None,
            ),
            ("Chip power used", f"{amount(used)} of {amount(supply)} GW", used / max(supply, 1e-9), None),
            ("Approval", f"{approval:.0%}", approval, bonus),
        )
        for (title, figure, share, mark), place, tip in zip(
            rows, even_rows(room, 3, 30, 44), self._tips(), strict=True
        ):
            colour = theme.PAX if mark is not None else _load_colour(share)
            panel.add(Gauge(place, title, figure, share, colour, mark, tip))

    def _tips(self) -> tuple[Tip, Tip, Tip]:
        view, n = self.play.seen, self.play.place
        people, power, state = view.people, view.power, self.play.match.scenario.parameters.state
        short = f"{float(1.0 - power.factor[n, 0]):.0%}"
        return (
            Tip(
                "Engineers at work",
                plain("Plants and data centres short of engineers run slower and learn slower."),
                (
                    Term("Wanted", f"{float(people.needed[n, 0]):.1f} k"),
                    Term("There", f"{float(people.engineers[n, 0]):.1f} k"),
                ),
            ),
            Tip(
                "Power for plants and racks",
                plain("What they draw of what they can draw. Orders of power take quarters."),
                (Term("Curtailed last quarter", short),),
            ),
            Tip(
                "Approval",
                plain(f"Above {state.approval_bonus:.0%} a fourth political capital comes each quarter."),
                (Term("Now", f"{float(view.state.approval[n, 0]):.1%}"),),
            ),
        )


WAFERS_TIP = Tip("Thousand wafers a month", plain("Starts of 300 mm wafers: what runs, and + what is being built."))
SHARE_TIP = Tip("Share from the other side", plain("Of what reached you last quarter."))
COVER_TIP = Tip(
    "Cover, in quarters of use",
    plain("Stock of industry and state over use in a quarter. The tick is what your stock-target dial asks for."),
)


def _who_tip(play: PlayContext) -> Tip:
    texts, n = play.match.scenario.texts, play.place
    objective = play.match.scenario.objectives.get(n)
    return Tip(
        texts.names[n],
        plain(texts.fantasy[n]),
        (
            Term("Lever", texts.lever[n]),
            Term("Weak point", texts.weak_point[n]),
            Term("Objective", in_words(objective.text) if objective else "none"),
        ),
    )


def _load_colour(share: float) -> Colour:
    return theme.BAD if share >= 1.0 else theme.WARN if share >= 0.9 else theme.GOOD


class _NationGround(Panel):
    """The panel with rules between its sections."""

    def __init__(self, rect: pygame.Rect) -> None:
        super().__init__(rect, name="nation")
        self.rules: list[int] = []

    def draw_self(self, canvas: Canvas) -> None:
        super().draw_self(canvas)
        for y in self.rules:
            canvas.horizontal(self.rect.x + 1, y, self.rect.w - 2)
