"""`archspec simulate`."""

import json
from pathlib import Path

import pytest

from archspec.cli.main import run

SPEC = """
archspec: 1
name: Shop
components:
  user: {kind: client}
  api:  {kind: server, cores: 1}
connections: [user -> api]
flows:
  ask: {from: user, rate: 40/s, objective: {success: 99%, p99: 20ms}, steps: [{call: api, cpu: 10ms}]}
scenarios:
  calm: {duration: 2s, warm_up: 0s, load: {ask: {arrivals: even}}}
  storm: {duration: 2s, warm_up: 0s, load: {ask: {arrivals: even, rate: 200/s}}}
"""


@pytest.fixture
def spec(tmp_path: Path) -> str:
    path = tmp_path / "shop.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return str(path)


def test_the_text_tells_what_came_of_the_load(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """80 requests of 10 ms each on one core that is busy 40% of the time."""
    assert run(["simulate", spec, "--scenario", "calm"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Shop · calm · 2s simulated · seed 1"
    assert lines[3:6] == [
        "  ask: 100.000% succeed, 40 answers/s",
        "    80 offered, 80 ok",
        "    mean 10 ms   p50 10 ms   p90 10 ms",
    ]
    assert "  the cores of `api` are busy 40.0% of the time, more than anything else" in lines


def test_check_fails_where_an_objective_is_missed(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Twice the capacity: the run says overload, not a percentile of an endless queue."""
    assert run(["simulate", spec, "--scenario", "storm", "--check"]) == 1
    out = capsys.readouterr().out
    assert "overload: 200 of 400 requests are in flight at the end, 101 at half-time" in out
    assert "p99" not in out
    assert run(["simulate", spec, "--scenario", "calm", "--check"]) == 0


def test_json_holds_the_counts(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The parts sum to the whole."""
    assert run(["simulate", spec, "--scenario", "calm", "--format", "json"]) == 0
    flow = json.loads(capsys.readouterr().out)["flows"]["ask"]
    assert (flow["offered"], flow["ok"], flow["failed"], flow["in_flight"]) == (80, 80, {}, 0)


def test_csv_has_a_line_per_flow(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With a head."""
    assert run(["simulate", spec, "--scenario", "calm", "--format", "csv"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.split(",")[:5] == ["flow", "seed", "offered", "ok", "degraded"]
    assert line.split(",")[:5] == ["ask", "1", "80", "80", "0"]


def test_a_what_if_changes_the_outcome(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Four cores bear the storm."""
    assert run(["simulate", spec, "--scenario", "storm", "--set", "api.cores=4", "--check"]) == 0
    assert "400 offered, 399 ok, 1 in flight" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--scenario", "clam"], "did you mean `calm`"),
        (["--duration", "10"], "it has no unit"),
        (["--confidence", "100%"], "write 95%"),
    ],
)
def test_wrong_options_are_refused_with_advice(
    spec: str, arguments: list[str], advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, and what to write."""
    assert run(["simulate", spec, *arguments]) == 2
    assert advice in capsys.readouterr().err
