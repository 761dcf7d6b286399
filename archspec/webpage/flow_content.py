"""A flow on the page: one request walked through, and what becomes of it when a part is down."""

from dataclasses import dataclass
from enum import Enum

from archspec.webpage.fact import Fact
from archspec.webpage.tone import Tone


@dataclass(frozen=True, slots=True)
class CallContent:
    """One attempt of a call, or own work (caller and callee are then the same). Times in ns from the start.

    `answer` is what came back ("200", "504", "timeout"); `notes` say what is special about it (a miss, the
    second attempt, a fallback). `abandoned`: it went on when nobody waited any more; `heard`: the caller learnt
    of its end.
    """

    depth: int
    caller: str
    callee: str
    replica: str
    title: str
    start: int
    end: int
    answer: str
    tone: Tone
    notes: tuple[str, ...] = ()
    abandoned: bool = False
    heard: bool = True
    timed: bool = True
    """Whether anything says how long it takes; else no time is shown."""


class EmissionKind(Enum):
    """What a request leaves behind for those who watch."""

    LOG = "log"
    METRIC = "metric"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class EmissionContent:
    """Something sent to an observer at a moment, in ns."""

    kind: EmissionKind
    at: int
    source: str
    target: str
    text: str
    timed: bool = True


@dataclass(frozen=True, slots=True)
class AlarmContent:
    """An alert that would fire if every request went like this one.

    `sentence` ("success-rate would fire after 5m and notify slack") has no full stop; `brief` says it in a cell.
    """

    sentence: str
    brief: str


@dataclass(frozen=True, slots=True)
class RunContent:
    """One request from beginning to end. `answer` is what the user gets, in a few words.

    `calls` are in the order of the tree: a call, then what it asked.
    """

    answer: str
    tone: Tone
    duration: int
    calls: tuple[CallContent, ...]
    emissions: tuple[EmissionContent, ...] = ()
    alarms: tuple[AlarmContent, ...] = ()
    timed: bool = True
    """Whether anything says how long any of it takes."""


class PartKind(Enum):
    """What can be taken down, or made slow."""

    COMPONENT = "component"
    REPLICA = "replica"
    GROUP = "group"
    SLOW = "slow"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class BreakContent:
    """The same request while one part is down. Runs that went alike share one `RunContent`.

    `what` is the part's kind in a word ("zone"). `changed`: the user notices, or somebody is told. `missed` is the
    run in which the caches on the way miss too, where that comes out worse. `failing` says how many of all requests
    fail ("all", "10%"); empty where that is not known.
    """

    part: str
    title: str
    kind: PartKind
    what: str
    run: RunContent
    changed: bool = True
    missed: RunContent | None = None
    failing: str = ""


@dataclass(frozen=True, slots=True)
class FlowContent:
    """A kind of request; `run` is the one with all parts up."""

    id: str
    title: str
    description: str
    request: str
    facts: tuple[Fact, ...]
    run: RunContent
    tree: str = ""
    """The trace as text."""
    sequence: str = ""
    """The trace as a sequence diagram: an SVG document without a font of its own."""
    breaks: tuple[BreakContent, ...] = ()
    remarks: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Title and path of each file beside the page."""
