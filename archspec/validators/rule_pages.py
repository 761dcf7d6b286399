"""Rules as pages: one Markdown file for each, and an index."""

from archspec.validators import Rule, RuleSet
from archspec.validators.registry import rules
from archspec.validators.unused_suppressions import UNUSED_SUPPRESSION

_SETS = {
    RuleSet.LOADER: "always (judged while the spec is read; cannot be ignored)",
    RuleSet.DEFAULT: "default",
    RuleSet.STRICT: "strict",
    RuleSet.PRODUCTION: "production",
    RuleSet.TRACES: "`archspec drift` (judged against traces)",
    RuleSet.RUNS: "`archspec verify` (judged by runs)",
}


PAGES = "https://github.com/archspec-code/archspec/blob/main/docs"
"""Where the docs can be read."""


def page_url(code: str) -> str:
    """Where more is said on a finding: the rule's page, or the language's for what is no rule."""
    return f"{PAGES}/rules/{code}.md" if code in rules() else f"{PAGES}/language.md"


def title(rule: Rule) -> str:
    """`AVL01 single-point-of-failure`."""
    return f"{rule.code} {rule.name}"


def facts(rule: Rule) -> str:
    """Severity, set, theme and precedence of a rule in one line."""
    words = [rule.severity.value, f"set: {_SETS[rule.in_set]}", f"theme: {rule.theme}"]
    if rule.closes_world:
        words.append("in the production set an absent key is a violation too")
    if rule.yields_to:
        words.append(f"silent where {', '.join(rule.yields_to)} says it")
    return " · ".join(words)


def rule_page(rule: Rule) -> str:
    """The page of one rule in Markdown."""
    page = rule.documentation
    return f"# {title(rule)}\n\n{page.summary}\n\n*{facts(rule)}*\n\n{page.markdown}\n"


def index_page() -> str:
    """All rules by theme, each with its sentence."""
    lines = ["# Rules", "", _INTRODUCTION]
    theme = ""
    for rule in sorted(rules().values(), key=lambda each: (each.theme, each.code)):
        if rule.theme != theme:
            theme = rule.theme
            lines += ["", f"## {theme.capitalize()}", "", "| Rule | Severity | Set | |", "|---|---|---|---|"]
        sets = rule.in_set.value + (" / production" if rule.closes_world else "")
        link = f"[{rule.code}]({rule.code}.md) {rule.name}"
        lines.append(f"| {link} | {rule.severity.value} | {sets} | {rule.documentation.summary} |")
    return "\n".join(lines) + "\n"


_INTRODUCTION = (
    "Unknown is not wrong: the sets *default* and *strict* report only what a spec says and what follows from it; "
    "*production* also reports what it leaves open. One cause is one finding. A finding is suppressed on its line, "
    "or on the line of its component, by a comment with a reason: "
    f"`# archspec: ignore[SCL05] the new machine arrives in May`; an idle one is [{UNUSED_SUPPRESSION}]"
    f"({UNUSED_SUPPRESSION}.md). These pages are generated from the rules' own files."
)


def all_pages() -> dict[str, str]:
    """Every page of `docs/rules/` by file name."""
    pages = {f"{code}.md": rule_page(rule) for code, rule in rules().items()}
    return {"README.md": index_page(), **pages}
