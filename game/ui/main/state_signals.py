"""What is said and known: threats, intelligence, audits, campaigns, standards, summits, bluffs; what is open now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pygame

from game.core import diplomacy as kinds
from game.core.names import CLASSES
from game.core.orders import Order
from game.explain.clauses import CLASS_NAMES
from game.rules import signals
from game.rules.law_statecraft import LONGEST_THREAT
from game.ui import theme
from game.ui.kit import (
    Button,
    Checkbox,
    Dropdown,
    Kit,
    Label,
    ListView,
    NumberRange,
    Panel,
    RichText,
    Slider,
    Stepper,
    Tip,
    Widget,
    columns,
    plain,
)
from game.ui.main.context import PlayContext
from game.ui.main.deal_looks import place_name
from game.ui.main.diplomacy_talks import LOOK
from game.ui.main.order_detail import fitted
from game.ui.main.order_words import capital_first, count, money

ACTS = {
    "threat": "Threaten with a control",
    "intelligence": "Intelligence on a rival",
    "summit": "Summit of friends",
    "campaign": "Campaign at home",
    "audit": "Certification audit",
    "standard": "AI-safety standard",
    "bluff": "Overstate stocks",
}
AIMS = {"approval": "For approval", "resolve": "For resolve"}
ROW, GAP, BOX, LINE = 30, 6, 106, 28


@dataclass(slots=True)
class SignalDraft:
    """What the form says."""

    act: str = "threat"
    control_class: str = "minerals"
    target: str = ""
    quarters: int = 4
    ultimatum: bool = False
    aim: str = "approval"
    share: float = 0.3


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is open now: its words, whether it is the player's own, and the order that ends it."""

    text: str
    tip: Tip
    own: bool
    end: Order | None = None


