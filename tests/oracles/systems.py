"""Random systems that `tests/oracles/enumeration.py` covers: chance, statuses, retries at every level, lists.

Time-outs grow from the leaves to the client by more than what can happen below them, so that time decides nothing.
At most six parts have a figure, so that all states can be gone through.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any

PARTS_AT_MOST = 6
TIMEOUTS = ("10ms", "200ms", "5s", "100s")
"""By how many calls may lie below: each more than two times, three tries and three steps of the one before."""
MEMBERS = ("api", "other")
LEAVES = ("db", "pay", "files", "search")


def random_system(seed: int) -> dict[str, Any]:
    """A spec with one flow, `ask`, as plain data."""
    return _Maker(Random(seed)).system()


@dataclass
class _Maker:
    random: Random
    links: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    parts: int = 0

    def __post_init__(self) -> None:
        self.may_hang = self.random.random() < 0.25
        """Some connections have no time-out: then nothing is parallel, and servers choose among no list in turn."""

    def system(self) -> dict[str, Any]:
        steps = self.entry()
        components = self.components()
        flow = {"from": "user", "steps": steps, "request": self.random.choice(["GET /", "GET /", "POST /"])}
        return {
            "archspec": 1,
            "name": "Random",
            "groups": self.groups,
            "components": components,
            "connections": [{"from": a, "to": b, **terms} for (a, b), terms in self.links.items()],
            "flows": {"ask": flow},
        }

    def entry(self) -> list[dict[str, Any]]:
        """user -> lb -> one or several servers, which ask the rest."""
        called: Any = "api" if self.random.random() < 0.6 else list(MEMBERS)
        callers = (called,) if isinstance(called, str) else tuple(called)
        inside = self.steps(callers, 2, may_end=True)
        server = self.call(("lb",), called, 2, may_end=True) | {"steps": inside}
        return [self.call(("user",), "lb", 3, may_end=False) | {"steps": [server]}]

    # -- steps

    def steps(self, callers: tuple[str, ...], depth: int, *, may_end: bool) -> list[dict[str, Any]]:
        return [self.step(callers, depth, may_end=may_end) for _ in range(self.random.randint(1, 3))]

    def step(self, callers: tuple[str, ...], depth: int, *, may_end: bool) -> dict[str, Any]:
        kind = self.random.choice(["call"] * 4 + ["cache"] + ([] if self.may_hang else ["list", "parallel"]))
        if kind == "parallel":
            branches = [self.step(callers, 0, may_end=False) for _ in range(self.random.randint(2, 3))]
            most = sum(branch.get("times", 1) for branch in branches)
            made: dict[str, Any] = {"parallel": branches}
            return made | ({"needs": self.random.randint(1, most)} if self.random.random() < 0.4 else {})
        if kind == "cache":
            return self.cached(callers, depth, may_end=may_end)
        if kind == "list":
            return self.call(callers, list(self.random.sample(LEAVES, 2)), 0, may_end=may_end)
        if depth == 2 and self.random.random() < 0.4:
            made = self.call(callers, "price", 1, may_end=may_end)
            return made | {"steps": self.steps(("price",), 0, may_end=may_end)}
        return self.call(callers, self.random.choice(LEAVES), 0, may_end=may_end)

    def cached(self, callers: tuple[str, ...], depth: int, *, may_end: bool) -> dict[str, Any]:
        """Read-through where the cache has the connection, else cache-aside."""
        reads_through = self.random.random() < 0.5 and depth == 2  # a call deeper has no time for it
        cache = "near" if reads_through else "cache"
        made = self.call(callers, cache, 1 if reads_through else 0, may_end=False)
        askers = ("near",) if reads_through else callers
        missed = self.call(askers, "db", 0, may_end=may_end) | {"access": "read"}
        return made | {"hit": self.ratio(), "on_miss": [missed]}

    def call(self, callers: tuple[str, ...], called: Any, depth: int, *, may_end: bool) -> dict[str, Any]:
        callees = (called,) if isinstance(called, str) else tuple(called)
        if not self.connect(callers, callees, depth):
            called, callees = callees[0], callees[:1]
            self.connect(callers, callees, depth)
        made: dict[str, Any] = {"call": called}
        if self.random.random() < 0.25:
            made["status"] = self.status(may_end=may_end)
        if self.random.random() < 0.15:
            made["chance"] = self.ratio()
        if self.random.random() < 0.2:
            made["times"] = 2
        extra = self.random.random()
        if extra < 0.15:
            made["optional"] = True
        elif extra < 0.2:
            made["wait"] = False
        elif extra < 0.35 and depth < 2:
            self.connect(callers, ("pay",), 0)
            made["fallback"] = [{"call": "pay"}]
        return made

    def status(self, *, may_end: bool) -> dict[int, float]:
        codes = [500, 502, 503] + ([404] if may_end else [])
        return {code: self.random.choice([0.02, 0.1, 0.3]) for code in self.random.sample(codes, 2)}

    def ratio(self) -> float:
        return self.random.choice([0.1, 0.5, 0.9, 0.97])

    def connect(self, callers: tuple[str, ...], callees: tuple[str, ...], depth: int) -> bool:
        """Connect who is not connected yet; False where the callees of a list would have terms that differ."""
        pairs = [(caller, callee) for caller in callers for callee in callees]
        known = [self.links[pair] for pair in pairs if pair in self.links]
        if len(callees) > 1 and known:
            return False
        terms = self.terms(depth)
        if len(callees) > 1:
            terms.pop("availability", None)
        self.named.update(dict.fromkeys((*callers, *callees)))
        for caller in callers:
            kept = [self.random.choice(callees)] if len(callees) > 1 and self.random.random() < 0.3 else callees
            for callee in kept:
                self.links.setdefault((caller, callee), dict(terms))
        return True

    def terms(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if not (self.may_hang and self.random.random() < 0.6):
            made["timeout"] = TIMEOUTS[depth]
            if self.parts < PARTS_AT_MOST // 2 and self.random.random() < 0.1:
                made["availability"] = self.figure()
        if self.random.random() < 0.3:
            made["loss"] = self.random.choice([0.01, 0.1])
        if self.random.random() < 0.5:
            made["retries"] = {"attempts": self.random.randint(2, 3), "backoff": "constant(1ms)"}
            if self.random.random() < 0.3:
                made["retries"]["idempotent"] = self.random.random() < 0.7
        return made

    # -- components

    def figure(self) -> float:
        self.parts += 1
        return self.random.choice([0.9, 0.99, 0.999])

    def components(self) -> dict[str, Any]:
        zones = {zone: self.zone() for zone in ("zone-a", "zone-b")}
        self.groups = zones
        kinds = {"user": "client", "lb": "load_balancer", "db": "database", "cache": "cache", "near": "cache"} | {
            "pay": "external",
            "files": "object_store",
            "search": "search_index",
        }
        made = {id_: self.component(kinds.get(id_, "server")) for id_ in self.named}
        return {id_: made[id_] for id_ in sorted(made, key=lambda _: self.random.random())}

    def zone(self) -> dict[str, Any]:
        is_figured = self.parts < PARTS_AT_MOST and self.random.random() < (0.8 if self.may_hang else 0.4)
        return {"kind": "zone"} | ({"availability": self.figure()} if is_figured else {})

    def component(self, kind: str) -> dict[str, Any]:
        made: dict[str, Any] = {"kind": kind}
        if kind == "client":
            return made
        replicas = 1 if kind in ("external", "object_store") else self.random.randint(1, 2)
        if kind == "load_balancer":
            made |= {"health_check": {"interval": "5s"}, "algorithm": "random"}
        if kind == "server":
            made |= {"algorithm": "random"}
        if replicas > 1:
            made |= {"replicas": replicas, "needs": self.random.choice([1, 1, 2])}
            if kind in ("database", "cache"):
                made["failover"] = self.random.choice(["automatic", "none"])
        if kind not in ("external", "object_store") and self.random.random() < (0.8 if self.may_hang else 0.4):
            made["zones"] = ["zone-a", "zone-b"] if self.random.random() < 0.5 else ["zone-b"]
        elif self.may_hang and self.random.random() < 0.5:
            made["group"] = "zone-a"
        if self.parts + replicas <= PARTS_AT_MOST and self.random.random() < 0.7:
            self.parts += replicas - 1
            made["availability"] = self.figure()
        return made
