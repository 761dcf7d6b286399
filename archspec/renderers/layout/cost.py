"""How far from good a layout is, in one number, so that the best of several can be kept."""

from collections.abc import Sequence
from math import log

from archspec.renderers import PlacedScene
from archspec.renderers.fit import NAME_SIZE, Fit
from archspec.renderers.layout.lines import Lines, lines
from archspec.renderers.layout.quality import Quality, quality
from archspec.renderers.layout.stops import PORT_GAP

CLEARLY = 0.85
"""How much cheaper another layout than the first must be, lest a picture jumps at every small change."""
TALLEST, WIDEST = 0.35, 2.1
"""Between which width over height a picture should keep that may be scrolled."""


def cheapest(found: Sequence[PlacedScene], fit: Fit) -> PlacedScene:
    """The best of some layouts of one scene, the first one unless another is clearly better."""
    if len(found) == 1:
        return found[0]
    costs = [cost(placed, fit) for placed in found]
    best = min(range(len(found)), key=lambda index: costs[index])
    return found[best] if costs[best] < CLEARLY * costs[0] else found[0]


def cost(placed: PlacedScene, fit: Fit) -> float:
    """What is wrong first, then what cannot be read, then what is hard to follow, then length and size."""
    found, followed = quality(placed), lines(placed)
    return _faults(found, followed) + _smallness(placed, fit) + _tangle(found, followed)


def _faults(found: Quality, followed: Lines) -> float:
    faults = found.label_overlaps + found.edges_through_nodes + found.title_overlaps + followed.loose_ends
    ports = followed.closest_ports
    narrow = ports is not None and ports < PORT_GAP - 0.5
    return 10_000.0 * faults + 1_000.0 * narrow + 400.0 * followed.shared + 100.0 * followed.kinks


def _smallness(placed: PlacedScene, fit: Fit) -> float:
    missing = NAME_SIZE - fit.text(placed.width, placed.height)
    aspect = placed.width / placed.height
    outside = max(log(TALLEST / aspect), log(aspect / WIDEST), 0.0) if fit.height is None else 0.0
    return 25.0 * missing * missing + 400.0 * outside


def _tangle(found: Quality, followed: Lines) -> float:
    inversions = followed.siblings - followed.in_order
    lost = 200 * found.strange_frames + 90 * found.crossings + 80 * inversions + 4 * found.bends
    return lost + found.edge_length / 40 + found.area / 20_000
