"""Every figure of merged calls, against hand-worked values."""

from collections import Counter
from typing import Any

import pytest

from archspec.observation import gathered
from archspec.observation.attributes import Face, face_of
from archspec.observation.gathered import Call, Edge, Gathering, Key, Node, Order, Tree
from archspec.observation.span import ObservedSpan, Party, Side

API, DB = Party("api"), Party("db")
OF_DB = Key(DB, "find", False)


def face(side: Side = Side.SERVER, failed: bool = False, **attributes: object) -> Face:
    found = {key.replace("__", "."): value for key, value in attributes.items()}
    return face_of(ObservedSpan("1", 1, 0, "api", "GET /", side, 0, 1, failed, found))


def call(callee: Party, sent: int, settled: int, *calls: Call, **changed: Any) -> Call:
    """A call that went well and of which only the callee's side is known."""
    operation = "GET /" if callee == API else "find"
    plain = Call(callee, operation, sent, settled, None, None, None, face(), False, False, False, None, calls)
    return plain._replace(**changed)


def merged(*calls: Call) -> Gathering:
    gathering = Gathering()
    for each in calls:
        gathering.begin(each)
    return gathering


def root_of(*calls: Call) -> Node:
    (root,) = merged(*calls).roots.values()
    return root.node


def test_a_node_counts_its_calls_its_traces_and_who_told_of_them() -> None:
    """Of three calls in two traces the caller told of one, the callee of two; one ended after its caller had."""
    first = call(API, 0, 100, call(DB, 10, 20, asked=face(Side.CLIENT)), call(DB, 30, 110, answered=None))
    second = call(API, 200, 300, call(DB, 250, 300))
    node = root_of(first, second)
    below = node.inner[OF_DB]
    assert (node.calls, node.traces, node.told, node.asked, node.later) == (2, 2, 2, 0, 0)
    assert (below.calls, below.traces, below.told, below.asked, below.later) == (3, 2, 2, 1, 1)
    assert [each.key for each in node.every()] == [node.key, below.key]


def test_a_node_keeps_own_times_lags_and_statuses_where_they_are_told() -> None:
    node = root_of(
        call(API, 0, 9, own=7, lag=2, status=200), call(API, 10, 19, own=0, lag=0, status=0), call(API, 20, 29)
    )
    assert (node.own.values, node.lag.values, node.statuses) == ([0, 7], [0, 2], Counter({200: 1, 0: 1}))


@pytest.mark.parametrize(
    ("cause", "status", "is_given_up"),
    [
        ("java.net.SocketTimeoutException", None, True),
        ("request Timed Out", None, True),
        ("DEADLINE_EXCEEDED", None, True),
        ("timeout", 500, True),
        ("refused", 504, False),
        (None, 504, True),
        (None, 408, True),
        (None, 503, False),
        (None, 500, False),
        (None, None, False),
    ],
)
def test_a_failed_call_is_given_up_where_the_caller_says_that_time_was_over(
    cause: str | None, status: int | None, is_given_up: bool
) -> None:
    said = {"error__type": cause, "http__response__status_code": status}
    asked = face(Side.CLIENT, True, **{key: value for key, value in said.items() if value is not None})
    node = root_of(call(API, 0, 100, call(DB, 10, 35, asked=asked, failed=True)))
    assert node.inner[OF_DB].given_up.values == ([25] if is_given_up else [])
    for changed in ({"asked": asked}, {"failed": True}):
        assert root_of(call(API, 0, 100, call(DB, 10, 35, **changed))).inner[OF_DB].given_up.count == 0


