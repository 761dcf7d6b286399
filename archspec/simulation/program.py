"""The Program: what the engine runs, as one frozen value and one JSON text.

It is declared by `engine/program.schema.json`; every part here has the name it has there. References are indexes into
the tables of the system, times are whole nanoseconds, shares are numbers from 0 to 1, a `Fraction` is written as
`[numerator, denominator]`, and what is None is left out. Named tuples, since their classes are made ten times faster
than those of dataclasses: a trace waits for that.
"""

from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from archspec.model import Algorithm, Prefer
from archspec.simulation.program_alert import Alert
from archspec.simulation.program_component import CacheStore, MessageQueue, MessageTopic, RateLimit, Scaling
from archspec.simulation.program_text import text_of

VERSION = 2
FOR_EVER = 2**62
"""Nanoseconds that no run lasts."""
Mode: TypeAlias = Literal["refuse", "silent"]
"""How something that is down behaves."""


class Distribution(NamedTuple):
    """A random time: its family and parameters as a `Time` has them, and the median, which a plain trace takes."""

    family: str
    parameters: tuple[float, ...]
    typical: int


Law: TypeAlias = int | Distribution
"""A time that is always the same, or drawn."""


class Site(NamedTuple):
    """The zone and the region that a copy stands in."""

    zone: str | None
    region: str | None


class Component(NamedTuple):
    """A component: `replicas` are present in each shard at first, of `most` that there may be."""

    id: str
    replicas: int = 1
    most: int = 1
    shards: int = 1
    beside: bool = False
    """Whether a second set boots beside the first when it is deployed blue and green."""
    needs: int = 1
    slots: int | None = None
    connections: int | None = None
    """Sessions that a replica holds at most."""
    cores: Fraction | None = None
    queue_limit: int | None = None
    memory: int | None = None
    """Requests that fit in."""
    passes_on: bool = False
    """Whether it hands the status of a failed callee on."""
    actor: bool = False
    automatic: bool = False
    """Whether another replica takes over as the primary."""
    failover_time: int = 30 * 10**9
    boot_time: int = 30 * 10**9
    drain_time: int = 30 * 10**9
    supervised: bool = False
    copy_of: int | None = None
    chooses: Literal["platform", "by_checks", "as_told"] = "platform"
    remembers: int | None = None
    """How long a client keeps what was chosen here for it."""
    rate_limit: RateLimit | None = None
    queue: MessageQueue | None = None
    topic: MessageTopic | None = None
    cache: CacheStore | None = None
    idle_after: int | None = None
    """Of a function, which has an instance for each request: how long one waits for work before it is gone."""
    scaling: Scaling | None = None
    feeds: tuple[int, ...] = ()
    """The queues and topics that it pulls messages from."""
    places: tuple[tuple[str, ...], ...] = ((),)
    """The groups whose failure takes a copy down, copy by copy; further copies begin again with the first."""
    sites: tuple[Site, ...] = ()
    """Where each copy stands, likewise; empty where no connection prefers anybody."""


class Breaker(NamedTuple):
    """A circuit breaker of each replica that asks."""

    opens_after: Fraction
    over: int
    min_calls: int
    half_open_after: int
    probes: int


class Check(NamedTuple):
    """How each replica that asks looks after those that it may ask."""

    phase: int | None
    interval: int
    timeout: int
    unhealthy_after: int
    healthy_after: int


class Connection(NamedTuple):
    """A connection in use."""

    from_: int
    to: int
    name: str | None = None
    """What tells it from others between the same two."""
    max_concurrent: int | None = None
    max_wait: int | None = None
    """How long a call waits for a place; None: it fails at once."""
    prefer: Prefer | None = None
    loss: float = 0.0
    breaker: Breaker | None = None
    check: Check | None = None


class Session(NamedTuple):
    """How users stay connected; the flow's steps are their handshake."""

    lasts: Law | None
    first: Law | None
    """How long the lives are that one looks into at any moment: the longer, the more often."""
    waits: tuple[int, ...]
    """After failure 1, 2, …; the last stands for all that follow."""
    jitter: str
    notice: int | None
    """How long until silence is noticed; None: until a heartbeat is missed."""
    holds: tuple[int, ...]
    """The components at which a session holds a place."""


class Flow(NamedTuple):
    """A flow: who asks, whether from inside (as a replica, which may be down), and its first operation."""

    id: str
    from_: int
    inside: bool
    first: int | None
    session: Session | None = None
    via: int | None = None
    """The flow over whose sessions it runs."""


class Answers(NamedTuple):
    """Statuses by their shares, and the likeliest, which a plain trace takes."""

    shares: tuple[tuple[int, float], ...]
    typical: int


class Copy(NamedTuple):
    """A store that a write waits for."""

    store: int
    connection: int
    latency: Law | None
    stream: str
    continues: bool
    """Whether writes go on without it, once its loss is known."""


class Route(NamedTuple):
    """One of the components that a call may ask, and how it is asked."""

    to: int
    connection: int
    timeout: int | None
    gives_up: bool
    """Whether the time-out is the patience of who asks from outside, after which nothing is tried again."""
    attempts: int
    waits: tuple[int, ...]
    """Before each attempt after the first."""
    jitter: str
    idempotent: bool
    budget: float | None
    writes: bool
    """Whether only the primary answers."""
    algorithm: Algorithm
    weight: int
    latency: Law | None
    cold_start: Law | None
    """How long a new instance of a function takes until it works."""
    steps: int | None
    subscriptions: tuple[int, ...]
    """At a topic: what each subscriber does with a message."""
    hit: float | None
    """The share of look-ups that find something; None where nothing is looked up."""
    miss: int | None
    miss_by_caller: bool
    copies: tuple[Copy, ...]


