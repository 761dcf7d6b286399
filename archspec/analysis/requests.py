"""Flows as trees of what decides whether a request succeeds (`request_tree`)."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from archspec.analysis.expression import TRUE, Cause, Expression, all_of, any_of
from archspec.analysis.nearness import sites_of
from archspec.analysis.parts import INSTANCE_LIMIT, Heard, Parts
from archspec.analysis.request_tree import (
    NOTHING,
    Answer,
    Aside,
    Branch,
    Call,
    Exchange,
    Instead,
    Node,
    Option,
    PassedOver,
    Repeated,
    Together,
    Unless,
    sequence,
)
from archspec.frozen import frozen
from archspec.model import Access, Answers, Component, Flow, Path, Role, Running, Site, Step, synchronous_copies
from archspec.model.attempts import (
    CHECKERS,
    PROXIES,
    RETRIED_STATUSES,
    Attempts,
    asks_primary,
    attempts_of,
    list_algorithm,
)
from archspec.model.kinds.load_balancer import LoadBalancer
from archspec.model.traits import Caching, Storage, Weighted


@frozen
class _Place:
    """Whose turn it is: the caller, where the step is written, and whether a client or person performs it.

    `goes_on` says whether the request may go well though this step fails, as long as somebody notices.
    """

    caller: str
    path: Path
    is_outside: bool = False
    goes_on: bool = False

    def at(self, *further: str | int) -> "_Place":
        """The same caller's turn, further in."""
        return replace(self, path=(*self.path, *further))

    def going_on(self) -> "_Place":
        """The same where a failure is made good."""
        return replace(self, goes_on=True)


@dataclass
class Requests:
    """The trees of an architecture's flows, over the same parts."""

    parts: Parts
    _served: dict[tuple[str, bool, int | None], Expression] = field(default_factory=dict)

    def of_flow(self, flow: Flow) -> Node:
        """What one request of a flow does, from the first step on."""
        outside = not self.parts.architecture.begins_inside(flow)
        return _Reader(self, flow).steps(flow.steps, _Place(flow.from_, ("flows", flow.id, "steps"), outside))

    def served(self, component: Component, access: Access, shard: int | None) -> Expression:
        """The component can serve: a write to a store that does not fail over by itself needs its primary.

        `shard` is the one that is asked, None where every one is.
        """
        key = (component.id, access == "write", shard)
        if key not in self._served:
            is_store = component.kind_of.role in (Role.STORE, Role.CACHE) and isinstance(component, Running)
            self._served[key] = (
                self._store_serves(component, access, shard) if is_store else self.parts.working(component)
            )
        return self._served[key]

    def heard(self, component: Component, access: Access, shard: int | None, caller: str) -> Heard:
        """What must be up for a caller that waits for ever to hear anything of a component that cannot serve.

        A balancer that knows of nobody answers by itself; a store's primary is asked even by a balancer.
        """
        parts = self.parts
        architecture = parts.architecture
        writes = asks_primary(component, access)
        if architecture.components[caller].kind in CHECKERS and not writes:
            return Heard()
        takes_over = isinstance(component, Storage) and component.fails_over
        pool = [component, *(() if writes and not takes_over else architecture.copies_of(component.id))]
        shards = (shard,) if shard else range(1, shards_of(component) + 1)
        each = [
            parts.heard_of_first(pool, one, takes_over=takes_over) if writes else parts.heard(pool, one)
            for one in shards
        ]
        return Heard(all_of(one.least for one in each), any_of(one.most for one in each))

    def _store_serves(self, component: Component, access: Access, shard: int | None) -> Expression:
        shards = (shard,) if shard else range(1, shards_of(component) + 1)
        is_stuck = asks_primary(component, access) and not (isinstance(component, Storage) and component.fails_over)
        served = all_of(self.parts.working(component, shard=each, primary=is_stuck) for each in shards)
        copies = () if is_stuck else self.parts.architecture.copies_of(component.id)
        return any_of([served, *map(self.parts.working, copies)])


def shards_of(component: Component) -> int:
    """How many shards of a store are told apart."""
    return min(getattr(component, "shards", 1), INSTANCE_LIMIT)


