"""Traces out of a run as JSON."""

from __future__ import annotations

import json as standard

from archspec.printable import Syntax
from archspec.reports.report import Report, Subject
from archspec.reports.subjects import Traces
from archspec.reports.trace.json import as_data


def json(traces: Traces) -> str:
    """An array, each trace with the second of the run at which it began."""
    data = [{"at_s": sampled.at / 1e9, **as_data(sampled.trace)} for sampled in traces.traces]
    return standard.dumps(data, indent=2, ensure_ascii=False) + "\n"


REPORT = Report("json", Subject.TRACES, (".json",), json, syntax=Syntax.JSON)