@pytest.mark.parametrize(
    ("failures", "turns", "per_turn"),
    [((0, 0, 0), 1, {2: 1}), ((1, 0, 0), 0, {}), ((0, 1, 0), 0, {}), ((0, 0, 1), 0, {}), ((1, 1, 1), 0, {})],
)
def test_calls_are_counted_in_turns_in_which_nothing_failed(
    failures: tuple[int, int, int], turns: int, per_turn: dict[int, int]
) -> None:
    caller, one, two = map(bool, failures)
    node = root_of(call(API, 0, 100, call(DB, 1, 2, failed=one), call(DB, 3, 4, failed=two), failed=caller))
    assert (node.failed, node.turns) == (int(caller), turns)
    assert (node.inner[OF_DB].failed, dict(node.inner[OF_DB].per_turn)) == (one + two, per_turn)
    assert node.inner[OF_DB].turns == 2 - one - two


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        ((10, 20, True), (30, 40, False), 1),
        ((10, 20, True), (20, 40, False), 1),
        ((10, 20, True), (19, 40, False), 0),
        ((10, 20, False), (30, 40, True), 0),
        ((30, 40, False), (10, 20, True), 1),
    ],
)
def test_a_call_is_tried_again_that_begins_when_a_failed_one_has_ended(
    first: tuple[int, int, bool], second: tuple[int, int, bool], again: int
) -> None:
    calls = [call(DB, sent, settled, failed=failed) for sent, settled, failed in (first, second)]
    assert root_of(call(API, 0, 100, *calls)).inner[OF_DB].tried_again == again


def test_every_further_try_is_one() -> None:
    calls = [call(DB, at, at + 5, failed=at < 30) for at in (10, 20, 30, 40)]
    assert root_of(call(API, 0, 100, *calls)).inner[OF_DB].tried_again == 2


@pytest.mark.parametrize(
    ("one", "two", "order"),
    [
        ((10_000, 20_000), (30_000, 40_000), Order(1, 1, 0, 0)),
        ((10_000, 20_000), (20_000, 40_000), Order(1, 1, 0, 0)),
        ((10_000, 20_000), (19_999, 40_000), Order(1, 0, 0, 0)),
        ((10_000, 20_000), (18_000, 40_000), Order(1, 0, 0, 0)),
        ((10_000, 20_000), (17_999, 40_000), Order(1, 0, 0, 1)),
        ((10_000, 90_000), (20_000, 30_000), Order(1, 0, 0, 1)),
        ((10_000, 10_000), (30_000, 40_000), Order(1, 0, 0, 0)),
        ((10_000, 20_000), (40_000, 40_000), Order(1, 1, 0, 0)),
    ],
)
def test_the_order_of_two_operations_is_told_by_their_times(
    one: tuple[int, int], two: tuple[int, int], order: Order
) -> None:
    calls = [call(Party(name), *times) for name, times in (("a", one), ("b", two))]
    (pair,) = root_of(call(API, 0, 10**6, *calls)).orders.items()
    assert pair == ((Key(Party("a"), "find", False), Key(Party("b"), "find", False)), order)


def test_an_order_that_turns_is_counted_on_the_other_side() -> None:
    """In the second trace the second ended before the first began; in the third both went on at once."""
    times = [((10, 20), (30, 40)), ((130, 140), (110, 120)), ((10_000, 20_000), (10_000, 20_000))]
    roots = [call(API, 0, 10**6, call(Party("a"), *one), call(Party("b"), *two)) for one, two in times]
    assert list(root_of(*roots).orders.values()) == [Order(3, 1, 1, 1)]


@pytest.mark.parametrize("changed", [{"skewed": True}, {"failed": True}])
def test_of_calls_whose_times_say_nothing_no_order_is_told(changed: dict[str, Any]) -> None:
    good, other = call(Party("a"), 10, 20), call(Party("b"), 30, 40)
    for pair in ((good._replace(**changed), other), (good, other._replace(**changed))):
        assert root_of(call(API, 0, 100, *pair)).orders == {}


def test_the_order_is_told_of_operations_that_are_called_once() -> None:
    calls = [call(Party("a"), 10, 20), call(DB, 30, 40), call(DB, 50, 60), call(Party("b"), 70, 80)]
    (pair,) = root_of(call(API, 0, 100, *calls)).orders
    assert [key.callee.name for key in pair] == ["a", "b"]


def test_the_order_is_looked_at_in_so_many_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "_ORDERED", 3)
    node = root_of(*[call(API, 0, 100, call(Party("a"), 10, 20), call(Party("b"), 30, 40))] * 5)
    assert (node.turns, list(node.orders.values())) == (5, [Order(3, 3, 0, 0)])


