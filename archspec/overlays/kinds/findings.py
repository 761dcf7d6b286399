"""What lint finds about each component."""

from collections.abc import Iterable

from archspec.overlays import Overlay, Subject
from archspec.renderers import Key, Layer, Reading, Tint
from archspec.validators import Finding, Severity, find_config, judge
from archspec.values import count

TINTS = {Severity.ERROR: Tint.BAD, Severity.WARNING: Tint.FAIR, Severity.INFO: Tint.FIRST}
MOST = 6
"""Findings that a tool tip has in words."""


def layer(subject: Subject) -> Layer:
    """Findings of lint by component."""
    findings = subject.findings
    if findings is None:
        findings = judge(subject.architecture, find_config(subject.place)).findings
    return layer_of_findings("findings", subject, findings, "archspec lint")


def layer_of_findings(name: str, subject: Subject, findings: Iterable[Finding], command: str) -> Layer:
    """Findings by component; those of a connection stand on the card of who asks. `command` tells the rest."""
    on_card: dict[str, list[Finding]] = {}
    elsewhere = 0
    for finding in findings:
        id_ = finding.element.partition(" -> ")[0]
        if id_ in subject.architecture.components:
            on_card.setdefault(id_, []).append(finding)
        else:
            elsewhere += 1
    notes = (f"{count(elsewhere, 'finding')} about what has no card: see `{command}`.",) if elsewhere else ()
    keys = (Key(Tint.BAD, "an error"), Key(Tint.FAIR, "a warning"), Key(Tint.FIRST, "an info"))
    return Layer(name, {id_: _reading(found) for id_, found in on_card.items()}, keys, notes)


def _reading(findings: list[Finding]) -> Reading:
    counts = [(severity, sum(each.severity is severity for each in findings)) for severity in Severity]
    worst = min((each.severity for each in findings), key=lambda severity: severity.rank)
    words = ", ".join(_counted(number, severity) for severity, number in counts if number)
    shown = [f"{each.code}: {each.text}" for each in findings[:MOST]]
    more = [f"and {len(findings) - MOST} more"] if len(findings) > MOST else []
    return Reading(words, TINTS[worst], -worst.rank + len(findings) / 1000, "\n".join([*shown, *more]))


def _counted(number: int, severity: Severity) -> str:
    return f"{number} info" if severity is Severity.INFO else count(number, severity.value)


OVERLAY = Overlay("findings", "what lint says of each", layer)
