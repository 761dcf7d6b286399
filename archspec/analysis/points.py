"""Single points of failure: parts whose failure alone fails requests, exactly, from the structure function."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A part that some requests cannot do without.

    `share` is the share of requests that fail while it alone is down: 1 for all, less where only misses (or steps
    with a chance) need it; None where a hit ratio that decides it is not given.
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


def _essential(expression: Expression) -> frozenset[Variable]:
    """Variables without which the expression is false, all others being true; none where it is false anyway."""
    if isinstance(expression, Constant):
        return frozenset()
    found: dict[Expression, frozenset[Variable]] = {}
    for node in bottom_up(expression):
        terms = [found[term] for term in children(node)]
        match node:
            case Variable():
                found[node] = frozenset((node,))
            case Every():
                found[node] = frozenset().union(*terms)
            case Some():
                found[node] = frozenset.intersection(*terms)
            case AtLeast(count):
                found[node] = _essential_to_many(terms, len(terms) - count + 1)
            case Constant() | Not():
                found[node] = frozenset()
    return found[expression]


def _essential_to_many(terms: list[frozenset[Variable]], enough: int) -> frozenset[Variable]:
    """Variables that `enough` of the terms cannot do without."""
    met: dict[Variable, int] = {}
    for term in terms:
        for variable in term:
            met[variable] = met.get(variable, 0) + 1
    return frozenset(variable for variable, times in met.items() if times >= enough)
