"""`archspec simulate`: its options, its formats, its exit status."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from archspec.cli.main import run
from tests.reports.trace.test_exports import HAS_OTLP
from tests.simulation.test_what_ifs import SPEC


@pytest.fixture
def spec(tmp_path: Path) -> str:
    file = tmp_path / "desk.yaml"
    file.write_text(SPEC.replace("CPU", "10ms"))
    return str(file)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["simulate", *arguments]) == 0
    return capsys.readouterr().out


def test_the_text_tells_what_came_of_the_run(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """100 requests of 10 ms each; the desk is gone from 1.0 s to 1.2 s, so ten of them are refused."""
    out = said(capsys, spec, "--scenario", "down")
    assert out.splitlines()[:8] == [
        "One desk · down · 2s simulated · seed 1",
        "",
        "flows",
        "  ask: 90% succeed, 45 answers/s",
        "    100 offered, 90 ok, 10 refused",
        "    mean 10 ms   p50 10 ms   p90 10 ms",
        "    p95 10 ms   p99 10 ms   p99.9 10 ms",
        "    failed after mean 0 ms   p50 0 ms   p99 0 ms",
    ]
    assert "ask succeeds in 90% of requests, 99% promised" in out
    assert "the cores of `desk` are busy 45% of the time" in out


def test_a_fault_of_the_command_line_comes_on_top_of_those_of_the_scenario(
    spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The desk is gone from 1.0 s to 1.2 s, and for as long again half a second later."""
    out = said(capsys, spec, "--scenario", "down", "--fault", "{fail: desk, at: 1.5s, for: 200ms}")
    assert out.splitlines()[4] == "    100 offered, 80 ok, 20 refused"


