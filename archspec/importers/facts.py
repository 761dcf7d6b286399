"""Facts: what the files of a system say, each with its evidence.

A fact is one field of one part of the spec to be: `cache` is a component of kind `cache`, since the image is `redis`.
Facts of several sources are joined by `archspec.importers.joining`; nothing here knows a foreign format.
"""

import re
from enum import Enum, IntEnum, StrEnum
from typing import Any

from archspec.frozen import frozen

OUTSIDE = "outside"
"""The id of the client that stands for whoever asks and is in no file."""


class Grade(IntEnum):
    """How good a fact's evidence is; of two facts that disagree, the better grade wins.

    `NAMED` is a guess: it is written as a comment, or for real with `--guess`.
    """

    NAMED = 1
    """Only the names are alike (`media-service`, `media-memcached`)."""
    ORDERED = 2
    """Something starts after something else (`depends_on`, an init container that waits)."""
    ALLOWED = 3
    """A network policy or an open port lets it happen."""
    STATED = 4
    """A file says it: a variable, an argument, a route, a field."""
    SEEN = 5
    """It happened: a span."""


@frozen
class Evidence:
    """Why a fact is believed: one line for a reader, and where it stands.

    `why` holds keys, hosts, ports and names; never a user, password, path or query of a value that was read.
    """

    grade: Grade
    why: str
    file: str
    line: int | None = None


class Section(StrEnum):
    """The parts of a spec that a fact can be about."""

    GROUPS = "groups"
    COMPONENTS = "components"
    CONNECTIONS = "connections"
    FLOWS = "flows"
    ALERTS = "alerts"
    VIEWS = "views"


@frozen(order=True)
class Subject:
    """What a fact is about: an element by its id; of connections, `id` asks and `to` answers."""

    section: Section
    id: str
    to: str = ""


class Hint(Enum):
    """What helps to join facts and is no field of a spec."""

    EXISTS = "exists"
    """The element is there; value: True."""
    ALIAS = "alias"
    """Another name of a component: its host, its container, its service's name in traces; value: the name."""
    LISTENS = "listens"
    """The component has a port, so that somebody may ask it; value: the port, or False where nobody can ask it."""
    USE = "use"
    """What others say that they use it for, which is stronger than what it is; value: a kind."""
    STANDS_FOR = "stands for"
    """The component is the only one of a product, by whatever id other files have it; value: its technology."""
    UNNAMED = "unnamed"
    """The component is known by who asks it, and not by name; value: the id of who asks."""
    ALSO = "also"
    """What a reader should know beside the reason, and no field can say: it is written into the comment; value: words.
    It makes no element: where nothing else speaks of one, it is passed over."""
    CHECK = "check"
    """The health check by which what stands before it finds out; value: the fields of `health_check`."""


@frozen
class Fact:
    """One field of one element, as plain data in the language of specs (`"10s"`, `4`, `["a"]`, `{"min": 2}`)."""

    subject: Subject
    field: str | Hint
    value: Any
    evidence: Evidence


def component(id_: str) -> Subject:
    """A component."""
    return Subject(Section.COMPONENTS, id_)


def connection(from_: str, to: str) -> Subject:
    """The connection of two components, each by its id or one of its aliases."""
    return Subject(Section.CONNECTIONS, from_, to)


def identifier(name: str) -> str:
    """A name as an id of a spec: what an id cannot hold becomes `-`, the rest stays as it is.

    >>> identifier("E-mail System (v2)"), identifier("3scale"), identifier("my.svc_a")
    ('E-mail-System-v2', 'x-3scale', 'my-svc_a')
    """
    words = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_") or "unnamed"
    return (words if words[0].isalpha() else f"x-{words}")[:64].rstrip("-")
