"""YAML as people write it by hand, read strictly, with the line and column of everything that was read.

Plain YAML surprises: a repeated key silently wins, `no` is false, `1:30` is ninety, and a few hundred bytes of aliases
or merges fill the memory. Here each of these is either plain text or an error that says where. What remains is mappings
with keys of text or whole numbers, lists, text, whole numbers, decimal numbers, `true`, `false` and `null`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import BaseResolver

from game.core.errors import InputError, Problem
from game.files.document import (
    Document,
    KeyPath,
    Position,
    Scalar,
    Value,
    dotted,
    position_of,
    refusal,
    short,
)
from game.files.text import read_text, refuse_tabs, too_large

MAX_BYTES = 400_000
"""Largest file read. PyYAML needs up to a second for it, and every refusal shall take less than two."""

MAX_NODES = 30_000
"""Most keys and values in a file."""

MAX_DEPTH = 24
"""Deepest nesting of lists and mappings."""

MAX_PROBLEMS = 20
"""Most problems reported at once."""

LONGEST_KEY = 100
LONGEST_NUMBER = 40

_CONSTANTS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_READ_OTHERWISE = re.compile(r"\?|[|>]\S*#")
"""What libyaml accepts in places where PyYAML does not."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def load(source: Path | str, name: str | None = None) -> Document:
    """Read a file, or text that came from one.

    Parameters
    ----------
    source : Path or str
        A path is opened; a str is the text itself.
    name : str, optional
        What errors call the file; the path as given unless named.

    Raises
    ------
    InputError
        The file cannot be read, is too large, is not UTF-8, or is not the strict YAML of this module.
    """
    if isinstance(source, Path):
        name = name or str(source)
        text = read_text(source, name, MAX_BYTES)
    else:
        name = name or "text"
        text = source
        if len(text) > MAX_BYTES:
            raise refusal(name, too_large(len(text), MAX_BYTES))
    refuse_tabs(text, name)
    document = Document(name, None, {}, {})
    problems: list[Problem] = []
    value = _build(_compose(text, name), (), document, problems)
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return Document(name, value, document.keys, document.values)


def is_plain_text(text: str) -> bool:
    """Whether unquoted `text` is read as text and not as a number, a truth value, null or a merge key.

    >>> is_plain_text("no"), is_plain_text("1e3"), is_plain_text("null")
    (True, False, False)
    """
    return not (text in _CONSTANTS or text == "<<" or _NOT_A_NUMBER.fullmatch(text) or _DECIMAL.fullmatch(text))


