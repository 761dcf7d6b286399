"""Availability of flows: exact, in the steady state, parts failing independently of each other."""

from dataclasses import dataclass, field
from functools import cached_property

from archspec.analysis.bounds import Bounds
from archspec.analysis.cuts import CutSets, minimal_cuts
from archspec.analysis.diagram import Diagram, EntangledError, figured
from archspec.analysis.expression import Expression, Variable, variables
from archspec.analysis.points import SinglePoint, single_points
from archspec.analysis.structure import Figure, Structures
from archspec.model.architecture import Architecture

HOURS_PER_YEAR = 8766.0
"""365.25 days."""
SLACK = 1e-12
"""Rounding that is let pass in the architect's favour."""


@dataclass(frozen=True, slots=True)
class Importance:
    """What one part costs a flow.

    `birnbaum` is the fall of the flow's availability when the part goes from up to down; `downtime` the hours
    per year that would be won if it never failed.
    """

    part: Variable
    birnbaum: float
    downtime: float


@dataclass(frozen=True)
class FlowAvailability:
    """One flow: what it needs, and how often that is there.

    `structure` says what it needs if nobody is unlucky; `figure` counts luck too, and is what the figures are of.
    `value` is None where there is no exact figure: the parts are too entangled, or it depends on what is not known.
    """

    flow: str
    structure: Expression = field(repr=False)
    figure: Figure = field(repr=False)
    objective: float | None
    bounds: Bounds = field(default_factory=Bounds, repr=False)

    @property
    def value(self) -> float | None:
        """Share of requests that succeed, as far as parts with a figure decide; the others count as always up."""
        if self.at_least is None or self.at_most is None or self.at_most - self.at_least > SLACK:
            return None
        return self.at_most

    @cached_property
    def at_most(self) -> float | None:
        """What the share cannot be above."""
        try:
            return self._figured.probability()
        except EntangledError:
            return None

    @cached_property
    def at_least(self) -> float | None:
        """What the share cannot be below."""
        try:
            return self.at_most if self.figure.is_exact else figured(self.figure.lower).probability()
        except EntangledError:
            return None

    @cached_property
    def _figured(self) -> Diagram:
        """The diagram over what has a figure."""
        return figured(self.figure.upper)

    @cached_property
    def parts(self) -> tuple[Variable, ...]:
        """Everything that can break and takes part, in the order of the flow."""
        return tuple(variable for variable in variables(self.structure) if variable.is_part)

    @property
    def without_figure(self) -> tuple[str, ...]:
        """Components, groups and links whose availability is not given, each once."""
        return tuple(dict.fromkeys(part.owner for part in self.parts if part.probability is None))

    @property
    def has_figures(self) -> bool:
        """Whether anything that decides the availability has a figure."""
        return any(variable.probability is not None for variable in variables(self.structure))

    @property
    def downtime(self) -> float | None:
        """Hours per year in which a request fails."""
        return None if self.value is None else hours_per_year(self.value)

    @property
    def allowed_downtime(self) -> float | None:
        """Hours per year that the objective leaves."""
        return None if self.objective is None else hours_per_year(self.objective)

    @property
    def misses_objective(self) -> bool:
        """Whether the objective cannot be met, whatever the parts without a figure do.

        Most are met by far, and the failures of all that the flow needs, simply added up, prove it.
        """
        if self.objective is None or 1 - self.bounds.failures_of(self.figure.lower) >= self.objective:
            return False
        return self.at_most is not None and self.at_most < self.objective - SLACK

    @cached_property
    def single_points(self) -> tuple[SinglePoint, ...]:
        """Parts whose failure alone fails requests."""
        return single_points(self.structure)

    @property
    def below_objective(self) -> tuple[Variable, ...]:
        """Parts that every request needs and whose own availability is under the objective: a proof by themselves."""
        if self.objective is None:
            return ()
        needed = (point.part for point in self.single_points if point.share == 1)
        return tuple(p for p in needed if p.probability is not None and p.probability < self.objective - SLACK)

    @cached_property
    def cuts(self) -> CutSets:
        """Minimal cut sets of up to three parts."""
        return minimal_cuts(self.structure)

    @cached_property
    def importance(self) -> tuple[Importance, ...]:
        """Every part that takes part, the most costly first; empty where there is no exact figure."""
        try:
            falls = (self._figured if self._figured.covers(self.parts) else Diagram(self.structure)).importance()
        except EntangledError:
            return ()
        found = [
            Importance(
                part, fall, fall * (1 - (1.0 if part.probability is None else part.probability)) * HOURS_PER_YEAR
            )
            for part, fall in falls.items()
            if part.is_part
        ]
        places = {part: place for place, part in enumerate(self.parts)}
        return tuple(sorted(found, key=lambda i: (-i.downtime, -i.birnbaum, places[i.part])))


def hours_per_year(availability: float) -> float:
    """Downtime that an availability means.

    >>> round(hours_per_year(0.999), 3)
    8.766
    """
    return (1 - availability) * HOURS_PER_YEAR


class Availability:
    """The availability of every flow of an architecture, each computed when asked for."""

    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture
        self._structures = Structures(architecture)
        self._bounds = Bounds()
        self._flows: dict[str, FlowAvailability] = {}

    def of_flow(self, flow: str) -> FlowAvailability:
        """One flow's; the same value however often it is asked for."""
        if flow not in self._flows:
            objective = self._architecture.flows[flow].objective
            promised = float(objective.success) if objective and objective.success else None
            self._flows[flow] = FlowAvailability(
                flow, self._structures.of_flow(flow), self._structures.figure_of(flow), promised, self._bounds
            )
        return self._flows[flow]

    @property
    def flows(self) -> tuple[FlowAvailability, ...]:
        """All flows, in the order written."""
        return tuple(self.of_flow(flow) for flow in self._architecture.flows)
