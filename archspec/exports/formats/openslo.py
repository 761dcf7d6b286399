"""Objectives as OpenSLO v1 has them: a service, and an SLO for each promise."""

from archspec.exports import Export, Exporting, Notes, Objective, duration, objectives, slug, yaml_text


def _write(exporting: Exporting, notes: Notes) -> str:
    service = slug(exporting.architecture.name)
    slos = [_slo(service, each) for each in objectives(exporting, notes)]
    head = {
        "apiVersion": "openslo/v1",
        "kind": "Service",
        "metadata": {"name": service, "displayName": exporting.architecture.name},
        "spec": {"description": exporting.architecture.description or exporting.architecture.name},
    }
    return yaml_text(head, *slos) if slos else ""


def _slo(service: str, objective: Objective) -> dict[str, object]:
    bare, total = objective.bare
    bad_or_good = "bad" if objective.limit is None else "good"

    def source(selector: str) -> dict[str, object]:
        return {"metricSource": {"type": "Prometheus", "spec": {"query": f"sum({selector})"}}}

    assert objective.flow.objective is not None
    window = duration(objective.flow.objective.window.nanoseconds)
    return {
        "apiVersion": "openslo/v1",
        "kind": "SLO",
        "metadata": {"name": objective.name},
        "spec": {
            "description": objective.about,
            "service": service,
            "indicator": {
                "metadata": {"name": objective.name},
                "spec": {"ratioMetric": {"counter": True, bad_or_good: source(bare), "total": source(total)}},
            },
            "timeWindow": [{"duration": window, "isRolling": True}],
            "budgetingMethod": "Occurrences",
            "objectives": [{"displayName": objective.about, "target": float(objective.target)}],
        },
    }


EXPORT = Export("openslo", "objectives as OpenSLO v1", "openslo.yaml", _write)
