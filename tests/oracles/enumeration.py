"""Availability by enumeration: every state of the parts, and in each the chance of every try, walked as written.

An oracle for `archspec.analysis`, and independent of it: it reads the plain data of a spec and knows nothing of
structure functions or diagrams. What it covers is what `tests/oracles/systems.py` makes; times are left out, so
time-outs must be long enough for what happens within them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

Step = Mapping[str, Any]
Outcomes = dict[str, float]
"""Probability of each way a step can end: `ok`, `ended` (by a 4xx: well, and nothing more is asked), `hung` (nobody
ever answers), or a failure as the caller sees it (`refused`, `no_replica`, `timeout`, `gave_up` where the flow's own
caller has lost patience, or a status)."""

PASSES_ON = ("load_balancer", "gateway", "cdn", "dns")
STORES = ("database", "cache", "file_store", "search_index")
"""Kinds of which a primary answers writes."""
RETRIED = frozenset({"refused", "no_replica", "timeout", "429", "502", "503", "504"})
SURELY_NOT_PROCESSED = frozenset({"refused", "no_replica", "429"})


def availability(spec: Mapping[str, Any], flow: str) -> float:
    """The share of requests that succeed, all parts failing independently and each dead one noticed."""
    return sum(share * success_in(spec, flow, down) for share, down in states(spec))


def success_in(spec: Mapping[str, Any], flow: str, down: frozenset[str]) -> float:
    """The same, where exactly these replicas, zones and links are down."""
    asked = spec["flows"][flow]
    method = str(asked.get("request", "GET")).split()[0]
    state = _State(spec, down, asked["from"], method not in ("POST", "PATCH"))
    outcomes = state.sequence(asked["steps"], asked["from"])
    return outcomes.get("ok", 0.0) + outcomes.get("ended", 0.0)


def states(spec: Mapping[str, Any]) -> Iterator[tuple[float, frozenset[str]]]:
    """All states of the parts that have a figure, with their probabilities."""
    figures = parts(spec)
    for ups in product((True, False), repeat=len(figures)):
        share = 1.0
        for is_up, figure in zip(ups, figures.values(), strict=True):
            share *= figure if is_up else 1 - figure
        yield share, frozenset(part for part, is_up in zip(figures, ups, strict=True) if not is_up)


def parts(spec: Mapping[str, Any]) -> dict[str, float]:
    """The replicas, zones and links that have an availability."""
    found = {id_: each["availability"] for id_, each in spec.get("groups", {}).items() if "availability" in each}
    for id_, each in spec["components"].items():
        if "availability" in each:
            found |= {f"{id_}-{number + 1}": each["availability"] for number in range(each.get("replicas", 1))}
    return found | {f"{a} -> {b}": link["availability"] for (a, b), link in links(spec) if "availability" in link}


def links(spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    """The connections by their ends."""
    for each in spec["connections"]:
        yield (each["from"], each["to"]), each


@dataclass
class _State:
    spec: Mapping[str, Any]
    down: frozenset[str]
    client: str
    is_idempotent: bool
    links: dict[tuple[str, str], Mapping[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.links = dict(links(self.spec))

    # -- steps

    def sequence(self, steps: Sequence[Step], caller: str) -> Outcomes:
        ended: Outcomes = {}
        goes_on = 1.0
        for step in steps:
            outcomes = self.step(step, caller)
            for outcome, share in outcomes.items():
                if outcome != "ok":
                    ended[outcome] = ended.get(outcome, 0.0) + goes_on * share
            goes_on *= outcomes.get("ok", 0.0)
        return ended | {"ok": goes_on}

    def step(self, step: Step, caller: str) -> Outcomes:
        if step.get("wait") is False:
            return {"ok": 1.0}
        once = dict(step)
        chance, times = once.pop("chance", 1.0), once.pop("times", 1)
        if once.pop("optional", False):
            outcomes = self.sequence([once] * times, caller) if times == 1 else self.passed_over(once, times, caller)
            outcomes = {"ok": 1 - outcomes.get("hung", 0.0), "hung": outcomes.get("hung", 0.0)}
        else:
            outcomes = self.sequence([once] * times, caller) if times > 1 else self.once(once, caller)
        if chance == 1:
            return outcomes
        return _mixed([(chance, outcomes), (1 - chance, {"ok": 1.0})])

    def passed_over(self, step: Step, times: int, caller: str) -> Outcomes:
        """Optional and several times: whatever happens but silence, the next is made."""
        hung = self.once(step, caller).get("hung", 0.0)
        return {"ok": (1 - hung) ** times, "hung": 1 - (1 - hung) ** times}

    def once(self, step: Step, caller: str) -> Outcomes:
        if "parallel" in step:
            return self.parallel(step, caller)
        if "flow" in step:
            return self.sequence(self.spec["flows"][step["flow"]]["steps"], caller)
        if "call" not in step:
            return {"ok": 1.0}
        outcomes = self.tries(step, caller, 1, frozenset())
        if "on_miss" in step and not self.reads_through(step):
            outcomes = self.cache_aside(step, caller, outcomes)
        if "fallback" in step:
            failed = sum(share for outcome, share in outcomes.items() if outcome not in ("ok", "ended", "hung"))
            kept = {outcome: share for outcome, share in outcomes.items() if outcome in ("ok", "ended", "hung")}
            return _mixed([(1.0, kept), (failed, self.sequence(step["fallback"], caller))])
        return outcomes

    def parallel(self, step: Step, caller: str) -> Outcomes:
        """All branches, or `needs` of them; nothing below may end well with a 4xx or hang (the generator's care)."""
        succeeded = [1.0]
        for branch in step["parallel"]:
            times, chance = branch.get("times", 1), branch.get("chance", 1.0)
            good = self.step({**branch, "times": 1, "chance": 1.0}, caller).get("ok", 0.0)
            taken = succeeded
            for _ in range(times):
                taken = [
                    (taken[n] if n < len(taken) else 0.0) * (1 - good) + (taken[n - 1] * good if n else 0.0)
                    for n in range(len(taken) + 1)
                ]
            skipped = [0.0] * times + succeeded  # all its repetitions together, which then need not succeed
            succeeded = [chance * a + (1 - chance) * b for a, b in zip(taken, skipped, strict=True)]
        enough = sum(succeeded[step.get("needs", len(succeeded) - 1) :])
        return {"ok": enough, "502": 1 - enough}

    # -- calls

    def terms(self, step: Step, caller: str, callee: str) -> dict[str, Any]:
        overrides = {key: step[key] for key in ("timeout", "retries", "access") if key in step}
        return {**self.links[caller, callee], **overrides}

    def members(self, step: Step, caller: str) -> list[str]:
        listed = [step["call"]] if isinstance(step["call"], str) else list(step["call"])
        return [member for member in listed if (caller, member) in self.links]

    def attempts(self, step: Step, caller: str, member: str) -> int:
        return int(self.terms(step, caller, member).get("retries", {}).get("attempts", 1))

    def tries(self, step: Step, caller: str, number: int, tried: frozenset[str]) -> Outcomes:
        members = self.members(step, caller)
        serving = [member for member in members if self.failure_of(step, caller, member) is None]
        candidates = [member for member in serving if member not in tried] or serving or members
        found: list[tuple[float, Outcomes]] = []
        for member in candidates:
            outcomes = self.attempt(step, caller, member)
            again = sum(share for outcome, share in outcomes.items() if self.is_retried(step, caller, member, outcome))
            if number < self.attempts(step, caller, member) and again:
                outcomes = {o: s for o, s in outcomes.items() if not self.is_retried(step, caller, member, o)}
                further = self.tries(step, caller, number + 1, tried | {member})
                outcomes = _mixed([(1.0, outcomes), (again, further)])
            found.append((1 / len(candidates), outcomes))
        return _mixed(found)

    def is_retried(self, step: Step, caller: str, callee: str, outcome: str) -> bool:
        retries = self.terms(step, caller, callee).get("retries", {})
        is_idempotent = retries.get("idempotent", self.is_idempotent)
        return outcome in (RETRIED if is_idempotent else SURELY_NOT_PROCESSED)

    def attempt(self, step: Step, caller: str, callee: str) -> Outcomes:
        terms = self.terms(step, caller, callee)
        silence = "timeout" if "timeout" in terms else "gave_up" if caller == self.client else "hung"
        if f"{caller} -> {callee}" in self.down:
            return {silence: 1.0}
        if self.failure_of(step, caller, callee) is not None:
            return self.unserved(step, caller, callee, silence)
        lost = terms.get("loss", 0.0)
        answers = {
            (silence if outcome == "hung" else outcome): share for outcome, share in self.answer(step, callee).items()
        }
        heard = (1 - lost) ** 2
        return _mixed([(heard, answers), (1 - heard, {silence: 1.0})])

    def answer(self, step: Step, callee: str) -> Outcomes:
        """What the callee answers, its own status drawn before its steps."""
        parts_: list[tuple[float, Outcomes]] = []
        statuses = step.get("status", {})
        statuses = statuses if isinstance(statuses, Mapping) else {statuses: 1.0}
        for status, share in statuses.items():
            code = int(status)
            if code >= 400:
                parts_.append((share, {"ended" if code < 500 and code != 429 else str(code): 1.0}))
        good = 1 - sum(share for share, _ in parts_)
        inner = self.inside(step, callee)
        worked = _mixed([(share, {self.passed_up(callee, outcome): 1.0}) for outcome, share in inner.items()])
        return _mixed([*parts_, (good, worked)])

    def inside(self, step: Step, callee: str) -> Outcomes:
        if "on_miss" in step and self.reads_through(step):
            hit = step.get("hit", 1.0)
            missed = self.sequence(step["on_miss"], callee)
            return _mixed([(hit, {"ok": 1.0}), (1 - hit, missed)])
        return self.sequence(step.get("steps", []), callee)

    def passed_up(self, callee: str, outcome: str) -> str:
        """What a callee answers when a step of its own ends so (RFC 9110, 15.6)."""
        if outcome in ("ok", "ended", "hung"):
            return outcome
        if self.spec["components"][callee]["kind"] in PASSES_ON and outcome.isdigit():
            return outcome
        if outcome in ("timeout", "504"):
            return "504"
        return "503" if outcome in ("503", "429", "no_replica") else "502"

    def reads_through(self, step: Step) -> bool:
        cache = step["call"]
        target = step["on_miss"][0]["call"]
        return self.spec["components"][cache].get("caches") == target or (cache, target) in self.links

    def cache_aside(self, step: Step, caller: str, asked: Outcomes) -> Outcomes:
        """A hit, or what misses (and a cache that fails) ask."""
        hit = step.get("hit", 1.0)
        answered, hung = asked.get("ok", 0.0), asked.get("hung", 0.0)
        misses = 1 - hung - answered * hit
        return _mixed(
            [(answered * hit, {"ok": 1.0}), (hung, {"hung": 1.0}), (misses, self.sequence(step["on_miss"], caller))]
        )

    # -- who is up

    def unserved(self, step: Step, caller: str, callee: str, silence: str) -> Outcomes:
        """What is heard of a component that cannot serve: of a dead zone nothing, of a dead replica a refusal.

        A balancer knows of nobody and says so, but leaves writes to the primary. Who finds nobody alive asks anybody.
        """
        component = self.spec["components"][callee]
        count = component.get("replicas", 1)
        is_up = [self.is_up(callee, number) for number in range(count)]
        asked = list(range(count))
        if self.is_write(step, caller, callee):
            takes_over = any(is_up) and component.get("failover") == "automatic"
            asked = [is_up.index(True) if takes_over else 0]
        elif any(is_up) or self.spec["components"][caller]["kind"] in ("load_balancer", "gateway"):
            return {"no_replica": 1.0}
        heard = ["no_replica" if is_up[n] else silence if self.is_dark(callee, n) else "refused" for n in asked]
        return _mixed([(1 / len(heard), {each: 1.0}) for each in heard])

    def is_write(self, step: Step, caller: str, callee: str) -> bool:
        component = self.spec["components"][callee]
        usual = "write" if component["kind"] == "database" else "read"
        return component["kind"] in STORES and self.terms(step, caller, callee).get("access", usual) == "write"

    def failure_of(self, step: Step, caller: str, callee: str) -> str | None:
        """How a call fails that finds nobody who can serve it; None where somebody can."""
        component = self.spec["components"][callee]
        up = [number for number in range(component.get("replicas", 1)) if self.is_up(callee, number)]
        if len(up) < component.get("needs", 1):
            return "no_replica"
        if self.is_write(step, caller, callee) and component.get("failover") != "automatic" and 0 not in up:
            return "refused"
        return None

    def is_up(self, id_: str, number: int) -> bool:
        return f"{id_}-{number + 1}" not in self.down and not self.is_dark(id_, number)

    def is_dark(self, id_: str, number: int) -> bool:
        """Whether a replica's zone is down: it is silent, rather than refusing."""
        component = self.spec["components"][id_]
        zones = component.get("zones", [])
        places = [zones[number % len(zones)]] if zones else [component["group"]] if "group" in component else []
        return bool(set(places) & self.down)


def _mixed(weighted: Sequence[tuple[float, Outcomes]]) -> Outcomes:
    found: Outcomes = {}
    for weight, outcomes in weighted:
        for outcome, share in outcomes.items():
            found[outcome] = found.get(outcome, 0.0) + weight * share
    return found
