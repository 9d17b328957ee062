"""One nation on offer: flag, name, its fantasy, and what its score is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.core.names import MEASURES
from game.core.scenario import Scenario
from game.ui import theme
from game.ui.kit import Box, Kit, Span, Term, Tip, Widget, activated, plain, pressed
from game.ui.kit.canvas import Canvas
from game.ui.kit.text import Line
from game.ui.main.readings import in_words
from game.ui.screens import games
from game.ui.theme import Colour

FLAG = 34
MEASURE_NAMES = {
    "compute": "Compute at work",
    "independence": "Independence",
    "prosperity": "Prosperity",
    "standing": "Standing",
    "security": "Security",
}
MEASURE_COLOURS: dict[str, Colour] = {
    "compute": theme.CHIP,
    "independence": theme.MINERAL,
    "prosperity": theme.GOOD,
    "standing": theme.TOOL,
    "security": theme.NEUTRAL,
}
MEASURE_MEANS = {
    "compute": "Compute running for you, for each USD bn of your economy.",
    "independence": "How little a partner you cannot trust could take away, after stock and substitution.",
    "prosperity": "What the chip chain earns you, against its trend at the opening.",
    "standing": "Trust of others, approval at home, and your part in agreements.",
    "security": "Compute for defence among friends, readiness for the likeliest dangers, and calm.",
}


@dataclass(frozen=True, slots=True)
class Nation:
    """What a scenario says of a seat.

    Attributes
    ----------
    weights : dict
        Weight of each measure in the score, 0-1.
    team : str
        In a scenario of teams: which team's seat it is, and what the player steers; else empty.
    seats : tuple of str
        All that the player steers: the seat, and the others of its team.
    """

    code: str
    name: str
    fantasy: str
    lever: str
    weak_point: str
    objective: str
    weights: dict[str, float]
    team: str = ""
    seats: tuple[str, ...] = ()


def nations(scenario: Scenario) -> list[Nation]:
    """Every seat of a scenario, in its order; of one with teams the first seat of each team."""
    texts = scenario.texts
    teams = {seats[0]: _team_words(name, seats, scenario) for name, seats in scenario.teams.items() if seats}
    found = []
    for place in teams or scenario.places.seats:
        objective = scenario.objectives.get(place)
        weights = {name: float(scenario.places.weights[place, k, 0]) for k, name in enumerate(MEASURES)}
        found.append(
            Nation(
                scenario.place_axis.names[place],
                texts.names[place],
                texts.fantasy[place],
                texts.lever[place],
                texts.weak_point[place],
                objective.text if objective else "",
                weights,
                teams.get(place, ""),
                games.team_of(scenario, scenario.place_axis.names[place]),
            )
        )
    return found


def _team_words(name: str, seats: tuple[int, ...], scenario: Scenario) -> str:
    """What playing a team means."""
    names = [scenario.texts.names[n] for n in seats]
    if len(names) == 1:
        return f"The seat of team {name}"
    others = " and ".join(names[1:])
    return f"Team {name}: you steer {names[0]} and {others}, each with its own treasury; N changes between them"


def about(nation: Nation) -> Tip:
    """Explain a nation in a tooltip."""
    words = (
        f"{nation.fantasy}.\nLever: {nation.lever}.\nWeak point: {nation.weak_point}.\n"
        f"Objective: {in_words(nation.objective) or 'none'}.\n"
        "The bar shows what its score is made of:"
    )
    return Tip(nation.name, plain(words), weight_terms(nation.weights))


def weight_terms(weights: dict[str, float]) -> tuple[Term, ...]:
    """The parts of a score with their colours: the legend of its bar."""
    return tuple(Term(MEASURE_NAMES[name], f"{weight:.0%}", MEASURE_COLOURS[name]) for name, weight in weights.items())


def weight_legend(weights: dict[str, float]) -> tuple[Span, ...]:
    """The same in running text, each name in the colour of its part."""
    parts = [Span(f"{MEASURE_NAMES[name]} {weight:.0%}", "secondary", MEASURE_COLOURS[name])
             for name, weight in weights.items()]  # fmt: skip
    gap = Span("  ·  ", "secondary", theme.TEXT_3)
    return tuple(span for part in parts for span in (part, gap))[:-1]


class NationCard(Widget):
    """A card to choose; choosing the chosen one again starts the game.

    Parameters
    ----------
    on_choose : callable
        Called by a click, Space or Enter.
    """

    focusable = True
    radius = float(theme.RADIUS_CARD)

    def __init__(
        self, rect: pygame.Rect, nation: Nation, on_choose: Callable[[], None], *, selected: bool = False
    ) -> None:
        super().__init__(rect, name=nation.code, tip=about(nation))
        self.nation = nation
        self.on_choose = on_choose
        self.selected = selected

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event) or activated(event):
            self.on_choose()
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        fill, line = theme.CARD, theme.LINE
        if self.selected:
            fill, line = theme.SELECTED, theme.ACCENT
        elif self.hovered:
            fill, line = theme.CARD_HI, theme.LINE_HI
        canvas.box(self.rect, Box(fill, line=line, radius=theme.RADIUS_CARD))
        room = self.rect.inflate(-24, -20)
        canvas.flag(self.nation.code, pygame.Rect(room.x, room.y, FLAG, FLAG), theme.ACCENT if self.selected else None)
        name = pygame.Rect(room.x + FLAG + 12, room.y, room.w - FLAG - 12, FLAG)
        fits = canvas.kit.text.width(self.nation.name, "panel_compact") <= name.w
        canvas.text(self.nation.name, name, "panel_compact" if fits else "section", ellipsis=True)
        self._draw_words(canvas, pygame.Rect(room.x, room.y + FLAG + 8, room.w, room.h - FLAG - 22))
        draw_weights(canvas, pygame.Rect(room.x, room.bottom - 5, room.w, 5), self.nation.weights)

    def _draw_words(self, canvas: Canvas, room: pygame.Rect) -> None:
        """Draw the fantasy, and the objective where the card is high enough for all of it."""
        lines = fitting_lines(canvas.kit, self.nation.fantasy, room)
        canvas.lines(lines, room)
        used = lines[-1].y + lines[-1].height + 8 if lines else 0
        rest = pygame.Rect(room.x + 24, room.y + used, room.w - 24, room.h - used)
        objective = plain(self.nation.objective, "secondary", theme.TEXT_3)
        if objective and canvas.kit.text.height(objective, rest.w) <= rest.h:
            canvas.icon("target", pygame.Rect(room.x, rest.y, 16, 18), theme.TEXT_3, 14)
            canvas.lines(canvas.kit.text.wrapped(objective, rest.w), rest)


def fitting_lines(kit: Kit, text: str, room: pygame.Rect) -> tuple[Line, ...]:
    """Return as many wrapped lines of quiet text as fit a height."""
    lines = kit.text.wrapped(plain(text, "secondary", theme.TEXT_2), room.w)
    return tuple(line for line in lines if line.y + line.height <= room.h + 1)


def draw_weights(canvas: Canvas, rect: pygame.Rect, weights: dict[str, float]) -> None:
    """Draw the weights of a score as one bar of five parts."""
    whole = sum(weights.values()) or 1.0
    x = float(rect.x)
    for name, weight in weights.items():
        width = rect.w * weight / whole
        part = pygame.Rect(round(x), rect.y, max(0, round(x + width) - round(x) - 2), rect.h)
        canvas.box(part, Box(MEASURE_COLOURS[name], radius=2))
        x += width


class WeightsBar(Widget):
    """The weights of a score as one bar, which names them in its tip."""

    def __init__(self, rect: pygame.Rect, weights: dict[str, float]) -> None:
        super().__init__(rect, name="weights", tip=Tip("What its score is made of", terms=weight_terms(weights)))
        self.weights = weights

    def draw_self(self, canvas: Canvas) -> None:
        draw_weights(canvas, self.rect, self.weights)
