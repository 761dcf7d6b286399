"""Scene to PlacedScene: Graphviz places, we route, and heading and legend go round it."""

from dataclasses import replace
from functools import cache
from math import inf

from archspec.renderers import BESIDE_TEXT, DOCS, TEXT_NARROW, Card, Direction, Fit, Frame, Kept, Plan, Scene, SceneNode
from archspec.renderers.geometry import Box, Point, around
from archspec.renderers.layout import shift
from archspec.renderers.layout.clip import clipped
from archspec.renderers.layout.cost import cheapest, cost
from archspec.renderers.layout.dot_source import NODE_GAP, Attempt
from archspec.renderers.layout.ends import touching
from archspec.renderers.layout.heading import DESCRIPTION_LINE, TITLE_LINE, WIDTH_MIN, heading, legend
from archspec.renderers.layout.keep import Way, kept_positions
from archspec.renderers.layout.positions import Positions, positions
from archspec.renderers.layout.quality import covers_a_strange_card
from archspec.renderers.layout.routes import Routed, loop, loop_label, routed
from archspec.renderers.layout.siblings import in_order
from archspec.renderers.layout.titles import placed_boundaries
from archspec.renderers.placed import PlacedBoundary, PlacedEdge, PlacedNode, PlacedScene, Plate

MARGIN, GAP, HEADING = 24.0, 20.0, 100.0
SETTLES, MUCH, WORSE, STAYS = 6, 2.0, 300.0, 3.0
"""How often a kept picture is laid out anew at most, how much worse than a fresh one it may be, and what it costs that
its cards move by one px in the mean.
"""


def place(scene: Scene, fit: Fit = DOCS, kept: Kept | None = None) -> PlacedScene:
    """The scene with a place for everything; the best of a few layouts, the same one every time. It may run in another
    direction than the scene asks for where that makes its words larger.

    What has been drawn before stays where it was, as `kept` knows it, unless the picture were clearly worse for it.
    A scene without nodes gives a picture of its heading alone.
    """
    if not scene.nodes:
        return _framed(scene, (), (), (), around(()))
    plans = cache(lambda direction, is_narrow: Plan(replace(scene, direction=direction), is_narrow))
    tried = attempts(scene, fit)
    found = [
        placed
        for attempt in tried
        if (placed := _attempt(plans(attempt.direction, attempt.is_narrow), attempt, fit)) is not None
    ]
    fresh = cheapest(found, fit)
    return _kept(scene, fit, kept, fresh) if kept else fresh


def _kept(scene: Scene, fit: Fit, kept: Kept, fresh: PlacedScene) -> PlacedScene:
    """The scene at its old places; afresh where that gives the same or is much better."""
    if Kept.of(fresh) == kept:
        return fresh
    turned = replace(scene, direction=kept.direction)
    plan = min((Plan(turned), Plan(turned, is_narrow=True)), key=lambda plan: abs(plan.breadth - kept.breadth))
    if not kept.knows(plan):
        return fresh
    found = [placed for way in Way if (placed := _settled(plan, kept, way, fit)) is not None]
    best = min(found, key=lambda placed: cost(placed, fit) + STAYS * kept.mean_move(placed), default=fresh)
    return best if cost(best, fit) <= MUCH * cost(fresh, fit) + WORSE else fresh


def _settled(plan: Plan, kept: Kept, way: Way, fit: Fit) -> PlacedScene | None:
    """The plan at its old places, laid out until nothing moves any more, so that the next time gives the same; None
    where that does not come about, or a card would stand where it does not belong.
    """
    frame, room = Frame(kept.direction), _room_across(kept.direction, fit)
    for _ in range(SETTLES):
        placed = _routed(plan, kept_positions(plan, kept, way), frame, room)
        if placed is None or covers_a_strange_card(placed):
            return None
        before, kept = kept, Kept.of(placed)
        if kept == before:
            return placed
    return None


def _attempt(plan: Plan, attempt: Attempt, fit: Fit) -> PlacedScene | None:
    """The scene laid out in one way; None where an edge could not be drawn, which no first attempt comes to."""
    frame, room = Frame(plan.scene.direction), _room_across(plan.scene.direction, fit)
    return _routed(plan, in_order(plan, positions(plan, attempt), frame), frame, room)


def _routed(plan: Plan, found: Positions, frame: Frame, room: float) -> PlacedScene | None:
    placed = routed(plan, found, frame, room)
    if placed is None:
        return None
    nodes = tuple(
        PlacedNode(node, placed.nodes[node.id], card.front(placed.nodes[node.id]), card.name, card.detail, card.layers)
        for node in plan.scene.nodes
        for card in (plan.cards[node.id],)
    )
    edges = tuple(_edge(plan, placed, index) for index in range(len(plan.scene.edges)))
    boundaries = placed_boundaries(plan, placed.boundaries, nodes, edges)
    extent = around([*placed.nodes.values(), *placed.boundaries.values(), *_reach(edges)])
    return _framed(plan.scene, boundaries, nodes, edges, extent)


