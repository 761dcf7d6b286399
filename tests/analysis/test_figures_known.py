"""What is known of a flow's availability: a figure, bounds, or nothing; and whether a promise is met."""

import json
from pathlib import Path

import pytest

from archspec.analysis.availability import Availability, Met
from archspec.cli.main import run
from archspec.language import load
from tests.analysis.specs import spec

FAULTS = Path(__file__).parent / "faults"


def of_fault(name: str, flow: str = "f") -> tuple[float | None, Met | None]:
    found = Availability(load(FAULTS / f"{name}.yaml")).of_flow(flow)
    return found.at_most, found.met


def test_a_thousand_replicas_are_a_binomial() -> None:
    """99.9% of the balancer times the chance that 950 of 1000 replicas of 95% work."""
    figure, met = of_fault("thousand-replicas")

    assert (round(figure or 0, 6), met) == (0.536992, Met.NO)


@pytest.mark.parametrize(("name", "flow"), [("only-a-hit-ratio", "f"), ("nothing-known", "f"), ("nothing-known", "g")])
def test_where_nothing_is_known_nothing_is_said(name: str, flow: str) -> None:
    assert of_fault(name, flow) == (None, Met.UNKNOWN)


def test_no_figure_and_unknown_are_written_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", str(FAULTS / "only-a-hit-ratio.yaml"), "--check"]) == 0

    assert "  f        no figure      99.9%  unknown             –            –      8 h 46 min\n" in (
        capsys.readouterr().out
    )


def test_bounds_are_written_as_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    run(["analyze", str(FAULTS / "no-health-check.yaml"), "-f", "json"])
    flow = json.loads(capsys.readouterr().out)["report"]["flows"][0]

    assert (flow["availability_at_least"], round(flow["availability_at_most"], 6)) == (0.0, 0.909091)
    assert (flow["meets_objective"], flow["without_figure"]) == (None, ["lb"])


@pytest.mark.parametrize(
    ("components", "steps", "promised", "met"),
    [
        ("x: {kind: server, availability: 99%}", "{call: x}", "99%", Met.YES),
        ("x: {kind: server, availability: 99%}", "{call: x}", "99.1%", Met.NO),
        ("x: {kind: server, availability: 99%}, y: {kind: server}", "{call: x}, {call: y}", "99%", Met.UNKNOWN),
        ("x: {kind: server, availability: 99%}, y: {kind: server}", "{call: x}, {call: y}", "99.1%", Met.NO),
        ("x: {kind: server, availability: 99%}, y: {kind: server}", "{call: x, fallback: [{call: y}]}", "99%", Met.YES),
        ("logs: {kind: log_service}", "{call: logs}", "99.9%", Met.YES),
    ],
)
def test_met_is_yes_no_or_unknown(components: str, steps: str, promised: str, met: Met) -> None:
    flow = Availability(spec(components, steps, flow=f"objective: {{success: {promised}}}, ")).of_flow("f")

    assert flow.met is met


def test_a_billion_replicas_have_their_figure() -> None:
    """In two zones of 99% that each hold half of them: both are needed, and then nine tenths surely work."""
    fields = "kind: server, replicas: 1000000000, needs: 900000000, availability: 99%, zones: [a, b]"
    groups = "{a: {kind: zone, availability: 99%}, b: {kind: zone, availability: 99%}}"
    flow = Availability(spec(f"x: {{{fields}}}", "{call: x}", groups=groups)).of_flow("f")

    assert flow.value == pytest.approx(0.9801, abs=1e-12)


def test_pools_too_large_to_tell_apart_have_the_same_figure_as_others() -> None:
    """1,000 replicas one by one, 1,001 as one part: one replica more is a little better."""
    fields = "kind: server, needs: 950, availability: 95%"
    smaller, larger = (
        Availability(spec(f"x: {{{fields}, replicas: {replicas}}}", "{call: x}")).of_flow("f")
        for replicas in (1000, 1001)
    )

    assert (round(smaller.value or 0, 4), round(larger.value or 0, 4)) == (0.5375, 0.5914)


def test_a_large_pool_without_a_figure_is_named() -> None:
    flow = Availability(spec("x: {kind: server, replicas: 5000, needs: 10}", "{call: x}")).of_flow("f")

    assert (flow.range, flow.without_figure) == (None, ("x",))


def test_a_report_says_whose_replicas_are_in_no_cut_set(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "archspec: 1\nname: A\ncomponents: {app: {kind: client}, x: {kind: server, replicas: 5000, needs: 4999}}\n"
        "connections: [app -> x]\nflows: {f: {from: app, steps: [{call: x}]}}\n"
    )
    run(["analyze", str(tmp_path / "a.yaml")])

    assert "  Single replicas of x, which are more than 1000, are in no set.\n" in capsys.readouterr().out


def test_a_hit_ratio_is_no_figure_when_its_call_is_tried_again() -> None:
    components = "api: {kind: server}, cache: {kind: cache}, db: {kind: database}"
    steps = "{call: api, retries: {attempts: 3}, steps: [{call: cache, hit: 90%, on_miss: [{call: db}]}]}"

    assert Availability(spec(components, steps)).of_flow("f").range is None
