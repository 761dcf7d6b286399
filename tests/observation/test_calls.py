"""Spans of one trace, made by hand, and every field of the calls that they become."""

from collections.abc import Mapping
from typing import Any

import pytest

from archspec.observation.attributes import Face, face_of
from archspec.observation.gathered import Call, Tree
from archspec.observation.span import ObservedSpan, Party, Side
from archspec.observation.store import Row
from archspec.observation.tree import Damage, trees_of

KINDS = {
    "?": Side.UNSAID,
    "i": Side.INTERNAL,
    "s": Side.SERVER,
    "c": Side.CLIENT,
    "p": Side.PRODUCER,
    "k": Side.CONSUMER,
}


def row(
    service: str,
    number: int,
    parent: int,
    start: int,
    end: int,
    kind: str = "s",
    waited: int = 0,
    failed: bool = False,
    said: Mapping[str, object] | None = None,
) -> Row:
    found: Face = face_of(
        ObservedSpan("1", number, parent, service, "work", KINDS[kind], start, end, failed, said or {})
    )
    return Row(number, parent, start, end, waited, found, None)


def calls_of(*rows: Row) -> tuple[Call, ...]:
    """The calls of the one tree that spans make."""
    ((root, *_),) = trees_of(rows, Damage())
    return root.calls


def spelled(calls: tuple[Call, ...]) -> list[str]:
    """Each call on a line: callee, from when to when, own time and lag, what it says of itself."""
    lines = []
    for call in calls:
        words = [word for word in ("message", "skewed", "failed") if getattr(call, word)]
        sides = [word for word in ("asked", "answered") if getattr(call, word) is not None]
        status = [str(call.status)] if call.status is not None else []
        times = f"{call.sent}-{call.settled} {call.own} {call.lag}"
        lines.append(" ".join([call.callee.shown, times, *sides, *words, *status]))
        lines += [f"  {line}" for line in spelled(call.calls)]
    return lines


