"""Where diagrams grow too large: look at the states of the variables that tie the parts together, one by one.

Once every variable that occurs in several places is known, each other one stands in one place, and the probability
of an expression follows from those of its terms. All states give the exact figure. The most likely ones alone give
bounds, since in all the others together a conjunction fails
- at least as often as the term that fails there most often, and
- at most as often as its terms together (Boole's inequality), or always.
How often a term fails there is how often it fails at all, less what was seen of it. Nothing need be monotone.
"""

from collections.abc import Iterator
from functools import reduce
from heapq import heappop, heappush
from itertools import islice
from math import prod
from typing import TYPE_CHECKING

from archspec.analysis.diagram import Diagram, EntangledError
from archspec.analysis.expression import (
    AtLeast,
    Constant,
    Every,
    Expression,
    Not,
    Some,
    Variable,
    bottom_up,
    children,
)
from archspec.analysis.modules import modules_apart
from archspec.analysis.range import Range

if TYPE_CHECKING:
    from numpy import ndarray

    Chance = ndarray | float

WORK = 500_000_000
"""Multiplications that are made: a second or two."""
STATES = 200_000
"""Most states that are listed by how likely they are."""
CLOSE = 1e-6
"""Enough states were seen when those left are so rare against the failures that were seen."""
ROUNDING = 1e-14
"""Sums of so many products are off by less."""
_BATCH = 1 << 12
_TERM_NODES = 20_000


class Conditioned:
    """An expression, looked at state by state of those of its variables that occur in several places."""

    def __init__(self, expression: Expression) -> None:
        self._expression = modules_apart(expression)
        self._nodes = tuple(bottom_up(self._expression))
        self._terms = self._expression.terms if isinstance(self._expression, Every) else (self._expression,)
        self._shared = _repeated(self._nodes)
        self._work = sum(map(_work, self._nodes))

    @property
    def is_exact(self) -> bool:
        """Whether all states can be looked at."""
        return self._work << min(len(self._shared), 64) <= WORK

    def range(self) -> Range:
        """Bounds on the probability of being true, parts without a figure always up."""
        failed = unseen = 0.0
        of_terms: list[float] = [0.0] * len(self._terms)
        for states, weights in self._batches():
            terms = self._true(states)
            failed += _mean(weights, 1 - prod(terms))
            unseen += _mean(weights, 1.0)
            of_terms = [known + _mean(weights, 1 - term) for known, term in zip(of_terms, terms, strict=True)]
            if not self.is_exact and 1 - unseen < CLOSE * failed:
                break
        if self.is_exact:
            return Range(1 - failed, 1 - failed)
        return self._bounds(failed, max(0.0, 1 - unseen), of_terms)

    def _bounds(self, failed: float, unseen: float, of_terms: list[float]) -> Range:
        """What the states that were not seen can change."""
        ranges = [_alone(term) for term in self._terms]
        most = sum(max(0.0, 1 - each.lower - seen) for each, seen in zip(ranges, of_terms, strict=True))
        least = max(max(0.0, 1 - each.upper - seen) for each, seen in zip(ranges, of_terms, strict=True))
        lower, upper = 1 - failed - min(most, unseen), 1 - failed - min(least, unseen)
        return Range(max(0.0, lower - ROUNDING), min(1.0, upper + ROUNDING))

    def _batches(self) -> "Iterator[tuple[ndarray, ndarray]]":
        """Which shared variables are up, a row for a state, and how likely each is."""
        import numpy

        up = numpy.array([_up(variable) for variable in self._shared])
        for numbers in self._states():
            bits = numpy.frombuffer(b"".join(numbers), dtype=numpy.uint8).reshape(len(numbers), -1)
            states = numpy.unpackbits(bits, axis=1, count=len(up), bitorder="little").astype(bool)
            yield states, numpy.where(states, up, 1 - up).prod(axis=1)

    def _states(self) -> Iterator[list[bytes]]:
        """Batches of states as bits: all of them, or the most likely ones."""
        size = max(1, (len(self._shared) + 7) // 8)
        if self.is_exact:
            numbers: Iterator[int] = iter(range(1 << len(self._shared)))
        else:
            likeliest = _likeliest([_up(variable) for variable in self._shared])
            numbers = islice(likeliest, max(1, min(STATES, WORK // self._work)))
        while batch := [number.to_bytes(size, "little") for number in islice(numbers, _BATCH)]:
            yield batch

    def _true(self, states: "ndarray") -> "list[Chance]":
        """How often each term of the conjunction is true in each of the states; there they are independent."""
        found: dict[Expression, Chance] = {
            variable: states[:, place].astype(float) for place, variable in enumerate(self._shared)
        }
        for node in self._nodes:
            if node not in found:
                found[node] = _of_terms(node, [found[term] for term in children(node)])
        return [found[term] for term in self._terms]


def _mean(weights: "ndarray", values: "Chance") -> float:
    return float((weights * values).sum())


def _alone(term: Expression) -> Range:
    try:
        value = Diagram(term, limit=_TERM_NODES).probability()
    except EntangledError:
        return Range(0.0, 1.0)
    return Range(value, value)


def _of_terms(node: Expression, terms: "list[Chance]") -> "Chance":
    """The chance of a node whose terms have nothing in common."""
    match node:
        case Constant(value):
            return float(value)
        case Variable():
            return _up(node)
        case Every():
            return prod(terms)
        case Some():
            return 1 - prod(1 - term for term in terms)
        case Not():
            return 1 - terms[0]
        case AtLeast(count):
            enough: list[Chance] = [1.0, *([0.0] * count)]
            for term in terms:
                for j in range(count, 0, -1):
                    enough[j] = term * enough[j - 1] + (1 - term) * enough[j]
            return enough[count]


def _work(node: Expression) -> int:
    """Multiplications, in each state."""
    return 1 + len(children(node)) * (node.count if isinstance(node, AtLeast) else 1)


def _up(variable: Variable) -> float:
    return 1.0 if variable.probability is None else variable.probability


def _repeated(nodes: tuple[Expression, ...]) -> tuple[Variable, ...]:
    """The variables that more than one way leads to."""
    ways = dict.fromkeys(nodes, 0) | {nodes[-1]: 1}
    for node in reversed(nodes):
        for term in children(node):
            ways[term] = min(2, ways[term] + ways[node])
    return tuple(node for node in nodes if isinstance(node, Variable) and ways[node] > 1)


def _likeliest(up: list[float]) -> Iterator[int]:
    """States as bits, the most likely first.

    From the likeliest state, sets of flips in the order of their odds: each set has as successors the one with the
    next flip added, and the one with its last flip moved on by one.
    """
    base = reduce(lambda bits, place: bits | (up[place] >= 0.5) << place, range(len(up)), 0)
    odds = [min(chance, 1 - chance) / max(chance, 1 - chance) for chance in up]
    order = sorted(range(len(up)), key=lambda place: -odds[place])
    yield base
    waiting = [(-odds[order[0]], 0, 1 << order[0])] if order else []
    while waiting:
        weight, last, flips = heappop(waiting)
        yield base ^ flips
        if last + 1 < len(order):
            this, following = order[last], order[last + 1]
            heappush(waiting, (weight * odds[following], last + 1, flips | 1 << following))
            moved = weight / odds[this] * odds[following] if odds[this] else 0.0
            heappush(waiting, (moved, last + 1, flips ^ 1 << this | 1 << following))
