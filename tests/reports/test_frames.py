"""Code frames: the caret stands under the culprit, whatever the line holds."""

from textwrap import dedent

import pytest

from archspec.errors import Problem, Span, SpecError
from archspec.reports.frames import frame, spec_error


def shown(text: str, column: int, end: int, line: int = 1) -> list[str]:
    """The line and the underline of a frame, without its gutter."""
    rows = frame("m", Span("f", line, column, line, end), {"f": text}).splitlines()
    return [row.split("|", 1)[1] for row in rows[3:5]]


def test_a_frame_has_place_line_caret_related_place_and_remedy() -> None:
    found = Problem(
        "`api` is given a second time",
        "keep one.",
        Span("a.yaml", 10, 3, 10, 6),
        "STR02",
        ((Span("a.yaml", 2, 3, 2, 6), "first here"),),
    )
    text = "\n".join(["x", "  api: 1", *["-"] * 7, "  api: 2"])
    assert spec_error(SpecError((found,), {"a.yaml": text})) == dedent("""\
        error[STR02]: `api` is given a second time
          --> a.yaml:10:3
           |
        10 |   api: 2
           |   ^^^
          ::: a.yaml:2:3
           |
         2 |   api: 1
           |   --- first here
           = help: keep one.

        1 problem found.""")


@pytest.mark.parametrize(
    ("text", "column", "end", "expected"),
    [
        ("\ta: b", 5, 6, ["     a: b", "        ^"]),
        ("漢字: x", 5, 6, [" 漢字: x", "       ^"]),
        ("e\u0301: x", 5, 6, [" e\u0301: x", "    ^"]),
        ("\x1b[31m: x", 8, 9, [" \ufffd[31m: x", "        ^"]),
        ("\u202ea: x", 5, 6, [" \ufffda: x", "     ^"]),
        ("abc", 4, 4, [" abc", "    ^"]),
        ("", 1, 1, ["", " ^"]),
    ],
    ids=["tab", "wide", "combining", "escape", "direction", "end of line", "empty line"],
)
def test_the_caret_stands_under_the_culprit(text: str, column: int, end: int, expected: list[str]) -> None:
    assert shown(text, column, end) == expected


def test_a_long_line_is_cut_round_the_culprit() -> None:
    line, under = shown("x" * 5000 + "@" + "y" * 5000, 5001, 5002)
    assert (len(line), line[1], line[-1]) == (103, "…", "…")
    assert line[under.index("^")] == "@"


def test_a_culprit_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    rows = frame("m", Span("f", 1, 4, 2, 3), {"f": "a: {b: c\n  }"}).splitlines()
    assert rows[3:5] == ["1 | a: {b: c", "  |    ^^^^^"]


def test_colour_is_all_that_colour_changes() -> None:
    import re

    plain = frame("m", Span("f", 1, 1, 1, 2), {"f": "a"}, remedy="r.")
    painted = frame("m", Span("f", 1, 1, 1, 2), {"f": "a"}, remedy="r.", colour=True)
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_without_a_source_the_place_is_named_alone() -> None:
    assert frame("m", Span("gone.yaml", 3, 4, 3, 5), {}) == "error: m\n --> gone.yaml:3:4"
