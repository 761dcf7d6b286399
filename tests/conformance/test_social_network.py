"""Real traces: 20 of DeathStarBench's social network, as its repository publishes them, without spans' ancestries."""

from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.conformance.judge import drift
from archspec.language import load
from archspec.observation.observe import Observation, observe

ROOT = Path(__file__).parents[2]
TRACES = ROOT / "tests" / "observation" / "social_network.json.gz"


@pytest.fixture(scope="module")
def traces() -> Observation:
    return observe([str(TRACES)])


def codes(spec: Path, traces: Observation) -> list[str]:
    return [finding.code for finding in drift(load(spec), traces).findings]


def test_the_spec_that_was_written_by_hand_has_no_finding(traces: Observation) -> None:
    """Twelve of its connections belong to flows that were not traced."""
    assert codes(ROOT / "specs" / "social_network" / "architecture.yaml", traces) == []


def test_the_spec_that_comes_from_compose_alone_lacks_eleven_calls_and_five_stores(traces: Observation) -> None:
    found = drift(load(ROOT / "tests" / "importers" / "expected" / "social-network.yaml"), traces).findings
    stores = [finding for finding in found if "is connected to none" in finding.message]
    assert {finding.code for finding in found} == {"DRF01"}
    assert (len(found) - len(stores), len(stores)) == (11, 5)


def test_what_is_imported_from_the_traces_does_not_contradict_them(traces: Observation, tmp_path: Path) -> None:
    spec = tmp_path / "imported.yaml"
    assert run(["import", str(TRACES), "-o", str(spec), "--quiet"]) == 0
    assert codes(spec, traces) == []


def test_what_is_left_is_put_on_whoever_is_asked_first(capsys: pytest.CaptureFixture[str]) -> None:
    """0.43 ms is missing, which threads need to start."""
    spec = ROOT / "specs" / "social_network" / "architecture.yaml"
    assert run(["calibrate", str(spec), str(TRACES), "--absorb", "--quiet"]) == 0
    assert capsys.readouterr().out == (
        "Social network\n\n"
        "figure                       spec    calibrated   seen\n"
        "own time of `nginx-thrift`   468us   0.9ms        with 0.43ms that no span shows, n = 20\n\n"
        "53 figures lie in the interval of what is seen, and stay\n\n"
        "flows, as measured and as the calibrated spec has them\n"
        "flow           traces      p50   modelled      p95   modelled   load\n"
        "compose-post       20   4.29ms     4.29ms   7.89ms     4.29ms   none\n"
    )


def test_a_walk_is_shorter_than_what_was_measured_by_what_no_span_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A tenth: threads that start, and sums of medians."""
    spec = ROOT / "specs" / "social_network" / "architecture.yaml"
    assert run(["calibrate", str(spec), str(TRACES), "--quiet"]) == 0
    assert capsys.readouterr().out == (
        "Social network\n\n"
        "54 figures lie in the interval of what is seen, and stay\n\n"
        "flows, as measured and as the calibrated spec has them\n"
        "flow           traces      p50   modelled      p95   modelled   load\n"
        "compose-post       20   4.29ms     3.86ms   7.89ms     3.86ms   none\n"
    )
