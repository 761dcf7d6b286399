"""`archspec rule`: explain one rule, or list them."""

from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion
from archspec.cli.options import NoColor

if TYPE_CHECKING:
    from archspec.validators.rule import Rule

Code = Annotated[
    str | None,
    typer.Argument(metavar="[CODE]", help="A rule's code or name, such as AVL01.", autocompletion=completion.rules),
]
Everything = Annotated[bool, typer.Option("--all", help="The pages of all rules, one after the other.")]
Format = Annotated[str, typer.Option("--format", "-f", help="text, markdown or json.")]

_FORMATS = ("text", "markdown", "json")


def rule(
    code: Code = None, everything: Everything = False, output_format: Format = "text", no_color: NoColor = False
) -> int:
    """Explain a rule: what it checks, why, a bad and a good spec, when to ignore it."""
    from archspec.cli.deliver import deliver
    from archspec.cli.terminal import Terminal
    from archspec.errors import UsageError
    from archspec.validators.registry import rules

    if output_format not in _FORMATS:
        raise UsageError(f"--format {output_format} is unknown; write {', '.join(_FORMATS)}.")
    terminal = Terminal(no_color=no_color)
    chosen = [_named(code)] if code else list(rules().values())
    whole = bool(code) or everything
    match output_format:
        case "json":
            text = _json(chosen)
        case "markdown":
            text = _markdown(chosen, whole=whole)
        case _:
            text = "\n\n".join(_page(each, terminal.colour) for each in chosen) if whole else _list(chosen)
    deliver(text, output_format, None, terminal)
    return 0


def _named(name: str) -> "Rule":
    from archspec.errors import UsageError
    from archspec.language.suggestions import did_you_mean
    from archspec.validators.registry import rules

    known = rules()
    found = known.get(name.upper()) or next((each for each in known.values() if each.name == name), None)
    if found is None:
        names = [*known, *(each.name for each in known.values())]
        raise UsageError(f"there is no rule `{name}`; {did_you_mean(name, names, '`archspec rule` lists them.')}")
    return found


def _list(rules: "list[Rule]") -> str:
    width = max(len(each.name) for each in rules)
    rows = (
        (
            f"{each.code:5}",
            f"{each.severity.value:7}",
            f"{each.in_set.value:10}",
            f"{each.name:{width}}",
            _summary(each),
        )
        for each in rules
    )
    return "\n".join("  ".join(row) for row in rows)


def _summary(rule: "Rule") -> str:
    return rule.documentation.summary


def _page(rule: "Rule", colour: bool) -> str:
    from archspec.validators.rule_pages import facts, title

    page = rule.documentation
    bold, end = ("\x1b[1m", "\x1b[0m") if colour else ("", "")
    parts = [f"{bold}{title(rule)}{end}\n{page.summary}\n{facts(rule)}"]
    for heading, text in page.sections.items():
        body = "\n".join(f"  {line}".rstrip() for line in text.splitlines() if not line.startswith("```"))
        parts.append(f"{bold}{heading}{end}\n{body}")
    return "\n\n".join(parts)


def _markdown(rules: "list[Rule]", *, whole: bool) -> str:
    from archspec.validators.rule_pages import index_page, rule_page

    return "\n".join(rule_page(each) for each in rules) if whole else index_page()


def _json(rules: "list[Rule]") -> str:
    import json

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
        for each in rules
    ]
    return json.dumps(items, indent=2, ensure_ascii=False)
