"""Blocs: who is in, what the charter binds to, motions and votes, joining, leaving and founding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pygame

from game.core.diplomacy import Motion, Vote
from game.core.names import CHARTER, OUTCOMES, VOTING
from game.parley import OpenMotion
from game.rules.assembly import motion_of
from game.rules.membership import membership_terms, queue_after, queue_places
from game.ui import theme
from game.ui.kit import (
    Button,
    Dropdown,
    Flag,
    Kit,
    Label,
    ListView,
    Meter,
    Panel,
    RichText,
    Tip,
    Widget,
    columns,
    plain,
)
from game.ui.main.context import PlayContext
from game.ui.main.deal_looks import place_name, signed_points
from game.ui.main.diplomacy_motions import TERM_HELP, TERM_TITLES, VOTING_TITLES, MotionForm, motion_words
from game.ui.main.diplomacy_talks import LOOK
from game.ui.main.order_words import capital_first, count, money
from game.ui.map.places import PLACE_BY_CODE

ROW, FLAG, MOTION = 25, 24, 64


#: Terms of membership: words, how the figure reads, what it means.
MEMBERSHIP: dict[str, tuple[str, Callable[[float], str], str]] = {
    "queue_place": (
        "Place in the queue",
        "{:.0%}".format,
        "Of what you want from abroad, what members could serve.",
    ),
    "queue": ("Served first", lambda bn: f"{money(bn)} a q", "Orders that the charter's priority puts first."),
    "joint_stock": ("Joint stock open to you", money, "What an equal member could draw on."),
    "dividend": (
        "Race dividend",
        lambda points: f"{signed_points(points)} a q",
        "Points a quarter, weighed by how near the bloc is to its post.",
    ),
    "dues": ("Dues", lambda bn: f"{money(bn)} a q", "What members pay in."),
    "neutral_rent": ("Rent as a neutral", lambda bn: f"{money(bn)} a q", "What you earn, or would, outside the sides."),
    "secondary": ("Under secondary rules", "{:.0%}".format, "Of your imports: what staying out exposes."),
    "retaliation": ("At risk from China", lambda bn: f"{money(bn)} a q", "More, the harder the bloc bites."),
}


class BlocsView:
    """Keeps which bloc is shown and the motion that is put together; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        self.form = MotionForm(play, redraw)
        self._list: ListView | None = None

    def renew(self) -> None:
        """Nothing is kept that the world changes."""

    @property
    def bloc(self) -> int:
        """Position of the bloc that is shown."""
        return self.form.bloc

    def give(self) -> None:
        """Make the motion, or give the order."""
        self.form.give()

    # --- widgets

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the choice of bloc, what it is, and what can be moved."""
        s = self.play.match.scenario
        order = sorted(range(len(s.blocs)), key=lambda x: (x not in s.chartered, x))
        texts = [s.blocs[x][1] for x in order]
        tip = Tip("Blocs", plain("Blocs with a charter come first; others are agreements that only build trust."))
        holder.add(
            Dropdown(
                pygame.Rect(area.x, area.y, area.w, 30),
                texts,
                lambda n: self._choose(order[n]),
                chosen=order.index(self.bloc),
                name="bloc",
                tip=tip,
            )
        )
        form = self.form.height()
        room = pygame.Rect(area.x - 2, area.y + 36, area.w + 12, area.h - 36 - form - (8 if form else 0))
        offset = self._list.offset if self._list else 0
        view = self._list = holder.add(ListView(room, gap=2, name="bloc content", offset=offset))
        self._content(kit, view)
        if form:
            self.form.fill(kit, holder, pygame.Rect(area.x, area.bottom - form, area.w, form))

    def _choose(self, bloc: int) -> None:
        self.form.begin(bloc)
        self._list = None
        self.redraw()

    def _content(self, kit: Kit, view: ListView) -> None:
        motions = self._motions()
        if motions:
            view.append(26, lambda rect: Label(rect, "Motions", "section"))
        for motion, outcome in motions:
            view.append(MOTION, partial(self._motion, kit, motion, outcome))
        members = self.form.members
        wide = view.content_width - 4
        each = max(1, wide // (FLAG + 6))
        rows = -(-max(len(members), 1) // each)
        view.append(22, lambda rect: Label(rect, f"{count(len(members), 'member')}", "section"))
        if members:
            view.append(rows * (FLAG + 5), partial(self._flags, members, each))
        if self.bloc not in self.play.match.scenario.chartered:
            view.append(
                40,
                lambda rect: RichText(
                    rect, plain("An agreement without a charter: it takes no motions.", "secondary", theme.TEXT_3)
                ),
            )
            return
        voting = VOTING.names[int(self.play.seen.blocs.voting[self.bloc, 0])]
        view.append(ROW, partial(_pair, name="Votes", figure=VOTING_TITLES[voting], help_="How motions are decided."))
        charter = self.play.seen.blocs.charter[self.bloc, :, 0]
        view.append(26, lambda rect: Label(rect, "Charter", "section"))
        if not charter.any():
            view.append(ROW, lambda rect: Label(rect, "Binds to nothing yet.", "body", theme.TEXT_2))
        for h in np.flatnonzero(charter):
            view.append(ROW, partial(self._term, CHARTER.names[h], float(charter[h])))
        self._membership(view)

    def _membership(self, view: ListView) -> None:
        """What belonging gives and takes, as a member or as who might be one."""
        match, n = self.play.match, self.play.place
        if not self.form.members:
            return
        terms = membership_terms(match.world, match.scenario, match.model.book.tables, self.bloc)
        mine = {name: float(values[n, 0]) for name, values in terms.items()}
        title = "What it gives you" if self.form.inside else "What joining would give you"
        view.append(26, lambda rect: Label(rect, title, "section"))
        for name, (words, shown, help_) in MEMBERSHIP.items():
            if abs(mine[name]) >= 0.0005:
                view.append(ROW, partial(_pair, name=words, figure=shown(mine[name]), help_=help_))

    def _flags(self, members: list[int], each: int, rect: pygame.Rect) -> Widget:
        row = Widget(rect)
        names = self.play.match.scenario.place_axis.names
        for number, n in enumerate(members):
            place = PLACE_BY_CODE[names[n]]
            spot = pygame.Rect(rect.x + number % each * (FLAG + 6), rect.y + number // each * (FLAG + 5), FLAG, FLAG)
            ring = theme.ACCENT if n == self.play.place else None
            row.add(Flag(spot, place.flag, ring, tip=Tip(place_name(self.play, names[n]))))
        return row

    def _term(self, term: str, strength: float, rect: pygame.Rect) -> Widget:
        row = Widget(rect)
        tip = Tip(TERM_TITLES[term], plain(TERM_HELP[term]), source="Set by vote")
        label = pygame.Rect(rect.x, rect.y, 176, rect.h)
        row.add(Label(label, TERM_TITLES[term], "body", theme.TEXT_2, ellipsis=True, tip=tip))
        row.add(Meter(pygame.Rect(label.right + 4, rect.y, rect.right - label.right - 48, rect.h), strength, tip=tip))
        row.add(
            Label(pygame.Rect(rect.right - 40, rect.y, 40, rect.h), f"{strength:.0%}", "figure", align="right", tip=tip)
        )
        return row

    # --- motions and votes

    def _motions(self) -> list[tuple[OpenMotion, str]]:
        """Motions in this bloc: open ones on which the player votes, own ones, and those of closed rounds."""
        match, s = self.play.match, self.play.match.scenario
        found = [(motion, "") for motion in match.motions(self.play.seat) if motion.motion.bloc == self.form.key]
        known = {motion.name for motion, _ in found}
        for words in match.words(self.play.seat):
            if isinstance(words, Motion) and words.bloc == self.form.key and self.play.seat not in known:
                found.append((OpenMotion(self.play.seat, words), "to be moved"))
        table = match.world.motions
        for mover in map(int, np.flatnonzero(table.bloc[:, 0] == self.bloc)):
            outcome = OUTCOMES.names[int(table.outcome[mover, 0])]
            if match.round != 1 and outcome != "open":
                found.append((OpenMotion(s.place_axis.names[mover], motion_of(s, table, mover)), outcome))
        return found

    def _motion(self, kit: Kit, motion: OpenMotion, outcome: str, rect: pygame.Rect) -> Widget:
        row = Panel(rect, look=LOOK, name=f"motion {motion.name}")
        words = motion_words(self.play, motion)
        text = pygame.Rect(rect.x + 8, rect.y + 3, rect.w - 16, 20)
        queue = self._queue(motion)
        note = int(kit.text.width(queue, "figure")) + 8 if queue else 0
        text.w -= note
        told = "Share of what you want from abroad that the bloc's sellers could serve: now, and with the newcomer."
        tip = Tip(words, plain(told) if queue else ())
        row.add(Label(text, words, "body", ellipsis=True, tip=tip))
        row.add(
            Label(pygame.Rect(text.right, text.y, note, text.h), queue, "figure", theme.TEXT_2, align="right", tip=tip)
        )
        buttons = pygame.Rect(rect.x + 8, rect.y + 26, rect.w - 16, 28)
        own = motion.name == self.play.seat
        if outcome:
            colour = {"passed": theme.GOOD, "failed": theme.BAD, "lapsed": theme.WARN}.get(outcome, theme.TEXT_2)
            row.add(Label(buttons, capital_first(outcome), "secondary", colour))
        if (own and not outcome) or outcome == "to be moved":
            back = pygame.Rect(buttons.right - 92, buttons.y, 92, 28)
            row.add(Button(back, "Take back", self._take_back, kind="ghost", name="take motion back"))
            return row
        if not outcome:
            for yes, place in zip((True, False), columns(buttons, (0.5, 0.5), 6), strict=True):
                on = motion.vote is yes
                row.add(
                    Button(
                        place,
                        "For" if yes else "Against",
                        partial(self._vote, motion, yes),
                        kind="secondary" if on else "ghost",
                        icon="check" if on else "",
                        name=f"vote {motion.name} {'for' if yes else 'against'}",
                        tip=Tip("Your vote", plain("Counted when the round closes; the same again takes it back.")),
                    )
                )
        return row

    def _queue(self, motion: OpenMotion) -> str:
        """The player's place in the queue now and with a newcomer, for a member; empty where there is none."""
        match, m = self.play.match, motion.motion
        newcomer = motion.name if m.act == "admit" else m.place if m.act == "invite" else None
        if newcomer is None or not self.form.inside:
            return ""
        world, s, t = match.world, match.scenario, match.model.book.tables
        members = world.relations.member[self.bloc].astype(float)
        now = float(queue_places(world, s, t, members)[self.play.place, 0])
        then = float(queue_after(world, s, t, self.bloc, s.place_axis.at(newcomer))[self.play.place, 0])
        was, will = f"{now:.0%}", f"{then:.0%}"
        return f"your queue {was} to {will}" if was != will else ""

    def _vote(self, motion: OpenMotion, yes: bool) -> None:
        if motion.vote is yes:
            words = self.play.match.words(self.play.seat)
            self.play.take_back(next(w for w in words if isinstance(w, Vote) and w.motion == motion.name))
        else:
            self.play.give(Vote(motion.name, yes))

    def _take_back(self) -> None:
        words = self.play.match.words(self.play.seat)
        self.play.take_back(next(w for w in words if isinstance(w, Motion)))


def _pair(rect: pygame.Rect, name: str, figure: str, help_: str) -> Widget:
    row = Widget(rect)
    tip = Tip(name, plain(help_))
    left = 60 if len(name) < 8 else 176
    row.add(Label(pygame.Rect(rect.x, rect.y, left, rect.h), name, "body", theme.TEXT_2, ellipsis=True, tip=tip))
    row.add(
        Label(
            pygame.Rect(rect.x + left + 4, rect.y, rect.w - left - 4, rect.h),
            figure,
            "body_medium",
            align="right",
            ellipsis=True,
            tip=tip,
        )
    )
    return row
