"""The same architecture with one thing changed."""

from dataclasses import replace
from typing import Any

from archspec.model.architecture import Architecture
from archspec.model.component import Running
from archspec.model.kind import Role


def with_another_replica(architecture: Architecture, component: Running) -> Architecture:
    """One replica more of a component; of a store or cache, one that takes over by itself."""
    changed: dict[str, Any] = {"replicas": component.instances + 1}
    if component.kind_of.role in (Role.STORE, Role.CACHE):
        changed["failover"] = "automatic"
    return with_fields(architecture, component, **changed)


def with_fields(architecture: Architecture, component: Running, **fields: Any) -> Architecture:
    """A component with other values of some fields. They are not validated: give values that fit."""
    # `instances` is computed once and kept with the component: the copy must compute its own.
    state = {name: value for name, value in component.__dict__.items() if name != "instances"}
    said = component.model_fields_set | set(fields)
    changed = type(component).model_construct(_fields_set=said, **(state | fields))
    return replace(architecture, components={**architecture.components, component.id: changed})
