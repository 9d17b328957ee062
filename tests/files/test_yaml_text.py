"""What is written as YAML is read back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.files import strict_yaml
from game.files.yaml_text import dump

WORDS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    st.from_regex(r"[-+]?[0-9.]{1,4}([eE][-+]?[0-9]{1,2})?", fullmatch=True),
    st.sampled_from(
        ["no", "yes", "on", "null", "~", "true", "", "<<", "=", ".nan", "1:30", "0x1F", "017", "089", "1_000"]
    ),
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(allow_nan=False, allow_infinity=False), WORDS
)
KEYS = st.one_of(WORDS.filter(bool), st.integers(0, 99))
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=15
)


def kinds(value: object) -> object:
    """The shape of a value with the type of each part: 1, 1.0 and True are equal to Python."""
    if isinstance(value, dict):
        return {(type(key), key): kinds(item) for key, item in value.items()}
    return [kinds(item) for item in value] if isinstance(value, list) else type(value)


@given(TREES)
def test_any_value_is_read_back_with_its_types(tree: object) -> None:
    found = strict_yaml.load(dump(tree)).value
    assert found == tree
    assert kinds(found) == kinds(tree)


def test_order_of_keys_is_kept() -> None:
    assert list(strict_yaml.load(dump({"b": 1, "a": 2})).value) == ["b", "a"]


def test_a_value_used_twice_is_written_twice() -> None:
    shared = [1, 2]
    assert strict_yaml.load(dump({"a": shared, "b": shared})).value == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [-float("inf")], object(), {"a": {1, 2}.__iter__()}])
def test_what_has_no_plain_text_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        dump(value)
