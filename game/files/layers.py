"""A scenario laid over another one, and numbers set by hand for a run; errors name the layer that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from game.core.errors import InputError, PaxError, Problem
from game.files.document import Document, KeyPath
from game.files.figures import BASIS, take_off
from game.files.near import did_you_mean, listing
from game.files.paths import scenario_path
from game.files.strict_yaml import MAX_BYTES, load
from game.files.text import read_text

DEEPEST = 4
"""Most files that a scenario may stand on."""


def document_of(path: Path) -> Document:
    """A scenario file as it was written; the last ones are kept, since a sweep reads one for each of its points.

    Raises
    ------
    InputError
        It cannot be read, or is no strict YAML.
    """
    return _document(read_text(path, str(path), MAX_BYTES), str(path))


@lru_cache(maxsize=4)
def _document(text: str, name: str) -> Document:
    return load(text, name)


def seat_codes(name_or_path: str, overrides: Sequence[str] = ()) -> list[str]:
    """Codes of the seats that a scenario names, with nothing else in it checked: an answer in a third of a second.

    Raises
    ------
    InputError, PaxError
        There is no such scenario, it is no strict YAML, or an override leads nowhere.
    """
    path = scenario_path(name_or_path)
    value = overridden(layered(document_of(path), (path.resolve(),), frozenset())[0], overrides).value
    places = value.get("places") if isinstance(value, dict) else None
    named = places.items() if isinstance(places, dict) else ()
    return [str(code) for code, place in named if isinstance(place, dict) and _plain(place.get("seat")) is True]


def _plain(value: Any) -> Any:
    """A value without its source."""
    return value.get("value") if isinstance(value, dict) else value


def layered(document: Document, chain: tuple[Path, ...], sources: frozenset[str]) -> tuple[Document, list[Problem]]:
    """A scenario that names `based_on` is laid over that scenario: its keys win, mappings are joined.

    Parameters
    ----------
    document : the scenario.
    chain : its own file and those laid over it, resolved.
    sources : keys that `source` may name.

    Returns
    -------
    The joined scenario, and what is wrong with the sources of the layers: the base does not speak for the numbers that
    a layer changes.

    Raises
    ------
    InputError
        `based_on` names no scenario, or the files go round in a circle.
    """
    if not isinstance(document.value, dict) or "based_on" not in document.value:
        return document, []
    over = dict(document.value)
    path = _base_path(document, over.pop("based_on"), chain)
    own = take_off(Document(document.name, over, document.keys, document.values), sources).problems
    base, problems = layered(document_of(path), (*chain, path.resolve()), sources)
    if not isinstance(base.value, dict):
        raise InputError([Problem(base.name, 1, 1, "", "a scenario is a mapping of keys to values")])
    return (
        Document(
            document.name,
            _joined(base.value, over),
            {**base.keys, **document.keys},
            {**base.values, **document.values},
            {**dict.fromkeys(base.values, base.name), **base.origins, **dict.fromkeys(document.values, document.name)},
        ),
        [*own, *problems],
    )


def _base_path(document: Document, named: object, chain: tuple[Path, ...]) -> Path:
    def wrong(message: str) -> InputError:
        return InputError([document.problem(("based_on",), message)])

    if not isinstance(named, str):
        raise wrong("the name of a scenario is needed")
    try:
        path = scenario_path(named)
    except InputError as error:
        raise wrong(str(error)) from None
    if path.resolve() in chain:
        raise wrong(f"'{named}' is based on this file in turn")
    if len(chain) > DEEPEST:
        raise wrong(f"scenarios are based on one another more than {DEEPEST} deep")
    return path


def _joined(base: Any, over: Any) -> Any:
    if isinstance(base, dict) and isinstance(over, dict):
        if "value" in base or "value" in over:
            return over
        return {**base, **{k: _joined(base[k], v) if k in base else v for k, v in over.items()}}
    return over


def overridden(document: Document, overrides: Sequence[str]) -> Document:
    """The scenario with numbers set by hand, as `run --set` takes them; errors name the option and not the file.

    Raises
    ------
    PaxError
        An override is not of the form PATH=VALUE, or its path leads nowhere.
    """
    done: dict[str, str] = {}
    for text in overrides:
        path = text.partition("=")[0]
        if done.setdefault(path, text) != text:
            raise PaxError(f"--set {text}: {path} is set already, by --set {done[path]}; set it once")
        document = _set(document, text)
    return document


def _set(document: Document, text: str) -> Document:
    path_text, equals, new = text.partition("=")
    if not equals or not path_text or not new.strip():
        raise PaxError(f"--set {text}: write PATH=VALUE, as in --set places.JPN.engineers=150")
    given = load(new, f"--set {path_text}")
    path = _path_of(document.value, path_text)
    added = [path[:k] for k in range(1, len(path)) if path[:k] not in document.values]
    added += [(*path, *below) for below in given.values]
    kept = {p: at for p, at in document.values.items() if p[: len(path)] != path}
    return Document(
        document.name,
        _with(document.value, path, _by_hand(given.value)),
        {p: at for p, at in document.keys.items() if p[: len(path)] != path},
        {**kept, **dict.fromkeys(added, (0, 0))},
        {**document.origins, **dict.fromkeys(added, f"--set {text}")},
    )


def _path_of(tree: Any, text: str) -> KeyPath:
    """The keys and positions that a dotted path names; only its last key may be new, and subjects of parameters."""
    done: KeyPath = ()
    parts = text.split(".")
    for head in parts:
        if isinstance(tree, list):
            done = (*done, _position(head, len(tree), text))
            tree = tree[int(head)]
            continue
        if not isinstance(tree, dict) or "value" in tree:
            raise PaxError(f"--set {text}: nothing is below {'.'.join(map(str, done))}; set that itself")
        may_be_new = len(done) == len(parts) - 1 or "parameters" in (*done[:1], head)
        if head not in tree and not may_be_new:
            known = [str(key) for key in tree if key not in BASIS]
            raise PaxError(f"--set {text}: unknown '{head}'{did_you_mean(head, known)}; here are: {listing(known)}")
        done = (*done, head)
        tree = tree.get(head, {})
    return done


def _position(head: str, length: int, text: str) -> int:
    if head.isascii() and head.isdigit() and len(head) < 6 and int(head) < length:
        return int(head)
    raise PaxError(f"--set {text}: '{head}' is no position in a list of {length}; the first is 0")


def _with(tree: Any, path: KeyPath, new: Any) -> Any:
    """A copy of `tree` with `new` at `path`."""
    if not path:
        return new
    head: Any = path[0]
    if isinstance(tree, list):
        return [_with(item, path[1:], new) if i == head else item for i, item in enumerate(tree)]
    return {**tree, head: _with(tree.get(head, {}), path[1:], new)}


def _by_hand(new: Any) -> Any:
    if isinstance(new, int | float) and not isinstance(new, bool):
        return {"value": new, "estimate": "set by hand for this run"}
    return new
