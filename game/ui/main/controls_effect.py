"""What a drafted control would touch, before it is given: shares, bite, cover, backfill, escalation, upkeep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import CLASSES, GOODS
from game.core.orders import Order
from game.explain import GOOD_NAMES
from game.rules import backfill, controls, passing
from game.ui import theme
from game.ui.kit import Term, Tip, plain
from game.ui.main.controls_coalition import GOAL, Joined, figure, joined, tip
from game.ui.main.controls_draft import ENTITY, EXPORT, PEOPLE, REFUSE, SECONDARY, Draft, Law
from game.ui.main.controls_window import windows_of
from game.ui.main.order_words import count
from game.ui.theme import Colour

GROUPS = ("outsiders", "all")
FRIENDLY = 0.6
"""Trust from which a place counts as friendly."""
LEAST_EARNED = 0.005
"""USD bn a quarter from which backfill is named."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the consequences."""

    label: str
    figure: str
    tip: Tip
    colour: Colour = theme.TEXT


@dataclass(frozen=True, slots=True)
class Bite:
    """What a control touches at one target: share of its need of one good."""

    good: int
    place: int
    bought: float
    touched: float
    value: float


class Effects:
    """Reads the consequences off the world as the seat sees it."""

    def __init__(self, rules: Law) -> None:
        self.rules, self.play, self.s = rules, rules.play, rules.s
        self.seen = rules.play.seen
        self.me = rules.play.place
        self.names = self.s.texts.names

    def lines(self, draft: Draft) -> list[Line]:
        """The consequences of a draft, at most eight lines."""
        if draft.measure == EXPORT and draft.control_class == PEOPLE:
            return [self._people(draft)]
        if draft.measure == EXPORT:
            aimed = [self._aimed(draft)] if draft.target in GROUPS else []
            return [*aimed, *self._export(draft), self._bans()]
        if draft.measure == REFUSE:
            return self._refusal(draft)
        if draft.measure == SECONDARY:
            return self._secondary(draft)
        if draft.measure == ENTITY:
            return self._entity(draft)
        return self._flood(draft)

    # --- export controls

    def _export(self, draft: Draft) -> list[Line]:
        goods = self.rules.scope(draft)
        held = sorted(((float(self.rules.holdings[self.me, g]), g) for g in goods), reverse=True)
        shares = Tip(
            "Your share of world supply",
            plain("What you make, or what your technology is in."),
            tuple(Term(_good(g), f"{share:.0%}") for share, g in held),
            "World output of the last quarter",
        )
        first = Line("Your share of the world", f"{held[0][0]:.0%} of {_good(held[0][1])}", shares)
        bites = self._bites(goods, self.rules.targets(draft.target), draft.level)
        if not bites:
            note = Tip(
                "Nothing to stop",
                plain(
                    "They bought none of it from you last quarter. What others make with your "
                    "technology needs a secondary rule."
                ),
            )
            return [first, Line("It would touch", "nothing bought", note, theme.TEXT_3)]
        worst = bites[0]
        return [
            first,
            self._touches(bites),
            *self._bite(goods, draft),
            self._lasts(worst),
            self._backfill(worst, goods, draft),
            *self._partners(draft),
        ]

    def coalition(self, draft: Draft) -> Joined | None:
        """Who would make a drafted export control bite on its target, or on the rival where it is aimed at many."""
        if draft.measure != EXPORT or draft.control_class == PEOPLE or not draft.level:
            return None
        targets = self.rules.targets(draft.target)
        aimed = targets[0] if len(targets) == 1 else self.s.inside
        return joined(self.play, draft.control_class, aimed, draft.level) if aimed != self.me else None

    def _partners(self, draft: Draft) -> list[Line]:
        """The partners with whom it bites (rules.md R1: a lonely control is dear)."""
        found = self.coalition(draft)
        if found is None:
            return []
        colour = theme.GOOD if max(found.together, found.alone) >= GOAL else theme.WARN
        return [Line("Bites with", figure(found), tip(self.play, found), colour)]

    def _aimed(self, draft: Draft) -> Line:
        """Whom a control on a group meets: friends too."""
        targets = self.rules.targets(draft.target)
        trust = self.seen.relations.trust[self.me, :, 0]
        friends = [n for n in targets if trust[n] >= FRIENDLY]
        order = sorted(targets, key=lambda n: -float(trust[n]))
        tip = Tip(
            "Whom it meets",
            plain(
                "Everyone outside your agreement, friendly or not; trust in you in per cent. One place can be chosen."
            ),
            tuple(Term(self.names[n], f"{float(trust[n]):.0%}") for n in order[:10]),
        )
        figure = count(len(targets), "place") + (f", {len(friends)} friendly" if friends else "")
        return Line("Aimed at", figure, tip, theme.WARN if friends else theme.TEXT)

    def _bites(self, goods: list[int], targets: list[int], level: int) -> list[Bite]:
        found = []
        for g in goods:
            lane = int(self.s.sellers.lane[self.me, g])
            if lane < 0:
                continue
            for n in targets:
                got = float(self.seen.trade.received[n, g, 0])
                bought = float(self.seen.trade.flow[lane, n, 0]) / got if got > 1e-9 else 0.0
                if bought > 0.005:
                    stopped = 1.0 - passing.lets_through(self.s, self.me, g, n, level)
                    touched = bought * (1.0 - float(self.seen.goods.substitution[n, g, 0])) * stopped
                    found.append(Bite(g, n, bought, touched, touched * got * float(self.s.goods.price[g, 0])))
        return sorted(found, key=lambda bite: -bite.value)

    def _touches(self, bites: list[Bite]) -> Line:
        worst = bites[0]
        terms = tuple(Term(f"{self.names[b.place]}, {_good(b.good)}", f"{b.touched:.0%} of need") for b in bites[:7])
        tip = Tip(
            "What it touches",
            plain(
                f"{self.names[worst.place]} bought {worst.bought:.0%} of its {_good(worst.good)} "
                "from you. Bite = share bought x (1 - what it can do without) x what the level stops."
            ),
            terms,
            "Trade of the last quarter; leaks and new suppliers not counted",
        )
        return Line(
            "It would touch",
            f"{worst.touched:.0%}: {self.names[worst.place]}",
            tip,
            theme.GOOD if worst.touched > 0.05 else theme.TEXT,
        )

    def _bite(self, goods: list[int], draft: Draft) -> list[Line]:
        """How hard the level would bite now, and what waiting makes of it."""
        windows = windows_of(self.play)
        hit = windows.hardest(goods, self.rules.targets(draft.target))
        if not hit:
            return []
        worst = hit[0]
        stopped = 1.0 - passing.lets_through(self.s, self.me, worst.good, worst.place, draft.level)
        now, later = worst.bite * stopped, worst.later * stopped
        colour = theme.GOOD if worst.is_open else theme.TEXT
        tip = windows.line_tip(hit, stopped)
        return [Line("Bite now, in a year", f"{now:.2f}, {later:.2f}: {self.names[worst.place]}", tip, colour)]

    def _lasts(self, worst: Bite) -> Line:
        goods = self.seen.goods
        held = float(goods.inventory[worst.place, worst.good, 0] + goods.stockpile[worst.place, worst.good, 0])
        quarters = min(held / max(float(goods.wanted[worst.place, worst.good, 0]), 1e-9), 99.0)
        tip = Tip(
            "Their stock",
            plain(
                f"Quarters of use that {self.names[worst.place]} holds of {_good(worst.good)}: a control "
                "bites after that. National stocks of others are estimates."
            ),
        )
        return Line("Their stock lasts", f"about {quarters:.1f} q" if quarters < 20 else "20 q and more", tip)

    def _backfill(self, worst: Bite, goods: list[int], draft: Draft) -> Line:
        """Whom a control pays that they do not join (rules.md R5)."""
        stopped = 1.0 - passing.lets_through(self.s, self.me, worst.good, worst.place, draft.level)
        told = backfill.of_goods(self.play.match.world, self.s, self.me, goods, self.rules.targets(draft.target))
        earned = told.earned[:, 0] * stopped
        others = [int(n) for n in np.argsort(-earned, kind="stable") if earned[n] >= LEAST_EARNED]
        whole = max(float(told.stopped[0]), 1e-9)
        tip = Tip(
            "Who would sell in your place",
            plain(
                "Sellers that no control keeps from them and that had goods left last quarter, by what they would earn "
                "in a quarter. They could hand back part of it: a match fee. Who joins your control earns nothing."
            ),
            tuple(Term(self.names[n], f"${earned[n]:.2f} bn") for n in others[:7]),
            f"{float(told.filled[0]) / whole:.0%} of what you sell them would be filled; trade of the last quarter",
        )
        if not others:
            return Line("It pays others", "nobody has goods left", tip)
        share = float(told.filled[0]) / whole
        figure = f"{self.names[others[0]]} ${earned[others[0]]:.2f} bn"
        return Line("It pays others", figure, tip, theme.WARN if share > 0.2 else theme.TEXT)

    def _bans(self) -> Line:
        p = self.s.parameters.controls
        bans = float(controls.bans(self.play.match.world, self.rules.tables)[self.me, 0])
        tip = Tip(
            "Upkeep of bans",
            plain(
                f"{p.free_bans:g} bans are free; each further one takes {p.upkeep:g} political capital "
                "a quarter. Bans of the opening do not count."
            ),
        )
        return Line(
            "Your bans in force",
            f"{bans:g}, the first {p.free_bans:g} free",
            tip,
            theme.WARN if bans > p.free_bans else theme.TEXT,
        )

    def step(self, order: Order) -> tuple[str, Tip]:
        """What an order adds to escalation, in words, and all about it."""
        step = float(np.ravel(self.rules.ruling(order).escalation)[0])
        world = float(self.seen.relations.escalation[0])
        tip = Tip(
            "Escalation",
            plain("A step up against others adds to world escalation and to your blame. At 5 everybody loses."),
            (
                Term("World escalation now", f"{world:.1f} of 5"),
                Term("This order", f"+{step:g} of a step" if step else "none"),
            ),
        )
        return "a step up" if step >= 1 else "half a step up" if step else "", tip

    def _people(self, draft: Draft) -> Line:
        targets = self.rules.targets(draft.target)
        closed = sum(int(self.seen.policy.closed_people[self.me, n, 0]) for n in targets)
        tip = Tip("Engineers", plain("Your engineers may not work for the target while this holds."))
        return Line("Closed now towards", count(closed, "place"), tip)

    # --- the other measures

    def _refusal(self, draft: Draft) -> list[Line]:
        sources = []
        for g in self.rules.scope(draft):
            got = float(self.seen.trade.received[self.me, g, 0])
            for n in self.rules.targets(draft.target):
                lane = int(self.s.sellers.lane[n, g])
                share = float(self.seen.trade.flow[lane, self.me, 0]) / got if lane >= 0 and got > 1e-9 else 0.0
                if share > 0.005:
                    sources.append((share, g, n))
        sources.sort(reverse=True)
        terms = tuple(Term(f"{_good(g)}, {self.names[n]}", f"{share:.0%}") for share, g, n in sources[:7])
        tip = Tip(
            "What you would do without",
            plain("Share of your own supply that came from there."),
            terms,
            "Trade of the last quarter",
        )
        if not sources:
            return [Line("Your supply from there", "none", tip, theme.TEXT_3)]
        share, g, _ = sources[0]
        goods = self.seen.goods
        held = float(goods.inventory[self.me, g, 0] + goods.stockpile[self.me, g, 0])
        quarters = min(held / max(float(goods.wanted[self.me, g, 0]), 1e-9), 99.0)
        stock = Tip("Your stock", plain(f"Quarters of use that you hold of {_good(g)}."))
        return [
            Line("Your supply from there", f"{share:.0%} of {_good(g)}", tip, theme.WARN),
            Line("Your stock lasts", f"{quarters:.1f} q", stock),
        ]

    def _secondary(self, draft: Draft) -> list[Line]:
        reached = sorted(
            (
                (share, int(self.s.sellers.place[e]), int(self.s.sellers.good[e]))
                for owner, e, share in self.s.sellers.technology
                if owner == self.me and self.rules.tables.class_of_good[self.s.sellers.good[e]] == draft.control_class
            ),
            reverse=True,
        )
        terms = tuple(Term(f"{self.names[n]}, {_good(g)}", f"{share:.0%} yours") for share, n, g in reached[:8])
        tip = Tip(
            "Who must follow",
            plain("Third parties whose goods hold your technology: your controls reach that part of them."),
            terms,
        )
        figure = f"{reached[0][0]:.0%} of {self.names[reached[0][1]]}'s" if reached else "nobody"
        on = self.seen.policy.secondary[self.me, draft.control_class, 0] > 0
        state = Tip(
            "Now", plain(f"The rule on {CLASSES.names[draft.control_class]} is {'in force' if on else 'not in force'}.")
        )
        return [Line("Reaches most", figure, tip), Line("Now", "in force" if on else "not in force", state)]

    def _entity(self, draft: Draft) -> list[Line]:
        if not draft.plant:
            return []
        f = self.s.lines.axis.at(draft.plant)
        made = self.seen.goods.made[:, int(self.rules.tables.line_good[f]), 0]
        whole = max(float(np.add.accumulate(made)[-1]), 1e-9)
        share = float(self.seen.lines.output[f, 0]) / whole
        good = _good(int(self.rules.tables.line_good[f]))
        floor = self.s.parameters.fabs.parts_alive
        makes = Tip("What it makes", plain(f"Its share of the world's {good}."), source="Output of the last quarter")
        after = Tip(
            "After a year on the list",
            plain("Foreign tools, parts and service stop; a quarter of the way each quarter."),
            source="Parameter fabs.parts_alive",
        )
        return [
            Line("It makes", f"{share:.1%} of {good}", makes),
            Line("Left after a year", f"{floor:.0%} of its output", after),
        ]

    def _flood(self, draft: Draft) -> list[Line]:
        if not draft.flood:
            return []
        g = GOODS.at(draft.flood)
        held = float(self.rules.holdings[self.me, g])
        price = self.s.parameters.plants.flood_price
        share = Tip("Your share", plain("A flood takes more than half of the world's output."))
        cost = Tip(
            "Price",
            plain(
                "The treasury pays the gap to cost on every unit sold abroad; entrants without a price floor give up."
            ),
        )
        return [
            Line("Your share of the world", f"{held:.0%}", share),
            Line("You sell abroad at", f"{price:.0%} of cost", cost),
        ]


def _good(g: int) -> str:
    return GOOD_NAMES[GOODS.names[g]]
