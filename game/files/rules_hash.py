"""The hash of the rules: of what the code of core, rules, firm agents and `steady` says, however it is laid out.

Comments, docstrings and spacing do not count, so tidying keeps par tables and replays valid. The hash is the same on
every supported Python: fields of the syntax tree that a newer version adds, and that are empty, are left out.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("game/core", "game/rules")
_FILES = (
    "agents/envoys.py",
    "agents/firms.py",
    "agents/foundry.py",
    "agents/model.py",
    "agents/nation.py",
    "agents/strategies/character.py",
    "agents/supplier.py",
)
_STEADY = "agents/strategies/steady*.py"
#: Parts of the tree that say how text was written, not what it means.
_LAYOUT = ("kind", "type_comment")


def rule_files() -> list[str]:
    """Paths, from the folder that holds `game` and `agents`, of the files that make the rules; sorted."""
    found = [path.relative_to(_ROOT).as_posix() for folder in _FOLDERS for path in (_ROOT / folder).rglob("*.py")]
    found += [path.relative_to(_ROOT).as_posix() for path in _ROOT.glob(_STEADY)]
    return sorted([*found, *(name for name in _FILES if (_ROOT / name).is_file())])


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """sha256 over the syntax trees of `rule_files()`, docstrings removed."""
    digest = sha256()
    for name in rule_files():
        digest.update(f"{name}\n{meaning((_ROOT / name).read_text(encoding='utf-8'))}\n".encode())
    return digest.hexdigest()


def meaning(code: str) -> str:
    """The syntax tree of `code` as text, without docstrings and positions.

    >>> meaning('x = 1  # one') == meaning('"About x."\\nx  =  1')
    True
    >>> meaning("x = 1") == meaning("x = 2")
    False
    """
    return "".join(_written(ast.parse(code)))


def _written(part: object) -> Iterator[str]:
    if isinstance(part, ast.AST):
        yield f"{type(part).__name__}("
        for name, value in ast.iter_fields(part):
            if name not in _LAYOUT and value is not None and value != []:
                yield f"{name}="
                yield from _written(value)
        yield ")"
    elif isinstance(part, list):
        yield "["
        for entry in part:
            if not _is_docstring(entry):
                yield from _written(entry)
        yield "]"
    else:
        yield f"{part!r},"


def _is_docstring(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
