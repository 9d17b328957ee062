"""Blocs: who is in, what the charter binds to, motions and votes, joining, leaving and founding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pygame

from game.core.diplomacy import FoundBloc, LeaveBloc, Motion, Vote
from game.core.names import CHARTER, OUTCOMES, VOTING
from game.core.orders import Order
from game.parley import OpenMotion
from game.rules.assembly import motion_of
from game.ui import theme
from game.ui.kit import (
    Button,
    Dropdown,
    Flag,
    Kit,
    Label,
    ListView,
    Meter,
    NumberRange,
    Panel,
    RichText,
    Slider,
    Term,
    Tip,
    Widget,
    columns,
    plain,
)
from game.ui.main.context import PlayContext
from game.ui.main.deal_looks import place_name
from game.ui.main.diplomacy_talks import LOOK
from game.ui.main.order_words import capital_first, count
from game.ui.map.places import PLACE_BY_CODE

ROW, FLAG, MOTION = 25, 24, 58
TERM_TITLES = {
    "priority": "Members first in the queue",
    "stockpile": "Joint stock",
    "solidarity": "Release by need",
    "match": "Controls matched",
    "no_reexport": "No re-export",
    "certify": "Certified silicon",
    "guardrails": "One safety standard",
    "hub": "Shared research",
    "dues": "Dues",
}
TERM_HELP = {
    "priority": "How far members serve members before outsiders; of outsiders' orders at most 40% give way.",
    "stockpile": "What part of their national stocks members put into one.",
    "solidarity": "How far the joint stock is released by need rather than by what each has paid in.",
    "match": "How far members follow one another's controls.",
    "no_reexport": "What part of leaks through members is stopped.",
    "certify": "How far members certify what they make.",
    "guardrails": "How far members work by one AI-safety standard.",
    "hub": "How far research is shared.",
    "dues": "What members pay in.",
}
VOTING_TITLES = {
    "weighted": "Weighted by the root of GDP",
    "majority": "One seat, one vote",
    "unanimity": "Unanimity",
}
ACTS = {
    "admit": "Ask to join",
    "invite": "Invite",
    "expel": "Expel",
    "charter": "Change the charter",
    "voting": "Change the vote",
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
        self.bloc = play.match.scenario.race.bloc
        self.act = ""
        self.subject = 0
        self.strength = 0.5
        self._list: ListView | None = None
        self._button: Button | None = None

    def renew(self) -> None:
        """Nothing is kept that the world changes."""

    @property
    def _key(self) -> str:
        return self.play.match.scenario.blocs[self.bloc][0]

    @property
    def _members(self) -> list[int]:
        return [int(n) for n in np.flatnonzero(self.play.seen.relations.member[self.bloc, :, 0])]

    @property
    def _inside(self) -> bool:
        return self.play.place in self._members

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
        form = self._form_height()
        room = pygame.Rect(area.x - 2, area.y + 36, area.w + 12, area.h - 36 - form - (8 if form else 0))
        offset = self._list.offset if self._list else 0
        view = self._list = holder.add(ListView(room, gap=2, name="bloc content", offset=offset))
        self._content(kit, view)
        if form:
            self._form(kit, holder, pygame.Rect(area.x, area.bottom - form, area.w, form))

    def _choose(self, bloc: int) -> None:
        self.bloc, self.act, self.subject, self._list = bloc, "", 0, None
        self.redraw()

    def _content(self, kit: Kit, view: ListView) -> None:
        members = self._members
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
        view.append(ROW, lambda rect: _pair(rect, "Votes", VOTING_TITLES[voting], "How motions are decided."))
        charter = self.play.seen.blocs.charter[self.bloc, :, 0]
        view.append(26, lambda rect: Label(rect, "Charter", "section"))
        if not charter.any():
            view.append(ROW, lambda rect: Label(rect, "Binds to nothing yet.", "body", theme.TEXT_2))
        for h in np.flatnonzero(charter):
            view.append(ROW, partial(self._term, CHARTER.names[h], float(charter[h])))
        motions = self._motions()
        if motions:
            view.append(26, lambda rect: Label(rect, "Motions", "section"))
        for motion, outcome in motions:
            view.append(MOTION, partial(self._motion, kit, motion, outcome))

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
        found = [(motion, "") for motion in match.motions(self.play.seat) if motion.motion.bloc == self._key]
        known = {motion.name for motion, _ in found}
        for words in match.words(self.play.seat):
            if isinstance(words, Motion) and words.bloc == self._key and self.play.seat not in known:
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
        row.add(Label(text, words, "body", ellipsis=True, tip=Tip(words)))
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

    def _vote(self, motion: OpenMotion, yes: bool) -> None:
        if motion.vote is yes:
            words = self.play.match.words(self.play.seat)
            self.play.take_back(next(w for w in words if isinstance(w, Vote) and w.motion == motion.name))
        else:
            self.play.give(Vote(motion.name, yes))

    def _take_back(self) -> None:
        words = self.play.match.words(self.play.seat)
        self.play.take_back(next(w for w in words if isinstance(w, Motion)))

    # --- moving

    def _acts(self) -> list[str]:
        """What the player can do in this bloc: motions, leaving, founding."""
        if self.bloc not in self.play.match.scenario.chartered:
            return []
        if not self._members:
            return ["found"]
        return ["invite", "expel", "charter", "voting", "leave"] if self._inside else ["admit"]

    def _subjects(self) -> list[tuple[str, str]]:
        """(name, words) of what the act may be about."""
        s, members = self.play.match.scenario, self._members
        if self.act in ("invite", "expel"):
            inside = self.act == "expel"
            return [
                (c, place_name(self.play, c))
                for c in s.seats
                if c != self.play.seat and (s.place_axis.at(c) in members) == inside
            ]
        if self.act == "charter":
            return [(term, TERM_TITLES[term]) for term in CHARTER]
        now = VOTING.names[int(self.play.seen.blocs.voting[self.bloc, 0])]
        return [(rule, VOTING_TITLES[rule]) for rule in VOTING if rule != now] if self.act == "voting" else []

    def order(self) -> Order | None:
        """What the form stands for."""
        subjects = self._subjects()
        if self.act == "leave":
            return LeaveBloc(self._key)
        if self.act == "found":
            return FoundBloc(self._key)
        if self.act == "admit":
            return Motion(self._key, "admit")
        if not subjects:
            return None
        name = subjects[min(self.subject, len(subjects) - 1)][0]
        if self.act == "charter":
            return Motion(self._key, "charter", term=name, strength=self.strength)
        if self.act == "voting":
            return Motion(self._key, "voting", rule=name)
        return Motion(self._key, self.act, place=name)

    def _form_height(self) -> int:
        acts = self._acts()
        if not acts:
            return 0
        if self.act not in acts:
            self.act = acts[0]
        return 36 + (36 if self._subjects() else 0) + (44 if self.act == "charter" else 0) + 36

    def _form(self, kit: Kit, holder: Widget, rect: pygame.Rect) -> None:
        acts = self._acts()
        titles = {**ACTS, "leave": "Leave the bloc", "found": "Found the bloc"}
        row = pygame.Rect(rect.x, rect.y, rect.w, 30)
        holder.add(
            Dropdown(
                row,
                [titles[act] for act in acts],
                lambda n: self._set_act(acts[n]),
                chosen=acts.index(self.act),
                name="motion act",
                tip=Tip("What to move", plain(self._help())),
            )
        )
        y, subjects = row.bottom + 6, self._subjects()
        if subjects:
            self.subject = min(self.subject, len(subjects) - 1)
            holder.add(
                Dropdown(
                    pygame.Rect(rect.x, y, rect.w, 30),
                    [words for _, words in subjects],
                    self._set_subject,
                    chosen=self.subject,
                    name="motion subject",
                    tip=Tip("About what"),
                )
            )
            y += 36
        if self.act == "charter":
            numbers = NumberRange(0.0, 1.0, 0.05, "{:.0%}".format)
            holder.add(
                Slider(
                    pygame.Rect(rect.x, y, rect.w, 40),
                    "Strength",
                    numbers,
                    self.strength,
                    self._set_strength,
                    name="motion strength",
                )
            )
            y += 44
        words = pygame.Rect(rect.x, y, rect.w - 112, 34)
        self._foot(kit, holder, words, pygame.Rect(words.right + 8, y, 104, 34))

    def _help(self) -> str:
        return {
            "admit": "The members vote. Joining against a leader of the race costs less.",
            "invite": "The members vote, and the place must consent in the same round.",
            "expel": "The members vote, but for the one concerned. It trusts them less afterwards.",
            "charter": "The members vote on how far a term of the charter binds them.",
            "voting": "The members vote on how they vote.",
            "leave": "With the orders of the quarter. Members trust the leaver less.",
            "found": "All who do so in one quarter found it together.",
        }[self.act]

    def _foot(self, kit: Kit, holder: Widget, words: pygame.Rect, place: pygame.Rect) -> None:
        order = self.order()
        reason = self.play.match.test(self.play.seat, order).reason if order else "there is nothing to move"
        sealed = isinstance(order, LeaveBloc | FoundBloc)
        if not reason and order is not None:
            capital = self.play.match.cost(self.play.seat, order)[1]
            said = f"{capital:g} capital" + ("" if sealed else ", carried or not")
        else:
            said = capital_first(reason)
        shown = kit.text.shortened(said, "secondary", words.w)
        tip = Tip("Cost" if not reason else "Why not", plain(said), terms=self._weights())
        holder.add(Label(words, shown, "secondary", theme.BAD if reason else theme.TEXT_2, tip=tip, name="motion cost"))
        verb = "Give order" if sealed else "Move"
        tip = Tip(f"{verb} (G)", plain(self._help()), blocked=f"{capital_first(reason)}." if reason else "")
        self._button = holder.add(Button(place, verb, self.give, name="move", tip=tip))

    def _weights(self) -> tuple[Term, ...]:
        """What each member's vote weighs."""
        s = self.play.match.scenario
        if not self._members or VOTING.names[int(self.play.seen.blocs.voting[self.bloc, 0])] != "weighted":
            return ()
        root = np.sqrt(s.places.gdp[:, 0])
        whole = float(sum(root[self._members])) or 1.0
        ranked = sorted(self._members, key=lambda n: -root[n])
        return tuple(Term(f"Vote of {s.texts.names[n]}", f"{root[n] / whole:.0%}") for n in ranked)

    def _set_act(self, act: str) -> None:
        self.act, self.subject = act, 0
        self.redraw()

    def _set_subject(self, position: int) -> None:
        self.subject = position
        if self.act == "charter":
            self.strength = float(self.play.seen.blocs.charter[self.bloc, position, 0])
        self.redraw()

    def _set_strength(self, value: float) -> None:
        self.strength = value
        order = self.order()
        if self._button is not None and order is not None:
            reason = self.play.match.test(self.play.seat, order).reason
            blocked = f"{capital_first(reason)}." if reason else ""
            self._button.tip = Tip("Move (G)", plain(self._help()), blocked=blocked)
            self._button.mark_dirty()

    def give(self) -> None:
        """Make the motion, or give the order."""
        order = self.order()
        if order is not None:
            self.play.give(order)


def motion_words(play: PlayContext, motion: OpenMotion) -> str:
    """A motion in a sentence."""
    m = motion.motion
    who = "You" if motion.name == play.seat else place_name(play, motion.name)
    asks = "ask" if motion.name == play.seat else "asks"
    if m.act == "admit":
        return f"{who} {asks} to join"
    if m.act in ("invite", "expel") and m.place:
        whom = "you" if m.place == play.seat else place_name(play, m.place)
        return f"{who}: {m.act} {whom}"
    if m.act == "charter" and m.term:
        return f"{who}: {TERM_TITLES[m.term].lower()} at {m.strength:.0%}"
    return f"{who}: votes {VOTING_TITLES[m.rule].lower()}" if m.rule else who


def _pair(rect: pygame.Rect, name: str, figure: str, help_: str) -> Widget:
    row = Widget(rect)
    tip = Tip(name, plain(help_))
    row.add(Label(pygame.Rect(rect.x, rect.y, 60, rect.h), name, "body", theme.TEXT_2, tip=tip))
    row.add(
        Label(
            pygame.Rect(rect.x + 64, rect.y, rect.w - 64, rect.h),
            figure,
            "body_medium",
            align="right",
            ellipsis=True,
            tip=tip,
        )
    )
    return row
