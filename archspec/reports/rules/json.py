"""Rules as JSON."""

from typing import Any

from archspec.reports import RulePages, Subject, json_report


def data(pages: RulePages) -> list[dict[str, Any]]:
    """A list of rules, each with the sections of its page."""
    return [
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


REPORT = json_report(Subject.RULES, data)
