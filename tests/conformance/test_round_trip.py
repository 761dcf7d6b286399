"""A spec held against its own simulation: same calls, same tree, no finding, whatever the format and the disorder."""

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import pytest

from archspec.cli.main import run
from archspec.conformance.comparison import Comparison
from archspec.conformance.figures import figures
from archspec.conformance.judge import drift
from archspec.conformance.settings import TraceSettings
from archspec.language import load
from archspec.model import Architecture
from archspec.model.sessions import goes_along_a_session
from archspec.observation.observe import observe

SPECS = Path(__file__).parents[2] / "specs"
FORMS = ("jaeger", "zipkin", *(("otlp",) if find_spec("opentelemetry") else ()))
REQUESTS, KEPT = 2000, 600


def every_spec() -> list[Any]:
    """Each spec in each format; all but a few are slow."""
    found = []
    for spec in sorted(SPECS.rglob("architecture.*")):
        for form in FORMS:
            is_quick = spec.parent.name == "web_shop" and form == FORMS[-1]
            marks = () if is_quick else (pytest.mark.slow,)
            found.append(pytest.param(spec, form, marks=marks, id=f"{spec.parent.name} {form}"))
    return found


def simulated(spec: Path, folder: Path, form: str) -> tuple[Architecture, Path]:
    """A spec, each of whose flows has a rate, and the file with its traces."""
    copy = folder / "spec"
    shutil.copytree(spec.parent, copy)
    here, traces = copy / spec.name, folder / f"traces.{form}"
    if not any(flow.rate for flow in load(here).flows.values()):
        here.write_text(re.sub(r"(?m)^(    from: \S+)$", r"\1\n    rate: 50/s", here.read_text()))
    architecture = load(here)
    rate = sum(float(flow.rate.per_second) for flow in architecture.flows.values() if flow.rate)
    arguments = ["--duration", f"{max(REQUESTS / rate, 2):.1f}s", "--seed", "5", "-q", "-o", str(folder / "report.txt")]
    arguments += ["--sample-traces", str(KEPT), "--sample", "uniform", "--traces-to", str(traces)]
    assert run(["simulate", str(here), *arguments, "--traces-format", form]) == 0
    return architecture, traces


def texts(architecture: Architecture, traces: Path) -> list[str]:
    return [finding.text for finding in drift(architecture, observe([str(traces)])).findings]


@pytest.mark.parametrize(("spec", "form"), every_spec())
def test_a_spec_and_its_own_traces_say_the_same(spec: Path, form: str, tmp_path: Path) -> None:
    architecture, traces = simulated(spec, tmp_path, form)
    observation = observe([str(traces)])
    assert [finding.text for finding in drift(architecture, observation).findings] == []
    told = [
        each for each in figures(Comparison(architecture, observation, TraceSettings())) if each.declared is not None
    ]
    inside = [each for each in told if (seen := each.estimate()) and seen.holds(each.declared or 0.0, each.slack)]
    assert len(told) - len(inside) <= max(1, 0.1 * len(told))  # of intervals of 95% one in twenty may miss
    imported = tmp_path / "imported.yaml"
    assert run(["import", str(traces), "-o", str(imported), "-q"]) == 0
    again = load(imported)
    new = [link for link in again.connections if architecture.connection(link.from_, link.to) is None]
    assert [link.name for link in new if not goes_along_a_session(architecture, link.from_, link.to)] == []
    assert texts(again, traces) == []


def lines_of(traces: Path) -> list[str]:
    """A line for each span."""
    found = []
    for line in traces.read_text().splitlines():
        for resource in json.loads(line).get("resourceSpans", []):
            for scope in resource["scopeSpans"]:
                for span in scope["spans"]:
                    one = {"resource": resource["resource"], "scopeSpans": [{"spans": [span]}]}
                    found.append(json.dumps({"resourceSpans": [one]}) + "\n")
    return found


def shifted(line: str, by: dict[str, int]) -> str:
    """A span whose service has a clock of its own."""
    data = json.loads(line)
    resource = data["resourceSpans"][0]
    service = resource["resource"]["attributes"][0]["value"]["stringValue"]
    span = resource["scopeSpans"][0]["spans"][0]
    for key in ("startTimeUnixNano", "endTimeUnixNano"):
        span[key] = str(int(span[key]) + by.setdefault(service, 40_000_000 * len(by)))
    return json.dumps(data) + "\n"


@pytest.mark.skipif("otlp" not in FORMS, reason="the extra `otlp` is not installed")
@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(spec, marks=() if spec.parent.name == "web_shop" else (pytest.mark.slow,), id=spec.parent.name)
        for spec in sorted(SPECS.rglob("architecture.*"))
    ],
)
def test_disorder_makes_no_finding(spec: Path, tmp_path: Path) -> None:
    """Spans shuffled and doubled; a twentieth lost; clocks that differ; a file that is cut off."""
    architecture, traces = simulated(spec, tmp_path, "otlp")
    lines, random = lines_of(traces), Random(1)
    doubled = [*lines, *random.sample(lines, len(lines) // 10)]
    random.shuffle(doubled)
    clocks: dict[str, int] = {}
    for number, disorder in enumerate(
        (
            doubled,
            [line for line in doubled if random.random() > 0.05],
            [shifted(line, clocks) for line in doubled],
            [*lines[:-1], lines[-1][:40]],
        )
    ):
        file = tmp_path / f"{number}.jsonl"
        file.write_text("".join(disorder))
        assert texts(architecture, file) == []
    assert clocks
