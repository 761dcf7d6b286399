"""Which rules judge an architecture, how strictly, and how much their findings weigh."""

from archspec.errors import UsageError
from archspec.model import Architecture
from archspec.validators import Rule, RuleSet, Severity
from archspec.validators.config import Config
from archspec.validators.registry import chosen, in_set, rules, rules_of_design
from archspec.validators.rule import APART


def level_of(architecture: Architecture, config: Config) -> RuleSet:
    """The widest set that the spec or the configuration names."""
    named = (architecture.lint, *(config.select or ()), *config.extend_select)
    sets = [RuleSet(name) for name in named if name in ("default", "strict", "production")]
    return RuleSet.PRODUCTION if "all" in named else max(sets, key=lambda each: each.rank)


def selected_rules(architecture: Architecture, config: Config) -> dict[str, Rule]:
    """The rules that judge an architecture, by code. Those of the loader have judged it already."""
    known = all_rules(config)
    own = _own_codes(config)
    codes = in_set(RuleSet(architecture.lint)) | own if config.select is None else chosen(config.select, own)
    codes |= chosen(config.extend_select, own)
    codes -= chosen(config.ignore, own)
    return {code: rule for code, rule in known.items() if code in codes and rule.in_set not in APART}


def rules_in(apart: RuleSet, config: Config) -> dict[str, Rule]:
    """The rules that judge by traces, or by runs, by code, as far as the configuration leaves them."""
    found = {code: rule for code, rule in rules().items() if rule.in_set is apart}
    named = chosen(config.select or ()) & found.keys()
    codes = (named or found.keys()) - chosen(config.ignore, _own_codes(config))
    return {code: rule for code, rule in found.items() if code in codes}


def all_rules(config: Config) -> dict[str, Rule]:
    """The rules that judge without traces, and those that the configuration adds.

    Raises:
        UsageError: one of them takes a code that is taken, or is no expression.

    """
    return {**rules_of_design(), **_own_rules(config)}


def _own_codes(config: Config) -> frozenset[str]:
    return frozenset(_own_rules(config))


def _own_rules(config: Config) -> dict[str, Rule]:
    if not config.team_rules and not config.more_rules:
        return {}
    from archspec.validators.team.expressions import as_rule

    found: dict[str, Rule] = {}
    for rule in (*(as_rule(team) for team in config.team_rules), *config.more_rules):
        if rule.code in found or rule.code in rules():
            raise UsageError(f"the rule {rule.code} of your own takes a code that is taken; choose another.")
        found[rule.code] = rule
    return found


def severities_of(config: Config) -> dict[str, Severity]:
    """Severities that the configuration sets, by code: of two names that mean a rule, the one that means fewer wins.

    Raises:
        UsageError: a name there, or in `per-path-ignores`, means nothing.

    """
    own = _own_codes(config)
    for selectors in config.per_path_ignores.values():
        chosen(selectors, own)
    by_name = {name: chosen([name], own) for name in config.severity}
    widest_first = sorted(by_name, key=lambda name: -len(by_name[name]))
    return {code: config.severity[name] for name in widest_first for code in by_name[name]}
