"""Figures of expressions, each worked out once: flows that do the same need the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from archspec.analysis.bounds import Bounds
from archspec.analysis.cuts import CutSets, minimal_cuts
from archspec.analysis.expression import Expression
from archspec.analysis.points import SinglePoint, single_points
from archspec.analysis.probability import Probability, figured

T = TypeVar("T")


@dataclass
class Shared:
    """What is known of the expressions of one architecture's flows."""

    bounds: Bounds = field(default_factory=Bounds)
    _figured: dict[Expression, Probability] = field(default_factory=dict)
    _whole: dict[Expression, Probability] = field(default_factory=dict)
    _points: dict[Expression, tuple[SinglePoint, ...]] = field(default_factory=dict)
    _cuts: dict[Expression, CutSets] = field(default_factory=dict)

    def probability(self, expression: Expression, *, figures_alone: bool = True) -> Probability:
        """How probable it is, over what has a figure, or over everything."""
        if figures_alone:
            return _once(self._figured, expression, lambda whole: Probability(figured(whole)))
        return _once(self._whole, expression, Probability)

    def single_points(self, expression: Expression) -> tuple[SinglePoint, ...]:
        """Parts whose failure alone fails requests."""
        return _once(self._points, expression, single_points)

    def cuts(self, expression: Expression) -> CutSets:
        """Minimal cut sets of up to three parts."""
        return _once(self._cuts, expression, minimal_cuts)


def _once(known: dict[Expression, T], expression: Expression, work_out: Callable[[Expression], T]) -> T:
    if expression not in known:
        known[expression] = work_out(expression)
    return known[expression]