TO_DB = {"db.system": "mongodb", "server.address": "db"}
STATUS = "http.response.status_code"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param([row("a", 2, 1, 10, 60)], [], id="a span of its own service is no call"),
        pytest.param([row("b", 2, 1, 10, 60)], ["b 10-60 50 None answered"], id="the callee alone"),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 20, 50)], ["b 10-60 30 20 asked answered"], id="both sides"
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c", failed=True), row("b", 3, 2, 20, 50)],
            ["b 10-60 None None asked answered failed"],
            id="the asking side fails",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 20, 50, failed=True)],
            ["b 10-60 None None asked answered failed"],
            id="the answering side fails",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c", said={STATUS: 404}), row("b", 3, 2, 20, 50)],
            ["b 10-60 30 20 asked answered 404"],
            id="the caller tells the status",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c", said={STATUS: 404}), row("b", 3, 2, 20, 50, said={STATUS: 201})],
            ["b 10-60 30 20 asked answered 201"],
            id="both tell the status",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "i", said={STATUS: 404}), row("b", 3, 2, 20, 50)],
            ["b 20-50 30 None answered"],
            id="what does not ask tells no status",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 20, 30), row("c", 4, 2, 35, 50)],
            ["b 20-30 10 None answered", "c 35-50 15 None answered"],
            id="a span around two calls is the asking side of neither",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "?"), row("b", 3, 2, 20, 50)],
            ["b 10-60 30 20 asked answered"],
            id="a span of no kind within its service asks",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "?"), row("b", 3, 2, 20, 30), row("a", 4, 2, 35, 50)],
            ["b 20-30 10 None answered"],
            id="but not where it has more below it",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 20, 30), row("a", 4, 2, 35, 50, "c", said=TO_DB)],
            ["b 10-60 10 40 asked answered", "db 35-50 15 None asked"],
            id="a client asks once, whatever its own service does below it",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c", said=TO_DB)],
            ["db 10-60 50 None asked"],
            id="the caller alone tells of a store",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c", failed=True, said=TO_DB | {STATUS: 500})],
            ["db 10-60 None None asked failed 500"],
            id="a store that fails",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c", said=TO_DB | {"archspec.time_unknown": True})],
            ["db 10-60 None None asked"],
            id="a store whose time is not known",
        ),
        pytest.param([row("a", 2, 1, 10, 60, "s", said={"peer.service": "x"})], [], id="who answers asks nobody"),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 20, 50, said={"archspec.time_unknown": True})],
            ["b 10-60 None None asked answered"],
            id="an answer whose time is not known",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c", said={"archspec.time_unknown": True}), row("b", 3, 2, 20, 50)],
            ["b 10-60 30 None asked answered"],
            id="a question whose time is not known",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 10, 60)],
            ["b 10-60 50 0 asked answered"],
            id="as long on both sides",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 10, 61)],
            ["b 10-60 51 None asked answered"],
            id="longer on the answering side",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 60, 90)],
            ["b 10-60 30 20 asked answered"],
            id="begun as the asking side ends",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 61, 90)],
            ["b 10-60 29 21 asked answered skewed"],
            id="begun after the asking side has ended",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "c"), row("b", 3, 2, 9, 20)],
            ["b 10-60 11 39 asked answered skewed"],
            id="begun before the asking side",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "i"), row("b", 3, 2, 90, 100)],
            ["b 90-100 10 None answered"],
            id="begun after a span that does not ask",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "i"), row("b", 3, 2, 0, 21)],
            ["b 24-45 21 None answered skewed"],
            id="set into the middle of a span that does not ask",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "i"), row("b", 3, 2, 0, 50)],
            ["b 10-60 50 None answered skewed"],
            id="set into one that is as long",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 60, "i"), row("b", 3, 2, 0, 51)],
            ["b 0-51 51 None answered skewed"],
            id="left where it does not fit",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 20, "p", said={"messaging.system": "kafka"}), row("b", 3, 2, 5, 50, "k")],
            ["a kafka 10-20 10 None asked", "  b 5-50 45 None answered message"],
            id="a message has a queue between, and no clock to keep",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 20, "p"), row("b", 3, 2, 30, 50, "k")],
            ["a message_queue 10-20 10 None asked", "  b 30-50 20 None answered message"],
            id="of a queue that nobody names",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 20, "p"), row("b", 3, 2, 12, 18)],
            ["b 10-20 6 4 asked answered"],
            id="a producer may be answered as a client is",
        ),
        pytest.param(
            [row("a", 2, 1, 10, 20, "i"), row("b", 3, 2, 12, 18, "k")],
            ["b 12-18 6 None answered message"],
            id="a consumer below another span has no queue between",
        ),
        pytest.param(
            [row("b", 2, 1, 30, 40), row("b", 3, 1, 10, 20), row("c", 4, 1, 10, 15), row("c", 5, 1, 10, 20)],
            [
                "c 10-15 5 None answered",
                "b 10-20 10 None answered",
                "c 10-20 10 None answered",
                "b 30-40 10 None answered",
            ],
            id="in the order of beginning, of ending, of their ids",
        ),
    ],
)
def test_spans_below_a_server_become_calls(rows: list[Row], told: list[str]) -> None:
    assert spelled(calls_of(row("a", 1, 0, 0, 100), *rows)) == told


@pytest.mark.parametrize(
    ("waited", "calls", "own"),
    [
        (0, [], 100),
        (30, [], 70),
        (130, [], 0),
        (0, [(10, 20)], 90),
        (0, [(10, 20), (20, 30)], 80),
        (0, [(10, 40), (20, 30)], 70),
        (0, [(10, 40), (20, 50)], 60),
        (0, [(20, 50), (10, 40)], 60),
        (0, [(10, 20), (5, 40)], 65),
        (0, [(90, 150)], 90),
        (0, [(150, 190)], 100),
        (0, [(0, 100)], 0),
        (5, [(0, 100)], 0),
        (0, [(10, 10)], 100),
    ],
)
def test_own_time_is_a_span_less_its_wait_and_the_union_of_what_it_asked(
    waited: int, calls: list[tuple[int, int]], own: int
) -> None:
    rows = [row("b", 2 + place, 1, *times) for place, times in enumerate(calls)]
    (tree,) = trees_of([row("a", 1, 0, 0, 100, waited=waited), *rows], Damage())
    assert tree.root.own == own
    assert tree.root.calls == tuple(sorted(tree.root.calls, key=lambda call: (call.sent, call.settled)))


def test_own_time_counts_from_the_beginning_of_the_span() -> None:
    (tree,) = trees_of([row("a", 1, 0, 50, 100), row("a", 2, 1, 60, 70, "c", said=TO_DB)], Damage())
    assert tree.root.own == 40


