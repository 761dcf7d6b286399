"""Excalidraw scene: the placed picture as shapes that people can go on drawing with."""

import json
from typing import Any

from archspec.renderers import Box, EdgeStyle, PlacedEdge, PlacedScene, TextBlock, clean
from archspec.renderers.renderer import FromPlacedScene, Options, Output, Renderer

_DASHES = {
    EdgeStyle.REQUEST: "solid",
    EdgeStyle.ASYNCHRONOUS: "dashed",
    EdgeStyle.TELEMETRY: "dotted",
    EdgeStyle.DELIVERY: "solid",
}


def _excalidraw(placed: PlacedScene, options: Options) -> Output:
    theme = options.theme
    elements: list[dict[str, Any]] = []
    for frame in placed.boundaries:
        colour = theme.frame(frame.boundary.kind).light
        elements.append(_box(f"b-{frame.boundary.id}", frame.box, colour, "transparent"))
        elements.append(_text(f"bt-{frame.boundary.id}", frame.title_box, clean(frame.boundary.label), colour, 14))
    for node in placed.nodes:
        tone = theme.tone(node.node.shape)
        offsets = [4.0 * n for n in range(min(node.node.replicas, 3) - 1, 0, -1)]
        for offset in offsets:
            behind = Box(node.card.x + offset, node.card.y + offset, node.card.width, node.card.height)
            elements.append(_box(f"n-{node.node.id}-{offset:g}", behind, tone.ink.light, tone.ground.light))
        count = f" ×{node.node.replicas}" if node.node.replicas > 1 else ""
        words = "\n".join(line for line in (_words(node.name) + count, _words(node.detail)) if line)
        elements.append(_box(f"n-{node.node.id}", node.card, tone.ink.light, tone.ground.light))
        elements.append(_text(f"nt-{node.node.id}", _padded(node.card), words, "#1e1e1e", 14))
    for number, edge in enumerate(placed.edges):
        elements += _arrow(number, edge, theme.line(edge.edge.style).light)
    picture: dict[str, Any] = {"type": "excalidraw", "version": 2, "source": "archspec", "elements": elements}
    picture |= {"appState": {"viewBackgroundColor": "#ffffff"}, "files": {}}
    return Output((json.dumps(picture, indent=1, ensure_ascii=False) + "\n").encode(), ("excalidraw shows no icons.",))


def _words(block: TextBlock) -> str:
    return " ".join(block.lines)


def _padded(box: Box) -> Box:
    return Box(box.x + 8, box.y + 8, box.width - 16, box.height - 16)


def _element(id_: str, kind: str, box: Box, colour: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "type": kind,
        "x": round(box.x, 2),
        "y": round(box.y, 2),
        "width": round(box.width, 2),
        "height": round(box.height, 2),
        "angle": 0,
        "strokeColor": colour,
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 1,
        "strokeStyle": "solid",
        "roughness": 0,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "roundness": None,
        "seed": 1,
        "version": 1,
        "versionNonce": 1,
        "isDeleted": False,
        "boundElements": None,
        "updated": 1,
        "link": None,
        "locked": False,
        **more,
    }


def _box(id_: str, box: Box, colour: str, ground: str) -> dict[str, Any]:
    return _element(id_, "rectangle", box, colour, backgroundColor=ground, roundness={"type": 3})


def _text(id_: str, box: Box, words: str, colour: str, size: int) -> dict[str, Any]:
    font = {"fontSize": size, "fontFamily": 2, "textAlign": "left", "verticalAlign": "top", "lineHeight": 1.25}
    content = {"text": words, "originalText": words, "containerId": None, "autoResize": False}
    return _element(id_, "text", box, colour, **font, **content)


def _arrow(number: int, edge: PlacedEdge, colour: str) -> list[dict[str, Any]]:
    points = [edge.path[0].start, *(curve.end for curve in edge.path)]
    xs, ys = [p.x for p in points], [p.y for p in points]
    box = Box(points[0].x, points[0].y, max(xs) - min(xs), max(ys) - min(ys))
    arrow = _element(
        f"e-{number}",
        "arrow",
        box,
        colour,
        strokeStyle=_DASHES[edge.edge.style],
        points=[[round(p.x - points[0].x, 2), round(p.y - points[0].y, 2)] for p in points],
        lastCommittedPoint=None,
        startBinding=None,
        endBinding=None,
        startArrowhead=None,
        endArrowhead="arrow",
        elbowed=False,
    )
    if edge.plate is None:
        return [arrow]
    words = f"{edge.plate.step} {_words(edge.plate.text)}".strip()
    return [arrow, _text(f"et-{number}", edge.plate.box, words, colour, 12)]


RENDERER = Renderer(
    "excalidraw",
    (".excalidraw",),
    "application/vnd.excalidraw+json",
    "an Excalidraw scene",
    FromPlacedScene(_excalidraw),
)
