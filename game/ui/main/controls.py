"""The Controls tab: a form for a control, what it would touch, and what is in force by the seat and against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pygame

from game.core.names import CLASSES, LEVELS
from game.rules import passing
from game.ui import theme
from game.ui.kit import Box, Button, Dropdown, Kit, Label, ListView, Panel, RichText, Tip, Widget, columns, plain
from game.ui.main.context import PlayContext
from game.ui.main.controls_coalition import deal_with
from game.ui.main.controls_draft import (
    ENTITY,
    EXPORT,
    FLOOD,
    MEASURES,
    PEOPLE,
    REFUSE,
    WITH_CLASS,
    WITH_TARGET,
    Draft,
    Law,
)  # fmt: skip
from game.ui.main.controls_effect import Effects, Line
from game.ui.main.controls_list import InForce, in_force
from game.ui.main.deal_looks import place_name
from game.ui.main.order_detail import fitted
from game.ui.main.order_words import CLASS_WORDS, LEVEL_WORDS, capital_first, count, good_words

CLASS_LABELS = ("Minerals", "Magnets", "Tools", "Chips", "Cloud", "People")
CLASS_ICONS = ("pickaxe", "magnet", "wrench", "cpu", "server", "users")
ROW, LINE, GAP = 30, 20, 6
LOOK = Box(theme.CARD, line=theme.LINE, radius=theme.RADIUS_CARD)


class ControlsTab:
    """Keeps the draft; makes the widgets of the tab.

    Parameters
    ----------
    play : PlayContext
        Whose orders these are.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        s = play.match.scenario
        # Aimed at the rival alone at first: a group takes in friends as well.
        self.draft = Draft() if play.place == s.inside else Draft(target=s.place_axis.names[s.inside])
        self._rules: Law | None = None
        self._list: ListView | None = None

    @property
    def rules(self) -> Law:
        """The law of this quarter."""
        if self._rules is None:
            self._rules = Law(self.play)
        return self._rules

    def renew(self) -> None:
        """Ask the law anew: the world or the queue changed."""
        self._rules = None

    def give(self) -> None:
        """Give the order that the form stands for."""
        order = self.draft.order()
        if order is not None:
            self.play.give(order)

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the tab's widgets within `area`."""
        self._settle()
        goods = self.draft.measure == EXPORT and self.draft.control_class != PEOPLE
        self.play.control_class = self.draft.control_class if goods else None
        y = self._form(holder, area)
        lines = Effects(self.rules).lines(self.draft) if self.draft.order() else []
        box = pygame.Rect(area.x, y, area.w, 16 + LINE * max(1, len(lines)) + 40)
        self._consequences(kit, holder, box, lines)
        self._in_force(holder, pygame.Rect(area.x, box.bottom + 8, area.w, area.bottom - box.bottom - 8))

    def _settle(self) -> None:
        """Replace what the law closed by something that it allows."""
        draft, rules = self.draft, self.rules
        if draft.measure in WITH_CLASS and rules.class_blocked(draft.measure, draft.control_class):
            allowed = [k for k in range(len(CLASSES)) if not rules.class_blocked(draft.measure, k)]
            draft.control_class, draft.good = (allowed or [draft.control_class])[0], None
        if draft.good not in [good for good, _ in rules.good_options(draft.measure, draft.control_class)]:
            draft.good = None
        if draft.control_class == PEOPLE and draft.measure == EXPORT:
            draft.level = 5 if draft.level else 0
        if draft.target == self.play.seat:
            draft.target = "outsiders"
        if draft.measure == ENTITY and not draft.plant:
            draft.plant = next((plant for plant, _ in rules.foreign_lines()), "")
        if draft.measure == FLOOD and draft.flood not in rules.floods():
            draft.flood = next(iter(rules.floods()), "")

    # --- the form

    def _form(self, holder: Widget, area: pygame.Rect) -> int:
        """Add the form; return where it ends."""
        row = pygame.Rect(area.x, area.y, area.w, ROW)
        self._measure(holder, row)
        row.y += ROW + GAP
        if self.draft.measure in WITH_CLASS:
            row.y = self._classes(holder, row)
        return row.y + ROW + GAP if self._aim(holder, row) else row.y

    def _measure(self, holder: Widget, row: pygame.Rect) -> None:
        """The kind of control, and beside it the good where there is a choice."""
        draft = self.draft
        first, second = columns(row, (0.5, 0.5), GAP)
        if draft.measure in WITH_TARGET and not (draft.measure == EXPORT and draft.control_class == PEOPLE):
            goods = self.rules.good_options(draft.measure, draft.control_class)
            self._choice(holder, second, goods, "good", "Whole class, or one good of it")
        else:
            first = row
        kinds = list(enumerate(MEASURES))
        self._choice(holder, first, kinds, "measure", "What kind of control to put together")

    def _aim(self, holder: Widget, row: pygame.Rect) -> bool:
        """Whom or what it is aimed at, and how tight; False where there is nothing to choose."""
        draft, rules = self.draft, self.rules
        if draft.measure in WITH_TARGET:
            left, right = columns(row, (0.5, 0.5), GAP)
            self._choice(holder, left, rules.target_options(), "target", "Against whom")
            self._level(holder, right)
        elif draft.measure == ENTITY:
            self._choice(holder, row, rules.foreign_lines(), "plant", "A foreign foundry line")
        elif draft.measure == FLOOD and rules.floods():
            goods = [(good, good_words(good)) for good in rules.floods()]
            self._choice(holder, row, goods, "flood", "What to sell below cost")
        else:
            return False
        return True

    def _choice(
        self, holder: Widget, rect: pygame.Rect, options: Sequence[tuple[object, str]], field: str, title: str,
        *, body: str = "",
    ) -> None:  # fmt: skip
        """A dropdown of (value, text) that sets a field of the draft."""
        values = [value for value, _ in options]
        now = getattr(self.draft, field)

        def take(position: int) -> None:
            self._set(field, values[position])

        chosen = values.index(now) if now in values else 0
        tip = Tip(title, plain(body))
        texts = [text for _, text in options]
        holder.add(Dropdown(rect, texts, take, chosen=chosen, name=f"control {field}", tip=tip))

    def _level(self, holder: Widget, rect: pygame.Rect) -> None:
        """How tight; for refusals and people it is one of two."""
        if self.draft.measure == REFUSE:
            self._choice(holder, rect, ((True, "Refuse"), (False, "Take again")), "on", "Refuse or take again")
            return
        if self.draft.control_class == PEOPLE:
            self._choice(holder, rect, ((0, "Open"), (5, "Closed")), "level", "May engineers work for them?")
            return
        words = [LEVEL_WORDS[name] for name in LEVELS]
        passes = passing.by_level(self.rules.s)
        body = "; ".join(f"{word.lower()} lets {float(passes[k]):.0%} through" for k, word in enumerate(words))
        self._choice(holder, rect, list(enumerate(words)), "level", "How tight", body=f"{capital_first(body)}.")

    def _classes(self, holder: Widget, row: pygame.Rect) -> int:
        for start in (0, 3):
            for k, cell in zip(range(start, start + 3), columns(row, (0.3333, 0.3333, 0.3334), 4), strict=True):
                blocked = self.rules.class_blocked(self.draft.measure, k)
                tip = Tip(capital_first(CLASS_WORDS[CLASSES.names[k]]), blocked=capital_first(blocked))
                kind = "secondary" if k == self.draft.control_class else "ghost"
                holder.add(
                    Button(
                        cell,
                        CLASS_LABELS[k],
                        partial(self._set, "control_class", k),
                        kind=kind,
                        icon=CLASS_ICONS[k],
                        name=f"class {CLASSES.names[k]}",
                        tip=tip,
                    )
                )
            row = row.move(0, ROW + 4)
        return row.y + GAP - 4

    def _set(self, field: str, value: object) -> None:
        setattr(self.draft, field, value)
        if field in ("measure", "control_class"):
            self.draft.good, self.draft.on = None, True
        self._on_from_world()
        self.redraw()

    def _on_from_world(self) -> None:
        """A rule that is in force is offered to be lifted."""
        draft, policy, me = self.draft, self.play.match.world.policy, self.play.place
        s = self.play.match.scenario
        if MEASURES[draft.measure] == "Secondary rule":
            draft.on = not policy.secondary[me, draft.control_class, 0]
        elif draft.measure == ENTITY and draft.plant:
            draft.on = not policy.entity[me, s.lines.axis.at(draft.plant), 0]

    # --- what it would do

    def _consequences(self, kit: Kit, holder: Widget, box: pygame.Rect, lines: list[Line]) -> None:
        panel = holder.add(Panel(box, look=LOOK))
        inner = pygame.Rect(box.x + 12, box.y + 8, box.w - 24, LINE)
        if not lines:
            none = "Nothing to flood with: you make more than half of no good."
            panel.add(RichText(pygame.Rect(inner.x, inner.y, inner.w, 42), plain(none, "secondary", theme.TEXT_2)))
        for number, line in enumerate(lines):
            row = inner.move(0, number * LINE)
            taken = int(kit.text.width(line.label, "body") + 1) + 8
            panel.add(Label(pygame.Rect(row.x, row.y, taken, LINE), line.label, "body", theme.TEXT_2, tip=line.tip))
            room = pygame.Rect(row.x + taken, row.y, row.w - taken, LINE)
            figure = kit.text.shortened(line.figure, "figure", room.w)
            panel.add(
                Label(room, figure, "figure", line.colour, align="right", tip=line.tip, name=f"effect {line.label}")
            )
        self._foot(kit, panel, pygame.Rect(inner.x, box.bottom - 42, inner.w, 34))

    def _foot(self, kit: Kit, panel: Panel, row: pygame.Rect) -> None:
        order = self.draft.order()
        place = pygame.Rect(row.right - 104, row.y, 104, 34)
        words = pygame.Rect(row.x, row.y - 1, row.w - 112 - self._ask_button(panel, place), 36)
        if order is None:
            panel.add(
                Button(
                    place,
                    "Give order",
                    self.give,
                    name="give order",
                    tip=Tip("Give order", blocked="Nothing to order here."),
                )
            )
            return
        reason = self.play.match.test(self.play.seat, order).reason
        capital = self.play.match.cost(self.play.seat, order)[1]
        step, tip_of_step = Effects(self.rules).step(order)
        said = capital_first(reason) if reason else f"{capital:g} capital" + (f", {step}" if step else "")
        cost = Tip("Cost", plain(said)) if reason else tip_of_step
        broken = [] if reason else self.rules.would_break(order)
        if broken:
            said = f"Breaks {count(len(broken), 'contract')}"
            cost = Tip(said, plain(" ".join(price.words for price in broken)))
        colour = theme.BAD if reason or broken else theme.WARN if step else theme.TEXT_2
        shown = fitted(kit, plain(said, "secondary", colour), words.w, words.h)
        panel.add(RichText(words, shown, name="control cost")).tip = cost
        tip = Tip("Give order", blocked=capital_first(reason)) if reason else None
        panel.add(Button(place, "Give order", self.give, name="give order", tip=tip))

    def _ask_button(self, panel: Panel, beside: pygame.Rect) -> int:
        """The way to those who would make the control bite; returns the room that it takes."""
        found = Effects(self.rules).coalition(self.draft)
        draft = deal_with(self.play, found, self.draft.control_class) if found else None
        if draft is None:
            return 0
        names = " and ".join(place_name(self.play, code) for code in (draft.partner, draft.third) if code)
        over = "" if self.play.match.round else "The talks of this quarter are over."
        words = plain(f"Opens a proposal to {names}: they match the control, and are paid what they want for it.")
        rect = pygame.Rect(beside.x - 42, beside.y, 34, 34)
        panel.add(Button(rect, "", partial(self.play.negotiate, draft), kind="icon", icon="handshake",
                         name="ask partners", tip=Tip("Ask partners", words, blocked=over)))  # fmt: skip
        return 42

    # --- in force

    def _in_force(self, holder: Widget, area: pygame.Rect) -> None:
        if area.h < 54:
            return
        rows = in_force(self.rules)
        holder.add(Label(pygame.Rect(area.x + 2, area.y, area.w, 24), f"In force ({len(rows)})", "section"))
        room = pygame.Rect(area.x - 2, area.y + 24, area.w + 12, area.h - 24)
        if not rows:
            holder.add(
                RichText(room.inflate(-8, -4), plain("No controls by you or against you.", "secondary", theme.TEXT_3))
            )
            return
        offset = self._list.offset if self._list else 0
        self._list = holder.add(ListView(room, gap=0, name="in force", offset=offset))
        for number, row in enumerate(rows):
            self._list.append(28, partial(self._row, number, row))

    def _row(self, number: int, row: InForce, rect: pygame.Rect) -> Widget:
        holder = Widget(rect, name=f"in force {number}")
        button = pygame.Rect(rect.right - 62, rect.y + 1, 62, 26)
        words = pygame.Rect(rect.x + 12, rect.y, rect.w - 12 - (68 if row.own else 0), rect.h)
        colour = theme.TEXT if row.own else theme.BAD
        holder.add(Label(words, row.text, "secondary", colour, ellipsis=True, tip=row.tip))
        if not row.own:
            return holder
        reason = self.play.match.test(self.play.seat, row.lift).reason if row.lift else ""
        tip = Tip("Lift" if row.lift else "Change", plain(row.text), blocked=capital_first(reason))
        holder.add(
            Button(
                button,
                "Lift" if row.lift else "Edit",
                partial(self._lift, row),
                kind="ghost",
                name=f"lift {number}",
                tip=tip,
            )
        )
        return holder

    def _lift(self, row: InForce) -> None:
        if row.lift is not None:
            self.play.give(row.lift)
            return
        self.draft = Draft(EXPORT, row.control_class, row.good, row.target, 0)
        self.redraw()