class Operation(NamedTuple):
    """A step of a flow. The names of all its draws begin with `stream`."""

    kind: Literal["call", "work", "together", "follow"]
    stream: str
    next: int | None = None
    times: int = 1
    spread: int = 1
    """So many runs of one request draw apart."""
    chance: float | None = None
    optional: bool = False
    waits: bool = True
    cpu: Law | None = None
    takes: Law | None = None
    status: int | Answers | None = None
    keys: tuple[int, float] | None = None
    """Number and exponent of the keys that a simulated cache is asked for."""
    fallback: int | None = None
    branches: tuple[int, ...] = ()
    needs: int = 1
    shard: int | None = None
    algorithm: Algorithm = "round_robin"
    """How one of several routes is chosen."""
    routes: tuple[Route, ...] = ()


class System(NamedTuple):
    """What runs: all tables of one architecture, for some of its flows."""

    components: tuple[Component, ...]
    connections: tuple[Connection, ...]
    flows: tuple[Flow, ...]
    operations: tuple[Operation, ...]


class Target(NamedTuple):
    """What a fault strikes; one of the first four is set."""

    component: int | None = None
    replica: tuple[int, int] | None = None
    """Component, and the number of its replica from 1."""
    group: str | None = None
    connection: tuple[int, int] | None = None
    """The components at its ends."""
    name: str | None = None
    """Of several connections the one of this name; None: all of them."""


class Plan(NamedTuple):
    """The deploy of one component."""

    component: int
    at_once: int
    strategy: str


class Fault(NamedTuple):
    """Something that goes wrong `at` a time `for_` so long (None: to the end), or a deploy."""

    kind: Literal["fail", "slow", "lose", "errors", "partition", "deploy"]
    at: int
    for_: int | None = None
    target: Target | None = None
    mode: Mode | None = None
    factor: Fraction | None = None
    plus: int | None = None
    share: float | None = None
    status: int | None = None
    plans: tuple[Plan, ...] | None = None
    at_once: bool | None = None
    """Of errors: whether they are answered at admission, without work."""


class RandomFault(NamedTuple):
    """Failures and repairs that are drawn, under a name."""

    name: str
    target: Target
    mtbf: int
    mttr: int
    mode: Mode


class Supposed(NamedTuple):
    """What is taken for given from the beginning."""

    kind: Literal["down", "slow"]
    target: Target
    noticed: bool | None = None
    """Of what is down: whether whoever can has noticed."""
    factor: Fraction | None = None
    plus: int | None = None


class OpenLoad(NamedTuple):
    """Requests of one flow that arrive whatever becomes of those before them."""

    flow: int
    shape: str
    arrivals: str
    rate: Fraction
    to: Fraction | None = None
    over: int | None = None
    at: int | None = None
    for_: int | None = None
    low: Fraction | None = None
    since: int | None = None
    """daily: how long after the trough the run begins."""
    curve: tuple[tuple[float, float], ...] | None = None
    """From each second on, that many requests per second."""
    until: int | None = None


class ClockLoad(NamedTuple):
    """Jobs of one flow, due at 0 and `every` so often, or else at the `ticks`."""

    flow: int
    ticks: tuple[int, ...] = ()
    every: int | None = None
    deadline: int | None = None
    """What fails begins anew until so long after its tick; None: it has failed."""
    until: int | None = None


class ClosedLoad(NamedTuple):
    """Clients of one flow, each of whom waits for its answer."""

    flow: int
    users: int
    think: Law | None = None
    until: int | None = None


class Request(NamedTuple):
    """A single request, at time 0: which flow, and its number."""

    flow: int
    number: int


class Run(NamedTuple):
    """What is done with the system."""

    seed: str = "1"
    """A decimal number of up to 64 bits."""
    sampled: bool = True
    until: int | None = None
    warm_up: int = 0
    scrape: int | None = None
    watch: Literal["everything", "events", "nothing"] = "events"
    misses: tuple[int, ...] = ()
    """Caches that have nothing of what they are asked for."""
    loads: tuple[OpenLoad | ClockLoad | ClosedLoad, ...] = ()
    faults: tuple[Fault, ...] = ()
    random_faults: tuple[RandomFault, ...] = ()
    supposed: tuple[Supposed, ...] = ()
    charts: bool = False
    """Whether figures over 60 equal intervals are kept."""
    limits: tuple[tuple[int, ...], ...] = ()
    """By flow: response times of which scrapes count how many good answers took no longer."""
    keeps_scrapes: bool = False
    """Whether all samples of scrapes are kept; else 2,048 at most, equally far apart."""
    alerts: tuple[Alert, ...] = ()
    evaluate: int | None = None
    """Between two looks at the alerts."""
    request: Request | None = None


class Program(NamedTuple):
    """All that the engine is told."""

    system: System
    run: Run
    version: int = VERSION

    def to_json(self) -> str:
        """The Program as the engine reads it."""
        return f'{{"version":{self.version},"system":{system_text(self.system)},"run":{text_of(self.run)}}}'


def rest_text(system: System) -> str:
    """A system without its components as the engine reads it, without the braces."""
    return ",".join(f'"{name}":{text_of(part)}' for name, part in zip(system._fields[1:], system[1:], strict=True))


@lru_cache(maxsize=1)
def system_text(system: System) -> str:
    """A system as the engine reads it; kept, since it is most of a Program, and many requests walk through the same."""
    return text_of(system)
