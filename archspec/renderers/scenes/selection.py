"""What a view's selectors choose: ids of components."""

from collections.abc import Container, Iterable, Iterator

from archspec.model import Architecture, Flow
from archspec.model.view import View, lines_of
from archspec.renderers import SceneEdge


def selected(architecture: Architecture, selectors: Iterable[str]) -> frozenset[str]:
    """The ids of all components that one of the selectors names; unknown names choose nothing."""
    return frozenset(id_ for selector in selectors if not lines_of(selector) for id_ in _chosen(architecture, selector))


def without_lines(architecture: Architecture, view: View, edges: Iterable[SceneEdge]) -> tuple[SceneEdge, ...]:
    """The edges but for those between components that `exclude` names as a connection; who they are of stays."""
    hidden = [
        (_side(architecture, lines.source), _side(architecture, lines.target), lines)
        for selector in view.exclude
        if (lines := lines_of(selector))
    ]

    def is_hidden(edge: SceneEdge) -> bool:
        source, target = edge.source.partition(".")[0], edge.target.partition(".")[0]
        return any(
            source in sources
            and (lines.target.removeprefix("group:") in ("*", edge.frame) if edge.frame else target in targets)
            and lines.via in (None, edge.name)
            for sources, targets, lines in hidden
        )

    return tuple(edge for edge in edges if not is_hidden(edge))


def _side(architecture: Architecture, side: str) -> Container[str]:
    return architecture.components if side == "*" else selected(architecture, (side,))


def _chosen(architecture: Architecture, selector: str) -> Iterable[str]:
    word, colon, name = selector.partition(":")
    components = architecture.components
    if not colon:
        return (word,) if word in components else in_group(architecture, word)
    match word:
        case "flow":
            return in_flow(architecture, architecture.flows[name]) if name in architecture.flows else ()
        case "pipeline":
            return in_pipeline(architecture, name)
        case "group":
            return in_group(architecture, name)
        case "kind":
            return (c.id for c in components.values() if c.kind == name)
        case "tag":
            return _tagged(architecture, name)
        case "near":
            return near(architecture, name)
        case _:
            return ()


def calls(architecture: Architecture, flow: str) -> Iterator[tuple[str, str, str]]:
    """Caller, target and what it does, of each call of a flow, in the order written."""
    for visit in architecture.walk(flow):
        for caller, target in architecture.pairs(visit):
            yield caller, target, visit.step.does or ""


def in_flow(architecture: Architecture, flow: Flow) -> Iterator[str]:
    """Every component that takes part in the flow."""
    yield flow.from_
    for caller, target, _ in calls(architecture, flow.id):
        yield caller
        yield target


def in_pipeline(architecture: Architecture, name: str) -> Iterator[str]:
    """Every component that the pipeline touches or tells."""
    pipeline = architecture.pipelines.get(name)
    if not pipeline:
        return
    named = [pipeline.source, *pipeline.by, *pipeline.notify, *(stage.artifact for stage in pipeline.stages)]
    yield from (id_ for id_ in named if id_)
    for stage in pipeline.stages:
        for target in stage.targets:
            yield from (target,) if target in architecture.components else in_group(architecture, target)


def in_group(architecture: Architecture, name: str) -> Iterator[str]:
    """Every component that stands in the group, in one within it, or has replicas in it."""
    for component in architecture.components.values():
        places = [component.group, *architecture.zones_of(component)]
        around = (group.id for place in places for group in architecture.enclosing(place))
        if name in around:
            yield component.id


def near(architecture: Architecture, name: str) -> Iterator[str]:
    """The component and all that it is connected to."""
    if name in architecture.components:
        yield name
        yield from (edge.to for edge in architecture.outgoing[name])
        yield from (edge.from_ for edge in architecture.incoming[name])


def _tagged(architecture: Architecture, tag: str) -> Iterator[str]:
    for component in architecture.components.values():
        around = architecture.enclosing(component.group)
        if tag in component.tags or any(tag in group.tags for group in around):
            yield component.id
