"""The structure function of a flow: which parts a request needs, as an expression over them.

Instances of a component work while they and every group round them are up; a component works while `needs` of
its instances do. A step is true where its component works, its link is up and what it asks in turn is true;
optional steps, steps nobody waits for, what hangs below a queue and sinks (logs, metrics, errors) are true.
"""

from dataclasses import dataclass, field

from archspec.analysis.answers import odds
from archspec.analysis.expression import FALSE, TRUE, Cause, Expression, all_of, any_of, at_least, negated
from archspec.analysis.parts import INSTANCE_LIMIT, Parts
from archspec.model.architecture import Architecture
from archspec.model.component import Component, Running
from archspec.model.flow import Flow, Step
from archspec.model.kind import Role
from archspec.model.source import Path


@dataclass
class Structures:
    """The structure functions of an architecture's flows, over the same parts."""

    architecture: Architecture
    _of_flows: dict[str, Expression] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = Parts(self.architecture)

    def of_flow(self, flow: str) -> Expression:
        """What a request of this flow needs to succeed, once it has been sent."""
        if flow not in self._of_flows:
            self._of_flows[flow] = _Compiler(self.parts).of_flow(self.architecture.flows[flow])
        return self._of_flows[flow]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose turn it is, and which draws decided that the request came here."""

    id: str
    given: Expression = TRUE


class _Compiler:
    """Compiles the steps of one flow."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._architecture = parts.architecture
        self._answered: tuple[Expression, ...] = ()
        """Draws of earlier steps that have ended the request with a 4xx: what follows is then not needed."""

    def of_flow(self, flow: Flow) -> Expression:
        return self._sequence(flow.steps, ("flows", flow.id, "steps"), Caller(flow.from_))

    def _sequence(self, steps: tuple[Step, ...], path: Path, caller: Caller) -> Expression:
        return all_of([self._step(step, (*path, index), caller) for index, step in enumerate(steps)])

    def _step(self, step: Step, path: Path, caller: Caller) -> Expression:
        if step.chance is not None and step.chance.value == 0:
            return TRUE
        before = self._answered
        skipped: Expression = FALSE
        if step.chance is not None and step.chance.value < 1:
            skipped = self._choice(path, "skipped", 1 - float(step.chance))
            caller = Caller(caller.id, all_of([caller.given, negated(skipped)]))
        needed = self._needed(step, path, caller)
        if step.optional or not step.wait:
            self._answered = before
            return TRUE
        return any_of([*before, skipped, needed])

    def _needed(self, step: Step, path: Path, caller: Caller) -> Expression:
        if step.flow:
            inner = self._architecture.flows[step.flow].steps
            return self._sequence(inner, (*path, "flow"), caller)
        if step.parallel:
            return self._parallel(step, path, caller)
        if not step.call:
            return TRUE
        before = self._answered
        options = [self._asked(step, path, caller, each) for each in self._architecture.asked_by(caller.id, step)]
        called = any_of(options)
        if not step.fallback:
            return called
        answered, self._answered = self._answered, before
        instead = self._sequence(step.fallback, (*path, "fallback"), caller)
        self._answered = answered
        return any_of([called, instead])

    def _parallel(self, step: Step, path: Path, caller: Caller) -> Expression:
        """All branches, or `needs` of them, each as often as its `times` (where those are legion: one of them)."""
        branches = [
            self._step(branch, (*path, "parallel", index), caller) for index, branch in enumerate(step.parallel)
        ]
        if step.needs is None:
            return all_of(branches)
        if step.branch_count > INSTANCE_LIMIT:
            return any_of(branches)
        repeated = zip(branches, step.parallel, strict=True)
        return at_least(step.needs, [needed for needed, branch in repeated for _ in range(branch.times)])

    def _asked(self, step: Step, path: Path, caller: Caller, callee: str) -> Expression:
        component = self._architecture.components[callee]
        role = component.kind_of.role
        if role is Role.TELEMETRY:
            return TRUE
        reached = all_of([self._served(step, component, caller), self._link(step, path, caller, callee)])
        reached = all_of([reached, self._status(step, path, caller, callee)])
        if role is Role.QUEUE:
            return reached
        inside = Caller(callee, caller.given)
        served = all_of([reached, self._sequence(step.steps, (*path, "steps"), inside)])
        return self._cached(step, path, caller, callee, served) if step.on_miss else served

    def _cached(self, step: Step, path: Path, caller: Caller, callee: str, cache: Expression) -> Expression:
        """Read-through: the cache must work, hit or miss. Cache-aside: a dead cache is a miss."""
        ratio = step.hit or getattr(self._architecture.components[callee], "hit", None)
        hit = TRUE if ratio and ratio.value == 1 else self._choice(path, "hit", float(ratio) if ratio else None)
        given = all_of([caller.given, negated(hit)])
        asks = self._architecture.filled_by(caller.id, callee, step)
        missed = self._sequence(step.on_miss, (*path, "on_miss"), Caller(asks, given))
        if asks == callee:
            return all_of([cache, any_of([hit, missed])])
        return any_of([all_of([cache, hit]), missed])

    def _served(self, step: Step, component: Component, caller: Caller) -> Expression:
        """The component works: for a write to a store that does not fail over, its primary does."""
        is_store = component.kind_of.role in (Role.STORE, Role.CACHE) and isinstance(component, Running)
        if not is_store:
            return self._parts.working(component)
        access = self._architecture.terms(caller.id, component.id, step).access
        fails_over = getattr(component, "failover", None) == "automatic"
        is_primary = access == "write" and not fails_over and not component.kind_of.provided
        every = min(getattr(component, "shards", 1), INSTANCE_LIMIT)
        shards = range(1, every + 1) if step.shards == "all" else (1,)
        served = all_of(self._parts.working(component, shard=shard, primary=is_primary) for shard in shards)
        if access == "write" and not fails_over:
            return served
        return any_of([served, *(self._parts.working(copy) for copy in self._parts.copies_of(component.id))])

    def _link(self, step: Step, path: Path, caller: Caller, callee: str) -> Expression:
        """The network between them, and the luck that one of the tries gets through both ways."""
        terms = self._architecture.terms(caller.id, callee, step)
        link = terms.connection
        up: Expression = TRUE
        if link.availability is not None:
            up = self._parts.variable(link.name, Cause.LINK, link.name, float(link.availability))
        if not link.loss or not link.loss.value:
            return up
        tries = terms.retries.attempts if terms.retries else 1
        arrives = 1 - float(1 - (1 - link.loss.value) ** 2) ** tries
        return all_of([up, self._mishap(path, f"{link.name} loses no message", link.name, arrives)])

    def _status(self, step: Step, path: Path, caller: Caller, callee: str) -> Expression:
        """What the callee answers by itself: 429 and from 500 on is a failure, another 4xx ends the request well."""
        if step.status is None:
            return TRUE
        terms = self._architecture.terms(caller.id, callee, step)
        outcome = odds(step.status, terms.retries.attempts if terms.retries else 1)
        if outcome.failed >= 1:
            return FALSE
        if outcome.ended:
            share = min(1.0, outcome.ended / (1 - outcome.failed))
            ends = TRUE if share == 1 else self._choice(path, "ends with 4xx", share)
            self._answered = (*self._answered, all_of([caller.given, ends]))
        return self._mishap(path, f"{callee} answers below 500", callee, 1 - outcome.failed) if outcome.failed else TRUE

    def _mishap(self, path: Path, name: str, owner: str, probability: float) -> Expression:
        return self._parts.variable(f"{_at(path)} {name}", Cause.MISHAP, owner, probability)

    def _choice(self, path: Path, name: str, probability: float | None) -> Expression:
        if probability is not None and probability <= 0:
            return FALSE
        return self._parts.variable(f"{_at(path)} {name}", Cause.CHOICE, _at(path), probability)


def _at(path: Path) -> str:
    return ".".join(map(str, path))
