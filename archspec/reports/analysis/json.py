"""The report for programs."""

from dataclasses import asdict
from typing import Any

from archspec.reports import Analysis, Subject, json_report


def data(analysis: Analysis) -> dict[str, Any]:
    """`report`, and with `--set` also `set` and `changed`; units are in the names, ratios are 0 to 1."""
    told = {"report": asdict(analysis.base)}
    if analysis.changed is None:
        return told
    return {**told, "set": list(analysis.settings), "changed": asdict(analysis.changed)}


REPORT = json_report(Subject.ANALYSIS, data)
