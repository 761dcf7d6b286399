"""What is redundant by nature: kinds that somebody else runs, unless the spec says otherwise."""

from archspec.model import Component, Running


def is_provided(component: Component) -> bool:
    """Whether a component is of a provided kind (cdn, dns, object_store, …) without `replicas: 1` or `zones` on it."""
    if not component.kind_of.provided:
        return False
    stated_single = isinstance(component, Running) and component.said("replicas") and component.replicas == 1
    return not stated_single and not component.said("zones")
