"""What the Invest tab says of tenders: how a bid stands beside its rivals, what a firm wishes for; relief of sites.

The figures are the rules' own terms, for the world as this quarter's queue would leave it.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from game.core import orders as kinds
from game.core.numeric import Array
from game.core.orders import Order
from game.explain.tenders import firm_name, term_words
from game.rules import tenders
from game.rules.construction import CROWD_UNIT, crowding
from game.rules.law_invest import site_title
from game.rules.outlook import Outlook
from game.rules.room import BEYOND, green_field
from game.ui.kit import Span, Term
from game.ui.main.context import PlayContext
from game.ui.main.invest_offers import FABS, Forecast, Offer, said
from game.ui.main.order_words import amount, count, money

MOST_RIVALS = 3


class Bids:
    """Tenders as one seat sees them in one quarter.

    Parameters
    ----------
    play, forecast : whose orders they are, and what the rules make of them.
    rows : what firms look at.
    """

    def __init__(self, play: PlayContext, forecast: Forecast, rows: Outlook) -> None:
        self.play, self.forecast, self.rows = play, forecast, rows
        self.s, self.world, self.tables = play.match.scenario, play.match.world, play.match.model.book.tables
        self._green: list[bool] = green_field(self.world, self.s)[:, 0].tolist()
        self._tender: list[float] = self.world.lines.tender[:, 0].tolist()

    @cached_property
    def known(self) -> tenders.Terms:
        """What firms weigh as things stand."""
        return tenders.terms(self.world, self.s, self.tables, self.rows)

    @cached_property
    def _needed(self) -> Array:
        """USD bn with which each site would lead its tender as things stand. (F,)."""
        entered = self.world.lines.tender > 0.0
        return tenders.needed(self.known, tenders.to_beat(entered, self.known.value, self.s, self.tables))[:, 0]

    def open(self, i: int) -> bool:
        """Whether the firm asks for bids for a line."""
        return self._tender[i] > 0.0

    def by_bid(self, i: int) -> bool:
        """Whether money for a line is a bid that the firm answers."""
        return self.open(i) or self._green[i]

    def wish(self, i: int) -> float:
        """USD bn that would win the site, beyond what is offered; 0 where nothing is needed or nothing helps."""
        if not self.open(i):
            return 0.0
        wish = float(self._needed[i])
        return max(wish - float(self.known.offered[i, 0]), 0.0) if wish < BEYOND else 0.0

    def firm(self, i: int) -> str:
        """Name of the firm."""
        return firm_name(self.s.lines.firms[i])

    def label(self, i: int) -> str:
        """Under the title of an offer."""
        if not self.open(i):
            return f"New fab, {amount(float(self.known.kwpm[i, 0]))} k a month or none"
        rivals = len(self._rivals(i))
        return f"Tender, {count(rivals, 'rival')}" if rivals else "Tender, no rival"

    def idle(self, i: int) -> str:
        """Why the firm would give any money back; empty where it might take it."""
        hurdle = self.s.parameters.fabs.hurdle
        most = float(self.known.plain[i, 0]) / (1.0 - tenders.MOST_HELP)
        if self.open(i) or most > hurdle:
            return ""
        return (
            f"{self.firm(i)} would give it back: worth {most:.1%} a quarter with {tenders.MOST_HELP:.0%} paid, "
            f"it asks {hurdle:.1%}"
        )

    def effect(self, i: int, order: Order) -> tuple[Span, ...]:
        """What a bid would do: whether the site then leads, and what it lacks if not."""
        if not self.open(i):
            if why := self.idle(i):
                return said(why)
            least = float(self.known.kwpm[i, 0])
            return said(
                f"A bid for {amount(least)} k a month",
                f"{self.firm(i)} answers in two quarters; the money comes back if it builds elsewhere",
            )
        quarters = count(float(self._tender[i]), "quarter")
        return said(self._standing(i, order), f"Paid only if {self.firm(i)} picks this site, in {quarters}")

    def _standing(self, i: int, order: Order) -> str:
        book, world = self.play.match.model.book, self.forecast.with_order(order)
        known = tenders.terms(world, self.s, self.tables, book.outlook(world))
        entered = self.world.lines.tender > 0.0
        beat = tenders.to_beat(entered, known.value, self.s, self.tables)
        mine, theirs = float(known.value[i, 0]), float(beat[i, 0])
        if mine > theirs:
            over = float(tenders.overbid(known, entered, self.s, self.tables)[i, 0])
            more = f"with {money(over)} to spare, " if over > 0.02 * float(known.cost[i, 0]) else ""
            return f"Leads {more}{mine:.1%} a quarter to {theirs:.1%}"
        needed = float(tenders.needed(known, beat)[i, 0])
        lacks = "no money would do" if needed >= BEYOND else f"{money(needed)} in all would lead"
        return f"Behind, {mine:.1%} a quarter to {theirs:.1%}: {lacks}"

    def _rivals(self, i: int) -> list[int]:
        """The other sites of the tender, the best first."""
        group = self.tables.rivals.group_of_row
        rows = np.flatnonzero((group == group[i]) & (self.world.lines.tender[:, 0] > 0.0)).tolist()
        return sorted((f for f in rows if f != i), key=lambda f: -float(self.known.value[f, 0]))

    def terms(self, i: int) -> tuple[Term, ...]:
        """What the firm weighs at the site, and how its rivals stand."""
        if not self.by_bid(i):
            return ()
        found = [Term("Worth a quarter", f"{float(self.known.value[i, 0]):.1%}")]
        found.append(Term("Its firm asks for", f"{self.s.parameters.fabs.hurdle:.1%}"))
        if self.open(i):
            wish = float(self._needed[i])
            found.append(
                Term("Wished for", "more than helps" if wish >= BEYOND else money(wish) if wish else "nothing")
            )
            found.append(Term("Bids so far", money(float(self.known.offered[i, 0]))))
        for f in self._rivals(i)[:MOST_RIVALS]:
            found.append(Term(f"Rival: {self.s.lines.titles[f]}", f"{float(self.known.value[f, 0]):.1%}"))
        return tuple(found)

    def why(self, i: int) -> str:
        """The terms of the site in a row of words, for the tip."""
        words = [term_words(self.s, self.known, name, i) for name in tenders.FACTORS if name != "money"]
        return f"{self.firm(i)} weighs " + ", ".join(words)

    # --- permits and public works

    def promise(self, i: int) -> Offer:
        """A permit out of turn, promised for a site that its firm asks bids for."""
        plant, title = self.s.lines.axis.names[i], self.s.lines.titles[i]
        p = self.s.parameters.plants
        fee = p.permit * float(self.known.cost[i, 0])
        text = f"If the site wins, it opens {p.fast_track:g} quarters sooner and the permit costs about {money(fee)}"
        return Offer(
            f"fast {plant}",
            FABS,
            f"Promise a permit, {title}",
            f"Speaks for the site in the tender of {self.firm(i)}",
            "timer",
            lambda value, option: kinds.FastTrack(plant),
            lambda order: said(text),
            under=f"{self._tender[i]:.0f} q left",
            urgency=1.0,
            figure="Permit",
            source="Permit time is part of a bid",
        )

    def relief(self, sites: list[int]) -> list[Offer]:
        """Public works for each site where the lines `sites`, under construction at home, crowd each other."""
        crowd = crowding(self.world, self.tables)[:, 0]
        found: dict[str, Offer] = {}
        for i in sites:
            if crowd[i] > 1e-9 and self.s.lines.sites[i] not in found:
                found[self.s.lines.sites[i]] = self._relief(i, float(crowd[i]))
        return list(found.values())

    def _relief(self, i: int, crowd: float) -> Offer:
        plant, site = self.s.lines.axis.names[i], site_title(self.s.lines.sites[i])
        relieved = min(crowd, CROWD_UNIT)
        carried = CROWD_UNIT + float(self.world.lines.served[i, 0])
        return Offer(
            f"relieve {plant}",
            FABS,
            f"Roads, water and housing, {site}",
            f"{amount(carried + crowd)} k a month under way, {amount(carried)} k carried",
            "route",
            lambda value, option: kinds.RelieveCrowding(plant),
            lambda order: self._faster(i, order),
            figure=money(self.s.parameters.fabs.works * relieved),
            under=f"{float(self.world.lines.left[i, 0]):.0f} q left",
            urgency=0.6 + 0.02 * crowd,
            terms=(
                Term("Under way there", f"{amount(carried + crowd)} k a month"),
                Term("Carried without delay", f"{amount(carried)} k a month"),
                Term("Would be relieved", f"{amount(relieved)} k a month"),
            ),
            source="A site under construction may be relieved of crowding",
            means="All that is built at the site goes faster from now on.",
        )

    def _faster(self, i: int, order: Order) -> tuple[Span, ...]:
        """Quarters of construction with and without public works."""
        slow, fast = (self._quarters(i, order) for order in (None, order))
        return said(f"What is under way there takes about {fast:.1f} quarters, not {slow:.1f}")

    def _quarters(self, i: int, order: Order | None) -> float:
        world = self.forecast.without if order is None else self.forecast.with_order(order)
        crowd = float(crowding(world, self.tables)[i, 0])
        slower = 1.0 + self.s.parameters.fabs.crowding * crowd / CROWD_UNIT
        return float(world.lines.left[i, 0]) * slower
