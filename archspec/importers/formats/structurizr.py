"""Structurizr workspaces, as `structurizr export -format json` writes them."""

from collections.abc import Sequence
from typing import Any

from archspec.importers import Choices, Facts, Importer, Reading, Source, at, items, mapping
from archspec.importers.facts import Section, Subject, connection, identifier
from archspec.importers.structurizr.deployment import Deployment, environment_of
from archspec.importers.structurizr.flows import flows, views_of
from archspec.importers.structurizr.workspace import Thing, Workspace, workspace
from archspec.importers.tables import kind_in, protocol_in, technology_in
from archspec.importers.texts import link, plain, tags

_STORES = frozenset({"database", "cache", "queue", "topic", "object_store", "search_index", "file_store"})


def recognises(source: Source) -> bool:
    """A `model` of people or software systems, or a model beside views."""
    known = {"people", "softwareSystems", "deploymentNodes"}

    def fits(document: dict[str, Any]) -> bool:
        model = document.get("model")
        return isinstance(model, dict) and bool(known & set(model) or "views" in document)

    return source.first(fits)


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """The containers of every workspace, with one environment, its dynamic views and its views."""
    reading = Reading()
    for source in sources:
        for document in source.documents:
            _read(mapping(document), Facts(source.name), choices, reading)
    return reading


def _read(data: dict[str, Any], facts: Facts, choices: Choices, reading: Reading) -> None:
    model, views = mapping(data.get("model")), mapping(data.get("views"))
    known = workspace(model)
    reading.name = reading.name or plain(data.get("name"))
    reading.description = reading.description or plain(data.get("description"))
    groups = Groups(facts, str(at(model, "properties", "structurizr.groupSeparator") or ""), known)
    kinds = {own: _component(thing, groups, facts) for own, thing in known.things.items()}
    by_id = {known.things[own].id: kind for own, kind in kinds.items()}
    nodes = items(model.get("deploymentNodes"))
    environment, all_ = environment_of(nodes, choices.environment)
    if environment is not None:
        Deployment(known, facts, environment).run(nodes)
        if len(all_) > 1:
            reading.notes.append(f"environment {environment} was taken; there are {', '.join(all_)}")
    elif all_:
        reading.notes.append(f"no deployment is taken: choose one with --environment: {', '.join(all_)}")
    _relationships(known, by_id, facts, reading)
    flows(views, known, facts, reading)
    views_of(views, known, facts)
    reading.facts += facts.found
    containers = len([thing for thing in known.things.values() if thing.system is not None])
    for what, count in (("people and systems", _count(known)), ("containers", containers)):
        reading.read[what] = reading.read.get(what, 0) + count
    if known.components:
        told = "components inside containers; their relationships are lifted"
        reading.left_out.append(f"{known.components} {told}")


def _count(known: Workspace) -> int:
    return len(known.whole) + len([t for t in known.things.values() if t.sort in ("person", "system")])


class Groups:
    """Groups of a spec out of a model's groups and systems."""

    def __init__(self, facts: Facts, separator: str, known: Workspace) -> None:
        self.facts = facts
        self.separator = separator
        for own, system in known.whole.items():
            id_ = known.free(system)
            known.systems[own] = id_
            subject, why = Subject(Section.GROUPS, id_), "a software system with containers"
            facts.add(subject, "kind", "system", why)
            facts.add(subject, "label", plain(system.get("name")), why)
            facts.add(subject, "within", self.of(system), "model group")
            facts.add(subject, "description", plain(system.get("description")), why)
        self.systems = {id(system): known.systems[own] for own, system in known.whole.items()}

    def of(self, data: dict[str, Any], within: str | None = None) -> str | None:
        """The group of an element, made with those round it; else the one round its system."""
        name = plain(data.get("group"))
        if name is None:
            return within
        parts = name.split(self.separator) if self.separator else [name]
        path = ""
        for part in parts:
            path = f"{path}-{part}" if path else part
            id_ = identifier(path).lower()
            subject = Subject(Section.GROUPS, id_)
            self.facts.add(subject, "kind", "system", "model group")
            self.facts.add(subject, "label", part, "model group")
            if within is not None and within != id_:
                self.facts.add(subject, "within", within, "model group")
            within = id_
        return within


