"""Findings and mistakes as editors show them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from lsprotocol import types

from archspec.editor.positions import Positions, uri_of
from archspec.editor.snapshot import Snapshot
from archspec.validators import Finding, Severity
from archspec.validators.rule_pages import page_url
from archspec.validators.unused_suppressions import UNUSED_SUPPRESSION

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(known: Snapshot, positions: Positions) -> dict[str, list[types.Diagnostic]]:
    """What was found in a spec, by the URI of the file that it stands in; each file that takes part has its list."""
    named = cache(uri_of)  # to follow the links of a path takes long, and hundreds of places are in one file
    found: dict[str, list[types.Diagnostic]] = {named(file): [] for file in (str(known.root), *known.texts)}
    for finding in known.outcome.findings:
        file = finding.span.file if finding.span else str(known.root)
        found.setdefault(named(file), []).append(_diagnostic(finding, known.texts, positions, named))
    return found


def _diagnostic(
    finding: Finding, texts: Mapping[str, str], positions: Positions, named: Callable[[str], str]
) -> types.Diagnostic:
    span = finding.span
    start = types.Position(0, 0)
    return types.Diagnostic(
        range=positions.range(span, texts.get(span.file, "")) if span else types.Range(start, start),
        message=finding.text,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(page_url(finding.code)),
        source="archspec",
        tags=[types.DiagnosticTag.Unnecessary] if finding.code == UNUSED_SUPPRESSION else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(named(place.file), positions.range(place, texts.get(place.file, ""))), word
            )
            for place, word in finding.related
        ],
    )


def joined(lists: Iterable[list[types.Diagnostic]]) -> list[types.Diagnostic]:
    """What several specs say of a file that they share, each once."""
    found: dict[tuple[object, ...], types.Diagnostic] = {}
    for diagnostic in (each for several in lists for each in several):
        start = diagnostic.range.start
        found.setdefault((start.line, start.character, diagnostic.code, diagnostic.message), diagnostic)
    return list(found.values())
