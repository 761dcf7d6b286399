"""Keyword arguments of the builder, for type checkers and editors.

Written from the model: pytest tests/test_dsl_stub.py --update-goldens
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from archspec.dsl.builder import Component, Flow, Group

Share = str | float
"""A ratio: `"95%"` or 0.95; other quantities are texts with their unit."""
Target = Component | str | Sequence[Component | str]

class ArchitectureFields(TypedDict, total=False):
    """What a whole system has."""

    description: str
    """What it is for."""
    owner: str
    """Owner of all that has no nearer one."""
    lint: Literal["default", "strict", "production"]
    """The rule set that judges this spec; default: default."""
    set: Mapping[str, Any]
    """What-if: `id.field` to value."""

class WorkFields(TypedDict, total=False):
    """A caller's own work."""

    cpu: str
    """Holds a slot and a core."""
    takes: str
    """Holds a slot, no core."""
    does: str
    """Label of the work."""
    chance: Share
    """Share of requests that do it; default: 100%."""
    times: int
    """So often, in a row."""
    optional: bool
    wait: bool

class HealthCheck(TypedDict, total=False):
    """How a balancer finds dead replicas."""

    path: str
    """What is asked, such as /healthz."""
    interval: str
    """Time between checks of one replica."""
    timeout: str
    """After which a silent check has failed."""
    unhealthy_after: int
    """Failures in a row that take a replica out."""
    healthy_after: int
    """Successes in a row that bring it back."""
    phase: str
    """When the first check is sent; default: each checker and target their own, by the seed."""

class Scaling(TypedDict, total=False):
    """How many replicas there are when the load changes."""

    mode: Literal["horizontal", "vertical", "manual"]
    """How they come and go; default: horizontal where `min` and `max` are given, else manual."""
    min: int
    """Fewest replicas."""
    max: int
    """Most replicas."""
    metric: Literal["cpu", "queue_length", "request_rate"]
    """What it follows."""
    target: Share | int
    """cpu: a ratio; queue_length: messages per replica; request_rate: rate per replica."""
    interval: str
    """Time between decisions."""
    cooldown: str
    """How long fewer replicas must suffice."""

class RateLimit(TypedDict, total=False):
    """A token bucket shared by all replicas; above it: 429."""

    rate: Required[str]
    """Requests per time that pass."""
    burst: int
    """Size of the bucket; default: one second's worth."""

class Backup(TypedDict, total=False):
    """Copies kept elsewhere."""

    every: Required[str]
    """Time between two backups."""
    keep: str
    """How long one is kept."""
    restore_tested: str
    """A restore is rehearsed at least so often."""

class Retries(TypedDict, total=False):
    """How often a failed call is tried again."""

    attempts: Required[int]
    """Tries in all, the first one counted."""
    backoff: str
    """Wait between attempts; default: none."""
    idempotent: bool
    """Whether trying twice does no harm; default: by the method of the flow's `request`."""
    budget: Share
    """Retries allowed, as a share of first attempts; default: no limit."""

class CircuitBreaker(TypedDict, total=False):
    """Stops calling what fails anyway; one per caller replica."""

    opens_after: Required[Share]
    """Share of failures that opens it."""
    over: str
    """Window that is looked at."""
    min_calls: int
    """Calls in the window before it judges."""
    half_open_after: str
    """Time open before it probes."""
    probes: int
    """Calls that must succeed to close it."""

class Session(TypedDict, total=False):
    """Users who each keep a connection open (a WebSocket, a stream); the flow's steps are the handshake."""

    users: Required[int]
    """How many there are; all are connected when a run begins."""
    lasts: str
    """How long one stays connected before it connects anew; default: until it is dropped."""
    reconnect: str
    """How long a user waits once it is dropped, and after each handshake that fails."""

class Load(TypedDict, total=False):
    """How requests of one flow arrive: open arrivals, or closed clients."""

    arrivals: Literal["poisson", "even"]
    """even: evenly spaced."""
    shape: Literal["constant", "ramp", "spike", "daily", "file"]
    """How the rate changes."""
    rate: str
    """The rate, or a factor of the flow's; default: the flow's."""
    to: str
    """ramp, spike: the rate it reaches."""
    over: str
    """ramp: how long it rises."""
    at: str
    """spike: when it begins."""
    for_: str
    """spike: how long it lasts."""
    low: str
    """daily: the rate at the trough."""
    file: str
    """file: a CSV of `seconds,rate` beside the spec."""
    until: str
    """Arrivals end here; default: with the run."""
    users: int
    """Closed clients, instead of a rate."""
    think: str
    """What a client waits between an answer and its next request."""

