"""A plan as JSON."""

from dataclasses import asdict
from typing import Any

from archspec.planning.values import Change, Plan
from archspec.reports import Subject, json_report


def data(plan: Plan) -> dict[str, Any]:
    """The whole search; times in nanoseconds, as `margins` have them."""
    return {
        "system": plan.system,
        "load": float(plan.level),
        "seed": plan.seed,
        "change": _change(plan.change) if plan.change is not None else None,
        "margins": [asdict(margin) for margin in plan.margins],
        "tried": [
            {"change": _change(each.change), "verdict": each.verdict.name.lower(), "why": each.why}
            for each in plan.tried
        ],
        "beyond": list(plan.beyond),
        "notes": list(plan.notes),
    }


def _change(change: Change) -> dict[str, Any]:
    return {each.key: {"before": float(each.before), "after": float(each.after)} for each in change.settings}


REPORT = json_report(Subject.PLAN, data)
