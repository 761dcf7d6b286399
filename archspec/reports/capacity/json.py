"""The search for the highest load as JSON."""

from typing import Any

from archspec.reports import Subject, json_report
from archspec.simulation.studies.search import Capacity, Tried


def data(capacity: Capacity) -> dict[str, Any]:
    """The whole search."""
    return {
        "system": capacity.system,
        "seed": capacity.seed,
        "duration_s": capacity.duration / 1e9,
        "confidence": capacity.confidence if capacity.is_interval else None,
        "holds": _tried(capacity.holds),
        "breaks": _tried(capacity.breaks),
        "bottleneck": capacity.bottleneck,
        "tried": [_tried(tried) for tried in capacity.tried],
    }


def _tried(tried: Tried | None) -> dict[str, Any] | None:
    if tried is None:
        return None
    return {
        "level": float(tried.level),
        "offered_per_s": dict(tried.rates),
        "verdict": tried.verdict.name.lower(),
        "missed": list(tried.missed),
    }


REPORT = json_report(Subject.CAPACITY, data)
