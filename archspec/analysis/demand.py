"""What one request of a flow asks of each component: visits, core time, time that a slot is held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archspec.model.architecture import Architecture
from archspec.model.component import Component, Running
from archspec.model.flow import Step
from archspec.model.kind import Role
from archspec.model.times import Time

NANOSECOND = 1e-9


@dataclass(slots=True)
class Demand:
    """Averages per request of a flow.

    `visits` counts calls, `cpu` is core time and `held` the time that a slot is held (own work and whatever is
    waited for), both in seconds. Queueing, retries and failures are left out: these are the least it takes.
    """

    visits: float = 0.0
    cpu: float = 0.0
    held: float = 0.0


@dataclass(frozen=True, slots=True)
class _Passed:
    """What a step costs its caller in seconds, and the share of requests that go on after it."""

    time: float
    goes_on: float


def demands_of(architecture: Architecture, flow: str, cold: frozenset[str] = frozenset()) -> Mapping[str, Demand]:
    """Demands of a flow by component, in the order met; caches in `cold` hit nothing.

    A step counts with the share of requests that reach it: misses are 1 - hit, `chance` as stated, and after a
    4xx or 5xx nothing more is asked.
    """
    walk = _Walk(architecture, cold)
    walk.sequence(architecture.flows[flow].steps, architecture.flows[flow].from_, 1.0)
    return walk.found


class _Walk:
    def __init__(self, architecture: Architecture, cold: frozenset[str]) -> None:
        self._architecture = architecture
        self._cold = cold
        self.found: dict[str, Demand] = {}

    def sequence(self, steps: Sequence[Step], caller: str, reach: float) -> _Passed:
        time, goes_on = 0.0, 1.0
        for step in steps:
            passed = self._step(step, caller, reach * goes_on)
            time += goes_on * passed.time
            goes_on *= passed.goes_on
        return _Passed(time, goes_on)

    def _step(self, step: Step, caller: str, reach: float, *, at_once: bool = False) -> _Passed:
        share = float(step.chance) if step.chance is not None else 1.0
        passed = self._taken(step, caller, reach * share * step.times)
        time = 0.0 if not step.wait else share * passed.time * (1 if at_once else step.times)
        is_passed_over = step.optional or not step.wait
        return _Passed(time, 1.0 if is_passed_over else 1 - share * (1 - passed.goes_on))

    def _taken(self, step: Step, caller: str, reach: float) -> _Passed:
        if step.flow:
            return self.sequence(self._architecture.flows[step.flow].steps, caller, reach)
        if step.parallel:
            return self._parallel(step, caller, reach)
        if not step.call:
            return self._own_work(step, caller, reach)
        shares = self._shares(caller, self._architecture.asked_by(caller, step))
        calls = [self._call(step, caller, callee, reach * share) for callee, share in shares.items()]
        weighted = list(zip(calls, shares.values(), strict=True))
        return _Passed(sum(c.time * share for c, share in weighted), sum(c.goes_on * share for c, share in weighted))

    def _parallel(self, step: Step, caller: str, reach: float) -> _Passed:
        """As long as the longest branch; with `needs` as the last of those that are waited for."""
        branches = [(self._step(branch, caller, reach, at_once=True), branch.times) for branch in step.parallel]
        missing = step.needs or step.branch_count
        goes_on, time = 1.0, 0.0
        for passed, times in sorted(branches, key=lambda branch: branch[0].time):
            if missing > 0:
                time = passed.time
            missing -= times
            goes_on *= 1.0 if step.needs else passed.goes_on
        return _Passed(time, goes_on)

    def _own_work(self, step: Step, caller: str, reach: float) -> _Passed:
        cpu, takes = mean(step.cpu), mean(step.takes)
        self.found.setdefault(caller, Demand()).cpu += reach * cpu  # its slot is held by the call that it works for
        return _Passed(cpu + takes, 1.0)

    def _shares(self, caller: str, callees: tuple[str, ...]) -> dict[str, float]:
        """How the calls of a list are spread: by the caller's weights, else evenly."""
        weights = getattr(self._architecture.components[caller], "weights", None) or {}
        given = {callee: float(weights.get(callee, 1)) for callee in callees}
        return {callee: weight / sum(given.values()) for callee, weight in given.items()}

    def _call(self, step: Step, caller: str, callee: str, reach: float) -> _Passed:
        component = self._architecture.components[callee]
        terms = self._architecture.terms(caller, callee, step)
        copies = getattr(component, "shards", 1) if step.shards == "all" else 1
        cpu, takes = mean(step.cpu), mean(step.takes)
        answered = _share_below_400(step)
        inner = self.sequence(step.steps, callee, reach * answered)
        missed = self._missed(step, component, caller, reach * answered)
        asked = self._architecture.on_miss(caller, callee, step)
        is_through = bool(asked) and self._architecture.filled_by(caller, callee, step) == callee
        waited = 0.0 if component.kind_of.role is Role.QUEUE else answered * inner.time
        own = cpu + takes + waited + (answered * missed.time if is_through else 0.0)
        demand = self.found.setdefault(callee, Demand())
        demand.visits += reach * copies
        demand.cpu += reach * copies * cpu
        demand.held += reach * copies * own
        time = mean(terms.connection.latency) + own
        if terms.timeout is not None:
            time = min(time, terms.timeout.seconds)
        goes_on = 1.0 if component.kind_of.role is Role.QUEUE else inner.goes_on
        if component.kind_of.role is Role.TELEMETRY:
            return _Passed(0.0, 1.0)
        return _Passed(time + (0.0 if is_through else answered * missed.time), answered * goes_on * missed.goes_on)

    def _missed(self, step: Step, cache: Component, caller: str, reach: float) -> _Passed:
        """What misses ask, per call of the cache."""
        asked = self._architecture.on_miss(caller, cache.id, step)
        if not asked:
            return _Passed(0.0, 1.0)
        share = 1.0 if cache.id in self._cold else 1 - hit_ratio(step, cache)
        time, goes_on = 0.0, 1.0
        asks = self._architecture.filled_by(caller, cache.id, step)
        for inner in asked:
            passed = self._step(inner, asks, reach * share * goes_on)
            time += goes_on * passed.time
            goes_on *= passed.goes_on
        return _Passed(share * time, 1 - share * (1 - goes_on))


def hit_ratio(step: Step, cache: Component) -> float:
    """The share of this call's requests that the cache answers by itself: the step's, the cache's, else all."""
    ratio = step.hit or getattr(cache, "hit", None)
    return 1.0 if ratio is None else float(ratio)


def mean(time: Time | None) -> float:
    """The average in seconds; 0 where nothing is said."""
    return 0.0 if time is None else time.mean * NANOSECOND


def _share_below_400(step: Step) -> float:
    if step.status is None:
        return 1.0
    return float(sum(share for status, share in step.status.shares if status < 400))


def is_sized(component: Component) -> bool:
    """Whether the spec states how much it can do at once: `cores` or `slots`."""
    return isinstance(component, Running) and component.said("cores", "slots")
