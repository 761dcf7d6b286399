"""Scenarios: runs of the simulation, with their load and their faults."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    FieldSerializationInfo,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    field_serializer,
    model_validator,
)

from archspec.model.element import Element, Flag, Id, Positive, Text
from archspec.model.quantities import Duration, Factor, Rate, Ratio
from archspec.model.scalar import failed, read_integer, shown
from archspec.model.times import Time


def _read_level(value: object) -> Rate | Factor:
    if isinstance(value, (Rate, Factor)):
        return value
    for reader in (Rate, Factor):
        try:
            return reader.read(value)
        except ValueError:
            continue
    raise failed(f"{shown(value)} is no load", "write a rate such as `2500/s`, or a factor such as `2x`.", "load")


def _read_amount(value: object) -> Factor | Duration | Ratio:
    if isinstance(value, (Factor, Duration, Ratio)):
        return value
    for reader in (Factor, Duration, Ratio):
        try:
            return reader.read(value)
        except ValueError:
            continue
    raise failed(f"{shown(value)} is no amount", "write `5x`, `200ms` or `20%`, by the fault.", "amount")


_LEVEL_SCHEMA = {"type": "string", "pattern": f"^(?:{Rate.pattern}|{Factor.pattern})$"}
_AMOUNT_PATTERN = f"^(?:{Factor.pattern}|{Duration.pattern}|{Ratio.pattern})$"
_AMOUNT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": _AMOUNT_PATTERN},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    ]
}
Level = Annotated[Rate | Factor, PlainValidator(_read_level), PlainSerializer(str), WithJsonSchema(_LEVEL_SCHEMA)]
Amount = Annotated[
    Factor | Duration | Ratio, PlainValidator(_read_amount), PlainSerializer(str), WithJsonSchema(_AMOUNT_SCHEMA)
]


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

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.think is not None and self.users is None:
            raise failed("`think` belongs to closed clients", "add `users`.", "load")
        if self.users is not None:
            clash = [name for name in ("arrivals", "shape", "rate", "to", "low", "file") if self.said(name)]
            if clash:
                raise failed(f"`users` and `{clash[0]}` exclude each other", "keep one of them.", "load")
        for field in _NEEDED[self.shape]:
            if getattr(self, field) is None:
                name = field.rstrip("_")
                raise failed(f"a {self.shape} needs `{name}`", f"add `{name}`.", "load")
        return self


_NEEDED: dict[str, tuple[str, ...]] = {
    "constant": (),
    "ramp": ("to", "over"),
    "spike": ("to", "at", "for_"),
    "daily": ("low",),
    "file": ("file",),
}


def _long_load(value: object) -> object:
    return value if isinstance(value, (dict, Load)) else {"rate": value}


FlowLoad = Annotated[Load, BeforeValidator(_long_load)]

FAULTS = ("fail", "slow", "lose", "partition", "errors", "deploy")


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
    errors: Text | None = Field(None, description="Component that answers errors; with `by` and `status`.")
    deploy: Text | None = Field(None, description="Component or pipeline that is deployed.")
    by: Amount | None = Field(None, description="How slow (`5x`, `200ms`), or which share (`20%`).")
    status: Annotated[int, BeforeValidator(read_integer), Field(ge=400, le=599)] | None = Field(
        None, description="errors: what it answers; default 500."
    )

    @model_validator(mode="after")
    def _one_fault(self) -> Self:
        given = [name for name in FAULTS if getattr(self, name) is not None]
        if len(given) != 1:
            what = "says nothing to go wrong" if not given else f"is {' and '.join(given)} at once"
            raise failed(f"this fault {what}", f"give exactly one of {', '.join(FAULTS)}.", "fault")
        wanted: tuple[type, ...] = {"slow": (Factor, Duration), "lose": (Ratio,), "errors": (Ratio,)}.get(given[0], ())
        if wanted and not isinstance(self.by, wanted):
            example = "5x` or `by: 200ms" if given[0] == "slow" else "20%"
            raise failed(f"`{given[0]}` needs to know how much", f"add `by: {example}`.", "fault")
        if not wanted and self.by is not None:
            raise failed(f"`by` does not fit `{given[0]}`", "drop it.", "fault", at="by")
        if self.mode is not None and given[0] != "fail":
            raise failed(f"`mode` does not fit `{given[0]}`", "drop it.", "fault", at="mode")
        if self.status is not None and given[0] != "errors":
            raise failed(f"`status` does not fit `{given[0]}`", "drop it.", "fault", at="status")
        return self

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
