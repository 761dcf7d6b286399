"""The way round the page: one list of links, beside the text or above it."""

from archspec.renderers import Html, tag
from archspec.validators import Severity
from archspec.webpage import PageContent, Tone, anchor


def navigation(content: PageContent) -> Html:
    """Links to every section that exists and to every flow."""
    errors = sum(found.finding.severity is Severity.ERROR for found in content.findings)
    entries = [
        _entry("overview", "Overview"),
        _entry("diagrams", "Diagrams", len(content.pictures)),
        _entry("flows", "Flows", len(content.flows)),
        *(_flow(flow.id, flow.title, flow.tone) for flow in content.flows),
        _entry("findings", "Findings", len(content.findings), Tone.BAD if errors else Tone.PLAIN)
        if content.is_judged
        else None,
        _entry("availability", "Availability") if content.availability else None,
        _entry("capacity", "Capacity") if content.capacity else None,
        _entry("alerts", "Alerts", len(content.alerts.rows)) if content.alerts else None,
        _entry("pipelines", "Pipelines", len(content.pipelines)) if content.pipelines else None,
        _entry("components", "Components", len(content.components)),
        _entry("rules", "Rules", len(content.rules)) if content.rules else None,
        _entry("files", "Files") if content.files else None,
    ]
    return tag("nav", tag("ul", *entries), aria_label="On this page", class_="navigation")


def _entry(id_: str, title: str, count: int | None = None, tone: Tone = Tone.PLAIN) -> Html:
    number = tag("span", str(count), class_=f"count {tone.value}") if count is not None else None
    return tag("li", tag("a", tag("span", title), number, href=f"#{id_}"))


def _flow(id_: str, title: str, tone: Tone) -> Html:
    dot = tag("span", tone.sign, class_=f"dot {tone.value}", aria_hidden="true")
    return tag("li", tag("a", dot, tag("span", title), href=f"#{anchor('flow', id_)}"), class_="sub")
