"""The longest that calls may take, and how often they are tried."""

import pytest

from archspec.analysis.tries import most_tries
from archspec.analysis.waiting import waits
from tests.analysis.specs import spec

SERVERS = "lb: {kind: gateway}, api: {kind: server}, x: {kind: server}"
THREE = f"{SERVERS}, db: {{kind: database}}, q: {{kind: queue}}, w: {{kind: worker}}"


def inside(steps: str, connections: str = "[]") -> float:
    """What may happen inside the call of `lb`, in milliseconds."""
    found = {wait.callee: wait for wait in waits(spec(THREE, steps, connections=connections), "f")}
    return found["lb"].inside / 1e6


INSIDE = {
    "a sequence adds up": ("{call: api, timeout: 200ms}, {call: x, timeout: 300ms}", 500),
    "parallel branches do not": ("{parallel: [{call: api, timeout: 200ms}, {call: x, timeout: 300ms}]}", 300),
    "tries multiply": ("{call: api, timeout: 200ms, retries: {attempts: 3}}", 600),
    "back-off adds": ("{call: api, timeout: 400ms, retries: {attempts: 3, backoff: exponential(50ms)}}", 1350),
    "full jitter may be none": (
        "{call: api, timeout: 400ms, retries: {attempts: 3, backoff: exponential(50ms jitter=full)}}",
        1200,
    ),
    "without a timeout what is inside counts": ("{call: api, steps: [{call: db, timeout: 100ms}]}", 100),
    "a timeout bounds what is inside": ("{call: api, timeout: 1s, steps: [{call: db, timeout: 9s}]}", 1000),
    "what is not stated counts as nothing": ("{call: api}", 0),
    "a message is not waited for": (
        "{call: q, timeout: 50ms, steps: [{call: w, steps: [{call: x, timeout: 9s}]}]}",
        50,
    ),
    "nor what nobody waits for": ("{call: api, timeout: 1s, wait: false}", 0),
    "a fallback comes after": ("{call: api, timeout: 200ms, fallback: [{call: x, timeout: 300ms}]}", 500),
    "times in a row": ("{call: api, timeout: 100ms, times: 4}", 400),
    "constant work": ("{call: api, cpu: 20ms, takes: 30ms}", 50),
    "random work may be short": ("{call: api, takes: exponential(1s)}", 0),
}


@pytest.mark.parametrize("case", INSIDE)
def test_inside(case: str) -> None:
    steps, expected = INSIDE[case]

    assert inside(f"{{call: lb, steps: [{steps}]}}") == expected


def test_a_miss_comes_after_a_cache_aside_and_within_a_read_through() -> None:
    components = "lb: {kind: gateway}, c: {kind: cache, %s}, db: {kind: database}"
    steps = "{call: lb, steps: [{call: c, hit: 90%, timeout: 50ms, on_miss: [{call: db, timeout: 200ms}]}]}"

    def bound(fields: str) -> float:
        found = {wait.callee: wait for wait in waits(spec(components % fields, steps), "f")}
        return found["lb"].inside / 1e6

    assert (bound("ttl: 1m"), bound("caches: db")) == (250, 50)


def tries(steps: str) -> tuple[str, float] | None:
    found = most_tries(spec(THREE, steps), "f")
    return None if found is None else (found.callee, float(found.total))


AGAIN = "retries: {attempts: 3}"
TRIES = {
    "layers multiply": (
        f"{{call: lb, {AGAIN}, steps: [{{call: api, {AGAIN}, steps: [{{call: db, {AGAIN}}}]}}]}}",
        ("db", 27.0),
    ),
    "neighbours do not": (f"{{call: api, {AGAIN}}}, {{call: x, {AGAIN}}}", ("api", 3.0)),
    "a budget caps its layer": (
        f"{{call: lb, {AGAIN}, steps: [{{call: api, retries: {{attempts: 3, budget: 20%}}}}]}}",
        ("api", 3.6),
    ),
    "a message begins anew": (
        f"{{call: lb, {AGAIN}, steps: [{{call: q, steps: [{{call: w, steps: [{{call: db, {AGAIN}}}]}}]}}]}}",
        ("lb", 3.0),
    ),
    "a fallback is not within its call": (
        f"{{call: api, {AGAIN}, fallback: [{{call: x, {AGAIN}}}]}}",
        ("api", 3.0),
    ),
    "nobody tries again": ("{call: lb, steps: [{call: api}]}", None),
}


@pytest.mark.parametrize("case", TRIES)
def test_tries(case: str) -> None:
    steps, expected = TRIES[case]

    assert tries(steps) == expected
