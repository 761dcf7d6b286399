"""A spec to be: elements with fields, each field with its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archspec.importers.facts import Evidence, Grade, Section, Subject

WHY = "#"
"""The key of a mapping inside a value (a step of a flow) under which its reason stands; it is written as a comment."""


@dataclass(slots=True)
class Field:
    """One value, why it is believed, and what other files say instead."""

    value: Any
    evidence: Evidence
    others: list[tuple[Any, Evidence]] = field(default_factory=list)

    @property
    def why(self) -> str:
        """The reason, with what contradicts it."""
        said = [
            f"{evidence.file} says {value}" for value, evidence in self.others if isinstance(value, str | int | float)
        ]
        return "; but ".join([self.evidence.why, *said])


@dataclass(slots=True)
class Part:
    """One element of a spec."""

    subject: Subject
    evidence: Evidence
    """Of its being there at all: the best there is."""
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def data(self) -> dict[str, Any]:
        """Its fields as plain data."""
        return {name: each.value for name, each in self.fields.items()}

    def value(self, name: str) -> Any:
        """A field's value; None where it has none."""
        return self.fields[name].value if name in self.fields else None


@dataclass(slots=True)
class Draft:
    """What the files say, joined; and what the report has to tell."""

    name: str
    description: str
    parts: dict[Subject, Part] = field(default_factory=dict)
    guessed: list[Part] = field(default_factory=list)
    """What only names say: written as comments."""
    left_out: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)

    def of(self, section: Section) -> Iterator[Part]:
        """The elements of a section, in order."""
        return (part for subject, part in self.parts.items() if subject.section is section)

    def grades(self) -> dict[Grade, int]:
        """How many connections there are by grade, the best first."""
        counts = dict.fromkeys(sorted(Grade, reverse=True), 0)
        for part in self.of(Section.CONNECTIONS):
            counts[part.evidence.grade] += 1
        return {grade: count for grade, count in counts.items() if count}
