"""Text to data with positions: one YAML file, read without recursion, tags or guesses."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archspec.errors import Problem, UsageError
from archspec.frozen import frozen
from archspec.language.reader.characters import cleaned, decode
from archspec.model import SourceMap

if TYPE_CHECKING:
    from archspec.language.reader.pieces import Pieces

_ROUNDS = 12
"""How many syntax errors of one file are told at once: each is patched over and the file read again."""


@frozen
class Document:
    """One file, read.

    `data` holds dicts, lists, `Plain` (unquoted) and `str` (quoted) scalars, and None for what is empty;
    `source` has the span of every key and value. With `complete` false the file could not be read to its
    end, and `data` is but a part of it; other problems leave the data whole.
    """

    file: str
    text: str
    data: Any
    source: SourceMap
    problems: tuple[Problem, ...]
    complete: bool


def read_bytes(data: bytes, file: str, pieces: "Pieces | None" = None) -> Document:
    """The document in a file's bytes. `file` is the name used in spans, `pieces` what is known of it already."""
    text, problems = decode(data, file)
    if problems:
        return Document(file, text, None, SourceMap(texts={file: text}), problems, complete=False)
    return read_text(text, file, is_file=True, pieces=pieces)


def read_text(text: str, file: str, *, is_file: bool = False, pieces: "Pieces | None" = None) -> Document:
    """The document in a text; of a whole file that is a list, nothing of the list. With `pieces` it is the same.

    >>> document = read_text("a: [1, 'x']", "a.yaml")
    >>> document.data, document.source.value(("a", 1)).label
    ({'a': ['1', 'x']}, 'a.yaml:1:8')
    """
    import yaml

    if not yaml.__with_libyaml__:
        remedy = "run `pip install --force-reinstall --only-binary :all: pyyaml`."
        raise UsageError(f"PyYAML was built without libyaml, and its own parser reads some texts differently; {remedy}")
    from archspec.language.reader.tree import Builder, OverloadError

    text = text.removeprefix("\ufeff")
    readable, found = cleaned(text, file)
    problems = list(found)
    patched, complete = readable, True
    for _ in range(_ROUNDS):
        with _collector_paused():
            read = pieces.read(patched, file) if pieces is not None else None
        if read is not None:
            data, source = read
            source.texts[file] = text
            return Document(file, text, data, source, tuple(sorted(problems, key=_place)), complete)
        builder = Builder(patched, file, is_file=is_file)
        try:
            with _collector_paused():
                builder.run(yaml.parse(patched, Loader=yaml.CLoader))
        except OverloadError:
            complete = False
        except yaml.MarkedYAMLError as error:
            from archspec.language.reader.syntax import explain

            complete = False
            problem, repaired = explain(error, patched, file)
            problems.append(problem)
            if repaired is not None:
                patched = repaired
                continue
        break
    problems += builder.problems
    builder.source.texts[file] = text
    return Document(file, text, builder.data, builder.source, tuple(sorted(problems, key=_place)), complete)


def _place(problem: Problem) -> tuple[str, int, int, int, int]:
    return problem.span or ("", 0, 0, 0, 0)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without the cycle collector: a tree has no cycles, and walking it over and over would double the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
