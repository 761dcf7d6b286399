"""Kubernetes objects: manifests, and what helm, kustomize and kubectl print."""

from collections.abc import Sequence

from archspec.importers import Choices, Facts, Hint, Importer, Reading, Source, system_name
from archspec.importers.kubernetes.asking import Asking
from archspec.importers.kubernetes.mesh import mesh
from archspec.importers.kubernetes.monitoring import alerting, monitored, mounted
from archspec.importers.kubernetes.names import names
from archspec.importers.kubernetes.objects import SILENT, WORKLOADS, Object, cluster, containers
from archspec.importers.kubernetes.policies import CILIUM, policies
from archspec.importers.kubernetes.scaling import copies, disruptions
from archspec.importers.kubernetes.ways_in import WaysIn, service_entries
from archspec.importers.kubernetes.workloads import describe
from archspec.importers.schema_checks import MOST_CHECKED, kubernetes_parts, misfits

_READ = frozenset(
    {"Service", "Ingress", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "Gateway", "VirtualService", "Route"}
    | {"NetworkPolicy", "HorizontalPodAutoscaler", "ScaledObject", "ServiceEntry", "ServiceMonitor", "PodMonitor"}
    | {"PrometheusRule", "AlertmanagerConfig", "PodDisruptionBudget", "DestinationRule", *CILIUM}
)


def recognises(source: Source) -> bool:
    """`apiVersion` and `kind`, and not those of Backstage."""
    return source.first(
        lambda document: (
            "apiVersion" in document
            and "kind" in document
            and not str(document["apiVersion"]).startswith(("backstage.io/", "kustomize.config.k8s.io/"))
        )
    )


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """The workloads of a cluster and who asks whom."""
    del choices
    found = cluster(sources)
    known = names(found)
    reading = Reading(name=_system(found.workloads) or system_name(sources[0].path))
    facts: dict[str, Facts] = {}
    read_facts: list[Facts] = []
    for id_, workloads in known.components().items():
        first = workloads[0]
        into = facts.setdefault(first.file, Facts(first.file))
        describe(id_, first, into)
        network = known.network(first.namespace, reading.unresolved)
        asking = Asking(known, network, first, id_, into)
        asking.run()
        read_facts += mounted(asking, reading)
        if not _has_port(first) and not any(id_ in behind for behind in known.behind.values()):
            into.part(id_, Hint.LISTENS, False, "no Service, no port: nobody asks it", first.line)
    entries = WaysIn(known, facts, set(known.ids.values()))
    entries.run()
    reading.left_out += service_entries(known)
    policies(known, facts)
    copies(known, facts, reading.notes)
    disruptions(known, facts)
    mesh(known, facts)
    monitored(known, facts)
    alerting(known, facts, reading.notes)
    reading.facts = [fact for each in (*facts.values(), *read_facts) for fact in each.found]
    reading.unresolved += known.unresolved
    reading.notes += _misfits(found.objects)
    reading.read = {"Kubernetes objects": len(found.objects), **reading.read}
    for each in found.objects:
        if each.kind not in _READ and each.kind not in SILENT and each.kind not in WORKLOADS:
            reading.not_understood[each.kind] = reading.not_understood.get(each.kind, 0) + 1
    return reading


def _misfits(objects: list[Object]) -> list[str]:
    """Where objects do not fit the schema of their kind, if it is one that Kubernetes has now."""
    parts = kubernetes_parts()
    told = []
    for each in objects[:MOST_CHECKED]:
        part = parts.get((str(each.data.get("apiVersion")), each.kind))
        own = {key: value for key, value in each.data.items() if key not in ("status", "metadata")}
        places = misfits("kubernetes", own, part) if part is not None else []
        told += [f"{each.kind} {each.name} is not as Kubernetes' schema has it: {place}" for place in places]
    return told


def _system(workloads: list[Object]) -> str | None:
    """The system that all workloads say they are part of, else the one namespace they share, if it has a name."""
    parts = {str(each.labels.get("app.kubernetes.io/part-of", "")) for each in workloads}
    if len(parts) == 1 and (part := parts.pop()):
        return part
    spaces = {each.namespace for each in workloads}
    return spaces.pop() if len(spaces) == 1 and spaces != {"default"} else None


def _has_port(workload: Object) -> bool:
    return any(each.get("ports") for each in containers(workload))


IMPORTER = Importer("kubernetes", "Kubernetes manifests", recognises, read)
