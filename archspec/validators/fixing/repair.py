"""All edits that mend a spec, from what was found in it."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from archspec.errors import Problem, SpecError
from archspec.frozen import frozen
from archspec.language import Edit, addition_edit, apply_edits, insertion
from archspec.language.reader.characters import lines
from archspec.language.suggestions import alike, are_opposites
from archspec.model import Architecture, SourceMap
from archspec.validators import Config, Finding, judge
from archspec.validators.unused_suppressions import UNUSED_SUPPRESSION


@frozen
class Repair:
    """Files of a spec before and after one round of mending; only those that change."""

    before: Mapping[str, str]
    after: Mapping[str, str]


def repair_broken(error: SpecError) -> Repair:
    """What mends an invalid spec: ids with one close match, a missing language version."""
    return _repair(dict(error.sources), problem_edits(error))


def repair_valid(architecture: Architecture, config: Config, file: str, *, unsafe: bool = False) -> Repair:
    """What mends a valid one: unused suppressions go, the schema line comes; with `unsafe` also what rules add.

    `unsafe` writes figures that somebody has to think about (a timeout, a health check, a receiver).
    """
    source = architecture.source
    findings = judge(architecture, config, file).findings
    edits = list(suppression_edits(findings, source.texts))
    line = schema_line_edit(Path(file), source.texts[file]) if file in source.texts else None
    edits += [line] if line else []
    if unsafe:
        edits += _additions(findings, source)
    return _repair(source.texts, tuple(edits))


def repair_added(architecture: Architecture, findings: Iterable[Finding]) -> Repair:
    """What findings would add."""
    return _repair(architecture.source.texts, tuple(_additions(findings, architecture.source)))


def _additions(findings: Iterable[Finding], source: SourceMap) -> list[Edit]:
    additions = dict.fromkeys(finding.adds for finding in findings if finding.adds)
    return [edit for addition in additions if (edit := addition_edit(addition, source))]


def _repair(texts: Mapping[str, str], edits: tuple[Edit, ...]) -> Repair:
    before = {file: text for file, text in texts.items() if any(edit.file == file for edit in edits)}
    after = {file: apply_edits(text, [e for e in edits if e.file == file]) for file, text in before.items()}
    return Repair(before, after)


SCHEMA_FILE = "archspec.schema.json"


def schema_line_edit(file: Path, text: str) -> Edit | None:
    """The line, where a schema lies beside the spec or above it and the spec names none."""
    if "yaml-language-server:" in text.split("\n\n", 1)[0]:
        return None
    folder = file.resolve().parent
    found = next((above for above in (folder, *folder.parents) if (above / SCHEMA_FILE).is_file()), None)
    if found is None:
        return None
    name = Path(os.path.relpath(found / SCHEMA_FILE, folder)).as_posix()
    return insertion(
        str(file), 1, 1, f"# yaml-language-server: $schema={name if name.startswith('.') else './' + name}\n"
    )


def suppression_edits(findings: Iterable[Finding], sources: Mapping[str, str]) -> tuple[Edit, ...]:
    """Edits that take unused codes out of their comments, and comments (or their lines) out that name none then."""
    unused: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.code == UNUSED_SUPPRESSION and finding.message.endswith("suppresses nothing here"):
            unused.setdefault(finding.span, []).append(finding)
    return tuple(_edit(group, sources) for group in unused.values())


def _edit(group: list[Finding], sources: Mapping[str, str]) -> Edit:
    span = group[0].span
    assert span is not None  # a suppression always has a place
    line = lines(sources[span.file])[span.line - 1]
    comment = line[span.column - 1 :]
    start, _, rest = comment.partition("[")
    codes, _, reason = rest.partition("]")
    left = [code.strip() for code in codes.split(",") if code.strip() not in {each.element for each in group}]
    if left:
        return Edit(span, f"{start}[{', '.join(left)}]{reason}".rstrip())
    before = line[: span.column - 1].rstrip()
    if before:
        return Edit(span._replace(column=len(before) + 1), "")
    return Edit(span._replace(column=1, end_line=span.line + 1, end_column=1), "")


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
    return not are_opposites(word, meant) and len(alike(word, _ids(sources) - {word}, most=2)) == 1


def _ids(sources: dict[str, str]) -> set[str]:
    """What the files of a spec declare."""
    from archspec.language import read_text

    found: set[str] = set()
    for file, text in sources.items():
        data = read_text(text, file).data
        for section in _SECTIONS if isinstance(data, dict) else ():
            if isinstance(data.get(section), dict):
                found.update(map(str, data[section]))
    return found