@dataclass
class _Reader:
    """Reads the steps of one flow."""

    requests: Requests
    flow: Flow

    def __post_init__(self) -> None:
        self._architecture = self.requests.parts.architecture

    def steps(self, steps: tuple[Step, ...], place: _Place) -> Node:
        return sequence([self._step(step, place.at(index)) for index, step in enumerate(steps)])

    def _step(self, step: Step, place: _Place) -> Node:
        share = 1.0 if step.chance is None else float(step.chance)
        if share == 0 or not step.wait:
            return NOTHING
        node = self._once(step, place)
        if isinstance(node, type(NOTHING)):
            return NOTHING
        node = Repeated(step.times, node) if step.times > 1 else node
        return node if share == 1 else Unless(1 - share, node, f"{written(place.path)} skipped")

    def _once(self, step: Step, place: _Place) -> Node:
        """A step done once, whatever its `chance` and `times`."""
        node: Node = NOTHING
        place = place.going_on() if step.optional else place
        if step.flow:
            node = self.steps(self._architecture.flows[step.flow].steps, place.at("flow"))
        elif step.parallel:
            node = self._together(step, place)
        elif step.call:
            node = self._called(step, place)
        return PassedOver(node) if step.optional and not isinstance(node, type(NOTHING)) else node

    def _together(self, step: Step, place: _Place) -> Node:
        branches = []
        for index, each in enumerate(step.parallel):
            here = place.at("parallel", index)
            node = NOTHING if not each.wait else self._once(each, here)
            share = 1.0 if each.chance is None else float(each.chance)
            branches.append(Branch(node, each.times, share, f"{written(here.path)} skipped"))
        return Together(step.needs or step.branch_count, tuple(branches))

    def _called(self, step: Step, place: _Place) -> Node:
        """A call with what is done on a miss and instead; of all shards, where they are all asked."""
        callees = self._architecture.asked_by(place.caller, step)
        count = shards_of(self._architecture.components[callees[0]]) if step.shards == "all" else 1
        if count == 1:
            return self._call(step, place, callees, 1)
        together = self._call(step, place, callees, None)
        if not (together.mishap or together.choice):
            return together
        each = [self._call(step, place.at(f"shard {shard}"), callees, shard) for shard in range(1, count + 1)]
        return Together(count, tuple(Branch(node, 1, 1.0, "") for node in each))

    def _call(self, step: Step, place: _Place, callees: tuple[str, ...], shard: int | None) -> Node:
        asked = [callee for callee in callees if self._role(callee) is not Role.TELEMETRY]
        if not asked:
            return NOTHING
        is_aside = bool(step.on_miss) and self._architecture.filled_by(place.caller, asked[0], step) == place.caller
        here = place.going_on() if step.fallback or is_aside else place
        options = tuple(self._option(step, here, callee, shard) for callee in asked)
        caller = self._architecture.components[place.caller]
        remembers = caller.kind == "dns" or (isinstance(caller, LoadBalancer) and caller.sticky_sessions)
        algorithm = None if self._near_differs(step, place, asked) else list_algorithm(self._architecture, place.caller)
        node: Node = Call(options, algorithm, remembers, written(place.path))
        if self._architecture.on_miss(place.caller, asked[0], step):
            node = self._missed(step, place, node, asked[0])
        if step.fallback:
            node = Instead(node, self.steps(step.fallback, place.at("fallback")))
        return node

    def _near_differs(self, step: Step, place: _Place, callees: list[str]) -> bool:
        """Whether of several some may be nearer, to a caller that prefers that."""
        if len(callees) < 2 or not self._architecture.prefers_near:
            return False
        links = [self._architecture.link(place.caller, callee, step.via) for callee in callees]
        first, *others = [(link.prefer, self._stands(callee)) for link, callee in zip(links, callees, strict=True)]
        return any(link.prefer for link in links) and any(other != first for other in others)

    def _stands(self, callee: str) -> frozenset[Site]:
        """Where a component has replicas, or a store a copy that may answer for it."""
        pool = (self._architecture.components[callee], *self._architecture.copies_of(callee))
        return frozenset(site for component in pool for site in sites_of(self._architecture, component))

    def _missed(self, step: Step, place: _Place, call: Node, cache: str) -> Node:
        """Cache-aside: what the caller asks on a miss. Read-through is inside the exchange."""
        asks = self._architecture.filled_by(place.caller, cache, step)
        if asks != place.caller:
            return call
        missed = self.steps(step.on_miss, place.at("on_miss"))
        return Aside(call, self._hit(step, cache), missed, f"{written(place.path)} hit")

    def _option(self, step: Step, place: _Place, callee: str, shard: int | None) -> Option:
        architecture = self._architecture
        component = architecture.components[callee]
        caller = architecture.components[place.caller]
        access = architecture.terms(place.caller, callee, step).access
        weight = caller.weights.get(callee, Fraction(1)) if isinstance(caller, Weighted) else Fraction(1)
        served = self.requests.served(component, access, shard)
        exchange = self._exchange(step, place, component, access)
        heard = Heard()
        at_once = architecture.terms(place.caller, callee, step).connection.max_concurrent
        slots = getattr(caller, "slots", None)
        fills_up = at_once is not None and (slots is None or slots > at_once)  # and then turns calls away at once
        if place.goes_on and exchange.attempts.waits_for_ever and not fills_up:
            heard = self.requests.heard(component, access, shard, place.caller)
        return Option(served, exchange, float(weight), heard)

    def _exchange(self, step: Step, place: _Place, component: Component, access: Access) -> Exchange:
        terms = self._architecture.terms(place.caller, component.id, step)
        link = terms.connection
        parts = self.requests.parts
        up: Expression = TRUE
        if link.availability is not None:
            up = parts.variable(link.name, Cause.LINK, link.name, float(link.availability))
        attempts = attempts_of(terms, self.flow, is_first=place.is_outside)
        return Exchange(
            attempts=attempts,
            link=up,
            copies=self._copies(component) if access == "write" else TRUE,
            silent=float(1 - (1 - link.loss.value) ** 2) if link.loss else 0.0,
            answer=_answer(step.status),
            does=self._done_by(step, place, component, attempts),
            is_proxy=component.kind in PROXIES,
            caller=place.caller,
            callee=component.id,
            asks_primary=asks_primary(component, access),
            connection=link.name,
            name=written(place.path),
        )

    def _copies(self, store: Component) -> Expression:
        """The copies without which a write is not answered."""
        copies = synchronous_copies(self._architecture, store.id)
        return all_of(self.requests.parts.working(copy.store) for copy in copies if copy.when_lost == "block")

    def _done_by(self, step: Step, place: _Place, component: Component, attempts: Attempts) -> Node:
        """What the callee asks in turn: on a miss that it fills itself, then the steps.

        A time-out makes of silence inside a failure like others, which may be tried again.
        """
        if component.kind_of.role is Role.QUEUE:
            return NOTHING
        goes_on = attempts.timeout is None and (attempts.most > 1 or (place.goes_on and attempts.patience is None))
        inside = self.steps(step.steps, _Place(component.id, (*place.path, "steps"), goes_on=goes_on))
        asked = self._architecture.on_miss(place.caller, component.id, step)
        if not asked or self._architecture.filled_by(place.caller, component.id, step) != component.id:
            return inside
        missed = self.steps(asked, _Place(component.id, (*place.path, "on_miss"), goes_on=goes_on))
        hit = self._hit(step, component.id)
        filled = NOTHING if hit == 1 else Unless(hit, missed, f"{written(place.path)} hit")
        return sequence([filled, inside])

    def _hit(self, step: Step, cache: str) -> float | None:
        component = self._architecture.components[cache]
        ratio = step.hit or (component.hit if isinstance(component, Caching) else None)
        return None if ratio is None else float(ratio)

    def _role(self, component: str) -> Role:
        return self._architecture.components[component].kind_of.role


def written(path: Path) -> str:
    """A path of a spec as one word."""
    return ".".join(map(str, path))


def _answer(answers: Answers | None) -> Answer:
    if answers is None:
        return Answer()
    shares = [(status, float(share)) for status, share in answers.shares]
    return Answer(
        ended=sum(share for status, share in shares if 400 <= status < 500 and status != 429),
        limited=sum(share for status, share in shares if status == 429),
        retried=sum(share for status, share in shares if status in RETRIED_STATUSES and status != 429),
        final=sum(share for status, share in shares if status >= 500 and status not in RETRIED_STATUSES),
    )
