"""What `archspec.compare` and `archspec.sweep` return. Times are in seconds, rates per second, shares 0 to 1."""

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar

from archspec.face.rows import Reported, Rows
from archspec.frozen import frozen
from archspec.language import named

if TYPE_CHECKING:
    from archspec.reports import Sweep as Swept
    from archspec.simulation import Comparison as Compared


@frozen
class ComparedFigure:
    """One figure under one variant, and how far it is from the first variant's; None where there is no such figure."""

    value: float | None = None
    half_width: float | None = None
    difference: float | None = None
    difference_half_width: float | None = None
    """Of the pairs of runs with the same draws."""


@frozen
class ComparedFlow:
    """One flow under one variant."""

    variant: str
    flow: str
    success: ComparedFigure
    throughput: ComparedFigure
    mean: ComparedFigure
    p50: ComparedFigure
    p99: ComparedFigure
    overloaded: bool
    missed: tuple[str, ...]


@frozen
class Comparison(Reported):
    """All variants, flow by flow, in the order asked for."""

    _subject: ClassVar = "comparison"

    system: str
    seed: int
    duration: float
    replications: int
    confidence: float
    variants: tuple[str, ...]
    flows: Rows[ComparedFlow]
    bottlenecks: Mapping[str, str | None]
    """By variant."""
    _reported: "Compared" = field(repr=False, compare=False)

    def flow(self, id: str, variant: str) -> ComparedFlow:  # noqa: A002 - the language's own word
        """One flow under one variant.

        Raises:
            UsageError: there is no such flow or variant.

        """
        by_variant = {name: {row.flow: row for row in self.flows if row.variant == name} for name in self.variants}
        return named("flow", id, named("variant", variant, by_variant))

    def __repr__(self) -> str:
        return f"Comparison({self.system!r}, variants={list(self.variants)}, duration={self.duration:g})"


@frozen
class SweepRun:
    """One flow of one run of a sweep."""

    settings: Mapping[str, Any]
    """What was set: `api.replicas` to 6."""
    load: float
    """So many times the spec's load."""
    fails: tuple[str, ...]
    replication: int
    seed: int
    flow: str
    offered: int
    ok: int
    degraded: int
    failed: int
    in_flight: int
    success: float | None
    throughput: float
    mean: float | None
    p50: float | None
    p99: float | None
    overloaded: bool
    missed: int
    """How many objectives it misses."""


@frozen
class SweepPoint:
    """One flow at one point of a sweep: means over its replications, percentiles of all their requests.

    None where a replication has no such figure; times also where the point is overloaded, since they then tell how long
    the run was.
    """

    settings: Mapping[str, Any]
    load: float
    fails: tuple[str, ...]
    flow: str
    success: float | None
    throughput: float | None
    mean: float | None
    p50: float | None
    p99: float | None
    overloaded: int
    """In how many replications."""
    missed: int
    """In how many replications an objective is missed."""


@frozen
class Sweep(Reported):
    """Every combination of settings, loads and faults."""

    _subject: ClassVar = "sweep"

    points: Rows[SweepPoint]
    runs: Rows[SweepRun]
    _reported: "Swept" = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Sweep({len(self.points)} points, {len(self.runs)} runs)"
