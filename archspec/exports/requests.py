"""The requests of a system as a load test sends them: where to, how often, for how long."""

import re
from collections.abc import Iterator
from fractions import Fraction

from archspec.errors import UsageError
from archspec.exports.export import Exporting, Notes
from archspec.exports.metrics.measured import route_of
from archspec.frozen import frozen
from archspec.model import Factor, Flow, Rate
from archspec.model.scenario import Level, Load, Scenario


@frozen
class Stage:
    """A stretch at whose end the rate is this, reached evenly."""

    length: int
    """In nanoseconds."""
    rate: Fraction
    """Requests per second."""


@frozen
class Sent:
    """The requests of one flow."""

    flow: Flow
    method: str
    path: str
    """With a value for each of its parameters."""
    users: int | None
    """Closed clients; None: an open stream."""
    think: float
    """What each of them waits between an answer and its next request, in seconds on average."""
    start: Fraction
    """The rate it begins with."""
    stages: tuple[Stage, ...]

    @property
    def patience(self) -> float:
        """For how long a request may be under way, in seconds: the slowest answer promised, at least one."""
        promised = self.flow.objective.percentiles.values() if self.flow.objective else ()
        return max([1.0, *(each.seconds for each in promised)])


def requests_of(exporting: Exporting, notes: Notes) -> Iterator[Sent]:
    """What is sent of each flow that a scenario loads (without one: at its own rate); of the others a note.

    Raises:
        UsageError: it lasts no time at all.

    """
    architecture = exporting.architecture
    scenario = architecture.scenarios.get(exporting.scenario or "")
    length = _length(exporting, scenario)
    if not length:
        raise UsageError("a load that lasts 0s sends nothing; write how long, such as `--duration 5m`.")
    for flow in architecture.flows.values():
        if flow.comes_by_clock:
            notes.add(f"flow {flow.id}", "it comes by the clock, so no load test sends it; start its job by hand")
            continue
        load = _load_of(flow, scenario)
        if load is None:
            continue
        route = route_of(flow)
        if route is None:
            notes.add(f"flow {flow.id}", "it has no `request` such as `GET /watch/{video}`, so nothing can be sent")
            continue
        stages = _stages(flow, load, length, notes)
        if stages is not None:
            start, parts = stages
            think = load.think.mean / 1e9 if load.think else 0.0
            path = _filled(exporting, flow, route.path, notes)
            yield Sent(flow, route.method, path, load.users, think, start, parts)


def _length(exporting: Exporting, scenario: Scenario | None) -> int:
    if exporting.duration is not None:
        return exporting.duration
    return (scenario.duration if scenario else exporting.settings.load.duration).nanoseconds


def _load_of(flow: Flow, scenario: Scenario | None) -> Load | None:
    """The load of a flow; None where it has none."""
    told = scenario.load if scenario else None
    if isinstance(told, dict):
        return told.get(flow.id)
    return Load(rate=told) if flow.rate is not None else None


def _filled(exporting: Exporting, flow: Flow, path: str, notes: Notes) -> str:
    """A path with a value for each parameter."""
    values = exporting.settings.load.parameters

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            remedy = f'write `{found[1]} = "…"` in [load.parameters]'
            notes.add(f"flow {flow.id}", f"`{{{found[1]}}}` has no value, so 1 stands for it; {remedy}")
        return values.get(found[1], "1")

    return re.sub(r"\{([^{}]*)\}", value, path)


def _stages(flow: Flow, load: Load, length: int, notes: Notes) -> tuple[Fraction, tuple[Stage, ...]] | None:
    """The rate at the beginning, and how it goes on; None, with a note, of a shape that a load test has none of."""
    if load.users is not None:
        return Fraction(0), (Stage(length, Fraction(0)),)
    rate = _rate(flow, load.rate)
    end = min(length, load.until.nanoseconds) if load.until else length
    match load.shape:
        case "constant":
            return rate, (Stage(end, rate),)
        case "ramp" if load.over is not None:
            to = _rate(flow, load.to)
            if not load.over.nanoseconds:
                return to, (Stage(end, to),)
            over = min(load.over.nanoseconds, end)
            reached = rate + (to - rate) * Fraction(over, load.over.nanoseconds)
            return rate, tuple(stage for stage in (Stage(over, reached), Stage(end - over, reached)) if stage.length)
        case "spike" if load.at is not None and load.for_ is not None:
            high = _rate(flow, load.to)
            begins = min(load.at.nanoseconds, end)
            ends = min(begins + load.for_.nanoseconds, end)
            parts = ((begins, rate), (ends - begins, high), (end - ends, rate))
            return rate, tuple(_steps([part for part in parts if part[0]]))
        case _:
            notes.add(f"flow {flow.id}", f"a load of the shape `{load.shape}` is not written; write ramps")
            return None


def _steps(parts: list[tuple[int, Fraction]]) -> Iterator[Stage]:
    """Stretches of constant rates, each reached at once."""
    for place, (length, rate) in enumerate(parts):
        if place:
            yield Stage(0, rate)
        yield Stage(length, rate)


def _rate(flow: Flow, level: Level | None) -> Fraction:
    own = flow.rate.per_second if flow.rate is not None else Fraction(0)
    match level:
        case Rate():
            return level.per_second
        case Factor():
            return own * level.value
        case _:
            return own
