"""Systems at random that use topics with their subscribers, waiting pools, whom is near, and functions."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.simulation.random_systems import (
    DURATIONS,
    LINK,
    PERIODS,
    RATIOS,
    RETRIES,
    STATUSES,
    STRATEGIES,
    TIMES,
    capacity,
    optional,
)

SHORT = optional(takes=TIMES, cpu=TIMES, status=STATUSES)
TOPIC = optional(
    partitions=st.integers(1, 3),
    retention=st.sampled_from(["0s", "10ms", "60ms"]),
    visibility_timeout=PERIODS,
    max_deliveries=st.integers(1, 3),
    dead_letter=st.sampled_from(["dead", "later"]),
)
FUNCTION = optional(concurrency=st.integers(1, 3), cold_start=TIMES, idle_after=st.sampled_from(["0s", "10ms", "80ms"]))
POOL = st.sampled_from(
    [
        *({}, {"max_concurrent": 1}),
        *({"max_concurrent": n, "max_wait": wait} for n in (1, 2) for wait in ("0s", "10ms", "60ms")),
    ]
)
BREAKER = optional(circuit_breaker=st.just({"opens_after": "40%", "min_calls": 3, "half_open_after": "30ms"}))
NEAR = optional(prefer=st.sampled_from(["same_zone", "same_region"]))
PUSHED = optional(timeout=DURATIONS, retries=RETRIES, latency=TIMES, loss=RATIOS)
FAULTS = (
    *({"fail": name} for name in ("events", "events-1", "mail", "mail-1", "hook", "jobs", "api-1", "db", "zone-a")),
    *({"fail": name, "mode": "silent"} for name in ("mail-1", "hook-1", "events-1")),
    *({"slow": name, "by": "5x"} for name in ("mail", "hook", "events -> mail")),
    *({"lose": name, "by": "40%"} for name in ("events -> mail", "events -> hook", "user -> api", "api -> db")),
    *({"partition": name} for name in ("events -> mail", "events -> hook", "zone-a")),
    *({"fail": "thumb", **mode} for mode in ({}, {"mode": "silent"})),
    {"slow": "thumb", "by": "3x"},
    {"errors": "thumb", "by": "50%", "at_once": True},
    {"partition": "later -> thumb"},
    {"errors": "mail", "by": "50%"},
    {"errors": "hook", "by": "40%", "status": 503},
)


@st.composite
def subscriptions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """What the subscribers of a topic do; some of them, and each once."""
    named = draw(st.lists(st.sampled_from(["mail", "hook", "jobs", "later"]), min_size=1, max_size=4, unique=True))
    found = []
    for name in named:
        step = {"call": name, **draw(SHORT), **draw(optional(chance=RATIOS))}
        if name in ("mail", "hook") and draw(st.booleans()):
            step["steps"] = [{"call": "db", "takes": draw(TIMES)}]
        if name == "jobs":
            step["steps"] = [{"call": "crew", **draw(SHORT)}]
        if name == "later":
            step["steps"] = [{"call": "crew", **draw(SHORT)}, {"call": "thumb", **draw(SHORT)}]
        if name == "jobs" and draw(st.booleans()):
            step["steps"] = [{"call": "thumb", **draw(SHORT), "steps": [{"call": "db", "takes": draw(TIMES)}]}]
        found.append(step)
    return found


@st.composite
def components(draw: st.DrawFn) -> dict[str, Any]:
    scaling = {"min": 1, "max": 3, "metric": "queue_length", "target": 2, "interval": "50ms", "cooldown": "0s"}
    worker = {"kind": "worker", "zones": ["zone-a", "zone-b"], "metrics_to": "metrics", **draw(capacity())}
    return {
        "user": {"kind": "client", **draw(optional(group=st.sampled_from(["zone-a", "eu"])))},
        "api": {"kind": "server", "zones": ["zone-a", "zone-b"], "metrics_to": "metrics", **draw(capacity())},
        "events": {"kind": "topic", "metrics_to": "metrics", **draw(capacity(most=2)), **draw(TOPIC)},
        "later": {"kind": "topic"},
        "mail": worker | draw(st.sampled_from([{}, {"scaling": scaling}])),
        "hook": {"kind": "server", "group": "zone-a", **draw(capacity(most=2))},
        "jobs": {"kind": "queue", **draw(optional(max_length=st.integers(0, 4)))},
        "crew": {"kind": "worker", "group": "zone-b"},
        "db": {
            "kind": "database",
            "zones": ["zone-b", "zone-a"],
            **draw(capacity()),
            **draw(optional(shards=st.just(2))),
        },
        "thumb": {"kind": "function", "group": "zone-b", "metrics_to": "metrics", **draw(FUNCTION)},
        "dead": {"kind": "queue"},
        "pm2": {"kind": "process_monitor"},
        "metrics": {"kind": "metrics_service", "scrape_interval": "20ms", "evaluation_interval": "50ms"},
    }


PAIRS = (("user", "api"), ("api", "events"), ("jobs", "crew"), ("jobs", "thumb"), ("later", "thumb"))


@st.composite
def featured(draw: st.DrawFn) -> str:
    """A spec with flows that publish, a scenario with faults and deploys, and alerts; as JSON, which is YAML too."""
    stage = {"kind": "deploy", "targets": ["api", "thumb", "mail"], "strategy": draw(STRATEGIES)}
    faults = draw(st.lists(st.sampled_from(FAULTS), max_size=3))
    at = st.sampled_from(["0s", "50ms", "155ms"])
    length = optional(**{"for": st.sampled_from(["0s", "30ms", "150ms"])})
    deployed = st.sampled_from(["events", "mail", "hook", "thumb", "release"])
    deploys = [{"at": "60ms", "deploy": draw(deployed)}] if draw(st.booleans()) else []
    inside = [{"call": "events", **draw(SHORT), "steps": draw(subscriptions())}]
    inside += [{"call": "thumb", **draw(SHORT), **draw(optional(times=st.integers(1, 3), wait=st.booleans()))}]
    inside += [{"call": "db", **draw(SHORT), **draw(optional(wait=st.booleans(), optional=st.booleans()))}]
    spec = {
        "archspec": 1,
        "name": "Random features",
        "groups": {
            "eu": {"kind": "region"},
            "zone-a": {"kind": "zone", "mtbf": "300ms", "mttr": "30ms", **draw(optional(within=st.just("eu")))},
            "zone-b": {"kind": "zone", **draw(optional(within=st.just("eu")))},
        },
        "components": draw(components()),
        "connections": [
            *({"from": a, "to": b, **draw(LINK), **draw(NEAR)} for a, b in PAIRS),
            *(
                {"from": a, "to": "db", **draw(PUSHED), **draw(POOL), **draw(BREAKER), **draw(NEAR)}
                for a in ("api", "mail", "hook", "thumb")
            ),
            {"from": "events", "to": "mail", **draw(LINK)},
            {"from": "events", "to": "hook", **draw(PUSHED), **draw(NEAR)},
            *({"from": "events", "to": name} for name in ("jobs", "later")),
            {"from": "later", "to": "crew"},
            {"from": "api", "to": "thumb", **draw(PUSHED), **draw(POOL)},
        ],
        "flows": {
            "order": {"from": "user", "rate": "60/s", "steps": [{"call": "api", **draw(SHORT), "steps": inside}]},
            "poll": {
                "from": "thumb",
                "rate": "10/s",
                "steps": [{"cpu": draw(TIMES)}, {"call": "db", "takes": draw(TIMES)}],
            },
            "tick": {
                "from": "crew",
                "rate": "30/s",
                "steps": [{"call": "events", **draw(SHORT), "steps": draw(subscriptions())}],
            },
        },
        "alerts": {
            "behind": {"metric": "queue_length", "component": "mail", "above": 1, "over": "50ms"},
            "long": {"metric": "queue_length", "component": "events", "above": 2, "over": "50ms"},
        },
        "pipelines": {"release": {"stages": [{"kind": "test"}, stage]}},
        "scenarios": {
            "run": {
                "duration": "300ms",
                "load": {"order": "1x", "poll": "1x", "tick": draw(st.sampled_from(["1x", {"arrivals": "even"}]))},
                "faults": [{"at": draw(at), **fault, **draw(length)} for fault in faults] + deploys,
                **draw(optional(random_faults=st.booleans(), warm_up=st.sampled_from(["0s", "50ms"]))),
            }
        },
    }
    return json.dumps(spec)
