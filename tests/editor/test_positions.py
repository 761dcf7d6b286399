"""Places as archspec counts them and as editors do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.needs import needs_extra
from tests.properties import examples

needs_extra("editor")

from lsprotocol.types import Position, PositionEncodingKind, Range  # noqa: E402 - of the extra
from pygls.workspace import PositionCodec  # noqa: E402

from archspec.editor.positions import Positions, path_of, uri_of  # noqa: E402
from archspec.errors import Span  # noqa: E402

TEXT = "name: A\nlabel: 🙂b\n"
ENCODINGS = list(PositionEncodingKind)


def in_(encoding: PositionEncodingKind) -> Positions:
    return Positions(PositionCodec(encoding))


@pytest.mark.parametrize(
    ("encoding", "end"),
    [(PositionEncodingKind.Utf8, 12), (PositionEncodingKind.Utf16, 10), (PositionEncodingKind.Utf32, 9)],
)
def test_a_column_counts_the_units_that_were_agreed_on(encoding: PositionEncodingKind, end: int) -> None:
    span = Span("/a.yaml", 2, 8, 2, 10)
    assert in_(encoding).range(span, TEXT) == Range(Position(1, 7), Position(1, end))
    assert in_(encoding).place(Position(1, end), TEXT) == (2, 10)


@examples(60)
@given(st.text("ab🙂é\n", min_size=1, max_size=20), st.sampled_from(ENCODINGS), st.data())
def test_a_place_is_the_same_there_and_back(text: str, encoding: PositionEncodingKind, data: st.DataObject) -> None:
    rows = text.split("\n")
    line = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(1, len(rows[line - 1]) + 1))
    there = in_(encoding).range(Span("/a.yaml", line, column, line, column), text)
    assert there.start == there.end
    assert in_(encoding).place(there.start, text) == (line, column)


@pytest.mark.parametrize(
    ("position", "place"),
    [
        (Position(0, 0), (1, 1)),
        (Position(0, 7), (1, 8)),
        (Position(0, 8), (1, 8)),
        (Position(0, 500), (1, 8)),
        (Position(1, 8), (2, 9)),
        (Position(1, 500), (2, 10)),
        (Position(2, 0), (3, 1)),
        (Position(3, 0), (3, 1)),
        (Position(500, 500), (3, 1)),
    ],
)
def test_a_position_beyond_the_text_is_its_end(position: Position, place: tuple[int, int]) -> None:
    assert in_(PositionEncodingKind.Utf16).place(position, TEXT) == place


def test_a_span_outside_the_text_stands_at_an_edge_of_it() -> None:
    ranged = in_(PositionEncodingKind.Utf16).range
    assert ranged(Span("/a.yaml", 0, 0, 1, 1), TEXT) == Range(Position(0, 0), Position(0, 0))
    assert ranged(Span("/a.yaml", 1, 100, 9, 100), TEXT) == Range(Position(0, 7), Position(8, 0))


def test_all_of_a_text_ends_behind_its_last_line() -> None:
    positions = in_(PositionEncodingKind.Utf16)
    assert positions.whole(TEXT) == Range(Position(0, 0), Position(2, 0))
    assert positions.whole("a: 🙂") == Range(Position(0, 0), Position(0, 5))
    assert positions.whole("") == Range(Position(0, 0), Position(0, 0))


def test_a_file_has_one_name_whatever_link_leads_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "a b.yaml", tmp_path / "link.yaml"
    file.touch()
    link.symlink_to(file)
    assert path_of(link.as_uri()) == file
    assert uri_of(link) == uri_of(str(file)) == file.as_uri()
    assert path_of("") is None
