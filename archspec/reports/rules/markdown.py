"""Rules as Markdown: their pages, or the table of all."""

from archspec.reports import Report, RulePages, Subject
from archspec.validators.rule_pages import index_page, rule_page


def markdown(pages: RulePages) -> str:
    """As `docs/rules/` has them."""
    return "\n".join(rule_page(each) for each in pages.rules) if pages.is_whole else index_page()


REPORT = Report("markdown", Subject.RULES, (".md",), markdown)
