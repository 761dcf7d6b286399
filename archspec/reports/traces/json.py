"""Traces out of a run as JSON."""

from typing import Any

from archspec.reports import Subject, Traces, json_report
from archspec.reports.trace.json import data_of


def data(traces: Traces) -> list[dict[str, Any]]:
    """An array, each trace with the second of the run at which it began."""
    return [{"at_s": sampled.at / 1e9, **data_of(sampled.trace)} for sampled in traces.traces]


REPORT = json_report(Subject.TRACES, data)
