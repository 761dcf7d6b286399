"""The least time that enough requests take."""

import pytest

from archspec.analysis.latency import least_times, slowest_step
from tests.analysis.specs import spec

PARTS = (
    "edge: {kind: cdn}, api: {kind: server}, x: {kind: server}, y: {kind: server}, q: {kind: queue}, w: {kind: worker}"
)


def slowest(steps: str, above: float = 0.01) -> tuple[float, int, float] | None:
    """Milliseconds, random times and share of the slowest way."""
    found = list(least_times(spec(PARTS, steps), "f", above))
    if not found:
        return None
    way = max(found, key=lambda way: way.total)
    return way.total / 1e6, way.random, round(way.share, 9)


WAYS = {
    "a sequence adds up": ("{call: api, cpu: 1ms, takes: 2ms, steps: [{call: x, takes: 3ms}]}", (6, 0, 1)),
    "of parallel calls the longest": ("{parallel: [{call: x, takes: 150ms}, {call: y, takes: 100ms}]}", (150, 0, 1)),
    "misses of 10% are within p99": (
        "{call: edge, hit: 90%, takes: 1ms, on_miss: [{call: x, takes: 500ms}]}",
        (501, 0, 0.1),
    ),
    "misses of 0.5% are beyond it": (
        "{call: edge, hit: 99.5%, takes: 1ms, on_miss: [{call: x, takes: 500ms}]}",
        (1, 0, 1),
    ),
    "two rare things together are rarer": (
        "{call: x, chance: 5%, takes: 10ms}, {call: y, chance: 5%, takes: 20ms}",
        (20, 0, 0.05),
    ),
    "random times are counted": ("{call: x, takes: uniform(2ms 4ms)}, {call: y, takes: uniform(1ms 3ms)}", (5, 2, 1)),
    "a timeout cuts": ("{call: x, takes: 900ms, timeout: 100ms, optional: true}", (100, 0, 1)),
    "nobody waits for a message": ("{call: q, takes: 1ms, steps: [{call: w, takes: 9s}]}", (1, 0, 1)),
    "one of two is not known": ("{call: [x, y], takes: 1s}", (0, 0, 1)),
    "the time before a 404 counts for all": ("{call: x, takes: 5ms, status: 404}, {call: y, takes: 9ms}", (5, 0, 1)),
    "times in a row": ("{call: x, takes: 5ms, times: 3}", (15, 0, 1)),
}


@pytest.mark.parametrize("case", WAYS)
def test_way(case: str) -> None:
    steps, expected = WAYS[case]

    assert slowest(steps) == expected


def test_the_highest_percentile_of_a_time_that_all_spend_is_a_bound() -> None:
    step = slowest_step(spec(PARTS, "{call: x, takes: lognormal(p50=3ms p99=25ms)}, {call: y, takes: 4ms}"), "f", 0.99)

    assert step is not None
    assert (step.component, round(step.quantile / 1e6, 6)) == ("x", 25)
