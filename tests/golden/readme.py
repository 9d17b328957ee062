"""The examples of README.md: the code in them, and their output made anew.

After a change of the rules: `python -m tests.golden.readme`.
"""

import os
import re
import tempfile
from pathlib import Path

from click.testing import CliRunner

from game.cli import main

README = Path(__file__).resolve().parents[2] / "README.md"
CONSOLE = re.compile(r"```console\n\$ pax-silica ([^\n]*)\n.*?```", re.DOTALL)
WIDTH, QUARTERS, ROWS = 118, 2, 6


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def order_file() -> str:
    """The order file that the README shows."""
    return next(block for block in blocks("yaml") if block.startswith("# ban.yaml"))


def output_of(command: str, folder: Path) -> list[str]:
    """What a command of the README prints, cut to its last quarters and the head of the standings."""
    (folder / "ban.yaml").write_text(order_file(), encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(main, command.split())
    finally:
        os.chdir(before)
    told = result.stderr.splitlines()
    starts = [i for i, line in enumerate(told) if line.startswith("20")]
    lines = ["...", *told[starts[-QUARTERS] :], *result.stdout.splitlines()[:ROWS], "..."]
    return [line.rstrip() if len(line) <= WIDTH else f"{line[: WIDTH - 3]}..." for line in lines]


def renewed(text: str) -> str:
    """README with the output of its commands as it is now."""
    with tempfile.TemporaryDirectory() as folder:

        def block(found: re.Match[str]) -> str:
            lines = "\n".join(output_of(found[1], Path(folder)))
            return f"```console\n$ pax-silica {found[1]}\n{lines}\n```"

        return CONSOLE.sub(block, text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
