"""`archspec.diff`: two versions of a system held against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from json import loads
from os import PathLike, fspath
from pathlib import Path
from typing import ClassVar

from archspec.difference.change import Change
from archspec.difference.consequence import Consequence, Effect
from archspec.difference.difference import Difference as Compared
from archspec.difference.difference import Side, difference
from archspec.face.given import SystemLike, architecture_of, file_of, place_of
from archspec.face.rows import Reported, Rows
from archspec.frozen import frozen
from archspec.validators import Finding


@frozen
class Difference(Reported):
    """What changed between two versions, what that does to figures and findings, and a picture of both."""

    base: str
    head: str
    changes: Rows[Change]
    consequences: Rows[Consequence]
    """What gets worse comes first."""
    new: Rows[Finding]
    gone: Rows[Finding]
    renames: Mapping[str, Mapping[str, str]]
    """By section, the new names by the old ones."""
    notes: tuple[str, ...]
    _subject: ClassVar = "difference"
    _reported: Compared = field(repr=False, compare=False)

    @property
    def worse(self) -> Rows[Consequence]:
        """The figures that get worse."""
        return Rows(each for each in self.consequences if each.verdict is Effect.WORSE)

    def breaks(self, *policies: str) -> bool:
        """Whether one of these has happened: `"worse"`, `"finding"`, `"single-point"`, `"objective"`, `"change"`.

        Raises:
            UsageError: there is no such policy.

        """
        from archspec.difference.policy import policies as known

        return any(self._reported.breaks(policy) for policy in known(policies))

    def to_dict(self) -> dict[str, object]:
        """The whole as `--format json` has it."""
        found: dict[str, object] = loads(self.written("json"))
        return found

    def __repr__(self) -> str:
        from archspec.reports import summary

        return f"Difference({self.base!r} to {self.head!r}: {summary(self._reported)})"

    def _repr_svg_(self) -> str:
        return str(self.written("svg"))


def diff(
    base: SystemLike,
    head: SystemLike | None = None,
    *,
    view: str | None = None,
    config: str | PathLike[str] | None = None,
    isolated: bool = False,
    renames: bool = True,
    simulate: Sequence[str] = (),
) -> Difference:
    """Hold two versions of a system against each other, as `archspec diff` does.

    Each is a system, or a text as the command takes it: a file, `"main:architecture.yaml"`, or a revision alone of the
    other's file. Without `head` it is the base's file as it is on disk. Both are judged by one configuration: that of
    `config`, else the nearest from the head's folder upwards; `isolated`: none. `view` is what the picture shows.
    Both run each scenario in `simulate` (`"rates"`: the flows' own; `"all"`) five times.

    Raises:
        SpecError: one of the two is invalid.
        UsageError: there is no such file, revision, view or scenario.

    >>> from archspec import Client, Server, System, call, changed
    >>> with System("Pair") as pair:
    ...     user, api = Client("user"), Server("api", replicas=2, availability="99%")
    ...     flow = pair.flow("ask", user, call(api))
    >>> found = diff(pair, changed(pair, {"api.replicas": 1}))
    >>> [(each.element, each.field, each.old, each.new) for each in found.changes]
    [('api', 'replicas', 2, 1)]
    >>> found.breaks("single-point")
    True

    """
    from archspec.validators import config_for

    one, two, notes = _sides(base, head)
    place = place_of(two.file) if head is None or isinstance(head, (str, PathLike)) else place_of(head)
    wishes = config_for(place, None if config is None else Path(fspath(config)), isolated=isolated)
    found = difference(one, two, wishes, finds_renames=renames, notes=notes, view=view, simulated=simulate)
    return Difference(
        base=one.name,
        head=two.name,
        changes=Rows(found.changes),
        consequences=Rows(found.consequences),
        new=Rows(found.new),
        gone=Rows(found.gone),
        renames=found.names,
        notes=found.notes,
        _reported=found,
    )


def _sides(base: SystemLike, head: SystemLike | None) -> tuple[Side, Side, tuple[str, ...]]:
    from archspec.difference.versions import read, versions

    if isinstance(base, (str, PathLike)) and (head is None or isinstance(head, (str, PathLike))):
        one, two = versions(fspath(base), None if head is None else fspath(head))
        (before, notes), (after, more) = read(one), read(two)
        return before, after, (*notes, *more)
    given = base if head is None else head
    return _side(base), _side(given), ()


def _side(system: SystemLike) -> Side:
    file = file_of(system)
    return Side(file, file, architecture_of(system))
