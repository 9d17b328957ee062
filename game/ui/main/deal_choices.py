"""What clauses of a deal may be about, and how much: asked of the law on what the player sees."""

from __future__ import annotations

from functools import cache

import numpy as np

from game.core.clauses import CLAUSE_KINDS, MOST_CLAUSES, ClauseKind
from game.core.names import CLASSES, GOODS, LEVELS, TRACKS
from game.explain.clauses import CLASS_NAMES, TRACK_NAMES, price_words, quantity_words
from game.explain.words import GOOD_NAMES, capitalised
from game.rules import able
from game.rules import offers as law
from game.rules.repeats import repeated
from game.rules.talks import as_offers, subject_at
from game.ui.kit import NumberRange
from game.ui.main.context import PlayContext
from game.ui.main.deal_draft import Draft, Part
from game.ui.main.deal_worth import deal_worth
from game.ui.main.invest_offers import round_step

STEPS = 40
LEAST_GAIN, MOST_SUGGESTED = 0.01, 4
#: Largest quantities and prices that sliders offer where the law goes further, by kind of clause.
_SLIDER_QUANTITY = {"visa": 5.0, "compute": 1000.0, "payment": 50.0}
_SLIDER_PRICE = {"visa": 1.0, "power": 2.0, "guarantee": 10.0}
_PRICE_STEP = {"supply": 0.05, "compute": 0.05, "visa": 0.01, "power": 0.01}
_FIRST_PRICE = {"supply": 1.0, "compute": 1.0, "visa": 0.05, "power": 0.3, "guarantee": 0.5, "licence": 0.2}
_FIRST_SHARE = {"priority": 0.2, "no_reexport": 0.5, "match_fee": 0.25, "restrain": 2.0}
_MONEY_SHARE = 0.05


