"""The report for programs."""

import json as standard
from dataclasses import asdict
from typing import Any

from archspec.analysis.report import Report


def json(base: Report, changed: Report | None, settings: tuple[str, ...]) -> str:
    """`report`, and with `--set` also `set` and `changed`; units are in the names, ratios are 0 to 1."""
    data: dict[str, Any] = {"report": asdict(base)}
    if changed is not None:
        data |= {"set": list(settings), "changed": asdict(changed)}
    return standard.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
