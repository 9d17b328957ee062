"""The talks of a quarter: two rounds of sealed proposals and answers, before orders are sealed (game.md section 2).

A round has three steps: everybody proposes, everybody answers, what all parties accepted is signed. A desk takes what
seats say, by record from people and files, by array from strategies; the law is the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSE_KINDS, CLAUSES, MOST_CLAUSES, SUBJECT_AXES
from game.core.diplomacy import PROPOSALS, Answer, Clause, Motion, Propose, Words
from game.core.errors import PaxError
from game.core.numeric import entries, nonzero
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import able, motions, pacts
from game.rules import offers as law
from game.rules.assembly import Assembly
from game.rules.book import RuleBook
from game.rules.case import Mask
from game.rules.desk import Given
from game.rules.offers import Offers, no_offers

#: The round in which the record invites.
LAST = 2
#: Words of an offer that nobody answered, was accepted, was refused.
UNANSWERED, ACCEPTED, REFUSED = 0, 1, 2


class Talks:
    """One round of proposals and answers.

    Parameters
    ----------
    book : the rules.
    world : the world that seats talk in.
    round : 1 or 2.
    """

    def __init__(self, book: RuleBook, world: World, round: int) -> None:
        self.book = book
        self.world = motions.cleared(pacts.cleared(world)) if round == 1 else world
        self.round = round
        s = book.scenario
        #: Motions in blocs, and votes on them.
        self.assembly = Assembly(s, self.world, round)
        if round == LAST:
            self._invited()
        senders = [seat for seat in s.places.seats for _ in range(PROPOSALS)]
        self.offers: Offers = no_offers(senders, len(s.place_axis), world.worlds)
        self.answers = np.zeros(self.offers.party.shape, dtype=np.int8)
        self.full = np.zeros(self.offers.open.shape, dtype=bool)

    def _invited(self) -> None:
        """Invitations of the record that are due, where their mover has moved nothing else: offers, on which members
        vote and to which who is invited may say no."""
        s = self.book.scenario
        for each in s.invitations:
            if each.quarter == self.world.quarter:
                bloc, names = str(s.blocs[each.bloc][0]), s.place_axis.names
                self.assembly.move(each.mover, Motion(bloc, "invite", names[each.place]))

    # --- proposing ---------------------------------------------------------------------------------------------------

    def propose(self, seat: int, proposal: Propose, where: Mask | None = None) -> Given:
        """Send one proposal in the worlds `where` (all unless said). A refused one changes nothing.

        Raises
        ------
        PaxError
            If it names a place, kind, good, class, track or line that does not exist.
        """
        asked = np.ones(self.world.worlds, dtype=bool) if where is None else where
        entered = as_offers(proposal, self.book.scenario, seat, self.world.worlds)
        entered.open[:] = asked
        codes = self._send(entered, asked)
        wrong = nonzero(codes)
        words = {"capital": pacts.signing_capital(self.book.scenario, seat)}
        return Given(codes, law.REFUSALS[int(codes[wrong[0]])].format(**words) if len(wrong) else "")

    def _send(self, entered: Offers, asked: Mask) -> NDArray[np.int64]:
        """Enter one row of offers where the law allows; why not elsewhere. (B,)."""
        seat = int(entered.sender[0])
        rows = nonzero(self.offers.sender == seat)
        used = self.offers.open[rows]
        if used[:, asked].all():
            # Nothing more can be sent, whatever the law says of it: no need to ask.
            return np.where(asked, law.TWO_SENT, law.FINE)
        codes = law.refusals(self.world, self.book.scenario, self.book.tables, entered)[0]
        cost = pacts.signing_capital(self.book.scenario, seat)
        codes = np.where((codes == law.FINE) & (self.world.state.capital[seat] < cost - 1e-9), law.CAPITAL, codes)
        codes = np.where((codes == law.FINE) & used.all(axis=0), law.TWO_SENT, codes)
        codes = np.where(asked, codes, law.FINE)
        taken = nonzero(asked & (codes == law.FINE))
        self._write(entered, rows[used.argmin(axis=0)[taken]], taken)
        return codes

    def _write(self, entered: Offers, row: NDArray[np.int64], w: NDArray[np.int64]) -> None:
        for f in fields(Offers):
            mine, new = getattr(self.offers, f.name), getattr(entered, f.name)
            if f.name == "sender":
                continue
            if new.ndim == 2:
                mine[row, w] = new[0, w]
            else:
                mine[row, :, w] = new[0][:, w].T
        self.answers[row, self.offers.sender[row], w] = ACCEPTED

    def propose_together(self, entered: Offers) -> NDArray[np.int64]:
        """Send offers of many seats at once, one or two rows a seat, side by side; why not where not. (rows, B)."""
        s, sender = self.book.scenario, entered.sender
        codes = law.refusals(self.world, s, self.book.tables, entered)
        poor = self.world.state.capital[sender] < pacts.signing_capitals(s)[sender] - 1e-9
        codes[(codes == law.FINE) & poor] = law.CAPITAL
        row = np.searchsorted(self.offers.sender, sender)[:, None] + np.zeros(codes.shape, dtype=np.int64)
        worlds = np.arange(self.world.worlds)
        used = self.offers.open[row, worlds].astype(np.int64) + self.offers.open[row + 1, worlds]
        # The second row of a seat goes behind its first, where that is sent.
        again = (sender[1:] == sender[:-1])[:, None] & entered.open[:-1] & (codes[:-1] == law.FINE)
        used[1:] += again & (used[:-1] < PROPOSALS)
        codes[(codes == law.FINE) & (used >= PROPOSALS)] = law.TWO_SENT
        row += np.minimum(used, PROPOSALS - 1)
        codes[~entered.open] = law.FINE
        at, w = entries(entered.open & (codes == law.FINE))
        self._write_all(entered, at, row[at, w], w)
        return codes

    def _write_all(self, entered: Offers, at: NDArray[np.int64], row: NDArray[np.int64], w: NDArray[np.int64]) -> None:
        for f in fields(Offers):
            mine, new = getattr(self.offers, f.name), getattr(entered, f.name)
            if new.ndim == 2:
                mine[row, w] = new[at, w]
            elif new.ndim == 3:
                mine[row, :, w] = new[at, :, w]
        self.answers[row, self.offers.sender[row], w] = ACCEPTED

    # --- answering ---------------------------------------------------------------------------------------------------

    def answer(self, seat: int, answer: Answer, where: Mask | None = None) -> Given:
        """Accept or refuse an offer that lies before the seat. Raises PaxError for an offer that cannot exist."""
        row = self.row_of(answer.offer)
        asked = np.ones(self.world.worlds, dtype=bool) if where is None else where
        codes = self.answer_row(seat, row, asked, answer.accept)
        wrong = nonzero(codes)
        return Given(codes, law.REFUSALS[int(codes[wrong[0]])] if len(wrong) else "")

    def answer_row(self, seat: int, row: int, where: Mask, accept: bool) -> NDArray[np.int64]:
        """The same for an offer by its row; a promise that the seat cannot keep is refused. (B,)."""
        before = self.offers.open[row] & self.offers.party[row, seat] & (int(self.offers.sender[row]) != seat)
        codes = np.where(where & ~before, law.NOT_OPEN, law.FINE)
        if accept and (where & before).any():
            one = self.offers.rows([row])
            s, t = self.book.scenario, self.book.tables
            cannot = law.unable(self.world, s, t, one, seat)[0]
            codes = np.where((codes == law.FINE) & where & cannot, law.UNABLE, codes)
            short = law.cannot_put_up(self.world, s, one, seat)[0]
            codes = np.where((codes == law.FINE) & where & short, law.ESCROW, codes)
        taken = where & (codes == law.FINE)
        self.answers[row, seat][taken] = ACCEPTED if accept else REFUSED
        return codes

    def answer_together(
        self, row: NDArray[np.int64], seat: NDArray[np.int64], w: NDArray[np.int64], accept: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Accept or refuse many offers at once: an offer's row, a seat, a world and its answer each. (K,)."""
        s, offers = self.book.scenario, self.offers
        before = offers.open[row, w] & offers.party[row, seat, w] & (offers.sender[row] != seat)
        codes = np.where(before, law.FINE, law.NOT_OPEN)
        for found, code in ((able.unable, law.UNABLE), (able.short_of_cash, law.ESCROW)):
            some = nonzero(accept & (codes == law.FINE))
            codes[some[found(self.world, s, offers, row[some], seat[some], w[some])]] = code
        fine = codes == law.FINE
        self.answers[row[fine], seat[fine], w[fine]] = np.where(accept[fine], ACCEPTED, REFUSED)
        return codes

    def row_of(self, offer: str) -> int:
        """Row of the offer called 'AUS/1'. Raises PaxError."""
        code, _, ordinal = offer.partition("/")
        seat = self.book.scenario.place_axis.at(code)
        if seat not in self.book.scenario.places.seats or ordinal not in ("1", "2"):
            raise PaxError(f"'{offer}' is no offer; write the sender and which of its two it is, like JPN/1")
        return int(nonzero(self.offers.sender == seat)[int(ordinal) - 1])

    def name_of(self, row: int) -> str:
        """What the offer in a row is called."""
        code = self.book.scenario.place_axis.names[int(self.offers.sender[row])]
        return f"{code}/{row % PROPOSALS + 1}"

    # --- signing -----------------------------------------------------------------------------------------------------

    @property
    def agreed(self) -> NDArray[np.bool_]:
        """Offers that all their parties accepted. (R, B)."""
        waiting = self.offers.party & (self.answers != ACCEPTED)
        agreed: NDArray[np.bool_] = self.offers.open & ~waiting.any(axis=1)
        return agreed

    def settled(self) -> World:
        """The world after the round: what was agreed is signed, in the order of the seats, and votes are counted."""
        world, self.full = pacts.signed(self.world, self.book.scenario, self.offers, self.agreed)
        return self.assembly.settled(world)

    def hear(self, seat: int, words: Words) -> Given:
        """Take whatever a seat says. Raises PaxError for names that do not exist."""
        if isinstance(words, Propose):
            return self.propose(seat, words)
        if isinstance(words, Answer):
            return self.answer(seat, words)
        if isinstance(words, Motion):
            return self.assembly.move(seat, words)
        return self.assembly.vote(seat, words)


