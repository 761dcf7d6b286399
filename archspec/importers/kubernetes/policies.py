"""Network policies: who may ask whom. Only selectors of pods say something; `{}` and blocks of addresses do not."""

from collections.abc import Iterator
from typing import Any

from archspec.importers import Facts, Grade, Object, at, component, items, mapping, public_host
from archspec.importers.kubernetes.names import Names

CILIUM = ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy")
_NAMESPACE = "io.kubernetes.pod.namespace"


def policies(names: Names, facts: dict[str, Facts]) -> None:
    """The connections that policies allow, written from who opens them."""
    for policy in names.cluster.of("NetworkPolicy"):
        _policy(names, policy, facts.setdefault(policy.file, Facts(policy.file)))
    for policy in names.cluster.of(*CILIUM):
        for spec in (policy.spec, *map(mapping, items(policy.data.get("specs")))):
            _cilium(names, policy, spec, facts.setdefault(policy.file, Facts(policy.file)))


def _policy(names: Names, policy: Object, into: Facts) -> None:
    selector = _selector(policy.spec)
    if not selector:
        return
    own = names.selected(selector, policy.namespace, _called(policy))
    for rule in map(mapping, items(policy.spec.get("ingress"))):
        for other in _peers(names, policy, rule.get("from")):
            for id_ in own:
                _allow(into, policy, other, id_, _ports(rule))
    for rule in map(mapping, items(policy.spec.get("egress"))):
        for other in _peers(names, policy, rule.get("to")):
            for id_ in own:
                _allow(into, policy, id_, other, _ports(rule))


def _peers(names: Names, policy: Object, peers: Any) -> list[str]:
    found: list[str] = []
    for peer in items(peers):
        each = mapping(peer)
        selector = _selector(each)
        space = at(each, "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name") or policy.namespace
        if selector:
            found += names.selected(selector, str(space), _called(policy))
    return list(dict.fromkeys(found))


def _selector(holder: dict[str, Any]) -> dict[str, Any]:
    """The selector of pods; one that selects by nothing is empty, and means all of them."""
    return {key: value for key, value in mapping(holder.get("podSelector")).items() if value}


def _cilium(names: Names, policy: Object, spec: dict[str, Any], into: Facts) -> None:
    """Cilium's own policies: endpoints by labels, and hosts outside by their names."""
    own = list(_endpoints(names, policy, [spec.get("endpointSelector")]))
    for rule in map(mapping, items(spec.get("ingress"))):
        for other in _endpoints(names, policy, items(rule.get("fromEndpoints"))):
            for id_ in own:
                _allow(into, policy, other, id_, _cilium_ports(rule))
    for rule in map(mapping, items(spec.get("egress"))):
        for other in (*_endpoints(names, policy, items(rule.get("toEndpoints"))), *_services(names, policy, rule)):
            for id_ in own:
                _allow(into, policy, id_, other, _cilium_ports(rule))
        for host in map(mapping, items(rule.get("toFQDNs"))):
            public = public_host(str(host.get("matchName") or ""))
            if public is None:
                continue
            for id_ in own:
                into.add(component(public[0]), "kind", "external", f"host {host['matchName']}", policy.line)
                into.add(component(public[0]), "label", public[1], f"host {host['matchName']}", policy.line)
                _allow(into, policy, id_, public[0], _cilium_ports(rule))


def _endpoints(names: Names, policy: Object, selectors: list[Any]) -> Iterator[str]:
    """The components that selectors of endpoints select; a key may name its source (`k8s:app`)."""
    for selector in selectors:
        labels = {
            str(key).partition(":")[2] or str(key): value
            for key, value in mapping(mapping(selector).get("matchLabels")).items()
            if not str(key).startswith("reserved:")
        }
        space = labels.pop(_NAMESPACE, labels.pop(f"k8s.{_NAMESPACE}", policy.namespace))
        if labels:
            yield from names.selected({"matchLabels": labels}, str(space), _called(policy))


def _services(names: Names, policy: Object, rule: dict[str, Any]) -> Iterator[str]:
    for each in map(mapping, items(rule.get("toServices"))):
        service = mapping(each.get("k8sService"))
        space = str(service.get("namespace") or policy.namespace)
        yield from names.behind.get((space, str(service.get("serviceName"))), [])


def _called(policy: Object) -> str:
    return f"{policy.kind} {policy.name}"


def _ports(rule: dict[str, Any]) -> list[Any]:
    return items(rule.get("ports"))


def _cilium_ports(rule: dict[str, Any]) -> list[Any]:
    return [port for each in items(rule.get("toPorts")) for port in items(mapping(each).get("ports"))]


def _allow(into: Facts, policy: Object, from_: str, to: str, ports: list[Any]) -> None:
    if from_ == to:
        return
    shown = ", ".join(str(mapping(each).get("port")) for each in ports if mapping(each).get("port"))
    why = _called(policy) + (f", port {shown}" if shown else "")
    into.asks(from_, to, why, policy.line, grade=Grade.ALLOWED)
