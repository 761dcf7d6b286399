"""Dynamic views as flows, and the other views as views."""

from typing import Any

from archspec.importers import Facts, Reading, Section, Subject, identifier, items, mapping, nested, plain, sentence
from archspec.importers.structurizr.workspace import Workspace


def flows(views: dict[str, Any], known: Workspace, facts: Facts, reading: Reading) -> None:
    """A flow for each dynamic view: its steps in order, answers and what happens inside one container left out."""
    by_id = {str(each.get("id")): each for each in known.relationships()}
    for each in items(views.get("dynamicViews")):
        view = mapping(each)
        key = str(view.get("key") or view.get("title") or "flow")
        messages = []
        answers = inside = 0
        for step in sorted((mapping(one) for one in items(view.get("relationships"))), key=_order):
            relationship = by_id.get(str(step.get("id")), {})
            from_, to = known.of(relationship.get("sourceId")), known.of(relationship.get("destinationId"))
            if step.get("response") is True:
                answers += 1
            elif from_ is None or to is None:
                reading.unresolved.append(f"dynamic view {key}: step {step.get('order')} leads to no container")
            elif from_.id == to.id:
                inside += 1
            else:
                messages.append((from_.id, to.id, plain(step.get("description"))))
        start, steps, lost = nested(messages)
        reading.unresolved += [f"dynamic view {key}: {one}" for one in lost]
        if start is None or not steps:
            continue
        subject = Subject(Section.FLOWS, identifier(key))
        why = f"dynamic view {key}, without its answers ({answers}) and its steps inside a container ({inside})"
        facts.add(subject, "title", plain(view.get("title")) or sentence(key), why)
        facts.add(subject, "description", plain(view.get("description")), why)
        facts.add(subject, "from", start, why)
        facts.add(subject, "steps", steps, why)


def _order(step: dict[str, Any]) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in str(step.get("order", "")).split(".")]


def views_of(views: dict[str, Any], known: Workspace, facts: Facts) -> None:
    """A view for each of the landscape, of contexts and of containers."""
    for sort in ("systemLandscapeViews", "systemContextViews", "containerViews"):
        for each in items(views.get(sort)):
            view = mapping(each)
            key = identifier(str(view.get("key") or sort))
            shown: list[str] = []
            for element in items(view.get("elements")):
                own = str(mapping(element).get("id"))
                thing = known.of(own)
                if own in known.whole:
                    shown.append(f"group:{known.systems[own]}")
                elif thing is not None:
                    shown.append(thing.id)
            system = known.whole.get(str(view.get("softwareSystemId")), {}) if sort == "containerViews" else {}
            title = plain(view.get("title")) or plain(system.get("name")) or sentence(key)
            if shown:
                subject = Subject(Section.VIEWS, key)
                facts.add(subject, "title", title, f"view {key}")
                facts.add(subject, "include", list(dict.fromkeys(shown)), f"view {key}")
