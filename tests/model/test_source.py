"""Positions by path."""

from archspec.errors import Span
from archspec.model import SourceMap


def span(line: int) -> Span:
    return Span("a.yaml", line, 1, line, 5)


def test_a_path_that_nobody_wrote_is_shown_at_the_nearest_thing_around_it() -> None:
    source = SourceMap(keys={("components", "api"): span(3)}, values={(): span(1), ("components", "api"): span(4)})
    assert source.value(("components", "api")) == span(4)
    assert source.key(("components", "api", "replicas")) == span(3)
    assert source.value(("components", "api", "replicas")) == span(3)
    assert source.key(("flows", "read")) == span(1)


def test_only_what_was_written_is_said() -> None:
    source = SourceMap(values={("components", "api", "replicas"): span(3)})
    assert source.said(("components", "api", "replicas"))
    assert not source.said(("components", "api"))


def test_a_grafted_value_stands_at_both_places_with_all_that_is_inside_it() -> None:
    source = SourceMap(keys={("d", "a"): span(1)}, values={("d", "a"): span(2), ("d", "a", "b", 0): span(3)})
    source.graft({"b": ["x"]}, ("d", "a"), ("c", "a"))
    assert (source.key(("c", "a")), source.value(("c", "a")), source.value(("c", "a", "b", 0))) == (
        span(1),
        span(2),
        span(3),
    )
    assert source.value(("d", "a")) == span(2)
