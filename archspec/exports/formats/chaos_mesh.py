"""A scenario's faults as a workflow for Chaos Mesh, each with what the simulation foretells in its annotations."""

from typing import Any

from archspec.exports import Export, Exporting, Notes, go_duration, slug, yaml_text
from archspec.exports.prediction import prediction
from archspec.model import Duration, Fault, Group, Scenario

_ZONE = "topology.kubernetes.io/zone"


def _write(exporting: Exporting, notes: Notes) -> str:
    found = [
        made
        for scenario in exporting.architecture.scenarios.values()
        if scenario.faults and exporting.scenario in (None, scenario.id)
        if (made := _workflow(exporting, scenario, notes)) is not None
    ]
    return yaml_text(*found) if found else ""


def _workflow(exporting: Exporting, scenario: Scenario, notes: Notes) -> dict[str, Any] | None:
    """One workflow: every fault waits for its moment beside the others."""
    templates: list[dict[str, Any]] = []
    children = []
    for place, fault in enumerate(scenario.faults, 1):
        name = f"{fault.what}-{place}"
        made = _chaos(exporting, fault, f"scenario {scenario.id}, fault {place}", notes)
        if made is None:
            continue
        lasts = fault.for_ or Duration(max(scenario.duration.nanoseconds - fault.at.nanoseconds, 10**9))
        chaos = {"name": name, **made, "deadline": go_duration(lasts.nanoseconds)}
        wait = {"name": f"wait-{place}", "templateType": "Suspend", "deadline": go_duration(fault.at.nanoseconds)}
        steps = [f"wait-{place}", name] if fault.at.nanoseconds else [name]
        templates += [*([wait] if fault.at.nanoseconds else []), chaos]
        templates.append(
            {
                "name": f"then-{place}",
                "templateType": "Serial",
                "deadline": go_duration(fault.at.nanoseconds + lasts.nanoseconds + 60 * 10**9),
                "children": steps,
            }
        )
        children.append(f"then-{place}")
    if not children:
        return None
    entry = {
        "name": "all",
        "templateType": "Parallel",
        "deadline": go_duration(scenario.duration.nanoseconds + 120 * 10**9),
        "children": children,
    }
    return {
        "apiVersion": "chaos-mesh.org/v1alpha1",
        "kind": "Workflow",
        "metadata": {
            "name": slug(f"{exporting.architecture.name}-{scenario.id}"),
            "namespace": exporting.settings.chaos.namespace,
            "annotations": {"archspec/prediction": prediction(exporting, scenario)},
        },
        "spec": {"entry": "all", "templates": [entry, *templates]},
    }


def _chaos(exporting: Exporting, fault: Fault, where: str, notes: Notes) -> dict[str, Any] | None:
    """The type of a template and what goes with it; None, with a note, where Chaos Mesh has no such fault."""
    match fault.what:
        case "fail":
            return _failure(exporting, fault, where, notes)
        case "slow" if isinstance(fault.by, Duration):
            target, to = _ends(fault.target)
            delay = {"latency": go_duration(fault.by.nanoseconds)}
            return _network(exporting, "delay", target, to, {"delay": delay})
        case "slow":
            notes.add(where, "a network can be made slower by a time, not by a factor; write `by: 200ms`")
        case "lose":
            target, to = _ends(fault.target)
            share = f"{float(fault.by.value * 100):g}"  # type: ignore[union-attr]  # lose is given a ratio
            return _network(exporting, "loss", target, to, {"loss": {"loss": share}})
        case "partition" if "->" in fault.target:
            target, to = _ends(fault.target)
            return _network(exporting, "partition", target, to, {"direction": "both"})
        case "partition":
            group = exporting.architecture.groups.get(fault.target)
            if group is not None and group.kind == "zone":
                return _network(exporting, "partition", None, None, {"direction": "both"}, zone=group)
            notes.add(where, f"`{fault.target}` is no zone, by which pods could be chosen")
        case "errors":
            pods = f"{float(fault.by.value * 100):g}"  # type: ignore[union-attr]  # errors is given a ratio
            notes.add(where, f"Chaos Mesh chooses pods, not requests: {pods}% of the pods answer every request so")
            return {
                "templateType": "HTTPChaos",
                "httpChaos": {
                    "mode": "fixed-percent",
                    "value": pods,
                    "selector": _selector(exporting, fault.target),
                    "target": "Response",
                    "port": 80,
                    "path": "*",
                    "replace": {"code": fault.status or 500},
                },
            }
        case _:
            notes.add(where, f"`{fault.what}` is no fault of Chaos Mesh")
    return None


def _failure(exporting: Exporting, fault: Fault, where: str, notes: Notes) -> dict[str, Any] | None:
    architecture, target = exporting.architecture, fault.target
    group = architecture.groups.get(target)
    if group is not None and group.kind != "zone":
        notes.add(where, f"`{target}` is no zone, by which pods could be chosen")
        return None
    if fault.mode == "silent" or (group is not None and fault.mode is None):
        return _network(exporting, "partition", None if group else target, None, {"direction": "both"}, zone=group)
    selector: dict[str, Any]
    mode: dict[str, Any] = {"mode": "all"}
    if group is not None:
        selector = {"namespaces": [exporting.settings.chaos.namespace], "nodeSelectors": {_ZONE: target}}
    elif target in architecture.components:
        selector = _selector(exporting, target)
    else:  # one replica, by its number
        selector, mode = _selector(exporting, target.rpartition("-")[0]), {"mode": "fixed", "value": "1"}
    return {"templateType": "PodChaos", "podChaos": {"action": "pod-failure", **mode, "selector": selector}}


def _network(
    exporting: Exporting,
    action: str,
    target: str | None,
    to: str | None,
    how: dict[str, Any],
    zone: Group | None = None,
) -> dict[str, Any]:
    namespace = exporting.settings.chaos.namespace
    chosen = (
        {"namespaces": [namespace], "nodeSelectors": {_ZONE: zone.id}} if zone else _selector(exporting, target or "")
    )
    other = {"target": {"mode": "all", "selector": _selector(exporting, to)}} if to else {}
    directed = {} if "direction" in how or not to else {"direction": "to"}
    chaos = {"action": action, "mode": "all", "selector": chosen, **how, **directed, **other}
    return {"templateType": "NetworkChaos", "networkChaos": chaos}


def _selector(exporting: Exporting, component: str) -> dict[str, Any]:
    settings = exporting.settings.chaos
    return {"namespaces": [settings.namespace], "labelSelectors": {settings.selector: component}}


def _ends(target: str) -> tuple[str, str | None]:
    """The ends of a connection; of a component itself and nothing."""
    from_, arrow, to = (part.strip() for part in target.partition("->"))
    return from_, to if arrow else None


EXPORT = Export("chaos-mesh", "the faults of scenarios for Chaos Mesh", "chaos-mesh.yaml", _write)
