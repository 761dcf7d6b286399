"""A difference as the comment on a pull request: found again by its first line, and updated."""

from collections.abc import Sequence
from urllib.parse import quote

from archspec.difference.consequence import Consequence, Effect
from archspec.difference.difference import Difference
from archspec.difference.picture import scenes
from archspec.printable import one_line
from archspec.reports import Report, Subject, cell, details, ordered, sections, summary, what
from archspec.reports.difference.mermaid import mermaid
from archspec.validators import Finding, Severity
from archspec.values import count

LONGEST = 60_000
"""Characters of a comment; GitHub takes 65,536."""
OPEN = 5
"""Rows of a table that are not folded."""
MOST_CARDS, MOST_ARROWS = 60, 100
"""Of a diagram that a comment can show."""
_MARKS = {Effect.WORSE: "⚠️", Effect.BETTER: "✅"}
_SEVERITIES = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}


def markdown(difference: Difference) -> str:
    """Its mark, a sentence, the figures, a diagram, and what changed, folded; as much of it as a comment takes."""
    for most in (50, 20, 5, 1):
        text = _whole(difference, most, with_diagram=most > 5)
        if len(text) <= LONGEST:
            break
    return text


def marker(file: str) -> str:
    """The first line, by which a job finds its comment on a spec again."""
    return f"<!-- archspec-diff {quote(one_line(file), safe='/._')} -->"


def _whole(difference: Difference, most: int, *, with_diagram: bool) -> str:
    head = f"{marker(difference.head.file)}\n### archspec: {cell(difference.head.file)}\n\n"
    told = summary(difference)
    if difference.is_empty:
        return f"{head}Nothing changed.\n"
    first, comma, rest = told.partition(",")
    is_worse = bool(difference.worse)
    sentence = f"**{cell(first)}**{comma}{cell(rest) and ' ' + cell(rest)}." if is_worse else f"{cell(told)}."
    parts = [
        f"{head}{sentence[0].upper()}{sentence[1:]}",
        *_figures(difference, most),
        *([f"```mermaid\n{mermaid(difference)}```"] if with_diagram and _fits(difference) else []),
        *_findings("New findings", difference.new, most),
        *_findings("Findings gone", difference.gone, most),
        *_changes(difference, most),
        *(cell(note) for note in difference.notes),
    ]
    return "\n\n".join(parts) + "\n"


def _figures(difference: Difference, most: int) -> list[str]:
    rows = ordered(difference.consequences)
    telling = [each for each in rows if each.verdict in _MARKS]
    shown = telling[:OPEN] or rows[:OPEN]
    rest = [each for each in rows if each not in shown]
    folded = _folded(f"{count(len(rest), 'more figure')}", _table(rest[:most]), len(rest) - most) if rest else []
    return [*([_table(shown)] if shown else []), *folded]


def _table(rows: Sequence[Consequence]) -> str:
    cells = [(_MARKS.get(each.verdict, ""), each.figure, each.subject, each.base, each.head) for each in rows]
    lines = [f"| {' | '.join(map(cell, row))} |" for row in cells]
    return "\n".join(["| | figure | of | base | head |", "|---|---|---|---|---|", *lines])


def _findings(title: str, findings: Sequence[Finding], most: int) -> list[str]:
    few = findings[:most]
    lines = [f"- {_SEVERITIES[each.severity]} {each.code} {cell(each.element)}: {cell(each.message)}" for each in few]
    return _folded(f"{title}: {len(findings)}", "\n".join(lines), len(findings) - most) if findings else []


def _changes(difference: Difference, most: int) -> list[str]:
    found: list[str] = []
    for section, changes in sections(difference).items():
        lines = []
        for change in changes[:most]:
            lines.append(f"- `{change.kind.sign}` {cell(what(change))}")
            lines += [f"  - {cell(line)}" for line in details(change)[:most]]
        found += _folded(f"{section.capitalize()}: {len(changes)}", "\n".join(lines), len(changes) - most)
    return found


def _folded(title: str, body: str, left_out: int) -> list[str]:
    more = f"\n\nand {left_out} more." if left_out > 0 else ""
    return [f"<details><summary>{title}</summary>\n\n{body}{more}\n\n</details>"]


def _fits(difference: Difference) -> bool:
    scene = scenes(difference)[2]
    return bool(scene.marks) and len(scene.nodes) <= MOST_CARDS and len(scene.edges) <= MOST_ARROWS


REPORT = Report("markdown", Subject.DIFFERENCE, (".md",), markdown)
