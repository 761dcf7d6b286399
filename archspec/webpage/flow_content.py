"""A flow on the page: how a request of it ends, and what the page needs to walk and break it."""

from enum import Enum

from archspec.frozen import frozen
from archspec.webpage.fact import Fact
from archspec.webpage.tone import Tone


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
