"""A plan as JSON."""

from __future__ import annotations

import json as standard
from dataclasses import asdict
from typing import Any

from archspec.planning.values import Change, Plan
from archspec.printable import Syntax
from archspec.reports.report import Report, Subject


def json(plan: Plan) -> str:
    """The whole search; times in nanoseconds, as `margins` have them."""
    data = {
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
    return standard.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _change(change: Change) -> dict[str, Any]:
    return {each.key: {"before": float(each.before), "after": float(each.after)} for each in change.settings}


REPORT = Report("json", Subject.PLAN, (".json",), json, syntax=Syntax.JSON)
