"""`archspec.lint` and `archspec.fixes`: what the rules find in a system, and what mends it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.errors import SpecError
from archspec.face.given import SystemLike, architecture_of, file_of, place_of
from archspec.face.rows import Result, Rows
from archspec.frozen import frozen
from archspec.validators import Finding, Outcome, Run, Severity, Unknown, invalid

if TYPE_CHECKING:
    from archspec.validators import Config

Selectors = str | Sequence[str]
"""Codes, themes or sets of rules: `"AVL01"`, `"security"`, `"strict"`; several in a sequence, or with commas."""


@frozen
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
    baseline: str | PathLike[str] | None = None,
) -> Findings:
    """What the rules find in a system, as `archspec lint` does.

    The configuration is that of `config`, else the nearest from the spec's folder upwards; `isolated`: none, and no
    suppressions in the spec count. `select` replaces the rules that it chooses, `extend_select` adds to them, `ignore`
    takes away. `fail_on` is `"error"`, `"warning"`, `"info"` or `"never"`. `rules` are Python files with rules of your
    own, whose code is run. What the file `baseline` knows is left out.

    Raises:
        UsageError: there is no such file, or a selector, the configuration or the baseline is wrong.

    >>> from archspec import load_text
    >>> found = lint(load_text("{archspec: 1, name: Tiny, components: {api: {kind: server}}}"), isolated=True)
    >>> found, found.fails
    (Findings('<text>', nothing found), False)

    """
    from archspec.validators import judge
    from archspec.validators.team.python_file import rules_in

    file = file_of(system)
    wishes = (None if select is None else selected(select), selected(extend_select), selected(ignore), fail_on)
    settings = _config(system, config, isolated=isolated).overridden(*wishes)
    settings = replace(settings, more_rules=tuple(rule for path in rules for rule in rules_in(Path(fspath(path)))))
    try:
        outcome = judge(architecture_of(system), settings, file)
    except SpecError as error:
        outcome = invalid(file, error)
    return told(outcome, baseline)


@frozen
class Fixes(Result):
    """What mends a spec: nothing is written."""

    texts: Mapping[str, str]
    """The files that change, with their new texts; line ends are plain."""
    diff: str
    """The same as a unified diff."""


def fixes(
    spec: str | PathLike[str],
    *,
    unsafe: bool = False,
    config: str | PathLike[str] | None = None,
    isolated: bool = False,
) -> Fixes:
    """What `archspec lint --fix` would change in a YAML spec and what it includes: slips in ids, idle suppressions,
    layout.

    `unsafe` adds what rules ask for, with figures that somebody has to think about. The rest is as for `lint`.

    Raises:
        UsageError: there is no such file, or the configuration is wrong.

    """
    from archspec.cli.fixing import repair_of, unified

    made = repair_of(fspath(spec), _config(spec, config, isolated=isolated), unsafe=unsafe, allow_outside=False)
    texts = {file: text for file, text in made.after.items() if text != made.before[file]}
    return Fixes(texts, unified(made))


def _config(system: SystemLike, config: str | PathLike[str] | None, *, isolated: bool) -> "Config":
    from archspec.validators import config_for

    return config_for(place_of(system), None if config is None else Path(fspath(config)), isolated=isolated)


def selected(given: Selectors) -> tuple[str, ...]:
    """The selectors one by one."""
    each = given.split(",") if isinstance(given, str) else given
    return tuple(item.strip() for item in each if item.strip())


def told(outcome: Outcome, baseline: str | PathLike[str] | None = None) -> Findings:
    """An outcome of the rules as findings, without what a baseline knows."""
    if baseline is not None:
        from archspec.validators.baseline import read_baseline

        left, _ = read_baseline(Path(fspath(baseline))).without_known(Run((outcome,), {}))
        outcome = left.outcomes[0]
    return Findings(
        file=outcome.file,
        findings=Rows(outcome.findings),
        suppressed=Rows(outcome.suppressed),
        not_judged=Rows(outcome.unknown),
        valid=outcome.valid,
        fails=Run((outcome,), {}).status != 0,
    )
