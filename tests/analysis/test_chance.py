"""What is drawn for a request, and drawn anew where it is tried again: worked figures."""

import pytest

from archspec.analysis.availability import Availability, FlowAvailability
from archspec.analysis.report import report
from archspec.reports.analysis.text import text
from archspec.reports.report import Analysis
from archspec.validators.config import Config
from archspec.validators.run import judge
from tests.analysis.specs import spec
from tests.model.specs import spec as written

LOSSY = "{from: lb, to: api, timeout: 2s, RETRIES}, {from: api, to: db, timeout: 500ms, loss: 1%}"
THREE = "components: {app: {kind: client}, lb: {kind: load_balancer}, api: {kind: server}, db: {kind: database}}\n"


def chain(connections: str, steps: str, request: str = "GET /") -> FlowAvailability:
    """A flow `f` from app through lb to api, which asks db as `steps` say."""
    built = written(
        f"{THREE}connections: [{{from: app, to: lb, timeout: 50s}}, {connections}]\n"
        f"flows: {{f: {{from: app, request: {request}, objective: {{success: 99.9%}},"
        f" steps: [{{call: lb, steps: [{{call: api, steps: [{steps}]}}]}}]}}}}\n"
    )
    return Availability(built).of_flow("f")


LOSS = "{from: api, to: db, loss: 1%, "
ROWS = {
    "a retry further up draws the losses further in anew": (
        LOSSY.replace("RETRIES", "retries: {attempts: 3}"),
        "{call: db}",
        "GET /",
        1 - (1 - 0.99**2) ** 3,
    ),
    "so it does with a 503 further in": (
        "{from: lb, to: api, timeout: 5s, retries: {attempts: 3}}, api -> db",
        "{call: db, status: {503: 2%}}",
        "GET /",
        1 - 0.02**3,
    ),
    "a 500 further in is a 502 to who asks, who tries again": (
        "{from: lb, to: api, timeout: 5s, retries: {attempts: 3}}, api -> db",
        "{call: db, status: {500: 2%}}",
        "GET /",
        1 - 0.02**3,
    ),
    "a 500 of its own is not tried again": (
        "lb -> api, {from: api, to: db, retries: {attempts: 3}}",
        "{call: db, status: {500: 2%}}",
        "GET /",
        0.98,
    ),
    "what is done ten times is drawn ten times": (
        f"lb -> api, {LOSS}timeout: 500ms}}",
        "{call: db, times: 10}",
        "GET /",
        0.9801**10,
    ),
    "what is lost is not posted again": (
        f"lb -> api, {LOSS}timeout: 500ms, retries: {{attempts: 3}}}}",
        "{call: db}",
        "POST /",
        0.9801,
    ),
    "unless that does no harm": (
        f"lb -> api, {LOSS}timeout: 500ms, retries: {{attempts: 3, idempotent: true}}}}",
        "{call: db}",
        "POST /",
        1 - (1 - 0.9801) ** 3,
    ),
    "a 429 is surely not processed, so it is posted again": (
        "lb -> api, {from: api, to: db, timeout: 500ms, retries: {attempts: 2}}",
        "{call: db, status: {429: 10%}}",
        "POST /",
        0.99,
    ),
    "a lost message without a time-out is never tried again": (
        f"lb -> api, {LOSS}retries: {{attempts: 3}}}}",
        "{call: db}",
        "GET /",
        0.9801,
    ),
    "a time-out further up notices it": (
        f"{{from: lb, to: api, timeout: 2s, retries: {{attempts: 3}}}}, {LOSS}retries: {{attempts: 3}}}}",
        "{call: db}",
        "GET /",
        1 - (1 - 0.9801) ** 3,
    ),
    "loss and status of one attempt are joint": (
        f"lb -> api, {LOSS}timeout: 500ms, retries: {{attempts: 2}}}}",
        "{call: db, status: {503: 10%, 500: 5%}}",
        "GET /",
        0.9801 * 0.85 * (1 + 0.9801 * 0.10 + 0.0199),
    ),
    "an optional step that nobody answers holds the request for ever": (
        f"lb -> api, {LOSS}}}",
        "{call: db, optional: true}",
        "GET /",
        0.9801,
    ),
    "an optional step that times out does not": (
        f"lb -> api, {LOSS}timeout: 1s}}",
        "{call: db, optional: true}",
        "GET /",
        1.0,
    ),
    "a write that is drawn for half the requests, twice for each": (
        f"lb -> api, {LOSS}timeout: 1s}}",
        "{call: db, chance: 50%, times: 2}",
        "GET /",
        0.5 + 0.5 * 0.9801**2,
    ),
    "a part that is down is down at every try": (
        "{from: lb, to: api, timeout: 5s, retries: {attempts: 3}}, {from: api, to: db, timeout: 1s, availability: 99%}",
        "{call: db, status: {503: 10%}}",
        "GET /",
        0.99 * (1 - 0.1**3),
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_chance(row: str) -> None:
    connections, steps, request, expected = ROWS[row]

    assert chain(connections, steps, request).value == pytest.approx(expected, abs=1e-12)


def test_an_objective_that_retries_further_up_can_meet_is_no_finding() -> None:
    """98% for one try, 99.9992% for three: nothing is infeasible."""
    built = written(
        THREE.replace("api: {kind: server}", "api: {kind: server, replicas: 2}")
        + "connections: [app -> lb, {from: lb, to: api, timeout: 5s, retries: {attempts: 3}}, api -> db]\n"
        "flows: {f: {from: app, request: GET /, objective: {success: 99.9%}, steps: [{call: lb, steps: [{call: api,"
        " steps: [{call: db, status: {503: 2%}}]}]}]}}\n"
    )

    assert "AVL08" not in {finding.code for finding in judge(built, Config()).findings}


CACHE = "cache: {kind: cache, hit: 90%, availability: 99.9%}, db: {kind: database, availability: 99%}"
SERVERS = "api: {kind: server, availability: 99.9%}, s: {kind: server, availability: 99%}"
X = "x: {kind: server, availability: 99%}"
MISS = 0.999 * 0.1 + 0.001

NESTED = {
    "a miss in a call": (
        f"{SERVERS}, {CACHE}",
        "{call: api, steps: [{call: cache, on_miss: [{call: s, steps: [{call: db}]}]}]}",
        "[]",
        0.999 * (0.999 * 0.9 + MISS * 0.99**2),
    ),
    "a 404 below a miss ends the request well": (
        f"{SERVERS}, {CACHE}, {X}",
        "{call: api, steps: [{call: cache, on_miss: [{call: s, steps: [{call: db, status: {200: 50%, 404: 50%}}]}]},"
        " {call: x}]}",
        "[]",
        0.999 * (0.999 * 0.9 * 0.99 + MISS * 0.99**2 * (0.5 + 0.5 * 0.99)),
    ),
    "a 404 in a miss of a cache that asks itself": (
        f"api: {{kind: server}}, {CACHE.replace('cache,', 'cache, caches: db,', 1)}, {X}",
        "{call: api, steps: [{call: cache, on_miss: [{call: db, status: {404: 50%}}]}, {call: x}]}",
        "[]",
        0.999 * (0.9 * 0.99 + 0.1 * 0.99 * (0.5 + 0.5 * 0.99)),
    ),
    "a time-out in a miss is tried again by who asked the caller": (
        f"{SERVERS}, {CACHE}",
        "{call: api, steps: [{call: cache, on_miss: [{call: db}]}]}",
        "[{from: app, to: api, timeout: 5s, retries: {attempts: 2}},"
        " {from: api, to: db, timeout: 1s, loss: 10%}, {from: api, to: cache}]",
        0.999 * (0.999 * (0.99 * (1 - (0.1 * 0.19) ** 2) + 0.01 * (1 - 0.1**2)) + 0.001 * (0.99 * (1 - 0.19**2))),
    ),
    "a miss is drawn anew where the call round it is tried again": (
        "api: {kind: server}, cache: {kind: cache, hit: 90%}, db: {kind: database, availability: 50%}",
        "{call: api, steps: [{call: cache, on_miss: [{call: db}]}]}",
        "[{from: app, to: api, retries: {attempts: 3}}, {from: api, to: db}, {from: api, to: cache}]",
        0.5 + 0.5 * (1 - 0.1**3),
    ),
    "a 404 that was never given, because the fallback stood in": (
        "api: {kind: server}, x: {kind: external, availability: 50%}, y: {kind: external},"
        " z: {kind: external, availability: 50%}",
        "{call: api, steps: [{call: x, status: {404: 50%}, fallback: [{call: y}]}, {call: z}]}",
        "[]",
        0.625,
    ),
    "a 404 in a fallback ends the request well": (
        "x: {kind: external, availability: 50%}, y: {kind: external}, z: {kind: external, availability: 50%}",
        "{call: x, fallback: [{call: y, status: {404: 50%}}]}, {call: z}",
        "[]",
        0.5 * 0.5 + 0.5 * (0.5 + 0.5 * 0.5),
    ),
    "of two regions each asks its own": (
        "dns: {kind: dns}, eu: {kind: server}, us: {kind: server}, db-eu: {kind: database, availability: 80%},"
        " db-us: {kind: database, availability: 90%}",
        "{call: dns, steps: [{call: [eu, us], steps: [{call: [db-eu, db-us]}]}]}",
        "[app -> dns, {from: dns, to: [eu, us]}, eu -> db-eu, us -> db-us]",
        0.85,
    ),
    "one of them can be tried after the other": (
        "lb: {kind: load_balancer}, eu: {kind: server}, us: {kind: server},"
        " db-eu: {kind: database, availability: 80%}, db-us: {kind: database, availability: 90%}",
        "{call: lb, steps: [{call: [eu, us], retries: {attempts: 2}, steps: [{call: [db-eu, db-us]}]}]}",
        "[app -> lb, {from: lb, to: [eu, us]}, eu -> db-eu, us -> db-us]",
        0.98,
    ),
    "a write waits for its synchronous copy": (
        "db: {kind: database, availability: 90%},"
        " copy: {kind: database, replica_of: db, replication: synchronous, availability: 80%}",
        "{call: db}",
        "[]",
        0.72,
    ),
    "or goes on without it": (
        "db: {kind: database, availability: 90%}, copy: {kind: database, replica_of: db, replication: synchronous,"
        " when_copy_lost: continue, availability: 80%}",
        "{call: db}",
        "[]",
        0.9,
    ),
    "each shard is asked over a link that loses messages": (
        "db: {kind: database, shards: 3, availability: 90%}",
        "{call: db, shards: all}",
        "[{from: app, to: db, timeout: 1s, loss: 10%}]",
        (0.9 * 0.81) ** 3,
    ),
    "what a parallel step does twice is drawn twice": (
        "x: {kind: server}, y: {kind: server}",
        "{parallel: [{call: x, times: 2, status: {503: 10%}}, {call: y}], needs: 2}",
        "[]",
        1 - 0.1**2,
    ),
}


@pytest.mark.parametrize("case", NESTED)
def test_nested(case: str) -> None:
    components, steps, connections, expected = NESTED[case]
    built = spec(components, steps, connections=connections, flow="request: GET /, ")

    assert Availability(built).of_flow("f").value == pytest.approx(expected, abs=1e-12)


def test_a_part_that_only_misses_need_fails_the_share_that_misses_at_every_try() -> None:
    components, steps, connections, _ = NESTED["a miss is drawn anew where the call round it is tried again"]

    points = Availability(spec(components, steps, connections=connections)).of_flow("f").single_points

    assert {point.part.owner: round(point.share or 0, 9) for point in points} == {"api": 1.0, "db": 0.001}


IN_TURN = spec(
    "lb: {kind: load_balancer}, x: {kind: server}, y: {kind: server}, a: {kind: server}, b: {kind: server}",
    "{call: lb, steps: [{call: [x, y], times: 2, steps: [{call: [a, b]}]}]}",
    connections="[app -> lb, {from: lb, to: [x, y]}, x -> a, {from: y, to: b, loss: 50%, timeout: 1s}]",
)


def test_a_list_that_one_request_asks_several_times_in_turn_is_bounded() -> None:
    """Two calls may both meet the one over the lossy link, or neither: other requests come between."""
    flow = Availability(IN_TURN).of_flow("f")

    assert flow.known is not None
    assert (flow.known.lower, flow.value, flow.known.upper) == (pytest.approx(0.25**2), None, pytest.approx(1.0))


def test_the_report_says_why_such_a_figure_is_bounded() -> None:
    found = report(IN_TURN)

    assert found.flows[0].draws_are_bounded
    assert "Of f two figures are given because a request may come to one list several times" in text(Analysis(found))
