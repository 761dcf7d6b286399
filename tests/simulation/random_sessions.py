"""Systems at random whose users stay connected: replicas die, leave and are full, and users come back."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.simulation.random_systems import RATIOS, optional

TIMES = st.sampled_from(["0s", "1ms", "20ms", "exponential(40ms)"])
LIVES = st.sampled_from(["2s", "300ms", "exponential(1s)", "erlang(k=3 mean=2s)", "lognormal(p50=500ms p99=8s)"])
WAITS = st.sampled_from(["constant(10ms)", "constant(0s)", "exponential(200ms jitter=full)", "exponential(50ms)"])
LINK = optional(timeout=st.sampled_from(["15ms", "1s"]), loss=RATIOS, latency=st.sampled_from(["0s", "2ms"]))
ALGORITHMS = st.sampled_from(["round_robin", "least_connections", "random", "power_of_two", "ip_hash"])
FAULTS = (
    *({"fail": name} for name in ("gw", "gw-1", "lb-1", "chat-1", "auth", "zone-a")),
    *({"fail": name, "mode": "silent"} for name in ("gw-1", "chat")),
    *({"slow": name, "by": "5x"} for name in ("gw", "app -> lb")),
    {"partition": "lb -> gw"},
    {"lose": "lb -> gw", "by": "50%"},
    {"errors": "auth", "by": "60%"},
    *({"deploy": name} for name in ("gw", "chat", "lb")),
)


@st.composite
def link(draw: st.DrawFn, caller: str, callee: str) -> dict[str, Any]:
    terms = draw(LINK)
    if "timeout" in terms and draw(st.booleans()):
        terms["retries"] = {"attempts": 3, "backoff": "constant(5ms)"}
    return {"from": caller, "to": callee, **terms}


@st.composite
def running(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    sizes = optional(
        slots=st.integers(1, 3),
        cores=st.integers(1, 2),
        replicas=st.integers(1, 3),
        algorithm=ALGORITHMS,
        failover_time=st.sampled_from(["0s", "50ms"]),
        drain_time=st.sampled_from(["0s", "300ms"]),
        boot_time=st.sampled_from(["10ms", "1s"]),
        connections=st.integers(1, 30),
    )
    return {"kind": kind, "zones": ["zone-a", "zone-b"], **draw(sizes)}


@st.composite
def connected(draw: st.DrawFn) -> str:
    """A spec with users at a gateway behind a balancer, messages both ways, and six seconds of it with faults."""
    at = st.sampled_from(["0s", "1s", "1010ms", "3s"])
    lasts = optional(**{"for": st.sampled_from(["0s", "30ms", "2s"])})
    faults = [{"at": draw(at), **fault} for fault in draw(st.lists(st.sampled_from(FAULTS), max_size=3))]
    session = {"users": draw(st.integers(1, 40)), **draw(optional(lasts=LIVES, reconnect=WAITS))}
    auth = {"call": "auth", "takes": draw(TIMES), **draw(optional(optional=st.booleans(), chance=RATIOS))}
    gateway = {"call": "gw", "takes": draw(TIMES), "steps": [auth]}
    push = {"call": "gw", "takes": draw(TIMES), "steps": [{"call": "app"}]}
    pairs = (("app", "lb"), ("lb", "gw"), ("gw", "auth"), ("gw", "chat"), ("chat", "gw"))
    spec = {
        "archspec": 1,
        "name": "Random sessions",
        "groups": {"zone-a": {"kind": "zone", "mtbf": "3s", "mttr": "300ms"}, "zone-b": {"kind": "zone"}},
        "components": {
            "app": {"kind": "client"},
            "lb": draw(running("load_balancer")),
            "gw": {**draw(running("gateway")), "connections": draw(st.integers(1, 30))},
            "chat": draw(running("server")),
            "auth": {"kind": "server"},
        },
        "connections": [draw(link(a, b)) for a, b in pairs],
        "flows": {
            "connected": {"from": "app", "session": session, "steps": [{"call": "lb", "steps": [gateway]}]},
            "push": {"from": "chat", "via": "connected", "rate": "30/s", "steps": [push]},
            "say": {
                "from": "app",
                "via": "connected",
                "rate": "30/s",
                "steps": [{"call": "gw", "steps": [{"call": "chat", "takes": draw(TIMES)}]}],
            },
        },
        "scenarios": {
            "run": {
                "duration": "6s",
                "faults": [{**fault, **({} if "deploy" in fault else draw(lasts))} for fault in faults],
                **draw(optional(random_faults=st.booleans(), warm_up=st.sampled_from(["0s", "1s"]))),
            }
        },
    }
    return json.dumps(spec)
