"""What a simulation tells, as frozen values. Times are in nanoseconds, rates per second; None means: no such figure."""

from math import floor, inf

from archspec.frozen import frozen
from archspec.model import Duration, FailureCause, Objective
from archspec.simulation.percentiles import Tally
from archspec.simulation.trace_model import Event
from archspec.values import duration as spelled
from archspec.values import percent


@frozen
class Estimate:
    """A figure with the half-width of its confidence interval, None where none can be given; `why` says why not."""

    value: float
    half_width: float | None = None
    why: str | None = None


@frozen
class Interval:
    """Between which limits a share lies, None where that cannot be said; `why` says why not."""

    low: float | None = None
    high: float | None = None
    why: str | None = None


@frozen
class Latency:
    """Response times of requests: mean, and percentiles by nearest rank."""

    count: int
    mean: Estimate
    percentiles: tuple[tuple[str, Estimate], ...]
    times: Tally = ()
    """The times themselves, to a thousandth: what replications are put together from."""
    spans: float = inf
    """How many times over the queues forget within the window what happens now."""

    def percentile(self, name: str) -> float | None:
        """The percentile of that name (`p99`), None where it is not among them."""
        return next((estimate.value for key, estimate in self.percentiles if key == name), None)


@frozen
class FlowResult:
    """One flow over the window: offered = ok + Σ failed + in_flight, always."""

    flow: str
    offered: int
    ok: int
    degraded: int
    """Of those that are ok."""
    failed: tuple[tuple[str, int], ...]
    """By cause, in the order of the causes."""
    in_flight: int
    latency: Latency | None
    """None where no request succeeded."""
    failed_latency: Latency | None
    """Response times of failed requests; None where none failed."""
    throughput: float
    """Successful answers per second."""
    overloaded: str | None = None
    """Why percentiles grow with the run, where they do."""
    objective: Objective | None = None
    deadline: Duration | None = None
    """By when it promises to be done, of what comes by the clock."""
    success_interval: Interval | None = None
    """Of `success`; None where no request ended."""

    @property
    def success(self) -> float | None:
        """Share of ended requests that succeeded."""
        ended = self.ok + sum(count for _, count in self.failed)
        return self.ok / ended if ended else None

    @property
    def missed(self) -> tuple[str, ...]:
        """Every objective that was missed, in a sentence without its end."""
        found = []
        if self.overloaded:
            found.append(f"{self.flow} is overloaded: {self.overloaded}")
        overdue = dict(self.failed).get(FailureCause.DEADLINE, 0)
        if overdue and (self.objective is None or self.objective.success is None):
            ended = self.ok + sum(count for _, count in self.failed)
            found.append(f"{self.flow} is not done by its deadline, {self.deadline}, {overdue} of {ended} times")
        if self.objective is None:
            return tuple(found)
        success = self.success
        if self.objective.success is not None and success is not None and success < float(self.objective.success):
            found.append(
                f"{self.flow} succeeds in {percent(success, floor)} of requests, {self.objective.success} promised"
            )
        percentiles = {} if self.overloaded else self.objective.percentiles
        for name, promised in percentiles.items():
            value = self.latency.percentile(name) if self.latency else None
            if value is not None and value > promised.nanoseconds:
                digits = 3 if value > 1.01 * promised.nanoseconds else 6  # it must not read like what was promised
                found.append(f"{self.flow} {name} is {spelled(value, digits=digits)}, {promised} promised")
        return tuple(found)


@frozen
class ComponentResult:
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
    core_utilisation: float | None
    """Busy time of its cores / (cores × registered time)."""
    slot_utilisation: float | None
    waiting: float
    """Mean number waiting."""
    in_system: float
    """Mean number inside: waiting or in work."""
    probability_of_wait: float | None
    mean_wait: float | None
    """Over the answered calls, those that did not wait counted with 0."""
    intervals: tuple[tuple[str, Estimate], ...] = ()
    """The figures above from `core_utilisation` on, and `shed_share` (sheds / calls), each with its interval."""

    def estimate(self, name: str) -> Estimate | None:
        """The figure of that name with its interval, None where there is none."""
        return dict(self.intervals).get(name)


@frozen
class QueueResult:
    """One message queue at the end: published = done + dead + waiting + in_work, always."""

    queue: str
    published: int
    done: int
    dead: int
    waiting: int
    in_work: int
    deliveries: int


