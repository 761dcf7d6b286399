"""The page's content as JSON for the viewer; `viewer/src/data.ts` says the same in TypeScript."""

import json
from typing import Any

from archspec.renderers import clean
from archspec.renderers.html.tags import SAFE_SCHEMES
from archspec.webpage.content import ComponentContent, ConnectionContent, PageContent, Picture
from archspec.webpage.part_content import Fact, FlowContent, GroupContent, LayerContent, PartContent, StandingContent


def data(content: PageContent) -> str:
    """JSON fit to stand inside a script element: no `<` in it can end the element."""
    numbers = {flow.id: number for number, flow in enumerate(content.flows)}
    told = {
        "views": _views(content.pictures),
        "groups": [_group(each, numbers) for each in content.groups],
        "components": [_component(each, numbers) for each in content.components],
        "spec": content.spec,
        "connections": [_connection(each, numbers) for each in content.connections],
        "parts": [_part(each) for each in content.parts],
        "layers": [_layer(each) for each in content.layers],
        "flows": [_flow(each) for each in content.flows],
        "findings": [
            {
                "code": each.code,
                "severity": each.severity.value,
                "message": clean(each.text),
                "element": each.element,
            }
            for each in (content.finding for content in content.findings)
        ],
    }
    return _written(told)


def views(pictures: tuple[Picture, ...]) -> str:
    """What `data` says of the pictures, alone."""
    return _written(_views(pictures))


def _written(told: Any) -> str:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _views(pictures: tuple[Picture, ...]) -> list[dict[str, Any]]:
    return [{"id": each.id, "title": clean(each.title), "inside": each.inside or None} for each in pictures]


def _component(each: ComponentContent, flows: dict[str, int]) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": clean(each.title),
        "kind": each.kind,
        "technology": clean(each.technology),
        "description": clean(each.description),
        "owner": clean(each.owner),
        "facts": _facts(each.facts),
        "flows": [flows[id_] for id_ in each.flows if id_ in flows],
        "groups": each.groups,
        "zones": each.zones,
        "findings": each.findings,
        "standing": _standing(each.standing, flows),
        "links": [
            {"title": clean(link.title), "url": link.url}
            for link in each.links
            if link.url.lower().startswith(SAFE_SCHEMES)
        ],
    }


def _facts(facts: tuple[Fact, ...]) -> list[dict[str, str]]:
    return [{"label": fact.label, "value": clean(fact.value), "note": clean(fact.note)} for fact in facts]


def _connection(each: ConnectionContent, flows: dict[str, int]) -> dict[str, Any]:
    met = [flows[id_] for id_ in each.flows if id_ in flows]
    told = {"name": each.name, "source": each.source, "target": each.target, "facts": _facts(each.facts), "flows": met}
    return told | {"findings": each.findings, "standing": _standing(each.standing, flows)}


def _standing(standing: tuple[StandingContent, ...], flows: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "flows": [flows[id_] for id_ in each.flows if id_ in flows],
            "alone": each.alone,
            "cost": each.cost,
            "cuts": each.cuts,
            "more": each.more,
        }
        for each in standing
    ]


def _group(each: GroupContent, flows: dict[str, int]) -> dict[str, Any]:
    told = {"title": clean(each.title), "description": clean(each.description), "kind": each.kind}
    more = {"findings": each.findings, "standing": _standing(each.standing, flows)}
    return {"id": each.id, **told, "members": each.members, **more}


def _part(each: PartContent) -> dict[str, Any]:
    down = [{"component": loss.component, "replicas": loss.replicas, "of": loss.of} for loss in each.losses]
    told = {"id": each.id, "title": clean(each.title), "kind": each.kind.value, "what": each.what}
    return told | {"down": down, "both": each.both}


def _layer(each: LayerContent) -> dict[str, Any]:
    readings = {
        one.component: {"text": clean(one.text), "tint": one.tint, "rank": one.rank, "note": clean(one.note)}
        for one in each.readings
    }
    keys = [{"tint": tint, "meaning": clean(meaning)} for tint, meaning in each.keys]
    return {"name": each.name, "summary": each.summary, "readings": readings, "keys": keys, "notes": each.notes}


def _flow(flow: FlowContent) -> dict[str, Any]:
    return {"id": flow.id, "title": clean(flow.title), "request": clean(flow.request)}
