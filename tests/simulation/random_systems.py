"""Systems, loads and faults at random, as specs: for properties that must hold of every one.

Every field that the engine reads is drawn here, so that all of its parts meet in some system. Each system has a theme,
which brings its requests to some part of the engine: where anything may be anywhere, most are lost on their way.
"""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

FOLDER = Path(__file__).parent / "cases"
"""Where the load files are."""
TIMES = st.sampled_from(
    [
        *("0ms", "1ms", "5ms", "30ms", "exponential(8ms)", "lognormal(p50=3ms p99=25ms)", "uniform(0ms 9ms)"),
        *("normal(mean=4ms sd=6ms)", "erlang(k=2 mean=6ms)", "hyperexponential(p=0.1 mean1=40ms mean2=1ms)"),
        "empirical(1ms 2ms 9ms)",
    ]
)
DURATIONS = st.sampled_from(["0s", "5ms", "20ms", "100ms"])
PERIODS = st.sampled_from(["5ms", "20ms", "100ms"])
RATIOS = st.sampled_from(["0%", "10%", "50%", "100%"])
ALGORITHMS = st.sampled_from(
    ["round_robin", "least_connections", "random", "power_of_two", "ip_hash", "consistent_hash", "priority", "weighted"]
)
STRATEGIES = st.sampled_from(["rolling", "blue_green", "canary", "recreate"])
STATUSES = st.sampled_from([200, 404, 429, 500, {"404": "20%", "503": "30%"}])


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def capacity(draw: st.DrawFn, *, most: int = 3) -> dict[str, Any]:
    """What every running component may have."""
    replicas = draw(st.integers(1, most))
    made = {"replicas": replicas, "needs": draw(st.sampled_from([1, 1, replicas]))}
    made |= draw(
        optional(
            cores=st.sampled_from([0.5, 1, 2]),
            slots=st.integers(1, 4),
            queue_limit=st.integers(0, 5),
            algorithm=ALGORITHMS,
            failover_time=DURATIONS,
            boot_time=DURATIONS,
            drain_time=DURATIONS,
        )
    )
    return made | draw(st.sampled_from([{}, {}, _MEMORY, {"mtbf": "200ms", "mttr": "40ms"}, {"supervised_by": "pm2"}]))


_MEMORY = {"memory": "1GiB", "memory_per_request": "400MiB"}
CHECK = optional(
    health_check=st.fixed_dictionaries(
        {"interval": PERIODS},
        optional={
            "timeout": DURATIONS,
            "unhealthy_after": st.integers(1, 3),
            "healthy_after": st.integers(1, 3),
            "phase": st.sampled_from(["0s", "1ms", "4ms"]),
        },
    )
)
LIMIT = optional(rate_limit=st.sampled_from(["5/s", "50/s", {"rate": "30/s", "burst": 3}]))
SCALING = st.sampled_from(
    [
        {},
        {"scaling": {"min": 1, "max": 4, "metric": "cpu", "target": "30%", "interval": "50ms", "cooldown": "100ms"}},
        {"scaling": {"min": 1, "max": 3, "metric": "request_rate", "target": "20/s", "interval": "40ms"}},
    ]
)
CREW_SCALING = st.sampled_from(
    [
        {},
        {"scaling": {"min": 1, "max": 3, "metric": "queue_length", "target": 2, "interval": "50ms", "cooldown": "0s"}},
    ]
)
RETRIES = st.fixed_dictionaries(
    {"attempts": st.integers(1, 4)},
    optional={
        "backoff": st.sampled_from(
            ["constant(10ms)", "exponential(5ms jitter=full)", "exponential(5ms factor=3 max=20ms jitter=equal)"]
        ),
        "idempotent": st.booleans(),
        "budget": st.sampled_from(["10%", "50%"]),
    },
)
LINK = optional(latency=TIMES, loss=RATIOS)
PLAIN_LINK = optional(latency=TIMES, timeout=st.sampled_from(["100ms", "1s"]))
CONNECTION = optional(
    timeout=DURATIONS,
    retries=RETRIES,
    latency=TIMES,
    loss=RATIOS,
    access=st.sampled_from(["read", "write"]),
    max_concurrent=st.integers(1, 4),
    circuit_breaker=st.fixed_dictionaries(
        {"opens_after": st.sampled_from(["20%", "50%"])},
        optional={
            "min_calls": st.integers(1, 5),
            "over": st.sampled_from(["0s", "50ms"]),
            "half_open_after": DURATIONS,
            "probes": st.integers(1, 2),
        },
    ),
)
TERMS = optional(
    takes=TIMES,
    cpu=TIMES,
    timeout=DURATIONS,
    retries=RETRIES,
    optional=st.booleans(),
    wait=st.booleans(),
    chance=RATIOS,
    times=st.integers(1, 3),
    access=st.sampled_from(["read", "write"]),
    status=STATUSES,
    shards=st.sampled_from(["one", "all"]),
)
MILD = optional(takes=TIMES, cpu=TIMES, times=st.integers(1, 3), optional=st.booleans(), access=st.just("read"))
THEMES = ("anything", "balancing", "caches", "deploys", "plain", "queues")
ASKED = ("lb", "names", "api", "cache", "near", "db", "copy", "files", "jobs", "other", "pay")
LEAVES = ("api", "db", "other", "pay")


