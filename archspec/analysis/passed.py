"""What came of steps: with which odds they end how, after what time, and what they asked of whom meanwhile."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from archspec.analysis.law import NOTHING, Law, after_one_another, one_of, repeated
from archspec.analysis.nearness import Near
from archspec.frozen import frozen
from archspec.model import Failure


class Spread(StrEnum):
    """What decides which replica of a component a call goes to."""

    ROUND_ROBIN = "round robin"
    LEAST_CONNECTIONS = "least connections"
    RANDOM = "random"
    POWER_OF_TWO = "power of two"
    WEIGHTED = "weighted"
    IP_HASH = "ip hash"
    CONSISTENT_HASH = "consistent hash"
    STICKY = "sticky sessions"
    PRIORITY = "priority"
    PRIMARY = "primary"
    PULLED = "pulled"
    """Whoever is free takes the next."""

    @property
    def is_first(self) -> bool:
        """Whether all calls go to one replica (of each shard)."""
        return self in (Spread.PRIORITY, Spread.PRIMARY)

    @property
    def is_hashed(self) -> bool:
        """Whether a key, or a client, has one replica to itself however often it asks."""
        return self in (Spread.IP_HASH, Spread.CONSISTENT_HASH, Spread.STICKY)


@frozen
class Aim:
    """How calls are spread over the replicas of a component, and over which: those that are `near`, else all."""

    spread: Spread
    near: Near | None = None


@frozen
class Place:
    """A component, and which of its replicas calls go to."""

    component: str
    aim: Aim


@dataclass(slots=True)
class Demand:
    """Averages per request.

    `visits` counts calls, `jobs` those stretches of work that take a core, `cpu` is core time, `held` the time that a
    slot (of a connection: one of its places) is held: own work, and whatever is waited for. Times in seconds, the
    squares for their variance.
    """

    visits: float = 0.0
    jobs: float = 0.0
    cpu: float = 0.0
    cpu_squared: float = 0.0
    held: float = 0.0
    held_squared: float = 0.0

    def add(self, other: "Demand", share: float = 1.0) -> None:
        """Add another so many times."""
        self.visits += share * other.visits
        self.jobs += share * other.jobs
        self.cpu += share * other.cpu
        self.cpu_squared += share * other.cpu_squared
        self.held += share * other.held
        self.held_squared += share * other.held_squared


@frozen
class Demands:
    """What is asked of components, by how calls of them are aimed, and of connections that limit how many calls are
    under way (by their names, and by how their callers were met).

    `calls` are the calls that go over each connection (by its name), whether they are answered or not.
    `at_once` is how many calls of one request a component may be working on together, at the most; `detached` are
    those of them that nobody waits for, so that they meet what comes later.
    """

    places: dict[str, dict[Aim, Demand]] = field(default_factory=dict)
    pools: dict[str, dict[Aim, Demand]] = field(default_factory=dict)
    calls: dict[str, float] = field(default_factory=dict)
    at_once: dict[str, float] = field(default_factory=dict)
    detached: dict[str, float] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether nobody is asked."""
        return not (self.places or self.pools or self.calls or self.at_once or self.detached)

    def of(self, component: str) -> Demand:
        """All that is asked of a component."""
        found = Demand()
        for demand in self.places.get(component, {}).values():
            found.add(demand)
        return found

    def width(self, component: str) -> float:
        """How many calls of one request a component may be working on together."""
        return self.at_once.get(component, 0.0) + self.detached.get(component, 0.0)

    def not_awaited(self) -> "Demands":
        """The same, done while the caller goes on."""
        widths = {id_: self.width(id_) for id_ in {**self.at_once, **self.detached}}
        return Demands(self.places, self.pools, self.calls, {}, widths)


def together(*parts: tuple[float, Demands], side_by_side: bool = False) -> Demands:
    """The sum of demands, each so many times: one after the other, or `side_by_side`."""
    asked = [(share, demands) for share, demands in parts if share > 0 and not demands.is_nothing]
    if len(asked) == 1 and asked[0][0] == 1:
        return asked[0][1]
    found = Demands()
    for share, demands in asked:
        for mine, its in ((found.places, demands.places), (found.pools, demands.pools)):
            for name, aims in its.items():
                met = mine.setdefault(name, {})
                for aim, demand in aims.items():
                    met.setdefault(aim, Demand()).add(demand, share)
        for connection, count in demands.calls.items():
            found.calls[connection] = found.calls.get(connection, 0.0) + share * count
        for id_, count in demands.at_once.items():
            known = found.at_once.get(id_, 0.0)
            found.at_once[id_] = known + max(1.0, share) * count if side_by_side else max(known, count)
        for id_, count in demands.detached.items():
            found.detached[id_] = found.detached.get(id_, 0.0) + max(1.0, share) * count
    return found


