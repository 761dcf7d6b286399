"""`archspec.lint` and `archspec.drift`: what the rules find in a system, by itself and beside its traces."""

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
        None if select is None else _selectors(select), _selectors(extend_select), _selectors(ignore), fail_on
    )
    settings = replace(settings, more_rules=tuple(rule for path in rules for rule in rules_in(Path(fspath(path)))))
    try:
        architecture = architecture_of(system)
    except SpecError as error:
        return _told(invalid(file, error))
    return _told(judge(architecture, settings, file))


def drift(
    system: SystemLike,
    traces: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    select: Selectors | None = None,
    ignore: Selectors = (),
    fail_on: str | None = None,
    config: str | PathLike[str] | None = None,
    min_traces: int | None = None,
    sampled: float | None = None,
    tail_sampled: bool = False,
) -> Findings:
    """Where a system has drifted from its traces, as `archspec drift` finds it.

    `traces` are files, folders or patterns of spans (OTLP, Jaeger, Tempo, Zipkin) or service graph metrics. A flow is
    judged if it has `min_traces` (default: 20). `sampled` is the share of all traces that were kept, drawn at random;
    `tail_sampled` says that failed and slow ones were kept by preference, so that no shares are judged. The rest is as
    for `lint`.

    Raises:
        SpecError: the spec is invalid.
        UsageError: a file cannot be read, or holds no traces; or a selector or the configuration is wrong.

    """
    from fractions import Fraction

    from archspec.conformance.judge import drift as judge
    from archspec.conformance.settings import find_settings
    from archspec.conformance.telling import telling
    from archspec.model.quantities import Ratio
    from archspec.observation.observe import observe
    from archspec.validators.config_file import config_for

    architecture, place, given = (
        architecture_of(system),
        place_of(system),
        None if config is None else Path(fspath(config)),
    )
    chosen = find_settings(place, given)
    chosen = replace(
        chosen,
        min_traces=chosen.min_traces if min_traces is None else min_traces,
        sampled=chosen.sampled if sampled is None else Ratio(Fraction(str(sampled))),
        tail_sampled=chosen.tail_sampled or tail_sampled,
    )
    settings = config_for(place, given, isolated=False).overridden(
        None if select is None else _selectors(select), (), _selectors(ignore), fail_on
    )
    observation = observe([fspath(each) for each in ([traces] if isinstance(traces, (str, PathLike)) else traces)])
    found = _told(judge(architecture, observation, chosen, settings, file_of(system)))
    return replace(found, notes=tuple(telling(architecture, observation, chosen)))


def _selectors(given: Selectors) -> tuple[str, ...]:
    each = given.split(",") if isinstance(given, str) else given
    return tuple(item.strip() for item in each if item.strip())


def _told(outcome: Outcome) -> Findings:
    return Findings(
        file=outcome.file,
        findings=Rows(outcome.findings),
        suppressed=Rows(outcome.suppressed),
        not_judged=Rows(outcome.unknown),
        valid=outcome.valid,
        fails=Run((outcome,), {}).status != 0,
    )
