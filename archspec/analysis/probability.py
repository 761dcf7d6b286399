"""How probable an expression is: exactly wherever possible, else between two proven bounds."""

from collections.abc import Callable
from functools import cached_property

from archspec.analysis.crowds import condensed
from archspec.analysis.diagram import NODE_LIMIT, Diagram, EntangledError
from archspec.analysis.expression import Expression, Variable, restricted, variables
from archspec.analysis.order import Order, groups_first, neighbours_together
from archspec.analysis.range import Range

CLOSE = 1e-3
"""Bounds that differ by less of the failures need no large diagram."""
FIRST_LIMIT = 50_000
"""A diagram that stays below so many nodes is the quickest way."""


class Probability:
    """The probability of an expression, its variables independent, parts without a figure always up.

    Large pools of alike parts are taken together first. Then comes the decision diagram in one order of the
    variables and in another, then the states of the variables that tie the parts together: all of them, or enough
    for close bounds. Where these are not close, a large diagram, or else those bounds.
    """

    def __init__(self, expression: Expression) -> None:
        small = condensed(expression)
        self._crowds = small.crowds
        self._expression = small.expression

    @cached_property
    def range(self) -> Range:
        """Both bounds; the same where the figure is exact."""
        if self._diagram is None:
            from archspec.analysis.conditioning import Conditioned

            found = Conditioned(self._expression).range()
            if (
                found.upper - found.lower <= CLOSE * (1 - found.lower)
                or (large := self._drawn((groups_first, NODE_LIMIT))) is None
            ):
                return found
            return _exactly(large)
        return _exactly(self._diagram)

    @cached_property
    def importance(self) -> dict[Variable, float]:
        """Birnbaum's importance of each variable, of a large pool's the mean; none where there is no diagram."""
        if self._diagram is None:
            return {}
        found = self._diagram.importance()
        for crowd in reversed(self._crowds):
            found |= crowd.falls(found)
        return found

    @cached_property
    def _diagram(self) -> Diagram | None:
        """In the first order of the variables that keeps it small."""
        return self._drawn((groups_first, FIRST_LIMIT)) or self._drawn((neighbours_together, 2 * FIRST_LIMIT))

    def _drawn(self, way: "tuple[Callable[[Expression], Order], int]") -> Diagram | None:
        ordered, limit = way
        try:
            return Diagram(self._expression, ordered(self._expression), limit)
        except EntangledError:
            return None


def _exactly(diagram: Diagram) -> Range:
    value = diagram.probability()
    return Range(value, value)


def probability(expression: Expression) -> float:
    """Probability that an expression is true; parts without a figure count as always up.

    Raises:
        EntangledError: only bounds are known.

    >>> from archspec.analysis.expression import Cause, Variable, all_of, any_of
    >>> zone = Variable("zone-a", Cause.GROUP, "zone-a", 0.9995)
    >>> one, two = (Variable(f"api-{i}", Cause.REPLICA, "api", 0.99) for i in (1, 2))
    >>> round(probability(any_of([all_of([one, zone]), all_of([two, zone])])), 9)
    0.99940005

    """
    found = Probability(figured(expression)).range.exact
    if found is None:
        raise EntangledError("the parts share too many groups for an exact figure.")
    return found


def figured(expression: Expression) -> Expression:
    """The expression over those variables alone that are not always up."""
    perfect = {variable: True for variable in variables(expression) if variable.probability in (None, 1.0)}
    return restricted(expression, perfect)
