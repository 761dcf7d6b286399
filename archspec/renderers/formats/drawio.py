"""draw.io (diagrams.net): the placed picture as cells that people can go on drawing with."""

from archspec.renderers import Attribute, Box, EdgeStyle, Theme, clean, detail_of, element, escape, number
from archspec.renderers.placed import PlacedEdge, PlacedNode, PlacedScene
from archspec.renderers.renderer import FromPlacedScene, Options, Output, Renderer
from archspec.renderers.silhouette import Family, family

_DASHES = {
    EdgeStyle.REQUEST: "",
    EdgeStyle.ASYNCHRONOUS: "dashed=1;dashPattern=8 4;",
    EdgeStyle.TELEMETRY: "dashed=1;dashPattern=1 4;",
    EdgeStyle.DELIVERY: "strokeWidth=0.5;",
}

_OUTLINES = {
    Family.PERSON: "rounded=1;arcSize=50;",
    Family.EDGE: "shape=hexagon;perimeter=hexagonPerimeter2;fixedSize=1;size=12;",
    Family.STORE: "shape=cylinder3;boundedLbl=1;backgroundOutline=1;size=5;",
    Family.QUEUE: "shape=cylinder3;boundedLbl=1;backgroundOutline=1;size=5;direction=south;",
    Family.EXTERNAL: "rounded=1;arcSize=12;dashed=1;",
}
"""How draw.io calls the outlines of families; others are rounded rectangles."""


def _drawio(placed: PlacedScene, options: Options) -> Output:
    cells = [element("mxCell", {"id": "0"}), element("mxCell", {"id": "1", "parent": "0"})]
    for index, frame in enumerate(placed.boundaries):
        colour = options.theme.frame(frame.boundary.kind).light
        style = f"rounded=1;arcSize=2;dashed=1;fillColor=none;strokeColor={colour};fontColor={colour};"
        words = f"{frame.boundary.label} ({frame.boundary.kind.value})"
        cells.append(_cell(f"b{index}", words, style + "verticalAlign=top;align=left;spacingLeft=8;", frame.box))
    ids = {frame.boundary.id: f"b{index}" for index, frame in enumerate(placed.boundaries)}
    ids |= {node.node.id: f"n{index}" for index, node in enumerate(placed.nodes)}
    cells += [_node(ids[node.node.id], node, options.theme) for node in placed.nodes]
    cells += [_edge(f"e{index}", edge, ids, options.theme) for index, edge in enumerate(placed.edges)]
    root = element("root", {}, *cells)
    model = element("mxGraphModel", {"page": "0", "math": "0", "dx": number(placed.width), "dy": "0"}, root)
    diagram = element("diagram", {"id": "view", "name": clean(placed.scene.title) or "View"}, model)
    return Output((element("mxfile", {"host": "archspec"}, diagram) + "\n").encode(), ("drawio shows no icons.",))


def _cell(id_: str, words: str, style: str, box: Box) -> str:
    place: dict[str, Attribute] = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "as": "geometry"}
    # html=1 makes draw.io read the value as HTML, so the text is escaped once for HTML and once for XML.
    attributes = {"id": id_, "value": _html(words), "style": f"html=1;whiteSpace=wrap;{style}", "vertex": "1"}
    return element("mxCell", {**attributes, "parent": "1"}, element("mxGeometry", place))


def _html(words: str) -> str:
    return "<br>".join(escape(line) for line in words.split("\n"))


def _node(id_: str, node: PlacedNode, theme: Theme) -> str:
    tone = theme.tone(node.node.shape)
    count = f" ×{node.node.replicas}" if node.node.replicas > 1 else ""
    words = f"{clean(node.node.label) or node.node.id}{count}\n{detail_of(node.node)}".strip()
    shape = _OUTLINES.get(family(node.node), "rounded=1;arcSize=12;")
    style = f"{shape}fillColor={tone.ground.light};strokeColor={tone.ink.light};fontColor=#111827;"
    return _cell(id_, words, style, node.card)


def _edge(id_: str, edge: PlacedEdge, ids: dict[str, str], theme: Theme) -> str:
    colour = theme.line(edge.edge.style).light
    words = f"{edge.edge.step}. {edge.edge.label}" if edge.edge.step else edge.edge.label
    bends = [curve.end for curve in edge.path[:-1]]
    points = "".join(element("mxPoint", {"x": point.x, "y": point.y}) for point in bends)
    array = element("Array", {"as": "points"}, points) if points else ""
    style = f"html=1;rounded=1;endArrow=block;endFill=1;strokeColor={colour};fontColor={colour};"
    ends = {"source": ids[edge.edge.source], "target": ids[edge.edge.end], "edge": "1", "parent": "1"}
    attributes = {"id": id_, "value": _html(clean(words)), "style": style + _DASHES[edge.edge.style], **ends}
    return element("mxCell", attributes, element("mxGeometry", {"relative": "1", "as": "geometry"}, array))


RENDERER = Renderer(
    "drawio", (".drawio",), "application/vnd.jgraph.mxfile", "a draw.io diagram", FromPlacedScene(_drawio)
)
