"""Each component with all that is said of it."""

from archspec.renderers.html.tags import Html, join, link, tag, text
from archspec.values import count
from archspec.webpage import ComponentContent, PageContent, anchor, empty, facts, pill, section, tone_of

NAMED = 12
"""Flows that a component names; with more it says how many."""


def components(content: PageContent) -> Html:
    """A line per component that opens into its details."""
    if not content.components:
        return section("components", "Components", "", empty("The spec has no components yet."))
    rows = [_component(each, content) for each in content.components]
    return section("components", "Components", "", tag("div", *rows, class_="card components"))


def _component(part: ComponentContent, content: PageContent) -> Html:
    what = " · ".join(word for word in (part.kind, part.technology) if word)
    return tag(
        "details",
        tag(
            "summary",
            tag("span", part.title, class_="name"),
            tag("code", part.id),
            tag("span", what, class_="kind"),
            _findings_pill(part, content),
        ),
        tag("p", part.description, class_="description") if part.description else None,
        facts(part.facts) if part.facts else None,
        _line("Flows", _flow_links(part, content)),
        _line("Findings", [_finding_link(index, content) for index in part.findings]),
        _line("Links", [link(text(each.title), each.url) for each in part.links]),
        id=anchor("component", part.id),
    )


def _findings_pill(part: ComponentContent, content: PageContent) -> Html | None:
    if not part.findings:
        return None
    worst = min((content.findings[index].finding.severity for index in part.findings), key=lambda each: each.rank)
    return pill(count(len(part.findings), "finding"), tone_of(worst))


def _line(name: str, items: list[Html]) -> Html | None:
    if not items:
        return None
    return tag("p", tag("span", name, class_="files-label"), join(items, " "), class_="files")


def _flow_links(part: ComponentContent, content: PageContent) -> list[Html]:
    links = [_flow_link(id_, content) for id_ in part.flows[:NAMED]]
    more = len(part.flows) - NAMED
    return [*links, text(f"and {more} more")] if more > 0 else links


def _flow_link(id_: str, content: PageContent) -> Html:
    title = next((flow.title for flow in content.flows if flow.id == id_), id_)
    return tag("a", title, href=f"#{anchor('flow', id_)}", class_="file")


def _finding_link(index: int, content: PageContent) -> Html:
    return tag("a", content.findings[index].finding.code, href=f"#finding-{index + 1}", class_="file")
