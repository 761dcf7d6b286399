"""The same architecture with one replica more."""

from archspec.model import Architecture, Role, Running, with_fields


def with_another_replica(architecture: Architecture, component: Running) -> Architecture:
    """One replica more of a component; of a store or cache, one that takes over by itself."""
    more = {"replicas": component.instances + 1}
    takes_over = {"failover": "automatic"} if component.kind_of.role in (Role.STORE, Role.CACHE) else {}
    return with_fields(architecture, component, **more, **takes_over)
