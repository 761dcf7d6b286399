"""Flows for the page, with the files that show the same."""

from dataclasses import dataclass, replace

from archspec.analysis.structure import Structures
from archspec.model.flow import Flow
from archspec.renderers.sequence import draw_sequence
from archspec.renderers.trace_pictures import sequence_of, waterfall_of
from archspec.renderers.waterfall import draw_waterfall
from archspec.reports.trace.json import json
from archspec.reports.trace.mermaid import mermaid
from archspec.reports.trace.tree import tree
from archspec.simulation.trace import Tracer
from archspec.simulation.trace_model import TraceOptions
from archspec.webpage.flow_content import FlowContent
from archspec.webpage.gathering.flows import flow_content
from archspec.webpage.part_content import PartContent


@dataclass(frozen=True, slots=True)
class Walked:
    """A flow's part of the page and the files that show the same: content by path."""

    content: FlowContent
    files: dict[str, bytes]


def walked(structures: Structures, flow: Flow, breakable: tuple[PartContent, ...]) -> Walked:
    """One flow, walked whole."""
    tracer = Tracer(structures.architecture, flow.id)
    whole = tracer.trace(TraceOptions())
    text = tree(whole)
    written = {
        "Trace (text)": (".txt", text),
        "Trace (JSON)": (".json", json(whole)),
        "Sequence (Mermaid)": (".mmd", mermaid(whole)),
        "Sequence (SVG)": ("-sequence.svg", draw_sequence(sequence_of(structures.architecture, whole))),
        "Waterfall (SVG)": ("-waterfall.svg", draw_waterfall(waterfall_of(whole))),
    }
    paths = {title: f"flows/{flow.id}{ending}" for title, (ending, _) in written.items()}
    content = replace(flow_content(structures, tracer, breakable), tree=text, files=tuple(paths.items()))
    return Walked(content, {paths[title]: file.encode() for title, (_, file) in written.items()})
