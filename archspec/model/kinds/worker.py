"""Worker."""

from typing import Literal

from pydantic import Field

from archspec.model import Flag, Kind, Positive, Role, Running, Shape
from archspec.model.traits import LocalData


class Worker(Running):
    """Runs code that takes messages from a queue, or works by the clock."""

    kind: Literal["worker"] = "worker"
    slots: Positive = Field(1, description="Messages one replica works on at once; default 1.")
    stateless: Flag | None = Field(None, description="Nothing in it outlives a message.")
    local_storage: tuple[LocalData, ...] | None = Field(
        None, description="What it writes to its own disk; empty: nothing."
    )


KIND = Kind("worker", "Worker", Role.COMPUTE, Shape.WORKER, Worker, other_names=("consumer",))
