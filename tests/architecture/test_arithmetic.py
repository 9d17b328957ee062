"""Arithmetic that gives the same bits on every machine and in every batch."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import python_files, tree_of

NUMERIC = "game/core/numeric.py"  # the one place that reduces, and that holds tables and polynomials
RNG = "game/core/rng.py"

PROCESSOR_DEPENDENT = {
    *(
        "exp",
        "exp2",
        "expm1",
        "log",
        "log2",
        "log10",
        "log1p",
        "logaddexp",
        "power",
        "float_power",
        "pow",
        "cbrt",
        "hypot",
    ),
    *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "asin", "acos", "atan", "atan2"),
    *("sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "sinc", "erf", "gamma"),
}
"""Differ in the last bit between processors: use the tables and polynomials of `game.core.numeric`."""

BATCH_DEPENDENT = {
    *("sum", "nansum", "mean", "nanmean", "average", "std", "var", "prod", "nanprod", "trace"),
    *("dot", "vdot", "inner", "matmul", "tensordot", "einsum", "convolve", "correlate", "linalg", "reduceat", "reduce"),
}
"""Add in an order that depends on the number of worlds: use `total()` of `game.core.numeric`."""

MODULES = {"np", "numpy", "math", "cmath"}


def state_files() -> list[str]:
    return [file for file in python_files("game/core", "game/rules", "agents") if file != NUMERIC]


def findings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if message := _power(node) or _function(node):
            yield getattr(node, "lineno", 0), message


def _power(node: ast.AST) -> str:
    if isinstance(node, ast.BinOp | ast.AugAssign):
        if isinstance(node.op, ast.MatMult):
            return "@"
        right = node.right if isinstance(node, ast.BinOp) else node.value
        left = node.left if isinstance(node, ast.BinOp) else node.target
        if isinstance(node.op, ast.Pow) and not (_is_int(right) and (right.value == 2 or _is_int(left))):
            return "** other than a square"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pow":
        return "pow()"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        return "sum(): rounds otherwise from Python 3.12 on; use `added()` or `fsum`"
    return ""


def _is_int(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def _function(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in MODULES:
        return f"{node.value.id}.{node.attr}" if node.attr in PROCESSOR_DEPENDENT | BATCH_DEPENDENT else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BATCH_DEPENDENT:
        return f".{node.func.attr}()"
    if isinstance(node, ast.ImportFrom) and node.module in MODULES:
        names = {alias.name for alias in node.names} & (PROCESSOR_DEPENDENT | BATCH_DEPENDENT)
        return f"from {node.module} import {min(names)}" if names else ""
    return ""


def test_state_arithmetic_is_the_same_everywhere() -> None:
    assert [f"{f}:{line} {what}" for f in state_files() for line, what in findings(tree_of(f))] == []


@pytest.mark.parametrize(
    "code",
    [
        *("np.exp(x)", "numpy.log(x)", "math.tanh(x)", "from math import exp", "np.power(x, 2)", "pow(x, 2)"),
        *("x ** 0.5", "x ** 3", "x ** y", "x **= y", "x @ y", "x.dot(y)", "np.einsum('i,i', x, y)"),
        *("x.sum(0)", "np.sum(x)", "x.mean()", "np.add.reduce(x)", "np.linalg.norm(x)", "f(x).sum()", "sum(costs)"),
    ],
)
def test_forbidden_arithmetic_is_found(code: str) -> None:
    assert list(findings(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["x ** 2", "10**6", "np.sqrt(x)", "np.minimum(x, y)", "total(x)", "fsum(costs)", "x.max()"]
)
def test_allowed_arithmetic_is_let_through(code: str) -> None:
    assert not list(findings(ast.parse(code)))


def chance(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Uses of `random`: as a module, of numpy, or of a Mesa model."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            if any("random" in name.split(".") for name in names):
                yield node.lineno, "import of random"
        elif isinstance(node, ast.Attribute) and node.attr in ("random", "shuffle", "shuffle_do"):
            yield node.lineno, f".{node.attr}"


def test_all_chance_comes_from_the_games_own_draws() -> None:
    files = [file for file in python_files("game", "agents") if file != RNG]
    assert files
    assert [f"{f}:{line} {what}" for f in files for line, what in chance(tree_of(f))] == []


@pytest.mark.parametrize(
    "code",
    ["import random", "from random import choice", "from numpy import random", "np.random.rand()", "self.random.x"],
)
def test_other_chance_is_found(code: str) -> None:
    assert list(chance(ast.parse(code)))
