"""A flow while one part is down: a row for each part that matters to it, one line for all the others."""

from archspec.renderers.html.tags import Html, join, tag, text
from archspec.values import duration
from archspec.webpage.elements import empty, pill, scrolling
from archspec.webpage.flow_content import BreakContent, FlowContent, PartKind
from archspec.webpage.tone import Tone

NAMED = 60
"""Parts without an effect that are named one by one."""
ORDER = {Tone.BAD: 0, Tone.WARNING: 1}


def breaks(flow: FlowContent) -> Html:
    """What the user gets while a component, a replica or a zone is down, the worst first."""
    if not flow.breaks:
        return empty("Nothing in this flow can fail.")
    down = [each for each in flow.breaks if each.kind not in (PartKind.SLOW, PartKind.PAIR)]
    felt = [each for each in down if each.changed or each.missed]
    changed = sorted(felt, key=lambda each: ORDER.get((each.missed or each.run).tone, 2))
    same = [each for each in down if not each.changed and not each.missed]
    return join([_table(changed, flow), _unaffected(same)])


def _table(found: list[BreakContent], flow: FlowContent) -> Html:
    if not found:
        return empty("No single failure changes what the user gets.")
    head = tag(
        "tr",
        tag("th", "Down", scope="col"),
        tag("th", "What the user gets", scope="col"),
        tag("th", "After", scope="col", class_="number"),
        tag("th", "Requests that fail", scope="col", class_="number"),
        tag("th", "Who is told", scope="col"),
    )
    body = [_row(item) for item in found]
    title = f"{flow.title}: one part down"
    return scrolling(title, tag("table", tag("thead", head), tag("tbody", *body), class_="stack"))


def _row(item: BreakContent) -> Html:
    run = item.run if item.missed is None else item.missed
    kind = tag("span", item.what, class_="what") if item.kind is not PartKind.COMPONENT else None
    condition = tag("span", "when the cache misses", class_="tag") if item.missed else None
    told = [tag("span", alarm.brief, class_="line") for alarm in run.alarms]
    return tag(
        "tr",
        tag("th", tag("span", item.title), kind, condition, scope="row"),
        tag("td", pill(run.answer, run.tone)),
        tag("td", duration(run.duration) if run.timed else "–", class_="number"),
        tag("td", item.failing or "–", class_="number"),
        tag("td", *(told or [text("nobody")]), class_=None if told else "faint"),
    )


def _unaffected(same: list[BreakContent]) -> Html | None:
    if not same:
        return None
    names = ", ".join(item.title for item in same[:NAMED])
    if len(same) > NAMED:
        names += f" and {len(same) - NAMED} more"
    return tag(
        "p",
        tag("strong", "No difference to this request while one of these is down:"),
        tag("span", names, class_="after"),
        class_="note",
    )
