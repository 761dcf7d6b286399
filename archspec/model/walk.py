"""Every step of a flow with who performs it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.model.flow import Flow, Step
from archspec.model.source import Path

if TYPE_CHECKING:
    from archspec.model.architecture import Architecture


@frozen
class Visit:
    """A step met while walking a flow.

    `caller` is the component whose turn it is, and `callers` are all that may perform it: below a call of several
    components each of those that may be asked. `path` leads to the step in the spec: in another flow where
    `flow:` led there. `within` are the visits around it, outermost first; `branch` says how it hangs on the
    innermost of them: `steps`, `on_miss`, `fallback`, `parallel` or `flow` (and `steps` at the top).
    """

    step: Step
    path: Path
    caller: str
    within: tuple["Visit", ...]
    branch: str
    callers: tuple[str, ...]


def walk(architecture: "Architecture", flow: Flow) -> Iterator[Visit]:
    """Every step of a flow, outer before inner, in written order; `flow:` steps are followed.

    A call of several components (`call: [a, b]`) is one visit.
    """
    yield from _walk(architecture, flow.steps, ("flows", flow.id, "steps"), (flow.from_,), (), "steps")


def _walk(
    architecture: "Architecture",
    steps: tuple[Step, ...],
    path: Path,
    callers: tuple[str, ...],
    within: tuple[Visit, ...],
    branch: str,
) -> Iterator[Visit]:
    for index, step in enumerate(steps):
        here = (*path, index)
        visit = Visit(step, here, callers[0], within, branch, callers)
        yield visit
        inner = (*within, visit)
        if step.flow:
            steps_of = architecture.flows[step.flow].steps
            yield from _walk(architecture, steps_of, ("flows", step.flow, "steps"), callers, inner, "flow")
        yield from _walk(architecture, step.parallel, (*here, "parallel"), callers, inner, "parallel")
        if step.call:
            asked = _each(architecture.asked_by(caller, step) for caller in callers)
            yield from _walk(architecture, step.steps, (*here, "steps"), asked, inner, "steps")
            if step.on_miss:
                pairs = [(caller, cache) for caller in callers for cache in architecture.asked_by(caller, step)]
                fills = _each((architecture.filled_by(caller, cache, step),) for caller, cache in pairs)
                yield from _walk(architecture, step.on_miss, (*here, "on_miss"), fills, inner, "on_miss")
            yield from _walk(architecture, step.fallback, (*here, "fallback"), callers, inner, "fallback")


def _each(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(found)))
