"""The likely answer to a deal, the terms that hold for all of it, the law's word, and sending it."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.rules import pacts
from game.ui import theme
from game.ui.kit import (
    Button,
    Checkbox,
    Dropdown,
    Kit,
    Label,
    NumberRange,
    Panel,
    RichText,
    Slider,
    Stepper,
    Term,
    Tip,
    Widget,
    plain,
)
from game.ui.main.context import PlayContext
from game.ui.main.deal_choices import Choices
from game.ui.main.deal_draft import Draft
from game.ui.main.deal_looks import place_name, signed_points, tone
from game.ui.main.deal_worth import DealWorth
from game.ui.main.invest_offers import round_step
from game.ui.main.order_words import capital_first, money

HEADER, CHANCE, ROW, LAW = 64, 76, 24, 56
TERMS = 34 + 8 + 44 + 30 + 6 + 34
LONGEST = 32
ESCROW_PART, ESCROW_STEPS = 0.25, 200


class DealAnswer:
    """Makes the panel on the right.

    Parameters
    ----------
    play, draft, choices : the game, what is put together, and what it may be.
    on_change : callable
        Called when a term changed; widgets stay.
    on_send, on_leave : callable
        Send the proposal; leave without.
    """

    def __init__(
        self,
        play: PlayContext,
        draft: Draft,
        choices: Choices,
        *,
        on_change: Callable[[], None],
        on_send: Callable[[], None],
        on_leave: Callable[[], None],
    ) -> None:
        self.play, self.draft, self.choices = play, draft, choices
        self.on_change, self.on_send, self.on_leave = on_change, on_send, on_leave
        self._last: float | None = None
        self._before: float | None = None
        self._live: Widget | None = None
        self._send: Button | None = None
        self._law: RichText | None = None

    @property
    def law(self) -> str:
        """Why the law refuses the proposal; empty where it does not."""
        if not self.draft.parts:
            return "add a clause to begin with"
        return self.play.match.test(self.play.seat, self.draft.proposal(self.play.seat)).reason

    def build(self, kit: Kit, rect: pygame.Rect, padding: int, worth: DealWorth | None) -> Panel:
        """Make the panel."""
        panel = Panel(rect, name="deal answer")
        inner = pygame.Rect(rect.x + padding, rect.y, rect.w - 2 * padding, rect.h)
        panel.add(Label(pygame.Rect(inner.x, inner.y + 4, inner.w, 36), "Likely answer", "nation"))
        name = place_name(self.play, self.draft.partner)
        note = f"You counter the offer of {name}" if self.draft.answers else "Nobody sees it before you send the round"
        panel.add(Label(pygame.Rect(inner.x, inner.y + 40, inner.w, 22), note, "body", theme.TEXT_2, ellipsis=True))
        leave = pygame.Rect(inner.x, rect.bottom - padding - 34, inner.w, 34)
        send = pygame.Rect(inner.x, leave.y - 8 - theme.PRIMARY_HEIGHT, inner.w, theme.PRIMARY_HEIGHT)
        law = pygame.Rect(inner.x, send.y - LAW, inner.w, LAW - 6)
        terms = pygame.Rect(inner.x, law.y - 6 - TERMS, inner.w, TERMS)
        live = pygame.Rect(inner.x, inner.y + HEADER + 8, inner.w, terms.y - 8 - inner.y - HEADER - 8)
        self._live = panel.add(Widget(live, name="deal live"))
        self._terms(panel, terms)
        self._law = panel.add(RichText(law, (), name="deal law"))
        self._send = panel.add(Button(send, "Propose", self.on_send, kind="primary", name="deal send"))
        panel.add(Button(leave, "Walk away", self.on_leave, kind="ghost", name="deal leave"))
        self.show(kit, worth)
        return panel

    # --- the answer

    def show(self, kit: Kit, worth: DealWorth | None) -> None:
        """Bring chance, reasons, law and button in step with the draft."""
        if self._live is None or self._law is None or self._send is None:
            return
        self._live.clear()
        if worth:
            self._fill(kit, self._live.rect, worth)
        reason = self.law
        s = self.play.match.scenario
        capital = pacts.signing_capital(s, self.play.place)
        ready = f"The law allows it. If it is signed it takes {capital:g} political capital."
        said = f"{capital_first(reason)}." if reason else ready
        colour = theme.BAD if reason and self.draft.parts else theme.TEXT_2
        self._law.spans = plain(said, "secondary", colour)
        blocked = f"{capital_first(reason)}." if reason else ""
        self._send.tip = Tip(
            "Propose (Ctrl+Enter)",
            plain("It goes out when you send the round; until then it can be changed or taken back."),
            blocked=blocked,
        )
        self._send.mark_dirty()

    def _fill(self, kit: Kit, rect: pygame.Rect, worth: DealWorth) -> None:
        holder = self._live
        assert holder is not None
        chance = worth.chance
        if self._last is not None and abs(self._last - chance) > 0.005:
            self._before = self._last
        self._last = chance
        big = f"{chance:.0%}"
        width = int(kit.text.width(big, "headline_large")) + 14
        colour = theme.GOOD if chance >= 0.6 else theme.WARN if chance >= 0.4 else theme.BAD
        partner = place_name(self.play, self.draft.partner)
        tip = self._chance_tip(partner, worth)
        holder.add(
            Label(pygame.Rect(rect.x, rect.y - 8, width, CHANCE), big, "headline_large", colour, tip=tip, name="chance")
        )
        beside = pygame.Rect(rect.x + width, rect.y + 12, rect.w - width, 20)
        said = "would both sign as it stands" if worth.third else "would sign as it stands"
        holder.add(Label(beside, said, "body", theme.TEXT_2, ellipsis=True))
        if self._before is not None:
            was = f"{self._before:.0%} before your last change"
            holder.add(Label(beside.move(0, 21), was, "secondary", theme.TEXT_3, ellipsis=True))
        rows = [(f"Worth to {partner}", worth.theirs.total, "section"), *_why(worth.theirs.summed())]
        if worth.third:
            third = place_name(self.play, self.draft.third)
            rows = [*rows[:3], (f"Worth to {third}", worth.third.total, "section"), *_why(worth.third.summed())[:3]]
        mine = [("Worth to you", worth.mine.total, "section"), *_why(worth.mine.summed())]
        room = (rect.h - CHANCE) // ROW
        first = max(2, min(len(rows), room - min(len(mine), max(2, room // 3))))
        y = rect.y + CHANCE
        for name, value, role in [*rows[:first], *mine[: max(0, room - first)]]:
            line = pygame.Rect(rect.x, y, rect.w, ROW)
            colour = theme.TEXT if role == "section" else theme.TEXT_2
            holder.add(Label(pygame.Rect(line.x, y, line.w - 60, ROW), name, role, colour, ellipsis=True))
            holder.add(
                Label(
                    pygame.Rect(line.right - 58, y, 58, ROW), signed_points(value), "figure", tone(value), align="right"
                )
            )
            y += ROW

    def _chance_tip(self, partner: str, worth: DealWorth) -> Tip:
        terms = worth.theirs.lines()
        if worth.third:
            third = place_name(self.play, self.draft.third)
            terms = (
                Term(f"{partner} signs", f"{worth.theirs.chance:.0%}"),
                Term(f"{third} signs", f"{worth.third.chance:.0%}"),
            )
        return Tip(
            "Chance that both sign" if worth.third else f"Chance that {partner} signs",
            plain("Steady seats sign what is worth more than nothing to them; people and other strategies may differ."),
            terms,
            "Reckoned from what is open to all",
        )

    # --- the terms of the whole

    def _terms(self, panel: Panel, rect: pygame.Rect) -> None:
        draft = self.draft
        length = NumberRange(1, LONGEST, 1, lambda value: f"{value:.0f} q")
        tip = Tip("Length", plain("Quarters that it runs. It ends by itself; to end it sooner is a breach."))
        row = pygame.Rect(rect.x, rect.y, rect.w, 34)
        panel.add(Stepper(row, "Length", length, draft.quarters, self._set_length, name="deal length", tip=tip))
        row = pygame.Rect(rect.x, rect.y + 40, rect.w, 40)
        high = self._most_escrow()
        step = round_step(high, ESCROW_STEPS)
        numbers = NumberRange(0.0, max(step, high), step, lambda bn: money(bn) if bn else "none")
        draft.escrow = numbers.nearest(draft.escrow)
        tip = Tip(
            "Escrow",
            plain(
                "Each party puts it up at signature and has it back at the end; who breaks the contract "
                "loses it to the others. It makes up for trust that is lacking."
            ),
        )
        panel.add(Slider(row, "Escrow of each", numbers, draft.escrow, self._set_escrow, name="deal escrow", tip=tip))
        box = pygame.Rect(rect.x, rect.y + 84, rect.w, 30)
        tip = Tip("Snap-back", plain("What was given up under the contract returns at once if it is broken."))
        panel.add(Checkbox(box, "Snap-back on a breach", draft.snap_back, self._set_snap, name="deal snap", tip=tip))
        names = self.choices.verifiers(self.draft.third)
        codes = [code for code, _ in names]
        texts = ["Verified by nobody", *(f"Verified by {name}" for _, name in names[1:])]
        tip = Tip("Verifier", plain("A third place that looks whether it is kept; it stands in for trust."))
        panel.add(
            Dropdown(
                pygame.Rect(rect.x, rect.y + 118, rect.w, 32),
                texts,
                lambda n: self._set_verifier(codes[n]),
                chosen=codes.index(draft.verifier) if draft.verifier in codes else 0,
                name="deal verifier",
                tip=tip,
            )
        )

    def _most_escrow(self) -> float:
        s, cash = self.play.match.scenario, self.play.match.world.state.cash
        others = [s.place_axis.at(code) for code in (self.draft.partner, self.draft.third) if code]
        both = (self.play.place, *others)
        return max(0.1, ESCROW_PART * min(max(float(cash[n, 0] + s.places.credit[n, 0]), 0.0) for n in both))

    def _set_length(self, value: float) -> None:
        self.draft.quarters = int(value)
        self.on_change()

    def _set_escrow(self, value: float) -> None:
        self.draft.escrow = value
        self.on_change()

    def _set_snap(self, value: bool) -> None:
        self.draft.snap_back = value
        self.on_change()

    def _set_verifier(self, code: str | None) -> None:
        self.draft.verifier = code
        self.on_change()


def _why(terms: list[tuple[str, float]]) -> list[tuple[str, float, str]]:
    return [(name, value, "body") for name, value in terms]
