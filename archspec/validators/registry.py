"""All rules, and the names by which some of them are chosen."""

from collections.abc import Iterable
from functools import cache

from archspec.discovery import discover
from archspec.errors import UsageError
from archspec.language import did_you_mean, listed
from archspec.validators import Rule, RuleSet

OF_DESIGN = "archspec.validators.rules"
OF_TRACES = "archspec.conformance.rules"
OF_RUNS = "archspec.verification.rules"
SETS = ("default", "strict", "production", "all")


@cache
def rules() -> dict[str, Rule]:
    """Every rule by code, sorted: those in `rules/`, here, of drift and of runs, and those that entry points add."""
    return discover((OF_DESIGN, OF_TRACES, OF_RUNS), Rule, lambda rule: rule.code, "archspec.rules")


@cache
def rules_of_design() -> dict[str, Rule]:
    """Those that judge a spec alone: `lint` has no use for what reads traces or runs, and does not import it."""
    return discover((OF_DESIGN,), Rule, lambda rule: rule.code, "archspec.rules")


def themes() -> tuple[str, ...]:
    """The themes of the rules, sorted."""
    return tuple(sorted({rule.theme for rule in rules().values()}))


def in_set(level: RuleSet) -> frozenset[str]:
    """Codes of the rules in a set and in the sets that it contains."""
    known = rules() if level is RuleSet.TRACES else rules_of_design()
    return frozenset(code for code, rule in known.items() if rule.in_set.rank <= level.rank)


def chosen(selectors: Iterable[str], known: Iterable[str] = ()) -> frozenset[str]:
    """Codes that selectors name: a code, the letters of codes (`AVL`), a theme, a set, or `all`.

    `known` are codes of rules beyond the registry, such as a team's own.

    Raises:
        UsageError: one of them names nothing.

    >>> sorted(chosen(["SCL05"]))
    ['SCL05']

    """
    found: set[str] = set()
    for selector in selectors:
        codes = _named(selector, frozenset(known))
        if not codes:
            names = [*SETS, *themes(), *rules(), *known]
            otherwise = f"it may be a code such as AVL01, a theme ({listed(themes())}) or a set ({listed(SETS)})."
            raise UsageError(f"`{selector}` does not name a rule; {did_you_mean(selector, names, otherwise)}")
        found |= codes
    return frozenset(found)


def _named(selector: str, known: frozenset[str]) -> frozenset[str]:
    if selector == "all":
        return frozenset(rules()) | known
    if selector in SETS:
        return in_set(RuleSet(selector))
    if selector in themes():
        return frozenset(code for code, rule in rules().items() if rule.theme == selector)
    everything = known | frozenset(rules())
    if selector in everything:
        return frozenset({selector})
    return frozenset(code for code in everything if selector.isalpha() and code.rstrip("0123456789") == selector)
