"""The command line: parse, call, print. Every failure ends here, as a message and an exit status."""

import os
import sys
from enum import IntEnum
from importlib import import_module
from keyword import iskeyword

import typer

from archspec import __version__
from archspec.cli.terminal import ReaderGoneError, Terminal
from archspec.errors import ArchspecError, DefectError, SpecError, UsageError
from archspec.plain_file import inputs_noted

COMMANDS = (
    "init",
    "import",
    "build",
    "lint",
    "diff",
    "drift",
    "calibrate",
    "rule",
    "render",
    "trace",
    "analyze",
    "simulate",
    "sweep",
    "verify",
    "plan",
    "export",
    "serve",
    "lsp",
    "embed",
    "mcp",
    "fmt",
    "schema",
    "technologies",
)


class Exit(IntEnum):
    """What the exit status says."""

    FINE = 0
    FINDINGS = 1
    """Findings at or above `--fail-on`, or an objective missed where the command was asked to check one."""
    INVALID = 2
    """Wrong usage, or an invalid spec."""
    DEFECT = 3
    """archspec itself is wrong."""
    INTERRUPTED = 130


def application(arguments: list[str]) -> typer.Typer:
    """The commands, one per file of this folder; where the arguments name one, it alone is imported."""
    app = typer.Typer(
        name="archspec",
        help="Architecture as code: lint, draw, trace, simulate and compute a production system.",
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_version_option)
    for name in [arguments[0]] if arguments and arguments[0] in COMMANDS else COMMANDS:
        function = f"{name}_" if iskeyword(name) else name
        app.command(name)(getattr(import_module(f"archspec.cli.{function}"), function))
    return app


def _say_version(asked: bool) -> None:
    if asked:
        Terminal().data(f"archspec {__version__}")
        raise typer.Exit


def _version_option(
    version: bool = typer.Option(
        False, "--version", is_eager=True, callback=_say_version, help="Show the version and leave."
    ),
) -> None:
    """The option acts by its callback, before a command is asked for."""


def run(arguments: list[str]) -> int:
    """Run one command (none: the help) and give its exit status; nothing ever ends in a traceback."""
    try:
        with inputs_noted():
            status = application(arguments)(arguments or ["--help"], standalone_mode=False, prog_name="archspec")
        return status if isinstance(status, int) else Exit.FINE
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else Exit.INVALID
    except KeyboardInterrupt:
        _say("interrupted")
        return Exit.INTERRUPTED
    except ReaderGoneError:
        # `archspec … | head`: its choice, no failure. Python would complain at exit about what is not yet written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINE
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # click's own usage errors
        return _usage(error)
    match error:
        case SpecError():
            _show_frames(error)
            return Exit.INVALID
        case UsageError():
            _say(f"archspec: {error}")
            return Exit.INVALID
        case DefectError() | ArchspecError():
            return _defect(error)
        case RecursionError():
            _say("archspec: the spec is nested too deeply; flatten it.")
            return Exit.INVALID
        case MemoryError():
            _say("archspec: out of memory; ask for less at once.")
            return Exit.INVALID
        case OSError():
            _say(f"archspec: {error.filename or 'a file'}: {error.strerror or error}.")
            return Exit.INVALID
        case _:
            return _defect(error)


def _usage(error: Exception) -> int:
    context = getattr(error, "ctx", None)
    if context is not None:
        _say(*context.get_usage().splitlines(), f"Try '{context.command_path} --help' for help.", "")
    message = error.format_message()  # type: ignore[attr-defined]
    _say(f"archspec: {message.replace('Value error, ', '', 1)}")  # what pydantic puts before a choice that is none
    return Exit.INVALID


def _defect(error: Exception) -> int:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" at {last[0].filename.rpartition('archspec')[2].lstrip('/')}:{last[0].lineno}" if last else ""
    _say(f"archspec: a defect of archspec itself{place}: {type(error).__name__}: {error}")
    _say("Please report it with the spec and the command that showed it.")
    if os.environ.get("ARCHSPEC_DEBUG"):
        _say(*"".join(traceback.format_exception(error)).splitlines())
    return Exit.DEFECT


def _show_frames(error: SpecError) -> None:
    from archspec.importers.foreign import foreign
    from archspec.reports import spec_error

    error = foreign(error)
    terminal = Terminal(no_color="--no-color" in sys.argv)
    terminal.shown(spec_error(error, colour=terminal.error_colour))


def _say(*lines: str) -> None:

    Terminal().error(*lines)
