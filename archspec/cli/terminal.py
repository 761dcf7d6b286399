"""Where output goes: data to standard output, messages and progress to standard error, colour only on a terminal."""

import os
import sys
from dataclasses import dataclass
from typing import TextIO


class ReaderGoneError(Exception):
    """Who read our output has left. The command line's library would turn a plain `BrokenPipeError` into a failure."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """How this run talks."""

    quiet: bool = False
    no_color: bool = False

    def data(self, text: str) -> None:
        """Write what was asked for to standard output, ended by one line break."""
        _write(sys.stdout, text)

    def message(self, text: str) -> None:
        """Tell the person something on standard error, unless `--quiet`."""
        if not self.quiet:
            self.error(text)

    def error(self, text: str) -> None:
        """Tell the person of a failure on standard error."""
        _write(sys.stderr, text)

    @property
    def colour(self) -> bool:
        """Whether standard output takes colour."""
        return self._colour(sys.stdout)

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


def _write(stream: TextIO, text: str) -> None:
    if text:
        encoding = stream.encoding or "utf-8"
        whole = text if text.endswith("\n") else text + "\n"
        try:
            stream.write(whole.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None
