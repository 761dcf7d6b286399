"""The door through which everything that was asked for leaves: to a file, or to standard output."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from archspec.cli.output import write_file
from archspec.cli.terminal import Terminal
from archspec.errors import UsageError
from archspec.printable import Syntax, harmless_text

if TYPE_CHECKING:
    from archspec.reports import Report, Subject

T = TypeVar("T")


def report_of(name: str | None, output: Path | None, *subjects: "Subject") -> "Report[Any]":
    """The format that `--format` names, else that of the file's suffix, else the usual one.

    Raises:
        UsageError: there is no such format, or its bytes would go to a terminal.

    """
    from archspec.reports import report_for

    report = report_for(*subjects, name=name, file=str(output) if output else None)
    if not report.is_text:
        _refuse_bytes(report.name, output)
    return report


def deliver(report: "Report[T]", value: T, output: Path | None, terminal: Terminal) -> None:
    """Write results in a format where they are wanted: a person at a terminal gets them dressed for it."""
    if report.show is not None and output is None:
        syntax = Syntax.COLOURED if terminal.colour else report.syntax
        terminal.data(report.show(value, terminal.screen), syntax)
    else:
        deliver_content(report.write(value), report.syntax, report.name, output, terminal)


def deliver_content(
    content: str | bytes, syntax: Syntax, format_name: str, output: Path | None, terminal: Terminal
) -> None:
    """Write a content where it is wanted, harmless to what shows it, and say which file was written.

    Raises:
        UsageError: the place cannot be written, or bytes are to go to a terminal.

    """
    if output is not None:
        write_file(output, content if isinstance(content, bytes) else harmless_text(content, syntax))
        terminal.message(f"wrote {output}")
    elif isinstance(content, str):
        terminal.data(content, syntax)
    else:
        _refuse_bytes(format_name, output)
        terminal.binary(content)


def _refuse_bytes(format_name: str, output: Path | None) -> None:
    if output is None and sys.stdout.isatty():
        raise UsageError(f"{format_name} is not text that a terminal can show; name a file with -o.")
