"""How the tests of the command line call it."""

from collections.abc import Callable, Sequence

import pytest
from click.testing import CliRunner, Result

from game.cli import main

Call = Callable[..., Result]


@pytest.fixture
def call() -> Call:
    """Run a command in this process: exit code, stdout, stderr. An error that is no answer fails the test."""

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def one_line(text: str) -> str:
    """The only line of `text`; fails for more or none."""
    lines: Sequence[str] = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]
