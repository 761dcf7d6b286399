"""Rules as JSON."""

import json as standard

from archspec.printable import Syntax
from archspec.reports.report import Report, Subject
from archspec.reports.subjects import RulePages


def json(pages: RulePages) -> str:
    """A list of rules, each with the sections of its page."""
    items = [
        {
            "code": each.code,
            "name": each.name,
            "theme": each.theme,
            "severity": each.severity.value,
            "set": each.in_set.value,
            "summary": each.documentation.summary,
            "sections": each.documentation.sections,
        }
        for each in pages.rules
    ]
    return standard.dumps(items, indent=2, ensure_ascii=False)


REPORT = Report("json", Subject.RULES, (".json",), json, syntax=Syntax.JSON)
