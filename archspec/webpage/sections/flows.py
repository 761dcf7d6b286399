"""Each flow: one request walked through, what it left behind, and how it fares when a part is down."""

from archspec.renderers.html.prose import code, inline
from archspec.renderers.html.tags import Html, tag
from archspec.values import duration
from archspec.webpage.album import Album
from archspec.webpage.anchors import anchor
from archspec.webpage.content import File
from archspec.webpage.elements import empty, files, pill, scrolling, section, tabs
from archspec.webpage.flow_content import FlowContent
from archspec.webpage.sections.breaks import breaks
from archspec.webpage.sections.emissions import alerts, emissions
from archspec.webpage.sections.waterfall import waterfall

LEAD = "One request of each kind, walked through an idle system; every random time is at its median."


def flows(content: tuple[FlowContent, ...], album: Album) -> Html:
    """All flows."""
    if not content:
        return section("flows", "Flows", "", empty("The spec describes no flow yet: add one under `flows`."))
    return section("flows", "Flows", LEAD, *(_flow(flow, album) for flow in content))


def _flow(flow: FlowContent, album: Album) -> Html:
    id_ = anchor("flow", flow.id)
    promised = [tag("div", tag("dt", fact.label), tag("dd", fact.value)) for fact in flow.facts]
    return tag(
        "article",
        tag(
            "header",
            tag("h3", flow.title, id=f"{id_}-title"),
            tag(
                "p",
                pill(flow.run.answer, flow.run.tone),
                tag("span", f"in {duration(flow.run.duration)}") if flow.run.timed else None,
                class_="outcome",
            ),
            class_="flow-head",
        ),
        tag("p", flow.description, class_="description") if flow.description else None,
        tag(
            "dl",
            tag("div", tag("dt", "Request"), tag("dd", tag("code", flow.request))) if flow.request else None,
            *promised,
            class_="about",
        ),
        tabs(id_, _panels(flow, album), f"{flow.title}: details"),
        alerts(flow.run),
        *(tag("p", inline(remark), class_="note") for remark in flow.remarks),
        files([File(title, path) for title, path in flow.files]),
        id=id_,
        class_="card flow",
        aria_labelledby=f"{id_}-title",
        data_flow=flow.id,
    )


def _panels(flow: FlowContent, album: Album) -> list[tuple[str, Html]]:
    run = flow.run
    panels = [("Waterfall", waterfall(run, f"{flow.title}: calls in order of time"))]
    if flow.sequence:
        picture = tag("div", album.embed(flow.sequence), class_="canvas")
        panels.append(("Sequence", scrolling(f"{flow.title}: sequence diagram", picture)))
    if flow.tree:
        panels.append(("Tree", code(flow.tree, f"{flow.title}: trace as a tree")))
    panels.append(("Logs, metrics, errors", emissions(run)))
    if flow.breaking.met:
        panels.append(("When a part is down", breaks(flow)))
    return panels
