"""What a kind of component is: one frozen value per file of `kinds/`."""

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from archspec.discovery import Named
from archspec.frozen import frozen
from archspec.model.shape import Shape

if TYPE_CHECKING:
    from archspec.model.component import Component


PULLERS = ("worker", "function")
"""The kinds that take a message when they have room for one, so that nobody calls them with it."""


class Role(Enum):
    """The part a kind plays in a system; rules speak of roles where they mean more than one kind."""

    ACTOR = "actor"  # person, client: always up, nobody's to build
    ROUTER = "router"  # dns, load_balancer, gateway
    EDGE = "edge"  # cdn
    COMPUTE = "compute"  # server, worker, function
    STORE = "store"  # database, object_store, file_store, search_index
    CACHE = "cache"
    QUEUE = "queue"
    EXTERNAL = "external"
    TELEMETRY = "telemetry"  # log, metrics, error, trace services, process monitor
    CHANNEL = "channel"  # notification_channel
    DELIVERY = "delivery"  # code_repository, artifact_registry


@frozen
class Kind:
    """A kind of component: its name in a spec, its role, how it is drawn and which fields it has."""

    name: str
    title: str
    role: Role
    shape: Shape
    model: "type[Component]"
    provided: bool = False
    """Redundant by nature (somebody else runs it) unless `replicas: 1` or `zones` is written on it."""
    is_asked: bool = True
    """Whether a step may call it."""
    other_names: tuple[str, ...] = ()
    """What people also call it, for a better error."""

    @property
    def summary(self) -> str:
        """What it is, in a sentence: its model says it."""
        return self.model.__doc__ or ""


@cache
def kinds() -> Named[Kind]:
    """Every kind by name, sorted. Only those that are asked for are imported and built."""
    return Named("archspec.model.kinds", Kind, lambda kind: kind.name)


@cache
def kind_named(name: str) -> Kind:
    """A kind by its name: a large system is asked for kinds hundreds of thousands of times."""
    return kinds()[name]
