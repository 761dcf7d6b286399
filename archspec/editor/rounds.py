"""A large spec is judged in two rounds: what was typed is answered at once, what follows from figures soon after."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archspec.model import Architecture
from archspec.validators import Context, Found, Rule, Unknown, checked

LATER = frozenset({"availability", "performance", "resilience"})
"""Themes whose rules work figures of the whole system out."""
MANY = 200
"""Components; with fewer one round is soon enough."""
Results = tuple[Found | Unknown, ...]


@dataclass(slots=True)
class Rounds:
    """What the rules found in a spec when it was last judged whole, and what they find now."""

    _before: dict[str, Results] = field(default_factory=dict)
    _now: dict[str, Results] = field(default_factory=dict)

    def first(self, architecture: Architecture) -> Callable[[Rule, Context], Iterable[Found | Unknown]] | None:
        """Checks by which a first round finds what it can, and what figures said before where that still stands.

        None where one round will do.
        """
        self._before, self._now = self._now, {}
        return self._soon if self._before and len(architecture.components) >= MANY else None

    def _soon(self, rule: Rule, context: Context) -> Iterable[Found | Unknown]:
        if rule.theme not in LATER:
            return self.whole(rule, context)
        written = context.architecture.source.keys
        before = self._before.get(rule.code, ())
        return [each for each in before if isinstance(each, Unknown) or each.path[:2] in written]

    def whole(self, rule: Rule, context: Context) -> Results:
        """What a rule finds, worked out once."""
        if rule.code not in self._now:
            self._now[rule.code] = tuple(checked(rule, context))
        return self._now[rule.code]
