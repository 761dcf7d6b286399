"""What steers a terminal, a log or a reader's eye, and how it is written so that it does not."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.printable import (
    SUBSTITUTE,
    Syntax,
    harmless,
    harmless_file,
    harmless_text,
    one_line,
    syntax_of,
)
from tests.properties import examples

STEERING = (
    "\x00\x08\x0b\x0c\x0e\x1b\x1f\x7f\x9f"
    "\u00ad\u061c\u200b\u200e\u200f\u2028\u202e\u2060\u206f\u3164\ufeff\ufff0\ufffe\uffff\U000e0001"
)
HARMLESS = "aé ~\t\n\u00a0\u200c\u200d\ufe0e\ufe0f\u0600漢🙂\U000e1000"


@pytest.mark.parametrize("char", STEERING)
def test_what_steers_is_replaced_or_spelled(char: str) -> None:
    for syntax in (Syntax.PLAIN, Syntax.COLOURED, Syntax.COMMANDS):
        assert harmless(f"a{char}b", syntax) == f"a{SUBSTITUTE}b"
    told = harmless(json.dumps(f"a{char}b", ensure_ascii=False), Syntax.JSON)
    assert json.loads(told) == f"a{char}b"
    assert char not in told


@pytest.mark.parametrize("char", HARMLESS)
@pytest.mark.parametrize("syntax", Syntax)
def test_what_does_not_steer_stays(char: str, syntax: Syntax) -> None:
    assert harmless(f"a{char}b", syntax) == f"a{char}b"


@pytest.mark.parametrize(
    ("char", "spelled"),
    [
        ("\u202e", "&#8238;"),
        ("\u200b", "&#8203;"),
        ("\u00ad", "&#173;"),
        ("\U000e0041", "&#917569;"),
        ("\x1b", SUBSTITUTE),
        ("\x1f", SUBSTITUTE),
        ("\x7f", SUBSTITUTE),
        ("\x9f", SUBSTITUTE),
        ("\ufffe", SUBSTITUTE),
        ("\uffff", SUBSTITUTE),
        ("\ud800", SUBSTITUTE),
    ],
)
def test_markup_has_a_reference_where_it_may_have_one(char: str, spelled: str) -> None:
    assert harmless(f"<a>{char}</a>", Syntax.MARKUP) == f"<a>{spelled}</a>"


def test_half_a_character_is_none_in_json() -> None:
    assert harmless('"\ud800\udfff"', Syntax.JSON) == f'"{SUBSTITUTE}{SUBSTITUTE}"'
    assert harmless("\udfff", Syntax.MARKUP) == SUBSTITUTE


@pytest.mark.parametrize(
    ("text", "plain", "as_json", "markup"),
    [
        ("::error::x", ": :error::x", ":" + ":error::x", "&#58;:error::x"),
        ("a\n  ::set x", "a\n  : :set x", "a\n  ::set x", "a\n  &#58;:set x"),
        ("a ::b", "a ::b", "a ::b", "a ::b"),
        ("::1", "::1", "::1", "::1"),
        ("##[group]", "# #[group]", "\\u0023#[group]", "&#35;#[group]"),
        ("x ##vso[a]", "x # #vso[a]", "x \\u0023#vso[a]", "x &#35;#vso[a]"),
        ("##teamcity[a]", "# #teamcity[a]", "\\u0023#teamcity[a]", "&#35;#teamcity[a]"),
        ("## title", "## title", "## title", "## title"),
    ],
)
def test_a_line_is_no_command_to_a_runner_of_workflows(text: str, plain: str, as_json: str, markup: str) -> None:
    assert harmless(text, Syntax.PLAIN) == harmless(text, Syntax.COLOURED) == plain
    assert harmless(text, Syntax.JSON) == as_json
    assert harmless(text, Syntax.MARKUP) == markup
    assert harmless(text, Syntax.COMMANDS) == text


def test_our_colours_stay_and_no_other_sequence_does() -> None:
    text = "\x1b[1;31mred\x1b[0m \x1b]0;title\x07 \x1b[2J"
    assert harmless(text, Syntax.COLOURED) == f"\x1b[1;31mred\x1b[0m {SUBSTITUTE}]0;title{SUBSTITUTE} {SUBSTITUTE}[2J"
    assert "\x1b" not in harmless(text, Syntax.PLAIN)
    assert harmless(f"\x1b[{'1' * 13}m", Syntax.COLOURED)[0] == SUBSTITUTE


@examples(200)
@given(st.lists(st.sampled_from(["::", ":", "##", "#", "[x]", "vso[", "e", " ", "\n", "\x1b[0m"])).map("".join))
def test_no_colour_makes_a_command_of_what_is_none(text: str) -> None:
    assert re.search(r"(?m)^[ \t]*::[A-Za-z]|##(?:\[|vso\[)", harmless(text, Syntax.COLOURED)) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  plain ", "  plain "),
        ("é \n\t x", "é x"),
        (" \u00e9\r\nb ", "é b"),
        ("a\tb", "a b"),
        ("a \x85\u2028 b", "a b"),
        ("a\x1b[31m", f"a{SUBSTITUTE}[31m"),
        ("a\u202eb", f"a{SUBSTITUTE}b"),
    ],
)
def test_a_name_is_on_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@examples(100)
@given(st.text())
def test_what_is_on_one_line_stays_as_it_is_the_second_time(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("kind", "syntax"),
    [
        ("json", Syntax.JSON),
        ("application/schema+json", Syntax.JSON),
        ("html", Syntax.MARKUP),
        ("image/svg+xml", Syntax.MARKUP),
        ("drawio", Syntax.MARKUP),
        ("mxfile", Syntax.MARKUP),
        ("graphml", Syntax.MARKUP),
        ("md", Syntax.PLAIN),
        ("txt", Syntax.PLAIN),
    ],
)
def test_a_text_is_read_by_its_suffix(kind: str, syntax: Syntax) -> None:
    assert syntax_of(kind) is syntax


def test_a_file_is_made_harmless_by_its_suffix_unless_it_is_no_text() -> None:
    data = "a\u202eb é".encode()
    assert harmless_file("x.json", data) == "a\\u202eb é".encode()
    assert harmless_file("x.y.svg", data) == "a&#8238;b é".encode()
    assert harmless_file("x.md", data) == f"a{SUBSTITUTE}b é".encode()
    assert harmless_file("x.png", b"\x89\x1b\xff") == b"\x89\x1b\xff"
    assert harmless_file("x.pdf", b"\x89\x1b\xff") == b"\x89\x1b\xff"


@pytest.mark.parametrize(("content", "text"), [("a", "a\n"), ("a\n", "a\n"), ("", ""), ("a\x1b", f"a{SUBSTITUTE}\n")])
def test_a_text_ends_with_a_line_break(content: str, text: str) -> None:
    assert harmless_text(content, Syntax.PLAIN) == text
