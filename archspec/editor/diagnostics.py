"""Findings and mistakes as editors show them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Position,
    Range,
)

from archspec.editor.positions import Positions, uri_of
from archspec.editor.snapshot import Snapshot
from archspec.validators import Finding, Severity
from archspec.validators.rule_pages import page_url
from archspec.validators.unused_suppressions import UNUSED_SUPPRESSION

_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}


def diagnostics(known: Snapshot, positions: Positions) -> dict[str, list[Diagnostic]]:
    """What was found in a spec, by the URI of the file that it stands in; each file that takes part has its list."""
    named = cache(uri_of)  # to follow the links of a path takes long, and hundreds of places are in one file
    found: dict[str, list[Diagnostic]] = {named(file): [] for file in (str(known.root), *known.texts)}
    for finding in known.outcome.findings:
        file = finding.span.file if finding.span else str(known.root)
        found.setdefault(named(file), []).append(_diagnostic(finding, known.texts, positions, named))
    return found


def _diagnostic(
    finding: Finding, texts: Mapping[str, str], positions: Positions, named: Callable[[str], str]
) -> Diagnostic:
    span = finding.span
    start = Position(0, 0)
    return Diagnostic(
        range=positions.range(span, texts.get(span.file, "")) if span else Range(start, start),
        message=finding.text,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=CodeDescription(page_url(finding.code)),
        source="archspec",
        tags=[DiagnosticTag.Unnecessary] if finding.code == UNUSED_SUPPRESSION else None,
        related_information=[
            DiagnosticRelatedInformation(
                Location(named(place.file), positions.range(place, texts.get(place.file, ""))), word
            )
            for place, word in finding.related
        ],
    )


def joined(lists: Iterable[list[Diagnostic]]) -> list[Diagnostic]:
    """What several specs say of a file that they share, each once."""
    found: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in (each for several in lists for each in several):
        start = diagnostic.range.start
        found.setdefault((start.line, start.character, diagnostic.code, diagnostic.message), diagnostic)
    return list(found.values())
