"""Who collects the metrics of a workload, and the configurations that it has mounted."""

from collections.abc import Iterator

from archspec.importers import Facts, Reading, Source, at, component, mapping, product_of
from archspec.importers.alert_rules import alerts_of
from archspec.importers.kubernetes.asking import Asking
from archspec.importers.kubernetes.names import Names
from archspec.importers.kubernetes.objects import containers
from archspec.importers.mounted import read_mounted
from archspec.importers.products.alertmanager import receivers


def mounted(asking: Asking, reading: Reading) -> Iterator[Facts]:
    """The files of known products that a workload has mounted from ConfigMaps."""
    files: dict[str, Source] = {}
    for name, file, text in asking.mounted_maps():
        label = f"ConfigMap {name}, {file}"
        files[file] = Source(label, None, text.encode())
    images = [str(each.get("image") or "") for each in containers(asking.workload)]
    known = product_of(images[0]) if images else None
    return read_mounted(asking.id, files, reading, known.technology if known else None)


def alerting(names: Names, facts: dict[str, Facts], notes: list[str]) -> None:
    """Alerts of PrometheusRules, on the components behind the Service that a job is called by; receivers of alerts."""
    jobs = {service: ids for (_, service), ids in names.behind.items()}
    for rule in names.cluster.of("PrometheusRule"):
        alerts_of(rule.spec, jobs, facts.setdefault(rule.file, Facts(rule.file)), notes)
    for each in names.cluster.of("AlertmanagerConfig"):
        receivers(each.spec, facts.setdefault(each.file, Facts(each.file)), "Configs")


def monitored(names: Names, facts: dict[str, Facts]) -> None:
    """Whose metrics the one Prometheus of the files collects: monitors' Services, and pods that ask for it."""
    stores = [
        names.id_of(each)
        for each in names.cluster.workloads
        if (known := product_of(str(at(mapping((containers(each) or [{}])[0]), "image") or "")))
        and known.kind == "metrics_service"
    ]
    if len(stores) != 1:
        return
    for monitor in names.cluster.of("ServiceMonitor"):
        wanted = mapping(at(monitor.spec, "selector", "matchLabels"))
        for service in names.cluster.of("Service"):
            if wanted and all(service.labels.get(key) == value for key, value in wanted.items()):
                for id_ in names.behind.get((service.namespace, service.name), []):
                    into = facts.setdefault(monitor.file, Facts(monitor.file))
                    into.part(id_, "metrics_to", stores[0], f"ServiceMonitor {monitor.name}", monitor.line)
    for monitor in names.cluster.of("PodMonitor"):
        selector = mapping(monitor.spec.get("selector"))
        for id_ in names.selected(selector, monitor.namespace, f"PodMonitor {monitor.name}"):
            into = facts.setdefault(monitor.file, Facts(monitor.file))
            into.part(id_, "metrics_to", stores[0], f"PodMonitor {monitor.name}", monitor.line)
    for workload in names.cluster.workloads:
        annotations = mapping(at(workload.template, "metadata", "annotations"))
        if str(annotations.get("prometheus.io/scrape", "")).lower() == "true":
            into = facts.setdefault(workload.file, Facts(workload.file))
            into.add(component(names.id_of(workload)), "metrics_to", stores[0], "prometheus.io/scrape", workload.line)