class Choices:
    """What can be put into a deal now.

    Parameters
    ----------
    play : PlayContext
        The game as the player sees it.
    partner : str
        Code of the other party.
    whom : str
        Code of the party that it deals with; the player's seat if not said.
    """

    def __init__(self, play: PlayContext, partner: str, whom: str = "") -> None:
        self.play, self.partner, self.whom = play, partner, whom or play.seat
        self.s = play.match.scenario
        self._able: dict[Part, bool] = {}
        self._first: dict[tuple[str, bool], Part | None] = {}
        self._kinds: dict[bool, list[ClauseKind]] = {}
        self._suggested: dict[bool, list[tuple[Part, float, float]]] = {}

    def partners(self) -> list[tuple[str, str]]:
        """(code, name) of the other seats, by name."""
        rows = [(code, self._name(code)) for code in self.s.seats if code != self.play.seat]
        return sorted(rows, key=lambda row: row[1])

    def verifiers(self, third: str = "") -> list[tuple[str | None, str]]:
        """(code, name) of who may verify; nobody first."""
        both = (self.play.seat, self.partner, third)
        return [(None, "Nobody"), *((code, name) for code, name in self.partners() if code not in both)]

    @property
    def partner_name(self) -> str:
        """Name of the other party."""
        return self._name(self.partner)

    @property
    def whom_name(self) -> str:
        """Name of the party that it deals with."""
        return self._name(self.whom)

    def _name(self, code: str) -> str:
        return self.s.texts.names[self.s.place_axis.at(code)]

    def kinds(self, mine: bool) -> list[ClauseKind]:
        """Kinds of clause that the giver could keep."""
        if mine not in self._kinds:
            self._kinds[mine] = [kind for kind in CLAUSE_KINDS if self.first(kind.name, mine) is not None]
        return self._kinds[mine]

    def suggested(self, mine: bool) -> list[tuple[Part, float, float]]:
        """Clauses that would be worth most to both together, as first shown: each with its points to either side."""
        if mine not in self._suggested:
            found = []
            # What binds both ways is suggested once.
            for kind in (kind for kind in self.kinds(mine) if mine or not kind.mutual):
                part = self.first(kind.name, mine)
                assert part is not None
                worth = deal_worth(self.play, Draft(self.partner, [part]).proposal(self.play.seat), self.partner)
                found.append((part, worth.mine.points(0), worth.theirs.points(0)))
            found.sort(key=lambda row: -(row[1] + row[2]))
            self._suggested[mine] = [row for row in found if row[1] + row[2] > LEAST_GAIN][:MOST_SUGGESTED]
        return self._suggested[mine]

    def first(self, kind: str, mine: bool) -> Part | None:
        """A clause of a kind as the form first shows it; None where the giver could keep none."""
        if (kind, mine) not in self._first:
            self._first[kind, mine] = self._shown_first(kind, mine)
        return self._first[kind, mine]

    def _shown_first(self, kind: str, mine: bool) -> Part | None:
        spec = next(each for each in CLAUSE_KINDS if each.name == kind)
        subjects: list[str | None] = [code for code, _ in self.subjects(kind, mine)] or [None]
        if spec.subject != "none" and subjects == [None]:
            return None
        target = self.targets()[0][0] if spec.target else None
        part = Part(kind, mine, subjects[0], target, 0.0, _first_price(spec))
        numbers = self.quantities(part)
        if numbers is not None:
            part = Part(kind, mine, subjects[0], target, _first_quantity(spec, numbers), _first_price(spec))
        return part if self.able(part) else None

    def able(self, part: Part) -> bool:
        """Whether the giver could keep this clause, as far as the player can see."""
        self._ask([part])
        return self._able[part]

    def _ask(self, parts: list[Part]) -> None:
        """Which of some clauses that differ in their subject alone the giver could keep, and has not promised already:
        the law is asked once."""
        new = [part for part in parts if part not in self._able]
        if not new:
            return
        row, giver = self._row(new[0])
        rows, spec = row.rows([0] * len(new)), new[0].spec
        rows.subject[:, 0, 0] = [subject_at(spec.subject, part.subject, self.s, spec.name) for part in new]
        rows.open[:] = True
        found = law.unable(self.play.seen, self.s, self.play.match.model.book.tables, rows, giver)[:, 0]
        found |= repeated(self.play.seen, law.drafts(rows))
        self._able.update(zip(new, (~found).tolist(), strict=True))

    def _row(self, part: Part) -> tuple[law.Offers, int]:
        deal = Draft(self.partner, [part]).proposal(self.whom)
        row = as_offers(deal, self.s, self.s.place_axis.at(self.whom), 1)
        return row, int(row.giver[0, 0, 0])

    def subjects(self, kind: str, mine: bool) -> list[tuple[str, str]]:
        """(name, words) of what a clause of a kind may be about, what the giver can promise most of first."""
        spec = next(each for each in CLAUSE_KINDS if each.name == kind)
        least = spec.quantity[1] if spec.quantity else 0.0
        price = spec.price[1] if spec.price else 0.0
        target = self.targets()[0][0] if spec.target else None
        named = self._named(spec, mine)
        parts = [Part(kind, mine, name, target, least, price) for name, _ in named]
        self._ask(parts)
        found = [row for row, part in zip(named, parts, strict=True) if self.able(part)]
        return found

    def _named(self, spec: ClauseKind, mine: bool) -> list[tuple[str, str]]:
        if spec.subject == "good":
            return [(good, capitalised(GOOD_NAMES[good])) for good in self._by_value(mine)]
        if spec.subject == "class":
            return [(name, capitalised(CLASS_NAMES[name])) for name in CLASSES]
        if spec.subject == "track":
            return [(name, capitalised(TRACK_NAMES[name])) for name in TRACKS]
        if spec.subject == "line":
            taker = self.partner if mine else self.whom
            place, lines = self.s.place_axis.at(taker), self.s.lines
            return [(lines.axis.names[f], lines.titles[f]) for f in np.flatnonzero(lines.place == place)]
        return []

    def _by_value(self, mine: bool) -> list[str]:
        """Goods, those of which the giver makes the greatest part of the world's first."""
        giver = self.s.place_axis.at(self.whom if mine else self.partner)
        made = self.play.seen.goods.made[..., 0]
        share = made[giver] / np.maximum(made.sum(axis=0), 1e-12)
        return [GOODS.names[g] for g in np.argsort(-share, kind="stable")]

    def targets(self) -> list[tuple[str, str]]:
        """(code, name) of third places, the rival first."""
        both = (self.whom, self.partner)
        rival = self.s.place_axis.names[self.s.inside]
        lead = next((c for c in self.s.seats if c not in both), "")
        rows = [(code, self._name(code)) for code in self.s.seats if code not in both]
        first = rival if rival not in both else lead
        return sorted(rows, key=lambda row: (row[0] != first, row[1]))

    def quantities(self, part: Part) -> NumberRange | None:
        """The quantities that a slider offers; None where the kind has none."""
        spec = part.spec
        if spec.quantity is None:
            return None
        unit, least, most = spec.quantity

        def shown(value: float) -> str:
            return quantity_words(spec, part.subject, value)

        if unit == "control level":
            return NumberRange(0, len(LEVELS) - 2, 1, shown)
        if unit.startswith("share"):
            return NumberRange(max(least, 0.05), most, 0.05 if most > 0.4 else 0.01, shown)
        high = min(most, self._most(part))
        step = round_step(high, STEPS) if high > least * STEPS else max(high, least)
        return NumberRange(step, max(high, step), step, shown)

    def _most(self, part: Part) -> float:
        """Most that the giver could promise; of money a part of its budget."""
        row, giver = self._row(part)
        limit = float(law.most(self.play.seen, self.s, self.play.match.model.book.tables, row, giver)[0, 0, 0])
        if np.isfinite(limit):
            return limit
        budget = float(self.s.places.budget[giver, 0]) * able.BUDGET_SHARE
        purse = max(float(self.play.seen.state.cash[giver, 0] + self.s.places.credit[giver, 0]), 0.01)
        limit = purse if part.kind == "payment" else budget
        return min(limit, _SLIDER_QUANTITY.get(part.kind, np.inf))

    def prices(self, part: Part) -> NumberRange | None:
        """The prices that a slider offers; None where the kind has none."""
        spec = part.spec
        if spec.price is None:
            return None
        _, least, most = spec.price
        high = min(most, _SLIDER_PRICE.get(part.kind, self._fee(part) if part.kind == "licence" else most))
        step = _PRICE_STEP.get(part.kind, round_step(high, STEPS))
        return NumberRange(max(least, step) if least > 0 else 0.0, high, step, lambda value: price_words(spec, value))

    def _fee(self, part: Part) -> float:
        taker = self.partner if part.mine else self.whom
        return max(float(self.s.places.budget[self.s.place_axis.at(taker), 0]) * able.BUDGET_SHARE, 0.01)

    def room(self, draft: Draft) -> bool:
        """Whether a contract may have one clause more."""
        return len(draft.parts) < MOST_CLAUSES


@cache
def _first_price(spec: ClauseKind) -> float:
    if spec.price is None:
        return 0.0
    return min(max(_FIRST_PRICE.get(spec.name, spec.price[1]), spec.price[1]), spec.price[2])


def _first_quantity(spec: ClauseKind, numbers: NumberRange) -> float:
    """A first value: of shares a usual one, of money little, else a quarter of what can be promised."""
    if spec.name in _FIRST_SHARE:
        return numbers.nearest(_FIRST_SHARE[spec.name])
    unit = spec.quantity[0] if spec.quantity else ""
    return numbers.nearest(numbers.high * (_MONEY_SHARE if unit.startswith("USD") else 0.25))
