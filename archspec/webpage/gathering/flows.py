"""A flow as the page shows it: walked once whole; the page breaks it by itself."""

from archspec.analysis.structure import Structures
from archspec.model.architecture import Architecture
from archspec.model.flow import Flow
from archspec.renderers.sequence import draw_sequence
from archspec.renderers.trace_pictures import sequence_of
from archspec.simulation.trace import Tracer
from archspec.simulation.trace_model import TraceOptions
from archspec.webpage.fact import Fact
from archspec.webpage.flow_content import FlowContent
from archspec.webpage.gathering.breakable import parts
from archspec.webpage.gathering.breaks import breaking
from archspec.webpage.gathering.runs import run_content
from archspec.webpage.part_content import PartContent


def flow_content(
    structures: Structures,
    tracer: Tracer,
    breakable: tuple[PartContent, ...],
) -> FlowContent:
    """The flow that the tracer walks."""
    architecture = structures.architecture
    flow, whole = architecture.flows[tracer.flow], tracer.trace(TraceOptions())
    return FlowContent(
        id=flow.id,
        title=flow.title,
        description=flow.description or "",
        request=flow.request or "",
        facts=_facts(flow),
        run=run_content(whole),
        sequence=draw_sequence(sequence_of(architecture, whole), with_font=False),
        breaking=breaking(structures, flow.id, breakable),
        remarks=tuple(f"{note[:1].upper()}{note[1:]}." for note in whole.notes),
    )


def _facts(flow: Flow) -> tuple[Fact, ...]:
    facts = [Fact("Rate", str(flow.rate))] if flow.rate else []
    objective = flow.objective
    if objective:
        promises = [f"{objective.success} succeed"] if objective.success else []
        promises += [f"{name} within {limit}" for name, limit in objective.percentiles.items()]
        facts.append(Fact("Objective", ", ".join(promises)))
    return tuple(facts)


def flow_contents(architecture: Architecture) -> tuple[FlowContent, ...]:
    """Every flow of a spec."""
    structures, breakable = Structures(architecture), parts(architecture)
    tracers = (Tracer(architecture, flow) for flow in architecture.flows)
    return tuple(flow_content(structures, each, breakable) for each in tracers)
