"""Client."""

from typing import Literal

from archspec.model.component import Component
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


class Client(Component):
    """A browser, app or device of a user; always up."""

    kind: Literal["client"] = "client"


KIND = Kind("client", "Client", "A browser, app or device of a user; always up.", Role.ACTOR, Shape.DEVICE, Client)
