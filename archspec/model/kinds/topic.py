"""Topic."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from archspec.model import Duration, Id, Kind, Namespace, Positive, Ref, Role, Running, Shape, failed

DeadLetterRef = Annotated[Id, Ref(Namespace.COMPONENT, ("queue", "topic"))]


class Topic(Running):
    """Gives each message to every subscriber: each of its steps is one."""

    kind: Literal["topic"] = "topic"
    encryption: Literal["at_rest", "none"] | None = Field(None, description="Of what is stored.")
    partitions: Positive | None = Field(
        None, description="Messages of one subscriber that can be in work at once; default: no limit."
    )
    retention: Duration | None = Field(
        None, description="After which a message that still waits is gone; default: kept for ever."
    )
    dead_letter: DeadLetterRef | None = Field(None, description="Where a message goes after `max_deliveries`.")
    max_deliveries: Positive = Field(5, description="Tries per message and subscriber.")
    visibility_timeout: Duration = Field(
        Duration(30 * 10**9), description="After which an unacknowledged message is delivered again."
    )

    @model_validator(mode="after")
    def _not_to_itself(self) -> Self:
        if self.dead_letter == self.id:
            remedy = "name another queue or topic: this one would deliver the message again."
            raise failed(f"`{self.id}` is its own dead letter topic", remedy, "reference", at="dead_letter")
        return self


KIND = Kind(
    "topic",
    "Topic",
    Role.QUEUE,
    Shape.QUEUE,
    Topic,
    other_names=("kafka", "sns", "pubsub", "message_broker", "event_bus", "event_hub", "stream", "bus"),
)
