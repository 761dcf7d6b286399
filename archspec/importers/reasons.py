"""Facts of one source, with less to write at each of them."""

from dataclasses import dataclass, field
from typing import Any

from archspec.importers.facts import Evidence, Fact, Grade, Hint, Subject, component, connection


@dataclass(slots=True)
class Facts:
    """Collects the facts of one file."""

    file: str
    found: list[Fact] = field(default_factory=list)

    def add(
        self,
        subject: Subject,
        name: str | Hint,
        value: Any,
        why: str,
        line: int | None = None,
        grade: Grade = Grade.STATED,
    ) -> None:
        """One fact; nothing where the value is None."""
        if value is not None:
            self.found.append(Fact(subject, name, value, Evidence(grade, why, self.file, line)))

    def part(self, id_: str, name: str | Hint, value: Any, why: str, line: int | None = None) -> None:
        """A fact on a component that its file states."""
        self.add(component(id_), name, value, why, line)

    def asks(
        self,
        from_: str,
        to: str,
        why: str,
        line: int | None = None,
        *,
        grade: Grade = Grade.STATED,
        protocol: str | None = None,
        label: str | None = None,
    ) -> None:
        """A connection, and what its arrow carries and says."""
        subject = connection(from_, to)
        self.add(subject, Hint.EXISTS, True, why, line, grade)
        self.add(subject, "protocol", protocol, why, line, grade)
        self.add(subject, "label", label, why, line, grade)
