"""Keys of nodes within their boundaries, for text formats that nest."""

from archspec.renderers.scene import Scene


def dotted_paths(scene: Scene) -> dict[str, str]:
    """Each node's key by its id: `b0.b2.n3`, the boundaries round it (`b`) and itself (`n`), by their numbers."""
    outer = {boundary.id: boundary.within for boundary in scene.boundaries}
    number = {boundary.id: f"b{index}" for index, boundary in enumerate(scene.boundaries)}
    found = {}
    for index, node in enumerate(scene.nodes):
        keys, where = [f"n{index}"], node.boundary
        while where is not None:
            keys.append(number[where])
            where = outer[where]
        found[node.id] = ".".join(reversed(keys))
    return found