def as_offers(proposal: Propose, s: Scenario, seat: int, worlds: int) -> Offers:
    """A proposal as one row of offers. Raises PaxError for names that do not exist."""
    offers = no_offers([seat], len(s.place_axis), worlds)
    if len(proposal.clauses) > MOST_CLAUSES:
        raise PaxError(f"a contract has at most {MOST_CLAUSES} clauses; this one has {len(proposal.clauses)}")
    for code in proposal.parties:
        offers.party[0, s.place_axis.at(code)] = True
    offers.party[0, seat] = True
    offers.quarters[:] = proposal.quarters
    offers.escrow[:] = proposal.escrow
    offers.snap_back[:] = proposal.snap_back
    offers.verifier[:] = -1 if proposal.verifier is None else s.place_axis.at(proposal.verifier)
    for i, clause in enumerate(proposal.clauses):
        _enter(offers, i, clause, s)
    return offers


def _enter(offers: Offers, i: int, clause: Clause, s: Scenario) -> None:
    kind = CLAUSE_KINDS[CLAUSES.at(clause.kind)]
    offers.kind[0, i] = CLAUSES.at(clause.kind)
    offers.giver[0, i] = s.place_axis.at(clause.giver)
    offers.taker[0, i] = s.place_axis.at(clause.taker)
    offers.subject[0, i] = subject_at(kind.subject, clause.subject, s, kind.name)
    if kind.target:
        if clause.target is None:
            raise PaxError(f"a clause of kind '{kind.name}' names a target")
        offers.target[0, i] = s.place_axis.at(clause.target)
    elif clause.target is not None:
        raise PaxError(f"a clause of kind '{kind.name}' has no target")
    offers.quantity[0, i] = clause.quantity
    offers.price[0, i] = clause.price


