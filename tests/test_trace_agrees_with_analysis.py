"""What a trace shows with parts failed is what the analysis says of it: two readings of one language."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.analysis.availability import Availability, FlowAvailability
from archspec.analysis.expression import TRUE, Cause, Variable, restricted, variables
from archspec.analysis.points import share_failing
from archspec.language import load
from archspec.language.build import build
from archspec.model import Architecture, Running, SourceMap
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import TraceOptions
from tests.properties import examples

SPECS = sorted((Path(__file__).parents[1] / "specs").glob("*/architecture.yaml"))
CUTS = 40

COMPONENTS: dict[str, Any] = {
    "app": {"kind": "client"},
    "lb": {"kind": "load_balancer", "replicas": 2, "zones": ["a", "b"], "health_check": {"path": "/healthz"}},
    "api": {"kind": "server", "replicas": 3, "needs": 2, "zones": ["a", "b"]},
    "one": {"kind": "server", "group": "a"},
    "aside": {"kind": "cache", "hit": "90%"},
    "through": {"kind": "cache", "caches": "db", "hit": "90%", "group": "b"},
    "db": {"kind": "database", "replicas": 2, "zones": ["a", "b"]},
    "safe": {"kind": "database", "replicas": 2, "failover": "automatic", "zones": ["a", "b"]},
    "maps": {"kind": "external"},
    "jobs": {"kind": "queue"},
    "worker": {"kind": "worker"},
}
CALLED = st.sampled_from(["lb", "api", "one", "aside", "through", "db", "safe", "maps"])
FIELDS = {"optional": st.booleans(), "wait": st.booleans()}
LEAVES = st.one_of(
    st.fixed_dictionaries({"call": CALLED}, optional={**FIELDS, "access": st.sampled_from(["read", "write"])}),
    st.just({"call": "jobs", "steps": [{"call": "worker"}]}),
)


def _outer(steps: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    inner = st.lists(steps, min_size=1, max_size=2)
    calls = st.fixed_dictionaries({"call": CALLED}, optional={**FIELDS, "steps": inner, "fallback": inner})
    caches = st.fixed_dictionaries(
        {"call": st.sampled_from(["aside", "through"]), "on_miss": st.just([{"call": "db"}])}, optional=FIELDS
    )
    branches = st.lists(steps, min_size=2, max_size=3)
    parallels = st.fixed_dictionaries({"parallel": branches}, optional={**FIELDS, "needs": st.just(1)})
    return calls | caches | parallels


STEPS = st.recursive(LEAVES, _outer, max_leaves=6)


def _succeeds(architecture: Architecture, flow: str, parts: tuple[Variable, ...], *, miss: bool) -> bool:
    """Whether a trace ends well while these parts have been down for long."""
    caches = [c.id for c in architecture.of_kind("cache", "cdn")] if miss else []
    fail = tuple(name for part in parts for name in _named(architecture, part))
    options = TraceOptions(fail=fail, miss=tuple(caches))
    status = trace(architecture, flow, options).status
    return status is not None and status < 500 and status != 429


def _named(architecture: Architecture, part: Variable) -> list[str]:
    """What fails with a part. A group is silent when it fails, and what waits for it without a timeout hangs with it;
    here its replicas refuse, since timeouts are another question.
    """
    if part.cause is not Cause.GROUP:
        component = architecture.components[part.owner]
        return [part.name if isinstance(component, Running) else part.owner]
    return [
        f"{component.id}-{number}"
        for component in architecture.components.values()
        if isinstance(component, Running)
        for number in range(1, component.instances + 1)
        if part.name in architecture.domains_of(component, number)
    ]


def _part_sets(flow: FlowAvailability) -> list[tuple[Variable, ...]]:
    """Every part alone, and the first cut sets of several."""
    parts = [part for part in flow.parts if part.cause is not Cause.LINK]
    cuts = [tuple(cut) for cut in flow.cuts.sets[:CUTS] if len(cut) > 1]
    return [(part,) for part in parts] + [cut for cut in cuts if all(part in parts for part in cut)]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_failed_parts_fail_in_a_trace_what_they_fail_in_the_analysis(path: Path) -> None:
    """A trace fails only where a share of requests fails, and where all of them fail it does."""
    architecture = load(path)
    for flow in Availability(architecture).flows:
        if not _succeeds(architecture, flow.flow, (), miss=False):
            continue  # it is there to show a failure
        for parts in _part_sets(flow):
            share = share_failing(flow.structure, *parts)
            for miss in (False, True):
                if _succeeds(architecture, flow.flow, parts, miss=miss):
                    assert share is None or share < 1
                else:
                    assert share is None or share > 0


@examples(60)
@given(st.lists(STEPS, min_size=1, max_size=2), st.booleans())
def test_a_trace_and_the_structure_of_any_flow_agree(steps: list[Any], miss: bool) -> None:
    """With hits or with misses throughout, one part down at a time."""
    data = {
        "archspec": 1,
        "name": "Any",
        "groups": {"a": {"kind": "zone"}, "b": {"kind": "zone"}},
        "components": {id_: dict(fields) for id_, fields in COMPONENTS.items()},
        "flows": {"any": {"from": "app", "steps": steps}},
    }
    architecture = build(data, SourceMap())
    flow = Availability(architecture).of_flow("any")
    for part in flow.parts:
        known = {v: v is not part if v.is_part else not miss for v in variables(flow.structure)}

        assert _succeeds(architecture, "any", (part,), miss=miss) is (restricted(flow.structure, known) is TRUE), part