class Fault(TypedDict, total=False):
    """Something that goes wrong, or a deploy, at a time."""

    at: str
    """When it begins."""
    for_: str
    """How long it lasts; default: until the end."""
    fail: str
    """Component, replica (`api-2`) or group that goes down."""
    mode: Literal["refuse", "silent"]
    """How a dead thing behaves; default: refuse for a component or replica, silent for a group."""
    slow: str
    """Component, replica or connection (`a -> b`) that is slow; with `by`."""
    lose: str
    """Connection that loses messages; with `by`."""
    partition: str
    """Connection or group that is cut off."""
    errors: str
    """Component, replica (`api-2`) or group that answers errors; with `by` and `status`."""
    deploy: str
    """Component or pipeline that is deployed."""
    by: Share
    """How slow (`5x`, `200ms`), or which share (`20%`)."""
    status: int
    """errors: what it answers; default 500."""
    at_once: bool
    """errors: answered at admission, without a slot, a core or any work."""

Objective = TypedDict(
    "Objective",
    {"success": Share, "p50": str, "p90": str, "p95": str, "p99": str, "p99.9": str, "window": str},
    total=False,
)

class GroupFields(TypedDict, total=False):
    """A boundary that components stand in; groups nest with `within`."""

    kind: Required[Literal["system", "team", "network", "cluster", "provider", "region", "zone", "host"]]
    """What it bounds; provider, region, zone, host, cluster fail as one."""
    label: str
    """Name in pictures; default: the id."""
    description: str
    """One sentence on what it is for."""
    owner: str
    """Who answers for what stands in it."""
    tags: Sequence[str]
    """For views and a team's own rules."""
    links: Mapping[str, str]
    """Runbook, repository, dashboard: name to URL."""
    within: Group | str
    """The group around it."""
    trust: Literal["public", "private"]
    """public: reachable from the internet; default: the parent's."""
    availability: Share
    """A common cause: when it is down, all in it is down."""
    mtbf: str
    """Mean time between failures; with `mttr`."""
    mttr: str
    """Mean time to repair; with `mtbf`."""

class ConnectionFields(TypedDict, total=False):
    """From who asks to who answers (at a queue: with the message). One per ordered pair, or several with a name."""

    name: str
    """Tells it from others of the same pair; a step says `via`."""
    label: str
    """What the arrow says."""
    protocol: str | Sequence[str]
    """Such as https, grpc, postgresql, amqp."""
    encryption: Literal["in_transit", "none"]
    """Whether it is encrypted on the way; default: by protocol."""
    access: Literal["read", "write"]
    """read: any replica answers; write: the primary; default: write for a database, unless a copy."""
    timeout: str
    """Of one attempt; default: waits for ever."""
    retries: Retries | Mapping[str, Any]
    """How often a failed call is tried again; default: one attempt."""
    circuit_breaker: CircuitBreaker | Mapping[str, Any]
    """Stops calling what fails anyway; default: none."""
    max_concurrent: int
    """Bulkhead or pool: calls in flight per caller replica; default: no limit."""
    max_wait: str
    """How long a call waits for one of the `max_concurrent` places; default: it fails at once."""
    prefer: Literal["same_zone", "same_region"]
    """Asks who stands in its own zone, else region, as long as any is believed up; default: anybody."""
    latency: str
    """There and back together, once per attempt; default 0."""
    loss: Share
    """Share of messages lost, each way, seen as a timeout; default: 0%."""
    availability: Share
    """Of the link itself; default: always up."""

class FlowFields(TypedDict, total=False):
    """What one kind of request does."""

    title: str
    """Name in pictures; default: the id."""
    description: str
    """One sentence on what it is for."""
    request: str
    """Text of the first arrow, such as `GET /watch`."""
    response: str
    """Text of the last arrow."""
    rate: str
    """Mean arrivals; default: traced, not loaded."""
    every: str
    """It comes by the clock, so often, from the beginning of a run on."""
    schedule: str
    """It comes by the clock: minute, hour, day of month, month, day of week, in UTC."""
    deadline: str
    """By the clock: a run that fails begins anew until so long after it was due; default: never."""
    session: Session | Mapping[str, Any]
    """Users who stay connected; the steps are their handshake."""
    via: Flow | str
    """The flow with a `session` over whose connections it runs."""
    objective: Objective | Mapping[str, Any]
    """What is promised."""