class _RefusedError(Exception):
    """Valid YAML that this module does not read."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


class _Bounded(Composer, BaseResolver):
    """Composes a tree of plain nodes and stops at the first alias, anchor, tag, or bound passed.

    It knows no resolvers, so every plain scalar stays text; _scalar() below says what it means.

    Parameters
    ----------
    events : a parser at the beginning of the text.
    """

    def __init__(self, events: Any) -> None:
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self.check_event, self.peek_event, self.get_event = events.check_event, events.peek_event, events.get_event
        self._nodes = 0
        self._depth = 0

    def compose_document(self) -> yaml.Node | None:
        start = self.peek_event()
        if start.version or start.tags:
            raise _RefusedError("a % directive; leave it out", _position(start.start_mark))
        return super().compose_document()

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        self._nodes += 1
        self._depth += 1
        if message := self._refused(event):
            raise _RefusedError(message, _position(event.start_mark))
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _refused(self, event: Any) -> str:
        if isinstance(event, yaml.AliasEvent):
            return f"an alias (*{short(str(event.anchor))}); write the value out"
        if event.anchor is not None:
            return f"an anchor (&{short(event.anchor)}); write values out where they are used"
        if event.tag is not None:
            return f"a tag ({short(event.tag)}); leave it out"
        if self._nodes > MAX_NODES:
            return f"more than {MAX_NODES} keys and values"
        if self._depth > MAX_DEPTH:
            return f"nested more than {MAX_DEPTH} deep"
        return ""


def _compose(text: str, name: str) -> yaml.Node:
    node = _compose_fast(text)
    return _compose_slowly(text, name) if node is None else node


def _compose_fast(text: str) -> yaml.Node | None:
    """The tree by way of libyaml, in a sixth of the time; None where it is missing, or finds anything wrong.

    What is wrong is then said by the parser in Python, so that it is said the same way everywhere.
    """
    parser = getattr(yaml, "CSafeLoader", None)
    if parser is None or _READ_OTHERWISE.search(text):
        return None
    try:
        return _Bounded(parser(text)).get_single_node()
    except (_RefusedError, yaml.YAMLError, ValueError, OverflowError):
        return None


def _compose_slowly(text: str, name: str) -> yaml.Node:
    loader: yaml.SafeLoader | None = None
    try:
        loader = yaml.SafeLoader(text)
        node = _Bounded(loader).get_single_node()
    except _RefusedError as refused:
        raise refusal(name, refused.message, refused.position) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        because = " ".join(part for part in (error.context, error.problem) if part)
        raise refusal(name, f"not valid YAML: {short(because, 200)}", _position(mark) if mark else None) from None
    except yaml.reader.ReaderError as error:
        message = f"character {ord(text[error.position]):#06x} is not allowed in text"
        raise refusal(name, message, position_of(text, error.position)) from None
    except (ValueError, OverflowError):
        # PyYAML passes numeric escapes such as "\U7fffffff" on unchecked.
        position = _position(loader.get_mark()) if loader else None
        raise refusal(name, "not valid YAML: an escape or number out of range", position) from None
    if node is None:
        raise refusal(name, "the file is empty")
    return node


def _build(node: yaml.Node, path: KeyPath, found: Document, problems: list[Problem]) -> Value:
    """The value of `node`; notes positions in `found` and what is wrong in `problems`."""
    found.values[path] = _position(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        entries = _entries(node, path, found, problems)
        return {key: _build(item, (*path, key), found, problems) for key, item in entries}
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), found, problems) for index, item in enumerate(node.value)]
    try:
        return _scalar(node)
    except ValueError as error:
        problems.append(found.problem(path, str(error)))
        return None


def _entries(
    node: yaml.MappingNode, path: KeyPath, found: Document, problems: list[Problem]
) -> Iterator[tuple[str | int, yaml.Node]]:
    """The keys of a mapping that are fit to use, with their value nodes."""
    first: dict[str | int, Position] = {}
    for key_node, value_node in node.value:
        position = _position(key_node.start_mark)
        try:
            key = _key(key_node)
        except ValueError as error:
            problems.append(Problem(found.name, *position, dotted(path), str(error)))
            continue
        if key in first:
            message = f"key {str(key)!r} is repeated; it is first set in line {first[key][0]}"
            problems.append(Problem(found.name, *position, dotted((*path, key)), message))
            continue
        first[key] = found.keys[(*path, key)] = position
        yield key, value_node


def _key(node: yaml.Node) -> str | int:
    """A key; raises a ValueError that says what is wrong with it."""
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError("a list or mapping as a key; a key is text or a whole number")
    if node.value == "<<" and not node.style:
        raise ValueError("a merge key (<<); write the keys out")
    if len(node.value) > LONGEST_KEY:
        raise ValueError(f"a key of {len(node.value)} characters; at most {LONGEST_KEY} are read")
    key = _scalar(node)
    if isinstance(key, bool) or not isinstance(key, str | int) or key == "":
        raise ValueError(f"key {node.value!r}; a key is text or a whole number (quote it if it is meant as text)")
    return key


def _scalar(node: yaml.Node) -> Scalar:
    """The value of a scalar: quoted is text, plain follows YAML 1.2's core schema without octal and hexadecimal."""
    text: str = node.value
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return _printable(text)
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _NOT_A_NUMBER.fullmatch(text):
        raise ValueError(f"{text} is not a number")
    if not _DECIMAL.fullmatch(text):
        return _printable(text)
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(text)} characters; at most {LONGEST_NUMBER} are read")
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large for a number")
    return number


def _printable(text: str) -> str:
    if bad := _UNPRINTABLE.search(text):
        raise ValueError(f"character {ord(bad.group()):#06x} is not allowed in text")
    return text


def _position(mark: Any) -> Position:
    return mark.line + 1, mark.column + 1
