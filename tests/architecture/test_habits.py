"""Habits of the house that a machine can check."""

import ast
import doctest
import importlib
import re

import pytest

from tests.architecture.sources import ROOT, all_python_files, python_files, text_of, tree_of

LONGEST_FILE = 400
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|\bNotImplemented" + "Error\\b")
SILENCED = re.compile(r"#\s*(?:type:\s*ignore|no" + r"qa)(?P<codes>[:\[][\w\-, ]*\]?)?(?P<rest>[^\n]*)")


def test_every_module_says_what_it_is() -> None:
    assert [file for file in all_python_files() if not ast.get_docstring(tree_of(file))] == []


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {file: text_of(file).count("\n") for file in all_python_files()}
    assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}


def test_nothing_is_left_unfinished() -> None:
    files = python_files("game", "agents")
    assert [f"{f}: {found[0]}" for f in files if (found := UNFINISHED.search(text_of(f)))] == []


def test_every_silenced_check_has_its_code_and_its_reason() -> None:
    found = [(f, match) for f in all_python_files() for match in SILENCED.finditer(text_of(f))]
    assert [f"{f}: {match[0]}" for f, match in found if not match["codes"] or len(match["rest"].strip("# ")) < 5] == []


def functions_of(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def can_fail(name: str, functions: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function asserts, expects an error, or calls one of the same file, or a checker, that does."""
    for node in ast.walk(functions[name]):
        if isinstance(node, ast.Assert):
            return True
        called = getattr(node, "func", None)
        word = getattr(called, "attr", getattr(called, "id", ""))
        if word in ("raises", "warns", "fail") or word.startswith(("assert_", "check_")):
            return True
        if word in functions and word not in seen | {name} and can_fail(word, functions, seen | {name}):
            return True
    return False


def test_every_test_can_fail() -> None:
    files = [file for file in python_files("tests") if file.rpartition("/")[2].startswith("test_")]
    assert files
    trees = {file: functions_of(tree_of(file)) for file in files}
    tests = [(f, name) for f, functions in trees.items() for name in functions if name.startswith("test_")]
    assert [f"{f}: {name}" for f, name in tests if not can_fail(name, trees[f])] == []
    assert [f for f in files if not any(file == f for file, _ in tests)] == []


def modules_with_examples() -> list[str]:
    files = [file for file in python_files("game", "agents") if ">>> " in text_of(file)]
    return [file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for file in files]


@pytest.mark.parametrize("module", modules_with_examples())
def test_examples_in_docstrings_are_true(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


def test_saves_are_empty_in_the_repository() -> None:
    assert (ROOT / "saves" / ".gitignore").read_text(encoding="utf-8").endswith("*\n!.gitignore\n")
