"""NetworkPolicies: who may ask whom. Only selectors of pods say something; `{}` and blocks of addresses do not."""

from typing import Any

from archspec.importers.facts import Grade
from archspec.importers.kubernetes.names import Names
from archspec.importers.kubernetes.objects import Object
from archspec.importers.reasons import Facts
from archspec.importers.units import at, items, mapping


def policies(names: Names, facts: dict[str, Facts]) -> None:
    """The connections that NetworkPolicies allow, written from who opens them."""
    for policy in names.cluster.of("NetworkPolicy", "CiliumNetworkPolicy"):
        selector = _selector(policy.spec)
        if not selector or policy.kind != "NetworkPolicy":
            continue
        into = facts.setdefault(policy.file, Facts(policy.file))
        own = names.selected(selector, policy.namespace, f"NetworkPolicy {policy.name}")
        for rule in items(policy.spec.get("ingress")):
            for other in _peers(names, policy, mapping(rule).get("from")):
                for id_ in own:
                    _allow(into, policy, other, id_, mapping(rule))
        for rule in items(policy.spec.get("egress")):
            for other in _peers(names, policy, mapping(rule).get("to")):
                for id_ in own:
                    _allow(into, policy, id_, other, mapping(rule))


def _peers(names: Names, policy: Object, peers: Any) -> list[str]:
    found: list[str] = []
    for peer in items(peers):
        each = mapping(peer)
        selector = _selector(each)
        space = at(each, "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name") or policy.namespace
        if selector:
            found += names.selected(selector, str(space), f"NetworkPolicy {policy.name}")
    return list(dict.fromkeys(found))


def _selector(holder: dict[str, Any]) -> dict[str, Any]:
    """The selector of pods; one that selects by nothing is empty, and means all of them."""
    return {key: value for key, value in mapping(holder.get("podSelector")).items() if value}


def _allow(into: Facts, policy: Object, from_: str, to: str, rule: dict[str, Any]) -> None:
    if from_ == to:
        return
    ports = ", ".join(str(mapping(each).get("port")) for each in items(rule.get("ports")) if mapping(each).get("port"))
    why = f"NetworkPolicy {policy.name}" + (f", port {ports}" if ports else "")
    into.asks(from_, to, why, policy.line, grade=Grade.ALLOWED)
