"""Client."""

from typing import Literal

from archspec.model import Component, Kind, Role, Shape


class Client(Component):
    """A browser, app or device of a user; always up."""

    kind: Literal["client"] = "client"


KIND = Kind(
    "client",
    "Client",
    Role.ACTOR,
    Shape.DEVICE,
    Client,
    other_names=("browser", "user", "viewer", "mobile", "frontend", "device"),
)
