"""Message queue."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from archspec.model import Count, Duration, Id, Kind, Namespace, Positive, Ref, Role, Running, Shape, failed

QueueRef = Annotated[Id, Ref(Namespace.COMPONENT, ("queue",))]


class Queue(Running):
    """Keeps messages until a worker has dealt with them."""

    kind: Literal["queue"] = "queue"
    shards: Positive = Field(1, description="Parts of the data, each with `replicas` copies.")
    encryption: Literal["at_rest", "none"] | None = Field(None, description="Of what is stored.")
    max_length: Count | None = Field(None, description="A full queue refuses; default: no limit.")
    dead_letter: QueueRef | None = Field(None, description="Where a message goes after `max_deliveries`.")
    max_deliveries: Positive = Field(5, description="Tries per message.")
    visibility_timeout: Duration = Field(
        Duration(30 * 10**9), description="After which an unacknowledged message is delivered again."
    )

    @model_validator(mode="after")
    def _not_to_itself(self) -> Self:
        if self.dead_letter == self.id:
            remedy = "name another queue: this one would deliver the message again."
            raise failed(f"`{self.id}` is its own dead letter queue", remedy, "reference", at="dead_letter")
        return self


KIND = Kind(
    "queue",
    "Message queue",
    Role.QUEUE,
    Shape.QUEUE,
    Queue,
    other_names=("rabbitmq", "sqs", "broker", "message_queue"),
)
