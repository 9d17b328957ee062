"""Values as YAML text that `strict_yaml.load` reads back to equal values."""

import math
from typing import Any

import yaml

from game.files.document import Value
from game.files.strict_yaml import is_plain_text

_WIDTH = 120


def dump(value: Value) -> str:
    """Text of a value, keys in their own order.

    Parameters
    ----------
    value : Value
        Mappings, lists, text, finite numbers, true, false and None.

    Raises
    ------
    ValueError
        A number is infinite or not a number, or something else than the above was given.

    >>> dump({"code": "1e3", "share": 0.5})
    'code: "1e3"\\nshare: 0.5\\n'
    """
    try:
        return yaml.dump(value, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


class _PlainDumper(yaml.SafeDumper):
    """Writes no anchors, and quotes all text that our reader, or another program's, might take for something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _PlainDumper, text: str) -> yaml.Node:
    quoted = None if is_plain_text(text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=quoted)


def _number(dumper: _PlainDumper, number: float) -> yaml.Node:
    if not math.isfinite(number):
        raise ValueError(f"{number} cannot be written as a number")
    return dumper.represent_float(number)


_PlainDumper.add_representer(str, _text)
_PlainDumper.add_representer(float, _number)
