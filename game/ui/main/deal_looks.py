"""How clauses look: icons, colours, and words that call the player 'you'."""

from __future__ import annotations

from game.core.diplomacy import Clause
from game.explain.clauses import CLAUSE_TITLES, clause_short, clause_words, kind_of
from game.ui import theme
from game.ui.main.context import PlayContext
from game.ui.theme import Colour

CLAUSE_LOOKS: dict[str, tuple[str, Colour]] = {
    "supply": ("truck", theme.MINERAL),
    "priority": ("fast-forward", theme.CHIP),
    "stockpile": ("warehouse", theme.PAX),
    "procurement": ("boxes", theme.PAX),
    "match": ("shield-check", theme.WARN),
    "no_reexport": ("shield-off", theme.WARN),
    "licence": ("key", theme.TOOL),
    "hub": ("microscope", theme.TOOL),
    "venture": ("factory", theme.CHIP),
    "visa": ("graduation-cap", theme.PAX),
    "platform": ("bot", theme.TOOL),
    "power": ("plug-zap", theme.WARN),
    "certify": ("badge-check", theme.GOOD),
    "guardrails": ("brain", theme.GOOD),
    "compute": ("server", theme.CHIP),
    "guarantee": ("shield", theme.PAX),
    "money": ("banknote", theme.GOOD),
    "payment": ("coins", theme.GOOD),
    "match_fee": ("hand-coins", theme.MINERAL),
    "restrain": ("unlock", theme.GOOD),
    "intelligence": ("eye", theme.TOOL),
}


def clause_icon(kind: str) -> tuple[str, Colour]:
    """Icon and colour of a kind of clause."""
    return CLAUSE_LOOKS[kind]


def clause_details(play: PlayContext, clause: Clause) -> str:
    """A clause in a few words without its title: '3.2 t of gallium at 95%'; its sentence where nothing is left."""
    short = clause_short(clause, play.match.scenario)
    title = CLAUSE_TITLES[clause.kind]
    rest = short.removeprefix(title).removeprefix(": ")
    if rest:
        return rest[:1].upper() + rest[1:]
    return "Both ways" if kind_of(clause).mutual else clause_sentence(play, clause).rstrip(".")


def clause_sentence(play: PlayContext, clause: Clause) -> str:
    """A clause as a sentence in which the player is 'you'."""
    return clause_words(clause, play.match.scenario, play.seat)


def place_name(play: PlayContext, code: str) -> str:
    """Name of a place."""
    return play.match.scenario.texts.names[play.match.scenario.place_axis.at(code)]


def signed_points(value: float) -> str:
    """Points with a sign and about two figures: '+14', '+4.2', '−0.34', '0'."""
    size = abs(value)
    rounded = round(size, 2 if size < 0.995 else 1 if size < 9.95 else 0)
    if rounded == 0:
        return "0"
    return f"{'+' if value > 0 else '−'}{rounded:g}"


def tone(value: float) -> Colour:
    """Colour of a gain or a loss."""
    return theme.GOOD if value >= 0.005 else theme.BAD if value <= -0.005 else theme.TEXT_2
