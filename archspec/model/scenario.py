"""Scenarios: runs of the simulation, with their load and their faults."""

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    FieldSerializationInfo,
    field_serializer,
)

from archspec.model.constraints import Constraint, Either, Fits, Given, Is, Not, one_of
from archspec.model.element import Element
from archspec.model.field_types import AnyOf, Flag, Id, Positive, Text, Whole
from archspec.model.quantities import Duration, Factor, Quantity, Rate, Ratio
from archspec.model.schedule import Start
from archspec.model.times import Time

Level = Annotated[
    Rate | Factor,
    AnyOf((Rate, Factor), "is not a load", "write a rate such as `2500/s`, or a factor such as `2x`."),
]
Amount = Annotated[
    Factor | Duration | Ratio,
    AnyOf((Factor, Duration, Ratio), "is not an amount", "write `5x`, `200ms` or `20%`, by the fault."),
]
_NEEDED = {
    "ramp": ("to", "over"),
    "spike": ("to", "at", "for"),
    "daily": ("low",),
    "file": ("file",),
}
"""What a load of a shape must say."""


class Load(Element):
    """How requests of one flow arrive: open arrivals, or closed clients."""

    arrivals: Literal["poisson", "even"] = Field("poisson", description="even: evenly spaced.")
    shape: Literal["constant", "ramp", "spike", "daily", "file"] = Field(
        "constant", description="How the rate changes."
    )
    rate: Level | None = Field(None, description="The rate, or a factor of the flow's; default: the flow's.")
    to: Level | None = Field(None, description="ramp, spike: the rate it reaches.")
    over: Duration | None = Field(None, description="ramp: how long it rises.")
    at: Duration | None = Field(None, description="spike: when it begins.")
    for_: Duration | None = Field(None, alias="for", description="spike: how long it lasts.")
    low: Level | None = Field(None, description="daily: the rate at the trough.")
    file: Text | None = Field(None, description="file: a CSV of `seconds,rate` beside the spec.")
    until: Duration | None = Field(None, description="Arrivals end here; default: with the run.")
    users: Positive | None = Field(None, description="Closed clients, instead of a rate.")
    think: Time | None = Field(None, description="What a client waits between an answer and its next request.")

    constraints = (
        Constraint(Given("users"), "`think` belongs to closed clients", "add `users`.", where=Given("think")),
        *(
            Constraint(
                Not(Given(field)),
                f"`users` and `{field}` exclude each other",
                "keep one of them.",
                where=Given("users"),
            )
            for field in ("arrivals", "shape", "rate", "to", "low", "file")
        ),
        *(
            Constraint(Given(field), f"a {shape} needs `{field}`", f"add `{field}`.", where=Is("shape", (shape,)))
            for shape, fields in _NEEDED.items()
            for field in fields
        ),
    )


def _long_load(value: object) -> object:
    return value if isinstance(value, (dict, Load)) else {"rate": value}


FlowLoad = Annotated[Load, BeforeValidator(_long_load)]

FAULTS = ("fail", "slow", "lose", "partition", "errors", "deploy")
_LISTED = ", ".join(f"`{fault}`" for fault in FAULTS)


_AMOUNTS: dict[str, tuple[tuple[type[Quantity], ...], str]] = {
    "slow": ((Factor, Duration), "`by: 5x` or `by: 200ms`"),
    "lose": ((Ratio,), "`by: 20%`"),
    "errors": ((Ratio,), "`by: 20%`"),
}
"""What `by` is written in for the faults that come in degrees."""


def _by_how_much(fault: str, types: tuple[type[Quantity], ...], examples: str) -> tuple[Constraint, ...]:
    message, remedy = f"`{fault}` needs to know how much", f"add {examples}."
    return tuple(
        Constraint(condition, message, remedy, where=Given(fault)) for condition in (Given("by"), Fits("by", types))
    )


