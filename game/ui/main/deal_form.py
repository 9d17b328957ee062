"""The form of one clause: what it is about, how much, at which price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pygame

from game.explain.clauses import CLAUSE_TITLES
from game.ui import theme
from game.ui.kit import Box, Button, Dropdown, Label, Panel, Slider, Tip, Widget, plain
from game.ui.main.deal_choices import Choices
from game.ui.main.deal_draft import Draft, Part

LOOK = Box(theme.CARD, line=theme.LINE_HI, radius=theme.RADIUS_CARD)
TITLE, CHOICE, SLIDER, PAD = 26, 36, 46, 12
QUANTITY_LABELS = {
    "restrain": "At the tightest",
    "hub": "Each pays",
    "platform": "Each pays",
    "venture": "Puts in",
    "money": "Each quarter",
    "payment": "At signature",
    "visa": "Places a quarter",
    "power": "Power",
    "priority": "Of its sales abroad",
    "no_reexport": "Of the leaks",
    "match_fee": "Of the sales taken over",
}
PRICE_LABELS = {
    "supply": "Of the market price",
    "compute": "Of the market price",
    "licence": "Fee",
    "visa": "For each thousand",
    "power": "Price",
    "guarantee": "Fee",
}


class ClauseForm:
    """Makes the form of the clause that is chosen.

    Parameters
    ----------
    draft, choices : what is put together, and what it may be with the partner.
    on_change : callable
        Called when a value changed; widgets stay.
    on_rebuild : callable
        Called when other fields are needed.
    third : Choices or None
        What it may be with the third party; None where there is none.
    between : tuple of Choices
        What it may be between the two others: given by the partner, and by the third party; none where there is none.
    """

    def __init__(
        self,
        draft: Draft,
        choices: Choices,
        on_change: Callable[[], None],
        on_rebuild: Callable[[], None],
        third: Choices | None = None,
        between: tuple[Choices, ...] = (),
    ) -> None:
        self.draft, self._with_partner, self._with_third, self._between = draft, choices, third, between
        self.on_change, self.on_rebuild = on_change, on_rebuild

    @property
    def part(self) -> Part:
        """The clause that is chosen."""
        return self.draft.parts[self.draft.chosen]

    @property
    def choices(self) -> Choices:
        """What the clause may be, with whom it is."""
        if self.part.between and self._between:
            return self._between[self.part.third]
        return self._with_third if self.part.third and self._with_third else self._with_partner

    def height(self) -> int:
        """Of the form in logical px."""
        part = self.part
        choices = (part.spec.subject != "none") + part.spec.target + (self._with_third is not None)
        sliders = (part.spec.quantity is not None) + (part.spec.price is not None)
        return TITLE + CHOICE * choices + SLIDER * sliders + 2 * PAD - 4

    def fill(self, holder: Widget, rect: pygame.Rect) -> None:
        """Add the form within `rect`."""
        part = self.part
        panel = holder.add(Panel(rect, look=LOOK))
        row = pygame.Rect(rect.x + PAD, rect.y + PAD - 4, rect.w - 2 * PAD, TITLE)
        panel.add(Label(pygame.Rect(row.x, row.y, row.w - 84, 24), CLAUSE_TITLES[part.kind], "body_bold"))
        done = pygame.Rect(row.right - 76, row.y, 76, 26)
        panel.add(Button(done, "Done", self._done, kind="ghost", name="clause done"))
        y = row.y + TITLE + 2
        if self._with_third is not None:
            self._parties(panel, pygame.Rect(row.x, y, row.w, 30), self._with_third)
            y += CHOICE
        if part.spec.subject != "none":
            options = self.choices.subjects(part.kind, part.mine)
            self._choice(panel, pygame.Rect(row.x, y, row.w, 30), options, "subject", "What it is about")
            y += CHOICE
        if part.spec.target:
            self._choice(panel, pygame.Rect(row.x, y, row.w, 30), self.choices.targets(), "target", "Against whom")
            y += CHOICE
        y = self._slider(
            panel, pygame.Rect(row.x, y, row.w, 40), "quantity", QUANTITY_LABELS.get(part.kind, "Quantity")
        )
        self._slider(panel, pygame.Rect(row.x, y, row.w, 40), "price", PRICE_LABELS.get(part.kind, "Price"))

    def _parties(self, panel: Widget, rect: pygame.Rect, third: Choices) -> None:
        """With which of the two others the clause is, or who of them gives to whom; one that could not be kept so
        stays."""
        # What the player gives goes to one of them; what others give may go to the player, or to each other.
        ways = (self._with_partner, third, *(() if self.part.mine else self._between))

        def take(position: int) -> None:
            found = ways[position].first(self.part.kind, self.part.mine)
            if found is not None:
                way = replace(found, third=bool(position % 2), between=position > 1)
                self.draft.parts[self.draft.chosen] = way
            self.on_rebuild()

        texts = [f"With {choices.partner_name}" for choices in ways[:2]]
        texts += [f"{choices.partner_name} to {choices.whom_name}" for choices in ways[2:]]
        blocked = [not choices.first(self.part.kind, self.part.mine) for choices in ways]
        words = "Not all of these could be kept." if any(blocked) else "Between whom it is."
        tip = Tip("With whom", plain(words))
        chosen = int(self.part.third) + 2 * self.part.between
        panel.add(Dropdown(rect, texts, take, chosen=chosen, name="clause party", tip=tip))

    def _choice(self, panel: Widget, rect: pygame.Rect, options: list[tuple[str, str]], field: str, title: str) -> None:
        names = [name for name, _ in options]
        now = getattr(self.part, field)
        if now not in names:
            names.insert(0, now)
            options = [(now, now), *options]
        chosen = names.index(now)

        def take(position: int) -> None:
            self.draft.change(self.draft.chosen, **{field: names[position]})
            self._within_law()
            self.on_rebuild()

        texts = [words for _, words in options]
        tip = Tip(title, plain("Only what the giver could keep is offered; what it can promise most of comes first."))
        panel.add(Dropdown(rect, texts, take, chosen=chosen, name=f"clause {field}", tip=tip))

    def _within_law(self) -> None:
        """Bring quantity and price into what the new subject allows."""
        part = self.part
        for field, numbers in (("quantity", self.choices.quantities(part)), ("price", self.choices.prices(part))):
            if numbers is not None:
                self.draft.change(self.draft.chosen, **{field: numbers.nearest(getattr(part, field))})

    def _slider(self, panel: Widget, rect: pygame.Rect, field: str, label: str) -> int:
        part = self.part
        numbers = self.choices.quantities(part) if field == "quantity" else self.choices.prices(part)
        if numbers is None:
            return rect.y
        # A value from an offer may lie between the slider's steps; it is told as it is.
        words = numbers.shown
        numbers = replace(numbers, shown=lambda _: words(float(getattr(self.part, field))))
        tip = Tip(label, plain("Arrows change it by a step, Page keys by a tenth. The ends are those of the law."))
        slider = Slider(
            rect,
            label,
            numbers,
            getattr(part, field),
            partial(self._set, field),
            name=f"clause {field}",
            colour=theme.PAX if part.mine else theme.GOOD,
            tip=tip,
        )
        panel.add(slider)
        return rect.y + SLIDER

    def _set(self, field: str, value: float) -> None:
        self.draft.change(self.draft.chosen, **{field: value})
        self.on_change()

    def _done(self) -> None:
        self.draft.chosen = -1
        self.on_rebuild()
