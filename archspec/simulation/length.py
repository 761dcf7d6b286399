"""How long a run is, where nobody says: until what is asked of it is known well enough (docs/adr/0019)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import Architecture, Load, Running, Scenario
from archspec.simulation.loads import level_of
from archspec.simulation.options import SimulationOptions, is_stationary
from archspec.simulation.results import FlowResult
from archspec.values import percent

PRECISION = 0.05
"""An interval is narrow enough when its half-width is at most this share of the figure."""
FIRST_LOOK, BOUND = 20_000, 200_000
"""Requests of all flows together after which it is first looked at, and after which it ends in any case."""
LONGEST = 6 * 3600 * 10**9
"""No run is longer that nobody asked for, however few requests come: samples and health checks cost time too."""
MINUTE, DAY = 60 * 10**9, 86_400 * 10**9


@frozen
class Lacking:
    """A figure that is not known well enough."""

    figure: str
    """Such as "p99 of checkout"."""
    width: float | None
    """Half-width of its interval as a share of it (of the failures allowed, for a success); None: no interval."""


def looks_of(
    architecture: Architecture, scenario: Scenario | None, options: SimulationOptions, loads: Mapping[str, Load]
) -> tuple[int, ...]:
    """The lengths, in nanoseconds, after which a run may end; a single one where somebody says how long it is.

    By the requests that are expected, never by a clock of this machine: the same seed gives the same bytes.

    Raises:
        UsageError: a precision is asked for that cannot be reached, because load or system change during the run.

    """
    stated = options.duration or (scenario.duration if scenario and scenario.said("duration") else None)
    rate = _rate(architecture, loads)
    waits = (
        rate is not None and is_stationary(options, scenario, loads, architecture.flows) and not _scales(architecture)
    )
    if options.precision is not None and not waits:
        raise UsageError(
            "--precision needs open load that stays as it is, and nothing that fails, is deployed or scales; "
            "say how long to run with --duration."
        )
    if stated is not None and options.precision is None:
        return (stated.nanoseconds,)
    if rate is not None and all(architecture.flows[flow].comes_by_clock for flow in loads) and not _fails(scenario):
        return (min(DAY, _whole(BOUND / rate)),)
    if not waits or rate is None:
        faults = scenario.faults if scenario else ()
        ends = [fault.at.nanoseconds + (fault.for_.nanoseconds if fault.for_ else 0) for fault in faults]
        return (max([0, *ends]) + MINUTE,)
    counts = [FIRST_LOOK]
    while counts[-1] * 2 < BOUND:
        counts.append(counts[-1] * 2)
    lengths = [min(_whole(count / rate), LONGEST) for count in (*counts, BOUND)]
    return tuple(dict.fromkeys(lengths))


def _fails(scenario: Scenario | None) -> bool:
    return scenario is not None and bool(scenario.faults)


def _rate(architecture: Architecture, loads: Mapping[str, Load]) -> Fraction | None:
    """Requests per second of all flows; None where clients wait or stay connected, or nothing comes."""
    if any(load.users is not None or load.shape == "file" for load in loads.values()):
        return None
    if any(architecture.flows[flow].session is not None for flow in loads):
        return None
    return sum((level_of(architecture.flows[flow], load.rate) for flow, load in loads.items()), Fraction(0)) or None


def _scales(architecture: Architecture) -> bool:
    running = (found for found in architecture.components.values() if isinstance(found, Running))
    return any(found.scaling is not None and found.scaling.horizontal for found in running)


def _whole(seconds: Fraction) -> int:
    """A length in nanoseconds, rounded up to what can be read: whole seconds, or milliseconds below ten seconds."""
    unit = 10**9 if seconds >= 10 else 10**6
    return -int(-seconds * 10**9 // unit) * unit


def lacking(flows: tuple[FlowResult, ...], precision: float) -> Iterator[Lacking]:
    """What is asked of a run and not known well enough: the figures of the objectives, without any the p99 of all."""
    promised = any(flow.objective is not None for flow in flows)
    for flow in flows:
        if flow.objective is None and promised:
            continue
        names = tuple(flow.objective.percentiles) if flow.objective is not None else ("p99",)
        estimates = dict(flow.latency.percentiles) if flow.latency is not None else {}
        for name in names:
            estimate = estimates.get(name)
            half = estimate.half_width if estimate else None
            width = None if estimate is None or half is None else half / max(estimate.value, 1)
            if width is None or width > precision:
                yield Lacking(f"{name} of {flow.flow}", width)
        if flow.objective is not None and flow.objective.success is not None:
            yield from _success_lacking(flow, float(flow.objective.success), precision)


def _success_lacking(flow: FlowResult, promised: float, precision: float) -> Iterator[Lacking]:
    """The share of successes, unless it surely keeps or breaks its promise, or is known well enough."""
    interval = flow.success_interval
    if interval is None or interval.low is None or interval.high is None:
        yield Lacking(f"success of {flow.flow}", None)
        return
    allowed = 1 - promised
    width = (interval.high - interval.low) / 2 / allowed if allowed else None
    if interval.low < promised <= interval.high and (width is None or width > precision):
        yield Lacking(f"success of {flow.flow}", width)


def next_look(looks: tuple[int, ...], place: int, found: list[Lacking], precision: float) -> int:
    """The place of the next look: the first after which all can be known, as intervals narrow with the root."""
    times = max(2.0 if one.width is None else (one.width / precision) ** 2 for one in found)
    needed = min(0.8 * times, 1e9) * looks[place]
    return next((later for later in range(place + 1, len(looks)) if looks[later] >= needed), len(looks) - 1)


def ending(found: Sequence[Lacking], precision: float, requests: int, *, is_overloaded: bool) -> str:
    """What ended a run that nobody gave a length, in a sentence without its end."""
    if is_overloaded:
        return f"the run ended after {requests:,} requests, when an overload was seen"
    if not found:
        return (
            f"the run ended after {requests:,} requests, when what is asked for was known within {percent(precision)}"
        )
    widths = [
        f"{one.figure} is known within {percent(one.width, ceil)}"
        if one.width is not None
        else f"{one.figure} has no interval"
        for one in found
    ]
    return (
        f"the run ended at its bound, after {requests:,} requests: {', '.join(widths)}; {percent(precision)} is asked "
        "for, and --duration runs longer"
    )
