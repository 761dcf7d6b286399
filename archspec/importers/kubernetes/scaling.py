"""How many replicas there are: what workloads say, and autoscalers."""

import re
from fractions import Fraction
from typing import Any

from archspec.importers import Facts, Hint, Object, at, items, mapping, units
from archspec.importers.kubernetes.names import Names
from archspec.importers.kubernetes.workloads import cores, replicas


def copies(names: Names, facts: dict[str, Facts], notes: list[str]) -> None:
    """Replicas where they are written; the range of an autoscaler instead of them."""
    scaled: dict[str, Object] = {}
    for scaler in names.cluster.of("HorizontalPodAutoscaler", "ScaledObject"):
        target = str(at(scaler.spec, "scaleTargetRef", "name") or "")
        ids = [id_ for (_, space, name), id_ in names.ids.items() if name == target and space == scaler.namespace]
        if ids:
            scaled[ids[0]] = scaler
        else:
            names.unresolved.append(f"{scaler.kind} {scaler.name}: the workload {target} is not declared")
    for id_, workloads in names.components().items():
        scaler_of = scaled.get(id_)
        if scaler_of is not None:
            _scaled(id_, scaler_of, workloads[0], facts.setdefault(scaler_of.file, Facts(scaler_of.file)), notes)
            continue
        count = replicas(workloads)
        if count:
            into = facts.setdefault(workloads[0].file, Facts(workloads[0].file))
            into.part(id_, "replicas", count, f"replicas {count}", units.line_of(workloads[0].spec, "replicas"))


def disruptions(names: Names, facts: dict[str, Facts]) -> None:
    """Budgets of disruptions, as comments: they speak of drains, and not of how many replicas are needed."""
    for budget in names.cluster.of("PodDisruptionBudget"):
        selector = mapping(budget.spec.get("selector"))
        said = [f"{key} {budget.spec[key]}" for key in ("minAvailable", "maxUnavailable") if key in budget.spec]
        into = facts.setdefault(budget.file, Facts(budget.file))
        for id_ in names.selected(selector, budget.namespace, f"PodDisruptionBudget {budget.name}") if said else ():
            words = f"PodDisruptionBudget {budget.name}: {said[0]} while nodes are drained"
            into.part(id_, Hint.ALSO, words, words, budget.line)


def _scaled(id_: str, scaler: Object, workload: Object, into: Facts, notes: list[str]) -> None:
    spec = scaler.spec
    least = units.integer(spec.get("minReplicas") or spec.get("minReplicaCount")) or 1
    most = units.integer(spec.get("maxReplicas") or spec.get("maxReplicaCount"))
    if not most or most < least:
        return
    scaling: dict[str, Any] = {"min": least, "max": most}
    why = f"{scaler.kind} {scaler.name}"
    share = _utilisation(scaler)
    queue = _queue_length(scaler)
    if share is not None:
        known, said = _of_cores(share, workload)
        if known is not None:
            scaling |= {"metric": "cpu", "target": f"{float(known * 100):.4g}%"}
            why += f": {said}"
        else:
            notes.append(
                f"{id_}: its autoscaler aims at {share}% of requests, which are not given; no target is written"
            )
    elif queue is not None:
        scaling |= {"metric": "queue_length", "target": queue}
        why += f": {queue} messages for each replica"
    else:
        followed = _others(scaler)
        why += f": it follows {', '.join(followed)}, which no spec can say" if followed else ""
    into.part(id_, "scaling", scaling, why, scaler.line)


def _others(scaler: Object) -> list[str]:
    """The names of other metrics that an autoscaler follows."""
    found = []
    for metric in map(mapping, items(scaler.spec.get("metrics"))):
        for sort in ("resource", "pods", "object", "external", "containerResource"):
            each = mapping(metric.get(sort))
            name = each.get("name") or at(each, "metric", "name") or each.get("metricName")
            found += [str(name)] if name else []
    return found + [str(mapping(each).get("type")) for each in items(scaler.spec.get("triggers"))]


def _utilisation(scaler: Object) -> int | None:
    """The share of the requested processor that is aimed at, in percent."""
    first = units.integer(scaler.spec.get("targetCPUUtilizationPercentage"))
    if first:
        return first
    for metric in items(scaler.spec.get("metrics")):
        resource = mapping(mapping(metric).get("resource"))
        if resource.get("name") == "cpu":
            return units.integer(
                at(resource, "target", "averageUtilization") or resource.get("targetAverageUtilization")
            )
    for trigger in items(scaler.spec.get("triggers")):
        if mapping(trigger).get("type") == "cpu":
            return units.integer(at(mapping(trigger), "metadata", "value"))
    return None


def _queue_length(scaler: Object) -> int | None:
    for trigger in items(scaler.spec.get("triggers")):
        data = mapping(mapping(trigger).get("metadata"))
        length = data.get("queueLength") or data.get("lagThreshold")
        if length is None and data.get("mode") == "QueueLength":
            length = data.get("value")
        if units.integer(length):
            return units.integer(length)
    for metric in items(scaler.spec.get("metrics")):
        external = mapping(mapping(metric).get("external"))
        if re.search(r"queue|messages|backlog|lag\b", str(at(external, "metric", "name") or "").lower()):
            return units.integer(at(external, "target", "averageValue"))
    return None


def _of_cores(share: int, workload: Object) -> tuple[Fraction | None, str]:
    """A share of requests as a share of the cores that are written, which are the limits where there are any."""
    requested, limited = cores(workload, "requests"), cores(workload, "limits")
    if not requested:
        return (Fraction(share, 100), f"{share}% of requests, which default to the limits") if limited else (None, "")
    whole = limited or requested
    found = Fraction(share, 100) * requested / whole
    said = f"{share}% of requests.cpu {float(requested):g}, of {float(whole):g} cores"
    return (found, said) if 0 < found < 1 else (None, "")
