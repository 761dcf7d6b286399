"""Fields that some kinds share: balancing, caching, storing, limiting."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from archspec.model.component import Running
from archspec.model.element import ComponentRef, Element, Namespace, Ref
from archspec.model.field_types import Flag, Id, Many, Number, Positive
from archspec.model.quantities import Duration, Rate, Ratio
from archspec.model.scalar import failed

OriginRef = Annotated[
    Id,
    Ref(
        Namespace.COMPONENT,
        ("server", "function", "database", "data_warehouse", "object_store", "file_store", "search_index"),
    ),
]

TwinRef = Annotated[Id, Ref(Namespace.COMPONENT, same_kind=True)]


class Weighted(Running):
    """A balancer whose targets can have weights."""

    weights: dict[ComponentRef, Number] = Field(
        default_factory=dict, description="With `algorithm: weighted`: share of each target; default: equal."
    )


class Firewalled(Running):
    """What can filter hostile requests."""

    web_firewall: Flag | None = Field(None, description="Filters hostile requests.")


class RateLimit(Element):
    """A token bucket shared by all replicas; above it: 429."""

    rate: Rate = Field(description="Requests per time that pass.")
    burst: Positive | None = Field(None, description="Size of the bucket; default: one second's worth.")


def _long_rate_limit(value: object) -> object:
    return value if isinstance(value, (dict, RateLimit)) else {"rate": value}


def _rate_limit_schema(schema: dict[str, Any]) -> None:
    long = {key: schema.pop(key) for key in list(schema) if key not in ("description", "default")}
    schema["anyOf"] = [{"type": "string", "pattern": f"^(?:{Rate.pattern})$"}, long]


class RateLimited(Running):
    """An entry that can refuse what exceeds a rate."""

    rate_limit: Annotated[RateLimit, BeforeValidator(_long_rate_limit)] | None = Field(
        None,
        description="Requests that pass: a rate, or `{rate, burst}`; above it 429.",
        json_schema_extra=_rate_limit_schema,
    )


class Holding(Running):
    """Clients may stay connected to it."""

    connections: Positive | None = Field(
        None, description="Sessions that one replica holds at most, beside its `slots`; default: no limit."
    )


class Caching(Running):
    """A cache or a content delivery network."""

    caches: Many[OriginRef] = Field((), description="Read-through: on a miss it asks this origin itself.")
    hit: Ratio | None = Field(None, description="Share of calls it answers by itself; default 100%.")
    ttl: Duration | None = Field(None, description="Life of an entry.")
    single_flight: Flag = Field(False, description="Misses of one key under way wait for its outcome.")


class Storage(Running):
    """What keeps data: a store, or a cache."""

    failover: Literal["automatic", "manual", "none"] | None = Field(
        None, description="Who takes over when the primary is down; default none."
    )
    shards: Positive = Field(1, description="Parts of the data, each with `replicas` copies.")
    encryption: Literal["at_rest", "none"] | None = Field(None, description="Of what is stored.")

    @property
    def fails_over(self) -> bool:
        """Whether another replica takes over by itself."""
        return self.failover == "automatic"


class Backup(Element):
    """Copies kept elsewhere."""

    every: Duration = Field(description="Time between two backups.")
    keep: Duration | None = Field(None, description="How long one is kept.")
    restore_tested: Duration | None = Field(None, description="A restore is rehearsed at least so often.")


class Store(Storage):
    """A store of record: database, object store, file store, search index."""

    replica_of: TwinRef | None = Field(None, description="The store this is a read-only copy of.")
    replication: Literal["synchronous", "asynchronous"] | None = Field(
        None, description="Of a copy, or of a store for all its copies: synchronous makes a write wait for them."
    )
    when_copy_lost: Literal["block", "continue"] | None = Field(
        None,
        description="Of a synchronous copy: continue lets writes go on its `failover_time` after its loss; "
        "default: block.",
    )
    backup: Backup | Literal["none"] | None = Field(None, description="Copies kept elsewhere.")
    rpo: Duration | None = Field(None, description="Loss that is accepted (recovery point objective).")
    rto: Duration | None = Field(None, description="Time to recover that is accepted (recovery time objective).")

    @model_validator(mode="after")
    def _not_of_itself(self) -> Self:
        if self.replica_of == self.id:
            raise failed(
                f"`{self.id}` is a replica of itself",
                "name another store, or use `replicas`.",
                "reference",
                at="replica_of",
            )
        return self


LocalData = Literal["logs", "data", "uploads", "sessions", "cache", "temporary"]
SessionStore = Annotated[Id, Ref(Namespace.COMPONENT, ("cache", "database"), also=("local",))]
