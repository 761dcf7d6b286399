"""A flow as the page shows it: walked once whole; the viewer draws and breaks it by itself."""

from collections.abc import Iterable
from dataclasses import replace

from archspec.frozen import frozen
from archspec.model import Architecture, Flow
from archspec.renderers import draw_sequence
from archspec.renderers.trace_pictures import sequence_of, waterfall_of
from archspec.renderers.waterfall import draw_waterfall
from archspec.reports import TracedRequest
from archspec.reports.trace.json import data_of
from archspec.reports.trace.mermaid import mermaid
from archspec.reports.trace.tree import tree
from archspec.simulation import Trace, TraceOptions
from archspec.simulation.trace import Tracer
from archspec.values import json_text
from archspec.webpage import Fact, FlowContent
from archspec.webpage.gathering.outcomes import answer_of, lasted, tone_of


def flow_content(architecture: Architecture, whole: Trace) -> FlowContent:
    """The flow of a request that was walked with all parts up."""
    flow = architecture.flows[whole.flow]
    return FlowContent(
        id=flow.id,
        title=flow.title,
        description=flow.description or "",
        request=flow.request or "",
        facts=_facts(flow),
        answer=answer_of(whole),
        tone=tone_of(whole),
        duration=lasted(whole),
        tree=tree(whole),
        remarks=tuple(f"{note[:1].upper()}{note[1:]}." for note in whole.notes),
    )


def _facts(flow: Flow) -> tuple[Fact, ...]:
    facts = [Fact("Comes" if flow.comes_by_clock else "Rate", flow.comes)] if flow.comes else []
    objective = flow.objective
    if objective:
        promises = [f"{objective.success} succeed"] if objective.success else []
        promises += [f"{name} within {limit}" for name, limit in objective.percentiles.items()]
        facts.append(Fact("Objective", ", ".join(promises)))
    return tuple(facts)


def flow_contents(tracers: Iterable[Tracer]) -> tuple[FlowContent, ...]:
    """The flows of tracers."""
    return tuple(flow_content(tracer.architecture, tracer.trace(TraceOptions())) for tracer in tracers)


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
