"""Scenes that several tests draw, and any scene at all for hypothesis."""

from hypothesis import strategies as st

from archspec.model import Shape
from archspec.renderers.scene import Boundary, BoundaryKind, Direction, EdgeStyle, Link, Scene, SceneEdge, SceneNode

HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    "\"quoted\" 'twice'",
    "line\nbreak\r\nand\ttab",
    "nul\x00 bell\x07 escape\x1b[31m",
    "\u202eright to left\u202c \u2066isolated\u2069",
    "x" * 300,
    "&amp; &#x3c;",
    "שלום עולם",
    "日本語の名前 🚀",
    "\ud800 lone surrogate",
    "\ufffe \uffff",
    "\\N \\l \\G",
    "<b>html</b>",
    "${HOME} `rm` %% #quot; end",
    "",
    " ",
)


def small_scene() -> Scene:
    """Four components in two groups, one of them stacked."""
    return Scene(
        "small",
        "A small system",
        nodes=(
            SceneNode("viewer", "Browser", Shape.DEVICE, "Client"),
            SceneNode("lb", "Load balancer", Shape.BALANCER, "Load balancer", "nginx", boundary="edge"),
            SceneNode("api", "API", Shape.SERVER, "Server", replicas=4, boundary="inner"),
            SceneNode("db", "Orders", Shape.STORE, "Database", "postgresql", boundary="inner"),
        ),
        edges=(
            SceneEdge("viewer", "lb", label="https"),
            SceneEdge("lb", "api", label="http"),
            SceneEdge("api", "db", EdgeStyle.ASYNCHRONOUS),
        ),
        boundaries=(
            Boundary("region", "Region", BoundaryKind.REGION),
            Boundary("edge", "Public", BoundaryKind.NETWORK, "region", "public"),
            Boundary("inner", "Private", BoundaryKind.NETWORK, "region", "private"),
        ),
        description="Who asks whom.",
    )


texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=80))


def _around(boundary: str | None, boundaries: tuple[Boundary, ...]) -> list[str]:
    """The boundaries round a place."""
    within = {each.id: each.within for each in boundaries}
    found: list[str] = []
    while boundary is not None:
        found.append(boundary)
        boundary = within[boundary]
    return found


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Any scene: any text anywhere, any nesting, any edges, loops and pairs among them."""
    boundary_ids = [f"g{index}" for index in range(draw(st.integers(0, 4)))]
    boundaries = tuple(
        Boundary(
            id_,
            draw(texts),
            draw(st.sampled_from(BoundaryKind)),
            draw(st.sampled_from([None, *boundary_ids[:index]])),
            draw(texts),
        )
        for index, id_ in enumerate(boundary_ids)
    )
    node_ids = [f"n{index}" for index in range(draw(st.integers(0, 7)))]
    nodes = tuple(
        SceneNode(
            id_,
            draw(texts),
            draw(st.sampled_from(Shape)),
            draw(texts),
            draw(st.sampled_from(["", "nginx", "redis", "unheard of"])),
            draw(texts),
            replicas=draw(st.integers(1, 1000)),
            members=draw(st.sampled_from([0, 0, 3])),
            boundary=draw(st.sampled_from([None, *boundary_ids])),
            is_ours=draw(st.booleans()),
            muted=draw(st.booleans()),
            links=(Link(draw(texts), draw(st.one_of(texts, st.just("https://example.com/a?b=1&c=2")))),),
        )
        for id_ in node_ids
    )
    pairs = st.tuples(st.sampled_from(node_ids), st.sampled_from(node_ids)) if node_ids else st.nothing()
    ends = draw(st.lists(pairs, max_size=10)) if node_ids else []
    ends = [pair for index, pair in enumerate(ends) if pair[0] != pair[1] or pair not in ends[:index]]  # one loop each
    around = {node.id: _around(node.boundary, boundaries) for node in nodes}
    edges = tuple(
        SceneEdge(
            source,
            target,
            draw(st.sampled_from(EdgeStyle)),
            draw(texts),
            draw(texts),
            draw(st.sampled_from(["", "1", "12, 13"])),
            draw(st.booleans()),
            name=draw(st.sampled_from(["", f"c{number}"])),
            frame=draw(st.sampled_from(["", *(id_ for id_ in around[target] if id_ not in around[source])])),
        )
        for number, (source, target) in enumerate(ends)
    )
    return Scene(
        "any", draw(texts), nodes, edges, boundaries, draw(texts), draw(st.sampled_from(Direction)), ("a note.",)
    )
