"""One tree out of a root file and the files it includes: read within its folder, each once, ids unique."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.errors import Problem, Span, SpecError, UsageError, first_problems
from archspec.language.reader.document import Document, read_bytes
from archspec.language.reader.files import DISK, SpecFiles
from archspec.language.suggestions import did_you_mean
from archspec.model import SourceMap

if TYPE_CHECKING:
    from archspec.language.memory import Memory
    from archspec.model import Architecture

Read = Callable[[bytes, str], Document]
"""Reads the bytes of a file, whose name in spans is given."""
FILE_LIMIT = 500
"""The most files one spec may include."""


@dataclass(slots=True)
class Tree:
    """The data of a spec and its includes as one, with where each part was written."""

    data: dict[str, Any] | None
    source: SourceMap
    problems: list[Problem]


def built(
    tree: Tree,
    settings: Mapping[str, Any] | None = None,
    *,
    load_files_in: Path | None = None,
    memory: "Memory | None" = None,
) -> "Architecture":
    """The architecture of a tree; `settings` (`--set`) go over the spec's own `set`.

    Its load files must lie in `load_files_in` (None: anywhere). What `memory` has of it is not made anew.

    Raises:
        SpecError: with the problems found while reading, and those found while building, as one.

    """
    from archspec.language.build import build

    problems, texts = list(tree.problems), tree.source.texts
    if tree.data is not None:
        try:
            architecture = build(tree.data, tree.source, settings, memory=memory)
        except SpecError as error:
            texts = error.sources
            known = {problem.span[:3] for problem in problems if problem.span}
            problems += [found for found in error.problems if found.span is None or found.span[:3] not in known]
        else:
            problems += _load_files_outside(architecture, load_files_in)
            if not problems:
                return architecture
    problems.sort(key=lambda problem: problem.span or Span("", 0, 0, 0, 0))
    raise SpecError(first_problems(problems), dict(texts))


def _load_files_outside(architecture: "Architecture", folder: Path | None) -> list[Problem]:
    """A problem for each load file of a scenario that leads out of the folder."""
    if folder is None:
        return []
    found = []
    for scenario in architecture.scenarios.values():
        for flow, load in scenario.load.items() if isinstance(scenario.load, dict) else ():
            if load.file is not None and not DISK.holds(folder, folder / load.file):
                remedy = "keep it below the spec's folder, or run with `--allow-outside`."
                place = architecture.source.value(("scenarios", scenario.id, "load", flow, "file"))
                found.append(Problem(f"`{load.file}` lies outside the spec's folder", remedy, place))
    return found


def tree_of(path: Path, files: SpecFiles, *, allow_outside: bool = False, read: Read = read_bytes) -> Tree:
    """The tree of a root file, it and its includes read from `files`.

    Raises:
        UsageError: the root file cannot be read.

    """
    document = read(files.contents(path, None if allow_outside else path.parent), str(path))
    return resolve(document, path.parent, allow_outside=allow_outside, files=files, read=read)


def resolve(
    document: Document,
    folder: Path | None,
    *,
    allow_outside: bool = False,
    files: SpecFiles = DISK,
    read: Read = read_bytes,
) -> Tree:
    """The tree of a root document. Includes are read from `folder` and below; None: they are refused."""
    tree = Tree(None, document.source, list(document.problems))
    if not document.complete:
        return tree
    if not isinstance(document.data, dict):
        if not document.problems or document.data is not None:
            tree.problems.append(no_mapping(document))
        return tree
    tree.data = document.data
    _Includer(tree, folder, allow_outside, files, read).follow(document, folder)
    return tree


def no_mapping(document: Document) -> Problem:
    """What to say of a document that is empty, a list or a text."""
    remedy = "begin with `archspec: 1`, `name: …` and `components:`; `archspec init` writes a first spec."
    if document.data is None:
        return Problem("the file is empty", remedy, Span(document.file, 1, 1, 1, 1))
    what = "a list" if isinstance(document.data, list) else "text"
    return Problem(f"a spec is a mapping, and this is {what}", remedy, document.source.value(()))


@dataclass(slots=True)
class _Includer:
    """Follows `include`, outermost first, and merges what it finds."""

    tree: Tree
    folder: Path | None
    allow_outside: bool
    files: SpecFiles
    read: Read

    def follow(self, root: Document, folder: Path | None) -> None:
        if "include" not in root.data:
            return
        asked = self._asked(root)
        if folder is None:
            for _, span in asked:
                remedy = "save the spec as a file; its includes are read from the folder of that file."
                self._problem("text that is not in a file cannot include files", remedy, span)
            return
        from archspec.language.reader.merge import merge

        name = "" if root.file == "<stdin>" else root.file
        first = (self.files.real(Path(name)),) if name else ()
        waiting = [(word, span, folder, first) for word, span in reversed(asked)]
        seen = set(first)
        found: dict[tuple[Path, str], tuple[Path, Path] | None] = {}
        while waiting:
            word, span, base, chain = waiting.pop()
            if (base, word) not in found:  # to follow a path's links takes long, and one may be named often
                allowed = self._allowed(word, base, span)
                found[base, word] = None if allowed is None else (allowed, self.files.real(allowed))
            named = found[base, word]
            if named is None:
                continue
            path, real = named
            if real in chain:
                self._problem(f"`{word}` includes itself", "take it out of one of the two files.", span)
            elif real not in seen:
                seen.add(real)
                if len(seen) > FILE_LIMIT:
                    self._problem(f"more than {FILE_LIMIT} files are included", "join some of them.", span)
                    return
                included = self._read(path, word, span)
                if included is not None:
                    below = self._asked(included) if "include" in included.data else []
                    waiting += [(w, s, path.parent, (*chain, real)) for w, s in reversed(below)]
                    self.tree.problems += merge(self.tree.data or {}, self.tree.source, included)

    def _asked(self, document: Document) -> list[tuple[str, Span | None]]:
        """The paths that a document includes; what is no path is a problem."""
        value, source = document.data["include"], document.source
        items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        asked = []
        for index, item in items:
            span = source.value(("include",) if index is None else ("include", index))
            if isinstance(item, str) and item.strip():
                asked.append((str(item), span))
            else:
                self._problem("this is not a path to a file", "write `include: [observability.yaml]`.", span)
        return asked

    def _allowed(self, word: str, base: Path, span: Span | None) -> Path | None:
        """The included file's path, if the spec may read it."""
        if "://" in word or "\0" in word:
            self._problem(f"`{word}` is not a path to a file", "copy it beside the spec; nothing is fetched.", span)
            return None
        path = base / word
        assert self.folder is not None
        if not self.allow_outside and not self.files.holds(self.folder, path):
            remedy = "keep it below the root file's folder, or run with `--allow-outside`."
            self._problem(f"`{word}` lies outside the spec's folder", remedy, span)
            return None
        return path

    def _read(self, path: Path, word: str, span: Span | None) -> Document | None:
        """An included document, or None where it is a problem."""
        if path.suffix == ".py":
            self._problem(f"`{word}` is Python", "include YAML files only.", span)
            return None
        try:
            within = None if self.allow_outside else self.folder
            document = self.read(self.files.contents(path, within), path.as_posix())
        except UsageError as error:
            message = str(error).partition("; ")[0]
            names = self.files.beside(path)
            remedy = did_you_mean(path.name, names, "check the path, which starts at this file's folder.")
            self._problem(message, remedy, span)
            self.tree.source.texts.setdefault(path.as_posix(), "")  # it takes part: once it is there, all is read again
            return None
        self.tree.problems += document.problems
        self.tree.source.texts.update(document.source.texts)
        if isinstance(document.data, dict):
            return document
        if document.complete and document.data is not None:
            self.tree.problems.append(no_mapping(document))
        return None

    def _problem(self, message: str, remedy: str, span: Span | None) -> None:
        self.tree.problems.append(Problem(message, remedy, span))
