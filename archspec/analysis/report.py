"""Everything that `archspec analyze` says of an architecture, as plain values."""

from archspec.analysis.availability import Availability, FlowAvailability, Met, hours_per_year
from archspec.analysis.capacity import Capacity
from archspec.analysis.cuts import Cut
from archspec.analysis.exemptions import is_provided
from archspec.analysis.expression import Variable
from archspec.analysis.load_report import LoadReport, load_report
from archspec.frozen import frozen
from archspec.language import named
from archspec.model import Architecture, Running, with_fields

MONTHS = 12
_MET = {Met.YES: True, Met.NO: False, Met.UNKNOWN: None, None: None}
CUTS_LISTED = 1000
"""More cut sets of one flow than this are only counted."""


@frozen
class PointReport:
    """A single point of failure: `share` of requests fail with it, None where a hit ratio is not given.

    `provided` parts are run by somebody else, who makes them redundant.
    """

    part: str
    of: str
    share: float | None
    provided: bool


@frozen
class CostReport:
    """What a part costs a flow: Birnbaum's importance, and hours per year won if it never failed (None: not known)."""

    part: str
    of: str
    availability: float | None
    birnbaum: float
    downtime_hours_per_year: float | None


@frozen
class JobReport:
    """What a flow that comes by the clock has room for; times in seconds.

    `work_seconds` is the mean of one whole run, nothing failing or queueing; `room_seconds` what the deadline leaves
    beside it. `succeeds_about` is the share of runs that succeed, to first order, a failed one starting again until the
    deadline; None where it depends on how soon `unrepaired` parts are back. `late` are parts that a run cannot do
    without, and whose repair takes longer on average than there is room for.
    """

    work_seconds: float
    deadline_seconds: float | None
    room_seconds: float
    succeeds_about: float | None
    unrepaired: tuple[str, ...]
    late: tuple[str, ...]


@frozen
class FlowReport:
    """The availability of one flow.

    `availability` counts parts without a figure as always up, and is None where it is not exact. What is proven is
    `availability_at_least` and `availability_at_most`: parts without a figure may always be down, or never. All three
    are None where nothing that can fail has a figure.
    `meets_objective` is None where there is none, or where it is not known. `under_load` is the availability with as
    many replicas needed as the load takes, at most; None where `needs` already says so. `not_told_apart` are the
    components with so many replicas that single ones are in no cut set and have no importance.
    `draws_are_bounded` says that the figures are bounds because of what is drawn again at every try.

    In it are the requests that are sent to a dead replica until that is noticed (`lost_until_noticed_…`, shares), to
    first order; of what states an availability alone (`failover_not_counted`) failover is taken to take no time. Where
    nobody checks it, up to `unchecked_may_lose` more may fail.
    """

    flow: str
    availability: float | None
    availability_at_least: float | None
    availability_at_most: float | None
    objective: float | None
    meets_objective: bool | None
    downtime_hours_per_month: float | None
    downtime_hours_per_year: float | None
    allowed_hours_per_year: float | None
    under_load: float | None
    lost_until_noticed_at_least: float
    lost_until_noticed_at_most: float
    failover_not_counted: tuple[str, ...]
    unchecked_may_lose: float
    without_figure: tuple[str, ...]
    single_points: tuple[PointReport, ...]
    cut_sets: tuple[tuple[str, ...], ...]
    cut_set_counts: tuple[int, int, int]
    cut_sets_complete: bool
    not_told_apart: tuple[str, ...]
    draws_are_bounded: bool
    importance: tuple[CostReport, ...]
    job: JobReport | None = None
    """Of what comes by the clock: whether its objective is met is judged by that, not by the availability."""


@frozen
class SystemReport:
    """Availability by flow, and the load of all flows together."""

    name: str
    flows: tuple[FlowReport, ...]
    load: LoadReport
    depends_on_load: tuple[str, ...] = ()
    """What calls have that availability does not count: circuit breakers, retry budgets."""

    @property
    def misses_objective(self) -> bool:
        """Whether a flow cannot keep its promise."""
        return any(flow.meets_objective is False for flow in self.flows)


