"""Flows: what a request does, as a tree of calls."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from archspec.model.backoff import Backoff
from archspec.model.connection import Access, Retries
from archspec.model.constraints import Constraint, Either, Given, Not, one_of
from archspec.model.element import ComponentRef, Element, FlowRef
from archspec.model.field_types import Flag, Id, Many, Positive, Text
from archspec.model.quantities import Duration, Period, Rate, Ratio
from archspec.model.scalar import failed
from archspec.model.schedule import Schedule, Start
from archspec.model.status import Answers
from archspec.model.times import Family, Time

RECONNECT = Backoff.parse("exponential(1s jitter=full)")
LIVES = (Family.CONSTANT, Family.EXPONENTIAL, Family.ERLANG, Family.LOGNORMAL)
"""Of these one knows how long those last that one finds open at any moment."""


class Session(Element):
    """Users who each keep a connection open (a WebSocket, a stream); the flow's steps are the handshake."""

    users: Positive = Field(description="How many there are; all are connected when a run begins.")
    lasts: Time | None = Field(
        None, description="How long one stays connected before it connects anew; default: until it is dropped."
    )
    reconnect: Backoff = Field(
        RECONNECT, description="How long a user waits once it is dropped, and after each handshake that fails."
    )

    @model_validator(mode="after")
    def _can_be_looked_into(self) -> Self:
        if self.lasts is not None and (self.lasts.family not in LIVES or self.lasts.mean <= 0):
            message = f"`lasts: {self.lasts}` is not a time that a session can last"
            remedy = "write a time above 0, or an exponential, erlang or lognormal one: `exponential(10m)`."
            raise failed(message, remedy, "session", at="lasts")
        return self

    @property
    def handshakes(self) -> Fraction:
        """Handshakes per second of all users while nothing goes wrong."""
        return Fraction(0) if self.lasts is None else self.users / (Fraction(self.lasts.mean) / 10**9)


PERCENTILES = ("p50", "p90", "p95", "p99", "p99.9")


class Objective(Element):
    """What is promised of a flow."""

    success: Ratio | None = Field(None, description="Share answered with a status below 500 and not 429.")
    p50: Duration | None = Field(None, description="Half of the answers come within this.")
    p90: Duration | None = Field(None, description="90% of the answers come within this.")
    p95: Duration | None = Field(None, description="95% of the answers come within this.")
    p99: Duration | None = Field(None, description="99% of the answers come within this.")
    p99_9: Duration | None = Field(None, alias="p99.9", description="99.9% of the answers come within this.")
    window: Duration = Field(Duration(30 * 86400 * 10**9), description="Time over which it is judged.")

    @property
    def percentiles(self) -> dict[str, Duration]:
        """The promised percentiles by name (`p99`, `p99.9`), in rising order."""
        values = (self.p50, self.p90, self.p95, self.p99, self.p99_9)
        return {name: value for name, value in zip(PERCENTILES, values, strict=True) if value is not None}


_CALLS = Given("call", filled=True)
_BRANCHES = Given("parallel", filled=True)
_USES = Given("flow")
_WORKS = Either((Given("cpu"), Given("takes")))


class Step(Element):
    """One step: a call, parallel steps, another flow, or the caller's own work. First cpu, then takes, then steps."""

    call: Many[ComponentRef] = Field((), description="Ask it and wait; a list: one of them, that works.")
    parallel: tuple["Step", ...] = Field((), description="All at once.")
    flow: FlowRef | None = Field(None, description="That flow's steps here, asked by the present caller.")
    steps: tuple["Step", ...] = Field((), description="What the target asks in turn.")
    via: Id | None = Field(
        None, description="Which of several connections it travels, by `name`; default: the one without a name."
    )
    does: Text | None = Field(None, description="Label of the arrow.")
    cpu: Time | None = Field(
        None, description="Holds a slot and a core; without `call`: the caller's own work; default: 0."
    )
    takes: Time | None = Field(None, description="Holds a slot, no core; default: 0.")
    timeout: Duration | None = Field(None, description="Of one attempt of this call; default: the connection's.")
    retries: Retries | None = Field(None, description="Of this call only; default: the connection's.")
    access: Access | None = Field(None, description="Of this call only; default: the connection's.")
    hit: Ratio | None = Field(
        None, description="Share of calls that the cache answers by itself; default: the cache's `hit`."
    )
    on_miss: tuple["Step", ...] = Field((), description="Asked by the cache if it `caches`, else by the caller.")
    optional: Flag = Field(False, description="A failure is passed over.")
    fallback: tuple["Step", ...] = Field((), description="Done by the caller when the call has failed for good.")
    status: Answers | None = Field(None, description="What the target answers; default 200.")
    chance: Ratio | None = Field(None, description="Share of requests that take this step; default 100%.")
    times: Positive = Field(1, description="So often, in a row; inside `parallel`: at once.")
    needs: Positive | None = Field(None, description="On `parallel`: how many must succeed; default: all.")
    shards: Literal["one", "all"] = Field("one", description="Ask one shard, or every one.")
    wait: Flag = Field(True, description="false: the caller does not wait, nor fail with it.")

    constraints = (
        *one_of(
            *("call", "parallel", "flow"),
            message="a step is either `{first}` or `{second}`, not both",
            remedy="write one step for each.",
        ),
        *(
            Constraint(
                Either((_CALLS, _BRANCHES, _USES, _WORKS)),
                f"this step has an empty `{field}`",
                "give it a `call`, `parallel`, `flow`, or `cpu`.",
                where=Given(field),
            )
            for field in ("call", "parallel")
        ),
        Constraint(
            Either((_CALLS, _BRANCHES, _USES, _WORKS)),
            "this step makes no call and does no work",
            "give it a `call`, `parallel`, `flow`, or `cpu`.",
        ),
        *(
            Constraint(
                _CALLS, f"`{field}` fits only a call", f"add `call`, or drop `{field}`.", where=Given(field), at=field
            )
            for field in (
                "steps",
                "via",
                "timeout",
                "retries",
                "access",
                "hit",
                "on_miss",
                "fallback",
                "status",
                "shards",
            )
        ),
        Constraint(
            _BRANCHES,
            "`needs: {needs}` fits only `parallel`",
            "write how many branches must succeed.",
            where=Given("needs"),
            at="needs",
        ),
        Constraint(
            Not(_WORKS),
            "`cpu` and `takes` belong to a call, or to a step of their own",
            "write a step of its own for `cpu` or `takes`.",
            where=Either((_BRANCHES, _USES)),
        ),
    )

    @model_validator(mode="after")
    def _enough_branches(self) -> Self:
        if self.needs is not None and self.needs > self.branch_count:
            message = f"`needs: {self.needs}` is above the number of its branches, {self.branch_count}"
            raise failed(message, "write how many branches must succeed.", "step", at="needs")
        return self

    @property
    def branch_count(self) -> int:
        """How many parallel branches there are, each as often as its `times`."""
        return sum(branch.times for branch in self.parallel)

    @property
    def branches(self) -> tuple["Step", ...]:
        """The parallel branches, each as often as its `times`."""
        return tuple(branch for branch in self.parallel for _ in range(branch.times))


