"""Systems, loads and faults at random, as specs: for properties that must hold of every one."""

import json
from typing import Any

from hypothesis import strategies as st

TIMES = st.sampled_from(
    ["0ms", "1ms", "5ms", "30ms", "exponential(8ms)", "lognormal(p50=3ms p99=25ms)", "uniform(0ms 9ms)"]
)
DURATIONS = st.sampled_from(["5ms", "20ms", "100ms"])
RATIOS = st.sampled_from(["0%", "10%", "50%", "100%"])
ALGORITHMS = st.sampled_from(
    ["round_robin", "least_connections", "random", "power_of_two", "ip_hash", "consistent_hash", "priority"]
)
ASKED = ("lb", "api", "cache", "db", "files", "jobs", "other")


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


CAPACITY = optional(
    replicas=st.integers(1, 3),
    cores=st.sampled_from([0.5, 1, 2]),
    slots=st.integers(1, 4),
    queue_limit=st.integers(0, 5),
    algorithm=ALGORITHMS,
    failover_time=DURATIONS,
    boot_time=DURATIONS,
    drain_time=DURATIONS,
)
CHECK = optional(health_check=st.fixed_dictionaries({"interval": DURATIONS, "unhealthy_after": st.integers(1, 3)}))
RETRIES = st.fixed_dictionaries(
    {"attempts": st.integers(1, 4)},
    optional={
        "backoff": st.sampled_from(["constant(10ms)", "exponential(5ms jitter=full)", "exponential(5ms jitter=equal)"]),
        "idempotent": st.booleans(),
        "budget": st.sampled_from(["10%", "50%"]),
    },
)
CONNECTION = optional(
    timeout=DURATIONS,
    retries=RETRIES,
    latency=TIMES,
    loss=RATIOS,
    max_concurrent=st.integers(1, 4),
    circuit_breaker=st.fixed_dictionaries(
        {"opens_after": st.sampled_from(["20%", "50%"])},
        optional={"min_calls": st.integers(1, 5), "half_open_after": DURATIONS, "probes": st.integers(1, 2)},
    ),
)
TERMS = optional(
    takes=TIMES,
    cpu=TIMES,
    timeout=DURATIONS,
    optional=st.booleans(),
    wait=st.booleans(),
    chance=RATIOS,
    times=st.integers(1, 3),
    access=st.sampled_from(["read", "write"]),
    status=st.sampled_from([200, 404, 500, 429]),
    shards=st.sampled_from(["one", "all"]),
)


def steps(depth: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(step(depth), min_size=1, max_size=3)


@st.composite
def step(draw: st.DrawFn, depth: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["call", "call", "call", "work", "parallel", "several"] if depth else ["call", "work"]))
    if kind == "work":
        return {"cpu": draw(TIMES), "does": "work"}
    if kind == "parallel":
        return {"parallel": draw(steps(depth - 1))}
    if kind == "several":
        return {"call": ["api", "other"], **draw(TERMS)}
    target = draw(st.sampled_from(ASKED))
    made = {"call": target, **draw(TERMS)}
    if target == "jobs":
        made.pop("status", None)
        made["steps"] = [{"call": "crew", "takes": draw(TIMES)}]
    elif depth and draw(st.booleans()):
        made["steps"] = draw(steps(depth - 1))
    if depth and draw(st.booleans()):
        made["fallback"] = draw(steps(0))
    if target == "cache" and depth:
        made["on_miss"] = [{"call": "db", "takes": draw(TIMES)}]
        made["hit"] = draw(RATIOS)
    return made


@st.composite
def fault(draw: st.DrawFn) -> dict[str, Any]:
    what = draw(
        st.sampled_from(
            [
                {"fail": "api"},
                {"fail": "api-1"},
                {"fail": "crew-1", "mode": "silent"},
                {"fail": "zone-a"},
                {"fail": "lb"},
                {"fail": "db-1", "mode": "silent"},
                {"slow": "api", "by": "3.7x"},
                {"slow": "db", "by": "20ms"},
                {"slow": "user -> lb", "by": "2x"},
                {"lose": "user -> lb", "by": "30%"},
                {"partition": "user -> lb"},
                {"partition": "zone-a"},
                {"errors": "api", "by": "40%", "status": 503},
                {"deploy": "api"},
            ]
        )
    )
    times = draw(optional(**{"for": st.sampled_from(["50ms", "300ms"])})) if "deploy" not in what else {}
    return {"at": draw(st.sampled_from(["0s", "100ms", "400ms"])), **what, **times}


@st.composite
def systems(draw: st.DrawFn) -> str:
    """A spec with one flow and one scenario, as JSON, which is YAML too."""
    components = {
        "user": {"kind": "client"},
        "lb": {"kind": "load_balancer", **draw(CAPACITY), **draw(CHECK)},
        "api": {"kind": "server", "zones": ["zone-a", "zone-b"], **draw(CAPACITY)},
        "other": {"kind": "server", **draw(CAPACITY)},
        "cache": {
            "kind": "cache",
            **draw(CAPACITY),
            **draw(st.sampled_from([{}, _KEYS, {**_KEYS, "single_flight": True}])),
        },
        "db": {"kind": "database", "group": "zone-a", **draw(CAPACITY), **draw(_FAILOVER)},
        "files": {"kind": "file_store", "shards": draw(st.integers(1, 3)), **draw(CAPACITY)},
        "jobs": {"kind": "queue", "max_deliveries": 2, "dead_letter": "dead", **draw(_QUEUE)},
        "dead": {"kind": "queue"},
        "crew": {"kind": "worker", "replicas": draw(st.integers(1, 2))},
    }
    pairs = [("user", "lb"), ("lb", "api"), ("api", "db"), ("api", "cache"), ("api", "files"), ("jobs", "crew")]
    spec = {
        "archspec": 1,
        "name": "Random",
        "groups": {"zone-a": {"kind": "zone"}, "zone-b": {"kind": "zone"}},
        "components": components,
        "connections": [{"from": a, "to": b, **draw(CONNECTION)} for a, b in pairs],
        "flows": {
            "ask": {
                "from": "user",
                "request": draw(st.sampled_from(["GET /", "POST /"])),
                "rate": "40/s",
                "steps": [{"call": "lb", "steps": [{"call": "api", "cpu": "2ms", "steps": draw(steps(2))}]}],
            }
        },
        "scenarios": {"run": {"duration": "1s", "load": draw(_LOAD), "faults": draw(st.lists(fault(), max_size=3))}},
    }
    return json.dumps(spec)


_KEYS = {"keys": "zipf(count=20 exponent=0.9)", "entries": 4, "ttl": "100ms"}
_FAILOVER = optional(failover=st.sampled_from(["automatic", "none"]))
_QUEUE = optional(max_length=st.integers(0, 5), visibility_timeout=DURATIONS)
_LOAD = st.sampled_from(
    [
        {"ask": {"arrivals": "even"}},
        {"ask": {"arrivals": "poisson"}},
        {"ask": {"users": 5, "think": "20ms"}},
        {"ask": {"shape": "ramp", "to": "90/s", "over": "500ms"}},
        {"ask": {"shape": "spike", "to": "200/s", "at": "300ms", "for": "200ms"}},
    ]
)
