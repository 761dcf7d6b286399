"""What a flow of a spec lets one expect in its traces: who asks whom, below whom, how surely, and in which order."""

from collections.abc import Iterator
from dataclasses import replace

from archspec.frozen import frozen
from archspec.model import Architecture, Caching, Flow, Path, Step, Time, Topic

Position = tuple[int | str, ...]
"""The way to a step within the turn of whoever performs it: numbers in sequence; after `|` branches at once."""


@frozen
class Expected:
    """One call that a flow makes.

    `share` is the part of its performer's turns in which it is made; None where nothing tells (a fallback). `fills`
    is the path of the call to a cache whose misses it answers for. `owns` are the times that its callee spends itself:
    of the call, and of the callee's own work between its calls.
    """

    step: Step
    path: Path
    performer: str
    callees: tuple[str, ...]
    share: float | None
    times: int
    position: Position
    fills: Path | None
    owns: tuple[tuple[Path, Time], ...]
    inner: "tuple[Expected, ...]"
    is_delivery: bool
    """Whether a topic makes it, which waits for nobody and keeps no order among its subscribers."""

    @property
    def callee(self) -> str:
        """The component that is asked; of several the first."""
        return self.callees[0]

    @property
    def waits(self) -> bool:
        """Whether its performer waits for the answer."""
        return self.step.wait


@frozen
class _Around:
    """What holds for the steps at one place."""

    performer: str
    share: float | None = 1.0
    times: int = 1
    position: Position = ()
    fills: Path | None = None


def expected_of(architecture: Architecture, flow: Flow) -> tuple[Expected, ...]:
    """The calls that whoever starts the flow makes, each with what it leads to."""
    around = _Around(flow.from_)
    return tuple(_calls(architecture, flow.steps, ("flows", flow.id, "steps"), around))


def own_work(architecture: Architecture, steps: tuple[Step, ...], path: Path) -> Iterator[tuple[Path, Time]]:
    """The times that a performer spends between its calls, where they are sure to come."""
    for index, step in enumerate(steps):
        here = (*path, index)
        if step.chance is not None:
            continue
        if step.flow:
            yield from own_work(architecture, architecture.flows[step.flow].steps, ("flows", step.flow, "steps"))
        elif not step.call and not step.parallel:
            yield from _times(step, here)


def _times(step: Step, path: Path) -> Iterator[tuple[Path, Time]]:
    for _ in range(step.times if not step.call else 1):
        if step.cpu is not None:
            yield (*path, "cpu"), step.cpu
        if step.takes is not None:
            yield (*path, "takes"), step.takes


def _calls(architecture: Architecture, steps: tuple[Step, ...], path: Path, around: _Around) -> Iterator[Expected]:
    for index, step in enumerate(steps):
        inside = replace(around, position=(*around.position, index))
        yield from _step(architecture, step, (*path, index), inside)


def _step(architecture: Architecture, step: Step, path: Path, around: _Around) -> Iterator[Expected]:
    if step.chance is not None and around.share is not None:
        around = replace(around, share=around.share * float(step.chance))
    if step.call:
        yield from _call(architecture, step, path, around)
        return
    inside = replace(around, times=around.times * step.times, share=None if step.needs else around.share)
    if step.flow:
        steps = architecture.flows[step.flow].steps
        yield from _calls(architecture, steps, ("flows", step.flow, "steps"), inside)
    for number, branch in enumerate(step.parallel):
        beside = replace(inside, position=(*inside.position, "|", number))
        yield from _step(architecture, branch, (*path, "parallel", number), beside)


def _call(architecture: Architecture, step: Step, path: Path, around: _Around) -> Iterator[Expected]:
    performer = around.performer
    callees = architecture.asked_by(performer, step)
    answering = _Around(callees[0])
    inner = list(_calls(architecture, step.steps, (*path, "steps"), answering))
    misses: list[Expected] = []
    target = architecture.components[callees[0]]
    on_miss = architecture.on_miss(performer, callees[0], step)
    if on_miss:
        fills = architecture.filled_by(performer, callees[0], step)
        hit = step.hit or (target.hit if isinstance(target, Caching) else None)
        missed = None if hit is None else 1 - float(hit)
        beside = _Around(fills, missed, 1, ("miss",), path)
        if fills == performer:
            share = None if around.share is None or missed is None else around.share * missed
            beside = _Around(fills, share, around.times * step.times, (*around.position, "miss"), path)
            misses = list(_calls(architecture, on_miss, (*path, "on_miss"), beside))
        else:
            inner += _calls(architecture, on_miss, (*path, "on_miss"), beside)
    owns = (*_times(step, path), *own_work(architecture, step.steps, (*path, "steps")))
    yield Expected(
        step,
        path,
        performer,
        callees,
        around.share,
        around.times * step.times,
        around.position,
        around.fills,
        owns,
        tuple(inner),
        isinstance(architecture.components[performer], Topic),
    )
    yield from misses
    instead = replace(around, share=None, position=(*around.position, "fallback"))
    yield from _calls(architecture, step.fallback, (*path, "fallback"), instead)


def in_order(first: Expected, second: Expected) -> bool | None:
    """Whether the second begins when the first is over; False where they go at once, None where nothing is said."""
    if first.is_delivery and second.is_delivery:
        return None
    for one, two in zip(first.position, second.position, strict=False):
        if one == two:
            continue
        if isinstance(one, str) or isinstance(two, str):
            return None
        shared = first.position[: _shared(first.position, second.position)]
        if shared and shared[-1] == "|":
            return False
        return first.waits if one < two else None
    return first.waits if len(first.position) < len(second.position) else None


def _shared(first: Position, second: Position) -> int:
    return next(
        (at for at, (one, two) in enumerate(zip(first, second, strict=False)) if one != two),
        min(len(first), len(second)),
    )
