"""Rows of no more cards than go side by side: who is pushed down a row, so that a picture keeps to its width."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Chain = tuple[str, ...]
"""The frames round a node, outermost first."""


def rows(
    nodes: Sequence[str], edges: Sequence[tuple[str, str]], most: int, frames: Mapping[str, Chain] | None = None
) -> Mapping[str, int]:
    """The row of each node, such that every edge runs downwards and no more than `most` stand side by side, frames that
    begin above and end below counted as wide as they are. Where that cannot be, a row is longer.

    `edges` have no cycle. Those who have much below them go first, then in the order of the spec; a frame that is begun
    is filled before another is.

    >>> rows(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("a", "d")], 2)
    {'a': 0, 'b': 1, 'c': 1, 'd': 2}
    """
    below: dict[str, list[str]] = defaultdict(list)
    above = dict.fromkeys(nodes, 0)
    for source, target in edges:
        below[source].append(target)
        above[target] += 1
    chains = {node: (frames or {}).get(node, ()) for node in nodes}
    room = _Room(most, chains, _widths(chains, edges, most))
    heights, number = _heights(nodes, below, above), {node: index for index, node in enumerate(nodes)}
    found: dict[str, int] = {}
    ready, row = [node for node in nodes if not above[node]], 0
    while ready:
        ready.sort(key=lambda node: (not room.has_begun(node), -heights[node], number[node]))
        here = room.taken(ready)
        ready = [node for node in ready if node not in here]
        for node in here:
            found[node] = row
            for target in below[node]:
                above[target] -= 1
                if not above[target]:
                    ready.append(target)
        row += 1
    return {node: found[node] for node in nodes}


@dataclass
class _Room:
    """What stands in the frames so far. `widths`: how many cards go side by side in each frame that holds cards."""

    most: int
    chains: Mapping[str, Chain]
    widths: Mapping[str, int]
    begun: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.members = Counter(frame for chain in self.chains.values() for frame in chain)
        self.parents = {
            frame: chain[index - 1] if index else None
            for chain in self.chains.values()
            for index, frame in enumerate(chain)
        }

    def has_begun(self, node: str) -> bool:
        """Whether the innermost frame round the node holds something already; so does the picture itself."""
        chain = self.chains[node]
        return not chain or self.begun[chain[-1]] > 0

    def taken(self, ready: Sequence[str]) -> frozenset[str]:
        """Who of those that are ready goes into the next row: at least the first of them."""
        here: list[str] = []
        for node in ready:
            if not here or self._fits([*here, node]):
                here.append(node)
        for node in here:
            self.begun.update(self.chains[node])
        return frozenset(here)

    def _fits(self, here: Sequence[str]) -> bool:
        direct = Counter(self.chains[node][-1] if self.chains[node] else None for node in here)
        if any(frame is not None and count > self.widths[frame] for frame, count in direct.items()):
            return False
        entered = {frame for node in here for frame in self.chains[node]}
        open_ = entered | {frame for frame, count in self.begun.items() if 0 < count < self.members[frame]}
        return self._width(None, open_, direct) <= self.most

    def _width(self, frame: str | None, open_: set[str], direct: Mapping[str | None, int]) -> int:
        inside = sum(self._width(inner, open_, direct) for inner in open_ if self.parents[inner] == frame)
        own = self.widths.get(frame, 0) if frame is not None and not inside else direct.get(frame, 0)
        return max(inside + own, 1 if frame is not None else 0)


def _widths(chains: Mapping[str, Chain], edges: Sequence[tuple[str, str]], most: int) -> dict[str, int]:
    """How many cards go side by side in each frame: as many as its own edges leave on one level, and where there are
    several frames not more than half of the picture.
    """
    home = {node: chain[-1] for node, chain in chains.items() if chain}
    level = dict.fromkeys(home, 0)
    own = [(a, b) for a, b in edges if a in home and home[a] == home.get(b)]
    for _ in range(len(level)):
        lower = {b: level[a] + 1 for a, b in own if level[b] <= level[a]}
        if not lower:
            break
        level.update(lower)
    sizes = Counter((frame, level[node]) for node, frame in home.items())
    limit = most if len(set(home.values())) == 1 else max(2, most // 2)
    found: dict[str, int] = {}
    for (frame, _), count in sizes.items():
        found[frame] = min(limit, max(found.get(frame, 1), count))
    return found


def _heights(nodes: Sequence[str], below: Mapping[str, list[str]], above: Mapping[str, int]) -> dict[str, int]:
    """How many rows hang below each node."""
    left, order = dict(above), [node for node in nodes if not above[node]]
    for node in order:
        for target in below.get(node, ()):
            left[target] -= 1
            if not left[target]:
                order.append(target)
    heights: dict[str, int] = {}
    for node in reversed(order):
        heights[node] = 1 + max((heights[target] for target in below.get(node, ())), default=-1)
    return heights
