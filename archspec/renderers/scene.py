"""What a picture shows, before anything has a place: the contract between the model and every format."""

from collections import Counter
from collections.abc import Mapping
from enum import Enum

from archspec.frozen import frozen
from archspec.model import Shape

USUAL, USUAL_SHARE = 5, 0.6
"""How many arrows, and what share of a style's, make a label the usual one."""


class EdgeStyle(Enum):
    """What flows along an edge; each is drawn with a line of its own."""

    REQUEST = "request"  # solid: asks and waits
    ASYNCHRONOUS = "asynchronous"  # dashed: a message, nobody waits
    TELEMETRY = "telemetry"  # dotted: logs, metrics, errors, traces, notifications
    DELIVERY = "delivery"  # thin: a change on its way


class Direction(Enum):
    """Where requests flow to in the picture."""

    RIGHT = "right"
    DOWN = "down"
    LEFT = "left"
    UP = "up"

    @property
    def is_horizontal(self) -> bool:
        """Whether ranks are columns."""
        return self in (Direction.RIGHT, Direction.LEFT)


class BoundaryKind(Enum):
    """What a group bounds; each has its own outline."""

    SYSTEM = "system"
    TEAM = "team"
    NETWORK = "network"
    CLUSTER = "cluster"
    PROVIDER = "provider"
    REGION = "region"
    ZONE = "zone"
    HOST = "host"
    PIPELINE = "pipeline"


class Mark(Enum):
    """How a part of one picture of two versions differs; what has none is drawn faint where others have one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def sign(self) -> str:
        """What says the same without a colour."""
        return {Mark.ADDED: "+", Mark.REMOVED: "−", Mark.CHANGED: "~"}[self]


class Tint(Enum):
    """What a reading means, as the name of a theme's colours."""

    GOOD = "good"
    FAIR = "external"
    BAD = "bad"
    FIRST = "network"
    SECOND = "compute"
    THIRD = "data"
    FOURTH = "channel"
    FIFTH = "observation"
    SIXTH = "delivery"
    OTHER = "people"


@frozen
class Reading:
    """What an overlay writes on a card. `note` is for its tool tip; of cards drawn as one, that of the highest `rank`
    is written.
    """

    text: str
    tint: Tint
    rank: float = 0.0
    note: str = ""


@frozen
class Key:
    """A tint and what it means, for the legend."""

    tint: Tint
    meaning: str


@frozen
class Link:
    """A named address to open from a node."""

    title: str
    url: str


@frozen
class SceneNode:
    """One box: a component, a replica of one, a group drawn as one box, or a stage of a pipeline.

    `kind` is in words ("load balancer"). `replicas` above 1 is drawn as a stack with the count.
    `boundary` is the id of the innermost boundary it stands in. `members` is how many components a
    collapsed group stands for, `holds` their ids. A muted node is there for orientation and drawn faint.
    """

    id: str
    label: str
    shape: Shape
    kind: str = ""
    technology: str = ""
    description: str = ""
    replicas: int = 1
    members: int = 0
    boundary: str | None = None
    is_ours: bool = True
    muted: bool = False
    links: tuple[Link, ...] = ()
    mark: Mark | None = None
    holds: tuple[str, ...] = ()
    reading: Reading | None = None


@frozen
class Boundary:
    """A named frame round nodes and other boundaries. `note` is a word beside its name (its trust)."""

    id: str
    label: str
    kind: BoundaryKind
    within: str | None = None
    note: str = ""
    mark: Mark | None = None


@frozen
class SceneEdge:
    """An arrow. `label` is shown on it, `description` is its tool tip; `step` numbers it in a flow. `count` is how many
    connections it stands for. `name` tells it from others between the same two. With a `frame` it ends at the border of
    that boundary, in which `target` stands. `facts` are what else is known of it, and shown where the scene says so.
    `is_both_ways`: the target asks the source as well.
    """

    source: str
    target: str
    style: EdgeStyle = EdgeStyle.REQUEST
    label: str = ""
    description: str = ""
    step: str = ""
    muted: bool = False
    mark: Mark | None = None
    count: int = 1
    name: str = ""
    frame: str = ""
    facts: tuple[str, ...] = ()
    is_both_ways: bool = False

    @property
    def end(self) -> str:
        """The id of the node or boundary that it ends at."""
        return self.frame or self.target

    @property
    def is_loop(self) -> bool:
        """Whether a node asks itself."""
        return self.source == self.target


@frozen
class Scene:
    """A picture's content. `name` is an identifier, unique among the pictures of a spec.

    Edges name nodes; boundaries form a forest by `within`; the order of all three is the order of the
    spec, which the layout keeps where it can. `notes` are remarks for the reader of the command's output
    (say, that groups were collapsed). `keys` explain the tints of readings. `with_facts`: lines say all that is known
    of them.
    """

    name: str
    title: str
    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    description: str = ""
    direction: Direction = Direction.RIGHT
    notes: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    with_facts: bool = False

    @property
    def usual(self) -> Mapping[EdgeStyle, str]:
        """The label that nearly all arrows of a style have, which a picture says once; none where an arrow of the style
        has no label, or is told as a step or as a change.
        """
        found: dict[EdgeStyle, str] = {}
        for style in self.legend:
            edges = [edge for edge in self.edges if edge.style is style]
            label, count = Counter(edge.label for edge in edges).most_common(1)[0]
            is_told = any(edge.step or edge.mark or not edge.label for edge in edges)
            if not is_told and count >= max(USUAL, USUAL_SHARE * len(edges)):
                found[style] = label
        return found

    @property
    def legend(self) -> tuple[EdgeStyle, ...]:
        """The styles of edges that occur, in the order of the enum; a marked edge is drawn as its mark says."""
        used = {edge.style for edge in self.edges if edge.mark is None}
        return tuple(style for style in EdgeStyle if style in used)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that occur, in the order of the enum."""
        used = {
            *(node.mark for node in self.nodes),
            *(edge.mark for edge in self.edges),
            *(boundary.mark for boundary in self.boundaries),
        }
        return tuple(mark for mark in Mark if mark in used)
