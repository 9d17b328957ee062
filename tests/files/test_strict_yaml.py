"""The YAML reader: what it reads, what it refuses, and where it says so."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from game.core.errors import InputError
from game.files import strict_yaml
from game.files.document import Document
from game.files.paths import scenarios


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        strict_yaml.load(text, "x.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("off", "off"),
        ("1:30", "1:30"),
        ("2026-01-15", "2026-01-15"),
        ("2026Q1", "2026Q1"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("'12'", "12"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("12", 12),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("a: ", {"a": None}),
        ("{1: a, '1': b}", {1: "a", "1": "b"}),
        ("[1, [2.5, x]]", [1, [2.5, "x"]]),
        ("|\n  two\n  lines\n", "two\nlines\n"),
    ],
)
def test_plain_words_stay_text_and_numbers_are_numbers(text: str, value: object) -> None:
    found = strict_yaml.load(text).value
    assert found == value
    assert type(found) is type(value)


def test_every_key_and_value_has_its_place() -> None:
    document = strict_yaml.load("a:\n  - b: 1\n    c: [x, y]\n", "x.yaml")
    assert document.position(("a", 0, "c"), key=True) == (3, 5)
    assert document.position(("a", 0, "c")) == (3, 8)
    assert document.position(("a", 0, "c", 1)) == (3, 12)
    assert document.position(("a", 0)) == (2, 5)


def test_something_absent_is_placed_at_its_nearest_parent() -> None:
    document = strict_yaml.load("a:\n  b: 1\n", "x.yaml")
    assert document.position(("a", "z", "y")) == (2, 3)
    assert document.position(("q",), key=True) == (1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3:1: a: key 'a' is repeated; it is first set in line 1"),
        ("a: &x 1\n", "x.yaml:1:4: an anchor (&x); write values out where they are used"),
        ("a: *x\n", "x.yaml:1:4: an alias (*x); write the value out"),
        ("a:\n  <<: {b: 1}\n", "x.yaml:2:3: a: a merge key (<<); write the keys out"),
        ("a: !!float 1\n", "x.yaml:1:4: a tag (tag:yaml.org,2002:float); leave it out"),
        ("a: ! 1\n", "x.yaml:1:4: a tag (!); leave it out"),
        ("a:\n\tb: 1\n", "x.yaml:2:1: a tab; use spaces"),
        ("a: .nan\n", "x.yaml:1:4: a: .nan is not a number"),
        ("a: -.inf\n", "x.yaml:1:4: a: -.inf is not a number"),
        ("a: 1e999\n", "x.yaml:1:4: a: 1e999 is too large for a number"),
        ("a: " + "9" * 5000, "x.yaml:1:4: a: a number of 5000 characters; at most 40 are read"),
        (
            "a\n---\nb\n",
            "x.yaml:2:1: not valid YAML: expected a single document in the stream but found another document",
        ),
        ("%YAML 1.1\n---\na: 1\n", "x.yaml:1:1: a % directive; leave it out"),
        ("a: [1, 2\n", "x.yaml:2:1: not valid YAML: while parsing a flow sequence expected"),
        ("", "x.yaml: the file is empty"),
        ("# only a remark\n", "x.yaml: the file is empty"),
        ("a: x\x07", "x.yaml:1:5: character 0x0007 is not allowed in text"),
        ('a: "\\e[31m"', "x.yaml:1:4: a: character 0x001b is not allowed in text"),
        ('a: "\\ud800"', "x.yaml:1:4: a: character 0xd800 is not allowed in text"),
        ('a: "\\U7fffffff"', "x.yaml:1:7: not valid YAML: an escape or number out of range"),
        ("[a]: 1", "x.yaml:1:1: a list or mapping as a key; a key is text or a whole number"),
        ("true: 1", "x.yaml:1:1: key 'true'; a key is text or a whole number"),
        ("'': 1", "x.yaml:1:1: key ''; a key is text or a whole number"),
        ("k" * 101 + ": 1", "x.yaml:1:1: a key of 101 characters; at most 100 are read"),
    ],
)
def test_refusal_says_where_and_what(text: str, message: str) -> None:
    assert refused(text).startswith(message)


def test_all_repeated_keys_are_reported_at_once() -> None:
    assert refused("a: 1\na: 2\nb: {c: .nan}\n").count("\n") == 1


MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join(['*' + before] * 9)}]}}\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (MERGE_BOMB, "anchor"),
        ("[" * 100_000, "nested more than"),
        ("- " * 100_000, "nested more than"),
        ("{a: " * 100_000, "nested more than"),
        ("? " * 100_000, "nested more than"),
        ("- a\n" * 100_000, "more than 30000 keys and values"),
        ("a: 1\n" * 75_000, "more than 30000 keys and values"),
        ('"' + "a\n" * 190_000, "unexpected end of stream"),
        ("[" + "a," * 190_000, "more than 30000 keys and values"),
        ("\n" * 390_000, "the file is empty"),
        ("a\n" * 190_000 + ": b", "not valid YAML"),
        ("!" + "a" * 390_000 + " b", "a tag"),
        ("x" * 400_001, "0.4 MB; at most 0.4 MB are read"),
    ],
    ids=lambda value: value[:8] if len(value) < 50 else "bomb",
)
def test_bombs_are_refused_in_under_two_seconds_with_a_short_message(text: str, message: str) -> None:
    start = time.process_time()
    found = refused(text)
    assert time.process_time() - start < 2
    assert message in found
    assert len(found) < 400


def test_worst_refusal_stays_under_200_megabytes() -> None:
    code = """
