"""Blanks between the tokens of one line: braces hug, commas and colons are followed by one blank."""

from itertools import pairwise
from typing import Any

import yaml

from archspec.language.formatter.layout import Edit, Layout

_OPEN = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_CLOSE = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_WIDTHLESS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockEndToken,
    yaml.KeyToken,
    yaml.StreamStartToken,
    yaml.StreamEndToken,
)


def spacing(layout: Layout) -> list[Edit]:
    """The edits that give every gap between two tokens of a line its width; what stands in columns stays."""
    numbered = [(index, token) for index, token in enumerate(layout.tokens) if not isinstance(token, _WIDTHLESS)]
    starts = _columns(layout, numbered)
    edits: list[Edit] = []
    for (index, left), (_, right) in pairwise(numbered):
        start, end = left.end_mark.index, right.start_mark.index
        if left.end_mark.line != right.start_mark.line or isinstance(left, yaml.BlockEntryToken) or end < start:
            continue
        if isinstance(left, yaml.ScalarToken) and left.style in ("|", ">"):
            continue  # it ends at the beginning of the next line
        gap = layout.text[start:end]
        wanted = _gap(left, right, gap, len(gap) > 1 and _aligned(layout, starts, index, left, right))
        if gap != wanted:
            edits.append((start, end, wanted))
    return edits


def _gap(left: Any, right: Any, gap: str, aligned: bool) -> str:
    if isinstance(left, _OPEN) or isinstance(right, (*_CLOSE, yaml.FlowEntryToken)):
        return ""
    if isinstance(right, yaml.ValueToken):
        return gap if isinstance(left, (yaml.AliasToken, yaml.FlowEntryToken)) else ""
    if isinstance(left, (yaml.FlowEntryToken, yaml.ValueToken)):
        return gap if aligned else " "
    return gap and " "


def _columns(layout: Layout, numbered: list[tuple[int, Any]]) -> dict[int, set[int]]:
    """The columns, by line, at which a token begins behind a blank."""
    found: dict[int, set[int]] = {}
    for _, token in numbered:
        mark = token.start_mark
        if mark.index and layout.text[mark.index - 1] == " ":
            found.setdefault(mark.line, set()).add(mark.column)
    return found


def _aligned(layout: Layout, starts: dict[int, set[int]], index: int, left: Any, right: Any) -> bool:
    """Whether the right token stands in a column with others: values of its mapping, or the lines around it."""
    line, column = right.start_mark.line, right.start_mark.column
    owner = layout.mapping_of.get(index)
    if owner is not None and isinstance(left, yaml.ValueToken):
        return layout.value_columns[owner, column] > 1
    return any(column in starts.get(near, ()) for near in (line - 1, line + 1))
