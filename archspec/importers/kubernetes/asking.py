"""Whom the pods of a workload ask: by variables, arguments, ConfigMaps and init containers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archspec.importers import Facts, Grade, Network, at, items, line_of, mapping, state
from archspec.importers.addresses import Address, addresses, in_words
from archspec.importers.compose.merging import words
from archspec.importers.kubernetes.names import Names, port_protocol
from archspec.importers.kubernetes.objects import Object, containers

_FILES = re.compile(r"\.(?:ya?ml|properties|json|toml|ini|env|conf|cfg|xml|js|config)$|^[^.]+$")
_SETTING = re.compile(r"^\s*[\"']?([\w.-]+)[\"']?\s*[:=]\s*[\"']?(.+?)[\"']?,?\s*$", re.MULTILINE)
_INJECTED = re.compile(r"\$\(([A-Z0-9_]+)_SERVICE_HOST\)")


@dataclass(slots=True)
class Asking:
    """Finds the connections of one workload."""

    names: Names
    network: Network
    workload: Object
    id: str
    facts: Facts

    def run(self) -> None:
        """The facts of every container."""
        for container in containers(self.workload):
            for key, value, line, where in self._settings(container):
                for found in addresses(key, self._injected(value)):
                    self._state(key, found, line, where)
            said = [*words(container.get("command")), *words(container.get("args"))]
            for flag, found in in_words([self._injected(word) for word in said]):
                self._state(flag or "argument", found, line_of(container, "args"), "argument")
        self._mounted()
        self._waits()

    def _state(self, key: str, found: Address, line: int | None, where: str) -> None:
        state(self.facts, self.network, self.id, key, found, line, where, protocol=self._protocol(found))

    def _protocol(self, found: Address) -> str | None:
        name, _, rest = found.host.partition(".")
        space = rest.partition(".")[0] or self.workload.namespace
        service = self.names.cluster.named("Service", name, space)
        return port_protocol(service, found.port) if service else None

    def _injected(self, value: str) -> str:
        """A value in which `$(REDIS_SERVICE_HOST)` is the Service that Kubernetes names so."""
        if "_SERVICE_HOST)" not in value:
            return value
        services = {name.upper().replace("-", "_"): name for _, name in self.names.behind}
        return _INJECTED.sub(lambda match: services.get(match[1], match[0]), value)

    def _settings(self, container: dict[str, Any]) -> Iterator[tuple[str, str, int | None, str]]:
        """The variables of a container: key, value, line, and what sort of place it stands in. No Secret is read."""
        for source in items(container.get("envFrom")):
            name = at(mapping(source), "configMapRef", "name")
            for key, value in self._map(str(name)).items() if name else ():
                yield str(key), str(value), line_of(container, "envFrom"), f"ConfigMap {name},"
        for item in items(container.get("env")):
            each = mapping(item)
            key, line = str(each.get("name", "")), line_of(each, "name")
            reference = mapping(at(each, "valueFrom", "configMapKeyRef"))
            if each.get("value") is not None:
                yield key, str(each["value"]), line, "env"
            elif reference:
                value = self._map(str(reference.get("name"))).get(str(reference.get("key")))
                if value is not None:
                    yield key, str(value), line, f"ConfigMap {reference.get('name')}, env"

    def _map(self, name: str) -> dict[str, Any]:
        found = self.names.cluster.named("ConfigMap", name, self.workload.namespace)
        return mapping(found.data.get("data")) if found else {}

    def mounted_maps(self) -> Iterator[tuple[str, str, str]]:
        """The files of ConfigMaps that are mounted: the map's name, the file's name, its text."""
        for volume in items(self.workload.pod.get("volumes")):
            name = at(mapping(volume), "configMap", "name")
            for file, text in self._map(str(name)).items() if name else ():
                yield str(name), str(file), str(text or "")

    def _mounted(self) -> None:
        """Settings in mounted files: only what leads to a Service counts, since a file may be a mere example."""
        for name, file, text in self.mounted_maps():
            if not _FILES.search(file):
                continue
            for key, value in _SETTING.findall(text):
                for found in addresses(key, value):
                    if found.host in self.network.names and (found.port or found.scheme):
                        self._state(key, found, self.workload.line, f"ConfigMap {name}, {file}:")

    def _waits(self) -> None:
        """Init containers that wait for a host say an order."""
        for container in items(self.workload.pod.get("initContainers")):
            each = mapping(container)
            text = " ".join([*words(each.get("command")), *words(each.get("args"))])
            for host in re.findall(r"[A-Za-z0-9][\w.-]*", text):
                target = self.network.of(host.lower())
                if target and target != self.id and re.search(r"\bnc\b|wait|curl|wget|until|nslookup|dig|ping", text):
                    why = f"an init container waits for {host}"
                    self.facts.asks(self.id, target, why, line_of(each, "name"), grade=Grade.ORDERED)
