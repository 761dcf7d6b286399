"""What the address in a variable or argument states: a connection, a field of telemetry, or a use."""

from dataclasses import dataclass, field

from archspec.importers import tables
from archspec.importers.addresses import Address
from archspec.importers.facts import Hint, component, identifier
from archspec.importers.reasons import Facts


@dataclass(slots=True)
class Network:
    """The names by which components reach one another, and what no name leads to."""

    names: dict[str, str]
    """Ids by host name."""
    unresolved: list[str] = field(default_factory=list)
    declares: bool = False
    """Whether every name within the system is declared, so that another one is somebody else's."""

    def of(self, host: str) -> str | None:
        """Who answers at a host."""
        return self.names.get(host)


def state(
    facts: Facts,
    network: Network,
    from_: str,
    key: str,
    found: Address,
    line: int | None,
    where: str,
    *,
    protocol: str | None = None,
) -> None:
    """The facts of one address that component `from_` is given under a key; `where` says what sort of key it is."""
    name = tables.normal_key(key)
    if tables.is_own_address(name) or tables.is_nobody(found.host):
        return
    why = f"{where} {key}={found}" if key not in ("argument", "command") else f"{key} {found}"
    to = network.of(found.host)
    if to is None:
        _elsewhere(facts, network, from_, name, found, why, line)
        return
    if to == from_:
        return
    telemetry = tables.telemetry_field(name)
    if telemetry is not None:
        facts.part(from_, telemetry, to, why, line)
        return
    facts.part(to, Hint.LISTENS, found.port, f"port {found.port}, as {from_} asks it", line)
    use = tables.use_of(name)
    if use is not None:
        facts.part(to, Hint.USE, use, f"{key} of {from_} says what it is for", line)
    if name.startswith("SESSION_"):
        facts.part(from_, "sessions_in", to, why, line)
    facts.asks(from_, to, why, line, protocol=protocol or tables.protocol_of(found.scheme))


def _elsewhere(
    facts: Facts, network: Network, from_: str, key: str, found: Address, why: str, line: int | None
) -> None:
    """A host that no component has: a public one that is known, or a question for the report."""
    public = tables.public_host(found.host)
    if public is None and (found.scheme or found.port):
        network.unresolved.append(f"{from_}: {why}")
        if network.declares and tables.telemetry_field(key) is None:
            public = identifier(found.host), found.host
            why = f"{why}; no object declares it"
    if public is None:
        return
    id_, name = public
    facts.add(component(id_), "kind", "external", why, line)
    facts.add(component(id_), "label", name, why, line)
    facts.asks(from_, id_, why, line, protocol=tables.protocol_of(found.scheme))
