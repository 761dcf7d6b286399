"""Which names of several sources mean the same component."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archspec.frozen import frozen
from archspec.importers.draft import Draft, Part
from archspec.importers.facts import Evidence, Fact, Grade, Hint, Section, Subject, connection, identifier

REFERENCES = frozenset(
    {"logs_to", "metrics_to", "errors_to", "traces_to", "sessions_in", "caches", "replica_of", "dead_letter", "notify",
     "component", "from", "supervised_by"}
)  # fmt: skip
"""Fields whose values are ids of components."""

_TOLD = frozenset({"metrics_to"})
"""Fields of a component that nobody declares, of which the report tells."""


@frozen
class Identities:
    """The id of each name; `declared` are the ids that some file declares."""

    declared: frozenset[str]
    renamed: dict[str, str]
    aliases: dict[str, str]

    def of(self, name: str) -> str | None:
        """The id that a name means; None where nothing is declared by it."""
        id_ = self.renamed.get(name, name)
        if id_ in self.declared:
            return id_
        found = self.aliases.get(name.lower())
        return self.renamed.get(found, found) if found else None


def identities(facts: Sequence[Fact]) -> Identities:
    """Ids as they are declared; a name that one file has as an alias and another as an id is one component."""
    files: dict[str, set[str]] = {}
    called: list[tuple[str, str]] = []
    for fact in facts:
        if fact.subject.section is not Section.COMPONENTS:
            continue
        if fact.field in (Hint.EXISTS, "kind"):
            files.setdefault(fact.subject.id, set()).add(fact.evidence.file)
        elif fact.field is Hint.ALIAS:
            called.append((fact.subject.id, str(fact.value)))
    renamed = _products(facts)
    renamed |= _unnamed(facts)
    aliases: dict[str, str] = {}
    taken: set[str] = set()
    for id_, name in called:
        other = identifier(name)
        if other in files and other != id_ and not files[other] & files.get(id_, set()):
            renamed.setdefault(id_, other)
        elif aliases.setdefault(name.lower(), id_) != id_:
            taken.add(name.lower())
    return Identities(
        frozenset(set(files) - set(renamed)), renamed, {k: v for k, v in aliases.items() if k not in taken}
    )


def _products(facts: Sequence[Fact]) -> dict[str, str]:
    """What stands for the only component of a product: the id that another file has for it."""
    standing = {fact.subject.id: str(fact.value) for fact in facts if fact.field is Hint.STANDS_FOR}
    found: dict[str, str] = {}
    for id_, technology in standing.items():
        others = {
            fact.subject.id
            for fact in facts
            if fact.field == "technology" and fact.value == technology and fact.subject.id not in standing
        }
        if len(others) == 1:
            found[id_] = others.pop()
    return found


def _unnamed(facts: Sequence[Fact]) -> dict[str, str]:
    """Stores that one source knows by who asks them: the one of this product that another has beside the asker."""
    askers = {fact.subject.id: str(fact.value) for fact in facts if fact.field is Hint.UNNAMED}
    products = {fact.subject.id: fact.value for fact in facts if fact.field == "technology"}
    pairs = {(fact.subject.id, fact.subject.to) for fact in facts if fact.subject.section is Section.CONNECTIONS}
    found: dict[str, str] = {}
    for id_, asker in askers.items():
        alike = [one for one in products if one not in askers and products[one] == products.get(id_)]
        linked = [one for one in alike if (asker, one) in pairs]
        named = [one for one in alike if owner(one) == stem(asker)]
        one = linked if len(linked) == 1 else named
        if len(one) == 1:
            found[id_] = one[0]
    return found


def resolved(facts: Sequence[Fact], known: Identities) -> tuple[list[Fact], list[str]]:
    """The facts with one id for each component, and a line for each connection to what nobody declares."""
    found: list[Fact] = []
    lost: dict[str, None] = {}
    for fact in facts:
        subject = _subject(fact.subject, known)
        if subject is None:
            if fact.field is Hint.EXISTS or fact.field in _TOLD:
                lost[f"{' -> '.join(filter(None, (fact.subject.id, fact.subject.to)))}: {fact.evidence.why}"] = None
            continue
        value = fact.value
        if isinstance(fact.field, str):
            value = _value(fact.field, value, known)
            if value is None:
                lost[f"{subject.id}: {fact.field} {fact.value} ({fact.evidence.why})"] = None
                continue
        found.append(replace(fact, subject=subject, value=value))
    return found, list(lost)


def _subject(subject: Subject, known: Identities) -> Subject | None:
    match subject.section:
        case Section.CONNECTIONS:
            ends = known.of(subject.id), known.of(subject.to)
            if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
                return None
            return Subject(Section.CONNECTIONS, ends[0], ends[1])
        case Section.COMPONENTS:
            id_ = known.of(subject.id)
            return Subject(Section.COMPONENTS, id_) if id_ is not None else None
        case Section.GROUPS | Section.FLOWS | Section.ALERTS | Section.VIEWS:
            return subject


def _value(field: str, value: Any, known: Identities) -> Any:
    """A value whose ids are those that are declared; None where one is not."""
    if field in ("steps", "on_miss", "fallback", "parallel") and isinstance(value, list):
        steps = [_step(each, known) for each in value]
        return None if None in steps else steps
    if field not in REFERENCES:
        return value
    if isinstance(value, list):
        named = [known.of(str(each)) for each in value]
        return None if None in named else named
    return value if value == "local" else known.of(str(value))


def _step(step: dict[str, Any], known: Identities) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for key, value in step.items():
        if key == "call":
            named = [known.of(str(each)) for each in (value if isinstance(value, list) else [value])]
            made[key] = None if None in named else named if isinstance(value, list) else named[0]
        else:
            made[key] = _value(key, value, known) if isinstance(value, list) else value
        if made[key] is None:
            return None
    return made


_STORES = frozenset({"database", "cache", "object_store", "search_index"})
_ROLES = frozenset({"service", "server", "api", "app", "backend", "svc", "srv", "web"})


def alike(draft: Draft) -> list[Part]:
    """A guess for each store that bears the name of a service and is asked by nobody."""
    kinds = {part.subject.id: (str(part.value("kind")), part.evidence.file) for part in draft.of(Section.COMPONENTS)}
    asked = {part.subject.to for part in draft.of(Section.CONNECTIONS)}
    servers: dict[str, str] = {}
    for id_, (kind, _) in kinds.items():
        if kind in ("server", "worker"):
            servers.setdefault(stem(id_), id_)
    found = []
    for id_, (kind, file) in kinds.items():
        server = servers.get(owner(id_))
        if kind in _STORES and id_ not in asked and server is not None and server != id_:
            why = f"the names {server} and {id_} are alike"
            found.append(Part(connection(server, id_), Evidence(Grade.NAMED, why, file)))
    return found


def stem(id_: str) -> str:
    """A service's name without what says that it is one: `media-service` is `media`."""
    words = re.split(r"[-_]", id_.lower())
    return "-".join(words[:-1] if len(words) > 1 and words[-1] in _ROLES else words)


def owner(id_: str) -> str:
    """The name that a store's own begins with: `media-mongodb` is of `media`."""
    return "-".join(re.split(r"[-_]", id_.lower())[:-1])
