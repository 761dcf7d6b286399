"""What a reader of a known product's configuration is."""

from collections.abc import Callable

from archspec.frozen import frozen
from archspec.importers.addresses import Address
from archspec.importers.facts import component, connection
from archspec.importers.reasons import Facts
from archspec.importers.source import Source
from archspec.importers.tables import Product, is_nobody, protocol_of, public_host

Beside = Callable[[str], str | None]
"""The text of another file by the path that the configuration names it by; None where it is not there."""


@frozen
class Configured:
    """One configuration file that is read: its text, whose it is, and where the facts go."""

    source: Source
    owner: str
    """The id of the component whose configuration it is."""
    facts: Facts
    beside: Beside
    notes: list[str]

    def asks(
        self, found: Address, why: str, line: int | None, *, protocol: str | None = None, timeout: str | None = None
    ) -> None:
        """A connection from the owner to a host, which a component's name or a known public host may be."""
        if is_nobody(found.host):
            return
        to, public = found.host, public_host(found.host)
        if public is not None:
            to = public[0]
            self.facts.add(component(to), "kind", "external", f"host {found.host}", line)
            self.facts.add(component(to), "label", public[1], f"host {found.host}", line)
        self.facts.asks(self.owner, to, why, line, protocol=protocol or protocol_of(found.scheme))
        if timeout is not None:
            self.facts.add(connection(self.owner, to), "timeout", timeout, why, line)


@frozen
class ConfigFile:
    """The configuration of a product: how it is known by content, and how its facts are read.

    It is read where a service mounts it, for that service; and by itself, for a component of the product's name.
    """

    name: str
    title: str
    product: Product
    recognises: Callable[[Source], bool]
    read: Callable[[Configured], None]
