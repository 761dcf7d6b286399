"""Random systems as people draw them: balancer, servers, stores, cache, queue, stand-ins; up to nine tenths busy."""

from collections.abc import Iterator
from random import Random
from typing import Any


def random_system(seed: int) -> dict[str, Any]:
    """A spec with a rate on each of its flows, as plain data."""
    made = _Maker(Random(seed), Random(f"zone of {seed}"), Random(f"newer of {seed}"), Random(f"near to {seed}"))
    spec = made.system()
    latest = Random(f"latest of {seed}")
    if latest.random() < 0.4:
        connect_otherwise(spec, latest)
    if latest.random() < 0.4:
        stay_connected(spec, latest, made.zones)
    return spec


NEWER = ("topic", "function")
"""What the language can say since it was first released; it stands beside two of the others."""


class _Maker:
    def __init__(self, random: Random, apart: Random, newer: Random, near: Random) -> None:
        self.random = random
        self.apart = apart
        self.newer = newer
        self.near = near
        self.rate = random.choice([20, 50, 100, 200])
        self.zones = [f"zone-{letter}" for letter in "abc"[: random.choice([1, 2, 2, 3])]]
        self.prefers = near.random() < 0.3
        stands = {"group": self.zones[0]} if self.prefers and near.random() < 0.5 else {}
        self.components: dict[str, dict[str, Any]] = {"user": {"kind": "client", **stands}}
        self.connections: list[dict[str, Any]] = []
        self.flows: dict[str, Any] = {}

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def system(self) -> dict[str, Any]:
        inside = self.inside()
        self.servers(inside)
        entry = self.entry(inside)
        objective = {"success": self.random.choice(["99%", "99.9%"])}
        self.flows["ask"] = {
            "from": "user", "request": "GET /", "rate": f"{self.rate}/s", "objective": objective, "steps": entry
        }  # fmt: skip
        return {
            "archspec": 1,
            "name": "Random system",
            "groups": {zone: {"kind": "zone"} for zone in self.zones},
            "components": self.components,
            "connections": self.connections,
            "flows": self.flows,
        }

    # -- who serves

    def entry(self, inside: list[dict[str, Any]]) -> list[dict[str, Any]]:
        cpu = self.cpu
        called: Any = "api" if "green" not in self.components else ["api", "green"]
        server = {"call": called, "cpu": f"{cpu}ms", "steps": inside}
        return [{"call": "lb", "takes": "0.2ms", "steps": [server]}]

    def servers(self, inside: list[dict[str, Any]]) -> None:
        kind = self.random.choice(["load_balancer", "load_balancer", "gateway"])
        balancer: dict[str, Any] = {"kind": kind, "replicas": self.random.choice([1, 2, 2])} | self.placed()
        if self.maybe(0.85):
            balancer["health_check"] = {"interval": "2s", "unhealthy_after": 2}
        if self.maybe(0.4):
            balancer["algorithm"] = self.random.choice(["least_connections", "random", "power_of_two"])
        self.components["lb"] = balancer
        self.cpu = self.random.choice([2, 5, 10])
        replicas = self.random.randint(1, 4)
        load = self.rate * self.cpu / 1000
        cores = max(1, round(load / replicas / self.random.choice([0.3, 0.5, 0.7, 0.85]) + 0.5))
        server = {"kind": "server", "replicas": replicas, "cores": cores} | self.placed()
        if self.maybe(0.3):
            server["slots"] = max(2, int(self.rate * 0.1 / replicas / self.random.choice([0.3, 0.6])))
        self.components["api"] = server
        if self.maybe(0.2):
            self.components["green"] = dict(server)
        self.connect("user", "lb", self.random.choice([{}, {"timeout": "3s"}]))
        for target in ("api", "green"):
            if target in self.components:
                self.connect("lb", target, self.random.choice([{}, {"timeout": "2s"}, self.retried("1s")]))
                for asked in self.asked:
                    self.connect(target, asked, self.terms[asked])

    def placed(self) -> dict[str, Any]:
        return {"zones": self.zones} if self.maybe(0.8) else {}

    def retried(self, timeout: str) -> dict[str, Any]:
        return {"timeout": timeout, "retries": {"attempts": 2, "backoff": "exponential(10ms jitter=full)"}}

    def connect(self, caller: str, callee: str, terms: dict[str, Any]) -> None:
        near = {"prefer": "same_zone"} if self.prefers and self.near.random() < 0.7 else {}
        self.connections.append({"from": caller, "to": callee, **terms, **near})

    # -- what they ask

    def inside(self) -> list[dict[str, Any]]:
        self.asked: list[str] = []
        self.terms: dict[str, dict[str, Any]] = {}
        kinds = self.random.sample(["store", "cached", "external", "copy", "queue", "parallel", "spare"], 2)
        if self.newer.random() < 0.5:
            kinds.append(self.newer.choice(NEWER))
        return [getattr(self, f"add_{kind}")() for kind in kinds]

    def ask(self, id_: str, component: dict[str, Any], timeout: str = "300ms") -> None:
        self.components[id_] = component
        self.asked.append(id_)
        self.terms[id_] = self.random.choice([{}, {"timeout": timeout}, self.retried(timeout)])
        if self.maybe(0.25):
            self.terms[id_] |= {"max_concurrent": self.random.choice([5, 20, 50])}
            if self.newer.random() < 0.5:
                self.terms[id_] |= {"max_wait": self.newer.choice(["50ms", "500ms"])}

    def store(self, id_: str, busy: float) -> dict[str, Any]:
        """A store whose slots are busy to a share between a third and nine tenths."""
        replicas = self.random.choice([1, 2])
        slots = max(1, round(busy / self.random.choice([0.3, 0.6, 0.85]) + 0.5))
        made = {"kind": "database", "replicas": replicas, "slots": slots} | self.placed()
        return made | {"failover": self.random.choice(["automatic", "automatic", "none"])} if replicas > 1 else made

    def add_store(self) -> dict[str, Any]:
        takes = self.random.choice([2, 8, 20])
        self.ask("db", self.store("db", self.rate * takes / 1000))
        access = self.random.choice(["read", "write"])
        return {"call": "db", "access": access, "takes": f"exponential({takes}ms)"}

    def add_cached(self) -> dict[str, Any]:
        hit, takes = self.random.choice([0.5, 0.9, 0.97]), self.random.choice([5, 20])
        self.ask("cache", {"kind": "cache", "replicas": self.random.choice([1, 2]), "failover": "automatic"})
        self.ask("rows", self.store("rows", self.rate * (1 - hit) * takes / 1000))
        missed = {"call": "rows", "access": "read", "takes": f"{takes}ms"}
        return {"call": "cache", "takes": "0.5ms", "hit": hit, "on_miss": [missed]}

    def add_external(self) -> dict[str, Any]:
        self.ask("pay", {"kind": "external"})
        made: dict[str, Any] = {"call": "pay", "takes": f"exponential({self.random.choice([10, 40])}ms)"}
        if self.apart.random() < 0.4:
            self.components["pay"] = {"kind": "server", "cores": 64, "zones": [self.apart.choice(self.zones)]}
            # No time-out: how long calls that time out hold their callers' slots is not said of a silent zone yet.
            self.terms["pay"] = self.apart.choice([{}, {"max_concurrent": 20}])
        if self.maybe(0.5):
            return made | {"optional": True}
        if self.maybe(0.6):
            self.ask("later", self.store("later", self.rate * 0.005 * self.random.choice([1, 1, 0.1])))
            return made | {"fallback": [{"call": "later", "access": "write", "takes": "5ms"}]}
        return made

    def add_copy(self) -> dict[str, Any]:
        takes = self.random.choice([5, 15])
        self.ask("main", self.store("main", self.rate * takes / 2000))
        self.components["copy"] = {**self.components["main"], "replica_of": "main"}
        return {"call": "main", "access": "read", "takes": f"{takes}ms"}

    def add_queue(self) -> dict[str, Any]:
        work = self.random.choice([10, 50])
        slots = max(1, round(self.rate * work / 1000 / self.random.choice([0.4, 0.7]) / 2 + 0.5))
        self.ask("jobs", {"kind": "queue", "replicas": self.random.choice([1, 2])})
        self.components["crew"] = {"kind": "worker", "replicas": 2, "slots": slots} | self.placed()
        self.connect("jobs", "crew", {})
        return {"call": "jobs", "takes": "1ms", "steps": [{"call": "crew", "takes": f"exponential({work}ms)"}]}

    def add_topic(self) -> dict[str, Any]:
        """Two subscribers: a crew with slots of its own, and a server that is called."""
        work = self.newer.choice([10, 40])
        slots = max(1, round(self.rate * work / 1000 / self.newer.choice([0.4, 0.7]) / 2 + 0.5))
        self.ask("events", {"kind": "topic", "replicas": self.newer.choice([1, 2])})
        if self.newer.random() < 0.5:
            self.components["events"]["partitions"] = 2 * slots
        self.components["readers"] = {"kind": "worker", "replicas": 2, "slots": slots} | self.placed()
        self.components["hook"] = {"kind": "server", "replicas": 2, "cores": 2}
        self.connect("events", "readers", {})
        self.connect("events", "hook", self.newer.choice([{}, {"timeout": "1s"}]))
        subscribed = [{"call": "readers", "takes": f"exponential({work}ms)"}, {"call": "hook", "cpu": "2ms"}]
        return {"call": "events", "takes": "1ms", "steps": subscribed}

    def add_function(self) -> dict[str, Any]:
        """One that has an instance free nearly always, and takes a while to start another."""
        work = self.newer.choice([10, 40])
        busy = self.rate * (work + 200) / 1000
        made: dict[str, Any] = {"kind": "function", "cold_start": self.newer.choice(["50ms", "200ms"])}
        if self.newer.random() < 0.7:
            made["concurrency"] = max(4, round(busy * self.newer.choice([2, 4])))
        self.ask("thumb", made, timeout="2s")
        return {"call": "thumb", "cpu": f"exponential({work}ms)"}

    def add_parallel(self) -> dict[str, Any]:
        self.ask("prices", {"kind": "server", "replicas": 2, "cores": 2} | self.placed())
        self.ask("stock", self.store("stock", self.rate * 0.01))
        branches = [{"call": "prices", "cpu": "1ms"}, {"call": "stock", "access": "read", "takes": "exponential(10ms)"}]
        return {"parallel": branches} | ({"needs": 1} if self.maybe(0.3) else {})

    def add_spare(self) -> dict[str, Any]:
        """One of two providers, of which the second may be too small for both."""
        busy = self.rate * 0.02
        for id_ in ("first", "second"):
            self.ask(id_, self.store(id_, busy / 2 * self.random.choice([1, 2])))
        return {"call": ["first", "second"], "access": "read", "takes": "20ms"}


