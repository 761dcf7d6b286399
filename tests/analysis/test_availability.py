"""Exact figures from the literature and from the design of the rules, reproduced to 1e-9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.analysis.availability import Availability
from archspec.analysis.cuts import minimal_cuts
from archspec.analysis.expression import Cause, Variable, all_of, any_of
from archspec.analysis.probability import probability
from archspec.analysis.what_if import with_another_replica
from archspec.model import Architecture, Running
from tests.analysis.specs import spec
from tests.properties import examples

ZONE = "{kind: zone, availability: 99.95%}"
ZONES = f"{{a: {ZONE}, b: {ZONE}, c: {ZONE}}}"


def availability(architecture: Architecture) -> float | None:
    return Availability(architecture).of_flow("f").value


PUBLISHED = {
    "serial: product": (
        "x: {kind: server, availability: 99.9%}, y: {kind: server, availability: 99.9%}",
        "{call: x, steps: [{call: y}]}",
        0.998001,
    ),
    "redundant: AWS, Availability and Beyond": (
        "x: {kind: server, replicas: 2, availability: 99%}",
        "{call: x}",
        0.9999,
    ),
    "two-of-three: the same whitepaper": (
        "x: {kind: server, replicas: 3, needs: 2, availability: 99%}",
        "{call: x}",
        0.999702,
    ),
    "mtbf: MTBF / (MTBF + MTTR)": ("x: {kind: server, mtbf: 1000h, mttr: 1h}", "{call: x}", 0.9990009990),
    "web-and-sql: Azure composite SLA": (
        "x: {kind: server, availability: 99.95%}, y: {kind: database, availability: 99.99%}",
        "{call: x, steps: [{call: y}]}",
        0.99940005,
    ),
    "balancer-servers-store: product of the parts": (
        "lb: {kind: load_balancer, availability: 99.99%}, x: {kind: server, replicas: 3, availability: 99%},"
        " y: {kind: database, availability: 99.9%}",
        "{call: lb, steps: [{call: x, steps: [{call: y}]}]}",
        0.9988991011,
    ),
    "web-and-sql-or-queue: Azure composite SLA with a fallback": (
        "x: {kind: server, availability: 99.95%}, y: {kind: database, availability: 99.99%},"
        " q: {kind: queue, availability: 99.9%}",
        "{call: x, steps: [{call: y, fallback: [{call: q}]}]}",
        0.99949990005,
    ),
    "two-regions: Azure multi-region, 1 - (1 - 0.9995)^2": (
        "x: {kind: server, availability: 99.95%}, y: {kind: server, availability: 99.95%}",
        "{call: [x, y]}",
        0.99999975,
    ),
    "shared-zone: zone x (1 - 0.01^2)": (
        "x: {kind: server, replicas: 2, group: a, availability: 99%}",
        "{call: x}",
        0.99940005,
    ),
    "two-zones: 1 - (1 - 0.9995 x 0.99)^2": (
        "x: {kind: server, replicas: 2, zones: [a, b], availability: 99%}",
        "{call: x}",
        0.999889854975,
    ),
}


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_figures_come_out(case: str) -> None:
    components, steps, expected = PUBLISHED[case]

    assert availability(spec(components, steps, groups=ZONES)) == pytest.approx(expected, abs=1e-9)


def test_the_bridge_network_has_its_textbook_probability_and_cuts() -> None:
    links = {i: Variable(str(i), Cause.LINK, str(i), 0.9) for i in range(1, 6)}
    paths = ((1, 4), (2, 5), (1, 3, 5), (2, 3, 4))
    bridge = any_of([all_of([links[i] for i in path]) for path in paths])

    assert probability(bridge) == pytest.approx(0.97848, abs=1e-9)
    cuts = [sorted(int(part.name) for part in cut) for cut in minimal_cuts(bridge).sets]
    assert sorted(cuts, key=lambda cut: (len(cut), cut)) == [[1, 2], [4, 5], [1, 3, 5], [2, 3, 4]]


@pytest.mark.parametrize(
    ("replicas", "zones", "expected"),
    [(3, "[a, b]", 0.999496006), (4, "[a, b]", 0.999997748), (3, "[a, b, c]", 0.999993261)],
)
def test_placement_over_zones_decides_when_two_replicas_are_needed(replicas: int, zones: str, expected: float) -> None:
    component = f"x: {{kind: server, replicas: {replicas}, needs: 2, zones: {zones}, availability: 99.9%}}"

    assert availability(spec(component, "{call: x}", groups=ZONES)) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("hit", "expected"), [("97%", 0.9997), ("80%", 0.998)])
def test_only_misses_need_the_origin(hit: str, expected: float) -> None:
    architecture = spec(
        "edge: {kind: cdn, caches: origin}, origin: {kind: server, availability: 99%}",
        f"{{call: edge, hit: {hit}, on_miss: [{{call: origin}}]}}",
    )

    assert availability(architecture) == pytest.approx(expected, abs=1e-12)


def test_two_components_in_one_zone_share_its_fate() -> None:
    one = "x: {kind: server, group: a, availability: 99.9%}, y: {kind: server, group: a, availability: 99.9%}"
    two = "x: {kind: server, group: a, availability: 99.9%}, y: {kind: server, group: b, availability: 99.9%}"

    assert availability(spec(one, "{call: [x, y]}", groups=ZONES)) == pytest.approx(0.999499001, abs=1e-9)
    assert availability(spec(two, "{call: [x, y]}", groups=ZONES)) == pytest.approx(0.9999977515, abs=1e-9)


def test_parts_without_a_figure_count_as_up_and_are_named() -> None:
    flow = Availability(
        spec(
            "x: {kind: server, availability: 99%}, y: {kind: server}",
            "{call: x}, {call: y}",
            flow="objective: {success: 99.9%}, ",
        )
    ).of_flow("f")

    assert (flow.value, flow.without_figure, flow.misses_objective) == (0.99, ("y",), True)


def test_downtime_is_counted_in_hours_of_a_year() -> None:
    flow = Availability(spec("x: {kind: server, availability: 99.9%}", "{call: x}")).of_flow("f")

    assert flow.downtime == pytest.approx(8.766)


def test_importance_names_the_part_that_costs_most_first() -> None:
    flow = Availability(
        spec(
            "x: {kind: server, replicas: 2, availability: 99%}, y: {kind: server, availability: 99.9%}",
            "{call: x}, {call: y}",
        )
    ).of_flow("f")

    found = [(each.part.name, round(each.birnbaum, 6), round(each.downtime, 3)) for each in flow.importance]
    assert found == [("y-1", 0.9999, 8.765), ("x-1", 0.00999, 0.876), ("x-2", 0.00999, 0.876)]


@examples(40)
@given(
    replicas=st.integers(1, 5),
    needs=st.integers(1, 5),
    zones=st.sampled_from(["[a]", "[a, b]", "[a, b, c]"]),
    kind=st.sampled_from(["server", "database"]),
)
def test_one_more_replica_never_lowers_availability(replicas: int, needs: int, zones: str, kind: str) -> None:
    fields = f"replicas: {replicas}, needs: {min(needs, replicas)}, zones: {zones}, availability: 99%"
    architecture = spec(f"x: {{kind: {kind}, {fields}}}", "{call: x}", groups=ZONES)
    component = architecture.components["x"]
    assert isinstance(component, Running)

    more = availability(with_another_replica(architecture, component))

    assert more is not None
    assert more >= (availability(architecture) or 0.0) - 1e-12
