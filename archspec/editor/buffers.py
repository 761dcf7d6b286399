"""The files of this machine, with what is open in the editor in their place, saved or not."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from archspec.errors import Problem
from archspec.frozen import frozen
from archspec.language import DISK, Document, Pieces, read_text
from archspec.language.reader.tolerant import closed


@frozen
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

    def mended(self, problems: Iterable[Problem], pieces: Mapping[str, Pieces]) -> "Buffers":
        """The same texts, each with syntax that is wrong with one line closed or left out, if that is enough.

        Positions stay, as far as they lie before the end of that line.
        """
        texts = dict(self.open)
        for problem in [each for each in problems if each.code == "syntax"][:_LINES_TRIED]:
            path = Path(problem.span.file).resolve() if problem.span else None
            if problem.span is None or path is None or texts.get(path) is not self.open.get(path):
                continue
            document = closed(texts.get(path, ""), problem.span.file, problem.span.line, pieces.get(problem.span.file))
            if document is not None:
                texts[path] = document.text
        return Buffers(texts)


def readable(text: str, file: str, pieces: Pieces) -> Document:
    """The document in a text, read with one line closed or left out where that is needed and enough."""
    document = read_text(text, file, pieces=pieces)
    tried = () if document.complete else document.problems[:_LINES_TRIED]
    found = (closed(text, file, problem.span.line, pieces) for problem in tried if problem.span)
    return next((each for each in found if each is not None), document)


_LINES_TRIED = 3