def test_calls_of_inner_spans_are_taken_in_the_order_of_their_times() -> None:
    inner = [row("a", 2, 1, 10, 60, "i"), row("b", 3, 2, 40, 50), row("c", 4, 1, 20, 30)]
    (tree,) = trees_of([row("a", 1, 0, 0, 100), *inner], Damage())
    assert (tree.root.own, [call.sent for call in tree.root.calls]) == (80, [40, 20])


def test_a_tree_begins_with_its_top_and_says_all_that_it_says() -> None:
    top = row("a", 1, 0, 5, 9, waited=1, failed=True, said={STATUS: 503})
    assert trees_of([top], Damage()) == [
        Tree(Call(Party("a"), "work", 5, 9, 3, None, None, top.face, False, False, True, 503, ()), None, False)
    ]
    unknown = row("a", 1, 7, 5, 9, "k", said={"archspec.time_unknown": True, "messaging.destination": "orders"})
    assert trees_of([unknown], Damage()) == [
        Tree(
            Call(Party("a"), "work", 5, 9, None, None, None, unknown.face, True, False, False, None, ()),
            Party("orders", "message_queue"),
            True,
        )
    ]


@pytest.mark.parametrize("kind", ["c", "p", "i", "?"])
def test_only_a_consumer_that_begins_a_tree_was_sent_something(kind: str) -> None:
    (tree,) = trees_of([row("a", 1, 0, 0, 9, kind, said={"messaging.destination": "orders"})], Damage())
    assert (tree.caller, tree.root.message) == (None, False)


@pytest.mark.parametrize(
    ("rows", "damage", "trees"),
    [
        ([row("a", 1, 0, 0, 9)], Damage(), 1),
        ([row("a", 1, 0, 0, 9), row("b", 2, 0, 0, 9)], Damage(), 2),
        ([row("a", 1, 7, 0, 9), row("b", 2, 8, 0, 9)], Damage(orphans=2), 2),
        ([row("a", 1, 0, 0, 9), row("b", 2, 3, 0, 9), row("c", 3, 2, 0, 9)], Damage(circular=2), 1),
        ([row("a", 1, 0, 10, 19), row("b", 2, 1, 0, 9), row("c", 3, 1, 5, 9)], Damage(skewed=2), 1),
        ([row("a", 1, 0, 0, 9), row("a", 1, 0, 0, 9), row("a", 1, 0, 0, 9)], Damage(duplicates=2), 1),
        ([row("a", 1, 7, 0, 9), row("a", 1, 7, 0, 9)], Damage(duplicates=1, orphans=1), 1),
    ],
)
def test_what_is_wrong_with_spans_is_counted(rows: list[Row], damage: Damage, trees: int) -> None:
    found = Damage()
    assert len(trees_of(rows, found)) == trees
    assert found == damage


def both(server_parent: int, *more: Row, asks: str = "c") -> list[Row]:
    """A server, and below it both sides of a call that share an id."""
    return [row("a", 1, 0, 0, 100), row("a", 2, 1, 10, 60, asks), row("b", 2, server_parent, 20, 50), *more]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(both(1), ["b 10-60 30 20 asked answered"], id="both sides below one parent"),
        pytest.param(both(0), ["b 10-60 30 20 asked answered"], id="the answering side without a parent"),
        pytest.param(
            both(1, row("b", 3, 2, 25, 35, "c", said=TO_DB)),
            ["b 10-60 20 20 asked answered", "  db 25-35 10 None asked"],
            id="what the callee asks is the callee's",
        ),
        pytest.param(
            both(1, row("a", 3, 2, 12, 14, "c", said=TO_DB)),
            ["db 12-14 2 None asked", "b 10-60 30 20 asked answered"],
            id="what the caller asks is the caller's",
        ),
        pytest.param(
            both(1, row("c", 3, 2, 22, 24)),
            ["b 20-50 30 None answered", "c 22-24 2 None answered"],
            id="what a third does is the caller's",
        ),
        pytest.param(
            both(1, asks="i"), ["b 20-50 30 None answered"], id="a span that does not ask shares its id by chance"
        ),
    ],
)
def test_both_sides_of_a_call_may_share_an_id(rows: list[Row], told: list[str]) -> None:
    assert spelled(calls_of(*rows)) == told


def test_of_spans_that_came_twice_the_last_counts() -> None:
    twice: list[Any] = [row("a", 1, 0, 0, 100), row("b", 2, 1, 10, 20), row("b", 2, 1, 30, 60)]
    assert spelled(calls_of(*twice)) == ["b 30-60 30 None answered"]
