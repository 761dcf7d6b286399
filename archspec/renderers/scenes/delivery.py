"""The delivery view: a change on its way from a person through a pipeline to the servers."""

from collections.abc import Iterator
from itertools import pairwise

from archspec.model import Architecture, Pipeline, Shape, Stage, View
from archspec.renderers import Boundary, BoundaryKind, EdgeStyle, SceneEdge, SceneNode
from archspec.renderers.scenes.pieces import arrow, by_id, card, merged
from archspec.renderers.scenes.selection import in_group, in_pipeline, selected
from archspec.renderers.scenes.structure import Parts


def delivery(architecture: Architecture, view: View) -> Parts:
    """Nodes, edges and frames: the pipelines named by `include`, else all, each stage a card in a frame."""
    names = [selector.removeprefix("pipeline:") for selector in view.include if selector.startswith("pipeline:")]
    pipelines = [p for p in architecture.pipelines.values() if not names or p.id in names]
    wanted = {id_ for pipeline in pipelines for id_ in in_pipeline(architecture, pipeline.id)}
    wanted |= selected(architecture, (s for s in view.include if not s.startswith("pipeline:")))
    wanted -= selected(architecture, view.exclude)
    nodes = [card(component, None) for component in by_id(architecture.components, wanted)]
    edges: list[SceneEdge] = []
    for pipeline in pipelines:
        nodes.extend(_stage_cards(pipeline))
        edges.extend(_stage_edges(architecture, pipeline))
    edges.extend(_by_hand(architecture, pipelines))
    shown = {node.id for node in nodes}
    kept = merged(edge for edge in edges if edge.source in shown and edge.target in shown)
    boundaries = tuple(Boundary(_frame_id(p), p.id, BoundaryKind.PIPELINE, note=p.trigger or "") for p in pipelines)
    return tuple(nodes), kept, boundaries


def _frame_id(pipeline: Pipeline) -> str:
    return f"pipeline.{pipeline.id}"


def _stage_id(pipeline: Pipeline, index: int) -> str:
    return f"{pipeline.id}.{index + 1}"


def _stage_cards(pipeline: Pipeline) -> Iterator[SceneNode]:
    for index, stage in enumerate(pipeline.stages):
        takes = f"takes {stage.takes}" if stage.takes else ""
        yield SceneNode(
            _stage_id(pipeline, index),
            stage.title,
            Shape.DELIVERY,
            f"{stage.kind.capitalize()} stage",
            takes,
            boundary=_frame_id(pipeline),
        )


def _stage_edges(architecture: Architecture, pipeline: Pipeline) -> Iterator[SceneEdge]:
    ids = [_stage_id(pipeline, index) for index in range(len(pipeline.stages))]
    if pipeline.source:
        yield SceneEdge(pipeline.source, ids[0], EdgeStyle.DELIVERY, "", pipeline.trigger or "")
    else:
        yield from (SceneEdge(person, ids[0], EdgeStyle.DELIVERY, pipeline.trigger or "") for person in pipeline.by)
    for before, after in pairwise(ids):
        yield SceneEdge(before, after, EdgeStyle.DELIVERY)
    for id_, stage in zip(ids, pipeline.stages, strict=True):
        if stage.artifact:
            yield SceneEdge(id_, stage.artifact, EdgeStyle.DELIVERY, "stores")
        for target in stage.targets:
            members = (target,) if target in architecture.components else tuple(in_group(architecture, target))
            yield from (SceneEdge(id_, member, EdgeStyle.DELIVERY, _how(stage)) for member in members)
    for receiver in pipeline.notify:
        yield SceneEdge(ids[-1], receiver, EdgeStyle.TELEMETRY, "if a stage fails", "told when any stage fails")


def _how(stage: Stage) -> str:
    return (stage.strategy or "deploys").replace("_", " ")


def _by_hand(architecture: Architecture, pipelines: list[Pipeline]) -> Iterator[SceneEdge]:
    """What people do: push to the repository, or change servers by hand."""
    written = set()
    for connection in architecture.connections:
        edge = arrow(architecture, connection)
        if edge.style is EdgeStyle.DELIVERY:
            written.add((edge.source, edge.target))
            yield edge
    for pipeline in pipelines:
        for person in pipeline.by:
            if pipeline.source and (person, pipeline.source) not in written:
                yield SceneEdge(person, pipeline.source, EdgeStyle.DELIVERY, pipeline.trigger or "")
