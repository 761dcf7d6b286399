"""Rules for a terminal: a line each, or their pages."""

from archspec.reports import PAPER, Ink, Report, RulePages, Screen, Subject
from archspec.reports.table import table
from archspec.validators import Rule
from archspec.validators.rule_pages import facts, title


def text(pages: RulePages, screen: Screen = PAPER) -> str:
    """Whole pages one after the other, or a line for each rule."""
    return "\n\n".join(_page(each, screen) for each in pages.rules) if pages.is_whole else _list(pages.rules, screen)


def _list(rules: tuple[Rule, ...], screen: Screen) -> str:
    rows = [
        (each.code, each.severity.value, each.in_set.value, each.name, each.documentation.summary) for each in rules
    ]
    lines = table(("rule", "severity", "set", "name", "what it is about"), rows, 5, screen, gap=2)
    return "\n".join(lines[1:] if screen.width is None else lines)


def _page(rule: Rule, screen: Screen) -> str:
    page = rule.documentation
    parts = [f"{screen.paint(Ink.BOLD, title(rule))}\n{page.summary}\n{facts(rule)}"]
    for heading, text in page.sections.items():
        body = "\n".join(f"  {line}".rstrip() for line in text.splitlines() if not line.startswith("```"))
        parts.append(f"{screen.paint(Ink.BOLD, heading)}\n{body}")
    return "\n\n".join(parts)


REPORT = Report("text", Subject.RULES, (".txt",), text, text)
