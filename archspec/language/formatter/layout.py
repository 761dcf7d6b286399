"""Lines of a spec: which block each belongs to, and where it is to begin."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

Edit = tuple[int, int, str]


@dataclass(slots=True)
class Block:
    """An open block collection: the column it has, and the one it gets."""

    old: int
    new: int
    is_list: bool
    implied: bool = False
    """A list whose dashes stand at the column of its key: YAML opens and closes no collection for it."""


@dataclass(slots=True)
class Line:
    """A line that begins with content."""

    old: int
    new: int
    dashes: int
    """How many dashes stand at its beginning."""
    rest: int | None
    """Index of what follows them on the line."""
    columns: dict[int, int]
    """Old columns of the blocks that are open, to new ones."""


class Layout:
    """The tokens of a text, read for its layout. The text must be readable YAML whose lines end in a bare newline."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows = text.split("\n")
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.tokens: list[Any] = list(yaml.scan(text, Loader=yaml.CLoader))
        self.lines: dict[int, Line] = {}
        self.sections: list[int] = []
        self.value_columns: Counter[tuple[int, int]] = Counter()
        """How many entries of a block mapping (by the index of its first token) have their value at a column."""
        self.mapping_of: dict[int, int] = {}
        """Index of a value's colon token to the index of its block mapping's first token."""
        self._walk()

    @cached_property
    def is_unusual(self) -> bool:
        """Whether it has a key written `? key`, or a text `|+` whose blank lines count: left as they are."""
        return any(
            (type(token) is yaml.KeyToken and token.end_mark.index > token.start_mark.index)
            or (type(token) is yaml.ScalarToken and token.style in ("|", ">") and self._keeps(token))
            for token in self.tokens
        )

    def _keeps(self, token: Any) -> bool:
        return "+" in self.text[token.start_mark.index :][:3].split("\n")[0]

    @cached_property
    def interior(self) -> set[int]:
        """Lines inside a scalar that goes over several."""
        found: set[int] = set()
        for token in self.tokens:
            if type(token) is yaml.ScalarToken and token.end_mark.line > token.start_mark.line:
                last = token.end_mark.line
                if token.style in ("|", ">") and not self.rows[last][: token.end_mark.column].strip():
                    last -= 1  # libyaml ends it where the next line's content begins
                if token.style in ("|", ">"):
                    while last > token.start_mark.line and not self.rows[last].strip():
                        last -= 1
                found.update(range(token.start_mark.line + 1, last + 1))
        return found

    def _walk(self) -> None:
        blocks: list[Block] = []
        owners: list[int] = []
        depth = 0
        for index, token in enumerate(self.tokens):
            kind = type(token)
            mark = token.start_mark
            if kind in (yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken):
                new = blocks[-1].new + 2 if blocks else 0
                blocks.append(Block(mark.column, new, kind is yaml.BlockSequenceStartToken))
                owners.append(index)
            elif kind is yaml.BlockEntryToken and blocks and not blocks[-1].is_list:
                blocks.append(Block(mark.column, blocks[-1].new + 2, is_list=True, implied=True))
            elif kind is yaml.KeyToken and not depth and blocks and blocks[-1].implied:
                blocks.pop()
            elif kind is yaml.BlockEndToken:
                if blocks and blocks[-1].implied:
                    blocks.pop()
                blocks.pop()
                owners.pop()
                continue
            elif kind in (yaml.StreamStartToken, yaml.StreamEndToken):
                continue
            if kind in (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken):
                depth -= 1
            if kind is yaml.KeyToken and not depth and len(blocks) == 1 and mark.column == blocks[0].old:
                self.sections.append(mark.line)
            if kind is yaml.ValueToken and not depth and owners:
                self._note_column(index, owners[-1])
            if mark.line not in self.lines:
                self.lines[mark.line] = self._line(index, blocks, depth)
            if kind in (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken):
                depth += 1

    def _note_column(self, index: int, owner: int) -> None:
        following = self.tokens[index + 1]
        if following.start_mark.line == self.tokens[index].start_mark.line:
            self.value_columns[owner, following.start_mark.column] += 1
            self.mapping_of[index] = owner

    def _line(self, index: int, blocks: list[Block], depth: int) -> Line:
        """The line that the token at `index` begins."""
        token = self.tokens[index]
        old, kind = token.start_mark.column, type(token)
        columns = {block.old: block.new for block in blocks}
        if not blocks:
            return Line(old, old if depth else 0, 0, None, columns)
        top = blocks[-1]
        closes = kind in (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
        if depth or closes:
            return Line(old, max(old + top.new - top.old, top.new + (0 if closes else 2)), 0, None, columns)
        starts = kind in (
            yaml.KeyToken,
            yaml.BlockMappingStartToken,
            yaml.BlockSequenceStartToken,
            yaml.BlockEntryToken,
        )
        dashes, rest = self._dashes(index)
        return Line(old, top.new if starts else top.new + 2, dashes, rest, columns)

    def _dashes(self, index: int) -> tuple[int, int | None]:
        """How many dashes follow one another from a token on, and where the line goes on behind them."""
        line, count = self.tokens[index].start_mark.line, 0
        for place in range(index, len(self.tokens)):
            token = self.tokens[place]
            if token.start_mark.line != line or type(token) in (yaml.BlockEndToken, yaml.StreamEndToken):
                return count, None
            if type(token) is yaml.BlockEntryToken:
                count += 1
            elif type(token) is not yaml.BlockSequenceStartToken:
                return count, token.start_mark.index
        return count, None

    def edits(self) -> list[Edit]:
        """Edits of indentation, of blank lines and of blanks at the end of lines."""
        found: list[Edit] = []
        before: Line | None = None
        shift = (0, 0)
        after = self._next_lines()
        for number, row in enumerate(self.rows):
            start = self.starts[number]
            line = self.lines.get(number)
            if number in self.interior:
                found += self._continued(number, row, shift)
                continue
            if not row.strip():
                continue
            content = len(row.rstrip())
            if content < len(row) and not self._opens_interior(number):
                found.append((start + content, start + len(row), ""))
            old = len(row) - len(row.lstrip())
            if line is None:
                found.append((start, start + old, " " * self._comment(old, before, after[number])))
            else:
                before = line
                shift = self._shift(line)
                found += self._begin(start, row, line)
        return [edit for edit in found if self.text[edit[0] : edit[1]] != edit[2]] + self._blank_lines()

    def _opens_interior(self, number: int) -> bool:
        """Whether a scalar goes on from this line to the next, so that blanks at its end may count."""
        return number + 1 in self.interior

    def _begin(self, start: int, row: str, line: Line) -> list[Edit]:
        if not line.dashes:
            return [(start, start + len(row) - len(row.lstrip()), " " * line.new)]
        prefix = " " * line.new + " ".join("-" * line.dashes)
        if line.rest is None:
            end = start + len(row) - len(row.lstrip(" -"))
            bare = row.lstrip(" -")
            return (
                [(start, end, prefix + (" " if bare else ""))] if bare else [(start, start + len(row.rstrip()), prefix)]
            )
        return [(start, line.rest, prefix + " ")]

    @staticmethod
    def _shift(line: Line) -> tuple[int, int]:
        """By how much what goes on from this line moves, and the least column it may have."""
        top = max(line.columns, default=0)
        new = line.columns.get(top, 0)
        return new - top, new + 2 if line.columns else 0

    def _continued(self, number: int, row: str, shift: tuple[int, int]) -> list[Edit]:
        """A line inside a scalar moves with the scalar."""
        old = len(row) - len(row.lstrip(" "))
        if not row.strip(" "):
            return []
        delta, least = shift
        return [(self.starts[number], self.starts[number] + old, " " * max(old + delta, least))]

    def _next_lines(self) -> list[Line | None]:
        """For every line the next one below it that begins with content."""
        found: list[Line | None] = []
        below: Line | None = None
        for number in range(len(self.rows) - 1, -1, -1):
            found.append(below)
            below = self.lines.get(number, below)
        return found[::-1]

    @staticmethod
    def _comment(old: int, before: Line | None, after: Line | None) -> int:
        """The column of a comment: that of the line it belongs to, the next one first."""
        for line in (after, before):
            if line is not None and line.old == old:
                return line.new
        if before is not None and old in before.columns:
            return before.columns[old]
        nearest = after or before
        return max(0, old + nearest.new - nearest.old) if nearest else 0

    def _blank_lines(self) -> list[Edit]:
        """One blank line at most in a row, none at the ends, and one before and after a section of several lines."""
        wanted = self._parted()
        found: list[Edit] = []
        number, last = 0, len(self.rows)
        while number < last:
            stop = number
            while stop < last and stop not in self.interior and not self.rows[stop].strip():
                stop += 1
            keep = 0 if stop == last or number == 0 else max(min(stop - number, 1), int(stop in wanted))
            if keep != stop - number:
                end = self.starts[stop] if stop < last else len(self.text)
                found.append((self.starts[number], end, "\n" * keep))
            number = stop + 1
        if self.rows[-1].strip() and last - 1 not in self.interior:
            found.append((len(self.text), len(self.text), "\n"))
        return found

    def _parted(self) -> set[int]:
        """The lines that a blank line must stand before: the sections of several lines and what follows them."""
        ends = [*self.sections[1:], len(self.rows)][: len(self.sections)]
        content = self.interior | set(self.lines)
        long = [
            any(n in content for n in range(start + 1, end)) for start, end in zip(self.sections, ends, strict=True)
        ]
        found = set()
        for index in range(1, len(self.sections)):
            if long[index] or long[index - 1]:
                line = self.sections[index]
                while line > 0 and self.rows[line - 1].startswith("#"):
                    line -= 1
                found.add(line)
        return found