class Fault(Element):
    """Something that goes wrong, or a deploy, at a time."""

    at: Duration = Field(Duration(0), description="When it begins.")
    for_: Duration | None = Field(None, alias="for", description="How long it lasts; default: until the end.")
    fail: Text | None = Field(None, description="Component, replica (`api-2`) or group that goes down.")
    mode: Literal["refuse", "silent"] | None = Field(
        None, description="How a dead thing behaves; default: refuse for a component or replica, silent for a group."
    )
    slow: Text | None = Field(None, description="Component, replica or connection (`a -> b`) that is slow; with `by`.")
    lose: Text | None = Field(None, description="Connection that loses messages; with `by`.")
    partition: Text | None = Field(None, description="Connection or group that is cut off.")
    errors: Text | None = Field(
        None, description="Component, replica (`api-2`) or group that answers errors; with `by` and `status`."
    )
    deploy: Text | None = Field(None, description="Component or pipeline that is deployed.")
    by: Amount | None = Field(None, description="How slow (`5x`, `200ms`), or which share (`20%`).")
    status: Annotated[int, Whole(400, 599)] | None = Field(None, description="errors: what it answers; default 500.")
    at_once: Flag = Field(False, description="errors: answered at admission, without a slot, a core or any work.")

    constraints = (
        Constraint(
            Either(tuple(Given(fault) for fault in FAULTS)),
            "this fault does not say what goes wrong",
            f"give one of {_LISTED}.",
        ),
        *one_of(
            *FAULTS,
            message="this fault is both `{first}` and `{second}`",
            remedy=f"give one of {_LISTED}.",
        ),
        *(each for fault, (types, examples) in _AMOUNTS.items() for each in _by_how_much(fault, types, examples)),
        *(
            Constraint(Not(Given("by")), f"`by` does not fit `{fault}`", "drop it.", where=Given(fault), at="by")
            for fault in FAULTS
            if fault not in _AMOUNTS
        ),
        *(
            Constraint(
                Given(fault),
                f"`{field}` fits only `{fault}`",
                "drop it.",
                where=Given(field),
                at=field,
            )
            for field, fault in (("mode", "fail"), ("status", "errors"), ("at_once", "errors"))
        ),
    )

    @property
    def what(self) -> str:
        """Which of the faults this is: `fail`, `slow`, …"""
        return next(name for name in FAULTS if getattr(self, name) is not None)

    @property
    def target(self) -> str:
        """What it strikes, as written."""
        return str(getattr(self, self.what))


class Scenario(Element):
    """One run of the simulation."""

    id: Id = Field(description="Its name everywhere else in the spec.")
    description: Text | None = Field(None, description="What it shows.")
    duration: Duration = Field(
        Duration(60 * 10**9),
        description="How long it runs; default: as long as it takes to know what is asked, see the engine.",
    )
    starts: Start | None = Field(
        None, description="When it begins, in UTC, for schedules and `daily` loads; default: Monday, 2024-01-01 00:00."
    )
    warm_up: Duration | None = Field(
        None, description="Left out of the figures; default: 10% of `duration`; 0 with faults or a changing load."
    )
    load: Factor | dict[Id, FlowLoad] | None = Field(
        None, description="A factor for all flows, or load by flow; default: the rates of the flows."
    )
    set: dict[Text, Any] = Field(default_factory=dict, description="What-if: `id.field` to value.")
    faults: tuple[Fault, ...] = Field((), description="What goes wrong, and when.")
    random_faults: Flag = Field(False, description="Faults drawn from every mtbf and mttr.")

    @field_serializer("load")
    def _plain_load(self, load: Factor | dict[str, Load] | None, info: FieldSerializationInfo) -> object:
        if not isinstance(load, dict):
            return load and str(load)
        return {
            flow: each.model_dump(mode=info.mode, by_alias=info.by_alias, exclude_unset=info.exclude_unset)
            for flow, each in load.items()
        }
