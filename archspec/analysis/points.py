"""Single points of failure: parts whose failure alone fails requests, exactly, from the structure function."""

from archspec.analysis.diagram import EntangledError
from archspec.analysis.expression import (
    AtLeast,
    Cause,
    Constant,
    Every,
    Expression,
    Not,
    Some,
    Variable,
    bottom_up,
    children,
    restricted,
    variables,
)
from archspec.analysis.probability import probability
from archspec.frozen import frozen


@frozen
class SinglePoint:
    """A part that some requests cannot do without.

    `share` is the share of requests that fail while it alone is down: 1 for all, less where only misses (or steps
    with a chance) need it; None where a hit ratio that decides it is not given, or where it depends on who is chosen of
    several that differ.
    """

    part: Variable
    share: float | None


def single_points(expression: Expression) -> tuple[SinglePoint, ...]:
    """The minimal cut sets of order 1, choices taken at their worse outcome, in the order of the expression.

    Linear in the size of the expression: with all other parts up, a node is false without x where it is x, an
    `Every` with a term that is, a `Some` with all terms that are.
    """
    met = variables(expression)
    choices = [variable for variable in met if variable.cause is Cause.CHOICE]
    if not choices:
        always = _essential(expression)
        return tuple(SinglePoint(part, 1.0) for part in met if part in always and part.is_part)
    worst = _essential(restricted(expression, dict.fromkeys(choices, False)))
    always = _essential(restricted(expression, dict.fromkeys(choices, True)))
    partly = worst - always
    up = {variable: True for variable in met if variable not in partly and variable.cause is not Cause.CHOICE}
    left = restricted(expression, up)  # only what some requests need: small, where the flow is large
    return tuple(
        SinglePoint(part, 1.0 if part in always else share_failing(left, part))
        for part in met
        if part in worst and part.is_part
    )


def share_failing(expression: Expression, *parts: Variable) -> float | None:
    """Share of requests that fail while these parts are down and all others up; None where it is not known."""
    known = {variable: True for variable in variables(expression) if variable.cause is not Cause.CHOICE}
    left = restricted(expression, known | dict.fromkeys(parts, False))
    if any(choice.probability is None for choice in variables(left)):
        return None
    try:
        return 1 - probability(left)
    except EntangledError:
        return None


@frozen
class _Turning:
    """What an expression is with every variable true, and the variables each of which alone turns that over."""

    is_true: bool
    by: frozenset[Variable] = frozenset()


def _essential(expression: Expression) -> frozenset[Variable]:
    """Variables without which the expression is false, all others being true; none where it is false anyway."""
    found: dict[Expression, _Turning] = {}
    for node in bottom_up(expression):
        terms = [found[term] for term in children(node)]
        match node:
            case Variable():
                found[node] = _Turning(True, frozenset((node,)))
            case Constant(value):
                found[node] = _Turning(value)
            case Every():
                found[node] = _turning(terms, len(terms))
            case Some():
                found[node] = _turning(terms, 1)
            case AtLeast(count):
                found[node] = _turning(terms, count)
            case Not():
                found[node] = _Turning(not terms[0].is_true, terms[0].by)
    return found[expression].by if found[expression].is_true else frozenset()


def _turning(terms: list[_Turning], count: int) -> _Turning:
    """Of `count` terms at least: a variable may make true ones false and, where somebody hangs, false ones true."""
    true = sum(term.is_true for term in terms)
    more: dict[Variable, int] = {}
    for term in terms:
        for variable in term.by:
            more[variable] = more.get(variable, 0) + (-1 if term.is_true else 1)
    is_true = true >= count
    return _Turning(is_true, frozenset(v for v, change in more.items() if (true + change >= count) != is_true))
