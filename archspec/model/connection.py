"""Connections: who asks whom, how long it waits and how it tries again."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from archspec.model.backoff import Backoff
from archspec.model.constraints import Constraint, Given
from archspec.model.element import ComponentRef, Element, PlaceRef
from archspec.model.field_types import Flag, Id, Many, Positive, Text
from archspec.model.protocols import ENCRYPTED, MESSAGING
from archspec.model.quantities import Duration, Ratio
from archspec.model.times import Time

Access = Literal["read", "write"]
Prefer = Literal["same_zone", "same_region"]


def arrow_name(from_: str, to: str, name: str | None = None) -> str:
    """How a connection is called everywhere: by its ends, and by its own name where it has one.

    >>> arrow_name("api", "broker"), arrow_name("api", "broker", "amqp")
    ('api -> broker', 'api -> broker via amqp')
    """
    return f"{from_} -> {to}" if name is None else f"{from_} -> {to} via {name}"


def ends_of_name(name: str) -> tuple[str, str, str | None]:
    """The two ends of a connection by what it is called, and its own name.

    >>> ends_of_name("api -> broker via amqp"), ends_of_name("api -> db")
    (('api', 'broker', 'amqp'), ('api', 'db', None))
    """
    from_, _, rest = name.partition(" -> ")
    to, _, via = rest.partition(" via ")
    return from_, to, via or None


def name_of(data: Mapping[str, Any]) -> str:
    """How the connection of a spec's data is called."""
    return arrow_name(data["from"], data["to"], data.get("name"))


class Retries(Element):
    """How often a failed call is tried again."""

    attempts: Positive = Field(description="Tries in all, the first one counted.")
    backoff: Backoff | None = Field(None, description="Wait between attempts; default: none.")
    idempotent: Flag | None = Field(
        None, description="Whether trying twice does no harm; default: by the method of the flow's `request`."
    )
    budget: Ratio | None = Field(None, description="Retries allowed, as a share of first attempts; default: no limit.")


class CircuitBreaker(Element):
    """Stops calling what fails anyway; one per caller replica."""

    opens_after: Ratio = Field(description="Share of failures that opens it.")
    over: Duration = Field(Duration(10 * 10**9), description="Window that is looked at.")
    min_calls: Positive = Field(20, description="Calls in the window before it judges.")
    half_open_after: Duration = Field(Duration(5 * 10**9), description="Time open before it probes.")
    probes: Positive = Field(1, description="Calls that must succeed to close it.")


class Connection(Element):
    """From who asks to who answers (at a queue: with the message). One per ordered pair, or several with a name."""

    from_: ComponentRef = Field(alias="from", description="Who asks; in the long form also a list.")
    to: PlaceRef = Field(
        description="Who answers; in the long form also a list. A group stands for those in it that are called."
    )
    name_: Id | None = Field(
        None, alias="name", description="Tells it from others of the same pair; a step says `via`."
    )
    label: Text | None = Field(None, description="What the arrow says.")
    protocol: Many[Text] = Field((), description="Such as https, grpc, postgresql, amqp.")
    encryption: Literal["in_transit", "none"] | None = Field(
        None, description="Whether it is encrypted on the way; default: by protocol."
    )
    access: Access | None = Field(
        None,
        description="read: any replica answers; write: the primary; default: write for a database, unless a copy.",
    )
    timeout: Duration | None = Field(None, description="Of one attempt; default: waits for ever.")
    retries: Retries | None = Field(None, description="How often a failed call is tried again; default: one attempt.")
    circuit_breaker: CircuitBreaker | None = Field(None, description="Stops calling what fails anyway; default: none.")
    max_concurrent: Positive | None = Field(
        None, description="Bulkhead or pool: calls in flight per caller replica; default: no limit."
    )
    max_wait: Duration | None = Field(
        None, description="How long a call waits for one of the `max_concurrent` places; default: it fails at once."
    )
    prefer: Prefer | None = Field(
        None,
        description="Asks who stands in its own zone, else region, as long as any is believed up; default: anybody.",
    )
    latency: Time | None = Field(None, description="There and back together, once per attempt; default 0.")
    loss: Ratio | None = Field(None, description="Share of messages lost, each way, seen as a timeout; default: 0%.")
    availability: Ratio | None = Field(None, description="Of the link itself; default: always up.")
    implied_by: str | None = Field(None, exclude=True, repr=False)
    """The reference key that implies this connection (`logs_to`, `caches`, …); None where it was written."""
    to_group: str | None = Field(None, exclude=True, repr=False)
    """The group that an arrow ends at which stands for this connection; None where it was written between its ends."""

    constraints = (
        Constraint(
            Given("max_concurrent"),
            "`max_wait` without `max_concurrent`: there is nothing to wait for",
            "add `max_concurrent`, how many calls are in flight at once, or drop it.",
            where=Given("max_wait"),
            at="max_wait",
        ),
    )

    @property
    def name(self) -> str:
        """`a -> b`, or `a -> b via amqp`: unique."""
        return arrow_name(self.from_, self.to, self.name_)

    @property
    def encrypted(self) -> bool | None:
        """Whether it is encrypted on the way, as stated or by its protocols; None where unknown."""
        if self.encryption is not None:
            return self.encryption == "in_transit"
        known = {ENCRYPTED.get(protocol.lower()) for protocol in self.protocol}
        return False if False in known else True if known == {True} else None

    @property
    def speaks_messages(self) -> bool:
        """Whether a protocol of it carries messages that nobody waits for."""
        return any(protocol.lower() in MESSAGING for protocol in self.protocol)
