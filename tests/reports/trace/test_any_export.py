"""Exports of traces of random systems: whatever happened, they can be read."""

import json

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from archspec.language import load_text
from archspec.reports.lanes import lanes_of
from archspec.reports.report import Traces
from archspec.reports.spans import spans_of
from archspec.reports.traces.chrome import chrome
from archspec.reports.traces.jaeger import jaeger
from archspec.reports.traces.otlp import otlp
from archspec.reports.traces.speedscope import speedscope
from archspec.reports.traces.zipkin import zipkin
from archspec.simulation.options import SimulationOptions
from archspec.simulation.sampled_traces import SampledTrace, sampled_traces
from archspec.simulation.simulate import run_simulation
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import TraceOptions
from tests.properties import examples
from tests.reports.trace.test_exports import HAS_OTLP, SCHEMA
from tests.simulation.random_systems import FOLDER, systems

ANY_SYSTEM = examples(15)


def check(sampled: SampledTrace) -> None:
    spans = spans_of(sampled)
    ids = [span.span_id for span in spans]
    assert len(set(ids)) == len(ids)
    assert [span.parent_id in ids[:place] for place, span in enumerate(spans)][1:] == [True] * (len(spans) - 1)
    assert all(span.start <= span.end for span in spans)
    placed = lanes_of(spans)
    for number, (one, lane) in enumerate(placed):
        for other, where in placed[number + 1 :]:
            if lane == where and other.start < one.end:
                assert other.end <= one.end
    jsonschema.validate(json.loads(speedscope(Traces((sampled,)))), SCHEMA)
    for write in (chrome, jaeger, zipkin):
        json.loads(write(Traces((sampled,))))
    for line in otlp(Traces((sampled,))).splitlines() if HAS_OTLP else ():
        json.loads(line)


@ANY_SYSTEM
@given(systems(), st.sampled_from([(), ("api",), ("zone-a",), ("lb", "db")]), st.booleans())
def test_any_trace_is_exported(spec: str, fail: tuple[str, ...], sample: bool) -> None:
    """Parents come first, no span ends before it begins, lanes nest, and every format is what it should be."""
    check(SampledTrace(0, trace(load_text(spec), "ask", TraceOptions(fail=fail, sample=sample))))


@ANY_SYSTEM
@given(systems())
def test_any_request_of_a_run_is_exported(spec: str) -> None:
    """Requests that failed under load and faults, with all they left behind."""
    run = run_simulation(load_text(spec), SimulationOptions(scenario="run", seed=3, keep_requests=True, folder=FOLDER))
    for sampled in sampled_traces(run, 3):
        check(sampled)
