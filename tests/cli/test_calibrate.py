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
    assert flow["walked_p50_ms"] == pytest.approx(flow["measured_p50_ms"], rel=0.05)
    assert flow["walked_p95_ms"] == pytest.approx(flow["measured_p95_ms"], rel=0.15)


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
