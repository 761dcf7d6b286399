"""Worker."""

from typing import Literal

from pydantic import Field

from archspec.model.component import Running
from archspec.model.field_types import Flag, Positive
from archspec.model.kind import Kind, Role
from archspec.model.local_data import LocalData
from archspec.model.shape import Shape


class Worker(Running):
    """Runs code that takes messages from a queue, or works by the clock."""

    kind: Literal["worker"] = "worker"
    slots: Positive = Field(1, description="Messages one replica works on at once; default 1.")
    stateless: Flag | None = Field(None, description="Nothing in it outlives a message.")
    local_storage: tuple[LocalData, ...] | None = Field(
        None, description="What it writes to its own disk; empty: nothing."
    )


KIND = Kind("worker", "Worker", Role.COMPUTE, Shape.WORKER, Worker, other_names=("consumer",))