class StepFields(TypedDict, total=False):
    """One step: a call, parallel steps, another flow, or the caller's own work. First cpu, then takes, then steps."""

    via: str
    """Which of several connections it travels, by `name`; default: the one without a name."""
    does: str
    """Label of the arrow."""
    cpu: str
    """Holds a slot and a core; without `call`: the caller's own work; default: 0."""
    takes: str
    """Holds a slot, no core; default: 0."""
    timeout: str
    """Of one attempt of this call; default: the connection's."""
    retries: Retries | Mapping[str, Any]
    """Of this call only; default: the connection's."""
    access: Literal["read", "write"]
    """Of this call only; default: the connection's."""
    hit: Share
    """Share of calls that the cache answers by itself; default: the cache's `hit`."""
    on_miss: Sequence[Mapping[str, Any]]
    """Asked by the cache if it `caches`, else by the caller."""
    optional: bool
    """A failure is passed over."""
    fallback: Sequence[Mapping[str, Any]]
    """Done by the caller when the call has failed for good."""
    status: int | Mapping[int, Share]
    """What the target answers; default 200."""
    chance: Share
    """Share of requests that take this step; default 100%."""
    times: int
    """So often, in a row; inside `parallel`: at once."""
    needs: int
    """On `parallel`: how many must succeed; default: all."""
    shards: Literal["one", "all"]
    """Ask one shard, or every one."""
    wait: bool
    """false: the caller does not wait, nor fail with it."""

class AlertFields(TypedDict, total=False):
    """A condition on a metric that tells somebody."""

    metric: Required[str]
    """success_rate request_rate p50 to p99.9 burn_rate cpu memory queue_length replicas_up, or your own."""
    flow: Flow | str
    """Of which flow; default: all from person or client."""
    component: Component | str
    """Of which component."""
    above: Share | int
    """Wrong when the metric is above this."""
    below: Share | int
    """Wrong when the metric is below this."""
    over: str | Sequence[str]
    """Window; several: all must be in breach. Default 5m; cpu and memory 1m."""
    for_: str
    """Must hold so long before it fires."""
    keep_firing_for: str
    """Fires on so long after the last breach."""
    severity: Literal["critical", "warning", "info"]
    """How bad it is."""
    notify: Sequence[Component | str]
    """Who is told."""
    description: str
    """What it means."""
    links: Mapping[str, str]
    """Runbook, repository, dashboard: name to URL."""

class PipelineFields(TypedDict, total=False):
    """The stages a change goes through."""

    source: Component | str
    """Where the code lives."""
    trigger: str
    """What starts it, such as push to main."""
    by: Component | str | Sequence[Component | str]
    """Who starts it."""
    notify: Sequence[Component | str]
    """Who hears of a failure."""

class StageFields(TypedDict, total=False):
    """One stage of a pipeline."""

    takes: str
    """How long it takes."""
    artifact: Component | str
    """Where a package stage puts what was built."""
    targets: Component | Group | str | Sequence[Component | Group | str]
    """What a deploy stage replaces: components or groups."""
    strategy: Literal["rolling", "blue_green", "canary", "recreate"]
    """How a deploy stage replaces replicas."""
    max_unavailable: int
    """Replicas that a rolling deploy takes out at a time."""
    rollback: Literal["automatic", "manual", "none"]
    """What follows a bad deploy."""

class ViewFields(TypedDict, total=False):
    """One picture of the system."""

    title: str
    """Name in pictures; default: the id."""
    description: str
    """One sentence on what it shows."""
    direction: Literal["right", "down", "left", "up"]
    """Where requests flow."""
    kind: Literal["structure", "deployment", "sequence", "delivery", "observability"]
    """What it is about."""
    include: Sequence[str]
    """What it shows; default: all."""
    exclude: Sequence[str]
    """What it leaves out: components, or connections (`a -> b`, `* -> b`); default: nothing."""
    collapse: Sequence[Group | str]
    """Groups drawn as one box."""

class ScenarioFields(TypedDict, total=False):
    """One run of the simulation."""

    description: str
    """What it shows."""
    duration: str
    """How long it runs; default: as long as it takes to know what is asked, see the engine."""
    starts: str
    """When it begins, in UTC, for schedules and `daily` loads; default: Monday, 2024-01-01 00:00."""
    warm_up: str
    """Left out of the figures; default: 10% of `duration`; 0 with faults or a changing load."""
    load: str | Mapping[str, str | Load | Mapping[str, Any]]
    """A factor for all flows, or load by flow; default: the rates of the flows."""
    set: Mapping[str, Any]
    """What-if: `id.field` to value."""
    faults: Sequence[Fault | Mapping[str, Any]]
    """What goes wrong, and when."""
    random_faults: bool
    """Faults drawn from every mtbf and mttr."""
