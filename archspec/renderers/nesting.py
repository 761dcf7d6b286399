"""Keys of nodes within their boundaries, for text formats that nest."""

from archspec.renderers.scene import Scene


def numbered(scene: Scene) -> dict[str, str]:
    """A short name for each node (`n3`) and boundary (`b2`) by its id."""
    boundaries = {boundary.id: f"b{index}" for index, boundary in enumerate(scene.boundaries)}
    return boundaries | {node.id: f"n{index}" for index, node in enumerate(scene.nodes)}


def toward_cards(scene: Scene, form: str) -> tuple[str, ...]:
    """What a form of pictures says that cannot draw an arrow to a boundary: it draws it to a card inside."""
    ends = dict.fromkeys(edge.frame for edge in scene.edges if edge.frame)
    return (f"{form} draws arrows to groups to a card inside: {', '.join(ends)}.",) if ends else ()


def dotted_paths(scene: Scene) -> dict[str, str]:
    """Each node's key by its id: `b0.b2.n3`, the boundaries round it (`b`) and itself (`n`), by their numbers."""
    around = boundary_paths(scene)
    return {
        node.id: f"{around[node.boundary]}.n{index}" if node.boundary is not None else f"n{index}"
        for index, node in enumerate(scene.nodes)
    }


def boundary_paths(scene: Scene) -> dict[str, str]:
    """Each boundary's key by its id: `b0.b2`, the boundaries round it and itself."""
    outer = {boundary.id: boundary.within for boundary in scene.boundaries}
    number = {boundary.id: f"b{index}" for index, boundary in enumerate(scene.boundaries)}
    found = {}
    for boundary in scene.boundaries:
        keys, where = [number[boundary.id]], boundary.within
        while where is not None:
            keys.append(number[where])
            where = outer[where]
        found[boundary.id] = ".".join(reversed(keys))
    return found
