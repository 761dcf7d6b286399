"""What a trace is: one request and everything that it set going, as frozen values. Times are in nanoseconds."""

from dataclasses import field

from archspec.frozen import frozen
from archspec.model import Path


@frozen
class Stretch:
    """A stretch of work: `resource` is `core` (cpu) or `slot` (takes)."""

    resource: str
    start: int
    end: int


@frozen
class OwnWork:
    """Work that a component does by itself between two calls."""

    component: str
    does: str | None
    stretch: Stretch
    path: Path


@frozen
class Call:
    """One attempt of one call, from both sides.

    The caller's side: `sent`, `settled`, `status`, `cause` (None where it never heard). The callee's side:
    `arrived`, `answered`, `answer_status`, `waited` in queues, `work`. A time is None where it never came to that.
    """

    caller: str
    component: str
    replica: str | None
    """None where nothing was sent: no replica, open breaker, full bulkhead or pool."""
    does: str | None
    path: Path
    number: int
    """In the order of sending, from 1."""
    attempt: int
    attempts: int
    sent: int
    settled: int | None
    status: int | None
    cause: str | None
    arrived: int | None = None
    answered: int | None = None
    answer_status: int | None = None
    originates: bool = False
    """Whether a failure arose at this hop, rather than further in."""
    waited: int = 0
    work: tuple[Stretch, ...] = ()
    cache: str | None = None
    """`hit` or `miss` where a cache was asked."""
    role: str = "steps"
    """How it hangs on what is around it: `steps`, `parallel`, `shards`, `on_miss`, `fallback`, `flow`, `message`."""
    group: Path | None = None
    """The parallel step that it is a branch of."""
    optional: bool = False
    waits: bool = True
    """False for a call that its caller does not wait for."""
    backoff: int = 0
    """The wait between the failure before and this attempt."""
    pooled: int = 0
    """How long it waited for a place of its connection before it was sent."""
    lost: bool = False
    timed: bool = True
    """Whether anything says how long it takes; else it takes no time here, and no format writes one."""
    children: tuple["Call | OwnWork", ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether the caller got an answer below 400."""
        return self.status is not None and self.status < 400

    @property
    def ended(self) -> int | None:
        """When both sides were through with it."""
        times = [time for time in (self.settled, self.answered) if time is not None]
        inner = [
            child.stretch.end if isinstance(child, OwnWork) else child.ended or child.sent for child in self.children
        ]
        return max([*times, *inner], default=None)

    @property
    def abandoned(self) -> bool:
        """Whether the callee worked on after its caller had gone."""
        if self.settled is None or self.cause != "timeout":
            return False
        ends = [stretch.end for stretch in self.work]
        return (self.answered or max(ends, default=0)) > self.settled


@frozen
class LogRecord:
    """A line that a component writes to a log service."""

    at: int
    source: str
    service: str
    level: str
    text: str


@frozen
class Measurement:
    """A figure that a metrics service gets: a counter's increment or an observed time in seconds."""

    at: int
    service: str
    name: str
    labels: tuple[tuple[str, str], ...]
    value: float
    derived_from: str | None = None
    """The log service whose records it is derived from, where it is."""


@frozen
class ErrorEvent:
    """An originating failure, as an error monitor gets it."""

    at: int
    source: str
    monitor: str
    cause: str
    text: str


@frozen
class SpanSent:
    """A span that a trace store gets."""

    at: int
    source: str
    store: str
    name: str
    lasted: int


@frozen
class Emitted:
    """Everything a request made the system write about itself."""

    logs: tuple[LogRecord, ...] = ()
    metrics: tuple[Measurement, ...] = ()
    errors: tuple[ErrorEvent, ...] = ()
    spans: tuple[SpanSent, ...] = ()


@frozen
class Verdict:
    """What an alert would do if every request went like this one."""

    alert: str
    metric: str
    value: str
    limit: str
    fires: bool
    fires_after: int
    """`for`, in nanoseconds; up to one evaluation may come on top."""
    severity: str
    notify: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The verdict as one sentence without its end."""
        from archspec.model import Duration

        if not self.fires:
            return f"{self.alert} would stay quiet ({self.metric} {self.value}, {self.limit})"
        when = f"after {Duration(self.fires_after)}" if self.fires_after else "at once"
        told = f" and notify {', '.join(self.notify)}" if self.notify else ", and nobody would be told"
        return f"{self.alert} would fire {when}{told}"


@frozen
class Event:
    """Something that happened beside the calls."""

    at: int
    text: str


@frozen
class TraceOptions:
    """What a trace supposes. Names are components, replicas (`api-2`), groups, for `slow` also connections."""

    fail: tuple[str, ...] = ()
    """Down since long ago: whoever can notice has noticed."""
    slow: tuple[str, ...] = ()
    """`metadata=10x`, `api-2=200ms`, `a -> b=200ms`."""
    miss: tuple[str, ...] = ()
    """Caches that do not have what they are asked for."""
    just_failed: tuple[str, ...] = ()
    """Down since this moment: nobody has noticed."""
    sample: bool = False
    """Draw every random quantity instead of taking medians."""
    seed: int = 1
    number: int = 0
    """Which request of the simulated stream to draw for."""


@frozen
class Trace:
    """One request, walked through the system."""

    system: str
    flow: str
    title: str
    caller: str
    request: str | None
    response: str | None
    options: TraceOptions
    status: int | None
    cause: str | None
    degraded: bool
    response_ns: int | None
    """None where the caller never hears."""
    calls: tuple[Call | OwnWork, ...]
    events: tuple[Event, ...] = ()
    emitted: Emitted = field(default_factory=Emitted)
    alerts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    due: str | None = None
    """When it comes by the clock, with the next three times of a schedule."""

    @property
    def succeeded(self) -> bool:
        """Answered with a status below 500 that is not 429."""
        return is_good(self.status)

    @property
    def timed(self) -> bool:
        """Whether anything says how long any of it takes; else there is no clock to read a time from."""
        return any(isinstance(item, OwnWork) or item.timed for item in self.calls) or bool(self.response_ns)

    @property
    def end_ns(self) -> int:
        """When the last thing that the request set going was over."""
        ends = [call.stretch.end if isinstance(call, OwnWork) else call.ended or call.sent for call in self.calls]
        return max([self.response_ns or 0, *ends])

    def every_call(self) -> tuple[Call, ...]:
        """All attempts of all calls, in the order of sending."""
        found: list[Call] = []

        def gather(items: tuple[Call | OwnWork, ...]) -> None:
            for item in items:
                if isinstance(item, Call):
                    found.append(item)
                    gather(item.children)

        gather(self.calls)
        return tuple(sorted(found, key=lambda call: call.number))


def is_good(status: int | None) -> bool:
    """Whether an answer counts as good: a status below 500 that is not 429."""
    return status is not None and status < 500 and status != 429