def _component(thing: Thing, groups: Groups, facts: Facts) -> str:
    """Facts on one thing; gives its kind."""
    data = thing.data
    technology = plain(data.get("technology"))
    used = ""
    if thing.sort == "person":
        device = next((tag for tag in thing.tags if (kind_in(tag) or ("",))[0] == "client"), "")
        kind, why = ("client", f"tag {device}") if device else ("person", "a person of the model")
        used = device
    elif thing.sort == "system":
        kind, why = "external", "a software system without containers"
    else:
        told = next((found for tag in thing.tags if (found := kind_in(tag))), None)
        used = next((tag for tag in thing.tags if kind_in(tag) == told), "") if told else ""
        found = told or kind_in(technology, without=("person", "client")) or ("server", "")
        kind, why = found[0], f"tag {used}" if used else f"technology {technology}" if found[1] else "a container"
    facts.part(thing.id, "kind", kind, why)
    facts.part(thing.id, "label", plain(data.get("name")), why)
    if technology and thing.sort == "container":
        product = technology_in(technology) if kind in _STORES else None
        facts.part(thing.id, "technology", product or technology, f"technology {technology}")
    around = groups.systems[id(thing.system)] if thing.system is not None and kind != "client" else None
    facts.part(
        thing.id, "group", groups.of(data, around), "model group" if data.get("group") else "its software system"
    )
    facts.part(thing.id, "description", plain(data.get("description")), why)
    facts.part(thing.id, "tags", tags([tag for tag in thing.tags if tag != used]), "tags")
    url = link(data.get("url"))
    facts.part(thing.id, "links", {"more": url} if url else None, "url")
    return kind


def _relationships(known: Workspace, kinds: dict[str, str], facts: Facts, reading: Reading) -> None:
    """Connections from who asks; an arrow into a client is turned round, one to a person is left out."""
    seen: set[tuple[str, str]] = set()
    for each in known.relationships():
        from_, to = known.of(each.get("sourceId")), known.of(each.get("destinationId"))
        if from_ is None or to is None:
            _whole_system(each, known, reading)
            continue
        if from_.id == to.id or (from_.id, to.id) in seen:
            continue
        seen.add((from_.id, to.id))
        label, technology = plain(each.get("description")), plain(each.get("technology"))
        if kinds.get(to.id) == "person":
            reading.left_out.append(f"{from_.id} -> {to.id}: {label or 'a relationship'}; nobody asks a person")
        elif kinds.get(to.id) == "client" and kinds.get(from_.id) not in ("person", "client"):
            why = f'turned round, since the arrow leads from who asks; was "{label}"'
            facts.asks(to.id, from_.id, why, protocol=protocol_in(technology))
        else:
            why = f"technology {technology}" if technology else "a relationship of the model"
            if str(each.get("interactionStyle")) == "Asynchronous":
                why += "; asynchronous"
            facts.asks(from_.id, to.id, why, label=label, protocol=protocol_in(technology))
            if technology and any(word in technology.upper().split("/") for word in ("SSL", "TLS")):
                facts.add(connection(from_.id, to.id), "encryption", "in_transit", why)


def _whole_system(each: dict[str, Any], known: Workspace, reading: Reading) -> None:
    """A relationship of a system that has containers: told, unless one of its containers has it too."""
    ends = [str(each.get(end)) for end in ("sourceId", "destinationId")]
    if any(end not in known.whole and known.of(end) is None for end in ends):
        reading.unresolved.append(f"relationship {each.get('id')}: an end of it is no element of the model")
        return
    for other in known.relationships():
        found = known.of(other.get("sourceId")), known.of(other.get("destinationId"))
        if all(thing is not None and _is(thing, end, known) for thing, end in zip(found, ends, strict=True)):
            return
    names = [str(mapping(known.whole.get(end)).get("name") or end) for end in ends]
    reading.unresolved.append(f"{' -> '.join(names)}: between whole systems; no container has it")


def _is(thing: Thing, own: str, known: Workspace) -> bool:
    return thing.system is known.whole[own] if own in known.whole else thing is known.of(own)


IMPORTER = Importer("structurizr", "a Structurizr workspace", recognises, read)
