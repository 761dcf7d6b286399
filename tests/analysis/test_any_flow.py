"""Whatever a flow says, it can be judged and analysed, and the figures keep their meaning."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archspec.analysis.availability import Availability
from archspec.analysis.capacity import Capacity
from archspec.analysis.report import report
from archspec.language.build import build
from archspec.model import Architecture, SourceMap
from archspec.validators.config import Config
from archspec.validators.run import judge
from tests.properties import examples

COMPONENTS: dict[str, Any] = {
    "app": {"kind": "client"},
    "lb": {"kind": "load_balancer", "replicas": 2, "zones": ["a", "b"], "availability": "99.9%"},
    "api": {"kind": "server", "replicas": 3, "needs": 2, "zones": ["a", "b"], "cores": 2, "availability": "99%"},
    "cache": {"kind": "cache", "caches": "db", "hit": "90%", "availability": "99.5%"},
    "db": {"kind": "database", "replicas": 2, "shards": 2, "slots": 10, "availability": "99.9%", "zones": ["b"]},
    "copy": {"kind": "database", "replica_of": "db", "availability": "99%"},
    "maps": {"kind": "external", "availability": "99%"},
    "logs": {"kind": "log_service"},
    "jobs": {"kind": "queue", "availability": "99.99%"},
    "worker": {"kind": "worker", "slots": 2},
}
CALLED = ("lb", "api", "cache", "db", "maps", "logs")
TIMES = st.sampled_from(["4ms", "exponential(6ms)", "uniform(2ms 9ms)", "3s"])
RATIOS = st.sampled_from(["0%", "0.1%", "50%", "97%", "100%"])
COMMON = {
    "optional": st.booleans(),
    "wait": st.booleans(),
    "times": st.integers(1, 4),
    "chance": RATIOS,
}
OF_CALLS = {
    "cpu": TIMES,
    "takes": TIMES,
    "timeout": st.sampled_from(["1ms", "100ms", "2s"]),
    "retries": st.fixed_dictionaries(
        {"attempts": st.integers(1, 6)},
        optional={"backoff": st.sampled_from(["constant(5ms)", "exponential(5ms jitter=equal)"]), "budget": RATIOS},
    ),
    "access": st.sampled_from(["read", "write"]),
    "hit": RATIOS,
    "status": st.sampled_from([404, 500, {404: "2%", 503: "10%"}, {429: "100%"}]),
    "shards": st.sampled_from(["one", "all"]),
}


def calls(steps: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    inner = st.lists(steps, min_size=1, max_size=2)
    one = st.sampled_from(CALLED)
    several = st.lists(st.sampled_from(CALLED), min_size=2, max_size=2, unique=True)
    return st.fixed_dictionaries(
        {"call": one | several},
        optional={**COMMON, **OF_CALLS, "steps": inner, "on_miss": inner, "fallback": inner},
    )


def parallels(steps: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    branches = st.lists(steps, min_size=2, max_size=3)
    return st.fixed_dictionaries({"parallel": branches}, optional={**COMMON, "needs": st.just(1)})


LEAVES = st.one_of(
    st.fixed_dictionaries({"cpu": TIMES}, optional=COMMON),
    st.fixed_dictionaries({"call": st.sampled_from(CALLED)}, optional={**COMMON, **OF_CALLS}),
    st.just({"call": "jobs", "steps": [{"call": "worker", "takes": "1s", "steps": [{"call": "db"}]}]}),
    st.just({"flow": "other"}),
)
STEPS = st.recursive(LEAVES, lambda inner: calls(inner) | parallels(inner), max_leaves=8)


def architecture(steps: list[Any]) -> Architecture:
    """A system with one such flow, validated."""
    data = {
        "archspec": 1,
        "name": "Any",
        "groups": {"a": {"kind": "zone", "availability": "99.95%"}, "b": {"kind": "zone", "availability": "99.95%"}},
        "components": {id_: dict(fields) for id_, fields in COMPONENTS.items()},
        "flows": {
            "any": {
                "from": "app",
                "rate": "100/s",
                "request": "POST /any",
                "objective": {"success": "99.99%", "p50": "10ms", "p99": "1s"},
                "steps": steps,
            },
            "other": {"from": "app", "steps": [{"call": "api", "steps": [{"call": "maps", "timeout": "1s"}]}]},
        },
    }
    return build(data, SourceMap())


@examples(40)
@given(st.lists(STEPS, min_size=1, max_size=3))
def test_every_flow_can_be_judged_and_analysed(steps: list[Any]) -> None:
    spec = architecture(steps)

    judge(spec, Config(extend_select=("all",)))
    flow = report(spec, "any").flows[0]

    known = Availability(spec).of_flow("any").known
    assert flow.availability is None or 0 <= flow.availability <= 1
    assert known is None or 0 <= known.lower <= known.upper <= 1 + 1e-12
    if known is not None and flow.availability_at_least is not None:
        assert flow.availability_at_least <= known.lower + 1e-12
    assert all(-1 <= cost.birnbaum <= 1 for cost in flow.importance)  # below 0: of a list, the worse member may be up
    assert all(station.busy >= 0 for station in Capacity(spec).stations)


@examples(30)
@given(st.lists(STEPS, min_size=1, max_size=2))
def test_a_single_point_fails_its_share_and_a_cut_fails_something(steps: list[Any]) -> None:
    flow = Availability(architecture(steps)).of_flow("any")

    single = {point.part for point in flow.single_points}
    assert single == {part for cut in flow.cuts.of_order(1) for part in cut}
    assert all(point.share is None or point.share > 0 for point in flow.single_points)
