"""What components of every kind, and of every running kind, have."""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from archspec.model.constraints import Constraint, Fits, Given, Is, one_of
from archspec.model.element import Element, GroupRef, Links, Namespace, Ref, ZoneRef
from archspec.model.field_types import AnyOf, Count, Id, Many, Number, Positive, Text, Whole
from archspec.model.kind import Kind, kind_named
from archspec.model.quantities import Duration, Period, Quantity, Rate, Ratio, Size
from archspec.model.scalar import failed

Algorithm = Literal[
    "round_robin",
    "least_connections",
    "random",
    "power_of_two",
    "ip_hash",
    "consistent_hash",
    "weighted",
    "priority",
]
Authentication = Literal["none", "session", "token", "api_key", "password", "certificate", "external"]
LogServiceRef = Annotated[Id, Ref(Namespace.COMPONENT, ("log_service",))]
MetricsServiceRef = Annotated[Id, Ref(Namespace.COMPONENT, ("metrics_service",))]
ErrorMonitorRef = Annotated[Id, Ref(Namespace.COMPONENT, ("error_monitor",))]
TraceStoreRef = Annotated[Id, Ref(Namespace.COMPONENT, ("trace_store",))]
ProcessMonitorRef = Annotated[Id, Ref(Namespace.COMPONENT, ("process_monitor",))]

_SECOND = 10**9


class Component(Element):
    """A thing with an id that takes part in the system, of any kind."""

    id: Id = Field(description="Its name everywhere else in the spec.")
    kind: str = Field(description="What it is.")
    label: Text | None = Field(None, description="Name in pictures; default: the id.")
    description: Text | None = Field(None, description="One sentence on what it is for.")
    technology: Text | None = Field(None, description="Product, such as `postgresql`; picks the icon.")
    owner: Text | None = Field(None, description="Who answers for it; default: its group's, else the spec's.")
    group: GroupRef | None = Field(None, description="Where it stands; a zone or host also is its zone.")
    tags: tuple[Id, ...] = Field((), description="For views and a team's own rules.")
    links: Links = Field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name to show: the label, else the id."""
        return self.label or self.id

    @property
    def kind_of(self) -> Kind:
        """The description of its kind."""
        return kind_named(self.kind)


_BOTH = "give both `mtbf` and `mttr`; add `{}`."
ONE_STEADY_STATE = (
    Constraint(Given("mttr"), "`mttr` is missing", _BOTH.format("mttr"), where=Given("mtbf")),
    Constraint(Given("mtbf"), "`mtbf` is missing", _BOTH.format("mtbf"), where=Given("mttr")),
    *one_of("availability", "mtbf", message="`availability` and `mtbf` say the same thing", remedy="keep one of them."),
)


def refuse_no_time(mtbf: Duration | None, mttr: Duration | None) -> None:
    """Refuse a steady state of nothing by nothing. Raises pydantic's custom error."""
    if mtbf is not None and mttr is not None and mtbf.nanoseconds + mttr.nanoseconds == 0:
        raise failed("`mtbf` and `mttr` are both 0", "give a time above 0.", "availability")


class Dependable(Component):
    """A component that can be up or down: its steady state, from `availability` or `mtbf` and `mttr`."""

    availability: Ratio | None = Field(None, description="Share of time one replica is up; default: always up.")
    mtbf: Duration | None = Field(None, description="Mean time between failures of one replica; with `mttr`.")
    mttr: Duration | None = Field(None, description="Mean time to repair one replica; with `mtbf`.")

    constraints = ONE_STEADY_STATE

    @model_validator(mode="after")
    def _fails_or_is_repaired(self) -> Self:
        refuse_no_time(self.mtbf, self.mttr)
        return self

    @property
    def steady_state(self) -> Ratio | None:
        """Availability of one replica: as stated, or mtbf / (mtbf + mttr); None where nothing is stated."""
        return steady_state(self.availability, self.mtbf, self.mttr)


class HealthCheck(Element):
    """How a balancer finds dead replicas."""

    path: Text | None = Field(None, description="What is asked, such as /healthz.")
    interval: Period = Field(Duration(5 * _SECOND), description="Time between checks of one replica.")
    timeout: Duration = Field(Duration(_SECOND), description="After which a silent check has failed.")
    unhealthy_after: Positive = Field(3, description="Failures in a row that take a replica out.")
    healthy_after: Positive = Field(2, description="Successes in a row that bring it back.")
    phase: Duration | None = Field(
        None, description="When the first check is sent; default: each checker and target their own, by the seed."
    )

    @model_validator(mode="after")
    def _within_one_round(self) -> Self:
        if self.phase is not None and self.phase.nanoseconds >= self.interval.nanoseconds:
            raise failed(
                f"phase {self.phase} is not shorter than the interval, {self.interval}",
                "write when the first check is sent, within the first interval.",
                "health_check",
                at="phase",
            )
        return self


_TARGETS: dict[str, tuple[type[Quantity] | type[int], str]] = {
    "cpu": (Ratio, "`60%`"),
    "queue_length": (int, "`100`"),
    "request_rate": (Rate, "`200/s`"),
}
"""What the target of a metric is written in, with an example."""
Target = Annotated[
    Ratio | int | Rate,
    AnyOf((Ratio, Rate), "is not a target", "write `60%`, `100` or `200/s`, by the metric.", count=Whole(0)),
]


