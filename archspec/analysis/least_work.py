"""What a call takes at the very least where nothing fails: the times that the spec gives, whoever is waited for."""

from collections.abc import Callable, Sequence
from dataclasses import field

from archspec.analysis.stated import hit_ratio
from archspec.frozen import frozen
from archspec.model import Architecture, Flow, Role, Step, Time, synchronous_copies

Measure = Callable[[Time], float]
"""One figure for a time, in nanoseconds: its median, or what nearly all of its values exceed."""


def nearly_always(time: Time) -> float:
    """What 999 of 1000 values exceed, in nanoseconds."""
    return time.quantile(0.001) if time.is_random else time.median


def typically(time: Time) -> float:
    """What half of the values exceed, in nanoseconds."""
    return time.median


@frozen
class LeastWork:
    """Adds up what is certainly waited for: no misses, no chances, of branches and alternatives the quickest choice.

    What is not stated counts as 0, and a call as no longer than its time-out.
    """

    architecture: Architecture
    measure: Measure
    _inside: dict[tuple[int, str], float] = field(default_factory=dict)
    """By the `id` of a step, which the architecture keeps: a call stands inside all that are round it."""

    def of_call(self, step: Step, caller: str, callee: str) -> float:
        """From sending to the answer in nanoseconds, its own time-out aside."""
        terms = self.architecture.terms(caller, callee, step)
        copies = synchronous_copies(self.architecture, callee) if terms.access == "write" else ()
        copied = max((self._measured(copy.connection.latency) for copy in copies), default=0.0)
        return self._measured(terms.connection.latency) + self.inside(step, callee) + copied

    def of_flow(self, flow: Flow) -> float:
        """A whole request in nanoseconds."""
        return self._sequence(flow.steps, flow.from_)

    def inside(self, step: Step, callee: str) -> float:
        """What the callee takes for a step that asks it, in nanoseconds."""
        key = (id(step), callee)
        if key not in self._inside:
            self._inside[key] = self._taken(step, callee)
        return self._inside[key]

    def _taken(self, step: Step, callee: str) -> float:
        own = self._measured(step.cpu) + self._measured(step.takes)
        component = self.architecture.components[callee]
        if component.kind_of.role is Role.QUEUE or not _always_goes_on(step):
            return own
        missed = self._sequence(step.on_miss, callee) if step.on_miss and hit_ratio(step, component) == 0 else 0.0
        return own + missed + self._sequence(step.steps, callee)

    def _sequence(self, steps: Sequence[Step], caller: str) -> float:
        return sum(self._step(step, caller) * step.times for step in steps)

    def _step(self, step: Step, caller: str) -> float:
        if not step.wait or (step.chance is not None and step.chance.value < 1):
            return 0.0
        if step.flow:
            return self._sequence(self.architecture.flows[step.flow].steps, caller)
        if step.parallel:
            branches = sorted(self._step(branch, caller) for branch in step.parallel for _ in range(branch.times))
            return branches[(step.needs or len(branches)) - 1]
        if not step.call:
            return self._measured(step.cpu) + self._measured(step.takes)
        return min(self._cut(step, caller, callee) for callee in step.call)

    def _cut(self, step: Step, caller: str, callee: str) -> float:
        if self.architecture.components[callee].kind_of.role is Role.TELEMETRY:
            return 0.0
        timeout = self.architecture.terms(caller, callee, step).timeout
        taken = self.of_call(step, caller, callee)
        return taken if timeout is None else min(taken, timeout.nanoseconds)

    def _measured(self, time: Time | None) -> float:
        return 0.0 if time is None else self.measure(time)


def _always_goes_on(step: Step) -> bool:
    """Whether the callee's own answer never ends what it was asked to do."""
    return step.status is None or all(status < 400 for status, _ in step.status.shares)