from game.core.errors import InputError
from game.files import strict_yaml
from game.lab.memory import peak_bytes
try:
    strict_yaml.load("a: {b: [c, d]}\\n" * 24_000)
except InputError as error:
    print(peak_bytes(), error)
"""
    pytest.importorskip("resource", reason="only POSIX systems report a peak")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    peak, _, message = run.stdout.partition(" ")
    assert int(peak) < 200e6
    assert "more than 30000" in message


def test_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match=r"huge.yaml: 50.0 MB; at most 0.4 MB are read"):
        strict_yaml.load(path)


def test_text_in_another_encoding_is_refused_at_its_byte(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 1\nü: ".encode() + b"\xff\n")
    with pytest.raises(InputError, match=r"^x.yaml:2:4: byte 0xff is not UTF-8 text; save the file as UTF-8$"):
        strict_yaml.load(path, "x.yaml")


def test_utf16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1", encoding="utf-16")
    with pytest.raises(InputError, match="x.yaml:1:1: byte 0xff is not UTF-8"):
        strict_yaml.load(path, "x.yaml")


def test_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1", encoding="utf-8-sig")
    assert strict_yaml.load(path).value == {"a": 1}


@pytest.mark.parametrize(("name", "message"), [("absent.yaml", "no such file"), (".", "not a file"), ("a\0b", "null")])
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        strict_yaml.load(tmp_path / name)


def test_half_a_file_never_reads_as_the_whole() -> None:
    text = "a:\n  b: [1, 2, {c: d}]\n  e: 'f'\n"
    whole = strict_yaml.load(text).value
    for cut in range(len(text) - 1):
        try:
            assert strict_yaml.load(text[:cut]).value != whole
        except InputError as error:
            assert str(error)


def always_a_document_or_a_refusal(text: str) -> None:
    try:
        document = strict_yaml.load(text, "x.yaml")
    except InputError as error:
        assert all(problem.file == "x.yaml" and problem.message for problem in error.problems)
    else:
        assert isinstance(document, Document)
        assert () in document.values


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    always_a_document_or_a_refusal(text)


@given(st.text(alphabet="ab01:-?[]{}#&*!|>'\"%@,.\\ \n<=~e_xuU", max_size=120))
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    always_a_document_or_a_refusal(text)


def both_ways(text: str) -> list[object]:
    found = []
    for compose in (strict_yaml._compose_fast, lambda text: strict_yaml._compose_slowly(text, "x.yaml")):
        try:
            node = compose(text)
        except InputError:
            node = None
        document = Document("x.yaml", None, {}, {})
        found.append(node and (repr(strict_yaml._build(node, (), document, [])), document.keys))
    return found


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")
@given(st.text(alphabet="ab01:-?[]{}#&*!|>'\"%@,.\\ \n<=~e_xuU", max_size=60))
def test_libyaml_reads_nothing_otherwise_than_the_parser_in_python(text: str) -> None:
    fast, slow = both_ways(text)
    assert fast is None or fast == slow


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")
def test_shipped_files_are_read_by_libyaml_and_alike() -> None:
    for path in scenarios().glob("*.yaml"):
        fast, slow = both_ways(path.read_text(encoding="utf-8"))
        assert fast == slow or (fast is None and path.stem == "sources"), path.name  # question marks in addresses


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(content)
    try:
        assert strict_yaml.load(path, "x.yaml").values
    except InputError as error:
        assert error.problems


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufeff"), max_size=20
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9), words)
keys = st.one_of(words.filter(bool), st.integers(0, 99))
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=15
)


@given(trees)
def test_what_a_yaml_writer_writes_is_read_back(tree: object) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=False, width=10_000).removesuffix("...\n")
    assert strict_yaml.load(text).value == tree
