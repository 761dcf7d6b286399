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
