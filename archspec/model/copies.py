"""Stores that copy another store (`replica_of`): for which of them a write waits."""

from typing import Literal

from archspec.frozen import frozen
from archspec.model.architecture import Architecture
from archspec.model.connection import Connection
from archspec.model.traits import Store


@frozen
class SynchronousCopy:
    """A copy that a write waits for: the primary answers once the copy has it, `connection.latency` later."""

    store: Store
    connection: Connection
    """From the primary to the copy where that is written, else the one that `replica_of` implies."""
    when_lost: Literal["block", "continue"]
    """While no replica of it can be reached: whether writes wait for it, or go on `failover_time` after the loss."""


def synchronous_copies(architecture: Architecture, primary: str) -> tuple[SynchronousCopy, ...]:
    """The copies that a write to a store waits for: `replication` and `when_copy_lost` are theirs, else the store's.

    Replicas of one store do not count: `needs` says how many of those must be up.
    """
    store = architecture.components[primary]
    if not isinstance(store, Store):
        return ()
    return tuple(
        SynchronousCopy(
            copy,
            architecture.connection(primary, copy.id) or architecture.link(copy.id, primary),
            copy.when_copy_lost or store.when_copy_lost or "block",
        )
        for copy in architecture.copies_of(primary)
        if isinstance(copy, Store) and (copy.replication or store.replication) == "synchronous"
    )
