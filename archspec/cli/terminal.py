"""Where output goes: data to standard output, messages and progress to standard error, colour only on a terminal."""

import os
import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from archspec.frozen import frozen
from archspec.printable import Syntax, harmless, one_line

if TYPE_CHECKING:
    from archspec.reports import Screen


class ReaderGoneError(Exception):
    """Who read our output has left. The command line's library would turn a plain `BrokenPipeError` into a failure."""


@frozen
class Terminal:
    """How this run talks."""

    quiet: bool = False
    no_color: bool = False

    def data(self, text: str, syntax: Syntax = Syntax.PLAIN) -> None:
        """Write what was asked for to standard output, harmless in its syntax and ended by one line break."""
        _write(sys.stdout, harmless(text, syntax))

    def verbatim(self, text: str) -> None:
        """Write a file's own text to standard output: as it is, but to a terminal harmless."""
        _write(sys.stdout, harmless(text, Syntax.PLAIN) if sys.stdout.isatty() else text)

    def binary(self, data: bytes) -> None:
        """Write bytes to standard output."""
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None

    def message(self, *lines: str) -> None:
        """Tell the person something on standard error, unless `--quiet`; each argument stays one line."""
        if not self.quiet:
            self.error(*lines)

    def error(self, *lines: str) -> None:
        """Tell the person of a failure on standard error; each argument stays one line."""
        self.shown("\n".join(_one_line(line) for line in lines))

    def shown(self, text: str) -> None:
        """Write a text of several lines, which may have our colours, to standard error."""
        _write(sys.stderr, harmless(text, Syntax.COLOURED))

    @property
    def colour(self) -> bool:
        """Whether standard output takes colour."""
        return self._colour(sys.stdout)

    @property
    def screen(self) -> "Screen":
        """What standard output is to a reader."""
        from archspec.reports import Screen

        return Screen(self.colour, get_terminal_size().columns if sys.stdout.isatty() else None)

    @property
    def error_colour(self) -> bool:
        """Whether standard error takes colour."""
        return self._colour(sys.stderr)

    @property
    def shows_progress(self) -> bool:
        """Whether a progress bar would be seen."""
        return not self.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def _colour(self, stream: TextIO) -> bool:
        if self.no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def _one_line(line: str) -> str:
    """One line, with the blanks that lay it out."""
    words = line.lstrip(" ")
    return " " * (len(line) - len(words)) + one_line(words)


def _write(stream: TextIO, text: str) -> None:
    if text:
        encoding = stream.encoding or "utf-8"
        whole = text if text.endswith("\n") else text + "\n"
        try:
            stream.write(whole.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None
