"""The search for the highest load as JSON."""

from __future__ import annotations

import json as standard
from typing import Any

from archspec.printable import Syntax
from archspec.reports.report import Report, Subject
from archspec.simulation.studies.search import Capacity, Tried


def json(capacity: Capacity) -> str:
    """The whole search."""
    data = {
        "system": capacity.system,
        "seed": capacity.seed,
        "duration_s": capacity.duration / 1e9,
        "confidence": capacity.confidence if capacity.is_interval else None,
        "holds": _tried(capacity.holds),
        "breaks": _tried(capacity.breaks),
        "bottleneck": capacity.bottleneck,
        "tried": [_tried(tried) for tried in capacity.tried],
    }
    return standard.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _tried(tried: Tried | None) -> dict[str, Any] | None:
    if tried is None:
        return None
    return {
        "level": float(tried.level),
        "offered_per_s": dict(tried.rates),
        "verdict": tried.verdict.name.lower(),
        "missed": list(tried.missed),
    }


REPORT = Report("json", Subject.CAPACITY, (".json",), json, syntax=Syntax.JSON)
