"""Backstage's catalogue: components, resources, APIs, systems and domains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from archspec.importers import Arrow, Choices, Facts, Importer, Model, Reading, Source, identifier, kind_of
from archspec.importers.schema_checks import MOST_CHECKED, misfits
from archspec.importers.texts import link, plain, tags
from archspec.importers.units import at, items, line_of, mapping

_KINDS = {"service": "server", "website": "client", "worker": "worker"}
_SILENT = frozenset({"User", "Group", "Location", "Template"})
_SCHEMAS = {
    kind: f"{kind.capitalize()}V1alpha1"
    for kind in ("Component", "API", "Resource", "System", "Domain", "Group", "User", "Location")
}
"""The part of Backstage's schema for each kind."""
_PROTOCOLS = {"openapi": "http", "grpc": "grpc", "graphql": "http", "trpc": "http"}


@dataclass(slots=True)
class _Catalogue:
    model: Model
    reading: Reading
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By reference, in small letters."""


def recognises(source: Source) -> bool:
    """`apiVersion: backstage.io/…`."""
    return source.first(lambda document: str(document.get("apiVersion", "")).startswith("backstage.io/"))


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """The entities of all files as one catalogue."""
    del choices
    reading = Reading()
    facts = Facts(sources[0].name)
    catalogue = _Catalogue(Model(facts), reading)
    for source in sources:
        for document in source.documents:
            if str(mapping(document).get("apiVersion", "")).startswith("backstage.io/"):
                catalogue.entities[_own_reference(document)] = document
    for reference, entity in list(catalogue.entities.items())[:MOST_CHECKED]:
        part = _SCHEMAS.get(str(entity.get("kind")))
        told = misfits("backstage", entity, part) if part is not None else []
        reading.notes += [f"{reference} is not as Backstage's schema has it: {each}" for each in told]
    for reference, entity in catalogue.entities.items():
        _declare(reference, entity, catalogue)
    for reference, entity in catalogue.entities.items():
        _relate(reference, entity, catalogue)
    catalogue.model.finish()
    reading.facts = facts.found
    reading.unresolved += catalogue.model.unresolved
    reading.left_out += catalogue.model.left_out
    reading.read = {"entities": len(catalogue.entities)}
    names = [plain(at(each, "metadata", "title")) or plain(at(each, "metadata", "name"))
             for each in catalogue.entities.values() if each.get("kind") == "System"]  # fmt: skip
    reading.name = names[0] if len(names) == 1 else None
    return reading


def _own_reference(entity: dict[str, Any]) -> str:
    space = at(entity, "metadata", "namespace") or "default"
    return f"{entity.get('kind')}:{space}/{at(entity, 'metadata', 'name')}".lower()


def _reference(text: Any, kind: str, space: str = "default") -> str:
    """A reference in its full form, in small letters.

    >>> _reference("payments", "component"), _reference("resource:db", "component")
    ('component:default/payments', 'resource:default/db')
    """
    before, colon, rest = str(text).rpartition(":")
    named, slash, name = rest.rpartition("/")
    return f"{before if colon else kind}:{named if slash else space}/{name}".lower()


def _declare(reference: str, entity: dict[str, Any], catalogue: _Catalogue) -> None:
    kind, sort = str(entity.get("kind")), str(at(entity, "spec", "type") or "")
    name, line = str(at(entity, "metadata", "name")), line_of(entity, "kind")
    data = {**mapping(entity.get("metadata")), "technology": None}
    owner = plain(str(at(entity, "spec", "owner") or "").rpartition("/")[2].rpartition(":")[2])
    why = f"{kind} of type {sort}" if sort else kind
    if kind in ("System", "Domain"):
        subject = catalogue.model.group(reference, "system" if kind == "System" else "team", why, line, name)
        catalogue.model.described(subject, data, why, line, owner=owner)
    elif kind == "API":
        return
    elif kind in ("Component", "Resource"):
        if sort == "library":
            catalogue.reading.left_out.append(f"{name}: a library runs in what uses it")
            return
        told = _KINDS.get(sort) if kind == "Component" else None
        chosen, _ = (told, "") if told else kind_of(sort, otherwise="server" if kind == "Component" else "external")
        subject = catalogue.model.thing(reference, chosen, why, line, name)
        marks = [str(each) for each in items(at(entity, "metadata", "tags"))]
        catalogue.model.described(subject, data, why, line, owner=owner, tags=tags(marks), links=_links(entity))
    elif kind not in _SILENT:
        catalogue.reading.not_understood[kind] = catalogue.reading.not_understood.get(kind, 0) + 1


def _links(entity: dict[str, Any]) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for each in items(at(entity, "metadata", "links")):
        url = link(mapping(each).get("url"))
        if url:
            found.setdefault(plain(mapping(each).get("title")) or f"link {len(found) + 1}", url)
    return found or None


def _relate(reference: str, entity: dict[str, Any], catalogue: _Catalogue) -> None:
    spec, line = mapping(entity.get("spec")), line_of(entity, "spec")
    model = catalogue.model
    for key, kind in (("system", "system"), ("domain", "domain")):
        if spec.get(key):
            model.within(reference, _reference(spec[key], kind), f"{key} {spec[key]}", line)
    if reference not in model.ids:
        return
    for each in items(spec.get("dependsOn")):
        to = _reference(each, "component")
        model.arrows.append(Arrow(reference, to, None, None, f"dependsOn {plain(str(each))}", line))
    for each in items(spec.get("consumesApis")):
        for to, protocol in _providers(_reference(each, "api"), catalogue):
            why = f"consumesApis {plain(str(each))}"
            model.arrows.append(Arrow(reference, to, None, protocol, why, line))


def _providers(api: str, catalogue: _Catalogue) -> Iterator[tuple[str, str | None]]:
    """Who provides an API, and what it speaks; a component that is named in place of its API is itself."""
    if not api.startswith("api:"):
        yield api, None
        return
    sort = str(at(catalogue.entities.get(api), "spec", "type") or "")
    found = [
        reference
        for reference, entity in catalogue.entities.items()
        if api in [_reference(each, "api") for each in items(at(entity, "spec", "providesApis"))]
    ]
    if not found:
        catalogue.reading.unresolved.append(f"{identifier(api.partition('/')[2])}: no component provides this API")
    for reference in found:
        yield reference, _PROTOCOLS.get(sort)


IMPORTER = Importer("backstage", "Backstage entities", recognises, read)
