"""How all stand to the player: trust both ways and what stands behind it, threats, blame; with a way to talk."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame

from game.core.names import CLASSES
from game.explain.clauses import CLASS_NAMES
from game.explain.trust import TRUST_WORDS, trust_terms
from game.rules import pacts
from game.ui import theme
from game.ui.kit import Button, Cell, Column, Kit, Label, Panel, RichText, Span, Table, Term, Tip, Widget, plain
from game.ui.main import readings
from game.ui.main.context import PlayContext
from game.ui.main.diplomacy_talks import LOOK, TalksView
from game.ui.main.dispatches_row import CAMP_COLOURS
from game.ui.main.order_words import count, short_quarter
from game.ui.main.place_card import GOOD_TRUST, POOR_TRUST, control_words
from game.ui.map.places import PLACE_BY_CODE
from game.ui.theme import Colour

DETAIL = 126
CAUSES_TOLD = 4


class RelationsView:
    """Keeps the order of the table and what is chosen; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    talks : TalksView
        Where proposals are begun.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None], talks: TalksView) -> None:
        self.play, self.redraw, self.talks = play, redraw, talks
        self.current = ""
        self.sorted_by, self.descending = 1, True

    def renew(self) -> None:
        """Nothing is kept that the world changes."""

    @property
    def codes(self) -> list[str]:
        """The other seats."""
        return [code for code in self.play.match.scenario.seats if code != self.play.seat]

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the table and the detail of the place chosen."""
        detail = pygame.Rect(area.x, area.bottom - DETAIL, area.w, DETAIL)
        room = pygame.Rect(area.x, area.y, area.w + 8, area.h - DETAIL - 8)
        titles = (
            Column("Place", 2.5),
            Column("Trust", 1.2, figures=True, tip=Tip("Trust in you", plain("How far it believes what you promise."))),
            Column("Yours", 1.0, figures=True, tip=Tip("Your trust", plain("How far you believe what it promises."))),
            Column(
                "Blame",
                1.0,
                figures=True,
                tip=Tip(
                    "Blame",
                    plain(
                        "For escalation: each step up that answers "
                        "nothing adds one; it costs standing and fades by 10% a quarter."
                    ),
                ),
            ),
        )
        rows = [self._row(code) for code in self.codes]
        table = holder.add(
            Table(
                room,
                titles,
                rows,
                self._choose,
                sorted_by=self.sorted_by,
                descending=self.descending,
                on_sort=self._sorted,
                name="relations",
            )
        )
        if self.current not in self.codes:
            selected = self.play.selected
            self.current = selected if selected in self.codes else self.codes[table.order[0]]
        table.chosen = self.codes.index(self.current)
        self._detail(kit, holder, detail, self.current)

    def _row(self, code: str) -> tuple[Cell, ...]:
        play, s = self.play, self.play.match.scenario
        n, me = s.place_axis.at(code), play.place
        trust = play.seen.relations.trust
        inward, outward = float(trust[me, n, 0]), float(trust[n, me, 0])
        blame = float(play.seen.relations.blame[n, 0])
        return (
            Cell(
                s.texts.names[n],
                s.texts.names[n],
                flag=PLACE_BY_CODE[code].flag,
                colour=CAMP_COLOURS[readings.camp(play.seen, s, n)],
            ),
            Cell(f"{inward:.0%}", inward, _tone(inward)),
            Cell(f"{outward:.0%}", outward, _tone(outward)),
            Cell(f"{blame:.1f}" if blame >= 0.05 else "—", blame, theme.BAD if blame >= 1 else theme.TEXT_2),
        )

    def _choose(self, position: int) -> None:
        self.current = self.codes[position]
        self.play.select(self.current)
        self.redraw()

    def _sorted(self, column: int, descending: bool) -> None:
        self.sorted_by, self.descending = column, descending

    # --- the detail

    def _detail(self, kit: Kit, holder: Widget, rect: pygame.Rect, code: str) -> None:
        panel = holder.add(Panel(rect, look=LOOK))
        inner = pygame.Rect(rect.x + 12, rect.y + 8, rect.w - 24, rect.h - 16)
        s = self.play.match.scenario
        n = s.place_axis.at(code)
        button = pygame.Rect(inner.right - 96, inner.y - 2, 96, 28)
        blocked = "" if self.play.match.round else "The talks of this quarter are over."
        panel.add(
            Button(
                button,
                "Propose",
                self.give,
                kind="ghost",
                name="propose to",
                tip=Tip(f"Propose to {s.texts.names[n]} (G)", plain("Opens the builder."), blocked=blocked),
            )
        )
        words = pygame.Rect(inner.x, inner.y, inner.w - 104, 24)
        panel.add(Label(words, s.texts.names[n], "body_bold", ellipsis=True))
        room = pygame.Rect(inner.x, inner.y + 26, inner.w, inner.h - 26)
        spans = self._spans(n)
        while len(spans) > 1 and kit.text.height(spans, room.w) > room.h:
            spans.pop()
        panel.add(RichText(room, spans, name="relation words"))

    def _spans(self, n: int) -> list[Span]:
        """Camp, contracts, controls and threats, the weightiest first."""
        play = self.play
        lines = [readings.bloc_line(play.seen, play.match.scenario, n), *self._threats(n), *self._controls(n)]
        start, changes = float(play.match.scenario.trust[play.place, n, 0]), self._changes(n)
        last = f"; {changes[0].name[0].lower()}{changes[0].name[1:]} {changes[0].figure}" if changes else ""
        lines.append(f"Trusted you at {start:.0%} at the opening{last}")
        shared = self._contracts(n)
        if shared:
            lines.append(f"{count(shared, 'contract')} with you: trust grows while they are kept")
        tip = self._causes(n)
        return [
            Span(
                f"{line}{'.' if number else '. '}\n",
                "secondary",
                theme.TEXT_2 if number else theme.TEXT,
                tip if not number else None,
            )
            for number, line in enumerate(lines)
        ]

    def _contracts(self, n: int) -> int:
        c = self.play.seen.contracts
        both = (c.party[:, n, 0] > 0) & (c.party[:, self.play.place, 0] > 0) & (c.status[:, 0] == pacts.IN_FORCE)
        return int(np.count_nonzero(both))

    def _threats(self, n: int) -> list[str]:
        """Open threats both ways."""
        threat, sharp = self.play.seen.signals.threat, self.play.seen.signals.ultimatum
        me, told = self.play.place, []
        for owner, target, who in ((n, me, "Threatens you"), (me, n, "You threaten it")):
            for k in np.flatnonzero(threat[owner, :, target, 0] > 0):
                kind = " by ultimatum" if sharp[owner, k, target, 0] else ""
                left = count(int(threat[owner, k, target, 0]), "quarter")
                told.append(f"{who}{kind}: {CLASS_NAMES[CLASSES.names[int(k)]]}, {left} left")
        return told

    def _controls(self, n: int) -> list[str]:
        me = self.play.place
        on_you = control_words(readings.controls_between(self.play.seen, n, me))
        yours = control_words(readings.controls_between(self.play.seen, me, n))
        return [f"{title}: {words}" for title, words in (("Controls you", on_you), ("You control it", yours)) if words]

    def _causes(self, n: int) -> Tip:
        """What stands behind the trust, from the news of the two."""
        play = self.play
        s = play.match.scenario
        code = s.place_axis.names[n]
        told = [
            d
            for d in reversed(play.match.dispatches)
            if d.topic in ("contract", "control", "politics") and {code, play.seat} <= set(d.places)
        ][:CAUSES_TOLD]
        terms = tuple(Term(d.text, short_quarter(d.quarter, s.first_quarter)) for d in told)
        opening = Term("At the opening", f"{float(s.trust[play.place, n, 0]):.0%}")
        body = plain("Trust grows with contracts kept and blocs shared; controls, threats and breaches cost it.")
        return Tip("What stands behind its trust in you", body, (opening, *self._changes(n), *terms))

    def _changes(self, n: int) -> list[Term]:
        """What changed its trust in the player in the last quarter."""
        match = self.play.match
        if match.before is None:
            return []
        changes = trust_terms(match.before, match.world, match.scenario, n, self.play.place)
        return [
            Term(f"Last quarter: {TRUST_WORDS[change.name]}", f"{change.amount * 100:+.1f} pts".replace("-", "−"))
            for change in changes
            if abs(change.amount) >= 0.0005
        ]

    def give(self) -> None:
        """Begin a proposal to the place chosen."""
        self.talks.begin(self.current)


def _tone(trust: float) -> Colour:
    return theme.GOOD if trust >= GOOD_TRUST else theme.BAD if trust < POOR_TRUST else theme.TEXT
