"""What a small text may ask for is bounded, and the bound is told."""

from pathlib import Path

import pytest

from archspec.analysis.report import report
from archspec.errors import SpecError, UsageError
from archspec.language import load, load_text
from archspec.model import Architecture
from archspec.simulation.simulate import simulate

HERE = Path(__file__).parent / "specs"
HEAD = "archspec: 1\nname: X\ncomponents: {a: {kind: client}, b: {kind: server}}\nconnections: [a -> b]\n"


def refusal(text: str) -> str:
    """The only thing that is wrong with a spec."""
    with pytest.raises(SpecError) as caught:
        load_text(text)
    (problem,) = caught.value.problems
    return problem.message


def test_flows_that_multiply_are_counted_not_written_out() -> None:
    with pytest.raises(SpecError) as caught:
        load(HERE / "flow-bomb.yaml")
    (problem,) = caught.value.problems
    assert problem.message == "with `f4` the flows come to more than 10000 steps, once flows are put in for `flow`"


def test_flows_inside_flows_have_a_depth() -> None:
    flows = "".join(f"  f{n}: {{from: a, steps: [{{flow: f{n - 1}}}]}}\n" for n in range(1, 3000))
    said = refusal(f"{HEAD}flows:\n  f0: {{from: a, steps: [{{call: b}}]}}\n{flows}")
    assert said == "`f101` uses flows that use flows, more than 100 deep"


def test_a_long_ring_of_flows_is_found() -> None:
    flows = "".join(f"  f{n}: {{from: a, steps: [{{flow: f{(n + 1) % 3000}}}]}}\n" for n in range(3000))
    assert refusal(f"{HEAD}flows:\n{flows}").endswith("`f11` and 2989 more")


def test_groups_have_a_depth() -> None:
    groups = "".join(f"  g{n}: {{kind: network, within: g{n - 1}}}\n" for n in range(1, 500))
    assert refusal(f"{HEAD}groups:\n  g0: {{kind: network}}\n{groups}") == ("`g100` is nested in more than 100 groups")


def test_lists_on_both_sides_multiply() -> None:
    ids = ", ".join(f"c{n}" for n in range(200))
    components = ", ".join(f"c{n}: {{kind: server}}" for n in range(200))
    said = refusal(
        f"archspec: 1\nname: X\ncomponents: {{{components}}}\nconnections: [{{from: [{ids}], to: [{ids}]}}]\n"
    )
    assert said == "this item describes 40000 connections, and 10000 are the most"


def test_a_spec_has_at_most_thirty_thousand_parts() -> None:
    components = "".join(f"  c{n}: {{kind: server}}\n" for n in range(30_001))
    assert refusal(f"archspec: 1\nname: X\ncomponents:\n{components}") == (
        "the spec has 30001 parts, and 30000 are the most"
    )


def billion() -> Architecture:
    """The system with a thousand million replicas."""
    return load(HERE / "billion-replicas.yaml")


def test_a_run_keeps_so_many_replicas() -> None:
    with pytest.raises(UsageError) as caught:
        simulate(billion())
    assert str(caught.value) == (
        "a run keeps at most 20000 replicas in all, and here are 1000000001, 1000000000 of them of `a`; "
        "scale the system down."
    )


def test_figures_that_count_replicas_have_no_bound() -> None:
    assert report(billion()).flows[0].flow == "f"


@pytest.mark.parametrize(
    ("zones", "replicas", "expected"),
    [("[x, y]", 5, {("x",): 3, ("y",): 2}), ("[x, y]", 1, {("x",): 1}), ("[x, y, x]", 4, {("x",): 3, ("y",): 1})],
)
def test_replicas_are_counted_by_place(zones: str, replicas: int, expected: dict[tuple[str, ...], int]) -> None:
    architecture = load_text(
        "archspec: 1\nname: X\ngroups: {x: {kind: zone}, y: {kind: zone}}\n"
        f"components: {{s: {{kind: server, replicas: {replicas}, zones: {zones}}}}}\n"
    )
    assert architecture.placements(architecture.components["s"]) == expected