@frozen
class SubscriptionResult:
    """What one subscriber of a topic got: published = done + dead + expired + waiting + in_work, always.

    The lag (messages that wait) is a mean over the window and the most of the whole run; `oldest` is how long the
    first published of those that wait at the end has waited; a delay is the time from publication to done.
    """

    topic: str
    subscriber: str
    published: int
    done: int
    dead: int
    expired: int
    waiting: int
    in_work: int
    deliveries: int
    mean_lag: float
    most_lag: int
    oldest: int
    mean_delay: float | None
    longest_delay: int | None
    cap: float | None
    """Messages that can be in work at once; None: any number."""
    busy: float | None
    """The share of that which is in work."""


@frozen
class PoolResult:
    """A connection whose callers wait for one of its places: asked = got + refused + waiting + gone, always.

    `refused` waited for as long as they may, `gone` died with the replica at which they waited. Waits are those of
    calls that got a place.
    """

    connection: str
    asked: int
    got: int
    refused: int
    waiting: int
    gone: int
    busy: float | None
    """The share of the places that is taken; None: there were none."""
    mean_waiting: float
    most_waiting: int
    mean_wait: float | None
    p99_wait: int | None


@frozen
class JobResult:
    """A flow that comes by the clock, over the whole run: ticks = done + failed + overdue + running, always.

    `overdue` were not done by their deadline; `overlaps` are ticks at which one before was not over; `restarts` are
    those of runs that had failed.
    """

    flow: str
    ticks: int
    done: int
    failed: int
    overdue: int
    running: int
    overlaps: int
    restarts: int
    most_running: int


@frozen
class SessionResult:
    """The users of a flow with a session, over the whole run.

    users = connected + handshaking + waiting and opened = connected + ended + dropped, always. The shares are those of
    the users that are connected; `longest_below` is how long (ns) fewer than 99% were.
    """

    flow: str
    users: int
    connected: int
    handshaking: int
    waiting: int
    opened: int
    ended: int
    dropped: int
    mean_connected: float
    least_connected: float
    most_handshakes: int
    """In one second."""
    longest_below: int
    is_below: bool
    """Whether fewer than 99% are connected at the end."""


@frozen
class FunctionResult:
    """A function over the whole run: calls = warm + cold + throttled + refused + lost, always.

    Its instances at the end are `busy`, `starting` or `idle`; there were `most` at once.
    """

    function: str
    calls: int
    warm: int
    cold: int
    throttled: int
    refused: int
    lost: int
    most: int
    busy: int
    starting: int
    idle: int

    @property
    def cold_share(self) -> float | None:
        """The share of those served that waited for a new instance; None where nobody was served."""
        served = self.warm + self.cold
        return self.cold / served if served else None


@frozen
class AlertChange:
    """An alert changes its state: `pending`, `firing`, `resolved` or `inactive`; who is told, if anybody."""

    alert: str
    at: int
    state: str
    told: tuple[str, ...] = ()


@frozen
class RequestResult:
    """One request: its arrival, what the first caller got, and after how long (None while in flight)."""

    flow: str
    number: int
    at: int
    status: int | None
    cause: str | None
    degraded: bool
    took: int | None


@frozen
class Series:
    """A figure over time: its value in each interval that ends at `times`; None where there is none."""

    name: str
    unit: str
    times: tuple[int, ...]
    values: tuple[float | None, ...]


@frozen
class Results:
    """A whole run."""

    system: str
    scenario: str | None
    seed: int
    duration: int
    warm_up: int
    flows: tuple[FlowResult, ...]
    components: tuple[ComponentResult, ...]
    queues: tuple[QueueResult, ...]
    subscriptions: tuple[SubscriptionResult, ...]
    pools: tuple[PoolResult, ...]
    jobs: tuple[JobResult, ...]
    sessions: tuple[SessionResult, ...]
    functions: tuple[FunctionResult, ...]
    alerts: tuple[AlertChange, ...]
    events: tuple[Event, ...]
    series: tuple[Series, ...]
    bottleneck: str | None
    """Which resource is nearest its limit, in a sentence."""
    assumed: tuple[str, ...]
    notes: tuple[str, ...] = ()
    requests: tuple[RequestResult, ...] = ()
    """Every request, where they were asked for."""
    ending: str | None = None
    """What ended the run, in a sentence, where nobody said how long it is."""
    overloads: tuple[str, ...] = ()
    """Resources and message queues that no request waits for and that get more than they can do, a sentence each."""

    @property
    def missed(self) -> tuple[str, ...]:
        """Every objective that was missed, and every overload."""
        return (*(sentence for flow in self.flows for sentence in flow.missed), *self.overloads)
