"""Systems at random whose flows come by the clock: they overlap, fail, begin anew and miss their deadlines."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.simulation.random_systems import RATIOS, optional

TIMES = st.sampled_from(["0s", "1s", "20s", "90s", "4m", "exponential(40s)", "lognormal(p50=20s p99=5m)"])
LIMITS = st.sampled_from(["5s", "1m", "3m"])
DEADLINES = st.sampled_from(["1s", "40s", "2m", "5m", "20m"])
SCHEDULES = st.sampled_from(["*/3 * * * *", "30 2 * * *", "0,1,2,20 2-3 * * mon", "25 2 1 1 sun", "0 0 29 2 *"])
LINK = optional(timeout=LIMITS, loss=RATIOS, latency=st.just("2s"), max_concurrent=st.integers(1, 2), max_wait=LIMITS)
FAULTS = (
    *({"fail": name} for name in ("cron", "cron-1", "api", "api-1", "db", "wh", "zone-a")),
    *({"fail": name, "mode": "silent"} for name in ("db", "cron-1")),
    *({"slow": name, "by": "5x"} for name in ("db", "api -> db")),
    *({"partition": name} for name in ("cron -> db", "api -> wh", "zone-b")),
    {"lose": "cron -> api", "by": "50%"},
    {"errors": "wh", "by": "60%"},
    {"errors": "db", "by": "40%", "at_once": True},
    {"deploy": "cron"},
    {"deploy": "api"},
)


@st.composite
def link(draw: st.DrawFn, caller: str, callee: str) -> dict[str, Any]:
    terms = draw(LINK)
    if "max_concurrent" not in terms:
        terms.pop("max_wait", None)
    if draw(st.booleans()) and "timeout" in terms:
        terms["retries"] = {"attempts": 2, "backoff": "constant(5s)"}
    return {"from": caller, "to": callee, **terms}


@st.composite
def step(draw: st.DrawFn, callee: str) -> dict[str, Any]:
    extra = optional(optional=st.booleans(), chance=RATIOS, times=st.integers(1, 2), wait=st.booleans())
    return {"call": callee, "takes": draw(TIMES), **draw(extra)}


@st.composite
def work(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Own work, a call through another, and two at once."""
    through = {**draw(step("api")), "steps": [draw(step(draw(st.sampled_from(["db", "wh"]))))]}
    both = {"parallel": [draw(step("db")), draw(step("api"))]}
    own = {"takes": draw(TIMES), **draw(optional(cpu=TIMES))}
    return draw(st.lists(st.sampled_from([through, both, own, draw(step("db"))]), min_size=1, max_size=3))


@st.composite
def running(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    sizes = optional(slots=st.integers(1, 2), cores=st.integers(1, 2), replicas=st.integers(1, 3))
    return {"kind": kind, "zones": ["zone-a", "zone-b"], **draw(sizes)}


@st.composite
def scheduled(draw: st.DrawFn) -> str:
    """A spec with three jobs and a flow of people, and forty minutes of it with faults; as JSON, which is YAML too."""
    at, lasts = st.sampled_from(["0s", "5m", "6m", "20m"]), optional(**{"for": st.sampled_from(["0s", "30s", "9m"])})
    faults = [{"at": draw(at), **fault} for fault in draw(st.lists(st.sampled_from(FAULTS), max_size=3))]
    every = draw(st.sampled_from(["1m", "150s", "7m", "1h"]))
    spec = {
        "archspec": 1,
        "name": "Random jobs",
        "groups": {
            "zone-a": {"kind": "zone", "mtbf": "20m", "mttr": "3m"},
            "zone-b": {"kind": "zone"},
        },
        "components": {
            "user": {"kind": "client"},
            "cron": draw(running("worker")),
            "api": draw(running("server")),
            "db": draw(running("database")),
            "wh": {"kind": "database"},
        },
        "connections": [
            draw(link(a, b))
            for a, b in (("user", "api"), ("cron", "api"), ("cron", "db"), ("api", "db"), ("api", "wh"), ("user", "db"))
        ],
        "flows": {
            "often": {"from": "cron", "every": every, "steps": draw(work()), **draw(optional(deadline=DEADLINES))},
            "night": {
                "from": "cron",
                "schedule": draw(SCHEDULES),
                "steps": draw(work()),
                **draw(optional(deadline=DEADLINES)),
            },
            "outside": {"from": "user", "every": "5m", "deadline": draw(DEADLINES), "steps": draw(work())},
            "ask": {"from": "user", "rate": "6/min", "steps": [draw(step("api"))]},
        },
        "scenarios": {
            "run": {
                "starts": draw(st.sampled_from(["02:25", "2024-02-28 23:40", "2024-12-31 02:00"])),
                "duration": "40m",
                "faults": [{**fault, **({} if "deploy" in fault else draw(lasts))} for fault in faults],
                **draw(optional(random_faults=st.booleans(), warm_up=st.sampled_from(["0s", "5m"]))),
            }
        },
    }
    return json.dumps(spec)