def _room_across(direction: Direction, fit: Fit) -> float:
    """How broad a picture may be across its flow, in px."""
    if not direction.is_horizontal:
        return fit.width - 2 * MARGIN
    return inf if fit.height is None else fit.height - 2 * MARGIN - HEADING


def _edge(plan: Plan, placed: Routed, index: int) -> PlacedEdge:
    edge, plate = plan.scene.edges[index], plan.plates[index]
    if index in placed.paths:
        path = placed.paths[index]
        centre = placed.labels[index].centre if index in placed.labels else None
    else:
        card = plan.cards[edge.source].solid(placed.nodes[edge.source])
        direction = plan.scene.direction
        path, centre = loop(card, direction), loop_label(card, direction, plate.box.width if plate else 0.0)
    if plate and centre:
        plate = Plate(_centred(plate.box, centre), plate.text, plate.step)
    path = touching(path, *(_end(plan, placed, id_) for id_ in (edge.source, edge.target)))
    path = clipped(path, placed.boundaries[edge.frame]) if edge.frame else path
    last = path[-1]
    return PlacedEdge(edge, path, last.end, last.start if last.is_straight else last.control_2, plate)


def _end(plan: Plan, placed: Routed, id_: str) -> tuple[SceneNode, Card, Box]:
    return plan.nodes[id_], plan.cards[id_], placed.nodes[id_]


def _centred(size: Box, centre: Point) -> Box:
    return Box(centre.x - size.width / 2, centre.y - size.height / 2, size.width, size.height)


def _reach(edges: tuple[PlacedEdge, ...]) -> list[Box]:
    """The boxes of all that edges cover."""
    boxes = [edge.plate.box for edge in edges if edge.plate]
    for edge in edges:
        for curve in edge.path:
            xs = [p.x for p in (curve.start, curve.control_1, curve.control_2, curve.end)]
            ys = [p.y for p in (curve.start, curve.control_1, curve.control_2, curve.end)]
            boxes.append(Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return boxes


def _framed(
    scene: Scene,
    boundaries: tuple[PlacedBoundary, ...],
    nodes: tuple[PlacedNode, ...],
    edges: tuple[PlacedEdge, ...],
    extent: Box,
) -> PlacedScene:
    """Heading, picture, legend, one below the other, with a margin round all."""
    title, description = heading(scene, extent.width)
    top = MARGIN + TITLE_LINE * len(title.lines) + DESCRIPTION_LINE * len(description.lines) + GAP
    dx, dy = MARGIN - extent.x, top - extent.y
    entries = legend(scene, MARGIN, top + extent.height + GAP, max(extent.width, WIDTH_MIN))
    below = [entry.box for entry in entries] + [Box(MARGIN, top, extent.width, extent.height)]
    width = max(extent.width, title.width, description.width, *(box.right - MARGIN for box in below))
    return PlacedScene(
        scene,
        float(round(width + 2 * MARGIN)),
        float(round(max(box.bottom for box in below) + MARGIN)),
        title,
        description,
        tuple(shift.boundary(boundary, dx, dy) for boundary in boundaries),
        tuple(shift.node(node, dx, dy) for node in nodes),
        tuple(shift.edge(edge, dx, dy) for edge in edges),
        entries,
    )


MANY_NODES = 120
SIDES = 80.0
"""px that margins and frames take from the width of a picture."""


def attempts(scene: Scene, fit: Fit) -> tuple[Attempt, ...]:
    """What to try. The first one keeps the direction that the scene asks for, and global ranks, with which every edge
    runs from rank to rank; ranks are the same with and without them where there are no boundaries.
    """
    wanted = scene.direction
    if len(scene.nodes) > MANY_NODES:
        return (Attempt(wanted),)
    upright = wanted if not wanted.is_horizontal else Direction.DOWN
    card = BESIDE_TEXT + TEXT_NARROW
    across = max(2, int((fit.width - SIDES + NODE_GAP) // (card + NODE_GAP)))
    found = [Attempt(wanted), Attempt(wanted, is_narrow=True), Attempt(upright, is_narrow=True)]
    if len(scene.nodes) > across - 1:
        found += [
            Attempt(upright, is_narrow=True, most_across=most, keeps_order=keeps_order)
            for most in (across, across - 1)
            if most > 1
            for keeps_order in (False, True)
        ]
    if scene.boundaries:
        found += [
            Attempt(wanted, is_narrow=True, global_ranks=False),
            Attempt(upright, is_narrow=True, global_ranks=False, keeps_order=True),
            Attempt(upright, is_narrow=True, most_across=across, reverses=True, keeps_order=True),
        ]
    else:
        found += [
            Attempt(wanted, is_narrow=True, keeps_order=True),
            Attempt(upright, is_narrow=True, keeps_order=True),
        ]
    return tuple(dict.fromkeys(found))
