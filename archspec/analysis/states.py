"""Values that depend on which of some conditions hold: a decision diagram whose leaves are values.

R. I. Bahar and others, Algebraic decision diagrams and their applications, Formal Methods in System Design 10
(1997). A condition is any expression over parts; two that share parts are told apart all the same, so some ways
through a diagram may be impossible, which costs room and never exactness.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from archspec.analysis.expression import FALSE, TRUE, Expression
from archspec.errors import ArchspecError

NODE_LIMIT = 20_000
"""More nodes than this are given up."""
CONDITION_LIMIT = 200
"""More conditions than this are given up, since a diagram may be as deep."""
_LEAF = 1 << 60

Value = Hashable


class TooManyStatesError(ArchspecError):
    """There are too many different states to go through."""


class States:
    """Diagrams over the same conditions, in the order first met; a diagram is a number."""

    def __init__(self) -> None:
        self._levels: dict[Expression, int] = {}
        self.conditions: list[Expression] = []
        self._nodes: list[tuple[int, int, int]] = []
        self._values: dict[int, Any] = {}
        self._unique: dict[Hashable, int] = {}

    def leaf(self, value: Value) -> int:
        """The same value in every state."""
        return self._new(value, (_LEAF, 0, 0))

    def where(self, condition: Expression, high: int, low: int) -> int:
        """One diagram where a condition holds, another where it does not."""
        if condition is TRUE or high == low:
            return high
        if condition is FALSE:
            return low
        if condition not in self._levels:
            if len(self.conditions) >= CONDITION_LIMIT:
                raise TooManyStatesError("the draws below a retry meet too many states of the parts.")
            self._levels[condition] = len(self.conditions)
            self.conditions.append(condition)
        return self._where(self._levels[condition], high, low, {})

    def _where(self, level: int, high: int, low: int, done: dict[tuple[int, int], int]) -> int:
        key = (high, low)
        if key not in done:
            top = min(level, self._nodes[high][0], self._nodes[low][0])
            if top == level:
                done[key] = self._node(level, self._at(low, level, 1), self._at(high, level, 2))
            else:
                lows = self._at(high, top, 1), self._at(low, top, 1)
                highs = self._at(high, top, 2), self._at(low, top, 2)
                done[key] = self._node(top, self._where(level, *lows, done), self._where(level, *highs, done))
        return done[key]

    def map(self, change: Callable[..., Value], *diagrams: int) -> int:
        """The diagram of what a function makes of the values of several."""
        return self._map(change, diagrams, {})

    def _map(self, change: Callable[..., Value], diagrams: tuple[int, ...], done: dict[tuple[int, ...], int]) -> int:
        if diagrams not in done:
            top = min(self._nodes[diagram][0] for diagram in diagrams)
            if top == _LEAF:
                done[diagrams] = self.leaf(change(*(self._values[diagram] for diagram in diagrams)))
            else:
                low = self._map(change, tuple(self._at(diagram, top, 1) for diagram in diagrams), done)
                high = self._map(change, tuple(self._at(diagram, top, 2) for diagram in diagrams), done)
                done[diagrams] = self._node(top, low, high)
        return done[diagrams]

    def chained(
        self, diagrams: Sequence[int], first: Value, then: Callable[[Any, Any], Value], goes_on: Callable[[Any], bool]
    ) -> int:
        """One diagram after the other, from a first value: each adds to what came before, where that goes on."""
        done: dict[tuple[int, int, Value], int] = {}

        def further(number: int, diagram: int, before: Any) -> int:
            key = (number, diagram, before)
            if key not in done:
                level, low, high = self._nodes[diagram]
                if level != _LEAF:
                    above, beside = further(number, high, before), further(number, low, before)
                    done[key] = self._where(level, above, beside, {})
                else:
                    value = then(before, self._values[diagram])
                    is_last = number + 1 == len(diagrams) or not goes_on(value)
                    done[key] = self.leaf(value) if is_last else further(number + 1, diagrams[number + 1], value)
            return done[key]

        return further(0, diagrams[0], first) if diagrams else self.leaf(first)

    def values(self, diagram: int) -> tuple[Any, ...]:
        """The values that a diagram can have, each once."""
        return tuple(self._values[node] for node in self._below(diagram) if node in self._values)

    def folded(
        self, diagram: int, of_value: Callable[[Any], Any], joined: Callable[[Expression, Any, Any], Any]
    ) -> Any:
        """A diagram summed up from its leaves: `joined` gets a condition, what is where it holds and where not."""
        made: dict[int, Any] = {}
        for node in self._below(diagram):
            level, low, high = self._nodes[node]
            if level == _LEAF:
                made[node] = of_value(self._values[node])
            else:
                made[node] = joined(self.conditions[level], made[high], made[low])
        return made[diagram]

    def rises(self, diagram: int, measure: Callable[[Any], float]) -> bool:
        """Whether a value never gets smaller, in any state, where a condition holds that did not."""
        done: dict[tuple[int, int], bool] = {}

        def no_larger(one: int, other: int) -> bool:
            key = (one, other)
            if one != other and key not in done:
                top = min(self._nodes[one][0], self._nodes[other][0])
                if top == _LEAF:
                    done[key] = measure(self._values[one]) <= measure(self._values[other]) + 1e-12
                else:
                    done[key] = all(no_larger(self._at(one, top, way), self._at(other, top, way)) for way in (1, 2))
            return one == other or done[key]

        nodes = (self._nodes[node] for node in self._below(diagram))
        return all(no_larger(low, high) for level, low, high in nodes if level != _LEAF)

    def _below(self, diagram: int) -> list[int]:
        """The nodes of a diagram, each after those below it: those have smaller numbers."""
        found, waiting = {diagram}, [diagram]
        while waiting:
            level, low, high = self._nodes[waiting.pop()]
            new = {low, high} - found if level != _LEAF else set()
            found |= new
            waiting += new
        return sorted(found)

    def _at(self, diagram: int, level: int, branch: int) -> int:
        node = self._nodes[diagram]
        return node[branch] if node[0] == level else diagram

    def _node(self, level: int, low: int, high: int) -> int:
        return low if low == high else self._new((level, low, high), (level, low, high))

    def _new(self, key: Hashable, node: tuple[int, int, int]) -> int:
        found = self._unique.get(key)
        if found is None:
            if len(self._nodes) >= NODE_LIMIT:
                raise TooManyStatesError("the draws below a retry meet too many states of the parts.")
            found = self._unique[key] = len(self._nodes)
            self._nodes.append(node)
            if node[0] == _LEAF:
                self._values[found] = key
        return found