class SignalsView:
    """Keeps the draft; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        s = play.match.scenario
        rival = s.place_axis.names[s.inside]
        first = next(code for code in s.seats if code != play.seat)
        self.draft = SignalDraft(target=first if play.seat == rival else rival)
        self._list: ListView | None = None
        self._button: Button | None = None

    def on_key(self, event: pygame.event.Event) -> bool:
        """No keys of its own."""
        return False

    # --- the order

    def order(self) -> Order:
        """The order that the form stands for."""
        d, n, seen = self.draft, self.play.place, self.play.seen
        if d.act == "threat":
            return kinds.Declare(d.control_class, d.target, d.quarters, d.ultimatum)
        if d.act == "intelligence":
            return kinds.Spy(d.target)
        if d.act == "summit":
            return kinds.Summit(d.target)
        if d.act == "campaign":
            return kinds.Campaign(d.aim)
        if d.act == "audit":
            return kinds.Audit()
        if d.act == "standard":
            return kinds.SafetyStandard(int(seen.standards.guardrail[n, 0]) != n)
        return kinds.Bluff(d.share)

    def give(self) -> None:
        """Give the order."""
        self.play.give(self.order())

    def _effect(self) -> str:
        """What the order would do."""
        d, seen, n = self.draft, self.play.seen, self.play.place
        if d.act == "threat":
            belief = float(seen.signals.credibility[n, 0])
            cost = "a quarter of it, and approval" if d.ultimatum else "a tenth of it"
            return (
                f"Your word is believed at {belief:.0%}. They prepare as for three tenths of a ban, buyers take alarm; "
                f"to carry it out brings less blame. An empty one costs {cost}."
            )
        if d.act == "intelligence":
            known = float(seen.signals.intelligence[n, self.play.match.scenario.place_axis.at(d.target), 0])
            return f"Closes {signals.LEARNT:.0%} of what is unknown of it, for about a year. Closed now: {known:.0%}."
        if d.act == "summit":
            return "Allied private money takes heart; the rival looks for substitutes as under a threat."
        if d.act == "campaign":
            won = signals.APPROVAL_WON if d.aim == "approval" else signals.RESOLVE_WON
            return f"Adds about {won * 100:.0f} points of {d.aim}."
        if d.act == "audit":
            now = float(seen.standards.certified[n, 0])
            return (
                f"Certifies {signals.CERTIFIED:.0%} of the chips that are not certified yet. Certified now: {now:.0%}."
            )
        if d.act == "standard":
            own = int(seen.standards.guardrail[n, 0]) == n
            return "Gives up your standard." if own else "Write a standard of your own; others adopt it by contract."
        return (
            f"Others see {d.share:.0%} more in your stocks than is there. Found out, it costs {signals.FOUND_OUT:.0%} "
            "of your word, approval and trust."
        )

    def _end(self, order: Order) -> None:
        self.play.give(order)

    # --- widgets

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the form, what it would do, and what is open now."""
        y = self._form(holder, area)
        box = pygame.Rect(area.x, y, area.w, BOX + (40 if area.bottom - y > 260 else 0))
        self._consequences(kit, holder, box)
        below = pygame.Rect(area.x, box.bottom + 8, area.w, area.bottom - box.bottom - 8)
        if below.h >= 54:
            self._open(holder, below)

    def _form(self, holder: Widget, area: pygame.Rect) -> int:
        d = self.draft
        row = pygame.Rect(area.x, area.y, area.w, ROW)
        self._choice(holder, row, list(ACTS.items()), "act", "What to say or do")
        row = row.move(0, ROW + GAP)
        if d.act == "threat":
            row = self._threat(holder, row)
        elif d.act in ("intelligence", "summit"):
            self._choice(holder, row, self._targets(), "target", "About whom")
        elif d.act == "campaign":
            self._choice(holder, row, list(AIMS.items()), "aim", "Its aim")
        elif d.act == "bluff":
            row = self._bluff(holder, row)
        else:
            return row.y
        return row.bottom + GAP

    def _threat(self, holder: Widget, row: pygame.Rect) -> pygame.Rect:
        """What is threatened, against whom, until when, and how firmly; returns the last row."""
        d = self.draft
        left, right = columns(row, (0.5, 0.5), GAP)
        classes = [(name, capital_first(CLASS_NAMES[name])) for name in CLASSES]
        self._choice(holder, left, classes, "control_class", "A control on what")
        self._choice(holder, right, self._targets(), "target", "Against whom")
        row = row.move(0, ROW + GAP)
        left, right = columns(row, (0.55, 0.45), GAP + 4)
        numbers = NumberRange(1, LONGEST_THREAT, 1, lambda value: f"{value:.0f} q")
        tip = Tip("Within", plain("Quarters in which it is to be carried out, or given way to by a contract."))
        keep = partial(self._keep, "quarters")
        holder.add(Stepper(left, "Within", numbers, d.quarters, keep, name="threat length", tip=tip))
        tip = Tip("Ultimatum", plain("The same at a higher stake: an empty one costs more."))
        choose = partial(self._set, "ultimatum")
        holder.add(Checkbox(right, "Ultimatum", d.ultimatum, choose, name="ultimatum", tip=tip))
        return row

    def _bluff(self, holder: Widget, row: pygame.Rect) -> pygame.Rect:
        """How much more is declared than there is; returns the row that it takes."""
        numbers = NumberRange(0.0, 1.0, 0.05, "{:.0%}".format)
        rect = pygame.Rect(row.x, row.y, row.w, 40)
        keep = partial(self._keep, "share")
        holder.add(Slider(rect, "On top of true stocks", numbers, self.draft.share, keep, name="bluff share"))
        return row.move(0, 12)

    def _targets(self) -> list[tuple[str, str]]:
        seats = [code for code in self.play.match.scenario.seats if code != self.play.seat]
        return sorted(((code, place_name(self.play, code)) for code in seats), key=lambda pair: pair[1])

    def _choice(
        self, holder: Widget, rect: pygame.Rect, options: list[tuple[str, str]], field: str, title: str
    ) -> None:
        values = [value for value, _ in options]
        chosen = values.index(getattr(self.draft, field))

        def take(position: int) -> None:
            self._set(field, values[position])

        holder.add(
            Dropdown(rect, [text for _, text in options], take, chosen=chosen, name=f"signal {field}", tip=Tip(title))
        )

    def _set(self, field: str, value: object) -> None:
        setattr(self.draft, field, value)
        self.redraw()

    def _keep(self, field: str, value: float) -> None:
        """Take a value while its widget is being moved: text and button follow, widgets stay."""
        setattr(self.draft, field, int(value) if field == "quarters" else value)
        self._show()

    def _consequences(self, kit: Kit, holder: Widget, box: pygame.Rect) -> None:
        panel = holder.add(Panel(box, look=LOOK))
        inner = pygame.Rect(box.x + 12, box.y + 8, box.w - 24, box.h - 16)
        place = pygame.Rect(inner.right - 104, inner.bottom - 34, 104, 34)
        self._words = panel.add(RichText(pygame.Rect(inner.x, inner.y, inner.w, inner.h - 38), ()))
        self._cost = panel.add(
            Label(pygame.Rect(inner.x, place.y, inner.w - 112, 34), "", "secondary", name="signal cost")
        )
        self._button = panel.add(Button(place, "Give order", self.give, name="give order"))
        self._kit = kit
        self._show()

    def _show(self) -> None:
        if self._button is None:
            return
        order, words = self.order(), plain(self._effect(), "secondary", theme.TEXT_2)
        reason = self.play.match.test(self.play.seat, order).reason
        cost, capital = self.play.match.cost(self.play.seat, order)
        room = self._words.rect
        self._words.spans = fitted(self._kit, words, room.w, room.h)
        self._words.tip = Tip(ACTS[self.draft.act], words)
        price = " and ".join(filter(None, (money(cost) if cost > 0 else "", f"{capital:g} capital" if capital else "")))
        said = capital_first(reason) if reason else capital_first(price or "free")
        self._cost.text = self._kit.text.shortened(said, "secondary", self._cost.rect.w)
        self._cost.colour = theme.BAD if reason else theme.TEXT_2
        self._cost.tip = Tip("Cost" if not reason else "Why not", plain(f"{said}."))
        self._button.tip = Tip(
            "Give order (G)",
            plain(f"It waits, sealed, until the {self.play.turn} ends."),
            blocked=f"{capital_first(reason)}." if reason else "",
        )
        self._button.mark_dirty()

    # --- what is open

    def _open(self, holder: Widget, area: pygame.Rect) -> None:
        rows = self._rows()
        holder.add(Label(pygame.Rect(area.x + 2, area.y, area.w, 24), f"Open now ({len(rows)})", "section"))
        room = pygame.Rect(area.x - 2, area.y + 24, area.w + 12, area.h - 24)
        if not rows:
            nothing = plain("No threats by you or against you.", "secondary", theme.TEXT_3)
            holder.add(RichText(room.inflate(-8, -4), nothing))
            return
        offset = self._list.offset if self._list else 0
        self._list = holder.add(ListView(room, gap=0, name="signals", offset=offset))
        for number, row in enumerate(rows):
            self._list.append(LINE, partial(self._row, number, row))

    def _row(self, number: int, row: Open, rect: pygame.Rect) -> Widget:
        holder = Widget(rect)
        words = pygame.Rect(rect.x + 12, rect.y, rect.w - 12 - (82 if row.end else 0), rect.h)
        colour = theme.TEXT if row.own else theme.BAD
        holder.add(Label(words, row.text, "secondary", colour, ellipsis=True, tip=row.tip))
        if row.end is not None:
            button = pygame.Rect(rect.right - 78, rect.y + 1, 78, 26)
            reason = self.play.match.test(self.play.seat, row.end).reason
            tip = Tip("End it", row.tip.body, blocked=f"{capital_first(reason)}." if reason else "")
            holder.add(
                Button(
                    button,
                    "Take back",
                    partial(self._end, row.end),
                    kind="ghost",
                    name=f"end signal {number}",
                    tip=tip,
                )
            )
        return holder

    def _rows(self) -> list[Open]:
        """Threats against the player first, then its own words and works."""
        seen, me, s = self.play.seen, self.play.place, self.play.match.scenario
        found = []
        for owner, k, target in np.argwhere(seen.signals.threat[..., 0] > 0).tolist():
            if me not in (owner, target):
                continue
            left = count(int(seen.signals.threat[owner, k, target, 0]), "quarter")
            kind = "Ultimatum" if seen.signals.ultimatum[owner, k, target, 0] else "Threat"
            what = CLASS_NAMES[CLASSES.names[k]]
            own = owner == me
            whom = f"to {s.texts.names[target]}" if own else f"by {s.texts.names[owner]}"
            text = f"{kind} {whom}: {what}, {left}"
            end = kinds.Declare(CLASSES.names[k], s.place_axis.names[target], on=False) if own else None
            body = "Taking it back costs half of letting it run out." if own else "It ends with a contract between you."
            found.append(Open(text, Tip(text, plain(body)), own, end))
        bluff = float(seen.signals.bluff[me, 0])
        if bluff > 0:
            text = f"Stocks overstated by {bluff:.0%}"
            found.append(Open(text, Tip(text, plain("Others may find out.")), True, kinds.Bluff(0.0)))
        for n in np.flatnonzero(seen.signals.intelligence[me, :, 0] > 0.01):
            share = float(seen.signals.intelligence[me, n, 0])
            text = f"{s.texts.names[int(n)]}: {share:.0%} of the unknown closed"
            found.append(Open(text, Tip(text, plain("It fades by itself.")), True))
        return sorted(found, key=lambda row: row.own)
