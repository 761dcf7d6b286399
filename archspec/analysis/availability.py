"""Availability of flows in the steady state, parts failing independently of each other: exact, or bounds."""

from dataclasses import field, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from archspec.analysis.detection import Detection
from archspec.analysis.expression import Cause, Constant, Expression, Variable, at_worst, negated, restricted, variables
from archspec.analysis.jobs import InTime, Job, job_of
from archspec.analysis.points import SinglePoint, share_failing
from archspec.analysis.probability import Probability, figured
from archspec.analysis.range import Range
from archspec.analysis.shared import Shared
from archspec.analysis.structure import Figure, Structures
from archspec.frozen import frozen
from archspec.model import Architecture

if TYPE_CHECKING:
    from archspec.analysis.cuts import CutSets

HOURS_PER_YEAR = 8766.0
"""365.25 days."""
ABOUT = 1.5
"""A figure of first order is taken to be right within this factor."""
ALIKE = 1e-3
"""Shares that differ by less are one."""
SLACK = 1e-12
"""Rounding that is let pass in the architect's favour."""


@frozen
class Importance:
    """What one part costs a flow.

    `birnbaum` is the fall of the flow's availability when the part goes from up to down; `downtime` the hours
    per year that would be won if it never failed, None where nothing says how often it does.
    """

    part: Variable
    birnbaum: float
    downtime: float | None


