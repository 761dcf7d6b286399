"""Calibration as JSON: what other programs read."""

from typing import Any

from archspec.conformance.calibration import Calibration
from archspec.reports import Subject, json_report


def data(calibration: Calibration) -> dict[str, Any]:
    """Every figure, also those that stay; times of flows in milliseconds."""
    return {
        "system": calibration.system,
        "figures": [
            {
                "path": list(each.path),
                "figure": each.what,
                "verdict": each.verdict.value,
                "spec": each.old or None,
                "calibrated": each.new,
                "seen": each.seen,
                "written": each not in calibration.left,
            }
            for each in calibration.proposals
        ],
        "flows": [
            {
                "flow": each.flow,
                "traces": each.traces,
                "measured_p50_ms": each.measured[0] / 1e6,
                "measured_p95_ms": each.measured[1] / 1e6,
                "modelled_p50_ms": each.modelled[0] / 1e6 if each.modelled else None,
                "modelled_p95_ms": each.modelled[1] / 1e6 if each.modelled else None,
                "load": each.load,
            }
            for each in calibration.reached
        ],
        "notes": list(calibration.notes),
    }


REPORT = json_report(Subject.CALIBRATION, data)