@frozen
class Passed:
    """The odds of some steps, all draws made anew: they end well, with a 4xx, or in a failure.

    `wait` is what queueing adds to their mean time at most, whichever way they end.
    """

    good: float = 1.0
    ended: float = 0.0
    failures: Mapping[Failure, float] = field(default_factory=dict)
    when_good: Law = NOTHING
    when_bad: Law = NOTHING
    wait: float = 0.0
    demands: Demands = field(default_factory=Demands)

    @property
    def failed(self) -> float:
        """The share that ends in a failure."""
        return sum(self.failures.values())

    @property
    def bad(self) -> float:
        """The share after which nothing more is asked."""
        return self.ended + self.failed

    @property
    def law(self) -> Law:
        """The time that they take without any queueing."""
        return one_of((self.good, self.when_good), (self.bad, self.when_bad))

    def then(self, other: "Passed") -> "Passed":
        """Followed by other steps where they end well."""
        if self is NO_STEP or other is NO_STEP:
            return other if self is NO_STEP else self
        if not (self.ended or self.failures or other.ended or other.failures):  # as `followed` says, in fewer steps
            return Passed(
                self.good * other.good,
                when_good=after_one_another(self.when_good, other.when_good),
                wait=self.wait + self.good * other.wait,
                demands=together((1.0, self.demands), (self.good, other.demands)),
            )
        return self.followed(other)

    def followed(
        self, on_good: "Passed", on_failure: "Passed | None" = None, is_led_on: Callable[[Failure], bool] | None = None
    ) -> "Passed":
        """Followed by steps where they end well, and by others where they fail (so that `is_led_on`)."""
        after = on_failure or NO_STEP
        left = {
            f: share for f, share in self.failures.items() if on_failure is None or (is_led_on and not is_led_on(f))
        }
        led_on = self.failed - sum(left.values())
        failures = _added(_added(left, on_good.failures, self.good), after.failures, led_on)
        return Passed(
            self.good * on_good.good + led_on * after.good,
            self.ended + self.good * on_good.ended + led_on * after.ended,
            failures,
            one_of(
                (self.good * on_good.good, after_one_another(self.when_good, on_good.when_good)),
                (led_on * after.good, after_one_another(self.when_bad, after.when_good)),
            ),
            one_of(
                (self.ended + sum(left.values()), self.when_bad),
                (self.good * on_good.bad, after_one_another(self.when_good, on_good.when_bad)),
                (led_on * after.bad, after_one_another(self.when_bad, after.when_bad)),
            ),
            self.wait + self.good * on_good.wait + led_on * after.wait,
            together((1.0, self.demands), (self.good, on_good.demands), (led_on, after.demands)),
        )

    def repeated(self, times: int) -> "Passed":
        """So often in a row, as long as they end well."""
        if times == 1:
            return self
        if self.bad == 0:
            demands = together((times, self.demands))
            return replace(self, when_good=repeated(self.when_good, times), wait=times * self.wait, demands=demands)
        found, power = NO_STEP, self
        while times:
            found = found.then(power) if times & 1 else found
            times >>= 1
            power = power.then(power) if times else power
        return found

    def by_chance(self, share: float) -> "Passed":
        """Taken by a share of requests only; the others go on."""
        return mixture([(share, self), (1 - share, NO_STEP)])

    def passed_over(self) -> "Passed":
        """However they end, what follows is done."""
        return Passed(when_good=self.law, wait=self.wait, demands=self.demands)

    def not_awaited(self) -> "Passed":
        """What follows is done at once."""
        return Passed(demands=self.demands)


NO_STEP = Passed()
"""What comes of no step at all."""


def mixture(options: Iterable[tuple[float, Passed]]) -> Passed:
    """One of several, by shares that add up to 1."""
    chosen = [(share, passed) for share, passed in options if share > 0]
    if len(chosen) == 1 and chosen[0][0] == 1:
        return chosen[0][1]
    failures: dict[Failure, float] = {}
    for share, passed in chosen:
        failures = _added(failures, passed.failures, share)
    return Passed(
        sum(share * passed.good for share, passed in chosen),
        sum(share * passed.ended for share, passed in chosen),
        failures,
        one_of(*((share * passed.good, passed.when_good) for share, passed in chosen)),
        one_of(*((share * passed.bad, passed.when_bad) for share, passed in chosen)),
        sum(share * passed.wait for share, passed in chosen),
        together(*((share, passed.demands) for share, passed in chosen)),
    )


def _added(one: Mapping[Failure, float], other: Mapping[Failure, float], share: float) -> dict[Failure, float]:
    found = dict(one)
    for failure, odds in other.items():
        if share * odds > 0:
            found[failure] = found.get(failure, 0.0) + share * odds
    return found
