"""Mending mistakes of a spec that have one obvious remedy."""

import re
from collections.abc import Iterator

from archspec.errors import Problem, SpecError
from archspec.language.edits import Edit, insertion
from archspec.language.reader.characters import lines

_UNDECLARED = re.compile(r"`([^`]+)` is not declared")
_MEANT = re.compile(r"did you mean `([^`]+)`\?")
_SECTIONS = ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios")


def problem_edits(error: SpecError) -> tuple[Edit, ...]:
    """Edits for ids with a slip of the pen and one close match, and for a missing language version."""
    return tuple(edit for problem in error.problems for edit in _edits(problem, error.sources))


def _edits(problem: Problem, sources: dict[str, str]) -> Iterator[Edit]:
    span = problem.span
    if span is None:
        return
    if problem.message == "the spec does not say its language version":
        yield insertion(span.file, 1, 1, "archspec: 1\n")
    wrong, meant = _UNDECLARED.search(problem.message), _MEANT.search(problem.remedy)
    if problem.code == "STR01" and wrong and meant and _is_sure(wrong[1], meant[1], sources):
        line = lines(sources[span.file])[span.line - 1]
        if line[span.column - 1 : span.end_column - 1] == wrong[1]:
            yield Edit(span, meant[1])


def _is_sure(word: str, meant: str, sources: dict[str, str]) -> bool:
    """Whether one id of the spec alone is close to a word, for two could both be meant; and says no contrary."""
    from archspec.language.suggestions import alike, are_opposites

    return not are_opposites(word, meant) and len(alike(word, _ids(sources) - {word}, most=2)) == 1


def _ids(sources: dict[str, str]) -> set[str]:
    """What the files of a spec declare."""
    from archspec.language.reader.document import read_text

    found: set[str] = set()
    for file, text in sources.items():
        data = read_text(text, file).data
        for section in _SECTIONS if isinstance(data, dict) else ():
            if isinstance(data.get(section), dict):
                found.update(map(str, data[section]))
    return found
