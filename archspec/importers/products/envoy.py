"""Envoy: the endpoints of its clusters, and the routes that lead to them."""

from collections.abc import Iterator
from typing import Any

from archspec.importers import Address, ConfigFile, Configured, Product, Source, connection, units
from archspec.importers.units import at, items, line_of, mapping

_ALGORITHMS = {
    "ROUND_ROBIN": "round_robin",
    "LEAST_REQUEST": "least_connections",
    "RANDOM": "random",
    "RING_HASH": "consistent_hash",
    "MAGLEV": "consistent_hash",
}


def recognises(source: Source) -> bool:
    """`static_resources` with clusters."""
    return source.first(lambda document: isinstance(at(document, "static_resources", "clusters"), list))


def read(found: Configured) -> None:
    """Every cluster, with the timeouts and retries of the routes to it."""
    for document in found.source.documents:
        resources = mapping(mapping(document).get("static_resources"))
        routes = {str(route.get("cluster")): route for route in _routes(resources.get("listeners"))}
        for each in items(resources.get("clusters")):
            cluster = mapping(each)
            name, line = str(cluster.get("name", "")), line_of(cluster, "name")
            why = f"Envoy cluster {name}"
            http2 = "http2_protocol_options" in cluster
            for address in _endpoints(cluster):
                if address.host.startswith("127."):
                    continue
                found.asks(address, why, line, protocol="grpc" if http2 else None)
                _routed(found, connection(found.owner, address.host), cluster, routes.get(name, {}), why, line)
            policy = _ALGORITHMS.get(str(cluster.get("lb_policy", "")))
            found.facts.part(found.owner, "algorithm", policy, f"{why}, lb_policy", line)


def _routed(
    found: Configured, passed: Any, cluster: dict[str, Any], route: dict[str, Any], why: str, line: int | None
) -> None:
    found.facts.add(passed, "timeout", units.duration(route.get("timeout")), f"the route to {why}", line)
    tries = units.integer(at(route, "retry_policy", "num_retries"))
    if tries:
        said = f"the route to {why}: {tries} retries after the first try"
        found.facts.add(passed, "retries", {"attempts": tries + 1}, said, line)
    for limit in items(at(cluster, "circuit_breakers", "thresholds"))[:1]:
        most = units.integer(mapping(limit).get("max_requests"))
        found.facts.add(passed, "max_concurrent", most or None, f"{why}, max_requests", line)


def _endpoints(cluster: dict[str, Any]) -> Iterator[Address]:
    places = [mapping(each).get("socket_address") for each in items(cluster.get("hosts"))]
    for group in items(at(cluster, "load_assignment", "endpoints")):
        inside = items(mapping(group).get("lb_endpoints"))
        places += [at(mapping(each), "endpoint", "address", "socket_address") for each in inside]
    for place in places:
        host = mapping(place).get("address")
        if host:
            yield Address(str(host).lower(), str(mapping(place).get("port_value") or "") or None)


def _routes(value: Any) -> Iterator[dict[str, Any]]:
    """Every `route` with a `cluster`, wherever it stands."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if isinstance(each.get("route"), dict) and "cluster" in each["route"]:
                yield each["route"]
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


CONFIG = ConfigFile("envoy", "an Envoy configuration", Product("proxy", "envoy"), recognises, read)
