"""What lets requests in: Services with a balancer, Ingress, Gateway API, Istio, routes of OpenShift."""

from dataclasses import dataclass, field
from typing import Any

from archspec.importers import OUTSIDE, Facts, Grade, Hint, Object, at, connection, identifier, items, mapping, units
from archspec.importers.kubernetes.mesh import passed
from archspec.importers.kubernetes.names import Names, hosts, port_protocol

_TIMEOUTS = ("nginx.ingress.kubernetes.io/proxy-read-timeout", "haproxy.org/timeout-server")


@dataclass(slots=True)
class WaysIn:
    """Writes the entries of a cluster."""

    names: Names
    facts: dict[str, Facts]
    taken: set[str] = field(default_factory=set)
    """Ids of components, which an entry cannot have."""
    shares: dict[str, dict[str, int]] = field(default_factory=dict)
    """Of entries that split requests between components, what each of those gets."""

    def run(self) -> None:
        """Every entry."""
        for service in self.names.cluster.of("Service"):
            self._service(service)
        for ingress in self.names.cluster.of("Ingress"):
            self._ingress(ingress)
        for route in self.names.cluster.of("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"):
            self._route(route)
        for virtual in self.names.cluster.of("VirtualService"):
            self._virtual(virtual)
        for route in self.names.cluster.of("Route"):
            self._openshift(route)

    def _in(self, each: Object) -> Facts:
        return self.facts.setdefault(each.file, Facts(each.file))

    def _entry(self, each: Object, why: str, protocol: str | None) -> str:
        """A balancer that whoever is outside asks."""
        id_ = identifier(each.name)
        id_ = f"{id_}-entry" if id_ in self.taken else id_
        facts = self._in(each)
        facts.part(OUTSIDE, "kind", "client", why, each.line)
        facts.part(OUTSIDE, "label", "Outside", why, each.line)
        facts.part(id_, "kind", "load_balancer", why, each.line)
        facts.asks(OUTSIDE, id_, why, each.line, protocol=protocol)
        return id_

    def _service(self, service: Object) -> None:
        behind = self.names.behind.get((service.namespace, service.name), [])
        sort = str(service.spec.get("type") or "ClusterIP")
        facts = self._in(service)
        if sort == "ExternalName" and service.spec.get("externalName"):
            facts.part(identifier(service.name), "kind", "external", "Service of type ExternalName", service.line)
            return
        ports = [mapping(each) for each in items(service.spec.get("ports"))]
        for id_ in behind:
            facts.part(
                id_, Hint.LISTENS, str(ports[0].get("port")) if ports else True, f"Service {service.name}", service.line
            )
            for host in hosts(service.name, service.namespace, own=True):
                facts.part(id_, Hint.ALIAS, host, f"Service {service.name}", service.line)
        if not behind:
            return
        protocol = port_protocol(service, None)
        if sort == "LoadBalancer":
            shown = ", ".join(f"{each.get('port')} -> {each.get('targetPort', each.get('port'))}" for each in ports)
            why = f"Service type LoadBalancer, port {shown}"
            id_ = self._entry(service, why, protocol)
            for target in behind:
                facts.asks(id_, target, why, service.line, protocol=protocol)
                facts.part(target, "algorithm", "random", f"kube-proxy behind Service {service.name}", service.line)
        elif sort == "NodePort":
            shown = ", ".join(str(each.get("nodePort") or each.get("port")) for each in ports)
            why = f"Service type NodePort, port {shown}"
            facts.part(OUTSIDE, "kind", "client", why, service.line)
            facts.part(OUTSIDE, "label", "Outside", why, service.line)
            for target in behind:
                facts.asks(OUTSIDE, target, why, service.line, grade=Grade.ALLOWED, protocol=protocol)

    def _ingress(self, ingress: Object) -> None:
        tls = bool(ingress.spec.get("tls"))
        backends = [ingress.spec.get("backend"), ingress.spec.get("defaultBackend")]
        for rule in items(ingress.spec.get("rules")):
            backends += [mapping(path).get("backend") for path in items(at(mapping(rule), "http", "paths"))]
        services = [_backend(mapping(each)) for each in backends if each]
        self._balancer(ingress, [name for name in services if name], "https" if tls else "http", "Ingress")
        timeout = next(
            (units.seconds(ingress.annotations.get(key)) for key in _TIMEOUTS if key in ingress.annotations), None
        )
        if timeout:
            for name in services:
                for target in self.names.behind.get((ingress.namespace, str(name)), []):
                    self._in(ingress).add(
                        connection(self._id(ingress), target), "timeout", timeout, "its annotation", ingress.line
                    )

    def _id(self, each: Object) -> str:
        id_ = identifier(each.name)
        return f"{id_}-entry" if id_ in self.taken else id_

    def _balancer(self, each: Object, services: list[str], protocol: str, what: str) -> None:
        targets = [t for name in dict.fromkeys(services) for t in self.names.behind.get((each.namespace, name), [])]
        for name in dict.fromkeys(services):
            if (each.namespace, name) not in self.names.behind:
                self.names.unresolved.append(f"{what} {each.name}: the Service {name} is not declared")
        if not targets:
            return
        id_ = self._entry(each, f"{what} {each.name}", protocol)
        for target in dict.fromkeys(targets):
            self._in(each).asks(id_, target, f"{what} {each.name}", each.line, protocol="http")

    def _route(self, route: Object) -> None:
        """A route of a Gateway: one balancer for each Gateway, whatever its routes."""
        for parent in items(route.spec.get("parentRefs")):
            name = str(mapping(parent).get("name", ""))
            space = str(mapping(parent).get("namespace") or route.namespace)
            gateway = self.names.cluster.named("Gateway", name, space)
            if gateway is None:
                self.names.unresolved.append(f"{route.kind} {route.name}: the Gateway {name} is not declared")
                continue
            listeners = [str(mapping(each).get("protocol")) for each in items(gateway.spec.get("listeners"))]
            protocol = "https" if "HTTPS" in listeners else "http"
            id_ = self._entry(gateway, f"Gateway {name}", protocol)
            for rule in items(route.spec.get("rules")):
                self._rule(id_, route, mapping(rule))

    def _rule(self, id_: str, route: Object, rule: dict[str, Any]) -> None:
        timeout = units.duration(at(rule, "timeouts", "backendRequest") or at(rule, "timeouts", "request"))
        facts = self._in(route)
        backends = {
            target: _weight(mapping(ref))
            for ref in items(rule.get("backendRefs"))
            for target in self.names.behind.get((route.namespace, str(mapping(ref).get("name"))), [])
        }
        self._split(id_, backends, route)
        for target in (target for target, weight in backends.items() if weight):
            protocol = "grpc" if route.kind == "GRPCRoute" else "http"
            facts.asks(id_, target, f"{route.kind} {route.name}", route.line, protocol=protocol)
            facts.add(connection(id_, target), "timeout", timeout, f"{route.kind} {route.name}, timeouts", route.line)

    def _split(self, id_: str, weights: dict[str, int], each: Object) -> None:
        """Who gets how much of what an entry lets in; a share of 0 is nobody's."""
        shares = {target: weight for target, weight in weights.items() if weight}
        if len(shares) < 2 or len(set(shares.values())) == 1:
            return
        told = self.shares.setdefault(id_, {})
        if any(told.get(target, weight) != weight for target, weight in shares.items()):
            self.names.unresolved.append(f"{each.kind} {each.name}: another route gives its targets other weights")
            return
        told |= shares
        why = f"weights of {each.kind} {each.name}"
        self._in(each).part(id_, "algorithm", "weighted", why, each.line)
        self._in(each).part(id_, "weights", dict(told), why, each.line)

    def _virtual(self, virtual: Object) -> None:
        """Timeouts and tries of Istio hold for whoever asks; of its gateways, the entry."""
        for rule in items(virtual.spec.get("http")):
            each = mapping(rule)
            network = self.names.network(virtual.namespace, [])
            routes = {
                target: _weight(mapping(to))
                for to in items(each.get("route"))
                if (target := network.of(str(at(mapping(to), "destination", "host") or "").lower()))
            }
            targets = [target for target, weight in routes.items() if weight]
            for name in [str(name) for name in items(virtual.spec.get("gateways")) if name != "mesh"]:
                gateway = self.names.cluster.named("Gateway", name.rpartition("/")[2], virtual.namespace)
                if gateway is not None and targets:
                    id_ = self._entry(gateway, f"Gateway {gateway.name}", "http")
                    self._split(id_, routes, virtual)
                    for target in targets:
                        self._in(virtual).asks(
                            id_, target, f"VirtualService {virtual.name}", virtual.line, protocol="http"
                        )
                        passed(virtual, each, connection(id_, target), self._in(virtual))

    def _openshift(self, route: Object) -> None:
        name = str(at(route.spec, "to", "name") or "")
        self._balancer(route, [name] if name else [], "https" if route.spec.get("tls") else "http", "Route")


def service_entries(names: Names) -> list[str]:
    """A line for each host outside that a mesh lets through: who asks it, if anybody does, is not said."""
    entries = names.cluster.of("ServiceEntry")
    hosts_ = [(entry, str(host)) for entry in entries for host in items(entry.spec.get("hosts"))]
    return [f"{host}: ServiceEntry {entry.name} lets it through; who asks it is not said" for entry, host in hosts_]


def _weight(backend: dict[str, Any]) -> int:
    """The share of requests that a route gives a backend: 1 unless it says otherwise."""
    weight = units.integer(backend.get("weight"))
    return 1 if weight is None else max(0, weight)


def _backend(backend: dict[str, Any]) -> str | None:
    name = at(backend, "service", "name") or backend.get("serviceName")
    return str(name) if name else None
