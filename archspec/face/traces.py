"""What `archspec.trace` returns: one request walked through, or one change. Times are in seconds from its start."""

from dataclasses import field

from archspec.face.rows import Result, Rows
from archspec.frozen import frozen
from archspec.language import named
from archspec.values import digits


@frozen
class TracedCall:
    """One attempt of one call, from both sides; a time is None where it never came to that, or nothing says it.

    The caller sends, and settles with `status` and `cause` (None where it never heard); the callee gets it at
    `arrived`, has it in queues for `waited`, and answers at `answered` with `answer_status`.
    """

    number: int
    """In the order of sending, from 1."""
    parent: int | None
    """The number of the call inside which it was sent; None for the first caller's own."""
    caller: str
    component: str
    replica: str | None
    """None where nothing was sent: no replica, open breaker, full bulkhead or pool."""
    does: str | None
    sent: float | None
    settled: float | None
    status: int | None
    cause: str | None
    attempt: int
    attempts: int
    backoff: float
    """The wait between the failure before and this attempt."""
    role: str
    """How it hangs on what is around it: `steps`, `parallel`, `shards`, `on_miss`, `fallback`, `flow`, `message`."""
    arrived: float | None
    waited: float
    answered: float | None
    answer_status: int | None
    cache: str | None
    """`hit` or `miss` where a cache was asked."""
    optional: bool
    waits: bool
    """Whether its caller waits for it."""
    abandoned: bool
    """Whether the callee worked on after its caller had gone."""
    lost: bool

    @property
    def succeeded(self) -> bool:
        """Whether the caller got an answer below 400."""
        return self.status is not None and self.status < 400


@frozen
class TracedWork:
    """A stretch of work that holds a `core` (cpu) or a `slot` (takes), within a call or between two."""

    call: int | None
    """The number of the call that it is part of; None for the first caller's own work."""
    component: str
    does: str | None
    resource: str
    start: float
    end: float


@frozen
class LogLine:
    """A line that a component writes to a log service."""

    at: float | None
    source: str
    service: str
    level: str
    text: str


@frozen
class Verdict:
    """What an alert would do if every request went like this one."""

    alert: str
    metric: str
    value: str
    limit: str
    fires: bool
    fires_after: float
    severity: str
    notify: tuple[str, ...]


@frozen
class RunEvent:
    """Something that happened beside the calls."""

    at: float | None
    text: str


@frozen
class Trace(Result):
    """One request, walked through the system."""

    system: str
    flow: str
    caller: str
    request: str | None
    status: int | None
    cause: str | None
    degraded: bool
    succeeded: bool
    """Answered with a status below 500 that is not 429."""
    response: float | None
    """When the caller has its answer; None where it never hears, or where nothing says how long anything takes."""
    end: float | None
    """When the last thing that the request set going is over."""
    calls: Rows[TracedCall]
    work: Rows[TracedWork]
    events: Rows[RunEvent]
    logs: Rows[LogLine]
    alerts: Rows[Verdict]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        cause = f", cause={self.cause!r}" if self.cause else ""
        took = f"response={digits(self.response)}, calls={len(self.calls)}"
        return f"Trace({self.flow!r}, status={self.status}{cause}, {took})"


@frozen
class TracedStage:
    """One stage of a walk through a pipeline: it `passed`, `failed` or was `skipped`."""

    name: str
    kind: str
    state: str
    start: float
    end: float
    artifact: str | None
    targets: tuple[str, ...]
    strategy: str | None
    rollback: str | None
    steps: Rows["ReplicaMove"] = field(repr=False)
    notes: tuple[str, ...]


@frozen
class ReplicaMove:
    """One move of a deploy: some replicas of a component are replaced together, while `serving` others serve."""

    component: str
    replicas: tuple[str, ...]
    leaves: float
    down: float
    back: float
    serving: int
    needs: int


@frozen
class Delivery(Result):
    """One change, walked through a pipeline."""

    system: str
    pipeline: str
    by: tuple[str, ...]
    trigger: str | None
    source: str | None
    deployed: bool
    failed: str | None
    """The name of the stage that failed."""
    notified: tuple[str, ...]
    """Who hears of the failure."""
    end: float
    stages: Rows[TracedStage]
    notes: tuple[str, ...]

    def stage(self, name: str) -> TracedStage:
        """The stage of that name.

        Raises:
            UsageError: there is none.

        """
        return named("stage", name, {stage.name: stage for stage in self.stages})

    def __repr__(self) -> str:
        failed = f", failed={self.failed!r}" if self.failed else ""
        return f"Delivery({self.pipeline!r}, deployed={self.deployed}{failed}, end={self.end:g})"