def report(architecture: Architecture, flow: str | None = None) -> SystemReport:
    """The report on an architecture; `flow` limits the part on availability to one.

    Raises:
        UsageError: there is no such flow.

    """
    if flow is not None:
        named("flow", flow, architecture.flows)
    capacity = Capacity(architecture)
    busier = _with_needs_of_load(architecture, capacity)
    stated, loaded = Availability(architecture), Availability(busier) if busier is not architecture else None
    chosen = [flow] if flow is not None else list(architecture.flows)
    return SystemReport(
        architecture.name,
        tuple(
            _flow_report(architecture, stated.of_flow(id_), loaded.of_flow(id_).at_most if loaded else None)
            for id_ in chosen
        ),
        load_report(architecture, capacity),
        _depending_on_load(architecture),
    )


def _depending_on_load(architecture: Architecture) -> tuple[str, ...]:
    links = [*architecture.connections, architecture.connection_defaults]
    breakers = any(getattr(link, "circuit_breaker", None) for link in links)
    budgets = any(getattr(getattr(link, "retries", None), "budget", None) for link in links)
    return (*(["circuit breakers"] if breakers else []), *(["retry budgets"] if budgets else []))


def _with_needs_of_load(architecture: Architecture, capacity: Capacity) -> Architecture:
    """The architecture with `needs` raised to what the load takes, where the spec says less."""
    for component, needed in capacity.needed_replicas.items():
        found = architecture.components[component]
        if isinstance(found, Running):
            architecture = with_fields(architecture, found, needs=needed)
    return architecture


def _flow_report(architecture: Architecture, flow: FlowAvailability, under_load: float | None) -> FlowReport:
    value, cuts = flow.value, flow.cuts
    is_other = under_load is not None and flow.at_most is not None and abs(under_load - flow.at_most) > 1e-12
    names = [tuple(part.name for part in _ordered(flow, cut)) for cut in cuts.sets[:CUTS_LISTED]]
    return FlowReport(
        flow=flow.flow,
        availability=value,
        availability_at_least=None if flow.range is None else flow.range.lower,
        availability_at_most=flow.at_most,
        objective=flow.objective,
        meets_objective=_MET[flow.met],
        downtime_hours_per_month=None if value is None else hours_per_year(value) / MONTHS,
        downtime_hours_per_year=flow.downtime,
        allowed_hours_per_year=flow.allowed_downtime,
        under_load=under_load if is_other else None,
        lost_until_noticed_at_least=flow.detection.costs.least,
        lost_until_noticed_at_most=flow.detection.costs.most,
        failover_not_counted=flow.detection.costs.left_out,
        unchecked_may_lose=flow.detection.costs.unchecked,
        without_figure=flow.without_figure,
        single_points=tuple(
            PointReport(point.part.name, point.part.owner, point.share, _is_provided(architecture, point.part.owner))
            for point in flow.single_points
        ),
        cut_sets=tuple(names),
        cut_set_counts=(len(cuts.of_order(1)), len(cuts.of_order(2)), len(cuts.of_order(3))),
        cut_sets_complete=cuts.complete and len(cuts.sets) <= CUTS_LISTED and not flow.not_told_apart,
        not_told_apart=flow.not_told_apart,
        draws_are_bounded=flow.value is None and not flow.figure.is_exact,
        importance=tuple(
            CostReport(each.part.name, each.part.owner, each.part.probability, each.birnbaum, each.downtime)
            for each in flow.importance
        ),
        job=_job_report(flow),
    )


def _job_report(flow: FlowAvailability) -> JobReport | None:
    job, found = flow.job, flow.in_time
    if job is None or found is None:
        return None
    is_known = flow.has_figures or job.is_impossible
    return JobReport(job.work, job.deadline, job.room, found.share if is_known else None, found.unrepaired, found.late)


def _ordered(flow: FlowAvailability, cut: Cut) -> list[Variable]:
    return [part for part in flow.parts if part in cut]


def _is_provided(architecture: Architecture, owner: str) -> bool:
    component = architecture.components.get(owner)
    return component is not None and is_provided(component)
