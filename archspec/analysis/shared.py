"""Figures of expressions, each worked out once: flows that do the same need the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from archspec.analysis.expression import AtLeast, Every, Expression, Variable, bottom_up, children
from archspec.analysis.points import SinglePoint, single_points
from archspec.analysis.probability import Probability, figured

if TYPE_CHECKING:
    from archspec.analysis.cuts import CutSets

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


T = TypeVar("T")


@dataclass
class Shared:
    """What is known of the expressions of one architecture's flows."""

    bounds: Bounds = field(default_factory=Bounds)
    _figured: dict[Expression, Probability] = field(default_factory=dict)
    _whole: dict[Expression, Probability] = field(default_factory=dict)
    _points: dict[Expression, tuple[SinglePoint, ...]] = field(default_factory=dict)
    _cuts: "dict[Expression, CutSets]" = field(default_factory=dict)

    def probability(self, expression: Expression, *, figures_alone: bool = True) -> Probability:
        """How probable it is, over what has a figure, or over everything."""
        if figures_alone:
            return _once(self._figured, expression, lambda whole: Probability(figured(whole)))
        return _once(self._whole, expression, Probability)

    def single_points(self, expression: Expression) -> tuple[SinglePoint, ...]:
        """Parts whose failure alone fails requests."""
        return _once(self._points, expression, single_points)

    def cuts(self, expression: Expression) -> "CutSets":
        """Minimal cut sets of up to three parts."""
        from archspec.analysis.cuts import minimal_cuts

        return _once(self._cuts, expression, minimal_cuts)


def _once(known: dict[Expression, T], expression: Expression, work_out: Callable[[Expression], T]) -> T:
    if expression not in known:
        known[expression] = work_out(expression)
    return known[expression]