def steps(depth: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(step(depth), min_size=1, max_size=3 if depth > 1 else 2)


@st.composite
def step(draw: st.DrawFn, depth: int) -> dict[str, Any]:
    kinds = ["call", "call", "call", "work", "parallel", "several", "flow"] if depth else ["call", "work"]
    kind = draw(st.sampled_from(kinds))
    if kind == "work":
        return {"cpu": draw(TIMES), "does": "work"}
    if kind == "flow":
        return {"flow": "part", **draw(optional(optional=st.booleans(), wait=st.booleans(), times=st.integers(1, 2)))}
    if kind == "parallel":
        branches = draw(steps(depth - 1))
        most = sum(branch.get("times", 1) for branch in branches)
        return {"parallel": branches, **draw(optional(needs=st.integers(1, most), chance=RATIOS))}
    if kind == "several":
        return {"call": draw(st.sampled_from([["api", "other"], ["other", "db", "pay"]])), **draw(TERMS)}
    return draw(call(depth, draw(st.sampled_from(ASKED if depth else LEAVES))))


@st.composite
def call(draw: st.DrawFn, depth: int, target: str) -> dict[str, Any]:
    made = {"call": target, **draw(TERMS)}
    if target == "jobs":
        crew = draw(st.sampled_from(["crew", "crew", ["crew", "spare"]]))
        work = {"call": crew, **draw(optional(takes=TIMES, cpu=TIMES, status=STATUSES))}
        made["steps"] = [work | ({"steps": draw(steps(0))} if draw(st.booleans()) else {})]
    elif depth and draw(st.booleans()):
        made["steps"] = draw(steps(depth - 1))
    if depth and draw(st.booleans()):
        made["fallback"] = draw(steps(0))
    if target == "copy":
        made["access"] = "read"
    if target in ("cache", "near"):
        made |= draw(optional(hit=RATIOS, on_miss=st.just([{"call": "db", "takes": draw(TIMES)}])))
    return made


FAULTS = (
    *(
        {"fail": name}
        for name in ("api", "api-1", "zone-a", "lb", "names", "cache", "jobs", "crew", "db", "copy", "pay")
    ),
    *({"fail": name, "mode": "silent"} for name in ("crew-1", "db-1", "other", "lb-1")),
    *({"slow": name, "by": "3.7x"} for name in ("api", "crew", "user -> lb", "jobs -> crew")),
    *({"slow": name, "by": "20ms"} for name in ("db", "cache-1", "lb -> api")),
    *({"lose": name, "by": "30%"} for name in ("user -> lb", "jobs -> crew", "api -> db")),
    *({"partition": name} for name in ("user -> lb", "jobs -> crew", "lb -> api", "db -> copy", "zone-a", "zone-b")),
    {"errors": "api", "by": "40%", "status": 503},
    {"errors": "crew", "by": "50%"},
)
DEPLOYS = ("api", "lb", "db", "copy", "crew", "jobs", "cache", "release")


@st.composite
def fault(draw: st.DrawFn) -> dict[str, Any]:
    what = draw(st.sampled_from(FAULTS))
    at = draw(st.sampled_from(["0s", "50ms", "150ms", "155ms"]))
    return {"at": at, **what, **draw(optional(**{"for": st.sampled_from(["0s", "30ms", "150ms"])}))}


@st.composite
def deploy(draw: st.DrawFn) -> dict[str, Any]:
    return {"at": draw(st.sampled_from(["0s", "40ms", "60ms"])), "deploy": draw(st.sampled_from(DEPLOYS))}


SYNCHRONOUS = {"replica_of": "db", "replication": "synchronous"}


@st.composite
def components(draw: st.DrawFn, theme: str) -> dict[str, Any]:
    shards = 1 if theme == "plain" else draw(st.integers(1, 2))
    copy = draw(st.sampled_from([{}, {"replica_of": "db"}, SYNCHRONOUS, SYNCHRONOUS | {"when_copy_lost": "continue"}]))
    return {
        "user": {"kind": "client"},
        "names": {"kind": "dns", "ttl": draw(DURATIONS), **draw(optional(algorithm=ALGORITHMS))},
        **draw(servers(theme)),
        "cache": {"kind": "cache", **draw(capacity(most=2)), **draw(caching(theme)), "metrics_to": "metrics"},
        "near": {"kind": "cdn", "caches": "db", **draw(optional(hit=RATIOS, single_flight=st.booleans()))},
        "db": {"kind": "database", "group": "zone-a", "shards": shards, **draw(capacity()), **draw(_FAILOVER)},
        "copy": {"kind": "database", "shards": draw(st.sampled_from([1, shards])), **draw(capacity(most=2)), **copy},
        "again": {"kind": "database", **copy},
        "files": {"kind": "file_store", "shards": draw(st.integers(1, 3)), **draw(capacity(most=2))},
        "jobs": {"kind": "queue", "dead_letter": "dead", **draw(_MESSAGES)},
        "dead": {"kind": "queue"},
        "crew": {"kind": "worker", "group": "zone-b", **draw(capacity(most=2)), **draw(CREW_SCALING)},
        "spare": {"kind": "worker"},
        "pay": {"kind": "external", "mtbf": "100ms", "mttr": "30ms"},
        "pm2": {"kind": "process_monitor"},
        "metrics": {"kind": "metrics_service", "scrape_interval": "20ms", "evaluation_interval": "50ms"},
        "chat": {"kind": "notification_channel"},
    }


@st.composite
def servers(draw: st.DrawFn, theme: str) -> dict[str, Any]:
    """A balancer and what it balances."""
    balancer = {"kind": "load_balancer", **draw(capacity(most=2)), **draw(optional(sticky_sessions=st.booleans()))}
    server = {"kind": "server", "zones": ["zone-a", "zone-b"], "metrics_to": "metrics", **draw(capacity())}
    if theme == "balancing":
        balancer |= {"algorithm": draw(ALGORITHMS), "weights": {"api": 2, "other": 1}}
        balancer |= draw(st.sampled_from([{}, {"health_check": {"interval": "5ms", "timeout": "5ms"}}]))
    else:
        balancer |= {} if theme == "plain" else draw(CHECK) | draw(LIMIT)
        server |= draw(LIMIT)
    if theme == "deploys":
        server |= draw(SCALING) | {"drain_time": draw(PERIODS), "boot_time": draw(PERIODS)}
    return {"lb": balancer, "api": server, "other": {"kind": "gateway", **draw(capacity(most=2)), **draw(CHECK)}}


@st.composite
def caching(draw: st.DrawFn, theme: str) -> dict[str, Any]:
    made = draw(
        optional(
            ttl=PERIODS,
            eviction=st.sampled_from(["lru", "lfu", "fifo", "none"]),
            single_flight=st.booleans(),
            hit=RATIOS,
            caches=st.just("db"),
        )
    )
    kept = {"keys": "zipf(count=20 exponent=0.9)", "entries": draw(st.integers(1, 6))}
    return made | (kept if theme == "caches" or draw(st.booleans()) else {})


PAIRS = (
    *(("user", "lb"), ("user", "names"), ("names", "lb"), ("lb", "api"), ("lb", "other"), ("api", "db")),
    *(("other", "db"), ("api", "cache"), ("api", "files"), ("api", "jobs"), ("user", "jobs"), ("crew", "db")),
)
PLACES = {"kind": "zone"}


@st.composite
def plain_step(draw: st.DrawFn) -> dict[str, Any]:
    """A step that meets no fault, nor anything that fails but a time-out."""
    terms = optional(
        takes=TIMES, cpu=TIMES, times=st.integers(1, 2), chance=RATIOS, wait=st.booleans(), optional=st.booleans()
    )
    asked = draw(st.sampled_from(["db", "near", "pay", "files"]))
    made = {"call": asked, **draw(terms), "access": draw(st.sampled_from(["read", "write"]))}
    if asked == "near":
        made |= {"hit": draw(RATIOS), "on_miss": [{"call": "db", "takes": draw(TIMES)}]}
    return {"parallel": [made, {"cpu": draw(TIMES)}]} if draw(st.booleans()) else made


@st.composite
def entry(draw: st.DrawFn, theme: str) -> list[dict[str, Any]]:
    """The steps of the flow that all themes have."""
    inside = draw(steps(2 if theme == "anything" else 1))
    if theme == "plain":
        inside = draw(st.lists(plain_step(), min_size=1, max_size=3))
    if theme == "caches":
        missing = {"takes": draw(TIMES), **draw(optional(status=STATUSES))}
        asked = [{"call": name, "on_miss": [{"call": "db", **missing}], **draw(MILD)} for name in ("cache", "near")]
        inside = draw(st.permutations(asked)) + inside
    target: Any = ["api", "other"] if theme == "balancing" else "api"
    server = {"call": target, "cpu": draw(TIMES), "steps": inside}
    if theme in ("balancing", "deploys"):
        server = {"call": target, "takes": "30ms", **draw(MILD), **draw(optional(steps=st.just(inside)))}
    through = {"call": "lb", "steps": [server]}
    if theme == "plain":
        return [through]
    if draw(st.booleans()):
        inside.append(
            {"call": draw(st.sampled_from(["copy", ["copy", "db"]])), "access": "write", "takes": draw(TIMES)}
        )
    return [{"call": "names", "steps": [through]}] if draw(st.booleans()) else [through]


@st.composite
def systems(draw: st.DrawFn, theme: str | None = None) -> str:
    """A spec with some flows and one scenario, as JSON, which is YAML too."""
    theme = theme or draw(st.sampled_from(THEMES))
    deployed = st.lists(st.sampled_from(["api", "lb", "db", "crew", "cache"]), min_size=1, max_size=2, unique=True)
    stage = {"kind": "deploy", "targets": draw(deployed), "strategy": draw(STRATEGIES)}
    deploys = draw(st.lists(deploy(), min_size=int(theme == "deploys"), max_size=2))
    inner = PLAIN_LINK if theme == "plain" else CONNECTION
    link = inner if theme in ("anything", "plain") else LINK if draw(st.booleans()) else st.just({})
    loads = {"ask": draw(LOADS), **draw(optional(order=LOADS, timer=st.just("1x"), part=LOADS))}
    run = {
        "load": {**loads, "order": "2x"} if theme == "queues" else loads,
        "faults": draw(st.lists(fault(), max_size=3)) + deploys,
        **draw(optional(random_faults=st.booleans(), warm_up=st.sampled_from(["0s", "50ms", "300ms"]))),
    }
    if theme == "plain":
        run = {"load": {"ask": draw(OPEN_LOADS), **draw(optional(timer=st.just("3x"), part=OPEN_LOADS))}}
    spec = {
        "archspec": 1,
        "name": f"Random {theme}",
        "groups": {"zone-a": {**PLACES, "mtbf": "300ms", "mttr": "30ms"}, "zone-b": PLACES},
        "components": draw(components(theme)),
        "connections": [
            *({"from": a, "to": b, **draw(link if b in ("lb", "names") else inner)} for a, b in PAIRS),
            {"from": "db", "to": "copy", **draw(LINK)},
            *({"from": "jobs", "to": worker, **draw(LINK)} for worker in ("crew", "spare")),
        ],
        "flows": {
            "ask": {
                "from": "user",
                "request": draw(st.sampled_from(["GET /", "POST /"])),
                "rate": "60/s",
                "objective": {"success": "99%", "p99": "30ms"},
                "steps": draw(entry(theme)),
            },
            "order": {"from": "user", "rate": "30/s", "steps": [draw(call(1, "jobs"))]},
            "timer": {"from": "crew", "rate": "10/s", "steps": [{"call": "db", "takes": draw(TIMES)}]},
            "part": {"from": "api", "rate": "20/s", "steps": draw(steps(0))},
        },
        "alerts": ALERTS,
        "pipelines": {"release": {"stages": [{"kind": "test"}, stage]}},
        "scenarios": {"run": {"duration": "300ms", **run}},
    }
    return json.dumps(spec)


_FAILOVER = optional(failover=st.sampled_from(["automatic", "none"]))
_MESSAGES = optional(
    max_length=st.integers(0, 5),
    visibility_timeout=DURATIONS,
    max_deliveries=st.integers(1, 3),
    shards=st.just(2),
    replicas=st.just(2),
)
_OPEN: list[Any] = [
    {"arrivals": "even"},
    {"arrivals": "poisson", "until": "200ms"},
    {"shape": "ramp", "to": "90/s", "over": "200ms"},
    {"shape": "spike", "to": "200/s", "at": "100ms", "for": "50ms", "arrivals": "even"},
    {"shape": "daily", "low": "20/s"},
    {"shape": "file", "file": "curve.csv"},
    "0/s",
]
_CLOSED: list[Any] = [
    {"users": 5, "think": "20ms"},
    {"users": 3, "think": "exponential(5ms)", "until": "200ms"},
    {"users": 2},
]
OPEN_LOADS = st.sampled_from(_OPEN)
LOADS = st.sampled_from(_OPEN + _CLOSED)
ALERTS = {
    "failing": {"metric": "success_rate", "flow": "ask", "below": "99%", "over": "50ms", "for": "50ms"},
    "slow": {"metric": "p99", "flow": "ask", "above": "5ms", "over": ["100ms", "50ms"], "notify": ["chat"]},
    "burning": {"metric": "burn_rate", "flow": "ask", "above": "2x", "over": "100ms", "keep_firing_for": "50ms"},
    "busy": {"metric": "cpu", "component": "api", "above": "50%", "over": "50ms"},
    "long": {"metric": "queue_length", "component": "jobs", "above": 1, "over": "50ms"},
    "few": {"metric": "replicas_up", "component": "api", "below": 2, "over": "50ms"},
}
