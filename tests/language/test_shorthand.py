"""Connections in short, middle and long form."""

import pytest

from archspec.language.problems import Problems
from archspec.language.shorthand import expand
from archspec.model import SourceMap
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
        ("a --> b", "`a --> b` is not a connection", "the arrow is written `->`: `a -> b`."),
        ("a => b", "`a => b` is not a connection", "the arrow is written `->`: `a -> b`."),
        ("a → b", "`a → b` is not a connection", "the arrow is written `->`: `a -> b`."),
        (
            "a <- b",
            "`a <- b` is not a connection",
            "answers need no arrow back: write one connection `a -> b`, or two.",
        ),
        ("a ->", "`a ->` is not a connection", "put spaces around the arrow and an id on both sides: `a -> b`."),
        (
            "a -> -> b",
            "`a -> -> b` is not a connection",
            "put spaces around the arrow and an id on both sides: `a -> b`.",
        ),
        (
            '"[b, c] -> d"',
            "`[b, c] -> d` is not a connection",
            "a list on the left is written long: `{from: [b, c], to: d}`.",
        ),
        (
            "a -> [b, c] -> d",
            "`a -> [b, c] -> d` is not a connection",
            "a list may only be at the end of a connection, and holds ids.",
        ),
        (
            "a -> [b, c.d]",
            "`a -> [b, c.d]` is not a connection",
            "a list may only be at the end of a connection, and holds ids.",
        ),
        (
            "group:a -> b",
            "`group:a -> b` is not a connection",
            "an arrow ends at a group, and begins at a component: `a -> group:orders`.",
        ),
        ("'a -> b:https'", "`a -> b:https` is not a connection", "put a space after the colon: `a -> b: https`."),
        ("a -> b:https", "`a -> b:https` is read as one name", "put a space after the colon: `a -> b: https`."),
        ("a -> group:nobody", "`nobody` is not a group", "declare it under `groups`."),
        ("{from: a, to: 'group:nobody'}", "`nobody` is not a group", "declare it under `groups`."),
        ("a -> []", "`a -> []` is not a connection", "a list may only be at the end of a connection, and holds ids."),
        (
            "{a -> b: https, timeout: 1s}",
            "`timeout` is written beside the connection, not in it",
            "put the fields into braces: `- a -> b: {protocol: https, timeout: 1s}`.",
        ),
        ("{a: 1, b: 2}", "this is not a connection", "write `- a -> b`, or `{from: a, to: b}`."),
        ("{}", "this is not a connection", "write `- a -> b`, or `{from: a, to: b}`."),
        ("{to: b}", "this connection has no `from`", "add `from: <component>`."),
        ("{from: b}", "this connection has no `to`", "add `to: <component>`."),
        ("{from: 'group:b', to: c}", "`group:b` is not an id of a component", "name one component, or a list of them."),
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


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a -> nobody", "nobody"),
        ("'a -> nobody'", "nobody"),
        ("nobody -> b: https", "nobody"),
        ("a -> b-nobody", "b-nobody"),
        ("a -> [b, nobody]", "nobody"),
        ("a ->   b   ->  nobody", "nobody"),
        ("a -> group:nobody", "nobody"),
        ("{from: a, to: [b, nobody]}", "nobody"),
        ("{from: nobody, to: a}", "nobody"),
        ("{to: a}", "{to: a}"),
        ("a b", "a b"),
        ("{a -> b: https, timeout: 1s}", "timeout"),
        ("a -> b: {group:x: 1}", "group:x"),
        ("{from: a, to: 7}", "7"),
        ("a -> b: {timout: 1s}", "timout"),
        ("a -> b: {name: x y}", "x y"),
    ],
)
def test_the_caret_stands_under_what_is_wrong(line: str, shown: str) -> None:
    assert places(PARTS + f"  - {line}\n") == [shown]


@pytest.mark.parametrize(
    "line", ["a -> [b, c]: {timeout: 1s}", "a -> [ b c ]: {timeout: 1s}", "{from: a, to: [b, c], timeout: 1s}"]
)
def test_a_list_may_be_written_in_any_of_its_ways(line: str) -> None:
    assert pairs(line) == [("a -> b", (), "1s"), ("a -> c", (), "1s")]


@pytest.mark.parametrize(("count", "pairs"), [(10_000, 10_000), (10_001, 0)])
def test_an_item_stands_for_ten_thousand_connections_at_most(count: int, pairs: int) -> None:
    many = [f"t{number}" for number in range(count)]
    told = ["this item describes 10001 connections, and 10000 are the most"] if not pairs else []
    for item in (f"x -> [{', '.join(many)}]", {"from": "x", "to": many}):
        problems = Problems(SourceMap(), {})
        assert len(expand(item, ("connections", 0), problems)) == pairs
        assert [each.message for each in (problems.error().problems if problems else ())] == told
