"""The door through which every report leaves: to a file, or to standard output."""

import sys
from pathlib import Path

from archspec.cli.output import write_file
from archspec.cli.terminal import Terminal
from archspec.errors import UsageError
from archspec.printable import Syntax, harmless

_JSON = frozenset({"json", "sarif", "gitlab", "otlp", "chrome", "jaeger", "zipkin", "speedscope"})
_MARKUP = frozenset({"html", "svg", "junit", "graphml", "drawio"})
_BITMAPS = frozenset({"png", "pdf"})


def syntax_of(format_: str) -> Syntax:
    """How a format reads its text, by its name, its file's suffix or its media type."""
    name = format_.lower().lstrip(".")
    if name in _JSON or name.endswith("json"):
        return Syntax.JSON
    if name in _MARKUP or name.endswith(("xml", "mxfile", "/html")):
        return Syntax.MARKUP
    return Syntax.COMMANDS if name == "github" else Syntax.PLAIN


def deliver(content: str | bytes, format_: str, output: Path | None, terminal: Terminal, *, told: bool = True) -> None:
    """Write a report where it is wanted, harmless to what shows it, and (`told`) say that it is written.

    Raises:
        UsageError: the place cannot be written, or bytes are to go to a terminal.

    """
    if output is not None:
        write_file(output, harmless_report(content, format_))
        if told:
            terminal.message(f"wrote {output}")
    elif isinstance(content, str):
        syntax = syntax_of(format_)
        terminal.data(content, Syntax.COLOURED if syntax is Syntax.PLAIN and terminal.colour else syntax)
    elif sys.stdout.isatty():
        raise UsageError(f"{format_} is no text for a terminal; name a file with -o.")
    else:
        terminal.binary(content)


def harmless_file(path: str, content: bytes) -> bytes:
    """The content of a file that is known by its suffix, harmless where it is a text."""
    suffix = path.rpartition(".")[2]
    return content if suffix in _BITMAPS else harmless(content.decode(), syntax_of(suffix)).encode()


def harmless_report(content: str | bytes, format_: str) -> str | bytes:
    """A text with one line break at its end and nothing that steers; bytes as they are."""
    if isinstance(content, bytes):
        return content
    return harmless(content if content.endswith("\n") or not content else f"{content}\n", syntax_of(format_))
