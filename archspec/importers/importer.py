"""What an importer of a foreign format is, and what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from archspec.frozen import frozen
from archspec.importers.facts import Fact
from archspec.importers.source import Source


@dataclass(slots=True)
class Reading:
    """What the files of one format say, and what of them is not in the facts."""

    name: str | None = None
    """The system's name, where a file states one."""
    description: str | None = None
    """What the system is for, where a file states it."""
    facts: list[Fact] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    """How many things of each sort were read: `{"services": 27}`."""
    not_understood: dict[str, int] = field(default_factory=dict)
    """What was met and has no place in a spec, by sort: `{"CronJob": 2}`."""
    unresolved: list[str] = field(default_factory=list)
    """References to what no file declares, one line each."""
    left_out: list[str] = field(default_factory=list)
    """What was understood and is not written, one line each with the reason."""
    notes: list[str] = field(default_factory=list)
    """What a reader should know besides: an unset variable, a file that is missing."""


@frozen
class Choices:
    """What the person asked for."""

    environment: str | None = None
    """Of a model with several deployment environments, the one to take."""
    profiles: tuple[str, ...] = ()
    """Compose profiles that are on."""


@frozen
class Importer:
    """A foreign format: how its files are known, and how they are read.

    `recognises` looks at content, never at a file's name; `read` is given all the sources of its format at once, in
    the order they were named.
    """

    name: str
    title: str
    """What a file of it is called in a sentence: "a Compose file"."""
    recognises: Callable[[Source], bool]
    read: Callable[[Sequence[Source], Choices], Reading]
    streams: bool = False
    """Whether its files may be larger than others can read: it is asked before those whether it knows a file."""
