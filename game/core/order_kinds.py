"""Every kind of order by the word that files, logs and saves call it: what is sealed, and what is said in talks.

New kinds are entered here; their records stand in `orders.py` and `diplomacy.py`.
"""

from __future__ import annotations

from game.core.diplomacy import Answer, Break, Propose
from game.core.orders import KINDS, Order

#: Orders that are sealed with the rest of a quarter, after the talks.
SEALED: dict[str, type[Order]] = {**KINDS, **{kind.kind: kind for kind in (Break,)}}
#: What seats say in the rounds of talks that begin a quarter.
SPOKEN: dict[str, type[Propose | Answer]] = {Propose.kind: Propose, Answer.kind: Answer}
#: Both.
ALL_KINDS: dict[str, type[Order]] = {**SEALED, **SPOKEN}