class Met(Enum):
    """Whether a promise is kept, as far as the spec proves it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen(slots=False)
class FlowAvailability:
    """One flow: what it needs, and how often that is there.

    `structure` says what it needs if nobody is unlucky; `figure` counts luck too, and is what the figures are of.
    """

    flow: str
    structure: Expression = field(repr=False)
    figure: Figure = field(repr=False)
    detection: Detection = field(repr=False)
    objective: float | None
    ends: tuple[Expression, Expression] = field(repr=False)
    """The structure at the least and at the most, whoever is chosen where the spec leaves that open."""
    shared: Shared = field(default_factory=Shared, repr=False)
    job: Job | None = None
    """Of what comes by the clock: how long it takes and may take."""

    @cached_property
    def range(self) -> Range | None:
        """Share of requests that succeed: what is proven of it.

        Parts without a figure may always be up, or never. None where nothing that can fail has a figure.
        """
        if self.known is None or not self._unknown:
            return self.known
        return Range(self._least, self._most)

    @cached_property
    def known(self) -> Range | None:
        """The same if parts without a figure never failed."""
        return None if self._drawn is None else self._with_detection(self._drawn)

    @cached_property
    def _drawn(self) -> Range | None:
        """The same if every death were known at once."""
        if not self.has_figures:
            return None
        best = self._probability.range
        if self.figure.is_exact:
            return best
        lower = min(self.shared.probability(self.figure.lower).range.lower, best.upper)
        return Range(best.upper if best.upper - lower <= SLACK else lower, best.upper)

    def _with_detection(self, found: Range) -> Range:
        costs = self.detection.costs
        if not costs.most:
            return found
        return Range(
            max(0.0, found.lower - costs.most - costs.unsure),
            max(0.0, min(found.upper, found.upper - costs.least + costs.unsure)),
        )

    @property
    def value(self) -> float | None:
        """The availability as far as parts with a figure decide, the others always up; None where bounds are wide."""
        return None if self.known is None else self.known.middle

    @property
    def at_most(self) -> float | None:
        """What the availability cannot be above."""
        return None if self.known is None else self._most

    @property
    def _probability(self) -> Probability:
        """Over what has a figure."""
        return self.shared.probability(self.figure.upper)

    @property
    def _unknown(self) -> list[Variable]:
        return [variable for variable in self._variables if variable.probability is None]

    @property
    def _least(self) -> float:
        """With all parts down that have no figure, and caches that never hit where it is not known how often."""
        unknown = self._unknown
        needed = {point.part for point in self.single_points if point.share == 1}
        if any(variable in needed for variable in unknown):
            return 0.0
        worst = (
            at_worst(self.figure.lower, unknown)
            if self._may_do_harm
            else restricted(self.figure.lower, dict.fromkeys(unknown, False))
        )
        return self._with_detection(Probability(figured(worst)).range).lower

    @cached_property
    def _most(self) -> float:
        """The most that it is whatever is not known: with that up, unless less may be more."""
        most = 0.0 if self.known is None else self.known.upper
        if not self._may_do_harm:
            return most
        failing = Probability(figured(at_worst(negated(self.figure.upper), self._unknown))).range
        return max(most, self._with_detection(Range(most, 1 - failing.lower)).upper)

    @property
    def _may_do_harm(self) -> bool:
        """Whether what has no figure may do harm by being up, or a hit by being one."""
        has_choices = any(variable.cause is Cause.CHOICE for variable in self._unknown)
        return bool(self._unknown) and (self.figure.hangs or (has_choices and self.figure.may_end))

    @cached_property
    def parts(self) -> tuple[Variable, ...]:
        """Everything that can break and takes part, in the order of the flow; last what only luck leads to."""
        return tuple(variable for variable in self._variables if variable.is_part)

    @cached_property
    def _variables(self) -> tuple[Variable, ...]:
        """All of the structure, then those that matter only where a draw goes badly: what stands in after a 503."""
        read = (self.structure, self.figure.upper, self.figure.lower)
        return tuple(dict.fromkeys(variable for each in read for variable in variables(each)))

    @property
    def without_figure(self) -> tuple[str, ...]:
        """Components, groups and links whose availability is not given, each once."""
        return tuple(dict.fromkeys(each.owner for each in self._unknown if each.cause is not Cause.CHOICE))

    @property
    def not_told_apart(self) -> tuple[str, ...]:
        """Components with too many replicas to look at single ones; the availability has them all in it."""
        pools = (variable for variable in variables(self.structure) if variable.cause is Cause.POOL)
        return tuple(dict.fromkeys(pool.owner for pool in pools))

    @property
    def has_figures(self) -> bool:
        """Whether anything that can fail has a figure (how often a cache hits is none), or nothing can."""
        if isinstance(self.figure.upper, Constant):
            return True
        things = (variable for variable in variables(self.structure) if variable.cause.is_of_things)
        return self.figure.has_mishaps or any(thing.probability is not None for thing in things)

    @property
    def downtime(self) -> float | None:
        """Hours per year in which a request fails, by that value."""
        return None if self.value is None else hours_per_year(self.value)

    @property
    def allowed_downtime(self) -> float | None:
        """Hours per year that the objective leaves."""
        return None if self.objective is None else hours_per_year(self.objective)

    @property
    def met(self) -> Met | None:
        """Whether the objective is kept; None where there is none."""
        if self.objective is None:
            return None
        if self.job is not None and self.job.deadline is not None:
            return self._met_in_time(self.objective)
        if self.misses_objective:
            return Met.NO
        unchecked = self.detection.costs.unchecked
        is_kept = self.range is not None and self.range.lower - unchecked >= self.objective - SLACK
        return Met.YES if is_kept else Met.UNKNOWN

    @property
    def misses_objective(self) -> bool:
        """Whether the objective cannot be met, whatever the parts without a figure do.

        Most are met by far, and the failures of all that the flow needs, simply added up, prove it.
        """
        if self.objective is None or (self.job is not None and self.job.deadline is not None):
            return False
        if 1 - self.shared.bounds.failures_of(self.figure.lower) - self.detection.at_worst >= self.objective:
            return False
        return self.at_most is not None and self.at_most < self.objective - SLACK

    @cached_property
    def in_time(self) -> InTime | None:
        """Of what comes by the clock: which share of its runs succeed, by their deadline if there is one."""
        if self.job is None:
            return None
        whole = Probability(figured(restricted(self.figure.upper, dict.fromkeys(self.parts, True)))).range
        return self.job.in_time(self.single_points, self.cuts, max(0.0, 1 - whole.upper))

    def may_wait_for(self, owner: str) -> bool:
        """Whether a run that a part fails begins anew, and has room for its repair."""
        return self.job is not None and not self.job.is_late(owner)

    def _met_in_time(self, objective: float) -> Met:
        """By a figure of first order, which is not trusted where half as much again would decide otherwise."""
        share = self.in_time.share if self.in_time is not None else None
        if share is None:
            return Met.UNKNOWN
        if 1 - share > (1 - objective) * ABOUT:
            return Met.NO
        is_kept = not self.without_figure and (1 - share) * ABOUT <= 1 - objective + SLACK
        return Met.YES if is_kept else Met.UNKNOWN

    @cached_property
    def single_points(self) -> tuple[SinglePoint, ...]:
        """Parts whose failure alone fails requests; of which share, is not said where that depends on who is chosen."""
        points = self.shared.single_points(self.structure)
        return tuple(
            point if self._is_known(point.share, point.part) else replace(point, share=None) for point in points
        )

    def share_failing(self, *parts: Variable) -> float | None:
        """The share of requests that fail while these parts are down and all others up; None where it is not known."""
        share = share_failing(self.structure, *parts)
        return share if self._is_known(share, *parts) else None

    def _is_known(self, share: float | None, *parts: Variable) -> bool:
        """Whether as many fail whoever is chosen where the spec leaves that open."""
        worst, best = self.ends
        if share in (None, 1.0) or worst is best:
            return True
        most, least = share_failing(worst, *parts), share_failing(best, *parts)
        return least is not None and most is not None and most - least < ALIKE

    @property
    def below_objective(self) -> tuple[Variable, ...]:
        """Parts that every request needs and whose own availability is under the objective: a proof by themselves."""
        if self.objective is None or (self.job is not None and self.job.deadline is not None):
            return ()
        needed = (point.part for point in self.single_points if point.share == 1)
        return tuple(p for p in needed if p.probability is not None and p.probability < self.objective - SLACK)

    @property
    def cuts(self) -> "CutSets":
        """Minimal cut sets of up to three parts."""
        return self.shared.cuts(self.structure)

    @cached_property
    def importance(self) -> tuple[Importance, ...]:
        """Every part that takes part, the most costly first; empty where the diagram grows too large.

        Of a pool so large that its replicas are taken together, each gets the mean.
        """
        falls = self.shared.probability(self.figure.upper, figures_alone=not self.without_figure).importance
        found = [
            Importance(part, fall, None if part.probability is None else fall * (1 - part.probability) * HOURS_PER_YEAR)
            for part, fall in falls.items()
            if part.is_part
        ]
        places = {part: place for place, part in enumerate(self.parts)}
        return tuple(sorted(found, key=lambda i: (-(i.downtime or 0.0), -i.birnbaum, places[i.part])))


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
        self.structures = Structures(architecture)
        self._shared = Shared()
        self._detections: dict[str, Detection] = {}
        self._flows: dict[str, FlowAvailability] = {}

    def of_flow(self, flow: str) -> FlowAvailability:
        """One flow's; the same value however often it is asked for."""
        if flow not in self._flows:
            objective = self._architecture.flows[flow].objective
            promised = float(objective.success) if objective and objective.success else None
            needed, figure = self.structures.of_flow(flow), self.structures.figure_of(flow)
            ends, alike = self.structures.ends_of(flow), self._architecture.alike[flow]
            detection = self._detections.setdefault(alike, Detection(self.structures, alike))
            job = job_of(self._architecture, flow)
            self._flows[flow] = FlowAvailability(flow, needed, figure, detection, promised, ends, self._shared, job)
        return self._flows[flow]

    @property
    def flows(self) -> tuple[FlowAvailability, ...]:
        """All flows, in the order written."""
        return tuple(self.of_flow(flow) for flow in self._architecture.flows)
