"""Names to components: which workloads are one component, and where each Service leads."""

import re
from dataclasses import dataclass, field
from typing import Any

from archspec.importers import Cluster, Network, Object, identifier, items, mapping, protocol_of

_EDITION = re.compile(r"-(?:v\d+|canary|stable|blue|green|primary|baseline)$")


@dataclass(slots=True)
class Names:
    """The ids of workloads, and the components behind each Service."""

    cluster: Cluster
    ids: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """By kind, namespace and name."""
    behind: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """The components behind a Service, by namespace and name."""
    unresolved: list[str] = field(default_factory=list)
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    """The names of hosts as each namespace knows them."""

    def id_of(self, workload: Object) -> str:
        """The component that a workload is, or is an edition of."""
        return self.ids[workload.kind, workload.namespace, workload.name]

    def components(self) -> dict[str, list[Object]]:
        """The workloads of each component."""
        found: dict[str, list[Object]] = {}
        for workload in self.cluster.workloads:
            found.setdefault(self.id_of(workload), []).append(workload)
        return found

    def selected(self, selector: dict[str, Any], namespace: str, what: str) -> list[str]:
        """The components that a selector selects; where it selects none, one whose name is alike but for an `s`."""
        found = list(dict.fromkeys(self.id_of(each) for each in self.cluster.selected(selector, namespace)))
        wanted = mapping(selector.get("matchLabels")) or selector
        if found or not wanted or any(isinstance(value, dict | list) for value in wanted.values()):
            return found
        named = " ".join(f"{key}={value}" for key, value in wanted.items())
        alike = {
            self.id_of(each)
            for each in self.cluster.workloads
            for value in wanted.values()
            if _alike(each.name, str(value))
        }
        meant = f"; {min(alike)} is meant, it seems" if len(alike) == 1 else ""
        self.unresolved.append(f"{what}: the selector {named} selects nothing{meant}")
        return sorted(alike) if len(alike) == 1 else []

    def network(self, namespace: str, unresolved: list[str]) -> Network:
        """The names as a pod of a namespace knows them."""
        if namespace not in self.known:
            found: dict[str, str] = {}
            for (space, service), ids in self.behind.items():
                for host in hosts(service, space, own=space == namespace) if ids else ():
                    found.setdefault(host, ids[0])
            self.known[namespace] = found
        return Network(self.known[namespace], unresolved, declares=True)


def _alike(name: str, other: str) -> bool:
    return name != other and name.removesuffix("s") == other.removesuffix("s")


def hosts(service: str, namespace: str, *, own: bool) -> list[str]:
    """The names that lead to a Service; the short one within its `own` namespace only."""
    full = f"{service}.{namespace}"
    return [*([service] if own else []), full, f"{full}.svc", f"{full}.svc.cluster.local"]


def names(cluster: Cluster) -> Names:
    """Give every workload its id, and follow every Service by its labels."""
    made = Names(cluster)
    bases = _bases(cluster)
    spaces: dict[str, set[str]] = {}
    for each in cluster.workloads:
        spaces.setdefault(bases[id(each)], set()).add(each.namespace)
    for each in cluster.workloads:
        base = bases[id(each)]
        name = base if len(spaces[base]) == 1 else f"{each.namespace}-{base}"
        made.ids[each.kind, each.namespace, each.name] = identifier(name)
    for service in cluster.of("Service"):
        selector = mapping(service.spec.get("selector"))
        what = f"Service {service.name}"
        made.behind[service.namespace, service.name] = (
            made.selected(selector, service.namespace, what) if selector else []
        )
    return made


def _bases(cluster: Cluster) -> dict[int, str]:
    """The name of each workload, without its edition (`-v2`, `-canary`) where another runs under the same `app`."""
    editions: dict[tuple[str, str, str], list[Object]] = {}
    for each in cluster.workloads:
        app = each.pod_labels.get("app") or each.pod_labels.get("app.kubernetes.io/name") or ""
        editions.setdefault((each.namespace, str(app), _EDITION.sub("", each.name)), []).append(each)
    found: dict[int, str] = {}
    for (_, app, base), many in editions.items():
        for each in many:
            found[id(each)] = base if app and len(many) > 1 else each.name
    return found


def port_protocol(service: Object, port: str | None) -> str | None:
    """What is spoken at a port of a Service: its `appProtocol`, or the first word of its name."""
    ports = [mapping(each) for each in items(service.spec.get("ports"))]
    for each in ports:
        if port is None or str(each.get("port")) == port or str(each.get("name")) == port:
            return protocol_of(str(each.get("appProtocol") or "")) or protocol_of(str(each.get("name") or ""))
    return None
