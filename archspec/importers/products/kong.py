"""Kong's declarative configuration: its services and the targets of its upstreams."""

from archspec.importers import ConfigFile, Configured, Product, Source, connection, items, line_of, mapping, units
from archspec.importers.addresses import Address, addresses


def recognises(source: Source) -> bool:
    """`_format_version`."""
    return source.first(lambda document: "_format_version" in document)


def read(found: Configured) -> None:
    """Every service, by its URL or host; a host that is an upstream stands for its targets."""
    for document in found.source.documents:
        data = mapping(document)
        upstreams = {str(mapping(each).get("name")): mapping(each) for each in items(data.get("upstreams"))}
        for each in items(data.get("services")):
            service = mapping(each)
            name, line = str(service.get("name", "")), line_of(service, "name")
            protocol = str(service.get("protocol") or "") or None
            stated = list(addresses("URL", str(service.get("url") or "")))
            if service.get("host"):
                stated.append(Address(str(service["host"]).lower(), str(service.get("port") or "") or None, protocol))
            milliseconds = units.integer(service.get("read_timeout"))
            timeout = units.duration(f"{milliseconds}ms") if milliseconds else None
            for address in stated:
                for target in _targets(address, upstreams):
                    found.asks(target, f"Kong service {name}", line, timeout=timeout)
                    tries = units.integer(service.get("retries"))
                    if tries:
                        why = f"Kong service {name}: {tries} retries after the first try"
                        passed = connection(found.owner, target.host)
                        found.facts.add(passed, "retries", {"attempts": tries + 1}, why, line)


def _targets(address: Address, upstreams: dict[str, dict[str, object]]) -> list[Address]:
    upstream = upstreams.get(address.host)
    if upstream is None:
        return [address]
    stated = [str(mapping(each).get("target", "")).partition(":") for each in items(upstream.get("targets"))]
    return [Address(host.lower(), port or None, address.scheme) for host, _, port in stated if host]


CONFIG = ConfigFile("kong", "a Kong configuration", Product("gateway", "kong"), recognises, read)
