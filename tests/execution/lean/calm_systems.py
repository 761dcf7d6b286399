"""Systems at random in which hardly anything fails: those that the lean kernel is for."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.execution.random_systems import RATIOS, optional
from tests.execution.random_systems import TIMES as ANY_TIMES

TIMES = st.one_of(ANY_TIMES, st.sampled_from(["empirical(1ms 2ms)", "empirical(0ms 3ms 4ms)"]))
"""Of few values, so that things happen at the same moment though they are random."""
ALGORITHMS = st.sampled_from(
    ["round_robin", "least_connections", "random", "power_of_two", "ip_hash", "priority", "weighted"]
)
CAPACITY = optional(
    replicas=st.integers(1, 4),
    cores=st.sampled_from([0.5, 0.7, 1, 2]),
    slots=st.integers(1, 6),
    queue_limit=st.sampled_from([0, 3, 50]),
    algorithm=ALGORITHMS,
)
TERMS = optional(
    takes=TIMES,
    cpu=TIMES,
    timeout=st.sampled_from(["20ms", "200ms", "5s"]),
    optional=st.booleans(),
    wait=st.booleans(),
    chance=RATIOS,
    times=st.integers(1, 3),
    status=st.sampled_from([200, 201, 404]),
    access=st.sampled_from(["read", "write"]),
)
CONNECTION = optional(
    latency=TIMES,
    timeout=st.sampled_from(["100ms", "5s"]),
    retries=st.just({"attempts": 3}),
    circuit_breaker=st.just({"opens_after": "50%"}),
)


def steps(depth: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A few steps, with steps inside down to a depth."""
    return st.lists(step(depth), min_size=1, max_size=3)


@st.composite
def step(draw: st.DrawFn, depth: int) -> dict[str, Any]:
    """A step of any kind that does not fail by itself."""
    kind = draw(st.sampled_from(["call", "call", "call", "work", "parallel", "flow"] if depth else ["call", "work"]))
    if kind == "work":
        return {"cpu": draw(TIMES), "does": "work"}
    if kind == "parallel":
        branches = draw(steps(depth - 1))
        return {"parallel": [{**branch, "status": 200} if "call" in branch else branch for branch in branches]}
    if kind == "flow":
        return {"flow": "rest"}
    target = draw(st.sampled_from(["lb", "api", "cache", "db", "other"]))
    made = {"call": target, **draw(TERMS)}
    if depth and draw(st.booleans()):
        made["steps"] = draw(steps(depth - 1))
    if target == "cache" and depth:
        made["on_miss"] = [{"call": "db", "takes": draw(TIMES)}]
        made["hit"] = draw(RATIOS)
    return made


@st.composite
def calm_systems(draw: st.DrawFn) -> str:
    """A spec with three flows, two of which have a load, as JSON."""
    limit = {"rate_limit": draw(st.sampled_from([{"rate": "500/s"}, {"rate": "80/s", "burst": 9}]))}
    components = {
        "user": {"kind": "client"},
        "lb": {"kind": "load_balancer", **draw(CAPACITY), **draw(st.sampled_from([{}, limit]))},
        "api": {"kind": "server", **draw(CAPACITY), **draw(st.sampled_from([{}, _SCALING]))},
        "other": {"kind": "server", **draw(CAPACITY)},
        "cache": {"kind": "cache", **draw(CAPACITY)},
        "db": {"kind": "database", **draw(CAPACITY)},
    }
    names = [name for name in components if name != "user"]
    arrivals = st.sampled_from(["even", "poisson"])
    spec = {
        "archspec": 1,
        "name": "Calm",
        "components": components,
        "connections": [{"from": a, "to": b, **draw(CONNECTION)} for a in components for b in names if a != b],
        "flows": {
            "ask": {"from": "user", "rate": "60/s", "steps": [{"call": "lb", "steps": draw(steps(2))}]},
            "look": {"from": "user", "rate": "30/s", "steps": draw(steps(1))},
            "rest": {"from": "user", "steps": [{"call": "other", "cpu": draw(TIMES)}]},
        },
        "scenarios": {
            "run": {
                "duration": "2s",
                "warm_up": draw(st.sampled_from(["0s", "500ms", "2s"])),
                "load": {"ask": {"arrivals": draw(arrivals)}, "look": {"arrivals": draw(arrivals)}},
            }
        },
    }
    return json.dumps(spec)


_SCALING = {"scaling": {"min": 1, "max": 4, "metric": "cpu", "target": "60%", "interval": "300ms"}, "boot_time": "1s"}
