"""CALM, the Common Architecture Language Model of FINOS."""

from collections.abc import Sequence
from typing import Any

from archspec.importers import Choices, Facts, Importer, Reading, Source, nested, protocol_in
from archspec.importers.facts import Section, Subject, identifier
from archspec.importers.models import Arrow, Model, kind_of, secured
from archspec.importers.texts import link, plain, sentence, tags
from archspec.importers.units import at, items, line_of, mapping

_TYPES = {
    "actor": "person",
    "ecosystem": "external",
    "webclient": "client",
    "service": "server",
    "ldap": "identity_provider",
    "database": "database",
}
_HOLDS = ("deployed-in", "composed-of")


def recognises(source: Source) -> bool:
    """Nodes with `unique-id`, or a schema of CALM: of an architecture, a pattern or a timeline."""

    def fits(document: dict[str, Any]) -> bool:
        if "calm" in str(document.get("$schema", "")) or "calmSchemaVersion" in document:
            return True
        nodes = document.get("nodes")
        return isinstance(nodes, list) and any("unique-id" in mapping(each) for each in nodes)

    return source.first(fits)


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """The nodes, relationships and flows of every document."""
    del choices
    reading = Reading()
    for source in sources:
        for document in source.documents:
            _read(mapping(document), Facts(source.name), reading, source.name)
    return reading


def _read(data: dict[str, Any], facts: Facts, reading: Reading, name: str) -> None:
    nodes = [each for each in map(mapping, items(data.get("nodes"))) if each.get("unique-id")]
    if not nodes:
        reading.notes.append(f"{name}: {_without_nodes(data)}")
        return
    reading.name = reading.name or plain(data.get("title") or data.get("name"))
    reading.description = reading.description or plain(data.get("description"))
    relationships = [mapping(each) for each in items(data.get("relationships"))]
    holders = {
        str(holder)
        for each in relationships
        for sort in _HOLDS
        if (holder := _types(each).get(sort, {}).get("container"))
    }
    model = Model(facts)
    for node in nodes:
        _node(node, model, holders)
    for each in relationships:
        _relationship(each, model, reading)
    model.finish()
    _flows(data, relationships, model, facts, reading)
    reading.facts += facts.found
    reading.unresolved += model.unresolved
    reading.left_out += model.left_out
    for what, count in (("nodes", len(nodes)), ("relationships", len(relationships))):
        reading.read[what] = reading.read.get(what, 0) + count


def _without_nodes(data: dict[str, Any]) -> str:
    if "prefixItems" in mapping(at(data, "properties", "nodes")) or isinstance(data.get("properties"), dict):
        return "a pattern; `calm generate -p` makes an architecture of it, which can be read"
    if "moments" in data:
        return "a timeline; name the architectures that its moments lead to"
    return "it has no node with a `unique-id`"


def _node(node: dict[str, Any], model: Model, holders: set[str]) -> None:
    name, sort = str(node["unique-id"]), str(node.get("node-type") or "")
    line = line_of(node, "node-type")
    why = f"node-type {sort}"
    if name in holders:
        subject = model.group(name, "network" if sort == "network" else "system", why, line)
        model.described(subject, node, why, line)
        return
    if sort == "data-asset":
        model.left_out.append(f"{name}: data, and no component")
        return
    words = sort.rpartition(":")[2].replace("-", " ")
    kind = _TYPES.get(sort)
    if kind == "database":
        kind = kind_of(plain(node.get("name")), plain(node.get("description")), otherwise="database")[0]
        kind = kind if kind in ("cache", "queue", "topic", "object_store", "search_index") else "database"
    elif kind is None:
        usual = "load_balancer" if sort == "network" else "server"
        named = words if sort not in ("system", "network") else None
        kind, said = kind_of(named, plain(node.get("name")), otherwise=usual)
        why = f"{why}; {said}"
    subject = model.thing(name, kind, why, line)
    controls = [str(each) for each in mapping(node.get("controls"))]
    urls = [link(mapping(each).get("url")) for each in items(node.get("interfaces"))]
    links = {f"interface-{number}": url for number, url in enumerate(urls, 1) if url}
    model.described(subject, node, why, line, tags=tags(controls), links=links or None)


def _relationship(each: dict[str, Any], model: Model, reading: Reading) -> None:
    line = line_of(each, "unique-id")
    label, protocol = plain(each.get("description")), plain(each.get("protocol"))
    why = f"relationship {plain(each.get('unique-id'))}" + (f", protocol {protocol}" if protocol else "")
    spoken, safe = protocol_in(protocol), secured(protocol)
    for sort, said in _types(each).items():
        if sort in ("connects", "interacts"):
            for from_, to in _ends(sort, said):
                model.arrows.append(Arrow(from_, to, label, spoken, why, line, safe))
        elif sort in _HOLDS:
            holder = str(said.get("container") or "")
            for node in items(said.get("nodes")):
                model.within(str(node), holder, f"{sort} {holder}", line)
        else:
            reading.not_understood[f"relationship {sort}"] = reading.not_understood.get(f"relationship {sort}", 0) + 1


def _types(each: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a relationship is: its type with what stands below it, or beside it in the oldest files."""
    said = each.get("relationship-type")
    if isinstance(said, str):
        return {said: mapping(each.get(said))}
    return {str(sort): mapping(value) for sort, value in mapping(said).items()}


def _ends(sort: str, said: dict[str, Any]) -> list[tuple[str, str]]:
    """The nodes that a relationship leads from and to."""
    if sort == "interacts":
        return [(str(said.get("actor") or ""), str(node)) for node in items(said.get("nodes"))]
    ends = (said.get("source"), said.get("destination"))
    from_, to = (str(at(end, "node") if isinstance(end, dict) else end or "") for end in ends)
    return [(from_, to)]


def _flows(
    data: dict[str, Any], relationships: list[dict[str, Any]], model: Model, facts: Facts, reading: Reading
) -> None:
    """A flow for each flow; transitions from the destination to the source are answers."""
    ends: dict[str, tuple[str | None, str | None]] = {}
    for each in relationships:
        for sort, said in _types(each).items():
            for from_, to in _ends(sort, said)[:1] if sort in ("connects", "interacts") else ():
                ends[str(each.get("unique-id"))] = model.ids.get(from_), model.ids.get(to)
    for each in map(mapping, items(data.get("flows"))):
        key, messages = str(each.get("unique-id") or "flow"), []
        for step in sorted(map(mapping, items(each.get("transitions"))), key=_number):
            caller, callee = ends.get(str(step.get("relationship-unique-id")), (None, None))
            if caller is None or callee is None:
                reading.unresolved.append(f"flow {key}: a transition leads to no connection")
            elif step.get("direction") != "destination-to-source" and caller != callee:
                messages.append((caller, callee, plain(step.get("description") or step.get("summary"))))
        start, steps, lost = nested(messages)
        reading.unresolved += [f"flow {key}: {one}" for one in lost]
        if start is not None and steps:
            subject, line = Subject(Section.FLOWS, identifier(key)), line_of(each, "unique-id")
            facts.add(subject, "title", plain(each.get("name")) or sentence(key), f"flow {key}", line)
            facts.add(subject, "description", plain(each.get("description")), f"flow {key}", line)
            facts.add(subject, "from", start, f"flow {key}", line)
            facts.add(subject, "steps", steps, f"flow {key}", line)


def _number(step: dict[str, Any]) -> int:
    text = str(step.get("sequence-number", ""))
    return int(text) if text.isdigit() else 0


IMPORTER = Importer("calm", "a CALM architecture", recognises, read)
