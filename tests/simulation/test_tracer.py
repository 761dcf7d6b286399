"""A flow traced many times over is compiled once, and no trace leaves anything behind for the next."""

from pathlib import Path

import pytest

from archspec.language import load
from archspec.simulation import trace as module
from archspec.simulation.trace import Tracer, response_times, trace
from archspec.simulation.trace_model import TraceOptions
from archspec.webpage.gathering.breakable import parts

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*/architecture.yaml"))
VIDEO = Path(__file__).parents[2] / "specs" / "video_platform" / "architecture.yaml"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_a_trace_after_others_is_what_it_is_alone(spec: Path) -> None:
    architecture = load(spec)
    broken = [part.id for part in parts(architecture) if part.kind.value in ("component", "replica", "group")][::7]
    for flow in list(architecture.flows)[:2]:
        tracer = Tracer(architecture, flow)
        for name in broken:
            for options in (TraceOptions(fail=(name,)), TraceOptions(), TraceOptions(sample=True, seed=7)):
                assert tracer.trace(options) == trace(architecture, flow, options), (flow, options)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_the_times_of_all_flows_at_once_are_those_of_their_traces(spec: Path) -> None:
    architecture = load(spec)
    walked = {flow: trace(architecture, flow) for flow in architecture.flows}
    assert response_times(architecture, tuple(walked)) == {
        flow: each.response_ns if each.timed and each.succeeded else None for flow, each in walked.items()
    }


def test_a_flow_is_compiled_once_however_often_it_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []

    def counted(*arguments: object) -> object:
        compiled.append(arguments[1])
        return real(*arguments)  # type: ignore[arg-type]

    real = module.compile_system
    monkeypatch.setattr(module, "compile_system", counted)
    tracer = Tracer(load(VIDEO), "watch-video")
    for name in ("api", "lb", "titles", "zone-a"):
        tracer.trace(TraceOptions(fail=(name,)))
        tracer.trace(TraceOptions(miss=("titles",)))
    assert compiled == [("watch-video",)]
