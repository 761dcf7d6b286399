"""Each flow: one request walked through, as text; the viewer draws it, and shows how it fares when a part is down."""

from archspec.renderers import Html, code, inline, tag
from archspec.webpage import File, FlowContent, anchor, empty, files, pill, section

LEAD = "One request of each kind, walked through an idle system; every random time is at its median."

WITHOUT = "The page draws and breaks these requests itself, which needs JavaScript; archspec trace does both too."


def flows(content: tuple[FlowContent, ...]) -> Html:
    """All flows."""
    if not content:
        return section("flows", "Flows", "", empty("The spec describes no flow yet: add one under `flows`."))
    without = tag("noscript", tag("p", WITHOUT, class_="note without"))
    return section("flows", "Flows", LEAD, without, *(_flow(flow) for flow in content))


def _flow(flow: FlowContent) -> Html:
    id_ = anchor("flow", flow.id)
    promised = [tag("div", tag("dt", fact.label), tag("dd", fact.value)) for fact in flow.facts]
    return tag(
        "article",
        tag(
            "header",
            tag("h3", flow.title, id=f"{id_}-title"),
            tag(
                "p",
                pill(flow.answer, flow.tone),
                tag("span", f"in {flow.duration}") if flow.duration else None,
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
        _walk(flow),
        *(tag("p", inline(remark), class_="note") for remark in flow.remarks),
        files([File(title, path) for title, path in flow.files]),
        id=id_,
        class_="card flow",
        aria_labelledby=f"{id_}-title",
        data_flow=flow.id,
    )


def _walk(flow: FlowContent) -> Html:
    """The request as text, in whose place the viewer puts its panels."""
    tree = code(flow.tree, f"{flow.title}: trace as a tree")
    return tag("div", tree, class_="walk", data_flow=flow.id)
