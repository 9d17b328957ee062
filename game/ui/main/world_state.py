"""The state of the world in a corner of the map: escalation, the world's bottleneck, and the player's own."""

from __future__ import annotations

import pygame

from game.core.names import GATES, LINE_KINDS
from game.explain import GATE_NAMES
from game.rules import bottleneck
from game.ui import theme
from game.ui.kit import Canvas, Kit, Term, Tip, Widget, plain
from game.ui.kit.paint import Box
from game.ui.main.context import PlayContext
from game.ui.theme import Colour

ROW, STEPS = 22, 5
LENSES, LENSES_WIDE, WIDE = 362, 444, 800
"""Room that the choice of lens takes of the map, and the map's width from which it takes more."""
NEAR = 1.3
"""Cover below which a gate counts as the player's next one."""
PLANTS = {"logic": "logic_capacity", "memory": "hbm", "packaging": "packaging"}
"""Kinds of plant of the chip chain, and the gate that each is when it is full."""
NAMES = ("Escalation", "World short of", "You are short of")


def escalation_tip(play: PlayContext) -> Tip:
    """What escalation does."""
    world, s = play.seen, play.match.scenario
    blame = float(world.relations.blame[play.place, 0])
    p = s.parameters.controls
    return Tip(
        "World escalation",
        plain(
            "Bans nobody answered and seizures raise it, quiet lowers it. At 5 every seat loses points, by its blame."
        ),
        (
            Term("Now", f"{float(world.relations.escalation[0]):.2f} of {STEPS}"),
            Term("An unanswered ban adds", f"{p.escalation:.2f}"),
            Term("A quiet quarter takes away", f"{p.cooling:.2f}"),
            Term("Your blame so far", f"{blame:.1f}"),
        ),
    )


def world_gate_tip(play: PlayContext) -> Tip:
    """What relief of each gate alone would add to the world's compute."""
    relief = play.seen.standing.relief[:, 0]
    order = sorted(range(len(GATES)), key=lambda gate: -float(relief[gate]))
    terms = [
        Term(_capital(GATE_NAMES[GATES.names[g]]), f"+{float(relief[g]):,.0f} k") for g in order if relief[g] >= 0.5
    ]
    body = "Thousand H100e a quarter that relief of each gate alone would add. The largest is the world's bottleneck."
    if _gates(play)[0] == bottleneck.NONE:
        full = fullest(play)
        body = (
            "At today's prices buyers get what they order: what is scarce is dear, not missing. The plants of the "
            "chain that are fullest would hold compute back next; when orders go unmet, the world is short."
        )
        terms = [Term(f"{_capital(GATE_NAMES[GATES.names[gate]])}, in use", f"{share:.0%}") for gate, share in full]
    return Tip("The world's bottleneck", plain(body), tuple(terms))


def fullest(play: PlayContext) -> list[tuple[int, float]]:
    """(gate, share of the world's capacity in use) of the plants of the chip chain, the fullest first."""
    s, lines = play.match.scenario, play.seen.lines
    found = []
    for kind, gate in PLANTS.items():
        rows = s.lines.kind == LINE_KINDS.at(kind)
        capacity = lines.capacity[rows, 0]
        whole = float(capacity.sum())
        if whole > 0.0:
            found.append((GATES.at(gate), float((capacity * lines.use[rows, 0]).sum()) / whole))
    return sorted(found, key=lambda each: -each[1])


def own_gate_tip(play: PlayContext) -> Tip:
    """How far each gate covers what the player's place wants."""
    cover = play.seen.standing.cover[:, play.place, 0]
    terms = [
        Term(
            _capital(GATE_NAMES[name]),
            "ample" if cover[g] >= bottleneck.MOST else f"{float(cover[g]):.0%}",
            theme.BAD if cover[g] < 1.0 - bottleneck.SLACK else theme.TEXT,
        )
        for g, name in enumerate(GATES)
    ]
    body = "Most output each gate would allow, over what is wanted at today's prices. The lowest below 100% binds you."
    return Tip("Your bottleneck", plain(body), tuple(terms))


def gate_words(gate: int) -> str:
    """Name of a gate, or that nothing binds."""
    return "nothing" if gate == bottleneck.NONE else GATE_NAMES[GATES.names[gate]]


