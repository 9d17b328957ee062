"""The form of a motion in a bloc, of leaving one and of founding one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame

from game.core.diplomacy import FoundBloc, LeaveBloc, Motion
from game.core.names import CHARTER, VOTING
from game.core.orders import Order
from game.parley import OpenMotion
from game.ui import theme
from game.ui.kit import Button, Dropdown, Kit, Label, NumberRange, Slider, Term, Tip, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.deal_looks import place_name
from game.ui.main.order_words import capital_first

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


class MotionForm:
    """Keeps the motion that is put together; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.

    Attributes
    ----------
    bloc : int
        Position of the bloc it is moved in.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        self.bloc = play.match.scenario.race.bloc
        self.act = ""
        self.subject = 0
        self.strength = 0.5
        self._button: Button | None = None

    def begin(self, bloc: int) -> None:
        """Begin a motion in another bloc."""
        self.bloc, self.act, self.subject = bloc, "", 0

    @property
    def key(self) -> str:
        """Of the bloc."""
        return self.play.match.scenario.blocs[self.bloc][0]

    @property
    def members(self) -> list[int]:
        """Positions of the bloc's members."""
        return [int(n) for n in np.flatnonzero(self.play.seen.relations.member[self.bloc, :, 0])]

    @property
    def inside(self) -> bool:
        """Whether the player's seat is a member."""
        return self.play.place in self.members

    def _acts(self) -> list[str]:
        """What the player can do in this bloc: motions, leaving, founding."""
        if self.bloc not in self.play.match.scenario.chartered:
            return []
        if not self.members:
            return ["found"]
        return ["invite", "expel", "charter", "voting", "leave"] if self.inside else ["admit"]

    def _subjects(self) -> list[tuple[str, str]]:
        """(name, words) of what the act may be about."""
        s, members = self.play.match.scenario, self.members
        if self.act in ("invite", "expel"):
            inside = self.act == "expel"
            trust = self.play.seen.relations.trust[s.place_axis.at(self.play.seat), :, 0]
            seats = sorted(s.seats, key=lambda code: -float(trust[s.place_axis.at(code)]))
            return [
                (code, place_name(self.play, code))
                for code in seats
                if code != self.play.seat and (s.place_axis.at(code) in members) == inside
            ]
        if self.act == "charter":
            return [(term, TERM_TITLES[term]) for term in CHARTER]
        now = VOTING.names[int(self.play.seen.blocs.voting[self.bloc, 0])]
        return [(rule, VOTING_TITLES[rule]) for rule in VOTING if rule != now] if self.act == "voting" else []

    def order(self) -> Order | None:
        """What the form stands for."""
        subjects = self._subjects()
        if self.act == "leave":
            return LeaveBloc(self.key)
        if self.act == "found":
            return FoundBloc(self.key)
        if self.act == "admit":
            return Motion(self.key, "admit")
        if not subjects:
            return None
        name = subjects[min(self.subject, len(subjects) - 1)][0]
        if self.act == "charter":
            return Motion(self.key, "charter", term=name, strength=self.strength)
        if self.act == "voting":
            return Motion(self.key, "voting", rule=name)
        return Motion(self.key, self.act, place=name)

    def height(self) -> int:
        """Of the form in logical px; 0 where nothing can be moved."""
        acts = self._acts()
        if not acts:
            return 0
        if self.act not in acts:
            self.act = acts[0]
        return 36 + (36 if self._subjects() else 0) + (44 if self.act == "charter" else 0) + 36

    def fill(self, kit: Kit, holder: Widget, rect: pygame.Rect) -> None:
        """Add the form within `rect`."""
        acts = self._acts()
        titles = {**ACTS, "leave": "Leave the bloc", "found": "Found the bloc"}
        row = pygame.Rect(rect.x, rect.y, rect.w, 30)
        tip = Tip("What to move", plain(self._help()))
        holder.add(Dropdown(row, [titles[act] for act in acts], lambda n: self._set_act(acts[n]),
                            chosen=acts.index(self.act), name="motion act", tip=tip))  # fmt: skip
        y, subjects = row.bottom + 6, self._subjects()
        if subjects:
            self.subject = min(self.subject, len(subjects) - 1)
            row = pygame.Rect(rect.x, y, rect.w, 30)
            holder.add(Dropdown(row, [words for _, words in subjects], self._set_subject, chosen=self.subject,
                                name="motion subject", tip=Tip("About what")))  # fmt: skip
            y += 36
        if self.act == "charter":
            self._strength(holder, pygame.Rect(rect.x, y, rect.w, 40))
            y += 44
        words = pygame.Rect(rect.x, y, rect.w - 112, 34)
        self._foot(kit, holder, words, pygame.Rect(words.right + 8, y, 104, 34))

    def _strength(self, holder: Widget, rect: pygame.Rect) -> None:
        """How far a term of the charter is to bind."""
        numbers = NumberRange(0.0, 1.0, 0.05, "{:.0%}".format)
        holder.add(Slider(rect, "Strength", numbers, self.strength, self._set_strength, name="motion strength"))

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
        if not self.members or VOTING.names[int(self.play.seen.blocs.voting[self.bloc, 0])] != "weighted":
            return ()
        root = np.sqrt(s.places.gdp[:, 0])
        whole = float(sum(root[self.members])) or 1.0
        ranked = sorted(self.members, key=lambda n: -root[n])
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