def subject_at(subject: str, name: str | None, s: Scenario, kind: str) -> int:
    """Position of what a clause is about, -1 where its kind is about nothing. Raises PaxError."""
    if subject == "none":
        if name is not None:
            raise PaxError(f"a clause of kind '{kind}' has no subject")
        return -1
    if name is None:
        raise PaxError(f"a clause of kind '{kind}' names a {subject}")
    axis = s.lines.axis if subject == "line" else SUBJECT_AXES[subject]  # type: ignore[index]  # of the literal words
    return axis.at(name)


def offered(talks: Talks, row: int, world: int = 0) -> Propose:
    """The offer in a row as a record."""
    return as_proposal(talks.offers, row, talks.book.scenario, world, talks.round)


def as_proposal(offers: Offers, row: int, s: Scenario, world: int = 0, round_: int = 1) -> Propose:
    """An offer as a record, its parties in the order of the places."""
    o, names = offers, s.place_axis.names
    clauses = []
    for i in range(MOST_CLAUSES):
        if o.kind[row, i, world] >= 0:
            names_at = [int(getattr(o, f)[row, i, world]) for f in ("kind", "giver", "taker", "subject", "target")]
            clauses.append(clause_of(s, names_at, o.quantity[row, i, world], o.price[row, i, world]))
    verifier = int(o.verifier[row, world])
    return Propose(
        parties=tuple(names[n] for n in nonzero(o.party[row, :, world])),
        clauses=tuple(clauses),
        quarters=int(o.quarters[row, world]),
        escrow=float(o.escrow[row, world]),
        snap_back=bool(o.snap_back[row, world]),
        verifier=names[verifier] if verifier >= 0 else None,
        round=round_,
    )


def clause_of(s: Scenario, positions: Sequence[int], quantity: float, price: float) -> Clause:
    """A clause as a record, from the positions of kind, giver, taker, subject and target."""
    kind, giver, taker, subject, target = positions
    spec, names = CLAUSE_KINDS[kind], s.place_axis.names
    word = None
    if spec.subject != "none":
        word = (s.lines.axis if spec.subject == "line" else SUBJECT_AXES[spec.subject]).names[subject]
    return Clause(
        spec.name, names[giver], names[taker], word, names[target] if spec.target else None, float(quantity),
        float(price),
    )  # fmt: skip
