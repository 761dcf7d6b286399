"""Calibration as JSON: what other programs read."""

from __future__ import annotations

import json as standard

from archspec.conformance.calibration import Calibration
from archspec.printable import Syntax
from archspec.reports.report import Report, Subject


def json(calibration: Calibration) -> str:
    """Every figure, also those that stay; times of flows in milliseconds."""
    data = {
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
    return standard.dumps(data, indent=2, ensure_ascii=False) + "\n"


REPORT = Report("json", Subject.CALIBRATION, (".json",), json, syntax=Syntax.JSON)
