"""Memory is bounded: traces of which nothing comes any more are taken out of the store."""

from pathlib import Path
from typing import Any

import pytest

from archspec.observation import store
from archspec.observation.span import ObservedSpan, Side
from archspec.observation.store import Row, SpanStore, face_of
from tests.observation.spans import observed, outline, shop


def test_a_full_store_gives_its_quiet_traces_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST", 40)
    many = [each for number in range(1, 101) for each in shop(number, at=number * 200)]
    assert outline(observed(tmp_path, *many)) == ["web x100 50 -", "  cache x100 6 4", "  users-db x100 40 -"]


def test_a_full_store_keeps_the_traces_that_are_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every root comes last, ten traces after the rest of its own."""
    monkeypatch.setattr(store, "_MOST", 100)
    parts = [shop(number, at=number * 200) for number in range(1, 101)]
    late = [[*parts[at][1:], *(parts[at - 10][:1] if at >= 10 else [])] for at in range(100)]
    rest = [part[0] for part in parts[90:]]
    found = observed(tmp_path, *(each for part in late for each in part), *rest)
    assert (found.reading.torn, found.reading.traces) == (0, 100)


@pytest.mark.parametrize(("kept", "worked_out"), [(4096, 4), (1, 31)])
def test_what_many_spans_have_in_common_is_worked_out_once_while_there_is_room(
    kept: int, worked_out: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four spans, ten times; where there is room for one, the three others are worked out again each time."""
    asked: list[object] = []
    monkeypatch.setattr(store, "_AT_ONCE", kept)
    monkeypatch.setattr(store, "face_of", lambda span: asked.append(span) or face_of(span))
    many = [each for number in range(1, 11) for each in shop(number, at=number * 200)]
    assert outline(observed(tmp_path, *many)) == ["web x10 50 -", "  cache x10 6 4", "  users-db x10 40 -"]
    assert len(asked) == worked_out


BARE = ObservedSpan("1", 1, 0, "web", "work", Side.SERVER, 0, 0, False, {})


def rows_of(*spans: ObservedSpan) -> list[Row]:
    """The spans out of the store again."""
    kept = SpanStore()
    for span in spans:
        kept.add(span)
    return [row for _, rows in kept.all_traces() for row in rows]


@pytest.mark.parametrize(
    ("changed", "row"),
    [
        ({}, {}),
        ({"start": 5, "end": 9}, {"start": 5, "end": 9}),
        ({"start": 9, "end": 5}, {"start": 9, "end": 9}),
        ({"end": 2**62 - 1}, {"end": 2**62 - 1}),
        ({"span": 2**64 + 7, "parent": 2**65 + 8}, {"span": 7, "parent": 8}),
        ({"link": ("2", 3)}, {"link": ("2", 3)}),
        ({"attributes": {"archspec.waited_ns": "12"}}, {"waited": 12}),
        ({"attributes": {"http.route": ["/"]}}, {}),
        ({"attributes": {"http.route": ["/"], "archspec.waited_ns": 3}}, {}),
    ],
)
def test_a_span_is_kept_as_it_is(changed: dict[str, Any], row: dict[str, Any]) -> None:
    wanted = Row(1, 0, 0, 0, 0, face_of(BARE), None)._replace(**row)
    assert rows_of(BARE._replace(**changed)) == [wanted]


@pytest.mark.parametrize(
    "changed", [{"start": -1}, {"end": -1}, {"start": 2**62}, {"end": 2**62}, {"name": 7}, {"name": None}]
)
def test_what_no_clock_and_no_tracer_made_is_no_span(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a span of web has no times or no name"):
        SpanStore().add(BARE._replace(**changed))


def test_spans_come_back_trace_by_trace_each_with_its_own_face_and_link() -> None:
    kept = SpanStore()
    for at in range(9):
        kept.add(BARE._replace(trace=str(at % 3), span=at, name=f"a{at % 2}", link=("9", at)))
    found = {trace: [(row.span, row.face.operation, row.link) for row in rows] for trace, rows in kept.all_traces()}
    assert found == {
        str(trace): [(number, f"a{number % 2}", ("9", number)) for number in range(trace, 9, 3)] for trace in range(3)
    }
    assert list(kept.all_traces()) == []
    assert len(kept.faces) == 2


def test_quiet_traces_are_those_of_which_nothing_came_for_half_of_the_store() -> None:
    """Of eight spans the traces whose last is among the first five; what is left keeps its links."""
    kept = SpanStore()
    for place, trace in enumerate("abcacdda"):
        kept.add(BARE._replace(trace=trace, span=place, link=("9", place)))
    assert [(trace, [row.span for row in rows]) for trace, rows in kept.quiet_traces()] == [("b", [1]), ("c", [2, 4])]
    kept.add(BARE._replace(trace="b", span=8))
    assert [(trace, [(row.span, row.link) for row in rows]) for trace, rows in kept.all_traces()] == [
        ("a", [(0, ("9", 0)), (3, ("9", 3)), (7, ("9", 7))]),
        ("d", [(5, ("9", 5)), (6, ("9", 6))]),
        ("b", [(8, None)]),
    ]


def test_a_quarter_of_all_spans_goes_where_no_trace_is_quiet() -> None:
    kept = SpanStore()
    for place, trace in enumerate("abcdabcd"):
        kept.add(BARE._replace(trace=trace, span=place))
    assert [trace for trace, _ in kept.quiet_traces()] == ["a"]


def test_a_store_is_full_with_so_many_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST", 2)
    kept, told = SpanStore(), []
    for _ in range(3):
        kept.add(BARE)
        told.append(kept.full)
    assert told == [False, True, True]
