"""Findings that are new, and those that are gone."""

from collections import defaultdict
from collections.abc import Iterable

from archspec.language.renaming import Names
from archspec.validators import Finding

Key = tuple[str, str]
"""Rule and element by its name in the head: neither the line nor the figures in the message, which move."""


def new_and_gone(
    base: Iterable[Finding], head: Iterable[Finding], names: Names
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What the head alone has, and what the base alone had, as often as there is more of it there."""
    new_names = {old: new for each in names.values() for old, new in each.items()}
    before: dict[Key, list[Finding]] = defaultdict(list)
    after: dict[Key, list[Finding]] = defaultdict(list)
    for finding in base:
        arrow, via, name = finding.element.partition(" via ")
        element = " -> ".join(new_names.get(end, end) for end in arrow.split(" -> ")) + via + name
        before[finding.code, element].append(finding)
    for finding in head:
        after[finding.code, finding.element].append(finding)
    new = [each for key, found in after.items() for each in _more(found, before.get(key, []))]
    gone = [each for key, found in before.items() for each in _more(found, after.get(key, []))]
    return tuple(new), tuple(gone)


def _more(found: list[Finding], others: list[Finding]) -> list[Finding]:
    """As many of these as there are more of than of the others: first those whose words the others do not use."""
    known = {finding.message for finding in others}
    unlike_first = sorted(found, key=lambda finding: finding.message in known)
    return unlike_first[: max(0, len(found) - len(others))]
