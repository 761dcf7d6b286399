"""What the page holds of flows, of groups and of what can be taken down or laid over its views."""

from enum import Enum

from archspec.frozen import frozen
from archspec.validators import Severity


class Tone(Enum):
    """Good news or bad."""

    PLAIN = "plain"
    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    BAD = "bad"

    @property
    def sign(self) -> str:
        """A mark that says it without colour; empty for the plain one."""
        return {Tone.PLAIN: "", Tone.GOOD: "✓", Tone.NOTE: "i", Tone.WARNING: "!", Tone.BAD: "✕"}[self]


def tone_of(severity: Severity) -> Tone:
    """How a finding sounds."""
    return {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARNING, Severity.INFO: Tone.NOTE}[severity]


@frozen
class Fact:
    """A figure with its name. `href` leads to more about it."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.PLAIN
    href: str = ""


@frozen
class StandingContent:
    """What flows lose with an element, said once for all `flows` (ids) of which it is the same.

    `alone` says what fails with one of its parts alone, `cost` how much longer the flow would be up in a year if the
    costliest of them never failed; both are empty where there is nothing to say. `cuts` are the smallest sets of parts,
    one of its own among them, whose failure together fails requests; `more` of them are only counted.
    """

    flows: tuple[str, ...]
    alone: str
    cost: str
    cuts: tuple[str, ...]
    more: int


class PartKind(Enum):
    """What can be taken down, or made slow."""

    COMPONENT = "component"
    REPLICA = "replica"
    GROUP = "group"
    SLOW = "slow"
    PAIR = "pair"


@frozen
class BreakingContent:
    """What the page has to know of a flow to break it by itself.

    `met` are the components whose failure may be felt; `caches` those on the way, by their numbers in the engine, that
    have something to ask on a miss. `failing` says for parts how many of all requests fail while one is down ("all",
    "10%"), where some do; "" where that is not known. It is None where nothing is known of any part.
    """

    met: tuple[str, ...] = ()
    caches: tuple[int, ...] = ()
    failing: tuple[tuple[str, str], ...] | None = None


@frozen
class FlowContent:
    """A kind of request, and how one ends with all parts up: `answer` is what the user gets, in a few words."""

    id: str
    title: str
    description: str
    request: str
    facts: tuple[Fact, ...]
    answer: str
    tone: Tone
    duration: str
    """Until the answer, in words; empty where nothing says how long any of it takes."""
    tree: str = ""
    """The trace as text: what is read without JavaScript."""
    remarks: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Title and path of each file beside the page."""


@frozen
class GroupContent:
    """A group and the components that stand in it, at any depth."""

    id: str
    title: str
    kind: str
    description: str
    members: tuple[str, ...]
    findings: tuple[int, ...] = ()
    """Indices of the page's findings that are about it."""
    standing: tuple[StandingContent, ...] = ()


@frozen
class LossContent:
    """How many of a component's replicas a failure takes."""

    component: str
    replicas: int
    of: int


@frozen
class PartContent:
    """Something that can be taken down or made slow, and what goes with it.

    `what` is its kind in a word ("zone"), or how slow it is. A slow part loses no replica of its component.
    `both` are the two parts of a pair.
    """

    id: str
    title: str
    kind: PartKind
    what: str
    losses: tuple[LossContent, ...]
    both: tuple[str, ...] = ()


@frozen
class ReadingContent:
    """What is known of a component; of several drawn as one, that of the highest rank is shown."""

    component: str
    text: str
    tint: str
    rank: float
    note: str


@frozen
class LayerContent:
    """One overlay. `keys` are tints and what they mean; `notes` say what no card can show."""

    name: str
    summary: str
    readings: tuple[ReadingContent, ...]
    keys: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
