"""`archspec calibrate`: figures from traces, written where they stand."""

import json
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load
from tests.conformance.simulated import traced

RUNNING = """
archspec: 1
name: Shop
components:
  browser: {kind: client}
  web: {kind: server}
  cache: {kind: cache}
  users: {kind: database}
connections:
  - browser -> web
  - web -> cache
  - web -> users: {latency: 2ms}
flows:
  read:
    from: browser
    request: GET /users
    rate: 40/s
    steps:
      - call: web
        takes: 5ms
        steps:
          - call: cache
            takes: 1ms
            hit: 80%
            on_miss:
              - {call: users, takes: lognormal(p50=8ms p99=40ms), access: read}
          - {call: users, does: note, takes: 3ms, chance: 10%}
"""
GUESSED = (
    RUNNING.replace("takes: 5ms", "takes: 9ms  # asked the team")
    .replace("            takes: 1ms\n", "")
    .replace("80%", "99%")
    .replace("lognormal(p50=8ms p99=40ms)", "1ms")
    .replace("{latency: 2ms}", "{latency: 7ms}")
    .replace("10%", "50%")
)


@pytest.fixture
def traces(tmp_path: Path) -> str:
    return str(traced(tmp_path, RUNNING, count=5000, duration="30s"))


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    file = tmp_path / "shop.yaml"
    file.write_text(GUESSED)
    return file


