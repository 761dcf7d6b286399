"""Systems at random under a load that they can carry: for figures of load that must agree with a run."""

from random import Random
from typing import Any

from archspec.analysis.capacity import Capacity
from archspec.language.build import build
from archspec.model import Architecture, SourceMap

TIMES = (
    *("1ms", "4ms", "exponential(2ms)", "exponential(6ms)", "uniform(1ms 5ms)", "erlang(k=2 mean=4ms)"),
    *("lognormal(p50=2ms p99=12ms)", "hyperexponential(p=0.2 mean1=8ms mean2=1ms)", "empirical(1ms 2ms 9ms)"),
)
ALGORITHMS = ("round_robin", "least_connections", "random", "power_of_two")
SHARES = ("20%", "50%", "80%")
CALLED = ("api", "shop", "cache", "store", "maps", "jobs", "lb")
LEAVES = ("api", "store", "maps")


def loaded_system(seed: int) -> Architecture:
    """A system whose busiest resource is busy between 30% and 75% of the time."""
    random = Random(seed)
    data = _system(random)
    share = random.uniform(0.3, 0.75)
    for flow in data["flows"].values():
        flow["rate"] = f"{random.uniform(20, 100):.3f}/s"
    stations = Capacity(build(data, SourceMap())).stations
    busiest = max((station.peak for station in stations), default=1.0)
    for flow in data["flows"].values():
        flow["rate"] = f"{float(flow['rate'][:-2]) * share / busiest:.4f}/s"
    return build(data, SourceMap())


def _system(random: Random) -> dict[str, Any]:
    components: dict[str, Any] = {
        "user": {"kind": "client"},
        "lb": {"kind": "load_balancer", "replicas": random.choice((1, 2)), "algorithm": random.choice(ALGORITHMS)},
        "api": {"kind": "server", **_size(random)},
        "shop": {"kind": "gateway", **_size(random), "weights": {"one": 3}, "algorithm": _list_algorithm(random)},
        "one": {"kind": "server", **_size(random)},
        "two": {"kind": "server", **_size(random)},
        "cache": {"kind": "cache", "hit": random.choice(SHARES), **random.choice(({}, {"caches": "store"}))},
        "store": {"kind": "database", **_size(random), "shards": random.choice((1, 1, 2))},
        "copy": {"kind": "database", "replica_of": "store", "shards": 1, **_size(random)},
        "maps": {"kind": "external"},
        "jobs": {"kind": "queue"},
        "crew": {"kind": "worker", "replicas": random.randint(1, 3), "slots": random.randint(1, 4), "cores": 2},
    }
    if random.random() < 0.5:
        del components["copy"]
    flows = {"ask": {"from": "user", "steps": [{"call": "lb", "steps": _steps(random, 3, ("lb",))}]}}
    if random.random() < 0.6:
        flows["other"] = {"from": "user", "steps": _steps(random, 2, ())}
    connections = [{"from": a, "to": b, "latency": random.choice(TIMES)} for a, b in (("user", "lb"), ("jobs", "crew"))]
    return {
        "archspec": 1,
        "name": f"Loaded {random}",
        "components": components,
        "connections": connections,
        "flows": flows,
    }


def _list_algorithm(random: Random) -> str:
    return random.choice(("round_robin", "weighted", "random", "priority"))


def _size(random: Random) -> dict[str, Any]:
    size: dict[str, Any] = {"replicas": random.randint(1, 3), "cores": random.choice((1, 2, 4))}
    if random.random() < 0.4:
        size["slots"] = random.choice((4, 10, 40))
    return size | {"algorithm": random.choice(ALGORITHMS)}


def _steps(random: Random, depth: int, within: tuple[str, ...]) -> list[dict[str, Any]]:
    """Steps of the innermost of `within`: none of those round it is called again, which could wait for itself."""
    return [_step(random, depth, within) for _ in range(random.randint(1, 3))]


def _step(random: Random, depth: int, within: tuple[str, ...]) -> dict[str, Any]:
    kind = random.choice(("call", "call", "call", "work", "parallel")) if depth else random.choice(("call", "work"))
    if kind == "work":
        made: dict[str, Any] = {random.choice(("cpu", "takes")): random.choice(TIMES)}
    elif kind == "parallel":
        made = {"parallel": [_step(random, depth - 1, within) for _ in range(random.randint(2, 3))]}
        if random.random() < 0.4:
            made["needs"] = random.randint(1, sum(branch.get("times", 1) for branch in made["parallel"]))
    else:
        targets = [id_ for id_ in (CALLED if depth else LEAVES) if id_ not in within]
        made = _call(random, depth, random.choice(targets), within)
    if random.random() < 0.25:
        made["chance"] = random.choice(SHARES)
    if random.random() < 0.2:
        made["times"] = random.randint(2, 3)
    if random.random() < 0.15:
        made["optional"] = True
    if random.random() < 0.1:
        made["wait"] = False
    return made


def _call(random: Random, depth: int, target: str, within: tuple[str, ...]) -> dict[str, Any]:
    work = {name: random.choice(TIMES) for name in ("cpu", "takes") if random.random() < 0.6}
    if target == "jobs":
        crew = {"call": "crew", **work, "takes": random.choice(TIMES)}
        inner = {"steps": _steps(random, 0, ("crew",))} if random.random() < 0.5 else {}
        return {"call": "jobs", "steps": [crew | inner]}
    if target == "shop":
        return {"call": "shop", "steps": [{"call": ["one", "two"], **work, "takes": random.choice(TIMES)}]}
    made = {"call": target, **work}
    if target == "cache":
        return made | {"on_miss": [{"call": "store", "access": "read", "takes": random.choice(TIMES)}]}
    if target == "store":
        made["access"] = random.choice(("read", "read", "write"))
    if random.random() < 0.2:
        made["status"] = {404: random.choice(SHARES)}
    if depth > 1 and target in ("api", "lb"):
        made["steps"] = _steps(random, depth - 1, (*within, target))
    return made
