"""Server."""

from typing import Literal

from pydantic import Field

from archspec.model import Flag, Kind, Role, Shape
from archspec.model.traits import Holding, LocalData, RateLimited, SessionStore


class Server(RateLimited, Holding):
    """Runs code that answers requests."""

    kind: Literal["server"] = "server"
    stateless: Flag | None = Field(None, description="Nothing in it outlives a request.")
    sessions_in: SessionStore | None = Field(None, description="Where sessions live; `local`: in its own memory.")
    local_storage: tuple[LocalData, ...] | None = Field(
        None, description="What it writes to its own disk; empty: nothing."
    )
    static_content: Flag = Field(False, description="Serves files that are the same for everybody.")


KIND = Kind(
    "server",
    "Server",
    Role.COMPUTE,
    Shape.SERVER,
    Server,
    other_names=("api", "app", "service", "backend", "web", "web_server", "microservice"),
)
