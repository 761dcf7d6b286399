"""Where copies stand, as a Program has it, where a connection prefers those that are near."""

from collections.abc import Iterable, Iterator

from archspec.model import Architecture, Component, Connection
from archspec.model.nearness import site_of
from archspec.simulation import program


def sites_of(architecture: Architecture, component: Component) -> tuple[program.Site, ...]:
    """Where its copies stand: after as many as it has zones they begin again."""
    zones = max(1, len(architecture.zones_of(component)))
    sites = (site_of(architecture, component, copy) for copy in range(1, zones + 1))
    return tuple(program.Site(site.zone, site.region) for site in sites)


def preferring_nobody(architecture: Architecture, connections: Iterable[Connection]) -> Iterator[str]:
    """The connections that prefer who is near their caller, of whom nobody knows where it stands: in a sentence."""
    for link in connections:
        if link.prefer is None:
            continue
        caller = architecture.components[link.from_]
        copies = range(1, max(1, len(architecture.zones_of(caller))) + 1)
        if not any(site_of(architecture, caller, copy).knows(link.prefer) for copy in copies):
            where = "zone or region" if link.prefer == "same_zone" else "region"
            told = f"nothing says in which {where} `{caller.id}` stands"
            yield f"`prefer` of `{link.name}` is not used: {told}; give it a `group`"
