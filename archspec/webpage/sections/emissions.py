"""What a request left behind for those who watch, and whom it would wake."""

from archspec.renderers.html.tags import Html, join, tag
from archspec.values import duration
from archspec.webpage.elements import empty, pill, scrolling
from archspec.webpage.flow_content import EmissionContent, EmissionKind, RunContent
from archspec.webpage.tone import Tone

TITLES = {EmissionKind.LOG: "Log records", EmissionKind.METRIC: "Metrics", EmissionKind.ERROR: "Errors"}


def emissions(run: RunContent) -> Html:
    """Logs, metrics and errors by kind, each with its moment, its source and who received it."""
    if not run.emissions:
        return empty("This request leaves no trace: no component says where its logs, metrics or errors go.")
    by_kind = {kind: [e for e in run.emissions if e.kind is kind] for kind in EmissionKind}
    return join(_kind(kind, found) for kind, found in by_kind.items() if found)


def _kind(kind: EmissionKind, found: list[EmissionContent]) -> Html:
    columns = ("At", "From", "To", "What")
    head = tag("tr", *(tag("th", name, scope="col", class_="number" if name == "At" else None) for name in columns))
    rows = [
        tag(
            "tr",
            tag("td", duration(item.at) if item.timed else "", class_="number"),
            tag("td", item.source),
            tag("td", item.target),
            tag("td", tag("code", item.text)),
        )
        for item in found
    ]
    title = f"{TITLES[kind]} ({len(found)})"
    body = tag("table", tag("thead", head), tag("tbody", *rows), class_="compact stack")
    return tag("div", tag("h5", title), scrolling(title, body), class_="table-block")


def alerts(run: RunContent) -> Html | None:
    """Which alerts this request feeds, in sentences."""
    if not run.alarms:
        return None
    tone = Tone.BAD if run.tone is Tone.BAD else Tone.NOTE
    lines = [tag("p", f"If every request went like this, {alarm.sentence}.") for alarm in run.alarms]
    return tag("div", pill("Alerts", tone), tag("div", *lines), class_=f"callout {tone.value}")
