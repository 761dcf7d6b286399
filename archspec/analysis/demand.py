"""What one request of a flow asks of each component and connection, all parts being up.

Shares of requests are those of the engine: chances, misses, statuses, losses, time-outs that the work itself brings
about, and the tries that follow. Queueing is left out of the least that a slot is held, and bounded in the most.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from math import inf

from archspec.analysis.circumstances import Bound, Circumstances, Waiting
from archspec.analysis.law import NOTHING, Cut, Fixed, Law, after_one_another, known, one_of
from archspec.analysis.nearness import Near, nearest, nearest_of, shares, sites_of
from archspec.analysis.parallel import Fork, joined
from archspec.analysis.passed import NO_STEP, Aim, Demand, Demands, Passed, Place, Spread, mixture, together
from archspec.analysis.spreading import Answering, Option, asked_stores, delivered_to, shares_of_list
from archspec.analysis.stated import hit_ratio, seconds
from archspec.analysis.visits import NANOSECOND, core_time, handed_on, holding, own_answer, pause, visit
from archspec.frozen import frozen
from archspec.model import Component, Flow, Function, Queue, Site, Step, Topic, synchronous_copies
from archspec.model.architecture import Architecture, CallTerms
from archspec.model.attempts import Attempts, Failure, FailureCause, attempts_of
from archspec.model.kind import PULLERS, Role

TRIES_FOLLOWED = 64
"""What more tries than this would add is left out."""
SUMMED_IN_TURN = 16
"""Of so many steps what they ask is added up one after the other."""
NEVER = 1e-9
"""A time-out that fewer calls run into is none."""


def demands_of(architecture: Architecture, flow: str, given: Circumstances | None = None) -> Demands:
    """The demands of one request of a flow."""
    return _passed(architecture, flow, given or Circumstances()).demands


def time_of(architecture: Architecture, flow: str, given: Circumstances | None = None) -> float:
    """The mean time in seconds that one request of a flow takes, where it goes well."""
    return _passed(architecture, flow, given or Circumstances()).when_good.mean


def _passed(architecture: Architecture, flow: str, given: Circumstances) -> Passed:
    asked = architecture.flows[flow]
    walk = _Walk(architecture, asked, given)
    return walk.sequence(asked.steps, walk.beginning())


IN_TURN = Aim(Spread.ROUND_ROBIN)


@frozen
class _Turn:
    """Who performs steps; `is_first` is the flow's own caller, who is not patient for ever."""

    caller: str
    is_first: bool = False
    aim: Aim = IN_TURN
    sites: Mapping[Site, float] = field(default_factory=dict)
    """The share of them that is performed where; empty where nobody prefers whom is near."""


