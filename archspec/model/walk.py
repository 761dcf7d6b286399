"""Every step of a flow with who performs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archspec.model.flow import Flow, Step
from archspec.model.source import Path

if TYPE_CHECKING:
    from archspec.model.architecture import Architecture


@dataclass(frozen=True, slots=True)
class Visit:
    """A step met while walking a flow.

    `caller` is the component whose turn it is. `path` leads to the step in the spec: in another flow where
    `flow:` led there. `within` are the visits around it, outermost first; `branch` says how it hangs on the
    innermost of them: `steps`, `on_miss`, `fallback`, `parallel` or `flow` (and `steps` at the top).
    """

    step: Step
    path: Path
    caller: str
    within: tuple["Visit", ...]
    branch: str


def walk(architecture: "Architecture", flow: Flow) -> Iterator[Visit]:
    """Every step of a flow, outer before inner, in written order; `flow:` steps are followed.

    A call of several components (`call: [a, b]`) is one visit; its steps are performed by the first.
    """
    yield from _walk(architecture, flow.steps, ("flows", flow.id, "steps"), flow.from_, (), "steps")


def _walk(
    architecture: "Architecture",
    steps: tuple[Step, ...],
    path: Path,
    caller: str,
    within: tuple[Visit, ...],
    branch: str,
) -> Iterator[Visit]:
    for index, step in enumerate(steps):
        asks = caller
        if branch == "on_miss" and step.call:
            asks = architecture.asks_on_miss(within[-1].step.call[0], caller, step.call[0])
        here = (*path, index)
        visit = Visit(step, here, asks, within, branch)
        yield visit
        inner = (*within, visit)
        if step.flow:
            steps_of = architecture.flows[step.flow].steps
            yield from _walk(architecture, steps_of, ("flows", step.flow, "steps"), asks, inner, "flow")
        yield from _walk(architecture, step.parallel, (*here, "parallel"), asks, inner, "parallel")
        if step.call:
            yield from _walk(architecture, step.steps, (*here, "steps"), step.call[0], inner, "steps")
            yield from _walk(architecture, step.on_miss, (*here, "on_miss"), asks, inner, "on_miss")
            yield from _walk(architecture, step.fallback, (*here, "fallback"), asks, inner, "fallback")
