"""The files of this machine, with what is open in the editor in their place, saved or not."""

from dataclasses import dataclass, field
from pathlib import Path

from archspec.language.reader.document import read_text
from archspec.language.reader.files import DISK
from archspec.language.reader.tolerant import tolerant


@dataclass(frozen=True, slots=True)
class Buffers:
    """Texts by the real path of their file; all others are read from the disk."""

    open: dict[Path, str] = field(default_factory=dict)

    def holds(self, folder: Path, path: Path) -> bool:
        """Whether a path stays in a folder, links followed."""
        return DISK.holds(folder, path)

    def real(self, path: Path) -> Path:
        """The one name of a file."""
        return DISK.real(path)

    def contents(self, path: Path, within: Path | None) -> bytes:
        """The bytes of a file, as the editor has it."""
        text = self.open.get(path.resolve())
        if text is None or (within is not None and not self.holds(within, path)):
            return DISK.contents(path, within)
        return text.encode("utf-8", "surrogatepass")

    def beside(self, path: Path) -> list[str]:
        """The names of the specs beside a file that is not there."""
        return DISK.beside(path)

    def copy(self) -> "Buffers":
        """The same texts, whatever is typed from now on."""
        return Buffers(dict(self.open))

    def mended(self) -> "Buffers":
        """The same texts, each that cannot be read with one line closed or left out so that it can, if that is enough.

        Positions stay, as far as they lie before the end of that line.
        """
        return Buffers({path: mended(text) for path, text in self.open.items()})


def mended(text: str) -> str:
    """A text that can be read, if closing or leaving out one line is enough for that; else the text."""
    document = read_text(text, "")
    for problem in () if document.complete else document.problems[:_LINES_TRIED]:
        closed = tolerant(text, "", problem.span.line) if problem.span else document
        if closed.complete:
            return closed.text
    return text


_LINES_TRIED = 3