class Scaling(Element):
    """How many replicas there are when the load changes."""

    mode: Literal["horizontal", "vertical", "manual"] | None = Field(
        None, description="How they come and go; default: horizontal where `min` and `max` are given, else manual."
    )
    minimum: Positive | None = Field(None, alias="min", description="Fewest replicas.")
    maximum: Positive | None = Field(None, alias="max", description="Most replicas.")
    metric: Literal["cpu", "queue_length", "request_rate"] = Field("cpu", description="What it follows.")
    target: Target | None = Field(
        None, description="cpu: a ratio; queue_length: messages per replica; request_rate: rate per replica."
    )
    interval: Period = Field(Duration(15 * _SECOND), description="Time between decisions.")
    cooldown: Duration = Field(Duration(300 * _SECOND), description="How long fewer replicas must suffice.")

    constraints = tuple(
        Constraint(
            Fits("target", (kind,)),
            f"target `{{target}}` does not fit metric {metric}",
            f"write {example}.",
            where=Is("metric", (metric,)),
            at="target",
        )
        for metric, (kind, example) in _TARGETS.items()
    )

    @model_validator(mode="after")
    def _range(self) -> Self:
        if self.minimum and self.maximum and self.minimum > self.maximum:
            raise failed(f"min {self.minimum} is above max {self.maximum}", "swap them.", "scaling", at="min")
        if self.target in (Ratio(Fraction(0)), Rate(Fraction(0)), 0):
            raise failed(f"target `{self.target}` is 0", "write what one replica may be given.", "scaling", at="target")
        return self

    @property
    def horizontal(self) -> bool:
        """Whether replicas come and go by themselves."""
        return self.mode == "horizontal" or (self.mode is None and bool(self.minimum and self.maximum))


class Running(Dependable):
    """A component that runs as replicas somewhere."""

    replicas: Positive = Field(1, description="Copies at the start (per shard); default 1, or scaling.min.")
    needs: Positive = Field(1, description="How many must be up to serve.")
    zones: tuple[ZoneRef, ...] = Field(
        (), description="Replicas are placed round-robin; default: the nearest zone, host or region."
    )
    cores: Number | None = Field(None, description="Per replica; `cpu` queues for them. Default 1 where used.")
    slots: Positive | None = Field(None, description="Requests one replica works on at once; default: no limit.")
    queue_limit: Count | None = Field(
        None, description="Requests waiting at one replica before it sheds (503); default: no limit."
    )
    memory: Size | None = Field(None, description="Per replica.")
    memory_per_request: Size | None = Field(None, description="Reserved at admission, out of `memory`; default: 0.")
    scaling: Scaling | None = Field(
        None, description="How many replicas there are when the load changes; default: fixed."
    )
    boot_time: Duration = Field(Duration(30 * _SECOND), description="Until a new replica serves.")
    drain_time: Duration = Field(Duration(30 * _SECOND), description="How long a leaving one may finish.")
    failover_time: Duration = Field(
        Duration(30 * _SECOND), description="Until callers notice a dead replica, or a store has a new primary."
    )
    algorithm: Algorithm | None = Field(
        None, description="How a replica (of a balancer: its target) is picked; default: round_robin."
    )
    health_check: HealthCheck | Literal["none"] | None = Field(None, description="Finds dead replicas; default: none.")
    authentication: Authentication | None = Field(None, description="How callers prove who they are.")
    logs_to: Many[LogServiceRef] = Field((), description="Where it ships its logs.")
    metrics_to: Many[MetricsServiceRef] = Field((), description="Where its metrics are collected.")
    errors_to: Many[ErrorMonitorRef] = Field((), description="Where it reports exceptions.")
    traces_to: Many[TraceStoreRef] = Field((), description="Where it sends spans.")
    supervised_by: ProcessMonitorRef | None = Field(None, description="What restarts a crashed process.")

    @model_validator(mode="after")
    def _needs_fit(self) -> Self:
        if self.needs > self.instances:
            message = f"needs {self.needs} of {self.instances} replicas"
            raise failed(message, f"write `replicas: {self.needs}` or more, or need fewer.", "needs", at="needs")
        return self

    @cached_property
    def instances(self) -> int:
        """Replicas at the start, per shard: `replicas`, else `scaling.min`."""
        if "replicas" not in self.model_fields_set and self.scaling and self.scaling.minimum:
            return self.scaling.minimum
        return self.replicas

    @property
    def chooses_by(self) -> Algorithm:
        """The algorithm in force: the stated one, else round robin."""
        return self.algorithm or "round_robin"


def steady_state(availability: Ratio | None, mtbf: Duration | None, mttr: Duration | None) -> Ratio | None:
    """The stated availability, or mtbf / (mtbf + mttr), exactly."""
    if mtbf is not None and mttr is not None:
        return Ratio(Fraction(mtbf.nanoseconds, mtbf.nanoseconds + mttr.nanoseconds))
    return availability
