"""Objectives for Pyrra, one object of Kubernetes for each promise."""

from archspec.exports import Export, Exporting, Notes, Objective, duration, objectives, yaml_text


def _write(exporting: Exporting, notes: Notes) -> str:
    found = [_object(exporting, each) for each in objectives(exporting, notes)]
    return yaml_text(*found) if found else ""


def _object(exporting: Exporting, objective: Objective) -> dict[str, object]:
    bare, total = objective.bare
    indicator = (
        {"ratio": {"errors": {"metric": bare}, "total": {"metric": total}}}
        if objective.limit is None
        else {"latency": {"success": {"metric": bare}, "total": {"metric": total}}}
    )
    assert objective.flow.objective is not None
    return {
        "apiVersion": "pyrra.dev/v1alpha1",
        "kind": "ServiceLevelObjective",
        "metadata": {"name": objective.name, "namespace": exporting.settings.chaos.namespace},
        "spec": {
            "target": f"{objective.percent:.10g}",
            "window": duration(objective.flow.objective.window.nanoseconds),
            "description": objective.about,
            "indicator": indicator,
        },
    }


EXPORT = Export("pyrra", "objectives for Pyrra", "pyrra.yaml", _write)
