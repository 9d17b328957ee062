"""Politics at home: approval, lobbies, the election, what firms expect; the objective and the mandate."""

from __future__ import annotations

from functools import partial

import pygame

from game.core.names import LOBBIES, MANDATES
from game.core.scenario import Objective
from game.rules import objectives
from game.rules.objectives import METRICS
from game.rules.politics import CAMPAIGN, MANDATE_WON
from game.ui import theme
from game.ui.kit import Kit, Label, ListView, Meter, RichText, Span, Term, Tip, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.order_words import capital_first, count
from game.ui.main.readings import in_words
from game.ui.theme import Colour

ROW, HEAD = 30, 28
LOBBY_TITLES = {"chip_firms": "Chip firms", "downstream": "Downstream industry", "security": "Security establishment"}
LOBBY_HELP = {
    "chip_firms": "Sales that your own controls stop anger them, subsidies please them, and their end is missed.",
    "downstream": "Shortage of mature chips, magnets and electricity angers it.",
    "security": "It wants security, and rivals held back.",
}
NEVER = 99.0
LOW, HIGH = 0.4, 0.55


class HomeView:
    """Makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    """

    def __init__(self, play: PlayContext) -> None:
        self.play = play
        self._list: ListView | None = None

    def give(self) -> None:
        """There is no order to give here."""
        self.play.say("Nothing to order here: campaigns stand under Signals.")

    def on_key(self, event: pygame.event.Event) -> bool:
        """No keys of its own."""
        return False

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the rows."""
        offset = self._list.offset if self._list else 0
        room = pygame.Rect(area.x - 2, area.y, area.w + 12, area.h)
        view = self._list = holder.add(ListView(room, gap=0, name="state home", offset=offset))
        self._politics(view)
        self._goals(kit, view)

    # --- politics

    def _politics(self, view: ListView) -> None:
        play, n = self.play, self.play.place
        politics, state = play.seen.politics, play.seen.state
        approval = float(state.approval[n, 0])
        bonus = play.match.scenario.parameters.state.approval_bonus
        tip = Tip(
            "Approval",
            plain(f"Above {bonus:.0%} it brings one political capital a quarter."),
            tuple(self._approval_terms()),
        )
        view.append(HEAD, lambda rect: Label(rect, "Politics", "section"))
        view.append(ROW, partial(_meter, "Approval", approval, _colour(approval), tip, bonus))
        for w, lobby in enumerate(LOBBIES):
            mood = float(politics.lobby[n, w, 0])
            help_ = Tip(
                LOBBY_TITLES[lobby],
                plain(
                    f"{LOBBY_HELP[lobby]} 50% is indifferent; what lobbies think moves "
                    "approval, twice as much in the year before an election."
                ),
            )
            view.append(ROW, partial(_meter, LOBBY_TITLES[lobby], mood, _colour(mood), help_, 0.5))
        self._facts(view)

    def _approval_terms(self) -> list[Term]:
        """What lobbies add each quarter."""
        n, seen = self.play.place, self.play.seen
        weight = self.play.match.scenario.parameters.statecraft.lobbying
        ahead = 2.0 if float(seen.politics.election[n, 0]) <= CAMPAIGN else 1.0
        return [
            Term(f"{LOBBY_TITLES[lobby]}, a quarter", _share(weight * ahead * (float(mood) - 0.5) / len(LOBBIES)))
            for lobby, mood in zip(LOBBIES, seen.politics.lobby[n, :, 0], strict=True)
        ]

    def _facts(self, view: ListView) -> None:
        n, seen = self.play.place, self.play.seen
        left = float(seen.politics.election[n, 0])
        told = "none is held" if left > NEVER else f"in {count(round(left), 'quarter')}"
        colour = theme.WARN if left <= CAMPAIGN else theme.TEXT
        tip = Tip(
            "Election",
            plain(
                f"Approval above half wins it, the more surely the further above. Won, it brings "
                f"{MANDATE_WON:g} political capital; lost, half of your capital goes, and threats are believed less."
            ),
        )
        view.append(ROW, partial(_fact, "Election", told, colour, tip))
        captured = float(seen.politics.captured[n, 0])
        tip = Tip(
            "Firms that expect subsidies",
            plain("Public money makes firms live on it: where it ends they are angry for as long as they remember."),
        )
        view.append(ROW, partial(_fact, "Expected subsidies", f"{captured:.0%} of the budget", theme.TEXT, tip))
        resolve = float(seen.politics.resolve[n, 0])
        tip = Tip("Resolve", plain("Will to bear the costs of a quarrel; campaigns raise it."))
        view.append(ROW, partial(_fact, "Resolve", f"{resolve:.0%}", theme.TEXT, tip))

    # --- goals

    def _goals(self, kit: Kit, view: ListView) -> None:
        play, s = self.play, self.play.match.scenario
        objective = s.objectives.get(play.place)
        if objective is not None:
            grade = float(objectives.graded(play.seen, s, play.match.model.book.tables)[play.place, 0])
            view.append(HEAD + 6, lambda rect: Label(rect, "Objective, open to all: 15% of the score", "section"))
            self._goal(kit, view, objective, grade, mine=True, secret=False)
        candidates = s.mandates.get(play.place, ())
        drawn = play.match.mandate(play.seat)
        if not candidates or drawn is None:
            return
        view.append(HEAD + 6, lambda rect: Label(rect, "Mandate, secret: 15% of the score", "section"))
        for name, mandate in zip(MANDATES, candidates, strict=True):
            value = float(
                METRICS[mandate.metric](play.seen, s, play.match.model.book.tables, play.place, mandate.of)[0]
            )
            grade = min(1.0, max(0.0, (value - mandate.floor) / (mandate.target - mandate.floor)))
            self._goal(kit, view, mandate, grade, mine=name == drawn, secret=True)

    def _goal(self, kit: Kit, view: ListView, goal: Objective, grade: float, *, mine: bool, secret: bool) -> None:
        """A goal in a few lines with how far it is; of the candidates only the one drawn is bright."""
        wide = view.content_width - 4 - 54
        spans = (
            Span(f"{in_words(goal.text)}.", "body_medium" if mine else "body", theme.TEXT if mine else theme.TEXT_3),
        )
        height = RichText.height_for(kit, spans, wide)
        note = "Yours." if mine else "Not drawn: rivals must reckon with it all the same."
        tip = Tip(
            goal.text,
            plain(note if secret else "Graded from its floor to its target."),
            (Term("Now", f"{grade:.0%}"), Term("0% at", f"{goal.floor:g}"), Term("100% at", f"{goal.target:g}")),
        )
        view.append(height + (16 if mine else 8), partial(_goal_row, spans, height, grade, mine, tip))


def _goal_row(spans: tuple[Span, ...], height: int, grade: float, mine: bool, tip: Tip, rect: pygame.Rect) -> Widget:
    row = Widget(rect)
    row.add(RichText(pygame.Rect(rect.x, rect.y, rect.w - 54, height), spans))
    figure = pygame.Rect(rect.right - 48, rect.y, 48, 20)
    row.add(Label(figure, f"{grade:.0%}", "figure", theme.ACCENT if mine else theme.TEXT_3, align="right", tip=tip))
    if mine:
        row.add(Meter(pygame.Rect(rect.x, rect.y + height + 2, rect.w, 10), grade, theme.ACCENT, tip=tip))
    return row


def _meter(title: str, value: float, colour: Colour, tip: Tip, required: float, rect: pygame.Rect) -> Widget:
    row = Widget(rect)
    row.add(Label(pygame.Rect(rect.x, rect.y, rect.w - 50, 18), title, "body", theme.TEXT_2, tip=tip))
    row.add(Label(pygame.Rect(rect.right - 48, rect.y, 48, 18), f"{value:.0%}", "figure", align="right", tip=tip))
    row.add(Meter(pygame.Rect(rect.x, rect.y + 18, rect.w, 9), value, colour, required=required, tip=tip))
    return row


def _fact(title: str, figure: str, colour: Colour, tip: Tip, rect: pygame.Rect) -> Widget:
    row = Widget(rect)
    row.add(Label(pygame.Rect(rect.x, rect.y, rect.w // 2, rect.h), title, "body", theme.TEXT_2, tip=tip))
    row.add(
        Label(
            pygame.Rect(rect.x + rect.w // 2, rect.y, rect.w - rect.w // 2, rect.h),
            capital_first(figure),
            "figure",
            colour,
            align="right",
            tip=tip,
        )
    )
    return row


def _colour(share: float) -> Colour:
    return theme.GOOD if share >= HIGH else theme.BAD if share < LOW else theme.WARN if share < 0.5 else theme.PAX


def _share(value: float) -> str:
    return f"{value * 100:+.2f} pts".replace("-", "−")
