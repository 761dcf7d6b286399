"""A flow on the page: one request walked through, and what the page needs to break it."""

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
class BreakingContent:
    """What the page has to know of a flow to break it by itself.

    `met` are the components whose failure may be felt; `caches` those on the way, by their numbers in the engine, that
    have something to ask on a miss. `failing` says for parts how many of all requests fail while one is down ("all",
    "10%"), where some do; "" where that is not known. It is None where nothing is known of any part.
    """

    met: tuple[str, ...] = ()
    caches: tuple[int, ...] = ()
    failing: tuple[tuple[str, str], ...] | None = None


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
    breaking: BreakingContent = BreakingContent()
    remarks: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Title and path of each file beside the page."""
