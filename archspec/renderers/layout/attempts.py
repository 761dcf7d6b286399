"""Which layouts of a scene are tried: each way has pictures that it suits."""

from archspec.renderers import Direction, Fit, Scene
from archspec.renderers.card import BESIDE_TEXT, TEXT_NARROW
from archspec.renderers.layout.dot_source import NODE_GAP, Attempt

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
