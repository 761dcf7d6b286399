"""Taking suppressions out that suppress nothing."""

from collections.abc import Iterable, Mapping

from archspec.language.edits import Edit
from archspec.language.reader.characters import lines
from archspec.validators import Finding
from archspec.validators.unused_suppressions import UNUSED_SUPPRESSION


def suppression_edits(findings: Iterable[Finding], sources: Mapping[str, str]) -> tuple[Edit, ...]:
    """Edits that take unused codes out of their comments, and comments (or their lines) out that name none then."""
    unused: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.code == UNUSED_SUPPRESSION and finding.message.endswith("suppresses nothing here"):
            unused.setdefault(finding.span, []).append(finding)
    return tuple(_edit(group, sources) for group in unused.values())


def _edit(group: list[Finding], sources: Mapping[str, str]) -> Edit:
    span = group[0].span
    assert span is not None  # a suppression always has a place
    line = lines(sources[span.file])[span.line - 1]
    comment = line[span.column - 1 :]
    start, _, rest = comment.partition("[")
    codes, _, reason = rest.partition("]")
    left = [code.strip() for code in codes.split(",") if code.strip() not in {each.element for each in group}]
    if left:
        return Edit(span, f"{start}[{', '.join(left)}]{reason}".rstrip())
    before = line[: span.column - 1].rstrip()
    if before:
        return Edit(span._replace(column=len(before) + 1), "")
    return Edit(span._replace(column=1, end_line=span.line + 1, end_column=1), "")
