"""Flows, calls and connections: from an architecture to the system that the engine runs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm

from archspec.frozen import frozen
from archspec.model import Answers, Cache, Caching, Connection, Function, Queue, Role, Step, Time, Topic, Weighted
from archspec.model.architecture import Architecture, CallTerms
from archspec.model.attempts import Attempts, asks_primary, attempts_of, health_check, list_algorithm, replica_algorithm
from archspec.model.copies import synchronous_copies
from archspec.simulation import program
from archspec.simulation.compile_components import components_of, pulls_messages, shards_of
from archspec.simulation.compile_connections import connection, preferring_nobody, unused_by_deliveries
from archspec.simulation.compile_sessions import session_of
from archspec.simulation.loads import law_of
from archspec.simulation.names import Compiled, Place
from archspec.simulation.program import Operation, Route
from archspec.simulation.scene import Scene


def compile_system(architecture: Architecture, flows: tuple[str, ...]) -> Compiled:
    """Some flows of an architecture, with all components, and the connections that are in use.

    Raises:
        UsageError: a component asks for something that cannot be run; says what to change.

    """
    return _Compiler(architecture).compile(flows)


@dataclass
class _Compiler:
    architecture: Architecture
    operations: list[Operation] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    connection_numbers: dict[str, int] = field(default_factory=dict)
    uses_cpu: dict[str, None] = field(default_factory=dict)
    hits_all: dict[str, None] = field(default_factory=dict)
    pulls: dict[str, list[str]] = field(default_factory=dict)
    subscribers: dict[str, dict[str, None]] = field(default_factory=dict)
    passed_over: dict[str, None] = field(default_factory=dict)
    is_random: bool = False
    numbers: dict[str, int] = field(init=False)
    flows: tuple[str, ...] = ()

    def compile(self, flows: tuple[str, ...]) -> Compiled:
        self.numbers = {id_: number for number, id_ in enumerate(self.architecture.components)}
        self.flows = flows
        compiled = tuple(map(self._flow, flows))
        system = program.System(
            components=tuple(
                components_of(
                    self.architecture,
                    tuple(self.uses_cpu),
                    self.pulls,
                    self.subscribers,
                    placed=any(link.prefer for link in self.connections),
                )
            ),
            connections=tuple(
                connection(link, self.numbers, health_check(self.architecture, link.from_, link.to))
                for link in self.connections
            ),
            flows=compiled,
            operations=tuple(self.operations),
        )
        return Compiled(
            system,
            places=tuple(self.places),
            assumed_cores=tuple(self.uses_cpu),
            assumed_hits=tuple(self.hits_all),
            assumed_partitions=tuple(filter(self._lacks_partitions, self.subscribers)),
            assumed_of_functions=tuple(self._assumed_of_functions()),
            passed_over=(*self.passed_over, *preferring_nobody(self.architecture, self.connections)),
            is_random=self.is_random,
        )

    def _assumed_of_functions(self) -> Iterator[str]:
        """Of those that a flow runs."""
        visits = (visit for flow in self.flows for visit in self.architecture.walk(flow))
        called = dict.fromkeys(callee for visit in visits for _, callee in self.architecture.pairs(visit))
        for function in map(self.architecture.components.__getitem__, called):
            if isinstance(function, Function) and function.concurrency is None:
                yield f"`{function.id}` has as many instances as are asked for, because no `concurrency` is given"
            if isinstance(function, Function) and function.cold_start is None:
                yield f"`{function.id}` starts an instance in no time, because no `cold_start` is given"

    def _flow(self, id_: str) -> program.Flow:
        flow = self.architecture.flows[id_]
        inside = self.architecture.begins_inside(flow)
        scene = Scene(flow, flow.from_, not inside, None, "steps", f"flows.{id_}.steps", ("flows", id_, "steps"))
        first = self._block(flow.steps, scene)
        session = session_of(self.architecture, flow, self.numbers)
        via = self.flows.index(flow.via) if flow.via in self.flows else None
        return program.Flow(id_, self.numbers[flow.from_], inside, first, session, via)

    # -- steps

    def _block(self, steps: tuple[Step, ...], scene: Scene) -> int | None:
        """Compile steps that are done one after the other; the number of the first, if there is any."""
        first = len(self.operations)
        for index, step in enumerate(steps):
            self._step(step, scene, index, is_last=index + 1 == len(steps))
        return first if steps else None

    def _step(self, step: Step, scene: Scene, index: int, *, is_last: bool) -> None:
        """Compile a step, then all that is inside it: whatever follows it has the number after those."""
        number = self._place(step, scene, index)
        inner = scene.repeated(step.times)
        if step.flow:
            made = self._following(step, inner, number, index)
        elif step.parallel:
            made = self._branches(step, inner, number, index)
        elif step.call and step.shards == "all" and self._shards(step.call) > 1:
            made = self._all_shards(step, inner, number, index)
        elif step.call:
            made = self._call(step, inner, number, index)
        else:
            cpu, takes = self._work(step, scene.caller)
            made = Operation("work", scene.stream_of(index), cpu=cpu, takes=takes)
        self.operations[number] = made._replace(
            next=None if is_last else len(self.operations),
            times=step.times,
            spread=step.times * made.spread,
            chance=float(step.chance.value) if step.chance is not None and step.chance.value < 1 else None,
            optional=step.optional,
            waits=step.wait,
        )

    def _place(self, step: Step, scene: Scene, index: int) -> int:
        """Keep a place for an operation, so that it stands before those inside it."""
        self.operations.append(Operation("work", ""))
        self.places.append(Place((*scene.path, index), step, scene.parent, scene.role, scene.caller))
        return len(self.operations) - 1

    def _following(self, step: Step, scene: Scene, number: int, index: int) -> Operation:
        inner = ("flows", step.flow or "", "steps")
        stream = f"{scene.stream_of(index)}>{'.'.join(inner)}"
        followed = replace(scene, parent=number, role="flow", stream=stream, path=inner)
        first = self._block(self.architecture.flows[step.flow or ""].steps, followed)
        return Operation("follow", scene.stream_of(index), branches=() if first is None else (first,))

    def _branches(self, step: Step, scene: Scene, number: int, index: int) -> Operation:
        inner, firsts = scene.within(index, "parallel", number), []
        for place, branch in enumerate(step.parallel):
            firsts.append(len(self.operations))
            self._step(branch, inner, place, is_last=True)
        needs = step.needs or step.branch_count
        return Operation("together", scene.stream_of(index), branches=tuple(firsts), needs=needs)

    def _shards(self, call: tuple[str, ...]) -> int:
        return shards_of(self.architecture.components[call[0]])

    def _all_shards(self, step: Step, scene: Scene, number: int, index: int) -> Operation:
        """One call of each shard, all at once and all needed."""
        once = step.model_copy(update={"times": 1, "chance": None, "optional": False, "wait": True})
        branches = []
        for shard in range(self._shards(step.call)):
            inner = replace(scene, parent=number, role="shards", stream=f"{scene.stream}[{shard}]")
            branch = self._place(once, inner, index)
            self.operations[branch] = self._call(once, inner, branch, index)._replace(shard=shard)
            branches.append(branch)
        return Operation("together", scene.stream_of(index), branches=tuple(branches), needs=len(branches))

    def _work(self, step: Step, component: str) -> tuple[program.Law | None, program.Law | None]:
        """The cpu and the other time that a step takes at a component; nothing where they take none."""
        cpu, takes = (
            self._law(time) if time is not None and (time.is_random or time.median > 0) else None
            for time in (step.cpu, step.takes)
        )
        kind = self.architecture.components[component]
        has_cores = kind.kind_of.role is not Role.ACTOR and not isinstance(kind, Function)
        if cpu is not None and has_cores and getattr(kind, "cores", None) is None:
            self.uses_cpu[component] = None
        return cpu, takes

    def _law(self, time: Time | None) -> program.Law | None:
        if time is None:
            return None
        self.is_random |= time.is_random
        return law_of(time)

    # -- calls

    def _call(self, step: Step, scene: Scene, number: int, index: int) -> Operation:
        options = self.architecture.asked_by(scene.caller, step)
        terms = [self.architecture.terms(scene.caller, callee, step) for callee in options]
        work = [self._work(step, callee) for callee in options]
        tried = [attempts_of(term, scene.flow, is_first=scene.outside) for term in terms]
        attempts = max(each.most for each in tried)
        scene = scene.repeated(attempts)
        asked = [
            _Asked(step, number, index, callee, terms[place], tried[place]) for place, callee in enumerate(options)
        ]
        weights = self._weights(options, scene.caller)
        routes = tuple(self._route(each, scene, weight) for each, weight in zip(asked, weights, strict=True))
        return Operation(
            "call",
            scene.stream_of(index),
            spread=attempts,
            cpu=work[0][0],
            takes=work[0][1],
            status=_status(step.status),
            keys=self._keys(options),
            fallback=self._block(step.fallback, scene.within(index, "fallback", number)),
            algorithm=list_algorithm(self.architecture, scene.caller),
            routes=routes,
        )

    def _route(self, asked: "_Asked", scene: Scene, weight: int) -> Route:
        callee, terms, tried = asked.callee, asked.terms, asked.tried
        link, backoff = terms.connection, terms.retries.backoff if terms.retries else None
        waits = [backoff.cap(k).nanoseconds for k in range(1, tried.most)] if backoff else []
        budget = terms.retries.budget if terms.retries else None
        timeout = tried.timeout or tried.patience
        connection = self._number(link)
        copies = self._copies(callee, scene.stream_of(asked.index)) if terms.access == "write" else ()
        is_topic = isinstance(self.architecture.components[callee], Topic)
        steps = None if is_topic else self._steps(asked, scene)
        hit, miss, aside = self._look_up(asked, scene)
        return Route(
            to=self.numbers[callee],
            connection=connection,
            timeout=timeout.nanoseconds if timeout else None,
            gives_up=tried.timeout is None,
            attempts=tried.most,
            waits=tuple(waits),
            jitter=backoff.jitter if backoff else "none",
            idempotent=tried.idempotent,
            budget=float(budget.value) if budget else None,
            writes=asks_primary(self.architecture.components[callee], terms.access),
            algorithm=replica_algorithm(self.architecture, scene.caller, callee),
            weight=weight,
            latency=self._law(link.latency),
            cold_start=self._cold_start(callee),
            steps=steps,
            subscriptions=self._subscriptions(asked, scene) if is_topic else (),
            hit=hit,
            miss=miss,
            miss_by_caller=aside,
            copies=copies,
        )

    def _cold_start(self, callee: str) -> program.Law | None:
        component = self.architecture.components[callee]
        return self._law(component.cold_start) if isinstance(component, Function) else None

    def _steps(self, asked: "_Asked", scene: Scene) -> int | None:
        """What the callee does, or at a queue whoever takes the message."""
        target = self.architecture.components[asked.callee]
        inner = replace(scene.within(asked.index, "steps", asked.number), caller=target.id, outside=False)
        if isinstance(target, Queue):
            for consumer in asked.step.steps:
                for worker in consumer.call:
                    self._pulls(worker, target.id, consumer.via)
            inner = replace(inner, role="message")
        return self._block(asked.step.steps, inner)

    def _subscriptions(self, asked: "_Asked", scene: Scene) -> tuple[int, ...]:
        """What each subscriber of a topic does with a message: one operation a step, none behind another."""
        inner = scene.within(asked.index, "steps", asked.number)
        inner, firsts = replace(inner, caller=asked.callee, outside=False), []
        for place, step in enumerate(asked.step.steps):
            subscriber = step.call[0]
            self.subscribers.setdefault(asked.callee, {})[subscriber] = None
            pulls = pulls_messages(self.architecture.components[subscriber])
            if pulls:
                self._pulls(subscriber, asked.callee, step.via)
            firsts.append(len(self.operations))
            self._step(step, replace(inner, role="message" if pulls else "pushed"), place, is_last=True)
        return tuple(firsts)

    def _lacks_partitions(self, id_: str) -> bool:
        topic = self.architecture.components[id_]
        assert isinstance(topic, Topic)
        return topic.partitions is None and "kafka" in (topic.technology or "").lower()

    def _pulls(self, worker: str, source: str, via: str | None) -> None:
        """Note that a worker takes the messages of a queue or topic."""
        pulled = self.pulls.setdefault(worker, [])
        if source not in pulled:
            pulled.append(source)
            self.passed_over |= dict.fromkeys(
                unused_by_deliveries(self.architecture.link(source, worker, via), self.architecture)
            )

    def _look_up(self, asked: "_Asked", scene: Scene) -> tuple[float | None, int | None, bool]:
        """The share of look-ups that find something, what is done else, and whether the caller does it."""
        step, callee = asked.step, asked.callee
        target = self.architecture.components[callee]
        missed = self.architecture.on_miss(scene.caller, callee, step)
        hit = step.hit or (target.hit if isinstance(target, Caching) else None)
        if missed and hit is None:
            self.hits_all[callee] = None
        share = float(hit.value) if hit else 1.0
        if isinstance(target, Caching):
            looks_up = asked.terms.access != "write"
        else:
            looks_up = bool(missed) or step.hit is not None
        if not missed:
            return share if looks_up else None, None, False
        asks = self.architecture.filled_by(scene.caller, callee, step)
        aside = asks != callee
        inner = scene.within(asked.index, "on_miss", asked.number)
        inner = replace(inner, caller=asks, outside=scene.outside and aside)
        return share if looks_up else None, self._block(missed, inner), aside

    def _keys(self, options: tuple[str, ...]) -> tuple[int, float] | None:
        caches = (self.architecture.components[callee] for callee in options)
        found = (each.keys for each in caches if isinstance(each, Cache) and each.keys is not None)
        return next(((keys.count, float(keys.exponent)) for keys in found), None)

    def _weights(self, options: tuple[str, ...], caller: str) -> list[int]:
        component = self.architecture.components[caller]
        weights = component.weights if isinstance(component, Weighted) else {}
        shares = [weights.get(callee, Fraction(1)) for callee in options]
        scale = lcm(*(share.denominator for share in shares))
        return [int(share * scale) for share in shares]

    def _copies(self, store: str, stream: str) -> tuple[program.Copy, ...]:
        return tuple(
            program.Copy(
                store=self.numbers[copy.store.id],
                connection=self._number(copy.connection),
                latency=self._law(copy.connection.latency),
                stream=f"{stream}.{copy.store.id}",
                continues=copy.when_lost == "continue",
            )
            for copy in synchronous_copies(self.architecture, store)
        )

    # -- connections

    def _number(self, link: Connection) -> int:
        if link.name not in self.connection_numbers:
            self.connection_numbers[link.name] = len(self.connections)
            self.connections.append(link)
        return self.connection_numbers[link.name]


@frozen
class _Asked:
    """One of those whom a call may ask."""

    step: Step
    number: int
    index: int
    callee: str
    terms: CallTerms
    tried: Attempts


def _status(answers: Answers | None) -> int | program.Answers | None:
    if answers is None:
        return None
    if len(answers.shares) == 1:
        return answers.likeliest
    return program.Answers(tuple((status, float(share)) for status, share in answers.shares), answers.likeliest)
