"""The race: the bloc's mineral independence from the left, China's chip independence from the right, the post amid."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pygame

from game.core.names import GOODS
from game.explain import GOOD_NAMES, Quarter, RaceTerm, chip_terms, mineral_terms
from game.explain.race import PART_NAMES
from game.rules import race
from game.ui import theme
from game.ui.kit import Canvas, Meter, Term, Tip, Widget, plain
from game.ui.kit.paint import Box
from game.ui.main.context import PlayContext
from game.ui.theme import Colour

BADGE = 42
LONG = ("Bloc mineral independence", "China chip independence")
SHORT = ("Bloc minerals", "China chips")


def mineral_tip(play: PlayContext) -> Tip:
    """What the bloc's bar is made of, by mineral."""
    s, world, tables = play.match.scenario, play.match.world, play.match.model.book.tables
    moved = moved_last(play, mineral_terms)
    terms = [
        _term(name, float(race.mineral_cover(world, s, tables, good)[0]), weight, moved)
        for good, weight in s.race.minerals
        for name in [GOOD_NAMES[GOODS.names[good]]]
    ]
    held = float(world.standing.mineral_held[0])
    body = (
        "Share of what the bloc uses that it makes from ore China does not sell, with stock in store. "
        "The lowest hold it back most: the bar is the square of the mean root."
    )
    return Tip(LONG[0], plain(body + _held_words(held, s.race.post) + _cause_words(moved)), tuple(terms))


def chip_tip(play: PlayContext) -> Tip:
    """What China's bar is made of, by part."""
    s, world, tables = play.match.scenario, play.match.world, play.match.model.book.tables
    covers, moved = race.chip_covers(world, s, tables), moved_last(play, chip_terms)
    terms = [_term(PART_NAMES[part], float(covers[part][0]), weight, moved) for part, weight in s.race.chips]
    alive = float(race.alive_share(world, s, tables)[0])
    body = (
        f"Share of its use that China makes itself, and would without foreign tools ({alive:.0%} of plants would run)."
    )
    held = float(world.standing.chip_held[0])
    return Tip(LONG[1], plain(body + _held_words(held, s.race.post) + _cause_words(moved)), tuple(terms))


def moved_last(play: PlayContext, terms_of: Callable[[Quarter], list[RaceTerm]]) -> dict[str, RaceTerm]:
    """What each part did to a bar in the last quarter, by name; nothing before a quarter was played here."""
    match = play.match
    if match.previous is None:
        return {}
    quarter = Quarter(match.previous, match.world, match.scenario, match.model.book.tables)
    return {term.name: term for term in terms_of(quarter)}


def _term(name: str, cover: float, weight: float, moved: Mapping[str, RaceTerm]) -> Term:
    colour = theme.GOOD if cover >= 0.75 else theme.BAD if cover < 0.25 else theme.TEXT
    change = moved[name].points if name in moved else 0.0
    by = f" ({change:+.1f})".replace("-", "−") if abs(change) >= 0.05 else ""
    return Term(f"{name[0].upper()}{name[1:]} (weight {weight:.0%})", f"{cover:.0%}{by}", colour)


def _cause_words(moved: Mapping[str, RaceTerm]) -> str:
    """What moved a bar most in the last quarter; in brackets beside each part are the points that it gave."""
    term = next((term for term in moved.values() if term.why), None)
    if term is None:
        return ""
    points = f"{term.points:+.1f}".replace("-", "−")
    return f" Last quarter (in brackets, in points of the bar): most {term.name} {points}; {term.why}."


def _held_words(held: float, post: float) -> str:
    if held >= race.QUARTERS_HELD:
        return f" Held above {post:.0%} for {held:.0f} quarters: its side draws the dividend."
    return f" Two quarters above {post:.0%} start the dividend: 6 points a quarter, 3 if both sides get there."


class RaceBar(Widget):
    """Both bars with their names, figures and the post."""

    def __init__(self, rect: pygame.Rect, play: PlayContext) -> None:
        super().__init__(rect, name="race bar")
        self.play = play
        self.post = play.match.scenario.race.post
        standing = play.match.world.standing
        self.tips = (mineral_tip(play), chip_tip(play))
        self.values = (float(standing.mineral_independence[0]), float(standing.chip_independence[0]))
        middle = rect.centerx
        self.badge = pygame.Rect(middle - BADGE // 2, rect.bottom - 26, BADGE, 24)
        bar_y = rect.bottom - 20
        left = pygame.Rect(rect.x, bar_y, self.badge.x - 4 - rect.x, 12)
        right = pygame.Rect(self.badge.right + 4, bar_y, rect.right - self.badge.right - 4, 12)
        for side, (half, colour) in enumerate(((left, theme.PAX), (right, theme.PRC))):
            play.rolls.note(KEYS[side], self.values[side])
            self.add(_Half(half, self, side, colour))

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        """The terms of the half under the point."""
        return self.tips[0 if point[0] < self.rect.centerx else 1]

    def draw_self(self, canvas: Canvas) -> None:
        rect, half = self.rect, self.badge.x - 6 - self.rect.x
        wide = max(canvas.kit.text.width(name, "secondary") for name in LONG) + 38 < half
        names = LONG if wide else SHORT
        figures = [self.play.rolls.shown(key, value) for key, value in zip(KEYS, self.values, strict=True)]
        upper = pygame.Rect(rect.x, rect.y, half, 22)
        canvas.text(names[0], upper, "secondary", theme.PAX)
        canvas.text(f"{figures[0]:.0%}", upper, "figure_card", align="right")
        upper = pygame.Rect(self.badge.right + 6, rect.y, rect.right - self.badge.right - 6, 22)
        canvas.text(f"{figures[1]:.0%}", upper, "figure_card")
        canvas.text(names[1], upper, "secondary", theme.PRC, align="right")
        line = self._badge_colour()
        canvas.box(self.badge, Box(theme.TOPBAR, line=line, line_width=1.5, radius=7))
        canvas.text(f"{self.post:.0%}", self.badge, "section", line, align="center")

    def _badge_colour(self) -> Colour:
        """The post takes the colour of the side that stands above it alone."""
        above = [value >= self.post for value in self.values]
        if above[0] != above[1]:
            return theme.PAX if above[0] else theme.PRC
        return theme.ACCENT


KEYS = ("race minerals", "race chips")


class _Half(Meter):
    """One bar; its full length is the post."""

    def __init__(self, rect: pygame.Rect, bar: RaceBar, side: int, colour: Colour) -> None:
        super().__init__(
            rect,
            bar.values[side] / bar.post,
            colour,
            from_right=side == 1,
            thickness=8,
            tip=bar.tips[side],
            name=KEYS[side],
        )
        self.bar = bar
        self.side = side

    def draw_self(self, canvas: Canvas) -> None:
        self._value = self.bar.play.rolls.shown(KEYS[self.side], self.bar.values[self.side]) / self.bar.post
        super().draw_self(canvas)
