"""The report for programs."""

import json as standard
from dataclasses import asdict
from typing import Any

from archspec.printable import Syntax
from archspec.reports.report import Report, Subject
from archspec.reports.subjects import Analysis


def json(analysis: Analysis) -> str:
    """`report`, and with `--set` also `set` and `changed`; units are in the names, ratios are 0 to 1."""
    data: dict[str, Any] = {"report": asdict(analysis.base)}
    if analysis.changed is not None:
        data |= {"set": list(analysis.settings), "changed": asdict(analysis.changed)}
    return standard.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


REPORT = Report("json", Subject.ANALYSIS, (".json",), json, syntax=Syntax.JSON)
