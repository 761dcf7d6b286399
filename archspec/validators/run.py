"""Judging one architecture: choose rules, run them, let weaker findings yield, suppress, place, sort."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from archspec.errors import ArchspecError, DefectError, Span
from archspec.model import Architecture
from archspec.validators import Context, Finding, Found, Rule, RuleSet, Severity, Unknown
from archspec.validators.config import Config
from archspec.validators.outcome import Outcome
from archspec.validators.registry import chosen
from archspec.validators.selection import level_of, rules_in, selected_rules, severities_of
from archspec.validators.suppressions import apply, read_suppressions
from archspec.validators.unused_suppressions import unused_suppressions

Draft = tuple[Rule, Found]
Checked = Callable[[Rule, Context], Iterable[Found | Unknown]]
"""What a rule finds."""


def checked(rule: Rule, context: Context) -> Iterable[Found | Unknown]:
    """What a rule finds, by its check.

    Raises:
        DefectError: the check failed.

    """
    if rule.check is None:
        return ()
    try:
        return tuple(rule.check(context))
    except ArchspecError:
        raise
    except Exception as error:
        raise DefectError(f"rule {rule.code} failed: {type(error).__name__}: {error}") from error


def judge(
    architecture: Architecture,
    config: Config | None = None,
    file: str = "",
    analyses: dict[Callable[..., Any], Any] | None = None,
    check: Checked = checked,
) -> Outcome:
    """What the rules find in an architecture; `file` is the spec's name in the outcome.

    `analyses` are those worked out so far (`Context.once`); those that rules ask for are added. `check` may know
    already what a rule finds.

    Raises:
        UsageError: the configuration selects what does not exist.
        DefectError: a rule failed.

    """
    config = config or Config()
    level = level_of(architecture, config)
    known = selected_rules(architecture, config)
    context = Context(architecture, level, config.parameters, frozenset(known), {} if analyses is None else analyses)
    return judge_by(known, context, config, file, check)


def judge_apart(apart: RuleSet, architecture: Architecture, facts: object, config: Config | None, file: str) -> Outcome:
    """What the rules find that judge by traces or by runs; `facts` is what they look at, found by its class.

    Raises:
        UsageError: the configuration selects what does not exist.

    """
    config = config or Config()
    known = rules_in(apart, config)
    level = level_of(architecture, config)
    context = Context(architecture, level, config.parameters, frozenset(known), analyses={type(facts): facts})
    return judge_by(known, context, config, file)


def judge_by(
    known: Mapping[str, Rule], context: Context, config: Config, file: str = "", check: Checked = checked
) -> Outcome:
    """What given rules find in the architecture of a context.

    Raises:
        UsageError: the configuration selects what does not exist.
        DefectError: a rule failed.

    """
    architecture, level = context.architecture, context.level
    drafts: list[Draft] = []
    unknown: list[Unknown] = []
    for rule in known.values():
        own = context if rule.in_set.rank <= level.rank else replace(context, level=rule.in_set)
        for result in check(rule, own):
            if isinstance(result, Unknown):
                unknown.append(result)
            else:
                drafts.append((rule, result))
    severities = severities_of(config)
    findings = [_placed(rule, found, architecture, severities) for rule, found in _precedence(drafts)]
    suppressions = read_suppressions(architecture.source) if config.suppressions else ()
    stay, suppressed, used = apply(findings, suppressions, architecture.source)
    stay += unused_suppressions(suppressions, used, known, severities)
    return Outcome(
        file,
        _sorted(finding for finding in stay if not _ignored(finding, config)),
        _sorted(finding for finding in suppressed if not _ignored(finding, config)),
        tuple(dict.fromkeys(unknown)),
        fail_on=config.fail_on,
        sources=architecture.source.texts,
    )


def _precedence(drafts: list[Draft]) -> list[Draft]:
    """Leave out what a more exact finding on the same element says; one finding of a rule on one place."""
    speaking: dict[str, set[str]] = {}
    for rule, found in drafts:
        speaking.setdefault(rule.code, set()).update((found.about, *found.covers))
    seen: set[tuple[str, object]] = set()
    kept = []
    for rule, found in drafts:
        place = (rule.code, (found.path, found.about))
        if place in seen or any(found.about in speaking.get(code, ()) for code in rule.yields_to):
            continue
        seen.add(place)
        kept.append((rule, found))
    return kept


def _placed(rule: Rule, found: Found, architecture: Architecture, severities: Mapping[str, Severity]) -> Finding:
    source = architecture.source
    place = source.key if found.at_key else source.value
    span = place(found.path)
    # A whole element is pointed at by its name, a field by its value.
    related = [(source.key(path) if len(path) == 2 else source.value(path), word) for path, word in found.related]
    if span is not None and span == _by_default(found, architecture):
        span, related = source.key(found.path[:2]), [(span, "said for all of its kind"), *related]
    severity = severities.get(rule.code) or found.severity or rule.severity
    return Finding(
        rule.code,
        severity,
        found.message,
        found.remedy,
        found.about,
        found.path,
        span,
        tuple(dict.fromkeys((span, word) for span, word in related if span is not None)),
        adds=found.adds,
    )


def _by_default(found: Found, architecture: Architecture) -> Span | None:
    """Where `defaults` say what a finding points at; None where the component says it, or nobody does."""
    component = architecture.components.get(found.about)
    if found.path[:1] != ("components",) or len(found.path) < 3 or component is None:
        return None
    return architecture.source.values.get(("defaults", component.kind, *found.path[2:]))


def _ignored(finding: Finding, config: Config) -> bool:
    selectors = config.ignored_at(Path(finding.span.file)) if finding.span else ()
    return bool(selectors) and finding.code in chosen(selectors, [finding.code])


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    nowhere = Span("", 0, 0, 0, 0)
    return tuple(sorted(findings, key=lambda finding: (finding.span or nowhere, finding.code, finding.element)))
