"""What a run of the linter comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from archspec.errors import Problem, SpecError
from archspec.frozen import frozen
from archspec.validators import Finding, Rule, Severity, Unknown


@frozen
class Outcome:
    """What was found in one spec, sorted by place. An invalid spec's mistakes are findings too."""

    file: str
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    valid: bool = True
    fail_on: Severity | None = Severity.ERROR
    """The mildest severity that fails the run; None: nothing does."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The text of each file that takes part, by the name in the spans."""

    @property
    def fails(self) -> bool:
        """Whether a finding is as bad as `fail_on`, or worse."""
        limit = self.fail_on
        return limit is not None and any(finding.severity.rank <= limit.rank for finding in self.findings)


@frozen
class Run:
    """The outcomes of all specs of a run, and the rules they were judged by."""

    outcomes: tuple[Outcome, ...]
    rules: Mapping[str, Rule]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all specs."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.findings)

    @property
    def suppressed(self) -> tuple[Finding, ...]:
        """The suppressed findings of all specs, each with its reason."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.suppressed)

    @property
    def status(self) -> int:
        """Exit status: 2 where a spec is invalid, 1 where a finding fails the run, else 0."""
        if not all(outcome.valid for outcome in self.outcomes):
            return 2
        return 1 if any(outcome.fails for outcome in self.outcomes) else 0

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def summary(self) -> str:
        """`2 errors, 1 warning in 3 specs`, or that nothing was found."""
        words = [
            f"{number} {severity.value}{'s' if number != 1 and severity is not Severity.INFO else ''}"
            for severity in Severity
            if (number := self.count(severity))
        ]
        specs = len(self.outcomes)
        where = f"{specs} spec{'s' if specs != 1 else ''}"
        hidden = f" ({len(self.suppressed)} suppressed)" if self.suppressed else ""
        return f"{', '.join(words) if words else 'nothing found'} in {where}{hidden}"


def invalid(file: str, error: SpecError) -> Outcome:
    """The outcome of a spec that cannot be judged: its mistakes."""
    findings = tuple(_of_problem(problem, file) for problem in error.problems)
    return Outcome(file, findings, valid=False, sources=error.sources)


def _of_problem(problem: Problem, file: str) -> Finding:
    return Finding(
        problem.code, Severity.ERROR, problem.message, problem.remedy, file, span=problem.span, related=problem.related
    )


def closing_line(unknown: Iterable[Unknown]) -> str:
    """One line on what was not judged; empty where all was.

    >>> print(closing_line([Unknown("backups", "users"), Unknown("timeouts", "a -> b"), Unknown("logs")]))
    Not judged, because the spec says nothing about: backups (1 component), timeouts (1 call), logs. \
See them with --select production.
    """
    by_subject: dict[str, list[str]] = {}
    for each in unknown:
        by_subject.setdefault(each.subject, []).append(each.element)
    if not by_subject:
        return ""
    words = ", ".join(subject + _numbered([e for e in elements if e]) for subject, elements in by_subject.items())
    return f"Not judged, because the spec says nothing about: {words}. See them with --select production."


def _numbered(elements: list[str]) -> str:
    if not elements:
        return ""
    noun = "call" if all(" -> " in element for element in elements) else "component"
    return f" ({len(elements)} {noun}{'s' if len(elements) != 1 else ''})"
