"""Traces of a spec by its own simulation, written and read as anybody's."""

from pathlib import Path

from archspec.cli.main import run
from archspec.conformance.judge import drift
from archspec.conformance.settings import TraceSettings
from archspec.language import load_text
from archspec.observation.observe import Observation, observe
from archspec.validators import Finding
from archspec.validators.config import Config


def traced(
    folder: Path, spec: str, count: int = 300, duration: str = "20s", form: str = "zipkin", seed: int = 1
) -> Path:
    """A file with traces of a spec's requests, evenly taken from a run."""
    source, file = folder / "running.yaml", folder / f"traces.{form}.json"
    source.write_text(spec, encoding="utf-8")
    arguments = ["--duration", duration, "--sample-traces", str(count), "--sample", "uniform", "--seed", str(seed)]
    arguments += ["--traces-to", str(file), "--traces-format", form, "--quiet", "-o", str(folder / "report.txt")]
    assert run(["simulate", str(source), *arguments]) == 0
    return file


def judged(spec: str, observation: Observation, settings: TraceSettings | None = None) -> tuple[Finding, ...]:
    """What the traces contradict in a spec."""
    return drift(load_text(spec), observation, settings or TraceSettings(), Config()).findings


def drifted(folder: Path, spec: str, running: str, settings: TraceSettings | None = None) -> tuple[Finding, ...]:
    """What traces of one spec contradict in another."""
    return judged(spec, observe([str(traced(folder, running))]), settings)
