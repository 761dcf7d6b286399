"""Everything a verification tells, as JSON."""

from math import inf
from typing import Any

from archspec.reports import Subject, json_report
from archspec.verification.values import FlowVerdict, State, Tried, Verification


def data(verification: Verification) -> dict[str, Any]:
    """All flows, faults and states; times in seconds."""
    return {
        "system": verification.system,
        "seed": verification.seed,
        "faults": verification.faults,
        "flows": [_flow(verdict) for verdict in verification.flows],
        "defects": [
            {"kind": each.kind.name.lower(), "flow": each.flow, "fault": each.fault, "said": each.said, "ran": each.ran}
            for each in verification.defects
        ],
        "notes": list(verification.notes),
    }


def _flow(verdict: FlowVerdict) -> dict[str, Any]:
    objective = verdict.objective
    promised = {name: limit.nanoseconds / 1e9 for name, limit in objective.percentiles.items()} if objective else {}
    success = float(objective.success) if objective and objective.success is not None else None
    deadline = {"deadline": verdict.deadline.seconds} if verdict.deadline is not None else {}
    return {
        "flow": verdict.flow,
        "load": float(verdict.level),
        "promised": {"success": success, **promised, **deadline} if verdict.promises else None,
        "kept": verdict.kept.name.lower() if verdict.kept else None,
        "why": list(verdict.why),
        "calm": _state(verdict.calm),
        "availability": verdict.availability,
        "availability_by_analyze": verdict.said,
        "command": verdict.command,
        "tried": [_tried(each) for each in verdict.tried],
    }


def _tried(tried: Tried) -> dict[str, Any]:
    return {
        "fault": list(tried.fault.parts),
        "share_of_time": tried.fault.chance,
        "until_noticed": None if tried.until_noticed == inf else tried.until_noticed,
        "is_noticed": tried.until_noticed < inf,
        "noticed": _state(tried.noticed),
        "unnoticed": _state(tried.unnoticed),
        "passing": [{"until": stage.until, "state": _state(stage.state)} for stage in tried.passing],
        "success": tried.success,
        "success_by_analyze": tried.said,
        "to_dead": list(tried.to_dead),
        "full": list(tried.full),
        "kept": tried.kept.name.lower(),
        "why": list(tried.why),
        "command": tried.command,
    }


def _state(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {
        "offered": state.offered,
        "ok": state.ok,
        "failed": dict(state.failed),
        "success": state.success,
        "percentiles": {late.percentile: late.value / 1e9 for late in state.times},
        "grows": state.grows,
    }


REPORT = json_report(Subject.VERIFICATION, data)