def test_the_figures_of_what_runs_are_found_again(spec: Path, traces: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibrate", str(spec), traces, "-f", "json", "--sampled", "100%"]) == 0
    found = json.loads(capsys.readouterr().out)
    told = {each["figure"]: (each["verdict"], each["calibrated"]) for each in found["figures"]}
    assert told["own time of `web`"] == ("changed", "5ms")
    assert told["own time of `cache`"] == ("new", "1ms")
    assert told["latency of `web -> users`"] == ("changed", "2ms")
    assert told["hit ratio of `cache`"][0] == "changed"
    assert 76 <= float(told["hit ratio of `cache`"][1].rstrip("%")) <= 84
    assert 7 <= float(told["chance of `users`"][1].rstrip("%")) <= 13
    assert told["rate of `read`"][0] == "kept"
    (flow,) = found["flows"]
    assert flow["modelled_p50_ms"] == pytest.approx(flow["measured_p50_ms"], rel=0.05)
    assert flow["modelled_p95_ms"] == pytest.approx(flow["measured_p95_ms"], rel=0.15)
    assert flow["load"] == "40/s"


def test_figures_are_written_in_their_places_and_stay_at_the_next_time(
    spec: Path, traces: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A comment of a person stays; how much speaks for a figure stands behind a line that had none."""
    assert run(["calibrate", str(spec), traces, "--write", "-q"]) == 0
    text = spec.read_text()
    assert "        takes: 5ms  # asked the team\n" in text
    assert "  - web -> users: {latency: 2ms}  # n = " in text
    assert "            takes: 1ms\n" in text
    flow = load(str(spec)).flows["read"]
    assert str(flow.steps[0].steps[0].on_miss[0].takes).startswith("lognormal(p50=")
    capsys.readouterr()
    assert run(["calibrate", str(spec), traces, "--diff", "-q"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["drift", str(spec), traces, "-q"]) == 0


def test_a_line_that_says_it_for_several_is_left_to_people(
    spec: Path, traces: str, capsys: pytest.CaptureFixture[str]
) -> None:
    together = GUESSED.replace("  - web -> cache\n  - web -> users: {", "  - web -> [cache, users]: {")
    spec.write_text(together)
    assert run(["calibrate", str(spec), traces, "--write", "-q"]) == 0
    assert "  - web -> [cache, users]: {latency: 7ms}\n" in spec.read_text()
    assert "left to you, as one line says it for several or has no room: latency of" in capsys.readouterr().out


def test_shares_are_left_alone_where_failed_traces_were_preferred(
    spec: Path, traces: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["calibrate", str(spec), traces, "-f", "json", "--tail-sampled", "-q"]) == 0
    figures = {each["figure"] for each in json.loads(capsys.readouterr().out)["figures"]}
    assert not any("hit" in figure or "chance" in figure or "rate" in figure for figure in figures)


def test_a_flow_that_is_not_there_is_refused(spec: Path, traces: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibrate", str(spec), traces, "--flow", "reed"]) == 2
    assert capsys.readouterr().err == "archspec: there is no flow `reed`; did you mean `read`?\n"


BUSY = """
archspec: 1
name: One clerk
components:
  people: {kind: client}
  clerk: {kind: server, slots: 1}
connections: [people -> clerk]
flows:
  ask: {from: people, request: GET /answer, rate: 70/s, steps: [{call: clerk, takes: exponential(10ms)}]}
"""


def test_waiting_under_the_load_is_in_the_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An M/M/1 queue at 70%: half of all answers take longer than ln 2 of 33.3 ms, alone than ln 2 of 10 ms."""
    traces = str(traced(tmp_path, BUSY, count=2000, duration="120s"))
    assert run(["calibrate", str(tmp_path / "running.yaml"), traces, "-f", "json", "-q"]) == 0
    (flow,) = json.loads(capsys.readouterr().out)["flows"]
    assert flow["modelled_p50_ms"] == pytest.approx(23.1, rel=0.15)
    assert flow["modelled_p50_ms"] == pytest.approx(flow["measured_p50_ms"], rel=0.15)


def test_what_no_span_shows_is_put_on_whoever_is_asked_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client whose call begins 20 ms before the server's span does, and tells of no latency."""
    from tests.observation.spans import span, written

    begin = [(number, 1000.0 * number) for number in range(40)]
    spans = [
        each
        for number, at in begin
        for each in (
            span("people", 1, None, at, at + 30, "client", "GET /answer", number + 1),
            span("clerk", 2, 1, at + 15, at + 25, "server", "GET /answer", number + 1),
        )
    ]
    spec = tmp_path / "spec.yaml"
    spec.write_text(BUSY.replace("exponential(10ms)", "10ms").replace("rate: 70/s, ", "").replace(", slots: 1", ""))
    traces = str(written(tmp_path, *spans))
    assert run(["calibrate", str(spec), traces, "-f", "json", "-q", "--absorb"]) == 0
    (flow,) = json.loads(capsys.readouterr().out)["flows"]
    assert flow["modelled_p50_ms"] == flow["measured_p50_ms"] == 30


def test_traces_from_before_a_moment_are_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.observation.spans import span, written

    spec = tmp_path / "spec.yaml"
    spec.write_text(BUSY)
    traces = str(written(tmp_path, *(span("clerk", 1, None, 0, 5, "server", "GET /answer", n + 1) for n in range(40))))
    assert run(["drift", str(spec), traces, "--since", "2100-01-01"]) == 2
    assert "all 40 traces in " in capsys.readouterr().err
    assert run(["calibrate", str(spec), traces, "--since", "1970-01-01", "-f", "json"]) == 0
    assert run(["calibrate", str(spec), traces, "--since", "soon"]) == 2
    assert "--since soon is no moment; write a day" in capsys.readouterr().err


def test_a_map_of_names_may_stand_in_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.observation.spans import span, written

    spec, names = tmp_path / "spec.yaml", tmp_path / "names.toml"
    spec.write_text(BUSY)
    names.write_text('[traces]\nnames = {"nginx-web" = "clerk"}\n')
    spans = (span("nginx-web", 1, None, 0, 5, "server", "GET /answer", n + 1) for n in range(40))
    traces = str(written(tmp_path, *spans))
    assert run(["drift", str(spec), traces, "--select", "DRF02", "-q"]) == 1
    assert run(["drift", str(spec), traces, "--select", "DRF02", "-q", "--map", str(names)]) == 0


def test_a_service_graph_tells_the_rate_of_the_only_flow_that_enters_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It counts before anything is sampled: 12,000 calls in ten minutes."""
    traces, graph = traced(tmp_path, BUSY, count=100), tmp_path / "graph.json"
    series = {"metric": {"client": "user", "server": "clerk"}, "values": [[0, "500"], [600, "12500"]]}
    graph.write_text(json.dumps({"data": {"resultType": "matrix", "result": [series]}}))
    spec = str(tmp_path / "running.yaml")
    assert run(["calibrate", spec, str(traces), str(graph), "-f", "json", "-q"]) == 0
    found = {each["figure"]: each["calibrated"] for each in json.loads(capsys.readouterr().out)["figures"]}
    assert found["rate of `ask`"] == "20/s"
