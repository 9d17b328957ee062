"""Nothing runs what a file says, and nothing in the repository betrays the machine it was made on."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import all_python_files, imported, text_of, tracked_text_files, tree_of

CODE_IN_DISGUISE = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib"}
UNSAFE_YAML = {"load", "load_all", "full_load", "unsafe_load", "FullLoader", "UnsafeLoader", "Loader", "CSafeLoader"}


def unsafe(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec"):
            yield node.lineno, node.func.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "yaml" and node.attr in UNSAFE_YAML:
                yield node.lineno, f"yaml.{node.attr}"
        elif isinstance(node, ast.keyword) and node.arg == "allow_pickle" and not _is_false(node.value):
            yield node.value.lineno, "allow_pickle"


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_nothing_executes_what_a_file_says() -> None:
    assert [f"{f}:{line} {what}" for f in all_python_files() for line, what in unsafe(tree_of(f))] == []


def test_nothing_reads_code_in_disguise() -> None:
    found = [(f, line, name) for f in all_python_files() for line, name in imported(f)]
    assert found
    assert [entry for entry in found if entry[2].partition(".")[0] in CODE_IN_DISGUISE] == []


@pytest.mark.parametrize(
    "code", ["eval(x)", "exec(x)", "yaml.load(x)", "yaml.CSafeLoader", "np.load(f, allow_pickle=True)"]
)
def test_unsafe_code_is_found(code: str) -> None:
    assert list(unsafe(ast.parse(code)))


# Put together from parts, so that this file does not contain what it looks for.
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~*-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "tm" + "p", "ho" + "me"]) + r")/\w"
)
REGISTRY = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npm", "npm" + r"js\.(?:org|com)"])
)


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["path of a machine", "host of a registry"])
def test_no_tracked_text_names_a_machine_or_registry(pattern: re.Pattern[str]) -> None:
    files = tracked_text_files()
    assert "pyproject.toml" in files
    assert [f"{f}: {found[0]}" for f in files if (found := pattern.search(text_of(f)))] == []


def test_paths_and_hosts_are_told_from_addresses() -> None:
    assert MACHINE_PATH.search("open('/" + "tmp/x')")
    assert not MACHINE_PATH.search("https://example.com/" + "home/x")
    assert REGISTRY.search("https://" + "pypi" + ".org/project")