def test_a_fault_that_is_none_is_told_with_its_remedy(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", spec, "--fault", "desk"]) == 2
    assert "write it as in a scenario, such as '{fail: api, at: 20s, for: 30s}'" in capsys.readouterr().err


def test_check_fails_where_an_objective_is_missed(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", spec, "--scenario", "even", "--check", "-q"]) == 0
    assert run(["simulate", spec, "--scenario", "down", "--check", "-q"]) == 1
    assert run(
        ["simulate", spec, "--scenario", "even", "--check", "-q", "--set", "ask.steps=[{call: desk, cpu: 120ms}]"]
    )
    assert "ask is overloaded" in capsys.readouterr().out


def test_the_same_seed_gives_the_same_bytes(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    once = [said(capsys, spec, "--duration", "1s", "--seed", "7", "-f", form) for form in ("text", "json", "html")]
    again = [said(capsys, spec, "--duration", "1s", "--seed", "7", "-f", form) for form in ("text", "json", "html")]
    other = said(capsys, spec, "--duration", "1s", "--seed", "8")
    assert once == again
    assert once[0] != other


def test_replications_sum_their_counts(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = json.loads(said(capsys, spec, "--scenario", "even", "--replications", "3", "-f", "json"))
    assert out["flows"]["ask"]["offered"] == 300
    assert out["flows"]["ask"]["latency_ms"]["mean"] == {"value": 10, "half_width": 0.0, "why": None}
    assert out["notes"][-1].startswith("3 replications: counts are sums")


def test_how_many_processes_makes_no_difference(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    runs = (spec, "--duration", "1s", "--replications", "3", "-f", "json")
    assert said(capsys, *runs, "--jobs", "2") == said(capsys, *runs, "--jobs", "1") == said(capsys, *runs)
    assert run(["simulate", spec, "--jobs", "0"]) == 2
    assert "--jobs 0 runs nothing" in capsys.readouterr().err


def test_a_comparison_is_one_table(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Evenly spaced requests never wait: a second core changes nothing."""
    arguments = (spec, "--scenario", "even", "--compare", "desk.cores=1,2", "-f", "csv")
    rows = list(csv.DictReader(StringIO(said(capsys, *arguments))))
    assert [(row["variant"], row["mean_ms"], row["p99_ms_difference"]) for row in rows] == [
        ("desk.cores=1", "10.0", "0.0"),
        ("desk.cores=2", "10.0", "0.0"),
    ]
    text = said(capsys, *arguments[:-1], "text")
    assert "bottleneck\n  1: the cores of `desk` are busy 50% of the time" in text


def test_the_capacity_is_found(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, spec, "--scenario", "even", "--find-capacity")
    assert (
        "objectives are met up to 100/s\nand missed from 101/s on:\n"
        "  ask is overloaded: the cores of `desk` are offered 100.8% of what they can do" in out
    )
    assert "that is the edge of these very runs, without an interval" in out


def test_openmetrics_parses(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Prometheus's own parser reads it, and finds the counts and the quantiles in seconds."""
    from prometheus_client.openmetrics.parser import text_string_to_metric_families

    families = {
        f.name: f for f in text_string_to_metric_families(said(capsys, spec, "--scenario", "down", "-f", "openmetrics"))
    }
    samples = [(s.labels["outcome"], s.value) for s in families["archspec_requests"].samples]
    assert samples == [("ok", 90), ("refused", 10)]
    quantiles = {s.labels.get("quantile"): s.value for s in families["archspec_request_seconds"].samples}
    assert quantiles["0.99"] == 0.01


def test_the_page_needs_nothing_else(spec: str, tmp_path: Path) -> None:
    """Well-formed, no script, no address, every name escaped."""
    from lxml import html

    text = Path(spec).read_text().replace("One desk", '"<b>One & only</b>"')
    Path(spec).write_text(text)
    out = tmp_path / "report.html"
    assert run(["simulate", spec, "--scenario", "down", "-f", "html", "-q", "-o", str(out)]) == 0
    page = html.document_fromstring(out.read_text())
    assert page.findtext(".//h1") == "<b>One & only</b> · down"
    assert page.findall(".//script") == []
    assert len(page.findall(".//figure")) == 7
    assert "http:" not in out.read_text()


def test_kept_traces_are_written_beside_the_results(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("json", "zipkin", "jaeger", "chrome", *(("otlp",) if HAS_OTLP else ()), "speedscope"):
        file = tmp_path / form
        arguments = [spec, "--scenario", "down", "--sample-traces", "4", "--traces-to", str(file)]
        said(capsys, *arguments, "--traces-format", form)
    kept = json.loads((tmp_path / "json").read_text())
    assert [(one["at_s"], one["cause"]) for one in kept] == [(0, None), (0.02, None), (1, "refused"), (1.18, "refused")]
    assert len({span["traceId"] for span in json.loads((tmp_path / "zipkin").read_text())}) == 4


def test_a_uniform_sample_has_the_share_of_failures_of_the_run(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A tenth of this run failed; half of the notable requests did, so that their median is not that of the run."""
    file = tmp_path / "traces.json"
    failed = {}
    for sample in ("notable", "uniform"):
        arguments = ["--sample-traces", "20", "--sample", sample, "--traces-to", str(file)]
        said(capsys, spec, "--scenario", "down", *arguments)
        failed[sample] = sum(one["cause"] is not None for one in json.loads(file.read_text()))
    assert failed == {"notable": 10, "uniform": 2}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--compare", "desk.cores"], "archspec: --compare desk.cores: write it as ID.FIELD=A,B"),
        (["--compare", "desk.cores=1", "--find-capacity"], "archspec: --compare, --find-capacity and --sample-traces"),
        (
            ["--compare", "desk.cores=1,2", "-f", "openmetrics"],
            "archspec: --format openmetrics is not a format of comparison reports",
        ),
        (["--find-capacity", "--replications", "2"], "archspec: --find-capacity compares runs of one seed"),
        (["--duration", "soon"], "archspec: --duration soon: "),
        (["--confidence", "100%"], "archspec: --confidence 100%: it lies between 0% and 100%"),
        (["--scenario", "evn"], "archspec: there is no scenario `evn`; did you mean `even`?"),
    ],
)
def test_what_cannot_be_run_says_why(
    arguments: list[str], message: str, spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", spec, *arguments]) == 2
    assert capsys.readouterr().err.startswith(message)
