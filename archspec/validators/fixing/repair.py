"""All edits that mend a spec, from what was found in it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from archspec.errors import SpecError
from archspec.frozen import frozen
from archspec.language.additions import addition_edit
from archspec.language.edits import Edit, apply_edits
from archspec.model import Architecture, SourceMap
from archspec.validators import Config, Finding, judge
from archspec.validators.fixing.problems import problem_edits
from archspec.validators.fixing.schema_line import schema_line_edit
from archspec.validators.fixing.suppressions import suppression_edits


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
