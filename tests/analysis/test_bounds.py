"""Bounds that spare a diagram."""

import pytest
from hypothesis import given

from archspec.analysis.availability import Availability
from archspec.analysis.expression import Expression
from archspec.analysis.parts import Parts
from archspec.analysis.probability import probability
from archspec.analysis.shared import Bounds
from tests.analysis.specs import spec
from tests.analysis.test_diagram import expressions
from tests.properties import examples


@examples(100)
@given(expressions)
def test_nothing_fails_more_often_than_its_bound(expression: Expression) -> None:
    assert 1 - probability(expression) <= Bounds().failures_of(expression) + 1e-12


def test_parts_of_one_shape_have_one_bound_and_others_their_own() -> None:
    fields = "kind: server, replicas: 2, zones: [a, b]"
    architecture = spec(
        f"x: {{{fields}, availability: 99%}}, y: {{{fields}, availability: 99%}}, z: {{{fields}, availability: 90%}}",
        groups="{a: {kind: zone, availability: 99.95%}, b: {kind: zone, availability: 99.95%}}",
    )
    parts, bounds = Parts(architecture), Bounds()
    found = [bounds.failures_of(parts.working(architecture.components[id_])) for id_ in "xyz"]

    assert found == [pytest.approx(0.000110145025), found[0], pytest.approx((1 - 0.9995 * 0.9) ** 2)]


@pytest.mark.parametrize("retries", ["", ", timeout: 1s, retries: {attempts: 2}"])
def test_a_cache_of_which_nobody_says_how_often_it_hits_may_never_hit(retries: str) -> None:
    flow = Availability(
        spec(
            "s: {kind: server, availability: 100%}, c: {kind: cache, availability: 100%},"
            " d: {kind: database, availability: 90%}",
            "{call: s, steps: [{call: c, on_miss: [{call: d, access: read}]}]}",
            connections=f"[{{from: app, to: s{retries}}}, {{from: s, to: c}}, {{from: s, to: d}}]",
        )
    ).of_flow("f")
    assert flow.range is not None
    assert (round(flow.range.lower, 9), flow.range.upper) == (0.9, 1.0)
