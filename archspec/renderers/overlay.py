"""What is laid over a view: a reading on each card it has one for, and what the tints mean."""

from collections.abc import Mapping
from dataclasses import replace

from archspec.frozen import frozen
from archspec.renderers.scene import Key, Reading, Scene, SceneNode


@frozen
class Layer:
    """An overlay worked out: readings by the id of their component. `notes` say what no card can show."""

    name: str
    readings: Mapping[str, Reading]
    keys: tuple[Key, ...]
    notes: tuple[str, ...] = ()


def laid_over(scene: Scene, layer: Layer) -> Scene:
    """The scene with the readings on its cards; the legend explains the tints that occur."""
    nodes = tuple(replace(node, reading=_reading(node, layer.readings)) for node in scene.nodes)
    used = {node.reading.tint for node in nodes if node.reading}
    keys = tuple(key for key in layer.keys if key.tint in used)
    nothing = () if used else (f"`{layer.name}` has nothing to say of what this view shows.",)
    return replace(scene, nodes=nodes, keys=keys, notes=(*scene.notes, *layer.notes, *nothing))


def _reading(node: SceneNode, readings: Mapping[str, Reading]) -> Reading | None:
    """Of a card that stands for several the reading of the highest rank, with how many share its tint."""
    if not node.members:
        return readings.get(_component(node.id))
    components = dict.fromkeys(_component(id_) for id_ in node.holds)
    found = [readings[id_] for id_ in components if id_ in readings]
    if not found:
        return None
    first = max(found, key=lambda reading: reading.rank)
    alike = sum(reading.text == first.text for reading in found)
    if alike == len(found):
        return first
    return replace(first, note=f"{first.note or first.text} (of {len(components)} components, {alike} like this)")


def _component(node: str) -> str:
    """The component of a card, which may be of its replicas at one place: `api.zone-a`."""
    return node.partition(".")[0]
