"""What `archspec.simulate` and `archspec.find_capacity` return.

Times are in seconds, rates per second, shares between 0 and 1.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, ClassVar

from archspec.face.part_figures import (
    FunctionFigures,
    JobFigures,
    PoolFigures,
    QueueFigures,
    SessionFigures,
    SubscriptionFigures,
)
from archspec.face.rows import Reported, Rows
from archspec.face.traces import RunEvent, Trace
from archspec.frozen import frozen
from archspec.language import named
from archspec.values import digits

if TYPE_CHECKING:
    from archspec.reports import Simulation as Run
    from archspec.simulation import Capacity as Searched


@frozen
class Percentiles:
    """A figure for the mean and for each percentile by nearest rank, in seconds; None where there is no such figure."""

    mean: float | None = None
    p50: float | None = None
    p90: float | None = None
    p95: float | None = None
    p99: float | None = None
    p999: float | None = None


@frozen
class Latency(Percentiles):
    """Response times in seconds; every figure is None where `count` is 0."""

    count: int = 0
    half_width: Percentiles = Percentiles()
    """Of each figure's confidence interval; None where none can be given."""


@frozen
class FlowFigures:
    """One flow over the window: offered = ok + failed + in_flight, always."""

    flow: str
    offered: int
    ok: int
    degraded: int
    """Of those that are ok."""
    failed: int
    failed_by_cause: Mapping[str, int]
    in_flight: int
    success: float | None
    """Share of ended requests that succeeded."""
    throughput: float
    """Successful answers per second."""
    success_low: float | None
    success_high: float | None
    """The limits of the confidence interval of `success`."""
    latency: Latency
    """Of requests that succeeded."""
    failed_latency: Latency
    """Of requests that failed."""
    overloaded: str | None
    """Why percentiles grow with the run, where they do."""
    missed: tuple[str, ...]
    """Every objective that was missed, a sentence each."""


@frozen
class LoadFigures:
    """How loaded a component was; `half_width` holds the same figures' half-widths."""

    core_utilisation: float | None = None
    """Busy time of its cores / (cores × registered time)."""
    slot_utilisation: float | None = None
    waiting: float | None = None
    """Mean number waiting."""
    in_system: float | None = None
    """Mean number inside: waiting or in work."""
    probability_of_wait: float | None = None
    mean_wait: float | None = None
    """In seconds, over the answered calls; those that did not wait count as 0."""
    shed_share: float | None = None
    """Share of calls that it shed."""


@frozen(kw_only=True)
class ComponentFigures(LoadFigures):
    """One component over the window, its replicas taken together; counts are over the whole run."""

    component: str
    calls: int
    answered: int
    errors: int
    shed: int
    rate_limited: int
    refused: int
    reset: int
    lost: int
    in_work: int
    retries_in: int
    half_width: LoadFigures
    """Of each figure's confidence interval; None where none can be given."""


@frozen
class AlertChange:
    """An alert became `pending`, `firing`, `resolved` or `inactive`, and told these."""

    alert: str
    at: float
    state: str
    told: tuple[str, ...]


@frozen
class Moment:
    """One flow in an interval of the run that ends at `at`: what charts show. Rates are per second."""

    flow: str
    at: float
    offered: float | None
    ok: float | None
    failed: float | None
    p50: float | None
    p99: float | None


@frozen
class SampledTrace:
    """A request of a run that was kept whole: when it came, and its trace, whose times begin there."""

    at: float
    trace: Trace


