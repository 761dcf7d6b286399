"""Which lines of a Markdown file are markers, and what is replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.embedding.document import filled
from archspec.embedding.markers import blocks, lines_of
from archspec.errors import SpecError
from tests.properties import examples

OPEN, CLOSE = "<!-- archspec: lint a.yaml -->", "<!-- /archspec -->"


def commands(text: str) -> list[str]:
    return [block.command for block in blocks(lines_of(text), "a.md")]


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{OPEN}\n```\n",
        f"~~~ md\n{OPEN}\n```\n{CLOSE}\n~~~\n",
        f"````\n```\n{OPEN}\n````\n",
        f"    {OPEN}\n",
        f"`{OPEN}`\n",
        f"See {OPEN} here.\n",
        "<!-- archspec-diff a.yaml -->\n",
        "<!-- another: comment -->\n",
        f"```\n{OPEN}",
    ],
)
def test_what_is_code_or_within_a_line_is_text(text: str) -> None:
    assert commands(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{OPEN}\n{CLOSE}\n",
        f"   {OPEN}  \n  {CLOSE}\n",
        f"<!--archspec: lint a.yaml-->\r\n{CLOSE}\r\n",
        f"{OPEN}\n```\n{CLOSE}\n```\n{CLOSE}",
        f"```\n```\n{OPEN}\n{CLOSE}\n",
        f"``` a ` b\n{OPEN}\n{CLOSE}\n",
    ],
)
def test_a_marker_stands_on_a_line_of_its_own(text: str) -> None:
    assert commands(text) == ["lint a.yaml"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (f"a\n{OPEN}\n", "a.md:2:1", "this block is never closed"),
        (f"a\n  {CLOSE}\n", "a.md:2:3", "this marker closes nothing"),
        (f"{OPEN}\n{CLOSE}\n{CLOSE}\n", "a.md:3:1", "this marker closes nothing"),
        (f"{OPEN}\n{OPEN}\n{CLOSE}\n", "a.md:2:1", "a block begins within another one"),
        ("<!-- archspec lint a.yaml -->\n", "a.md:1:1", "this marker does not say what to embed"),
        ("<!-- archspec: -->\n", "a.md:1:1", "this marker does not say what to embed"),
        (f"{OPEN}\n```\n{CLOSE}\n", "a.md:1:1", "this block is never closed"),
    ],
)
def test_a_wrong_marker_is_an_error_with_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        commands(text)
    problem = caught.value.problems[0]
    assert problem.span is not None
    assert (problem.span.label, problem.message.startswith(message)) == (place, True)


def test_every_other_byte_stays() -> None:
    text = f"\ufeff a\x0b\r\n\n{OPEN}\r\nold\n{CLOSE}\nend\u2028 without a break"
    assert filled(text, "a.md", lambda _: "one\n\ntwo\n") == (
        f"\ufeff a\x0b\r\n\n{OPEN}\r\none\r\n\r\ntwo\r\n{CLOSE}\nend\u2028 without a break"
    )


def test_what_is_embedded_is_indented_as_its_marker() -> None:
    text = f"- a\n\n  {OPEN}\n  {CLOSE}\n"
    assert filled(text, "a.md", lambda _: "b\n\nc\n") == f"- a\n\n  {OPEN}\n  b\n\n  c\n  {CLOSE}\n"


@pytest.mark.parametrize("content", [CLOSE, OPEN, f"{OPEN}\n{CLOSE}", "```", f"a\n{CLOSE}\nb"])
def test_what_would_be_read_as_a_marker_is_refused(content: str) -> None:
    with pytest.raises(SpecError, match="what is embedded would be read as a marker"):
        filled(f"{OPEN}\n{CLOSE}\n", "a.md", lambda _: content)


PIECES = st.sampled_from(
    [
        OPEN,
        CLOSE,
        "```",
        "~~~~",
        "text",
        "",
        "    code",
        "  ",
        "<!--",
        "-->",
        "\u2028",
        "\r",
        "````md",
        "- item",
        "\x0c",
    ]
)


@examples(100)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["new", "```\nx\n```", ""]))
def test_filling_twice_changes_nothing_and_nothing_outside_is_touched(pieces: list[str], end: str, new: str) -> None:
    text = end.join(pieces)
    try:
        once = filled(text, "a.md", lambda _: new)
    except SpecError:
        return
    assert filled(once, "a.md", lambda _: new) == once
    lines, after = lines_of(text), lines_of(once)
    inside = [(block.first, block.last) for block in blocks(lines, "a.md")]
    kept = [line for at, line in enumerate(lines) if not any(first <= at < last for first, last in inside)]
    within = [(block.first, block.last) for block in blocks(after, "a.md")]
    assert [line for at, line in enumerate(after) if not any(first <= at < last for first, last in within)] == kept
