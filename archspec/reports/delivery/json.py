"""The walk of a pipeline as JSON: what other programs read."""

from typing import Any

from archspec.reports import Subject, json_report
from archspec.simulation import DeliveryTrace


def data(trace: DeliveryTrace) -> dict[str, Any]:
    """The walk of a pipeline, times in seconds from its start."""
    return {
        "system": trace.system,
        "pipeline": trace.pipeline,
        "by": list(trace.by),
        "trigger": trace.trigger,
        "source": trace.source,
        "deployed": trace.deployed,
        "failed": trace.failed,
        "notified": list(trace.notified),
        "stages": [
            {
                "name": stage.name,
                "kind": stage.kind,
                "state": stage.state.value,
                "start_s": stage.start / 10**9,
                "end_s": stage.end / 10**9,
                "artifact": stage.artifact,
                "targets": list(stage.targets),
                "strategy": stage.strategy,
                "rollback": stage.rollback,
                "steps": [
                    {
                        "component": step.component,
                        "replicas": list(step.replicas),
                        "leaves_s": step.leaves / 10**9,
                        "down_s": step.down / 10**9,
                        "back_s": step.back / 10**9,
                        "serving": step.serving,
                        "needs": step.needs,
                    }
                    for step in stage.steps
                ],
                "notes": list(stage.notes),
            }
            for stage in trace.stages
        ],
        "notes": list(trace.notes),
    }


REPORT = json_report(Subject.DELIVERY, data)
