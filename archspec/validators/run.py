"""Judging one architecture: choose rules, run them, let weaker findings yield, suppress, place, sort."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from archspec.errors import ArchspecError, DefectError, Span, UsageError
from archspec.model.architecture import Architecture
from archspec.validators.config import Config
from archspec.validators.context import Context
from archspec.validators.finding import Finding, Found, Severity, Unknown
from archspec.validators.outcome import Outcome
from archspec.validators.registry import chosen, in_set, rules
from archspec.validators.rule import Rule, RuleSet
from archspec.validators.suppressions import Suppression, apply, read_suppressions

UNUSED_SUPPRESSION = "DOC03"
Draft = tuple[Rule, Found]


def judge(architecture: Architecture, config: Config | None = None, file: str = "") -> Outcome:
    """What the rules find in an architecture; `file` is the spec's name in the outcome.

    Raises:
        UsageError: the configuration selects what does not exist.
        DefectError: a rule failed.

    """
    config = config or Config()
    level = level_of(architecture, config)
    known = selected_rules(architecture, config)
    context = Context(architecture, level, config.parameters, frozenset(known))
    drafts: list[Draft] = []
    unknown: list[Unknown] = []
    for rule in known.values():
        own = context if rule.in_set.rank <= level.rank else replace(context, level=rule.in_set)
        for result in _checked(rule, own):
            if isinstance(result, Unknown):
                unknown.append(result)
            else:
                drafts.append((rule, result))
    severities = _severities(config)
    findings = [_placed(rule, found, architecture, severities) for rule, found in _precedence(drafts)]
    kept = [finding for finding in findings if not _ignored(finding, config)]
    suppressions = read_suppressions(architecture.source.texts)
    stay, suppressed, used = apply(kept, suppressions, architecture.source)
    stay += _idle(suppressions, used, known, severities)
    return Outcome(
        file,
        _sorted(stay),
        _sorted(suppressed),
        tuple(dict.fromkeys(unknown)),
        fail_on=config.fail_on,
        sources=architecture.source.texts,
    )


def level_of(architecture: Architecture, config: Config) -> RuleSet:
    """The widest set that the spec or the configuration names."""
    named = (architecture.lint, *(config.select or ()), *config.extend_select)
    sets = [RuleSet(name) for name in named if name in ("default", "strict", "production")]
    return RuleSet.PRODUCTION if "all" in named else max(sets, key=lambda each: each.rank)


def selected_rules(architecture: Architecture, config: Config) -> dict[str, Rule]:
    """The rules that judge an architecture, by code. Those of the loader have judged it already."""
    known = all_rules(config)
    own = known.keys() - rules().keys()
    codes = in_set(RuleSet(architecture.lint)) | own if config.select is None else chosen(config.select, own)
    codes |= chosen(config.extend_select, own)
    codes -= chosen(config.ignore, own)
    return {code: rule for code, rule in known.items() if code in codes}


def all_rules(config: Config) -> dict[str, Rule]:
    """The rules of the registry, and those that the configuration adds.

    Raises:
        UsageError: one of them takes a code that is taken, or is no expression.

    """
    found = dict(rules())
    if config.team_rules:
        from archspec.validators.team.expressions import as_rule
    for rule in (*(as_rule(team) for team in config.team_rules), *config.more_rules):
        if rule.code in found:
            raise UsageError(f"the rule {rule.code} of your own takes a code that is taken; choose another.")
        found[rule.code] = rule
    return found


def _checked(rule: Rule, context: Context) -> Iterable[Found | Unknown]:
    if rule.check is None:
        return ()
    try:
        return tuple(rule.check(context))
    except ArchspecError:
        raise
    except Exception as error:
        raise DefectError(f"rule {rule.code} failed: {type(error).__name__}: {error}") from error


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


def _severities(config: Config) -> dict[str, Severity]:
    """Severities that the configuration sets, by code: of two names that mean a rule, the one that means fewer wins.

    Raises:
        UsageError: a name there, or in `per-path-ignores`, means nothing.

    """
    own = all_rules(config).keys() - rules().keys()
    for selectors in config.per_path_ignores.values():
        chosen(selectors, own)
    by_name = {name: chosen([name], own) for name in config.severity}
    widest_first = sorted(by_name, key=lambda name: -len(by_name[name]))
    return {code: config.severity[name] for name in widest_first for code in by_name[name]}


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
        tuple((span, word) for span, word in related if span is not None),
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


def _idle(
    suppressions: tuple[Suppression, ...],
    used: set[Suppression],
    known: Mapping[str, Rule],
    severities: Mapping[str, Severity],
) -> list[Finding]:
    """DOC03: suppressions without a reason, of no rule, or of a rule that found nothing there."""
    if UNUSED_SUPPRESSION not in known:
        return []
    severity = severities.get(UNUSED_SUPPRESSION, known[UNUSED_SUPPRESSION].severity)
    found = []
    for suppression in suppressions:
        complaint = _complaint(suppression, used, known)
        if complaint:
            message, remedy = complaint
            found.append(
                Finding(
                    UNUSED_SUPPRESSION, severity, message, remedy, suppression.code or "ignore", (), suppression.span
                )
            )
    return found


def _complaint(suppression: Suppression, used: set[Suppression], known: Mapping[str, Rule]) -> tuple[str, str] | None:
    name = f"`ignore[{suppression.code}]`"
    if not suppression.code:
        return "this `ignore` names no rule", "write `# archspec: ignore[CODE] reason`."
    if suppression.code not in rules() and suppression.code not in known:
        from archspec.model.suggestions import closest

        near = closest(suppression.code, rules())
        return f"{name} names no rule", f"write `{near}`." if near else "name one that `archspec rule` lists."
    if not suppression.reason:
        return f"{name} gives no reason and suppresses nothing", "say why behind the bracket."
    if suppression.code in known and suppression not in used:
        return f"{name} suppresses nothing here", "delete it."
    return None


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    nowhere = Span("", 0, 0, 0, 0)
    return tuple(sorted(findings, key=lambda finding: (finding.span or nowhere, finding.code, finding.element)))
