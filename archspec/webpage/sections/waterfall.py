"""A request's calls on one time line, as a table that reads well aloud and on a narrow screen."""

from archspec.renderers.html.tags import Html, tag, text
from archspec.renderers.markup import number
from archspec.values import duration
from archspec.webpage.elements import pill
from archspec.webpage.flow_content import CallContent, RunContent

WIDTH = 1000
HEIGHT = 12
DEEPEST = 8
TICKS = 4


def waterfall(run: RunContent, caption: str) -> Html:
    """One row per call: who asks whom for what, when, and what came back."""
    end = max([run.duration, *(call.end for call in run.calls)], default=0) or 1
    ticks = [tag("span", duration(end * i // TICKS)) for i in range(TICKS + 1)] if run.timed else []
    head = tag(
        "tr",
        tag("th", "Call", scope="col"),
        tag("th", tag("span", *ticks, class_="ticks"), scope="col", aria_label="When"),
        tag("th", "Took", scope="col", class_="number"),
        tag("th", "Answer", scope="col"),
    )
    rows = [_row(call, i, end) for i, call in enumerate(run.calls)]
    return tag(
        "table",
        tag("caption", caption, class_="hidden"),
        tag("thead", head),
        tag("tbody", *rows),
        class_="waterfall",
    )


def _row(call: CallContent, index: int, end: int) -> Html:
    notes = [tag("span", note, class_="tag") for note in call.notes]
    own = call.caller == call.callee
    who = tag("span", text(call.replica or call.callee), class_="who")
    return tag(
        "tr",
        tag(
            "th",
            who,
            tag("span", call.title, class_="what") if call.title else None,
            *notes,
            scope="row",
            class_=f"depth-{min(call.depth, DEEPEST)}",
        ),
        tag("td", _bar(call, end) if call.timed else "", class_="track"),
        tag("td", duration(call.end - call.start) if call.timed else "", class_="number"),
        tag("td", "own work" if own else pill(call.answer, call.tone), class_="answer"),
        class_="abandoned" if call.abandoned else None,
        data_call=index,
    )


def _bar(call: CallContent, end: int) -> Html:
    """The stretch of time as a bar; a moment too short to be seen is drawn as a thin line."""
    width = max(WIDTH * (call.end - call.start) / end, 3)
    left = min(WIDTH * call.start / end, WIDTH - width)
    bar = tag("rect", class_=f"bar {call.tone.value}", x=number(left), y=0, width=number(width), height=HEIGHT, rx=2)
    said = f"from {duration(call.start)} to {duration(call.end)}"
    return tag(
        "svg",
        bar,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=said,
    )
