"""SARIF 2.1.0 (OASIS), as GitHub code scanning and editors read it."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from archspec import __version__
from archspec.errors import Span
from archspec.printable import Syntax
from archspec.reports import Report, Subject
from archspec.validators import Finding, Rule, Run, Severity, from_root
from archspec.values import json_text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BROKEN: Mapping[str, str] = {
    "syntax": "The spec cannot be read.",
    "schema": "The spec says what the language does not know.",
}
"""Codes of mistakes that no rule stands for."""


def write(run: Run) -> str:
    """One run with the rules that spoke, their help, and every finding; suppressed ones with their reason."""
    return written(run, {})


def written(run: Run, described: Mapping[str, str]) -> str:
    """The same; `described` says what codes stand for that are no rule's."""
    run = from_root(run)
    findings = [*run.findings, *run.suppressed]
    codes = sorted({finding.code for finding in findings})
    indexes = {code: index for index, code in enumerate(codes)}
    driver = {
        "name": "archspec",
        "semanticVersion": __version__,
        "rules": [_rule(code, run.rules.get(code), {**_BROKEN, **described}) for code in codes],
    }
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, indexes[finding.code]) for finding in findings],
            }
        ],
    }
    return json_text(log)


def _rule(code: str, rule: Rule | None, described: Mapping[str, str]) -> dict[str, Any]:
    if rule is None or rule.page is None:
        return {"id": code, "shortDescription": {"text": described.get(code, "A rule of the team's own.")}}
    page = rule.documentation
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.sections["What it checks"]},
        "help": {"text": page.sections["Why"], "markdown": page.markdown},
        "helpUri": page.links[0],
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.theme], "precision": "very-high"},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}; {finding.remedy}"},
        "partialFingerprints": {"archspecElement/v1": fingerprint(finding)},
    }
    if finding.span:
        logical = [{"fullyQualifiedName": finding.element}]
        result["locations"] = [{**_location(finding.span), "logicalLocations": logical}]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(span), "message": {"text": word or "also here"}}
            for number, (span, word) in enumerate(finding.related)
        ]
    if finding.reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.reason}]
    return result


def _location(span: Span) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": max(span.end_column, 1),
    }
    place = {"artifactLocation": {"uri": quote(PurePath(span.file).as_posix())}, "region": region}
    return {"physicalLocation": place}


def fingerprint(finding: Finding) -> str:
    """The same for one rule on one element of one file, however the lines move."""
    file = PurePath(finding.span.file).as_posix() if finding.span else ""
    text = finding.message if not finding.path else ""
    return sha256("\0".join((finding.code, file, finding.element, text)).encode()).hexdigest()[:32]


REPORT = Report("sarif", Subject.FINDINGS, (".sarif", ".sarif.json"), write, syntax=Syntax.JSON)
