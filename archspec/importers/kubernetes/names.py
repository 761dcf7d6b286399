"""Names to components: which workloads are one component, and where each Service leads."""

import re
from dataclasses import dataclass, field
from typing import Any

from archspec.importers.facts import identifier
from archspec.importers.kubernetes.objects import Cluster, Object
from archspec.importers.stating import Network
from archspec.importers.tables import protocol_of
from archspec.importers.units import items, mapping

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
        names: dict[str, str] = {}
        for (space, service), ids in self.behind.items():
            if not ids:
                continue
            for host in hosts(service, space, own=space == namespace):
                names.setdefault(host, ids[0])
        return Network(names, unresolved, declares=True)


def _alike(name: str, other: str) -> bool:
    return name != other and name.removesuffix("s") == other.removesuffix("s")


def hosts(service: str, namespace: str, *, own: bool) -> list[str]:
    """The names that lead to a Service; the short one within its `own` namespace only."""
    full = f"{service}.{namespace}"
    return [*([service] if own else []), full, f"{full}.svc", f"{full}.svc.cluster.local"]


def names(cluster: Cluster) -> Names:
    """Give every workload its id, and follow every Service by its labels."""
    made = Names(cluster)
    spaces: dict[str, set[str]] = {}
    for each in cluster.workloads:
        spaces.setdefault(_base(each, cluster), set()).add(each.namespace)
    for each in cluster.workloads:
        base = _base(each, cluster)
        name = base if len(spaces[base]) == 1 else f"{each.namespace}-{base}"
        made.ids[each.kind, each.namespace, each.name] = identifier(name)
    for service in cluster.of("Service"):
        selector = mapping(service.spec.get("selector"))
        what = f"Service {service.name}"
        made.behind[service.namespace, service.name] = (
            made.selected(selector, service.namespace, what) if selector else []
        )
    return made


def _base(workload: Object, cluster: Cluster) -> str:
    """The name without its edition (`-v2`, `-canary`), where another edition runs under the same `app`."""
    base = _EDITION.sub("", workload.name)
    if base == workload.name:
        others = [each for each in cluster.workloads if _EDITION.sub("", each.name) == base and each is not workload]
        return base if others else workload.name
    app = workload.pod_labels.get("app") or workload.pod_labels.get("app.kubernetes.io/name")
    editions = [
        each
        for each in cluster.workloads
        if each.namespace == workload.namespace
        and _EDITION.sub("", each.name) == base
        and app in (each.pod_labels.get("app"), each.pod_labels.get("app.kubernetes.io/name"))
    ]
    return base if app and len(editions) > 1 else workload.name


def port_protocol(service: Object, port: str | None) -> str | None:
    """What is spoken at a port of a Service: its `appProtocol`, or the first word of its name."""
    ports = [mapping(each) for each in items(service.spec.get("ports"))]
    for each in ports:
        if port is None or str(each.get("port")) == port or str(each.get("name")) == port:
            return protocol_of(str(each.get("appProtocol") or "")) or protocol_of(str(each.get("name") or ""))
    return None
