"""Upper bounds on how often an expression is false: enough for a promise that is kept by far."""

from archspec.analysis.expression import AtLeast, Every, Expression, Variable, bottom_up, children
from archspec.analysis.probability import Probability, figured

Shape = tuple[tuple[str, float | None, tuple[int, ...]], ...]


class Bounds:
    """Bounds on several expressions; what they share, and what has the same shape, is computed once."""

    def __init__(self) -> None:
        self._of_nodes: dict[Expression, float] = {}
        self._of_shapes: dict[Shape, float] = {}

    def failures_of(self, expression: Expression) -> float:
        """A conjunction fails at most as often as its terms together (Boole's inequality); others by their own."""
        terms = expression.terms if isinstance(expression, Every) else (expression,)
        return sum(map(self._exactly, terms))

    def _exactly(self, expression: Expression) -> float:
        if expression not in self._of_nodes:
            shape = _shape(expression)
            if shape not in self._of_shapes:
                self._of_shapes[shape] = 1 - Probability(figured(expression)).range.lower
            self._of_nodes[expression] = self._of_shapes[shape]
        return self._of_nodes[expression]


def _shape(expression: Expression) -> Shape:
    """The expression with names left out: two replicas at 99% in two zones are like any other two."""
    places: dict[Expression, int] = {}
    found = []
    for node in bottom_up(expression):
        places[node] = len(places)
        figure = node.probability if isinstance(node, Variable) else None
        figure = float(node.count) if isinstance(node, AtLeast) else figure
        found.append((type(node).__name__, figure, tuple(places[term] for term in children(node))))
    return tuple(found)
