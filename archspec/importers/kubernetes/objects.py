"""Kubernetes objects: flattened out of files, streams and lists, each once, found by kind and by label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.importers import Map, Source, at, items, mapping

WORKLOADS = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig", "Rollout", "Pod",
             "DaemonSet", "CronJob", "Job")  # fmt: skip
SILENT = frozenset(
    {"ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "Namespace", "Secret", "ConfigMap"}
    | {
        "CustomResourceDefinition",
        "PersistentVolume",
        "PersistentVolumeClaim",
        "StorageClass",
        "PriorityClass",
        "Project",
    }
    | {"Endpoints", "EndpointSlice", "Event", "Node", "APIService", "IngressClass", "GatewayClass", "LimitRange"}
    | {"ResourceQuota", "PodSecurityPolicy", "Lease", "ControllerRevision", "Kustomization", "SecretProviderClass"}
)
"""Kinds that say nothing of who asks whom and that nobody misses in the report."""


_NAMES_ONLY = SILENT - {"ConfigMap"}


@frozen
class Object:
    """One object, with where it stands."""

    kind: str
    name: str
    namespace: str
    data: Map
    file: str

    @property
    def spec(self) -> dict[str, Any]:
        """Its `spec`."""
        return mapping(self.data.get("spec"))

    @property
    def labels(self) -> dict[str, Any]:
        """Its own labels."""
        return mapping(at(self.data, "metadata", "labels"))

    @property
    def annotations(self) -> dict[str, Any]:
        """Its own annotations."""
        return mapping(at(self.data, "metadata", "annotations"))

    @property
    def line(self) -> int:
        """Its first line."""
        return self.data.line

    @property
    def template(self) -> dict[str, Any]:
        """Of a workload, the pod it makes: `metadata` and `spec`."""
        if self.kind == "Pod":
            return self.data
        holder = mapping(at(self.spec, "jobTemplate", "spec")) if self.kind == "CronJob" else self.spec
        return mapping(holder.get("template"))

    @property
    def pod(self) -> dict[str, Any]:
        """Of a workload, the spec of its pods."""
        return mapping(self.template.get("spec"))

    @property
    def pod_labels(self) -> dict[str, Any]:
        """Of a workload, the labels of its pods."""
        return mapping(at(self.template, "metadata", "labels"))


@dataclass
class Cluster:
    """All objects of the files."""

    objects: list[Object] = field(default_factory=list)

    @cached_property
    def _by_kind(self) -> dict[str, list[Object]]:
        found: dict[str, list[Object]] = {}
        for each in self.objects:
            found.setdefault(each.kind, []).append(each)
        return found

    @cached_property
    def _by_name(self) -> dict[tuple[str, str, str], Object]:
        return {(each.kind, each.name, each.namespace): each for each in self.objects}

    @cached_property
    def _by_label(self) -> dict[tuple[str, str, str], list[Object]]:
        """Workloads by namespace and each label of their pods."""
        found: dict[tuple[str, str, str], list[Object]] = {}
        for each in self.workloads:
            for key, value in each.pod_labels.items():
                found.setdefault((each.namespace, key, str(value)), []).append(each)
        return found

    def of(self, *kinds: str) -> Iterator[Object]:
        """The objects of some kinds, kind by kind in the order of the files."""
        return (each for kind in kinds for each in self._by_kind.get(kind, ()))

    def named(self, kind: str, name: str, namespace: str) -> Object | None:
        """One object."""
        return self._by_name.get((kind, name, namespace))

    @cached_property
    def workloads(self) -> list[Object]:
        """What runs pods, and is not made by another object, in the order of the files."""
        return [
            each for each in self.objects if each.kind in WORKLOADS and not at(each.data, "metadata", "ownerReferences")
        ]

    def selected(self, selector: dict[str, Any], namespace: str) -> list[Object]:
        """The workloads whose pods bear all labels of a selector; an empty one selects none here."""
        wanted = dict(mapping(selector.get("matchLabels"))) if "matchLabels" in selector else dict(selector)
        wanted.pop("matchExpressions", None)
        if not wanted:
            return []
        first, *rest = wanted.items()
        bearing = self._by_label.get((namespace, first[0], str(first[1])), [])
        return [each for each in bearing if all(str(each.pod_labels.get(key)) == str(value) for key, value in rest)]


def cluster(sources: Sequence[Source]) -> Cluster:
    """The objects of all files.

    Raises:
        UsageError: two files declare one object, and not alike.

    """
    known: dict[tuple[str, str, str], Object] = {}
    for source in sources:
        for document in source.documents:
            for each in _flattened(document, source.name):
                key = (each.kind, each.namespace, each.name)
                before = known.setdefault(key, each)
                if before is not each and before.data != each.data and each.kind not in _NAMES_ONLY:
                    places = f"{before.file}:{before.line} and {each.file}:{each.line}"
                    what = f"{each.kind} `{each.name}` is declared twice, in {places}"
                    raise UsageError(f"{what}; name one of them, or pipe in what `kustomize build` makes of them.")
    return Cluster(list(known.values()))


def _flattened(document: Any, file: str) -> Iterator[Object]:
    if not isinstance(document, Map):
        return
    kind = str(document.get("kind") or "")
    if kind.endswith("List") and isinstance(document.get("items"), list):
        for item in document["items"]:
            yield from _flattened(item, file)
        return
    name = at(document, "metadata", "name") or at(document, "metadata", "generateName")
    if kind and name:
        yield Object(kind, str(name), str(at(document, "metadata", "namespace") or "default"), document, file)


def containers(workload: Object) -> list[dict[str, Any]]:
    """The containers of a workload's pods, without sidecars of a mesh or of telemetry."""
    found = [mapping(each) for each in items(workload.pod.get("containers"))]
    own = [each for each in found if not _is_sidecar(str(each.get("name", "")), str(each.get("image", "")))]
    return own or found


def _is_sidecar(name: str, image: str) -> bool:
    known = (
        "istio-proxy",
        "linkerd-proxy",
        "cloud-sql-proxy",
        "jaeger-agent",
        "fluent-bit",
        "datadog-agent",
        "vault-agent",
    )
    return any(each in name or each in image for each in known)