def test_a_root_keeps_when_it_was_seen_and_how_long_it_lasted_where_it_went_well() -> None:
    at = [call(API, 50, 80), call(API, 20, 29), call(API, 90, 190, failed=True)]
    (root,) = merged(*at).roots.values()
    assert (root.first, root.last, root.lasted.values, root.traces) == (20, 90, [9, 30], 3)
    assert (root.request, root.flow, root.asks) == ("GET /", None, False)


@pytest.mark.parametrize(("shares", "told"), [((0.5, 0.5), 0.5), ((0.5, 0.1), None), ((0.1, 0.5, 0.5), None)])
def test_a_share_of_traces_is_told_that_is_always_the_same(shares: tuple[float, ...], told: float | None) -> None:
    kept = [face(sampler__type="probabilistic", sampler__param=share) for share in shares]
    (root,) = merged(*(call(API, 0, 1, answered=each) for each in kept)).roots.values()
    assert root.sampled == told


def test_what_begins_traces_is_told_apart_by_callee_operation_request_and_flow() -> None:
    begun = [
        call(API, 0, 1),
        call(DB, 0, 1, operation="GET /"),
        call(API, 0, 1, operation="other"),
        call(API, 0, 1, answered=face(http__route="/a")),
        call(API, 0, 1, answered=face(archspec__flow="buy")),
        call(API, 0, 1, answered=face(Side.CLIENT)),
    ]
    roots = merged(*begun).roots
    assert [(root.request, root.flow, root.traces) for root in roots.values()] == [
        ("GET /", None, 2),
        ("GET /", None, 1),
        ("GET /", None, 1),
        ("/a", None, 1),
        ("GET /", "buy", 1),
    ]
    assert merged(begun[-1]).roots.popitem()[1].asks


def test_edges_add_up_what_flows_and_torn_traces_tell() -> None:
    inner = [call(DB, 10, 20), call(DB, 30, 40, failed=True), call(DB, 50, 60, operation="save", message=True)]
    gathering = merged(call(API, 0, 100, *inner), call(API, 0, 100, inner[0]))
    torn = [Tree(call(DB, 0, 9, failed=True, operation="drop"), API, True), Tree(call(API, 0, 9, inner[2]), None, True)]
    gathering.meet(torn)
    gathering.meet([torn[0]])
    gathering.meet([Tree(call(API, 0, 9), Party("web"), False)])
    whole = Edge(traces=4, calls=7, failed=3, messages=2, operations={"find", "save", "drop"})
    web = Edge(traces=1, calls=1, failed=0, messages=0, operations={"GET /"})
    assert gathering.edges == {(API, DB): whole, (Party("web"), API): web}
    assert gathering.edges == gathering.edges


def test_an_edge_has_as_many_traces_as_the_operation_seen_in_most_and_adds_those_of_other_flows() -> None:
    many = [call(API, 0, 9, call(DB, 1, 2), call(DB, 3, 4, operation="save")), call(API, 0, 9, call(DB, 1, 2))]
    other = call(API, 0, 9, call(DB, 1, 2), operation="other")
    assert merged(*many, other).edges[API, DB].traces == 3


def test_of_endlessly_many_operations_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "_MOST_NODES", 3)
    calls = [call(Party(name), 1, 2) for name in "abcd"]
    gathering = merged(call(API, 0, 9, *calls), call(DB, 0, 9), call(API, 0, 9))
    assert (gathering.nodes, [root.node.calls for root in gathering.roots.values()]) == (3, [2])
    assert [node.key.callee.name for root in gathering.roots.values() for node in root.node.every()] == [
        "api",
        "a",
        "b",
    ]


def test_of_endlessly_deep_calls_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "_DEEPEST", 2)
    deep = call(Party("d"), 0, 9)
    for name in ("c", "b", "a"):
        deep = call(Party(name), 0, 9, deep)
    assert [node.key.callee.name for node in root_of(deep).every()] == ["a", "b", "c"]
