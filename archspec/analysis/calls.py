"""Every call that the flows make: who asks whom, whether anybody waits for it, and whether the request needs it."""

from collections.abc import Iterator
from itertools import chain, pairwise

from archspec.frozen import frozen
from archspec.model import Architecture, CallTerms, Path, Role, Step
from archspec.model.walk import Visit


@frozen
class Call:
    """One call of one flow; a step that names several components is one call of each, by each who may perform it.

    `waits` is false where nobody waits for the answer: below a queue, of a sink (logs, metrics, errors), or with
    `wait: false`. `required` is true where the request fails with it: nothing around it is optional, has a
    fallback or an alternative.
    """

    flow: str
    visit: Visit
    caller: str
    callee: str
    terms: CallTerms
    waits: bool
    required: bool

    @property
    def step(self) -> Step:
        """The step that makes the call."""
        return self.visit.step

    @property
    def path(self) -> Path:
        """Where the step is written."""
        return self.visit.path

    @property
    def connection(self) -> str:
        """What its connection is called: `caller -> callee`, or `caller -> callee via amqp`."""
        return self.terms.connection.name


class Calls:
    """All calls of an architecture's flows, in written order, outer before inner."""

    def __init__(self, architecture: Architecture) -> None:
        self.of_flow = {flow: tuple(_calls(architecture, flow)) for flow in architecture.flows}
        self.all = tuple(chain.from_iterable(self.of_flow.values()))


def _calls(architecture: Architecture, flow: str) -> Iterator[Call]:
    for visit in architecture.walk(flow):
        waits = visit.step.wait and not _is_asynchronous(architecture, visit)
        required = waits and _is_required(visit)
        for caller, callee in architecture.pairs(visit):
            is_sink = architecture.components[callee].kind_of.role is Role.TELEMETRY
            terms = architecture.terms(caller, callee, visit.step)
            yield Call(flow, visit, caller, callee, terms, waits and not is_sink, required and not is_sink)


def _is_asynchronous(architecture: Architecture, visit: Visit) -> bool:
    """Whether a step round it is not waited for, or is a message put into a queue."""
    inner = (*visit.within, visit)
    return any(
        not around.step.wait or (below.branch == "steps" and _asks_queue(architecture, around.step))
        for around, below in pairwise(inner)
    )


def _asks_queue(architecture: Architecture, step: Step) -> bool:
    return any(architecture.components[callee].kind_of.role is Role.QUEUE for callee in step.call)


def _is_required(visit: Visit) -> bool:
    return all(is_needed(around.step) for around in (*visit.within, visit))


def is_needed(step: Step) -> bool:
    """Whether what a step is part of fails with it: it is not optional, and nothing stands in for it."""
    all_of_them = step.needs is None or step.needs == step.branch_count
    return not step.optional and not step.fallback and len(step.call) <= 1 and all_of_them