@frozen
class Simulation(Reported):
    """A run of a load. Of replications counts are sums, and what happened when is that of the first."""

    _subject: ClassVar = "simulation"

    system: str
    scenario: str | None
    seed: int
    duration: float
    warm_up: float
    """Left out of the figures."""
    flows: Rows[FlowFigures]
    components: Rows[ComponentFigures]
    queues: Rows[QueueFigures]
    subscriptions: Rows[SubscriptionFigures]
    pools: Rows[PoolFigures]
    jobs: Rows[JobFigures]
    sessions: Rows[SessionFigures]
    functions: Rows[FunctionFigures]
    alerts: Rows[AlertChange]
    events: Rows[RunEvent]
    timeline: Rows[Moment]
    missed: tuple[str, ...]
    """Every objective that was missed and every overload, a sentence each."""
    bottleneck: str | None
    """Which resource is nearest its limit, in a sentence."""
    assumed: tuple[str, ...]
    notes: tuple[str, ...]
    _reported: "Run" = field(repr=False, compare=False)
    traces: tuple[SampledTrace, ...] = ()
    """Requests that were kept whole, where they were asked for."""

    def flow(self, id: str) -> FlowFigures:  # noqa: A002 - the language's own word
        """The figures of one flow.

        Raises:
            UsageError: it was not run.

        """
        return named("flow", id, {flow.flow: flow for flow in self.flows})

    def component(self, id: str) -> ComponentFigures:  # noqa: A002
        """The figures of one component.

        Raises:
            UsageError: it was not called, or is not there.

        """
        return named("component", id, {component.component: component for component in self.components})

    def queue(self, id: str) -> QueueFigures:  # noqa: A002
        """The figures of one message queue.

        Raises:
            UsageError: it got nothing, or is not there.

        """
        return named("queue", id, {queue.queue: queue for queue in self.queues})

    def job(self, flow: str) -> JobFigures:
        """The figures of a flow that comes by the clock.

        Raises:
            UsageError: it does not, or was not run.

        """
        return named("job", flow, {each.flow: each for each in self.jobs})

    def session(self, flow: str) -> SessionFigures:
        """The figures of the users of a flow with a session.

        Raises:
            UsageError: it has none, or was not run.

        """
        return named("session", flow, {each.flow: each for each in self.sessions})

    def pool(self, connection: str) -> PoolFigures:
        """The figures of a connection (`a -> b`) whose callers wait for a place.

        Raises:
            UsageError: nobody wanted one, or it is not there.

        """
        return named("pool", connection, {each.connection: each for each in self.pools})

    def function(self, id: str) -> FunctionFigures:  # noqa: A002
        """The figures of one function.

        Raises:
            UsageError: it was not called, or is not there.

        """
        return named("function", id, {each.function: each for each in self.functions})

    def subscription(self, topic: str, subscriber: str) -> SubscriptionFigures:
        """The figures of one subscriber of a topic.

        Raises:
            UsageError: it got nothing, or is not there.

        """
        found = {f"{each.topic} -> {each.subscriber}": each for each in self.subscriptions}
        return named("subscription", f"{topic} -> {subscriber}", found)

    def __repr__(self) -> str:
        flows = ", ".join(
            f"{flow.flow}: success={digits(flow.success)} p99={digits(flow.latency.p99)}" for flow in self.flows
        )
        return f"Simulation({self.system!r}, duration={self.duration:g}, seed={self.seed}, flows={{{flows}}})"


@frozen
class TriedLoad:
    """One load that was tried, as a factor of the spec's."""

    level: float
    rates: Mapping[str, float]
    """Requests per second, by flow."""
    verdict: str
    """`holds`, `unsure` or `breaks`."""
    missed: tuple[str, ...]


@frozen
class Capacity(Reported):
    """The edge between good and bad: objectives are surely met at `holds` and surely missed at `breaks`."""

    _subject: ClassVar = "capacity"

    system: str
    seed: int
    duration: float
    """Of the run at `breaks`, else at `holds`."""
    confidence: float | None
    """That the edge lies between the two; None where only that of these very runs does."""
    holds: TriedLoad | None
    """None: even the smallest load tried misses an objective, or may."""
    breaks: TriedLoad | None
    """None: no load tried surely misses any."""
    bottleneck: str | None
    tried: Rows[TriedLoad]
    """In the order of the search."""
    _reported: "Searched" = field(repr=False, compare=False)

    def __repr__(self) -> str:
        holds, breaks = (None if edge is None else edge.level for edge in (self.holds, self.breaks))
        return f"Capacity({self.system!r}, holds={digits(holds)}, breaks={digits(breaks)})"
