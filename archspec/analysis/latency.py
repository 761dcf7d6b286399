"""The least time that a share of a flow's requests takes: proofs that a percentile cannot be met."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from archspec.analysis.stated import hit_ratio
from archspec.frozen import frozen
from archspec.model import Architecture, Role, Step, Time

BRANCH_LIMIT = 8
"""More choices than this are not combined one by one: only none, each alone, and all together."""


@frozen
class Branch:
    """A choice that some requests take: a miss, or a step with a chance."""

    name: str
    share: float
    is_miss: bool


@frozen
class LeastTime:
    """A sum of medians along one way through a flow, in nanoseconds.

    `share` of all requests go this way. `random` counts its independent random times: each lies at or above its
    median with probability a half, so at least share × 2^-random of all requests take `total` or more.
    `slowest` is the component whose own time is the largest part, `own` that part.
    """

    total: float
    random: int
    share: float
    branches: tuple[Branch, ...]
    slowest: str
    own: float

    @property
    def proven_share(self) -> float:
        """The share of requests that certainly take so long."""
        return self.share * 0.5**self.random


@frozen
class SlowStep:
    """One time that every request spends, and its percentile in nanoseconds: the whole cannot be faster."""

    component: str
    quantile: float


def least_times(architecture: Architecture, flow: str, above: float) -> Iterator[LeastTime]:
    """The ways through a flow that more than `above` of its requests take, the surest first."""
    start = architecture.flows[flow]
    everything = _Walk(architecture, None)
    everything.sequence(start.steps, start.from_)
    branches = tuple(dict.fromkeys(branch for branch in everything.met if branch.share > above))
    for chosen in _subsets(branches):
        walk = _Walk(architecture, frozenset(branch.name for branch in chosen))
        time = walk.sequence(start.steps, start.from_)
        share = walk.goes_on
        for branch in set(walk.met) & set(chosen):
            share *= branch.share
        if share > above and set(chosen) <= set(walk.met):
            yield LeastTime(time.total, time.random, share, chosen, time.slowest, time.own)


def slowest_step(architecture: Architecture, flow: str, quantile: float) -> SlowStep | None:
    """Of all times that every request spends the one with the highest quantile."""
    start = architecture.flows[flow]
    walk = _Walk(architecture, frozenset())
    walk.sequence(start.steps, start.from_)
    found = [SlowStep(component, time.quantile(quantile)) for component, time in walk.certain]
    return max(found, key=lambda step: step.quantile, default=None)


def _subsets(branches: tuple[Branch, ...]) -> Iterator[tuple[Branch, ...]]:
    sizes = range(len(branches) + 1) if len(branches) <= BRANCH_LIMIT else (0, 1, len(branches))
    for size in sizes:
        yield from combinations(branches, size)


@frozen
class _Sum:
    total: float = 0.0
    random: int = 0
    slowest: str = ""
    own: float = 0.0

    def then(self, other: "_Sum", times: int = 1) -> "_Sum":
        largest = max(self, other, key=lambda part: part.own)
        total, random = self.total + times * other.total, self.random + times * other.random
        return _Sum(total, random, largest.slowest, largest.own)


class _Walk:
    """Walks a flow along chosen branches (None: along all), adding medians."""

    def __init__(self, architecture: Architecture, chosen: frozenset[str] | None) -> None:
        self._architecture = architecture
        self._chosen = chosen
        self._bounded = 0
        self._answered = 1.0
        self.met: list[Branch] = []
        self.goes_on = 1.0
        """Share of requests that no 4xx or 5xx has ended before the last time that was counted."""
        self.certain: list[tuple[str, Time]] = []
        """Times of the way, by component, that no timeout cuts short."""

    def sequence(self, steps: Sequence[Step], caller: str, path: str = "") -> _Sum:
        found = _Sum()
        for index, step in enumerate(steps):
            if step.wait:
                found = found.then(self._step(step, caller, f"{path}.{index}"), step.times)
        return found

    def _step(self, step: Step, caller: str, path: str) -> _Sum:
        if step.chance is not None and not self._takes(Branch(f"{path} chance", float(step.chance), False)):
            return _Sum()
        if step.flow:
            return self.sequence(self._architecture.flows[step.flow].steps, caller, f"{path}.flow")
        if step.parallel:
            return self._parallel(step, caller, path)
        if step.call:
            return self._call(step, caller, path)
        return self._spent(caller, step.cpu).then(self._spent(caller, step.takes))

    def _parallel(self, step: Step, caller: str, path: str) -> _Sum:
        """The longest branch; where only some are needed nothing is certain, and it counts as nothing."""
        if step.needs is not None and step.needs < step.branch_count:
            return _Sum()
        branches = [
            self._step(branch, caller, f"{path}.parallel.{index}")
            for index, branch in enumerate(step.parallel)
            if branch.wait
        ]
        return max(branches, key=lambda branch: branch.total, default=_Sum())

    def _call(self, step: Step, caller: str, path: str) -> _Sum:
        options = self._architecture.asked_by(caller, step)
        if len(options) > 1:  # one of several, and which is not known
            return _Sum()
        callee = options[0]
        component = self._architecture.components[callee]
        if component.kind_of.role is Role.TELEMETRY:
            return _Sum()
        terms = self._architecture.terms(caller, callee, step)
        self._bounded += terms.timeout is not None
        found = self._spent(callee, terms.connection.latency)
        found = found.then(self._spent(callee, step.cpu)).then(self._spent(callee, step.takes))
        if component.kind_of.role is not Role.QUEUE:
            found = found.then(self.sequence(step.steps, callee, path))
        missing = 1 - hit_ratio(step, component)
        missed = self._architecture.on_miss(caller, callee, step)
        if missed and missing and self._takes(Branch(f"{path} miss", missing, True)):
            asks = self._architecture.filled_by(caller, callee, step)
            for index, inner in enumerate(missed):
                found = found.then(self._step(inner, asks, f"{path}.miss.{index}"))
        self._bounded -= terms.timeout is not None
        if step.status is not None and not step.optional:
            self._answered *= float(sum(share for status, share in step.status.shares if status < 400))
        if terms.timeout is not None and terms.timeout.nanoseconds < found.total:
            return _Sum(float(terms.timeout.nanoseconds), found.random, found.slowest, found.own)
        return found

    def _takes(self, branch: Branch) -> bool:
        if branch.share <= 0:
            return False
        if branch.share >= 1:
            return True
        self.met.append(branch)
        return self._chosen is None or branch.name in self._chosen

    def _spent(self, component: str, time: Time | None) -> _Sum:
        if time is None or self._answered == 0:
            return _Sum()
        self.goes_on = self._answered
        if not self._bounded:
            self.certain.append((component, time))
        return _Sum(time.median, int(time.is_random), component, time.median)
