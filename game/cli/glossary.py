"""`pax-silica glossary`: words and quantities."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import click

from game.core.errors import PaxError

_AXES = {
    "N": "place", "G": "good", "F": "foundry line", "S": "supplier", "E": "seller (place and good)", "R": "region",
    "C": "control class", "U": "use of compute", "D": "standing dial", "T": "research track", "M": "measure",
    "Q": "gate", "V": "kind of event", "X": "bloc", "L": "quarters ahead",
}  # fmt: skip


@click.command()
@click.argument("word", required=False)
def glossary(word: str | None) -> None:
    """Explain WORD, or every word: the terms of the game, and each quantity that a world holds with unit and range.

    \b
    Examples:
      pax-silica glossary
      pax-silica glossary bottleneck
      pax-silica glossary die_yield
    """
    entries = dict(explained())
    if word is None:
        for name, text in entries.items():
            click.echo(f"{name}: {text}")
        return
    found = {
        name: text for name, text in entries.items() if word.casefold() in (name.casefold(), name.rpartition(".")[2])
    }
    if not found:
        found = {name: text for name, text in entries.items() if word.casefold() in name.casefold()}
    if not found:
        from game.files.near import did_you_mean

        hint = did_you_mean(word, [*entries, *(name.rpartition(".")[2] for name in entries)])
        raise PaxError(f"unknown word '{word}'{hint}; `pax-silica glossary` lists all {len(entries)}")
    for name, text in found.items():
        click.echo(f"{name}: {text}")


def explained() -> Iterator[tuple[str, str]]:
    """Each word with its explanation: the terms first, then quantities by dotted path."""
    yield from sorted(terms())
    yield from quantity_entries()


def terms() -> Iterator[tuple[str, str]]:
    """The terms of words.md."""
    text = files("game.cli").joinpath("words.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("- **"):
            name, _, meaning = line.removeprefix("- **").partition("**: ")
            yield name, meaning


def quantity_entries() -> Iterator[tuple[str, str]]:
    """Every declared quantity of a world: what it is, unit, range, by what it is listed, who sees it."""
    import typing
    from dataclasses import fields

    from game.core import world
    from game.core.schema import quantities

    hints = typing.get_type_hints(world.World)
    for record in fields(world.World):
        kind = hints[record.name]
        if not hasattr(kind, "__dataclass_fields__"):
            continue
        for field, q in quantities(kind):
            by = " and ".join(_AXES.get(axis, axis) for axis in q.axes) or "world"
            high = "" if q.high == float("inf") else f" to {q.high:g}"
            seen = "" if q.seen_by == "all" else " Exact for its owner only; others see an estimate."
            yield f"{record.name}.{field.name}", f"{q.what} [{q.unit}, {q.low:g}{high or ' and up'}; by {by}].{seen}"
