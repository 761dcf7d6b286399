"""Flows as the page shows them: each walked once whole and once under every single failure."""

from dataclasses import dataclass

from archspec.analysis.structure import Structures
from archspec.cli.page.breaks import Breaker
from archspec.cli.page.runs import run_content
from archspec.cli.trace_formats.json import json
from archspec.cli.trace_formats.mermaid import mermaid
from archspec.cli.trace_formats.tree import tree
from archspec.execution.trace import trace
from archspec.execution.trace_model import Trace, TraceOptions
from archspec.model.flow import Flow
from archspec.renderers.page.flow_content import FlowContent, FlowFact
from archspec.renderers.page.part_content import PartContent
from archspec.renderers.sequence import draw_sequence
from archspec.renderers.trace_pictures import sequence_of, waterfall_of
from archspec.renderers.waterfall import draw_waterfall

TITLES = {
    ".txt": "Trace (text)",
    ".json": "Trace (JSON)",
    ".mmd": "Sequence (Mermaid)",
    "-sequence.svg": "Sequence (SVG)",
    "-waterfall.svg": "Waterfall (SVG)",
}


@dataclass(frozen=True, slots=True)
class Walked:
    """A flow's part of the page and the files that show the same: content by path."""

    content: FlowContent
    files: dict[str, bytes]


def walked(structures: Structures, flow: Flow, breakable: tuple[PartContent, ...]) -> Walked:
    """One flow, walked whole and with each of the parts down."""
    architecture = structures.architecture

    def walk(options: TraceOptions) -> Trace:
        return trace(architecture, flow.id, options)

    whole = trace(architecture, flow.id)
    sequence = sequence_of(architecture, whole)
    text = tree(whole)
    files = {
        f"flows/{flow.id}.txt": text.encode(),
        f"flows/{flow.id}.json": json(whole).encode(),
        f"flows/{flow.id}.mmd": mermaid(whole).encode(),
        f"flows/{flow.id}-sequence.svg": draw_sequence(sequence).encode(),
        f"flows/{flow.id}-waterfall.svg": draw_waterfall(waterfall_of(whole)).encode(),
    }
    run = run_content(whole)
    content = FlowContent(
        id=flow.id,
        title=flow.title,
        description=flow.description or "",
        request=flow.request or "",
        facts=_facts(flow),
        run=run,
        tree=text,
        sequence=draw_sequence(sequence, with_font=False),
        breaks=Breaker(structures, flow, breakable, run, walk, run_content).breaks(),
        remarks=tuple(f"{note[:1].upper()}{note[1:]}." for note in whole.notes),
        files=tuple((_title(path, flow.id), path) for path in files),
    )
    return Walked(content, files)


def _title(path: str, flow: str) -> str:
    return TITLES[path.removeprefix(f"flows/{flow}")]


def _facts(flow: Flow) -> tuple[FlowFact, ...]:
    facts = [FlowFact("Rate", str(flow.rate))] if flow.rate else []
    objective = flow.objective
    if objective:
        promises = [f"{objective.success} succeed"] if objective.success else []
        promises += [f"{name} within {limit}" for name, limit in objective.percentiles.items()]
        facts.append(FlowFact("Objective", ", ".join(promises)))
    return tuple(facts)