class Flow(Element):
    """What one kind of request does."""

    id: Id = Field(description="Its name everywhere else in the spec.")
    title_: Text | None = Field(None, alias="title", description="Name in pictures; default: the id.")
    description: Text | None = Field(None, description="One sentence on what it is for.")
    from_: ComponentRef = Field(alias="from", description="Who starts it.")
    request: Text | None = Field(None, description="Text of the first arrow, such as `GET /watch`.")
    response: Text | None = Field(None, description="Text of the last arrow.")
    rate: Rate | None = Field(None, description="Mean arrivals; default: traced, not loaded.")
    every: Period | None = Field(None, description="It comes by the clock, so often, from the beginning of a run on.")
    schedule: Schedule | None = Field(
        None, description="It comes by the clock: minute, hour, day of month, month, day of week, in UTC."
    )
    deadline: Period | None = Field(
        None,
        description="By the clock: a run that fails begins anew until so long after it was due; default: never.",
    )
    session: Session | None = Field(None, description="Users who stay connected; the steps are their handshake.")
    via: FlowRef | None = Field(None, description="The flow with a `session` over whose connections it runs.")
    objective: Objective | None = Field(None, description="What is promised.")
    steps: tuple[Step, ...] = Field(min_length=1, description="Done one after the other.")

    constraints = (
        *one_of(
            *("rate", "every", "schedule", "session"),
            message="`{first}` and `{second}` both say when it comes",
            remedy="keep one of them.",
        ),
        Constraint(
            Either((Given("every"), Given("schedule"))),
            "`deadline` fits only a flow that comes by the clock",
            "add `every` or `schedule`, or promise a percentile under `objective`.",
            where=Given("deadline"),
            at="deadline",
        ),
        *one_of(
            *("via", "session"),
            message="a flow runs `via` the sessions of another, or has a `session` of its own, not both",
            remedy="drop one of them.",
        ),
    )

    @property
    def comes_by_clock(self) -> bool:
        """Whether it is a job that is due by the clock, rather than asked for by somebody."""
        return self.every is not None or self.schedule is not None

    @property
    def mean_rate(self) -> Rate | None:
        """How often it comes on average, by its rate, by the clock or as handshakes of its users; None where nothing
        says so.
        """
        if self.session is not None:
            return Rate(self.session.handshakes)
        if self.every is not None:
            return Rate(Fraction(10**9, self.every.nanoseconds))
        return Rate(self.schedule.per_second) if self.schedule is not None else self.rate

    @property
    def comes(self) -> str | None:
        """How often it comes, in words; None where nothing says so."""
        if self.rate is not None:
            return str(self.rate)
        if self.session is not None:
            return f"{self.session.users} users stay connected"
        if not self.comes_by_clock:
            return None
        when = f"every {self.every}" if self.every is not None else f"at {self.schedule} (UTC)"
        return f"{when}, done within {self.deadline}" if self.deadline is not None else when

    def ticks(self, start: Start, duration: int) -> Iterator[int]:
        """Nanoseconds after the start of a run at which it is due by the clock, before a duration is over."""
        if self.every is not None:
            return iter(range(0, duration, self.every.nanoseconds))
        return self.schedule.ticks(start, duration) if self.schedule is not None else iter(())

    def times_due(self, start: Start, duration: int) -> int:
        """How many such ticks there are."""
        if self.every is not None:
            return -(-duration // self.every.nanoseconds)
        return sum(1 for _ in self.ticks(start, duration))

    @property
    def title(self) -> str:
        """The name to show: the title, else the id."""
        return self.title_ or self.id

    @property
    def method(self) -> str | None:
        """The HTTP method that `request` begins with, in capitals; None where it begins with none."""
        word = (self.request or "").split(" ", 1)[0]
        methods = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        return word if word in methods else None

    @property
    def fails_on_purpose(self) -> bool:
        """Whether its `response` is an HTTP status from 400 on: it is written down to show how it fails."""
        status = (self.response or "").split(" ", 1)[0]
        return len(status) == 3 and status.isdecimal() and status[0] in "45"