# -- how they are connected, and who stays so


def connect_otherwise(spec: dict[str, Any], random: Random) -> None:
    """One of the connections of the servers ends at a frame around whom it leads to, or is one of two with names."""
    links = [link for link in spec["connections"] if link["from"] in ("api", "green")]
    called = [step for step in _steps(spec["flows"]["ask"]["steps"]) if isinstance(step.get("call"), str)]
    asked = [id_ for id_ in dict.fromkeys(link["to"] for link in links) if any(step["call"] == id_ for step in called)]
    if not asked:
        return
    id_ = random.choice(asked)
    to_it = [link for link in links if link["to"] == id_]
    if random.random() < 0.5:
        spec["groups"]["inside"] = {"kind": "network"}
        spec["components"][id_]["group"] = "inside"
        for link in to_it:
            link["to"] = "inside"
        return
    for link in to_it:
        spec["connections"].append({**link, "name": "other", "max_concurrent": 1})
        link["name"] = "main"
    for step in called:
        if step["call"] == id_:
            step["via"] = "main"


def _steps(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those within too."""
    for step in steps:
        yield step
        for key in ("steps", "parallel", "fallback", "on_miss"):
            yield from _steps(step.get(key, []))


def stay_connected(spec: dict[str, Any], random: Random, zones: list[str]) -> None:
    """People who stay connected to gateways, say something, and are told something."""
    replicas, each = random.choice([1, 2, 3]), random.choice([40, 200])
    users = round(replicas * each * random.choice([0.4, 0.6, 0.8, 1.0]))
    lasts = {"lasts": random.choice(["exponential(20s)", "2m"])} if random.random() < 0.7 else {}
    placed = {"zones": zones} if random.random() < 0.7 else {}
    algorithm = random.choice(["round_robin", "least_connections", "random"])
    spec["components"] |= {
        "people": {"kind": "client"},
        "edge": {"kind": "load_balancer", "replicas": random.choice([1, 2]), "algorithm": algorithm, **placed,
                 "health_check": {"interval": "2s", "unhealthy_after": 2}},
        "gw": {"kind": "gateway", "replicas": replicas, "cores": 2, "connections": each, **placed},
        "names": {"kind": "server", "replicas": random.choice([1, 2]), "cores": 1, **placed},
        "rooms": {"kind": "server", "replicas": random.choice([1, 2]), "cores": 1, **placed},
    }  # fmt: skip
    timed = {"timeout": "1s"} if random.random() < 0.7 else {}
    spec["connections"] += [
        {"from": "people", "to": "edge", "timeout": "3s"},
        *(
            {"from": a, "to": b, **timed}
            for a, b in (("edge", "gw"), ("gw", "names"), ("gw", "rooms"), ("rooms", "gw"))
        ),
    ]
    back = random.choice(["exponential(200ms jitter=full)", "exponential(1s jitter=full)", "constant(500ms)"])
    session, named = {"users": users, **lasts, "reconnect": back}, {"call": "names", "cpu": "2ms"}
    said = {"call": "gw", "cpu": "1ms", "steps": [{"call": "rooms", "cpu": "2ms"}]}
    rate, promised = f"{random.choice([20, 100])}/s", {"success": "99%"}
    at_edge = random.random() < 0.5
    spec["flows"] |= {
        "stay": {"from": "people", "session": session, "steps": _through("edge", {"call": "gw", "steps": [named]})},
        "say": {"from": "people", "via": "stay", "rate": rate, "objective": promised, "steps": _through("edge", said)},
        "push": {"from": "rooms", "via": "stay", "rate": rate, "objective": promised,
                 "steps": [{"call": "gw", "cpu": "1ms", "steps": [{"call": "people"}] if at_edge else []}]},
    }  # fmt: skip


def _through(id_: str, step: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"call": id_, "steps": [step]}]
