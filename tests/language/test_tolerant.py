"""A text in the midst of being typed is read as though the line were whole."""

import pytest

from archspec.language.reader.tolerant import closed, left_open, tolerant


@pytest.mark.parametrize(
    ("row", "closing"),
    [
        ("a: [b", "]"),
        ("a: {b: [c, {d: e", "}]}"),
        ("a: [b]", ""),
        ("a: [b, 'c", "']"),
        ('a: [b, "c', '"]'),
        ("a: [b, 'c]', d", "]"),
        ('a: "x\\"y', '"'),
        ('a: [\'x\\\', "y\\"", z', "]"),
        ("a: [b # c [", "]"),
        ("a: b]", ""),
        ("a: [b}", "]"),
        ("", ""),
    ],
)
def test_what_a_row_leaves_open_is_closed_innermost_first(row: str, closing: str) -> None:
    assert left_open(row) == closing


@pytest.mark.parametrize(
    ("text", "line", "data"),
    [
        ("a: [1, 2\nb: 3\n", 1, {"a": ["1", "2"], "b": "3"}),
        ("a: 1\nb: {c: 'x\n", 2, {"a": "1", "b": {"c": "x"}}),
        ("a: 1\n: : :\nb: 2\n", 2, {"a": "1", "b": "2"}),
        ("a: 1\r\nb: [\r\nc: 3\r\n", 2, {"a": "1", "b": [], "c": "3"}),
        ("a: 1\nb: 2\n", 1, {"a": "1", "b": "2"}),
    ],
)
def test_the_rest_of_a_text_is_read(text: str, line: int, data: object) -> None:
    document = tolerant(text, "a.yaml", line)
    assert document.complete
    assert document.data == data


def test_a_text_that_is_wrong_elsewhere_is_not_complete() -> None:
    for line in (0, 1, 3, 4):
        assert not tolerant("a: 1\nb: [\nc: 3\n", "a.yaml", line).complete
        assert closed("a: 1\nb: [\nc: 3\n", "a.yaml", line) is None


def test_places_behind_stay_where_they_are() -> None:
    document = tolerant("a: [1\nb: 3\n", "a.yaml", 1)
    assert document.source.key(("b",)) == ("a.yaml", 2, 1, 2, 2)
