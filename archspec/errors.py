"""What can go wrong, as values: where it is, what it is, what to do about it.

ArchspecError
├── SpecError      the spec is invalid: carries every Problem found, not only the first   (exit status 2)
├── UsageError     the command was asked for something that cannot be                     (exit status 2)
│   └── MissingExtraError   a feature needs an optional dependency
└── DefectError    archspec itself is wrong: a broken invariant                           (exit status 3)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archspec.frozen import frozen
from archspec.printable import one_line


class Span(NamedTuple):
    """A stretch of text in a file. Lines and columns count from 1; the end column is exclusive.

    >>> Span("a.yaml", 3, 5, 3, 9).label
    'a.yaml:3:5'
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def label(self) -> str:
        """`file:line:column`, as terminals and editors make clickable; on one line whatever the file is called."""
        return f"{one_line(self.file)}:{self.line}:{self.column}"


@frozen
class Problem:
    """One mistake in a spec.

    `message` says what is wrong and `remedy` what to do; both are one sentence, the remedy ends in a period.
    `related` are other places that take part (the first of two equal ids, say) with a word on each.
    `code` is a rule's code where the mistake has one (STR01, STR02), else `syntax` or `schema`.
    """

    message: str
    remedy: str
    span: Span | None = None
    code: str = "schema"
    related: tuple[tuple[Span, str], ...] = ()

    def __post_init__(self) -> None:
        """Cut what a spec has let grow: a message quotes it."""
        for name in ("message", "remedy"):
            text = getattr(self, name)
            if len(text) > _LONGEST:
                object.__setattr__(self, name, f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 4 :]}")


MOST_PROBLEMS = 100
"""So many mistakes of one spec are told: more are the same one, or somebody's joke."""

_LONGEST = 2000


def first_problems(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The first problems, and a last one with the number of the others; all where they are few."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    last = problems[MOST_PROBLEMS - 1]
    more = f"and {len(problems) - MOST_PROBLEMS} problems more"
    return (*problems[:MOST_PROBLEMS], Problem(more, "fix those above first.", last.span, last.code))


class ArchspecError(Exception):
    """Base of everything that archspec raises on purpose."""


@dataclass
class SpecError(ArchspecError):
    """A spec cannot be read or is invalid. `problems` is never empty and is sorted by position."""

    problems: tuple[Problem, ...]
    sources: dict[str, str] = field(default_factory=dict)
    """Text of each file that takes part, by the name used in the spans, for code frames."""

    def __str__(self) -> str:
        told = ((f"{p.span.label}: " if p.span else "", one_line(f"{p.message}; {p.remedy}")) for p in self.problems)
        return "\n".join(place + text for place, text in told)


class UsageError(ArchspecError):
    """The command cannot do what it was asked: an unknown flow, a file that is not there. Says what to do."""


class MissingExtraError(UsageError):
    """A feature needs an optional dependency.

    >>> raise MissingExtraError("compiled simulation", "fast")
    Traceback (most recent call last):
    archspec.errors.MissingExtraError: compiled simulation needs the extra 'fast'; pip install 'archspec-code[fast]'.
    """

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs the extra '{extra}'; pip install 'archspec-code[{extra}]'.")
        self.extra = extra


class DefectError(ArchspecError):
    """An invariant of archspec itself is broken; never the user's fault."""
