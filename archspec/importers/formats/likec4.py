"""LikeC4's own JSON, as `likec4 export json` writes it."""

from collections.abc import Sequence
from typing import Any

from archspec.importers import Choices, Facts, Importer, Reading, Source, nested, protocol_in
from archspec.importers.facts import Section, Subject, identifier
from archspec.importers.models import Arrow, Model, kind_of, secured
from archspec.importers.texts import link, plain, sentence, tags
from archspec.importers.units import at, items, line_of, mapping


def recognises(source: Source) -> bool:
    """`elements` and `relations`, as mappings."""
    return source.first(
        lambda document: isinstance(document.get("elements"), dict) and isinstance(document.get("relations"), dict)
    )


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """The elements of every project; those that hold others become groups."""
    del choices
    reading = Reading()
    for source in sources:
        for document in source.documents:
            _read(mapping(document), Facts(source.name), reading)
    return reading


def _read(data: dict[str, Any], facts: Facts, reading: Reading) -> None:
    reading.name = reading.name or plain(
        at(data, "project", "title") or data.get("projectId") or at(data, "project", "id")
    )
    elements = {str(name): mapping(each) for name, each in mapping(data.get("elements")).items()}
    holders = {name.rpartition(".")[0] for name in elements if "." in name} & set(elements)
    model = Model(facts)
    for name, element in elements.items():
        _element(name, element, model, holders)
    for name, element in elements.items():
        model.within(name, name.rpartition(".")[0], "the element round it", line_of(element, "kind"))
    for each in map(mapping, mapping(data.get("relations")).values()):
        technology = plain(each.get("technology"))
        why = f"technology {technology}" if technology else "a relation of the model"
        ends = _end(each.get("source")), _end(each.get("target"))
        arrow = Arrow(*ends, _text(each.get("title")), protocol_in(technology), why, None, secured(technology))
        model.arrows.append(arrow)
    model.finish()
    for key, view in mapping(data.get("views")).items():
        _view(str(key), mapping(view), model, facts, reading)
    reading.facts += facts.found
    reading.unresolved += model.unresolved
    reading.left_out += model.left_out
    reading.read["elements"] = reading.read.get("elements", 0) + len(elements)


def _end(value: Any) -> str:
    """An end of a relation: a name, or a reference to an element of the model."""
    return str(mapping(value).get("model") or "") if isinstance(value, dict) else str(value or "")


def _text(value: Any) -> str | None:
    """A text, or one that is given as Markdown."""
    return plain(at(value, "txt") or at(value, "md")) if isinstance(value, dict) else plain(value)


def _element(name: str, element: dict[str, Any], model: Model, holders: set[str]) -> None:
    sort, line = str(element.get("kind") or ""), line_of(element, "kind")
    shape = str(at(element, "style", "shape") or element.get("shape") or "")
    why = f"kind {sort}"
    own = name.rpartition(".")[2]
    data = {
        "title": _text(element.get("title")) or own,
        "description": _text(element.get("description") or element.get("summary")),
        "technology": element.get("technology"),
    }
    if name in holders:
        model.described(model.group(name, "system", why, line, own), data, why, line)
        return
    shapes = {"storage": "database", "cylinder": "database", "queue": "queue", "browser": "client", "mobile": "client"}
    technology = plain(element.get("technology"))
    kind, said = kind_of(sort, technology, otherwise="person" if shape == "person" else shapes.get(shape, "server"))
    if kind in ("server", "person") and shape in shapes:
        kind, said = shapes[shape], f"shape {shape}"
    subject = model.thing(name, kind, f"{why}; {said}", line, own)
    links = {f"link {number}": url for number, one in enumerate(items(element.get("links")), 1)
             if (url := link(mapping(one).get("url")))}  # fmt: skip
    marks = [str(each) for each in items(element.get("tags"))]
    model.described(subject, data, f"{why}; {said}", line, tags=tags(marks), links=links or None)


def _view(key: str, view: dict[str, Any], model: Model, facts: Facts, reading: Reading) -> None:
    """A dynamic view as a flow; backward steps are answers."""
    if view.get("_type") != "dynamic" and view.get("__") != "dynamic":
        return
    messages = []
    for step in _steps(items(view.get("steps"))):
        from_, to = model.ids.get(_end(step.get("source"))), model.ids.get(_end(step.get("target")))
        if from_ and to and from_ != to and step.get("isBackward") is not True:
            messages.append((from_, to, _text(step.get("title"))))
    start, steps, lost = nested(messages)
    reading.unresolved += [f"dynamic view {key}: {one}" for one in lost]
    if start is not None and steps:
        subject, why = Subject(Section.FLOWS, identifier(key)), f"dynamic view {key}"
        facts.add(subject, "title", _text(view.get("title")) or sentence(key), why)
        facts.add(subject, "description", _text(view.get("description")), why)
        facts.add(subject, "from", start, why)
        facts.add(subject, "steps", steps, why)


def _steps(values: list[Any]) -> list[dict[str, Any]]:
    """The steps in order, those that run at once and those in a row among them."""
    found: list[dict[str, Any]] = []
    for each in map(mapping, values):
        inner = items(each.get("__parallel")) or items(each.get("__series"))
        found += _steps(inner) if inner else [each]
    return found


IMPORTER = Importer("likec4", "LikeC4's JSON", recognises, read)
