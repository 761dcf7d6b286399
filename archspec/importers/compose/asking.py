"""Whom the services of a Compose project ask."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archspec.importers import Facts, Map, Network, Source, at, is_nobody, items, line_of, mapping, state
from archspec.importers.addresses import Address, addresses, in_words
from archspec.importers.compose.interpolation import read_env
from archspec.importers.compose.merging import named, pairs, port
from archspec.importers.compose.project import Project
from archspec.importers.compose.services import command_words, technology
from archspec.importers.facts import OUTSIDE, Grade, Hint, identifier

_LOG_ADDRESSES = ("fluentd-address", "gelf-address", "loki-url", "splunk-url", "syslog-address")
_LOG_PORTS = {"fluentd": "24224"}


@dataclass(slots=True)
class Asking:
    """Finds the connections of a project's services."""

    project: Project
    network: Network
    services: dict[str, Map]
    proxies: dict[str, list[str]] = field(default_factory=dict)
    """The services that are a proxy which finds its targets by labels, by product."""
    published: dict[str, str] = field(default_factory=dict)
    """The service at each port of the machine."""

    def __post_init__(self) -> None:
        """Look at every service once."""
        for name, service in self.services.items():
            self.proxies.setdefault(technology(service), []).append(identifier(name))
            for each in items(service.get("ports")):
                self.published.setdefault(port(each)["published"], identifier(name))

    def facts_of(self, name: str, service: Map, facts: Facts) -> None:
        """The connections from one service, and those from outside to it."""
        id_ = identifier(name)
        for key, found, line in self._stated(service):
            state(facts, self.network, id_, key, found, line, "env" if key.isupper() or "_" in key else "argument")
        self._started_after(id_, service, facts)
        self._logs(id_, service, facts)
        self._published(id_, service, facts)
        self._routed(id_, service, facts)

    def _stated(self, service: Map) -> Iterator[tuple[str, Address, int | None]]:
        environment = pairs(service.get("environment"))
        for key, value in environment.items():
            for found in addresses(key, str(value)) if value is not None else ():
                yield key, found, environment.line_of(key)
        for item in items(service.get("env_file")):
            path = self.project.beside(str(mapping(item).get("path", "")) if isinstance(item, dict) else str(item))
            for key, value in read_env(Source(str(path), path).text).items() if path and path.is_file() else ():
                for found in addresses(key, value) if key not in environment else ():
                    yield key, found, line_of(service, "env_file")
        for flag, found in in_words(command_words(service)):
            yield flag or "command", found, line_of(service, "command")

    def _started_after(self, id_: str, service: Map, facts: Facts) -> None:
        for key, grade in (("links", Grade.STATED), ("external_links", Grade.STATED), ("depends_on", Grade.ORDERED)):
            for target in named(service.get(key)):
                name = target.partition(":")[0]
                if name in self.network.names:
                    why = f"{key} {name}" + (", a start order" if grade is Grade.ORDERED else "")
                    facts.asks(id_, self.network.names[name], why, line_of(service, key), grade=grade)

    def _logs(self, id_: str, service: Map, facts: Facts) -> None:
        driver = str(at(service, "logging", "driver") or "")
        options = mapping(at(service, "logging", "options"))
        line = line_of(service, "logging")
        stated = next((str(options[key]) for key in _LOG_ADDRESSES if options.get(key)), "")
        found = next(iter(addresses("LOG_HOST", stated)), Address("localhost", _LOG_PORTS.get(driver)))
        to = self.network.of(found.host) or (self.published.get(found.port or "-") if is_nobody(found.host) else None)
        if to is not None and to != id_:
            facts.part(id_, "logs_to", to, f"logging driver {driver}", line)
            facts.part(to, Hint.USE, "log_service", f"logging driver {driver} of others leads to it", line)
        service_of = {
            "awslogs": ("cloudwatch-logs", "cloudwatch"),
            "gcplogs": ("cloud-logging", "google cloud logging"),
        }
        if driver in service_of:
            store, product = service_of[driver]
            facts.part(store, "kind", "log_service", f"logging driver {driver}", line)
            facts.part(store, "technology", product, f"logging driver {driver}", line)
            facts.part(id_, "logs_to", store, f"logging driver {driver}", line)

    def _published(self, id_: str, service: Map, facts: Facts) -> None:
        """Ports that every address of the machine answers at; the loopback's are not for others."""
        shown = []
        for item in items(service.get("ports")):
            found = port(item)
            if not re.match(r"127\.|\[?::1|localhost", found["host_ip"]) and found["protocol"] != "udp":
                shown.append(found["published"] or found["target"])
        if not shown:
            return
        line = line_of(service, "ports")
        label = f"port{'s' if len(shown) > 1 else ''} {', '.join(shown)}"
        facts.part(OUTSIDE, "kind", "client", "services publish ports; the file does not say who asks", line)
        facts.part(OUTSIDE, "label", "Outside", "services publish ports", line)
        facts.asks(OUTSIDE, id_, "published " + label, line, grade=Grade.ALLOWED, label=label)

    def _routed(self, id_: str, service: Map, facts: Facts) -> None:
        """Labels by which a proxy of the project finds what it stands before."""
        labels = pairs(service.get("labels"))
        labels.update(pairs(at(service, "deploy", "labels")))
        for product, pattern in (("traefik", r"traefik\.http\.routers\..*\.rule"), ("caddy", r"caddy(?:_\d+)?")):
            key = next((key for key in labels if re.fullmatch(pattern, key)), None)
            proxies = self.proxies.get(product, [])
            if key is not None and len(proxies) == 1 and proxies[0] != id_:
                facts.asks(proxies[0], id_, f"label {key}", labels.line_of(key), protocol="http")