def next_gates(play: PlayContext) -> tuple[int, int]:
    """The gates that would bind next, once the world's and the player's are relieved; `NONE` where none is near."""
    standing, binds = play.seen.standing, _gates(play)
    relief = [float(value) for value in standing.relief[:, 0]]
    cover = [float(value) for value in standing.cover[:, play.place, 0]]
    after = max((g for g in range(len(GATES)) if g != binds[0]), key=lambda g: relief[g])
    nearest = min((g for g in range(len(GATES)) if g != binds[1]), key=lambda g: cover[g])
    world = after if relief[after] >= 0.5 else bottleneck.NONE
    if binds[0] == bottleneck.NONE:
        world = next((gate for gate, _ in fullest(play)), bottleneck.NONE)
    return world, nearest if cover[nearest] < NEAR else bottleneck.NONE


def row_words(gate: int, after: int) -> str:
    """The gate that binds and the next: 'HBM, then packaging'; 'nothing, next electricity'."""
    if after == bottleneck.NONE:
        return gate_words(gate)
    return f"{gate_words(gate)}, {'next' if gate == bottleneck.NONE else 'then'} {gate_words(after)}"


def short_words(gate: int, after: int) -> str:
    """The gate that binds alone, or where none does the next: 'HBM'; 'next: electricity'; 'nothing'."""
    if gate == bottleneck.NONE and after != bottleneck.NONE:
        return f"next: {gate_words(after)}"
    return gate_words(gate)


class WorldState(Widget):
    """Three rows, each with its tip."""

    def __init__(self, kit: Kit, inner: pygame.Rect, play: PlayContext) -> None:
        self.words = self._fitting(kit, inner, play)
        rect = self._rect_for(kit, inner, self.words)
        super().__init__(rect, name="world state")
        self.level = float(play.seen.relations.escalation[0])
        self.gates = _gates(play)
        tips = (escalation_tip(play), world_gate_tip(play), own_gate_tip(play))
        for number, tip in enumerate(tips):
            row = pygame.Rect(rect.x, rect.y + 4 + number * ROW, rect.w, ROW)
            self.add(Widget(row, name=f"state {NAMES[number]}", tip=tip))

    @classmethod
    def _fitting(cls, kit: Kit, inner: pygame.Rect, play: PlayContext) -> tuple[str, ...]:
        """The gates with the next ones, or alone where the map has no room for both beside the lenses."""
        gates = _gates(play)
        after = next_gates(play)
        both = tuple(map(row_words, gates, after))
        room = inner.w - (LENSES if inner.w < WIDE else LENSES_WIDE)
        return both if cls._rect_for(kit, inner, both).w <= room else tuple(map(short_words, gates, after))

    @staticmethod
    def _rect_for(kit: Kit, inner: pygame.Rect, words: tuple[str, ...]) -> pygame.Rect:
        """The upper right corner of the map, as wide as the longest row."""
        right = max([STEPS * 15, *(kit.text.width(word, "body_bold") for word in words)])
        left = max(kit.text.width(name, "secondary") for name in NAMES)
        width = int(left + right) + 12 + 20 + 12
        return pygame.Rect(inner.right - width, inner.y, width, len(NAMES) * ROW + 8)

    def draw_self(self, canvas: Canvas) -> None:
        canvas.box(self.rect, Box(theme.TOPBAR, line=theme.LINE, radius=theme.RADIUS_CARD, alpha=232))
        for number, name in enumerate(NAMES):
            row = pygame.Rect(self.rect.x + 10, self.rect.y + 4 + number * ROW, self.rect.w - 20, ROW)
            canvas.text(name, row, "secondary", theme.TEXT_2)
            if number:
                gate = self.gates[number - 1]
                colour = theme.GOOD if gate == bottleneck.NONE else theme.WARN
                canvas.text(self.words[number - 1], row, "body_bold", colour, align="right")
        self._pips(canvas, self.rect.right - 10 - STEPS * 15 + 3, self.rect.y + 4 + ROW // 2)

    def _pips(self, canvas: Canvas, x: int, y: int) -> None:
        """Five rings, filled as far as escalation has come."""
        colour = level_colour(self.level)
        for step in range(STEPS):
            centre = (x + 15 * step + 6, y)
            canvas.circle(centre, 5.5, Box(None, line=theme.LINE_HI, line_width=1.5))
            filled = min(1.0, max(0.0, self.level - step))
            if filled > 0.04:
                canvas.circle(centre, max(2.0, 5.5 * filled**0.5), Box(colour))


def level_colour(level: float) -> Colour:
    """Calm, tense, dangerous."""
    return theme.BAD if level >= 3.0 else theme.WARN if level >= 1.0 else theme.TEXT_2


def _gates(play: PlayContext) -> tuple[int, int]:
    return int(bottleneck.world_gate(play.seen)[0]), int(bottleneck.binding(play.seen)[play.place, 0])


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
