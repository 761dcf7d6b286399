"""GraphML, which graph tools read (networkx, yEd, Gephi): nodes and edges with their data, boundaries as data."""

from archspec.renderers import FromScene, Options, Output, Renderer, Scene, clean, toward_cards


def _graphml(scene: Scene, options: Options) -> Output:
    from networkx import MultiDiGraph, generate_graphml

    graph: MultiDiGraph[str] = MultiDiGraph(name=clean(scene.title))
    outer = {boundary.id: boundary.within for boundary in scene.boundaries}
    for node in scene.nodes:
        path, where = [], node.boundary
        while where is not None:
            path.append(where)
            where = outer[where]
        graph.add_node(
            node.id,
            label=clean(node.label or node.id),
            kind=clean(node.kind),
            technology=clean(node.technology),
            shape=node.shape.value,
            replicas=node.replicas,
            within="/".join(reversed(path)),
        )
    for number, edge in enumerate(scene.edges):
        data = {"label": clean(edge.label), "style": edge.style.value, "step": clean(edge.step)}
        data |= {"name": clean(edge.name)} if edge.name else {}
        graph.add_edge(edge.source, edge.target, key=f"e{number}", **data)
    text = "\n".join(generate_graphml(graph, named_key_ids=True)) + "\n"
    notes = ("graphml nests no boundaries; each node has the path of its own as `within`.",) if scene.boundaries else ()
    return Output(text.encode(), (*notes, *toward_cards(scene, "graphml")))


RENDERER = Renderer(
    "graphml", (".graphml",), "application/graphml+xml", "a graph for networkx, yEd and Gephi", FromScene(_graphml)
)
