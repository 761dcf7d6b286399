"""Long-lived sessions: users who stay connected, and come back when they are not."""

from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from archspec.model.backoff import Backoff
from archspec.model.element import Element
from archspec.model.field_types import Positive
from archspec.model.scalar import failed
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
