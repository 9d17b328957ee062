"""Near names: what somebody probably meant, and what would have been valid."""

import difflib
from collections.abc import Iterable

MOST_LISTED = 40
"""Most names that a message lists; the longest list a player can mistype, the seats and places, is shorter."""


def near(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, or None if none is like it.

    Case counts for nothing, and among equally near names the first in the alphabet is taken.

    >>> near("csah", ["cash", "debt"])
    'cash'
    >>> near("zebra", ["cash", "debt"]) is None
    True
    """
    by_folded: dict[str, str] = {}
    for name in sorted(names):
        by_folded.setdefault(name.casefold(), name)
    found = difflib.get_close_matches(word.casefold()[:100], list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """The tail of a message, or an empty string.

    >>> "unknown key" + did_you_mean("csah", ["cash"])
    "unknown key (did you mean 'cash'?)"
    """
    name = near(word, names)
    return f" (did you mean '{name}'?)" if name else ""


def listing(names: Iterable[object], limit: int = MOST_LISTED) -> str:
    """Names with commas, cut after `limit` with a count of the rest.

    >>> listing(["ban", "licence", "open"], limit=2)
    'ban, licence and 1 more'
    """
    shown = [str(name) for name in names]
    if len(shown) <= limit:
        return ", ".join(shown)
    return f"{', '.join(shown[:limit])} and {len(shown) - limit} more"


def unknown(kind: str, word: str, names: Iterable[str]) -> str:
    """One line that refuses a name and lists what is valid.

    >>> unknown("nation", "JPM", ["CHN", "JPN"])
    "unknown nation 'JPM' (did you mean 'JPN'?); valid: CHN, JPN"
    """
    names = list(names)
    return f"unknown {kind} '{word}'{did_you_mean(word, names)}; valid: {listing(names)}"
