"""Flows for the page, with the files that show the same."""

from dataclasses import replace

from archspec.frozen import frozen
from archspec.renderers import draw_sequence
from archspec.renderers.trace_pictures import sequence_of, waterfall_of
from archspec.renderers.waterfall import draw_waterfall
from archspec.reports.report import TracedRequest
from archspec.reports.trace.json import data_of
from archspec.reports.trace.mermaid import mermaid
from archspec.simulation import Trace, TraceOptions
from archspec.simulation.trace import Tracer
from archspec.values import json_text
from archspec.webpage import FlowContent
from archspec.webpage.gathering.flows import flow_content


@frozen
class Walked:
    """A flow's part of the page and the files that show the same: content by path."""

    content: FlowContent
    files: dict[str, bytes]
    trace: Trace


def walked(tracer: Tracer) -> Walked:
    """The flow of a tracer, walked whole."""
    architecture, whole = tracer.architecture, tracer.trace(TraceOptions())
    content = flow_content(architecture, whole)
    written = {
        "Trace (text)": (".txt", content.tree),
        "Trace (JSON)": (".json", json_text(data_of(whole))),
        "Sequence (Mermaid)": (".mmd", mermaid(TracedRequest(architecture, whole))),
        "Sequence (SVG)": ("-sequence.svg", draw_sequence(sequence_of(architecture, whole))),
        "Waterfall (SVG)": ("-waterfall.svg", draw_waterfall(waterfall_of(whole))),
    }
    paths = {title: f"flows/{tracer.flow}{ending}" for title, (ending, _) in written.items()}
    files = {paths[title]: file.encode() for title, (_, file) in written.items()}
    return Walked(replace(content, files=tuple(paths.items())), files, whole)
