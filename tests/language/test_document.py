"""YAML to data with positions."""

import pytest
import yaml

from archspec.errors import UsageError
from archspec.language.reader.document import Document, read_bytes, read_text
from archspec.language.reader.tree import ALIAS_BUDGET
from archspec.model import Plain


def told(document: Document) -> list[str]:
    return [
        f"{problem.span.line}:{problem.span.column} {problem.message}" for problem in document.problems if problem.span
    ]


def test_plain_scalars_keep_their_spelling_and_quoted_ones_are_plain_no_longer() -> None:
    data = read_text("a: [1.10, no, 010, 12:30, 'no', \"x\"]", "f").data
    assert data == {"a": ["1.10", "no", "010", "12:30", "no", "x"]}
    assert [type(item) is Plain for item in data["a"]] == [True, True, True, True, False, False]


def test_an_empty_value_and_null_are_none() -> None:
    assert read_text("a:\nb: ~\nc: null\nd: [,]\n", "f").data is None
    assert read_text("a:\nb: ~\nc: null\nd: 'null'\n", "f").data == {"a": None, "b": None, "c": None, "d": "null"}


def test_spans_begin_at_one_and_end_behind_the_last_character() -> None:
    source = read_text("a:\n  b: [x, yz]  # why\n\nc: d\n", "f").source
    assert source.keys["a", "b"][1:] == (2, 3, 2, 4)
    assert source.values["a", "b"][1:] == (2, 6, 2, 13)
    assert source.values["a", "b", 1][1:] == (2, 10, 2, 12)
    assert source.values["a",][1:] == (2, 3, 2, 13)
    assert source.values[()][1:] == (1, 1, 4, 5)


def test_a_block_text_ends_at_its_last_character() -> None:
    source = read_text("a: |\n  one\n  two\n\n\nb: c\n", "f").source
    assert source.values["a",][1:] == (1, 4, 3, 6)


def test_the_span_of_an_empty_value_is_that_of_its_key() -> None:
    source = read_text("a:\nb: c\n", "f").source
    assert source.values["a",] == source.keys["a",]


def test_columns_count_characters_not_bytes() -> None:
    assert read_text("größe: ü\n", "f").source.values["größe",][1:] == (1, 8, 1, 9)


def test_a_function_cut_at_its_commas_is_joined_again() -> None:
    document = read_text("{takes: lognormal(p50=3ms, p99=25ms), does: x}", "f")
    assert document.data == {"takes": "lognormal(p50=3ms, p99=25ms)", "does": "x"}
    assert document.source.values["takes",][1:] == (1, 9, 1, 37)
    assert document.problems == ()


def test_a_function_in_a_list_is_joined_and_what_follows_keeps_its_place() -> None:
    document = read_text("[1, uniform(2ms, 9ms), {a: b}]", "f")
    assert document.data == ["1", "uniform(2ms, 9ms)", {"a": "b"}]
    assert document.source.values[2, "a"][1:] == (1, 28, 1, 29)


def test_brackets_of_plain_text_are_left_alone_where_none_closes_them() -> None:
    assert read_text("[a (b, c, d]", "f").data == ["a (b", "c", "d"]


def test_an_alias_is_a_copy_with_positions_of_what_it_repeats() -> None:
    document = read_text("a: &x {b: [1]}\nc: *x\n", "f")
    assert document.data == {"a": {"b": ["1"]}, "c": {"b": ["1"]}}
    assert document.data["a"] is not document.data["c"]
    assert document.source.values["c", "b", 0][1:] == (1, 12, 1, 13)
    assert document.source.values["c",][1:] == (2, 4, 2, 6)


def test_aliases_may_add_only_so_many_values() -> None:
    row = "[" + ", ".join(["*a"] * 11) + "]"
    text = "a: &a [" + ", ".join(["x"] * 999) + f"]\nb: {row}\n"
    assert told(read_text(text, "f")) == [f"2:45 aliases add more than {ALIAS_BUDGET} values"]


def test_fifty_thousand_open_brackets_end_at_once() -> None:
    for text in ("[" * 50_000, "{a: " * 50_000, "- " * 50_000, "? " * 50_000):
        document = read_text(text, "f")
        assert "too many levels" in document.problems[-1].message


def test_all_mistakes_of_a_file_come_at_once() -> None:
    document = read_text("a: @x\nb: `y`\na: 1\nc: {d:e}\nf: !t g\n", "f")
    assert told(document) == [
        "1:4 an unquoted text cannot begin with `@`",
        "2:4 an unquoted text cannot begin with a backtick",
        "3:1 `a` is given a second time",
        "4:5 `d:e` has no value",
        "5:4 `!t` is a YAML tag",
    ]
    assert not document.complete


def test_of_two_equal_keys_the_first_one_counts() -> None:
    document = read_text("a: 1\na: {b: 2}\n", "f")
    assert document.data == {"a": "1"}
    assert document.problems[0].related[0][0].label == "f:1:1"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        ("a: ü\n".encode("utf-16"), {"a": "ü"}),
        ("a: ü\n".encode("utf-32"), {"a": "ü"}),
        (b"a: 1\rb: 2\r", {"a": "1", "b": "2"}),
    ],
    ids=["BOM and CRLF", "UTF-16", "UTF-32", "CR"],
)
def test_marks_and_line_ends_of_other_systems_are_read(data: bytes, expected: object) -> None:
    document = read_bytes(data, "f")
    assert (document.data, document.problems) == (expected, ())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: \xff\nb: x\xe4\n", ["1:4 byte 0xff is not UTF-8", "2:5 byte 0xe4 is not UTF-8"]),
        (b"a\0:\0", ["1:2 this looks like UTF-16 without a byte order mark"]),
        (b"PK\x03\x04\x14\x00", ["1:6 this is not text: it contains NUL bytes"]),
        (b"\xff\xfea", ["1:1 the byte order mark says UTF-16, but byte 2 does not fit it"]),
        (b"a: b\x1b[0m\n", ["1:5 a control character U+001B"]),
        ("a: b\u2028c\n".encode(), ["1:5 a line separator U+2028 that editors do not show"]),
        (b"#" * (16 * 2**20 + 1), ["1:1 the file is too large: 16.0 MiB"]),
    ],
    ids=["Latin-1", "UTF-16 without mark", "binary", "half of UTF-16", "escape", "line separator", "too large"],
)
def test_what_is_no_text_is_refused_where_it_stands(data: bytes, expected: list[str]) -> None:
    assert told(read_bytes(data, "f")) == expected


def test_without_libyaml_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(UsageError, match="without libyaml"):
        read_text("a: 1", "f")