class _Walk:
    def __init__(self, architecture: Architecture, flow: Flow, given: Circumstances) -> None:
        self._architecture = architecture
        self._flow = flow
        self._given = given

    def beginning(self) -> _Turn:
        """The turn of whoever the flow begins with."""
        turn = _Turn(self._flow.from_, not self._architecture.begins_inside(self._flow))
        return replace(turn, sites=self._sites(turn.caller, turn.aim))

    def _sites(self, component: str, aim: Aim) -> Mapping[Site, float]:
        """Which share of the calls of a component that are aimed so is answered where."""
        if not self._architecture.prefers_near:
            return {}
        sites: Mapping[Site, float] = sites_of(
            self._architecture, self._architecture.components[component], self._given.gone
        )
        sites = nearest(sites, aim.near) if aim.near is not None else sites
        return dict.fromkeys(list(sites)[:1], 1.0) if aim.spread.is_first else shares(sites)

    def sequence(self, steps: Sequence[Step], turn: _Turn) -> Passed:
        """Steps one after the other; many of them by halves, since each sum copies what was asked so far."""
        if len(steps) > SUMMED_IN_TURN:
            half = len(steps) // 2
            return self.sequence(steps[:half], turn).then(self.sequence(steps[half:], turn))
        found = NO_STEP
        for step in steps:
            found = found.then(self._step(step, turn))
        return found

    def _step(self, step: Step, turn: _Turn) -> Passed:
        found = self._once(step, turn).repeated(step.times)
        return found if step.chance is None else found.by_chance(float(step.chance))

    def _once(self, step: Step, turn: _Turn) -> Passed:
        """One repetition of a step, its chance left out."""
        if step.flow:
            found = self.sequence(self._architecture.flows[step.flow].steps, turn)
        elif step.parallel:
            found = joined([self._fork(branch, turn) for branch in step.parallel], step.needs)
        elif step.call:
            found = self._call(step, turn)
        else:
            found = self._own_work(step, turn)
        if not step.wait:
            return Passed(demands=found.demands.not_awaited())
        return found.passed_over() if step.optional else found

    def _fork(self, branch: Step, turn: _Turn) -> Fork:
        return Fork(self._once(branch, turn), branch.times, 1.0 if branch.chance is None else float(branch.chance))

    def _own_work(self, step: Step, turn: _Turn) -> Passed:
        """Work of the caller itself, within the slot that it holds already."""
        return Passed(
            when_good=after_one_another(known(step.cpu), known(step.takes)),
            wait=self._core_wait(step, turn.caller),
            demands=Demands({turn.caller: {turn.aim: core_time(step)}}, at_once={turn.caller: 1.0}),
        )

    def _core_wait(self, step: Step, component: str) -> float:
        started = self._architecture.components[component]
        if isinstance(started, Function):  # of an instance, at the most, each time
            return seconds(started.cold_start) if self._given.bound is Bound.MOST else 0.0
        return self._waiting(component).core if seconds(step.cpu) else 0.0

    def _waiting(self, component: str) -> Waiting:
        return self._given.waits.get(component, Waiting())

    def _call(self, step: Step, turn: _Turn) -> Passed:
        found = mixture((share, mixture(self._options(step, each))) for share, each in self._from_where(step, turn))
        if not step.fallback or not found.failures:
            return found
        return found.followed(NO_STEP, on_failure=self.sequence(step.fallback, turn))

    def _from_where(self, step: Step, turn: _Turn) -> Iterator[tuple[float, _Turn]]:
        """The turn at each place from which it matters who is asked."""
        links = (
            self._architecture.link(turn.caller, id_, step.via)
            for id_ in self._architecture.asked_by(turn.caller, step)
        )
        if len(turn.sites) < 2 or not any(link.prefer for link in links):
            yield 1.0, turn
            return
        for site, share in turn.sites.items():
            yield share, replace(turn, sites={site: 1.0})

    def _options(self, step: Step, turn: _Turn) -> Iterator[tuple[float, Passed]]:
        """Each component that may be asked; where its share is not known, with the share of the load at this bound."""
        options = self._architecture.asked_by(turn.caller, step)
        left = tuple(id_ for id_ in options if id_ not in self._given.lost)
        left = left or options
        if len(left) > 1 and len(turn.sites) == 1:
            left = nearest_of(self._architecture, turn.caller, step.via, left, next(iter(turn.sites)), self._given.gone)
        for option in shares_of_list(self._architecture, turn.caller, left):
            yield option.share, self._loaded(self._asked(step, turn, option.component), option)

    def _loaded(self, asked: Passed, option: Option | Answering) -> Passed:
        """With the share of the load that it has at this bound."""
        load = option.least if self._given.bound is Bound.LEAST else option.most
        if load == option.share:
            return asked
        return replace(asked, demands=together((load / option.share, asked.demands)))

    def _asked(self, step: Step, turn: _Turn, callee: str) -> Passed:
        """A call with all its tries, and what a caller does itself on a miss (of a dead cache too)."""
        terms = self._architecture.terms(turn.caller, callee, step)
        asked = self._architecture.on_miss(turn.caller, callee, step)
        if not asked:
            return self._answered(step, turn, callee, terms, NO_STEP)
        fills_itself = self._architecture.filled_by(turn.caller, callee, step) == callee
        missing, missed = self._missing(step, callee), self.sequence(asked, _Turn(callee) if fills_itself else turn)
        if fills_itself:
            return self._answered(step, turn, callee, terms, missed.by_chance(missing))
        answered = self._answered(step, turn, callee, terms, NO_STEP)
        return answered.followed(missed.by_chance(missing), on_failure=missed)

    def _answered(self, step: Step, turn: _Turn, callee: str, terms: CallTerms, fetched: Passed) -> Passed:
        """What all tries of a call come to; `fetched` is what a cache has to fetch itself before it goes on."""
        fetched = self._copied(callee, terms).then(fetched)
        prefer, origin = terms.connection.prefer, next(iter(turn.sites), None)
        near = Near(prefer, origin) if prefer and origin is not None else None
        stores = asked_stores(
            self._architecture, turn.caller, callee, terms.access, self._given.lost, near, self._given.gone
        )
        attempts = attempts_of(terms, self._flow, is_first=turn.is_first)
        attempt = mixture(
            (each.share, self._loaded(self._attempt(step, terms, attempts, each.place, fetched, turn.aim), each))
            for each in stores
        )
        tried = self._tried(attempt, terms, attempts)
        shards = getattr(self._architecture.components[callee], "shards", 1)
        return joined([Fork(tried, shards)]) if step.shards == "all" and shards > 1 else tried

    def _copied(self, store: str, terms: CallTerms) -> Passed:
        """What a write waits for once the store has it: that all of its synchronous copies have it too."""
        copies = synchronous_copies(self._architecture, store) if terms.access == "write" else ()
        sent = [Fork(Passed(when_good=known(copy.connection.latency)), 1) for copy in copies]
        return joined(sent) if sent else NO_STEP

    def _missing(self, step: Step, callee: str) -> float:
        """The share of calls that a cache has no answer to."""
        if callee in self._given.cold:
            return 1.0
        simulated = self._given.hits.get(callee)
        return 1 - (hit_ratio(step, self._architecture.components[callee]) if simulated is None else simulated)

    def _tried(self, attempt: Passed, terms: CallTerms, attempts: Attempts) -> Passed:
        """All tries of a call: each draws anew, after the back-off before it.

        A budget that would stop most of them makes the least load that without any.
        """
        again = sum(share for failure, share in attempt.failures.items() if attempts.tries_again_after(failure))
        budget = terms.retries.budget if terms.retries else None
        is_over = budget is not None and again > float(budget) and self._given.bound is Bound.LEAST
        if attempts.most == 1 or not again or is_over:
            return attempt
        found, backoff = attempt, terms.retries.backoff if terms.retries else None
        for number in range(min(attempts.most, TRIES_FOLLOWED) - 1, 0, -1):
            later = Passed(when_good=pause(backoff, number)).then(found)
            found = attempt.followed(NO_STEP, later, attempts.tries_again_after)
        return found

    def _attempt(
        self, step: Step, terms: CallTerms, attempts: Attempts, place: Place, fetched: Passed, aim: Aim
    ) -> Passed:
        """One try, as its caller sees it, whom calls are aimed at so."""
        if place.component in self._given.lost:
            refused = Passed(good=0.0, failures={Failure(FailureCause.REFUSED, None): 1.0})
            unheard = self._silence(attempts) if place.component in self._given.silent else refused
            return self._sent(unheard, terms, aim)
        served = self._served(step, place, fetched)
        sent = Passed(when_good=known(terms.connection.latency), wait=self._waiting(place.component).slot)
        return self._sent(self._cut(self._lossy(sent.then(served), terms, attempts), attempts), terms, aim)

    def _sent(self, found: Passed, terms: CallTerms, aim: Aim) -> Passed:
        """With what it takes of its connection."""
        name, is_pooled = terms.connection.name, terms.connection.max_concurrent is not None
        pool = {name: {aim: holding(found.law, found.wait)}} if is_pooled else {}
        way = Demands(pools=pool, calls={name: 1.0})
        found = replace(found, demands=together((1.0, found.demands), (1.0, way)))
        return replace(found, wait=found.wait + self._waiting(name).slot) if is_pooled else found

    def _lossy(self, sent: Passed, terms: CallTerms, attempts: Attempts) -> Passed:
        """With messages lost on the way there or back: silence until the time-out, for ever where there is none."""
        loss = float(terms.connection.loss or 0)
        if not loss:
            return sent
        lost = self._silence(attempts)
        back = replace(lost, demands=sent.demands)
        return mixture([(loss, lost), ((1 - loss) * loss, back), ((1 - loss) ** 2, sent)])

    def _silence(self, attempts: Attempts) -> Passed:
        limit = _patience(attempts)
        is_stuck = limit is None and self._given.bound is Bound.MOST
        failures = {Failure(FailureCause.TIMEOUT, None): 1.0}
        return Passed(good=0.0, failures=failures, when_bad=Fixed(limit or 0.0), wait=inf if is_stuck else 0.0)

    def _cut(self, sent: Passed, attempts: Attempts) -> Passed:
        """Given up at the time-out; the callee works on. Only time-outs that need no queueing are foreseen."""
        limit = _patience(attempts)
        if limit is None:
            return sent
        late = [law.beyond(limit) if share else 0.0 for share, law in _ends(sent)]
        given_up = sent.good * late[0] + sent.bad * late[1]
        if given_up > NEVER:
            failures = {failure: share * (1 - late[1]) for failure, share in sent.failures.items()}
            timeout = Failure(FailureCause.TIMEOUT, None)
            failures[timeout] = failures.get(timeout, 0.0) + given_up
            bad = (sent.bad * (1 - late[1]), Cut(sent.when_bad, limit, only_below=True))
            sent = replace(
                sent,
                good=sent.good * (1 - late[0]),
                ended=sent.ended * (1 - late[1]),
                failures=failures,
                when_good=Cut(sent.when_good, limit, only_below=True) if late[0] < 1 else NOTHING,
                when_bad=one_of(bad, (given_up, Fixed(limit))),
            )
        return replace(sent, wait=min(sent.wait, max(0.0, limit - sent.law.mean))) if sent.wait else sent

    def _served(self, step: Step, place: Place, fetched: Passed, before: Law = NOTHING) -> Passed:
        """What a component does with a call. Its slot is held all the time (for `before` as well), not in its queue."""
        component = self._architecture.components[place.component]
        law = after_one_another(known(step.cpu), known(step.takes))
        own = replace(own_answer(step, law), wait=self._core_wait(step, place.component))
        is_queue = component.kind_of.role is Role.QUEUE
        turn = _Turn(place.component, aim=place.aim, sites=self._sites(place.component, place.aim))
        inside = NO_STEP if is_queue else fetched.then(self.sequence(step.steps, turn))
        found = own.then(handed_on(inside, component))
        demand = visit(after_one_another(before, found.law), found.wait, component)
        demand.add(core_time(step))
        parts = [
            (1.0, found.demands),
            (1.0, Demands({place.component: {place.aim: demand}}, at_once={place.component: 1.0})),
        ]
        if is_queue:
            parts += [(own.good, self._delivered(consumer, component).not_awaited()) for consumer in step.steps]
        return replace(found, demands=together(*parts))

    def _delivered(self, step: Step, queue: Component) -> Demands:
        """What one message asks of whom it is delivered to, until it is done or its deliveries are used up."""
        if not step.call:
            return self._step(step, self._hub(queue)).demands
        if isinstance(queue, Topic):
            return self._subscribed(step, queue)
        return self._pulled(step, queue)

    def _subscribed(self, step: Step, topic: Topic) -> Demands:
        """What one message asks of a subscriber of a topic: with `chance` it is one of that share."""
        taken = 1.0 if step.chance is None else float(step.chance)
        if self._architecture.components[step.call[0]].kind in PULLERS:
            return together((taken, self._pulled(step, topic)))
        call = self._call(step, self._hub(topic))
        tries = min(topic.max_deliveries, TRIES_FOLLOWED)
        deliveries = sum(call.failed**number for number in range(tries))
        asked = together((1.0, call.demands), (1.0, _in_partitions(topic, step.call[0], holding(call.law, call.wait))))
        return together((taken * deliveries, asked))

    def _hub(self, queue: Component) -> _Turn:
        """The turn of a queue or topic, for which its first replica speaks."""
        return _Turn(queue.id, sites=self._sites(queue.id, Aim(Spread.PRIMARY)))

    def _pulled(self, step: Step, queue: Component) -> Demands:
        parts = []
        for option in delivered_to(self._architecture, step):
            link = self._architecture.link(queue.id, option.component, step.via)
            way = Fixed(link.latency.mean * NANOSECOND / 2) if link.latency else NOTHING
            served = self._served(step, Place(option.component, Aim(Spread.PULLED)), NO_STEP, way)
            arrives = 1 - float(link.loss or 0)
            again = 1 - arrives**2 * (1 - served.failed)
            most = queue.max_deliveries if isinstance(queue, (Queue, Topic)) else 1
            deliveries = sum(again**number for number in range(min(most, TRIES_FOLLOWED)))
            share = option.least if self._given.bound is Bound.LEAST else option.most
            parts.append((share * deliveries * arrives, served.demands))
            parts.append((share * deliveries, Demands(calls={link.name: 1.0})))
            if isinstance(queue, Topic):
                held = holding(after_one_another(way, served.law, way), served.wait)
                parts.append((share * deliveries, _in_partitions(queue, option.component, held)))
        return together(*parts)


def _in_partitions(topic: Topic, subscriber: str, held: Demand) -> Demands:
    """What one delivery holds of the partitions of a topic, where they are counted."""
    pools = {subscription(topic.id, subscriber): {Aim(Spread.PULLED): held}}
    return Demands(pools=pools) if topic.partitions is not None else Demands()


def subscription(topic: str, subscriber: str) -> str:
    """The name of what a topic keeps for a subscriber."""
    return f"{topic} for {subscriber}"


def _ends(passed: Passed) -> tuple[tuple[float, Law], tuple[float, Law]]:
    return (passed.good, passed.when_good), (passed.bad, passed.when_bad)


def _patience(attempts: Attempts) -> float | None:
    """How long an attempt is waited for, in seconds; None: for ever."""
    limit = attempts.timeout or attempts.patience
    return limit.seconds if limit else None
