"""How many requests fail in each of many outages: one walk over the expression for all of them, a bit for each."""

from collections.abc import Collection, Sequence

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
)
from archspec.analysis.points import share_failing
from archspec.frozen import frozen


@frozen
class _Outcomes:
    """By bit, the outages in which a node may be true, and those in which it may be false: both where luck decides."""

    true: int
    false: int


def shares_failing(expression: Expression, outages: Sequence[Collection[Variable]]) -> tuple[float | None, ...]:
    """For each outage the share of requests that fail while its parts are down and all others up.

    None where it is not known. The same as `share_failing` of each, which is asked only where luck decides.
    """
    outcomes = _outcomes(expression, outages)
    shares: list[float | None] = []
    for number, parts in enumerate(outages):
        may_succeed, may_fail = outcomes.true >> number & 1, outcomes.false >> number & 1
        shares.append(share_failing(expression, *parts) if may_succeed and may_fail else float(may_fail))
    return tuple(shares)


def _outcomes(expression: Expression, outages: Sequence[Collection[Variable]]) -> _Outcomes:
    every = (1 << len(outages)) - 1
    down: dict[Variable, int] = {}
    for number, parts in enumerate(outages):
        for part in parts:
            down[part] = down.get(part, 0) | 1 << number
    found: dict[Expression, _Outcomes] = {}
    for node in bottom_up(expression):
        terms = [found[term] for term in children(node)]
        match node:
            case Variable() if node in down:
                found[node] = _Outcomes(every & ~down[node], down[node])
            case Variable():
                found[node] = _Outcomes(every, every if node.cause is Cause.CHOICE else 0)
            case Constant(value):
                found[node] = _Outcomes(every, 0) if value else _Outcomes(0, every)
            case Every():
                found[node] = _counted(len(terms), terms, every)
            case Some():
                found[node] = _counted(1, terms, every)
            case AtLeast(count):
                found[node] = _counted(count, terms, every)
            case Not():
                found[node] = _Outcomes(terms[0].false, terms[0].true)
    return found[expression]


def _counted(count: int, terms: list[_Outcomes], every: int) -> _Outcomes:
    """At least `count` of the terms."""
    true = _at_least(count, [term.true for term in terms], every)
    return _Outcomes(true, _at_least(len(terms) - count + 1, [term.false for term in terms], every))


def _at_least(count: int, terms: list[int], every: int) -> int:
    """The bits that at least `count` of the terms have."""
    reached = [every, *[0] * count]
    for term in terms:
        for number in range(count, 0, -1):
            reached[number] |= reached[number - 1] & term
    return reached[count]
