"""`# archspec: ignore[AVL01] reason` in a spec: what it covers, and whether it was needed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language.reader.characters import lines
from archspec.model import Path, SourceMap
from archspec.validators import Finding

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*archspec:\s*ignore(?:\[([^\]\n]*)\])?[ \t]*([^\n]*)")


@frozen
class Suppression:
    """One code in one comment. `line` is the line it speaks of: its own, or the next one where it stands alone."""

    code: str
    reason: str
    span: Span
    line: int


def read_suppressions(source: SourceMap) -> tuple[Suppression, ...]:
    """Every suppression in the files of a spec; a comment without codes is one of the code ``."""
    found = [each for file, text in source.texts.items() if "archspec:" in text for each in _in_file(file, text)]
    lines = {(each.span.file, each.span.line) for each in found}
    values = [span for span in source.values.values() if (span.file, span.line) in lines]
    return tuple(each for each in found if not any(_is_in(each.span, value) for value in values))


def _is_in(place: Span, value: Span) -> bool:
    """Whether what looks like a comment stands in a value of one line: it is a text that speaks of one."""
    same_line = (value.file, value.line, value.end_line) == (place.file, place.line, place.line)
    return same_line and value.column <= place.column < value.end_column


def _in_file(file: str, text: str) -> Iterator[Suppression]:
    rows = lines(text)
    below = _content_below(rows)
    for index, line in enumerate(rows):
        match = _COMMENT.search(line)
        if match is None:
            continue
        alone = not line[: match.start()].strip()
        target = below[index] if alone else index
        span = Span(file, index + 1, match.start() + 1, index + 1, len(line.rstrip()) + 1)
        for code in (match[1] or "").split(","):
            yield Suppression(code.strip(), match[2].strip(), span, target + 1)


def _content_below(rows: list[str]) -> list[int]:
    """For each line the next one that holds more than a comment; itself where there is none."""
    found = list(range(len(rows)))
    following: int | None = None
    for index in reversed(found):
        found[index] = index if following is None else following
        if rows[index].strip() and not rows[index].lstrip().startswith("#"):
            following = index
    return found


def apply(
    findings: Iterable[Finding], suppressions: tuple[Suppression, ...], source: SourceMap
) -> tuple[list[Finding], list[Finding], set[Suppression]]:
    """Findings that stay, findings that are suppressed (with the reason), and the suppressions that were needed.

    A suppression without a reason suppresses nothing.
    """
    by_place: dict[tuple[str, int, str], Suppression] = {}
    for suppression in suppressions:
        if suppression.reason:
            by_place.setdefault((suppression.span.file, suppression.line, suppression.code), suppression)
    stay: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[Suppression] = set()
    for finding in findings:
        match = _match(finding, by_place, source) if by_place else None
        if match is None:
            stay.append(finding)
        else:
            used.add(match)
            suppressed.append(replace(finding, reason=match.reason))
    return stay, suppressed, used


def _match(
    finding: Finding, by_place: Mapping[tuple[str, int, str], Suppression], source: SourceMap
) -> Suppression | None:
    """The suppression on the line of the finding, of the element it stands in, or of the component it is about."""
    owners: tuple[Path, ...] = (finding.path[:2], ("components", finding.element), ("flows", finding.element))
    spans = [finding.span, *(source.keys.get(path) for path in owners)]
    for span in spans:
        if span is not None and (found := by_place.get((span.file, span.line, finding.code))):
            return found
    return None
