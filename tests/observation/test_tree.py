"""Spans of one trace become calls."""

from pathlib import Path

from tests.observation.spans import MS, observed, outline, shop, span

TO_DB = {"server__address": "users-db"}


def edges(observation) -> dict[str, int]:  # type: ignore[no-untyped-def]
    return {f"{a.shown} -> {b.shown}": edge.calls for (a, b), edge in observation.edges.items()}


def test_own_time_is_a_span_less_what_it_asked_and_lag_is_client_less_server(tmp_path: Path) -> None:
    found = observed(tmp_path, *shop())
    assert outline(found) == ["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"]


def test_a_call_needs_no_kind_of_span(tmp_path: Path) -> None:
    """As in Jaeger's clients of old: two spans of one service are one call; a span of no kind below is its client."""
    found = observed(
        tmp_path,
        span("nginx", 1, None, 0, 100),
        span("nginx", 2, 1, 5, 95),
        span("nginx", 3, 2, 10, 90, name="ask_client"),
        span("posts", 4, 3, 20, 80),
        span("posts", 5, 4, 30, 60, name="posts_mongo_find_client"),
    )
    assert outline(found) == ["nginx x1 20 -", "  posts x1 30 20", "    a mongodb x1 30 -"]


def test_spans_may_come_in_any_order_and_twice(tmp_path: Path) -> None:
    found = observed(tmp_path, *reversed(shop()), *shop())
    assert outline(found) == ["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"]
    assert found.reading.damage.duplicates == 4


def test_a_torn_trace_tells_who_asks_whom_but_no_figures(tmp_path: Path) -> None:
    found = observed(tmp_path, *shop()[1:])
    assert outline(found) == []
    assert edges(found) == {"web -> cache": 1, "web -> users-db": 1}
    assert (found.reading.torn, found.reading.damage.orphans) == (1, 2)


def test_a_clock_that_is_off_changes_neither_own_time_nor_lag(tmp_path: Path) -> None:
    web, client, _, database = shop()
    late = span("cache", 3, 2, 5012, 5018, "server", "get")
    found = observed(tmp_path, web, client, late, database)
    assert outline(found) == ["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"]
    assert found.reading.damage.skewed == 1


def test_without_a_client_span_a_clock_that_is_off_is_set_into_the_middle(tmp_path: Path) -> None:
    found = observed(tmp_path, span("a", 1, None, 1000, 1100, "server"), span("b", 2, 1, 10, 50, "server"))
    assert outline(found) == ["a x1 60 -", "  b x1 40 -"]


def test_a_message_goes_from_producer_to_queue_to_consumer(tmp_path: Path) -> None:
    found = observed(
        tmp_path,
        span("shop", 1, None, 0, 10, "server"),
        span("shop", 2, 1, 2, 4, "producer", messaging__system="kafka", messaging__destination__name="orders"),
        span("packer", 3, 2, 50, 80, "consumer"),
    )
    assert edges(found) == {"shop -> orders": 1, "orders -> packer": 1}


def test_who_hands_a_message_over_does_not_wait_for_it(tmp_path: Path) -> None:
    """Not even where the consumer's clock says that it took it meanwhile."""
    found = observed(
        tmp_path,
        span("shop", 1, None, 0, 20, "server"),
        span("shop", 2, 1, 2, 14, "client", peer__service="orders"),
        span("orders", 3, 2, 4, 12, "server"),
        span("packer", 4, 3, 5, 11, "consumer"),
    )
    assert outline(found) == ["shop x1 8 -", "  orders x1 8 4", "    packer x1 6 -"]


def test_a_consumer_that_begins_a_trace_names_its_queue(tmp_path: Path) -> None:
    taken = span("packer", 1, None, 0, 10, "consumer", messaging__system="kafka", messaging__destination__name="orders")
    assert edges(observed(tmp_path, taken)) == {"orders -> packer": 1}


def test_a_span_that_is_its_own_ancestor_is_left_out(tmp_path: Path) -> None:
    found = observed(tmp_path, span("a", 1, 2, 0, 10), span("a", 2, 1, 0, 10), span("b", 3, None, 0, 10))
    assert found.reading.damage.circular == 2


def test_a_call_right_after_a_failed_one_is_a_retry(tmp_path: Path) -> None:
    found = observed(
        tmp_path,
        span("a", 1, None, 0, 100, "server"),
        span("a", 2, 1, 10, 20, "client", peer__service="b", failed=True),
        span("a", 3, 1, 30, 40, "client", peer__service="b"),
    )
    (node,) = found.roots[0].node.inner.values()
    assert (node.calls, node.failed, node.tried_again) == (2, 1, 1)
    assert found.roots[0].node.turns == 0


def test_the_order_of_siblings_is_counted(tmp_path: Path) -> None:
    found = observed(tmp_path, *shop(1), *shop(2, at=500))
    (order,) = found.roots[0].node.orders.values()
    assert (order.together, order.first_before, order.second_before) == (2, 2, 0)


def test_a_very_deep_trace_does_not_end_the_reading(tmp_path: Path) -> None:
    deep = [span(f"s{number % 2}", number, number - 1 or None, 0, 10**6) for number in range(1, 3000)]
    assert observed(tmp_path, *deep).reading.spans == 2999


def test_of_failed_calls_those_that_were_given_up_tell_how_long_was_waited(tmp_path: Path) -> None:
    """504 is what a time-out is answered with; 503 is no matter of time, and what went well was not given up."""
    calls = [
        span("web", 2, 1, 100, 350, "client", "find", 1, failed=True, http__response__status_code=504, **TO_DB),
        span("web", 3, 1, 400, 450, "client", "find", 1, failed=True, http__response__status_code=503, **TO_DB),
        span("web", 4, 1, 500, 530, "client", "find", 1, **TO_DB),
    ]
    (root,) = observed(tmp_path, span("web", 1, None, 0, 1000, "server", "GET /"), *calls).roots
    (asked,) = root.node.inner.values()
    assert (asked.calls, asked.failed, list(asked.given_up.values)) == (3, 2, [250 * MS])
