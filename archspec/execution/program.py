"""What a flow compiles to: flat tables of integers that the kernel runs, and the names to read its record by."""

from dataclasses import dataclass

from archspec.model.flow import Step
from archspec.model.source import Path
from archspec.model.times import Time


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """The tables of one architecture under one set of faults; their fields are those of `layout`."""

    operations: list[int]
    routes: list[int]
    components: list[int]
    edges: list[int]
    replicas: list[int]
    """As they are before anything happens; a run works on a copy."""
    waits: list[int]
    """Waits between attempts in nanoseconds, one stretch per back-off; the last of a stretch repeats as `NONE`."""
    replications: list[int]
    """Copies that writes wait for, one stretch per call, ended by `NONE`."""
    feeds: list[int]
    """For each worker the queues it pulls from, ended by `NONE`."""
    queues: list[int]
    limiters: list[int]
    caches: list[int]
    rings: list[int]
    """Consistent hashing: for each component 2 numbers a point, hash and replica, sorted by hash."""
    ring_first: list[int]
    choosers: list[int]
    """How each chooser learns of deaths (`NEVER_LEARNS`, `LEARNS_LATE`, `CHECKS`)."""
    flow_first: list[int]
    """First operation of each flow."""
    flow_caller: list[int]
    """First replica of each flow's `from`."""
    flow_inside: list[int]
    """Whether each flow begins at one of those replicas, and not somewhere outside that is never down."""
    checks: list[int]
    """Health checks, a row for each balancer replica and replica that it checks."""
    constants: list[int]
    """Value of each draw, or `NONE` where it is random."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation comes from: the step of the spec, and its place in the tree of operations."""

    path: Path
    step: Step | None
    parent: int
    role: str
    """How it hangs on its parent: `steps`, `on_miss`, `fallback`, `parallel`, `flow`, `shards` or `message`."""
    caller: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A random quantity: its stream (step path and purpose) and how a uniform number becomes its value."""

    stream: str
    time: Time | None = None
    shares: tuple[tuple[int, float], ...] = ()
    """Statuses with their cumulative shares."""
    keys: tuple[int, float] | None = None
    """Number and exponent of a Zipf key space."""
    numbers: int | None = None
    """For how many numbers it is drawn, where that is few: closed clients are drawn for by their own number."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers of a program are called."""

    flows: tuple[str, ...]
    components: tuple[str, ...]
    """By component number (offset divided by the size of an entry)."""
    replicas: tuple[str, ...]
    edges: tuple[str, ...]
    places: dict[int, Place]
    draws: tuple[Draw, ...]
    assumed: tuple[str, ...]
    """Every capacity nobody stated, in a sentence."""
    queues: tuple[str, ...]
    """By queue number."""
    passed_over: tuple[str, ...] = ()
    """What the spec states and a run has no use for, in a sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program and its names."""

    program: Program
    names: Names
