"""Flows, calls and connections as tables: from an architecture to a program."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm

from archspec.execution import layout as at
from archspec.execution.compile_components import ComponentTables, feed_workers, lay_out, set_cores
from archspec.execution.compile_deliveries import unused_by_deliveries
from archspec.execution.compile_draws import DrawTables, threshold
from archspec.execution.compile_scene import Scene
from archspec.execution.layout import NONE
from archspec.execution.program import Compiled, Draw, Names, Place, Program
from archspec.model.architecture import Architecture, CallTerms
from archspec.model.attempts import Attempts, asks_primary, attempts_of, health_check, list_algorithm, replica_algorithm
from archspec.model.connection import Connection, Retries
from archspec.model.copies import synchronous_copies
from archspec.model.flow import Step
from archspec.model.kind import Role
from archspec.model.kinds.cache import Cache
from archspec.model.kinds.queue import Queue
from archspec.model.source import Path
from archspec.model.traits import Caching, Storage, Weighted

_ALGORITHMS = {
    "round_robin": at.ROUND_ROBIN,
    "least_connections": at.LEAST_CONNECTIONS,
    "random": at.RANDOM,
    "power_of_two": at.POWER_OF_TWO,
    "ip_hash": at.IP_HASH,
    "consistent_hash": at.CONSISTENT_HASH,
    "weighted": at.WEIGHTED,
    "priority": at.PRIORITY,
}
_JITTERS = {"none": at.NO_JITTER, "full": at.FULL_JITTER, "equal": at.EQUAL_JITTER}


def compile_program(
    architecture: Architecture,
    flows: tuple[str, ...],
    *,
    sampled: bool,
    misses: frozenset[str] = frozenset(),
) -> Compiled:
    """The program of some flows of an architecture.

    `sampled` leaves random quantities to be drawn; else each is fixed as a single trace wants it: times at their
    median, `hit` and `chance` true from 50% on, the likeliest status. `misses` are caches that never hit.

    Raises:
        UsageError: a component asks for something that cannot be run; says what to change.

    """
    return _Compiler(architecture, sampled, misses).compile(flows)


@dataclass
class _Compiler:
    architecture: Architecture
    sampled: bool
    misses: frozenset[str]
    tables: ComponentTables = field(init=False)
    operations: list[int] = field(default_factory=list)
    routes: list[int] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    edge_offsets: dict[tuple[str, str], int] = field(default_factory=dict)
    edge_state: int = 0
    waits: list[int] = field(default_factory=list)
    replications: list[int] = field(default_factory=list)
    draws: DrawTables = field(init=False)
    places: dict[int, Place] = field(default_factory=dict)
    uses_cpu: dict[str, None] = field(default_factory=dict)
    hits_all: dict[str, None] = field(default_factory=dict)
    pulls: dict[str, list[str]] = field(default_factory=dict)
    passed_over: dict[str, None] = field(default_factory=dict)

    def compile(self, flows: tuple[str, ...]) -> Compiled:
        self.tables = lay_out(self.architecture)
        self.draws = DrawTables(self.sampled)
        firsts, callers = [], []
        for id_ in flows:
            flow = self.architecture.flows[id_]
            outside = not self.architecture.begins_inside(flow)
            scene = Scene(flow, flow.from_, outside, NONE, "steps", f"flows.{id_}.steps", ("flows", id_, "steps"))
            firsts.append(self._block(flow.steps, scene))
            callers.append(self.tables.components[self.tables.offsets[flow.from_] + at.COMPONENT_FIRST])
        assumed = self._assumed()
        checks = self._checks()
        feeds = feed_workers(self.tables, self.pulls)
        program = Program(
            operations=self.operations,
            routes=self.routes,
            components=[int(value) for value in self.tables.components],
            edges=self.edges,
            replicas=[int(value) for value in self.tables.replicas],
            waits=self.waits,
            replications=self.replications,
            feeds=feeds,
            queues=self.tables.queues,
            limiters=self.tables.limiters,
            caches=self.tables.caches,
            rings=self.tables.rings,
            ring_first=self.tables.ring_first,
            choosers=self.tables.choosers,
            flow_first=firsts,
            flow_caller=callers,
            flow_inside=[int(self.architecture.begins_inside(self.architecture.flows[id_])) for id_ in flows],
            checks=checks,
            constants=self.draws.constants,
        )
        names = Names(
            flows=flows,
            components=tuple(self.architecture.components),
            replicas=tuple(self.tables.replica_names),
            edges=tuple(f"{caller} -> {callee}" for caller, callee in self.edge_offsets),
            places=self.places,
            draws=tuple(self.draws.draws),
            assumed=tuple(assumed),
            queues=tuple(self.tables.queue_names),
            passed_over=tuple(self.passed_over),
        )
        return Compiled(program, names)

    def _assumed(self) -> list[str]:
        """Cores and hits that nobody states, in a sentence each."""
        assumed = []
        for id_ in self.uses_cpu:
            offset = self.tables.offsets[id_]
            if self.tables.components[offset + at.COMPONENT_CORES] < 0:
                set_cores(self.tables.components, offset, Fraction(1))
                assumed.append(f"`{id_}` has 1 core per replica, because its `cpu` is used and no `cores` are given")
        return assumed + [f"`{id_}` has all that it is asked for, because no `hit` is given" for id_ in self.hits_all]

    def _checks(self) -> list[int]:
        checks = []
        for caller, callee in self.edge_offsets:
            check = health_check(self.architecture, caller, callee)
            if check is None:
                continue
            row = [
                self.edge_offsets[caller, callee],
                NONE if check.phase is None else check.phase.nanoseconds,
                check.interval.nanoseconds,
                check.timeout.nanoseconds,
                check.unhealthy_after,
                check.healthy_after,
            ]
            for checker in self._replicas(caller):
                self.tables.choosers[self.tables.replicas[checker + at.REPLICA_CHOOSER]] = at.CHECKS
                for target in self._replicas(callee):
                    checks += [checker, target, *row]
        return checks

    def _replicas(self, id_: str) -> range:
        """The replicas of a component, without those of a second set."""
        offset, c = self.tables.offsets[id_], self.tables.components
        first = c[offset + at.COMPONENT_FIRST]
        return range(first, first + c[offset + at.COMPONENT_COUNT] * at.REPLICA_SIZE, at.REPLICA_SIZE)

    # -- steps

    def _block(self, steps: tuple[Step, ...], scene: Scene) -> int:
        """Compile steps that are done one after the other; the first of them, or NONE where there is none."""
        first = previous = NONE
        for index, step in enumerate(steps):
            op = self._step(step, scene, index)
            if previous < 0:
                first = op
            else:
                self.operations[previous + at.OP_NEXT] = op
            previous = op
        return first

    def _step(self, step: Step, scene: Scene, index: int) -> int:
        op = self._operation(step, scene, index)
        stream = scene.stream_of(index)
        scene = scene.repeated(step.times)
        if step.flow:
            self.operations[op + at.OP_KIND] = at.FOLLOWING
            inner = ("flows", step.flow, "steps")
            followed = replace(scene, parent=op, role="flow", stream=f"{stream}>{'.'.join(inner)}", path=inner)
            self.operations[op + at.OP_BRANCH] = self._block(self.architecture.flows[step.flow].steps, followed)
        elif step.parallel:
            self._branches(step, scene, op, index)
        elif step.call and step.shards == "all" and self._shards(step.call) > 1:
            self._all_shards(step, scene, op, index)
        elif step.call:
            self._call(step, scene, op, index)
        else:
            self.operations[op + at.OP_KIND] = at.WORKING
            self._work(step, op, stream, scene.caller)
        return op

    def _operation(self, step: Step, scene: Scene, index: int) -> int:
        """An operation with what steps of all kinds have."""
        op = len(self.operations)
        row = [NONE] * at.OP_SIZE
        row[at.OP_TIMES] = row[at.OP_SPREAD] = step.times
        row[at.OP_OPTIONAL] = int(step.optional)
        row[at.OP_WAIT] = int(step.wait)
        row[at.OP_ROUTE_COUNT] = 0
        row[at.OP_NEEDS] = 1
        self.operations += row
        if step.chance is not None and step.chance.value < 1:
            row_chance = threshold(step.chance.value)
            self.operations[op + at.OP_CHANCE] = row_chance
            self.operations[op + at.OP_CHANCE_DRAW] = self.draws.uniform(f"{scene.stream_of(index)}#chance")
        self.places[op] = Place((*scene.path, index), step, scene.parent, scene.role, scene.caller)
        return op

    def _branches(self, step: Step, scene: Scene, op: int, index: int) -> None:
        self.operations[op + at.OP_KIND] = at.TOGETHER
        self.operations[op + at.OP_NEEDS] = step.needs or sum(branch.times for branch in step.parallel)
        stream = f"{scene.stream_of(index)}.parallel"
        path: Path = (*scene.path, index, "parallel")
        inner = replace(scene, parent=op, role="parallel", stream=stream, path=path)
        previous = NONE
        for number, branch in enumerate(step.parallel):
            first = self._step(branch, inner, number)
            place = at.OP_BRANCH + op if previous < 0 else at.OP_SIBLING + previous
            self.operations[place] = first
            previous = first

    def _shards(self, call: tuple[str, ...]) -> int:
        component = self.architecture.components[call[0]]
        return component.shards if isinstance(component, (Storage, Queue)) else 1

    def _all_shards(self, step: Step, scene: Scene, op: int, index: int) -> None:
        """One call of each shard, all at once and all needed."""
        count = self._shards(step.call)
        self.operations[op + at.OP_KIND] = at.TOGETHER
        self.operations[op + at.OP_NEEDS] = count
        once = step.model_copy(update={"times": 1, "chance": None, "optional": False, "wait": True})
        previous = NONE
        for shard in range(count):
            stream = f"{scene.stream}[{shard}]"
            inner = replace(scene, parent=op, role="shards", stream=stream)
            branch = self._operation(once, inner, index)
            self._call(once, inner, branch, index)
            self.operations[branch + at.OP_SHARD] = shard
            place = at.OP_BRANCH + op if previous < 0 else at.OP_SIBLING + previous
            self.operations[place] = branch
            previous = branch

    def _work(self, step: Step, op: int, stream: str, component: str) -> None:
        for name, time, place in (("cpu", step.cpu, at.OP_CPU), ("takes", step.takes, at.OP_TAKES)):
            if time is not None and (time.is_random or time.median > 0):
                self.operations[op + place] = self.draws.time(f"{stream}#{name}", time)
        works = self.architecture.components[component].kind_of.role is not Role.ACTOR
        if works and self.operations[op + at.OP_CPU] >= 0:
            self.uses_cpu[component] = None

    # -- calls

    def _call(self, step: Step, scene: Scene, op: int, index: int) -> None:
        self.operations[op + at.OP_KIND] = at.CALLING
        stream = scene.stream_of(index)
        options = self.architecture.asked_by(scene.caller, step)
        terms = [self.architecture.terms(scene.caller, callee, step) for callee in options]
        for callee in options:
            self._work(step, op, stream, callee)
        tried = [attempts_of(term, scene.flow, is_first=scene.outside) for term in terms]
        attempts = max(each.most for each in tried)
        self.operations[op + at.OP_SPREAD] = step.times * attempts
        scene = scene.repeated(attempts)
        self.operations[op + at.OP_FAULT_DRAW] = self.draws.uniform(f"{stream}#fault")
        if step.status is not None:
            self.operations[op + at.OP_STATUS] = self.draws.status(f"{stream}#status", step.status)
        self.operations[op + at.OP_ALGORITHM] = _ALGORITHMS[list_algorithm(self.architecture, scene.caller)]
        self.operations[op + at.OP_MEMBER] = self.draws.uniform(f"{stream}#member")
        self.operations[op + at.OP_MEMBER_AGAIN] = self.draws.uniform(f"{stream}#member-again")
        first = len(self.routes)
        self.operations[op + at.OP_ROUTES] = first
        self.operations[op + at.OP_ROUTE_COUNT] = len(options)
        self.routes += [NONE] * (at.ROUTE_SIZE * len(options))
        for number, (callee, term) in enumerate(zip(options, terms, strict=True)):
            route = first + number * at.ROUTE_SIZE
            self._route(route, scene, callee, term, stream)
            self._retries(route, tried[number], term.retries, stream)
            self._inside(route, op, step, scene, callee, term.access, index)
        if step.fallback:
            inner = self._scene(scene, op, index, "fallback", scene.caller, scene.outside)
            self.operations[op + at.OP_FALLBACK] = self._block(step.fallback, inner)
        self._weigh(first, options, scene.caller)

    def _scene(self, scene: Scene, op: int, index: int, role: str, caller: str, outside: bool) -> Scene:
        stream = f"{scene.stream_of(index)}.{role}"
        path = (*scene.path, index, role)
        return replace(scene, caller=caller, outside=outside, parent=op, role=role, stream=stream, path=path)

    def _route(self, route: int, scene: Scene, callee: str, terms: CallTerms, stream: str) -> None:
        link, r = terms.connection, self.routes
        target = self.architecture.components[callee]
        r[route + at.ROUTE_COMPONENT] = self.tables.offsets[callee]
        r[route + at.ROUTE_EDGE] = self._edge(scene.caller, callee, link)
        r[route + at.ROUTE_REPLICATION] = self._replication(callee, stream) if terms.access == "write" else NONE
        r[route + at.ROUTE_WRITES] = int(asks_primary(target, terms.access))
        r[route + at.ROUTE_ALGORITHM] = _ALGORITHMS[replica_algorithm(self.architecture, scene.caller, callee)]
        r[route + at.ROUTE_LATENCY] = self.draws.time(f"{stream}#latency", link.latency) if link.latency else NONE
        r[route + at.ROUTE_LOSS_OUT] = self.draws.uniform(f"{stream}#loss-out")
        r[route + at.ROUTE_LOSS_BACK] = self.draws.uniform(f"{stream}#loss-back")
        r[route + at.ROUTE_BALANCE] = self.draws.uniform(f"{stream}#balance")
        r[route + at.ROUTE_BALANCE_AGAIN] = self.draws.uniform(f"{stream}#balance-again")
        r[route + at.ROUTE_WEIGHT] = 1

    def _retries(self, route: int, tried: Attempts, retries: Retries | None, stream: str) -> None:
        r = self.routes
        waits = tried.timeout or tried.patience
        r[route + at.ROUTE_TIMEOUT] = waits.nanoseconds if waits else NONE
        r[route + at.ROUTE_GIVES_UP] = int(tried.timeout is None)
        r[route + at.ROUTE_ATTEMPTS] = tried.most
        r[route + at.ROUTE_BUDGET_UNIT] = at.TOKEN
        r[route + at.ROUTE_IDEMPOTENT] = int(tried.idempotent)
        if retries is None:
            return
        if retries.budget is not None:
            r[route + at.ROUTE_BUDGET] = round(retries.budget.value * at.TOKEN)
        if retries.backoff is not None:
            r[route + at.ROUTE_WAITS] = len(self.waits)
            self.waits += [retries.backoff.cap(k).nanoseconds for k in range(1, retries.attempts)]
            r[route + at.ROUTE_JITTER] = _JITTERS[retries.backoff.jitter]
            r[route + at.ROUTE_JITTER_DRAW] = self.draws.uniform(f"{stream}#jitter")

    def _inside(self, route: int, op: int, step: Step, scene: Scene, callee: str, access: str, index: int) -> None:
        """What happens at the callee and on a miss."""
        target = self.architecture.components[callee]
        if isinstance(target, Queue):
            self._consumers(step, target)
        role = "message" if isinstance(target, Queue) else "steps"
        inner = self._scene(scene, op, index, "steps", callee, False)
        inner = replace(inner, role=role)
        self.routes[route + at.ROUTE_STEPS] = self._block(step.steps, inner)
        self.routes[route + at.ROUTE_MISS_BY_CALLER] = 0
        hit = step.hit or (target.hit if isinstance(target, Caching) else None)
        missed = self.architecture.on_miss(scene.caller, callee, step)
        if isinstance(target, Caching) and access == "write":
            looks_up = False
        else:
            looks_up = bool(missed) or step.hit is not None or isinstance(target, Caching)
        if looks_up:
            share = Fraction(0) if callee in self.misses else hit.value if hit else Fraction(1)
            self.routes[route + at.ROUTE_HIT] = threshold(share)
            self.operations[op + at.OP_HIT_DRAW] = self.draws.uniform(f"{scene.stream_of(index)}#hit")
        is_simulated = isinstance(target, Cache) and target.keys is not None and self.sampled
        if missed and hit is None and not is_simulated and callee not in self.misses:
            self.hits_all[callee] = None
        if isinstance(target, Cache) and target.keys is not None and self.sampled and callee not in self.misses:
            keys = (target.keys.count, float(target.keys.exponent))
            slot = self.draws.slot(Draw(f"{scene.stream_of(index)}#key", keys=keys), NONE)
            self.operations[op + at.OP_KEY_DRAW] = slot
        if missed:
            asks = self.architecture.filled_by(scene.caller, callee, step)
            aside = asks != callee
            inner = self._scene(scene, op, index, "on_miss", asks, scene.outside and aside)
            self.routes[route + at.ROUTE_MISS_BY_CALLER] = int(aside)
            self.routes[route + at.ROUTE_MISS] = self._block(missed, inner)

    def _consumers(self, step: Step, queue: Queue) -> None:
        """Note which workers pull from a queue: those that its only step calls."""
        for worker in (id_ for consumer in step.steps for id_ in consumer.call):
            pulled = self.pulls.setdefault(worker, [])
            if queue.id not in pulled:
                pulled.append(queue.id)
                self.passed_over |= dict.fromkeys(unused_by_deliveries(self.architecture, queue.id, worker))

    def _weigh(self, first: int, options: tuple[str, ...], caller: str) -> None:
        component = self.architecture.components[caller]
        weights = component.weights if isinstance(component, Weighted) else {}
        shares = [weights.get(callee, Fraction(1)) for callee in options]
        scale = lcm(*(share.denominator for share in shares))
        for number, share in enumerate(shares):
            self.routes[first + number * at.ROUTE_SIZE + at.ROUTE_WEIGHT] = int(share * scale)

    def _replication(self, store: str, stream: str) -> int:
        """The copies that a write to a store waits for, the first of them, or NONE."""
        first = len(self.replications)
        for copy in synchronous_copies(self.architecture, store):
            link = copy.connection
            latency = self.draws.time(f"{stream}.{copy.store.id}#latency", link.latency) if link.latency else NONE
            edge = self._edge(link.from_, link.to, link)
            self.replications += [self.tables.offsets[copy.store.id], edge, latency, int(copy.when_lost == "continue")]
        if len(self.replications) == first:
            return NONE
        self.replications.append(NONE)
        return first

    def _edge(self, caller: str, callee: str, link: Connection) -> int:
        if (caller, callee) in self.edge_offsets:
            return self.edge_offsets[caller, callee]
        offset = len(self.edges)
        self.edge_offsets[caller, callee] = offset
        row = [NONE] * at.EDGE_SIZE
        component = self.tables.offsets[caller]
        row[at.EDGE_CALLER] = self.tables.components[component + at.COMPONENT_FIRST]
        row[at.EDGE_CALLEE] = self.tables.offsets[callee]
        row[at.EDGE_STATE] = self.edge_state
        rows = sum(self.tables.components[component + c] for c in (at.COMPONENT_COUNT, at.COMPONENT_SECOND))
        self.edge_state += rows * at.STATE_SIZE
        row[at.EDGE_BULKHEAD] = link.max_concurrent or NONE
        row[at.EDGE_LOSS] = threshold(link.loss.value) if link.loss else 0
        breaker = link.circuit_breaker
        row[at.EDGE_BREAKER] = int(breaker is not None)
        if breaker is not None:
            row[at.EDGE_OPENS_NUMERATOR] = breaker.opens_after.value.numerator
            row[at.EDGE_OPENS_DENOMINATOR] = breaker.opens_after.value.denominator
            row[at.EDGE_BUCKET] = max(1, breaker.over.nanoseconds // 10)
            row[at.EDGE_MINIMUM] = breaker.min_calls
            row[at.EDGE_HALF_OPEN_AFTER] = breaker.half_open_after.nanoseconds
            row[at.EDGE_PROBES] = breaker.probes
        self.edges += row
        return offset
