"""Exact probability of an expression: a reduced ordered binary decision diagram, after Bryant.

R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, IEEE Transactions on Computers C-35
(1986). It is written out here because the import of a library for it takes longer than a whole `archspec lint`;
the tests compare it with one.
"""

from collections.abc import Iterable, Mapping

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
from archspec.analysis.order import Order, groups_first
from archspec.errors import ArchspecError

NODE_LIMIT = 500_000
"""Diagrams beyond this size are given up in this order of their variables; another may still be small."""

_FALSE, _TRUE = 0, 1
_LAST = 1 << 60
_Choice = tuple[int, int, int]


class EntangledError(ArchspecError):
    """The parts are shared in so many ways that an exact probability would take too long."""


class Diagram:
    """The decision diagram of an expression, its variables asked in an order.

    Raises:
        EntangledError: it grew beyond `limit` nodes.

    """

    def __init__(self, expression: Expression, order: Order | None = None, limit: int = NODE_LIMIT) -> None:
        self.order = groups_first(expression) if order is None else order
        self._limit = limit
        self._level = {variable: level for level, variable in enumerate(self.order)}
        self._nodes: list[tuple[int, int, int]] = [(_LAST, 0, 0), (_LAST, 1, 1)]
        self._unique: dict[tuple[int, int, int], int] = {}
        self._choices: dict[tuple[int, int, int], int] = {}
        self._root = self._build(expression)

    @property
    def size(self) -> int:
        """Nodes made on the way."""
        return len(self._nodes)

    def covers(self, parts: Iterable[Variable]) -> bool:
        """Whether all these variables are in the diagram's order."""
        return all(part in self._level for part in parts)

    def probability(self, given: Mapping[Variable, float] | None = None) -> float:
        """Probability of being true, variables independent; `given` overrules their own probabilities."""
        return self._values(self._probabilities(given or {}))[self._root]

    def importance(self) -> dict[Variable, float]:
        """Birnbaum's importance: how much the probability falls when a variable goes from up to down.

        Z. W. Birnbaum, On the importance of different components in a multicomponent system (1968): the
        derivative of the probability by that of the part. All at once: the probability of reaching a node,
        times the difference between its branches, summed over the nodes of a variable.
        """
        probabilities = self._probabilities({})
        values = self._values(probabilities)
        reached = dict.fromkeys(values, 0.0) | {self._root: 1.0}
        found = dict.fromkeys(self.order, 0.0)
        for node in sorted(values, key=lambda node: self._nodes[node][0]):
            level, low, high = self._nodes[node]
            if level == _LAST:
                continue
            found[self.order[level]] += reached[node] * (values[high] - values[low])
            reached[high] += reached[node] * probabilities[level]
            reached[low] += reached[node] * (1 - probabilities[level])
        return found

    def _probabilities(self, given: Mapping[Variable, float]) -> list[float]:
        stated = ((variable, variable.probability) for variable in self.order)
        return [given.get(variable, 1.0 if own is None else own) for variable, own in stated]

    def _values(self, probabilities: list[float]) -> dict[int, float]:
        """Probability of every node below the root; a node's branches have smaller numbers than the node."""
        below, waiting = {_FALSE, _TRUE}, [self._root]
        while waiting:
            node = waiting.pop()
            if node not in below:
                below.add(node)
                waiting += self._nodes[node][1:]
        values: dict[int, float] = {_FALSE: 0.0, _TRUE: 1.0}
        for node in sorted(below - {_FALSE, _TRUE}):
            level, low, high = self._nodes[node]
            up = probabilities[level]
            values[node] = up * values[high] + (1 - up) * values[low]
        return values

    def _build(self, expression: Expression) -> int:
        done: dict[Expression, int] = {}
        for node in bottom_up(expression):
            terms = [done[term] for term in children(node)]
            match node:
                case Constant(value):
                    done[node] = int(value)
                case Variable():
                    done[node] = self._node(self._level[node], _FALSE, _TRUE)
                case Every():
                    done[node] = self._every(terms)
                case Some():
                    done[node] = self._some(terms)
                case AtLeast(count):
                    done[node] = self._at_least(count, terms)
                case Not():
                    done[node] = self._choose(terms[0], _FALSE, _TRUE)
        return done[expression]

    def _every(self, terms: list[int]) -> int:
        rest = _TRUE
        for term in reversed(terms):  # the last first: then each step touches its own term's part of the diagram alone
            rest = self._choose(term, rest, _FALSE)
        return rest

    def _some(self, terms: list[int]) -> int:
        rest = _FALSE
        for term in reversed(terms):
            rest = self._choose(term, _TRUE, rest)
        return rest

    def _at_least(self, count: int, terms: list[int]) -> int:
        """From the last term to the first: `needed[j]` is true where j of the terms so far are.

        Of the j only those are kept that the terms still to come can bring to `count`.
        """
        needed = [_TRUE] + [_FALSE] * count
        for seen, term in enumerate(reversed(terms), start=1):
            least, most = max(1, count - (len(terms) - seen)), min(count, seen)
            for j in range(most, least - 1, -1):
                needed[j] = self._choose(term, needed[j - 1], needed[j])
        return needed[count]

    def _choose(self, test: int, high: int, low: int) -> int:
        """`high` where `test` is true, else `low`; with a stack of its own, since diagrams may be deep.

        The inner loop of everything here: a key is looked at twice, before and after its two branches are known.
        """
        nodes, choices = self._nodes, self._choices
        asked = (test, high, low)
        known = self._known(asked)
        if known is not None:
            return known
        waiting = [asked]
        while waiting:
            key = waiting[-1]
            if key in choices:
                waiting.pop()
                continue
            test, high, low = key
            of_test, of_high, of_low = nodes[test], nodes[high], nodes[low]
            level = of_test[0]
            level = of_high[0] if of_high[0] < level else level
            level = of_low[0] if of_low[0] < level else level
            if of_test[0] == level:
                down_test, up_test = of_test[1], of_test[2]
            else:
                down_test = up_test = test
            if of_high[0] == level:
                down_high, up_high = of_high[1], of_high[2]
            else:
                down_high = up_high = high
            if of_low[0] == level:
                down_low, up_low = of_low[1], of_low[2]
            else:
                down_low = up_low = low
            up, down = (up_test, up_high, up_low), (down_test, down_high, down_low)
            of_up, of_down = self._known(up), self._known(down)
            if of_up is not None and of_down is not None:
                choices[key] = self._node(level, of_down, of_up)
                waiting.pop()
                continue
            if of_up is None:
                waiting.append(up)
            if of_down is None:
                waiting.append(down)
        return choices[asked]

    def _known(self, key: _Choice) -> int | None:
        """The answer where it needs no look at branches, or was found before."""
        test, high, low = key
        if test == _TRUE or high == low:
            return high
        if test == _FALSE:
            return low
        if high == _TRUE and low == _FALSE:
            return test
        return self._choices.get(key)

    def _node(self, level: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (level, low, high)
        found = self._unique.get(key)
        if found is None:
            if len(self._nodes) >= self._limit:
                raise EntangledError("the parts share too many groups for an exact figure.")
            found = self._unique[key] = len(self._nodes)
            self._nodes.append(key)
        return found
