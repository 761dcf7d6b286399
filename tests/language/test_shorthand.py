"""Connections in short, middle and long form."""

import pytest

from tests.model.specs import mistakes, places, spec

PARTS = """components:
  a: {kind: client}
  b: {kind: server}
  c: {kind: server}
  d: {kind: database}
connections:
"""


def pairs(line: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Name, protocols and timeout of the connections that one line stands for."""
    found = spec(PARTS + f"  - {line}\n").connections
    return [(edge.name, edge.protocol, str(edge.timeout) if edge.timeout else None) for edge in found]


def test_an_arrow_connects_two() -> None:
    assert pairs("a -> b") == [("a -> b", (), None)]


def test_a_word_after_the_colon_is_the_protocol() -> None:
    assert pairs("a -> b: https") == [("a -> b", ("https",), None)]


def test_a_list_after_the_colon_are_protocols() -> None:
    assert pairs("a -> b: [https, wss]") == [("a -> b", ("https", "wss"), None)]


def test_a_mapping_after_the_colon_are_fields() -> None:
    assert pairs("a -> b: {protocol: https, timeout: 2s}") == [("a -> b", ("https",), "2s")]


def test_a_list_on_the_right_is_a_connection_for_each() -> None:
    assert pairs("b -> [c, d]: {timeout: 1s}") == [("b -> c", (), "1s"), ("b -> d", (), "1s")]


def test_a_chain_is_a_connection_for_each_hop() -> None:
    assert pairs("a -> b -> [c, d]: http") == [
        ("a -> b", ("http",), None),
        ("b -> c", ("http",), None),
        ("b -> d", ("http",), None),
    ]


def test_the_long_form_takes_one_or_many_on_both_sides() -> None:
    assert pairs("{from: [b, c], to: d, timeout: 1s}") == [("b -> d", (), "1s"), ("c -> d", (), "1s")]


@pytest.mark.parametrize(
    ("line", "message", "remedy"),
    [
        (
            "a <-> b",
            "`a <-> b` is not a connection",
            "answers need no arrow back: write one connection `a -> b`, or two.",
        ),
        ("a, b", "`a, b` is not a connection", "write `a -> b`: who asks, an arrow, who answers."),
        ("a->b", "`a->b` is not a connection", "put spaces around the arrow and an id on both sides: `a -> b`."),
        ("{to: b}", "this connection has no `from`", "add `from: <component>`."),
        ("a -> b.c", "`a -> b.c` is not a connection", "`b.c` is not an id: letters, digits, `-` and `_`."),
        ("{from: a, to: [b, 7]}", "`7` is not an id of a component", "name one component, or a list of them."),
        ("[a, b]", "this is not a connection", "write `- a -> b`, or `{from: a, to: b}`."),
        ("a -> x", "`x` is not declared", "declare it under `components`."),
    ],
)
def test_what_is_no_connection_is_refused_with_a_remedy(line: str, message: str, remedy: str) -> None:
    assert mistakes(PARTS + f"  - {line}\n") == [(message, remedy)]


def test_an_ordered_pair_is_connected_once() -> None:
    both = "  - a -> b\n  - {from: a, to: b, timeout: 1s}\n"
    assert mistakes(PARTS + both) == [
        ("`a -> b` is connected twice", "keep one of them, or give one a `name`, which its steps name with `via`.")
    ]
    assert [edge.name for edge in spec(PARTS + "  - a -> b\n  - b -> a\n").connections] == ["a -> b", "b -> a"]


def test_a_wrong_name_in_an_arrow_is_pointed_at_within_the_arrow() -> None:
    assert places(PARTS + "  - a -> b -> [c, nobody]: https\n") == ["nobody"]


def test_a_wrong_field_is_pointed_at_once_for_all_pairs_of_an_arrow() -> None:
    assert places(PARTS + "  - a -> [b, c, d]: {timeout: 5}\n") == ["5"]
