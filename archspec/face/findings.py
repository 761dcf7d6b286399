"""`archspec.lint`: what the rules find in a system."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path

from archspec.errors import SpecError
from archspec.face.given import SystemLike, architecture_of, file_of, place_of
from archspec.face.rows import Result, Rows
from archspec.validators.finding import Finding, Severity, Unknown
from archspec.validators.outcome import Outcome, Run, invalid

Selectors = str | Sequence[str]
"""Codes, themes or sets of rules: `"AVL01"`, `"security"`, `"strict"`; several in a sequence, or with commas."""


@dataclass(frozen=True, slots=True, repr=False)
class Findings(Result):
    """What was found in one system, sorted by place. An invalid spec's mistakes are findings too."""

    file: str
    findings: Rows[Finding]
    suppressed: Rows[Finding]
    """What the spec suppresses; `reason` says why."""
    not_judged: Rows[Unknown]
    """What rules could not judge, because the spec does not say it."""
    valid: bool
    fails: bool
    """Whether a finding is as bad as `fail_on`, or worse: the command would exit with 1."""
    notes: tuple[str, ...] = ()
    """What was read of traces, and what they cannot tell, a sentence each."""

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def __repr__(self) -> str:
        counts = ", ".join(f"{each.value}={self.count(each)}" for each in Severity if self.count(each))
        codes = ", ".join(dict.fromkeys(finding.code for finding in self.findings))
        return f"Findings({self.file!r}, {f'{counts}: {codes}' if counts else 'nothing found'})"


def lint(
    system: SystemLike,
    *,
    select: Selectors | None = None,
    extend_select: Selectors = (),
    ignore: Selectors = (),
    fail_on: str | None = None,
    config: str | PathLike[str] | None = None,
    isolated: bool = False,
    rules: Sequence[str | PathLike[str]] = (),
) -> Findings:
    """What the rules find in a system, as `archspec lint` does.

    The configuration is that of `config`, else the nearest from the spec's folder upwards; `isolated`: none, and no
    suppressions in the spec count. `select` replaces the rules that it chooses, `extend_select` adds to them, `ignore`
    takes away. `fail_on` is `"error"`, `"warning"`, `"info"` or `"never"`. `rules` are Python files with rules of your
    own, whose code is run.

    Raises:
        UsageError: there is no such file, or a selector or the configuration is wrong.

    >>> from archspec import load_text
    >>> found = lint(load_text("{archspec: 1, name: Tiny, components: {api: {kind: server}}}"), isolated=True)
    >>> found, found.fails
    (Findings('<text>', nothing found), False)

    """
    from archspec.validators.config_file import config_for
    from archspec.validators.run import judge
    from archspec.validators.team.python_file import rules_in

    file = file_of(system)
    settings = config_for(place_of(system), None if config is None else Path(fspath(config)), isolated=isolated)
    settings = settings.overridden(
        None if select is None else selected(select), selected(extend_select), selected(ignore), fail_on
    )
    settings = replace(settings, more_rules=tuple(rule for path in rules for rule in rules_in(Path(fspath(path)))))
    try:
        architecture = architecture_of(system)
    except SpecError as error:
        return told(invalid(file, error))
    return told(judge(architecture, settings, file))


def selected(given: Selectors) -> tuple[str, ...]:
    """The selectors one by one."""
    each = given.split(",") if isinstance(given, str) else given
    return tuple(item.strip() for item in each if item.strip())


def told(outcome: Outcome) -> Findings:
    """An outcome of the rules as findings."""
    return Findings(
        file=outcome.file,
        findings=Rows(outcome.findings),
        suppressed=Rows(outcome.suppressed),
        not_judged=Rows(outcome.unknown),
        valid=outcome.valid,
        fails=Run((outcome,), {}).status != 0,
    )
