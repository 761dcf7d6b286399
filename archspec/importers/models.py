"""What models of other tools have in common: things in one another, and arrows of every meaning between them."""

import re
from dataclasses import dataclass, field
from typing import Any

from archspec.frozen import frozen
from archspec.importers.facts import Section, Subject, component, connection, identifier
from archspec.importers.reasons import Facts
from archspec.importers.tables import kind_in, technology_in
from archspec.importers.texts import plain

_TAKES = re.compile(r"\b(?:subscribe[sd]?|consume[sd]?|receive[sd]?|takes?|polls?|listens?)\b", re.IGNORECASE)
_STORES = frozenset({"database", "cache", "queue", "topic", "object_store", "search_index", "file_store"})
_BROKERS = frozenset({"queue", "topic"})


@frozen
class Arrow:
    """A relationship as a model has it, by the model's own names."""

    from_: str
    to: str
    label: str | None = None
    protocol: str | None = None
    why: str = "a relationship of the model"
    line: int | None = None
    encrypted: bool = False


@dataclass(slots=True)
class Model:
    """Collects a model; `finish` gives its facts."""

    facts: Facts
    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each thing, by the model's own name."""
    ids: dict[str, str] = field(default_factory=dict)
    """The id in the spec, by the model's own name."""
    groups: dict[str, str] = field(default_factory=dict)
    """The ids of the things that hold others, by the model's own name."""
    arrows: list[Arrow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _stores: set[str] = field(default_factory=set)
    _parts: dict[str, list[str]] = field(default_factory=dict)
    """The things directly in each group, by the model's own names."""

    def id_for(self, name: str, wanted: str | None = None) -> str:
        """A free id for a thing of the model; numbered where it is taken."""
        base = identifier(wanted or name)
        id_, number = base, 1
        while id_ in self._taken:
            number += 1
            id_ = f"{base[:60]}-{number}"
        self._taken.add(id_)
        return id_

    def group(self, name: str, kind: str, why: str, line: int | None = None, wanted: str | None = None) -> Subject:
        """A thing that holds others, as a group."""
        self.groups[name] = self.id_for(name, wanted)
        subject = Subject(Section.GROUPS, self.groups[name])
        self.facts.add(subject, "kind", kind, why, line)
        return subject

    def thing(self, name: str, kind: str, why: str, line: int | None = None, wanted: str | None = None) -> Subject:
        """A thing that becomes a component."""
        self.kinds[name] = kind
        self.ids[name] = self.id_for(name, wanted)
        if kind in _STORES:
            self._stores.add(self.ids[name])
        subject = component(self.ids[name])
        self.facts.add(subject, "kind", kind, why, line)
        return subject

    def described(self, subject: Subject, data: dict[str, Any], why: str, line: int | None, **more: Any) -> None:
        """What a thing is called and what it is for; `more` are fields as they are, None where there is none."""
        label = plain(data.get("title") or data.get("name"))
        self.facts.add(subject, "label", label if label != subject.id else None, why, line)
        technology = plain(data.get("technology"))
        if technology and subject.section is Section.COMPONENTS:
            product = technology_in(technology) if subject.id in self._stores else None
            self.facts.add(subject, "technology", product or technology, why, line)
        self.facts.add(subject, "description", plain(data.get("description")), why, line)
        for name, value in more.items():
            self.facts.add(subject, name, value, why, line)

    def within(self, name: str, holder: str, why: str, line: int | None = None) -> None:
        """A thing or a group stands in a group; people and clients stand in none."""
        around = self.groups.get(holder)
        if around is None or name == holder:
            return
        self._parts.setdefault(holder, []).append(name)
        if name in self.groups:
            self.facts.add(Subject(Section.GROUPS, self.groups[name]), "within", around, why, line)
        elif self.kinds.get(name) not in (None, "person", "client"):
            self.facts.add(component(self.ids[name]), "group", around, why, line)

    def finish(self) -> None:
        """Give every arrow its direction: it leads from who asks, at a queue with the message."""
        for arrow in self.arrows:
            from_, to = self._part(arrow.from_), self._part(arrow.to)
            if from_ not in self.ids or to not in self.ids:
                self._lost(arrow)
            elif from_ != to:
                self._connect(arrow, from_, to)

    def _part(self, name: str) -> str:
        """A thing itself; of a whole that has one part, the part."""
        seen: set[str] = set()
        while name in self.groups and len(self._parts.get(name, ())) == 1 and name not in seen:
            seen.add(name)
            name = self._parts[name][0]
        return name

    def _lost(self, arrow: Arrow) -> None:
        groups = [name for name in (arrow.from_, arrow.to) if name in self.groups]
        missing = [name for name in (arrow.from_, arrow.to) if name not in self.groups and name not in self.ids]
        if missing:
            self.unresolved.append(
                f"{arrow.from_} -> {arrow.to}: {plain(missing[0]) or 'an end without a name'} is not declared"
            )
        else:
            self.unresolved.append(f"{arrow.from_} -> {arrow.to}: {groups[0]} is a whole, and no part of it is named")

    def _connect(self, arrow: Arrow, asks: str, asked: str) -> None:
        source, target = self.kinds[asks], self.kinds[asked]
        from_, to = self.ids[asks], self.ids[asked]
        why, label = arrow.why, plain(arrow.label)
        takes = label is not None and _TAKES.search(label) is not None
        if target == "person":
            self.left_out.append(f"{from_} -> {to}: {label or 'a relationship'}; nobody asks a person")
            return
        if (target == "client" and source not in ("person", "client")) or (takes and target in _BROKERS):
            leads = "with the message" if target in _BROKERS else "from who asks"
            why = f'{why}; turned round, since the arrow leads {leads}; was "{label or "an arrow"}"'
            from_, to, label = to, from_, None
        self.facts.asks(from_, to, why, arrow.line, label=label, protocol=arrow.protocol)
        if arrow.encrypted:
            self.facts.add(connection(from_, to), "encryption", "in_transit", why, arrow.line)


def kind_of(*said: str | None, otherwise: str = "server") -> tuple[str, str]:
    """The kind that a model's words say, and the reason."""
    found = kind_in(*said)
    return (found[0], f"it is called a {found[1]}") if found else (otherwise, "its type says no more")


def secured(text: str | None) -> bool:
    """Whether words on a relationship say that it is encrypted."""
    return re.search(r"\b(?:m?tls|ssl)\b", text or "", re.IGNORECASE) is not None
