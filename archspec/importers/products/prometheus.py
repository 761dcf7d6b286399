"""Prometheus: what it scrapes, how often, and its alerts."""

from typing import Any

from archspec.importers import ConfigFile, Configured, Product, Source, component, is_nobody, units
from archspec.importers.addresses import addresses
from archspec.importers.alert_rules import alerts
from archspec.importers.units import at, items, line_of, mapping


def recognises(source: Source) -> bool:
    """`scrape_configs`, beside nothing that Prometheus does not have."""
    return source.first(
        lambda document: isinstance(document.get("scrape_configs"), list) and "services" not in document
    )


def read(found: Configured) -> None:
    """The jobs' targets send it their metrics."""
    for document in found.source.documents:
        data = mapping(document)
        for key in ("scrape_interval", "evaluation_interval"):
            value = units.duration(at(data, "global", key))
            found.facts.part(found.owner, key, value, f"{key} {value}", line_of(data.get("global"), key))
        jobs: dict[str, list[str]] = {}
        for job in items(data.get("scrape_configs")):
            name = str(mapping(job).get("job_name", ""))
            jobs[name] = _targets(mapping(job))
            for host in jobs[name]:
                why = f"Prometheus job {name}, target {host}"
                found.facts.add(component(host), "metrics_to", found.owner, why, line_of(job, "job_name"))
        for write in items(data.get("remote_write")):
            for address in addresses("URL", str(mapping(write).get("url") or "")):
                found.asks(address, "remote_write", line_of(write, "url"))
        for path in items(data.get("rule_files")):
            text = found.beside(str(path))
            if text is not None:
                alerts(text, jobs, found)


def _targets(job: dict[str, Any]) -> list[str]:
    hosts = []
    for group in items(job.get("static_configs")):
        for target in items(mapping(group).get("targets")):
            host = str(target).rpartition("//")[2].partition("/")[0].partition(":")[0].lower()
            if host and not is_nobody(host):
                hosts.append(host)
    for group in items(job.get("dns_sd_configs")):
        hosts += [str(name).removeprefix("tasks.").lower() for name in items(mapping(group).get("names"))]
    return list(dict.fromkeys(hosts))


CONFIG = ConfigFile(
    "prometheus", "a Prometheus configuration", Product("metrics_service", "prometheus"), recognises, read
)
