"""Connections that only names suggest: `media-service` and `media-memcached`."""

import re

from archspec.importers.draft import Draft, Part
from archspec.importers.facts import Evidence, Grade, Section, connection

_STORES = frozenset({"database", "cache", "object_store", "search_index"})
_ROLES = frozenset({"service", "server", "api", "app", "backend", "svc", "srv", "web"})


def alike(draft: Draft) -> list[Part]:
    """A guess for each store that bears the name of a service and is asked by nobody."""
    kinds = {part.subject.id: (str(part.value("kind")), part.evidence.file) for part in draft.of(Section.COMPONENTS)}
    asked = {part.subject.to for part in draft.of(Section.CONNECTIONS)}
    servers: dict[str, str] = {}
    for id_, (kind, _) in kinds.items():
        if kind in ("server", "worker"):
            servers.setdefault(_stem(id_), id_)
    found = []
    for id_, (kind, file) in kinds.items():
        owner = servers.get(_before_last(id_))
        if kind in _STORES and id_ not in asked and owner is not None and owner != id_:
            why = f"the names {owner} and {id_} are alike"
            found.append(Part(connection(owner, id_), Evidence(Grade.NAMED, why, file)))
    return found


def _stem(id_: str) -> str:
    words = re.split(r"[-_]", id_.lower())
    return "-".join(words[:-1] if len(words) > 1 and words[-1] in _ROLES else words)


def _before_last(id_: str) -> str:
    return "-".join(re.split(r"[-_]", id_.lower())[:-1])
