"""Changes to the text of a spec that leave everything else as it was."""

from collections.abc import Iterable

from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language.reader.characters import LINE_END


@frozen(order=True)
class Edit:
    """Put `text` in the place of a span (an empty span: insert there)."""

    span: Span
    text: str

    @property
    def file(self) -> str:
        """The file it changes."""
        return self.span.file


def insertion(file: str, line: int, column: int, text: str) -> Edit:
    """Put a text before a place; nothing goes."""
    return Edit(Span(file, line, column, line, column), text)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    r"""The text of one file after its edits; of two that overlap the first counts, equal ones count once.

    >>> apply_edits("a: x\n", [Edit(Span("a", 1, 4, 1, 5), "y"), insertion("a", 2, 1, "b: z\n")])
    'a: y\nb: z\n'
    """
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def offset(line: int, column: int) -> int:
        return min(starts[min(line, len(starts)) - 1] + column - 1, len(text))

    parts: list[str] = []
    at = 0
    for edit in sorted(set(edits)):
        start = offset(edit.span.line, edit.span.column)
        end = offset(edit.span.end_line, edit.span.end_column)
        if start < at:
            continue
        parts += [text[at:start], edit.text]
        at = end
    return "".join([*parts, text[at:]])
