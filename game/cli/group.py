"""The group of commands: found by name when called, errors in one line, exit codes of definitions.md."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from game.core.errors import PaxError

#: Command -> module of game.cli that holds it under the same name (a `-` becomes `_`), and its line in `--help`.
COMMANDS: dict[str, tuple[str, str]] = {
    "play": ("play", "Play in a window."),
    "run": ("run", "Play a scenario headless, in one world or many."),
    "sweep": ("sweep", "Run a scenario again and again with numbers changed."),
    "tournament": ("tournament", "Let strategies play one another, and rate them."),
    "ablate": ("ablate", "Play with each system switched off, and tell what moves."),
    "balance": ("balance", "Measure whether it is a good game, with a verdict on each indicator."),
    "statecraft": ("statecraft", "Measure what is proposed, signed, kept and broken, and whether it pays."),
    "forecast": ("forecast", "Tell what may come of a saved game, with orders and without."),
    "calibration": ("calibration", "Measure how often forecasts hold what comes."),
    "strategy": ("strategy", "Write a strategy of your own, and check it."),
    "check": ("check", "Say what is wrong with a scenario or an order file."),
    "sanity": ("sanity", "Compare a scenario with the published record."),
    "par": ("par", "Make the table that points are measured by."),
    "explain": ("explain", "Tell why: prices, trust, contracts, controls, scores, decisions."),
    "debrief": ("debrief", "Make a page of a saved game, to talk about in class."),
    "replay": ("replay", "Play a saved game again from its log."),
    "list": ("listing", "List scenarios, strategies, nations, plants, goods and more."),
    "glossary": ("glossary", "Explain the words and quantities of the game."),
    "screenshot": ("screenshot", "Draw a screen of the game into a picture."),
    "bench": ("bench", "Measure speed and memory."),
    "doctor": ("doctor", "Check that the game can run here."),
}
ANSWER_NO, WRONG_INPUT = 1, 2


class PaxGroup(click.Group):
    """Loads a command when it is asked for, and ends every error in one line without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table above: what a new user needs first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"game.cli.{COMMANDS[cmd_name][0]}"), cmd_name.replace("list", "list_command"))
        if not isinstance(command, click.Command):
            raise TypeError(f"game.cli.{cmd_name} holds no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown command lists those there are."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" (did you mean '{near[0]}'?)" if near else ""
            raise click.UsageError(f"unknown command '{args[0]}'{hint}; valid: {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, from here: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and exit: 0 done, 1 it ran and the answer is no, 2 the input is wrong."""
        _print_anything()
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            code = _said(error.format_message(), WRONG_INPUT)
        except PaxError as error:
            code = _said(str(error), WRONG_INPUT)
        except click.Abort:
            code = _said("stopped", ANSWER_NO)
        except OSError as error:
            # Nobody can be told on a stream that takes nothing more; the rest goes nowhere.
            _drop_stdout()
            code = ANSWER_NO if error.errno == errno.EPIPE else _said(_of_system(error), WRONG_INPUT)
        sys.exit(code if isinstance(code, int) else 0)


def _said(text: str, code: int) -> int:
    click.echo(text, err=True)
    return code


def _of_system(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _drop_stdout() -> None:
    """Send what is still to be written on stdout nowhere, so that the interpreter ends without noise."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_anything() -> None:
    """Show what a terminal has no letter for as its code: a name in a scenario must not end a run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def installed_version() -> str:
    """Version of the distribution, or of the checkout when nothing is installed."""
    try:
        return version("pax-silica")
    except PackageNotFoundError:
        from game import __version__

        return __version__


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"pax-silica {installed_version()}")
        ctx.exit()


@click.group(cls=PaxGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Pax Silica: steer one nation through the supply chain of AI chips, quarter by quarter from 2026.

    Without a command the window opens.

    \b
    Examples:
      pax-silica                               play in a window
      pax-silica run pax_silica_2026           play 32 quarters headless
      pax-silica run pax_silica_2026 --worlds 64 --json -
      pax-silica list scenarios
    """
    if ctx.invoked_subcommand is None:
        from game.cli.play import play

        ctx.invoke(play)
