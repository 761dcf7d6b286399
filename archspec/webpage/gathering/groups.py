"""Groups as the page shows them."""

from archspec.model import Architecture, Component, Group
from archspec.webpage import GroupContent, Known


def group_contents(architecture: Architecture, known: Known) -> tuple[GroupContent, ...]:
    """Every group with the components in it, and what is known of it as one."""
    return tuple(
        GroupContent(
            id=group.id,
            title=group.title,
            kind=group.kind,
            description=group.description or "",
            members=_members(architecture, group),
            findings=known.findings_of(group.id),
            standing=known.standing_of(group.id),
        )
        for group in architecture.groups.values()
    )


def _members(architecture: Architecture, group: Group) -> tuple[str, ...]:
    return tuple(each.id for each in architecture.components.values() if group.id in _round(architecture, each))


def _round(architecture: Architecture, component: Component) -> frozenset[str]:
    """Every group that it stands in, or a replica of it."""
    zones = {domain for domains in architecture.placements(component) for domain in domains}
    return frozenset(zones | {group.id for group in architecture.enclosing(component.group)})
