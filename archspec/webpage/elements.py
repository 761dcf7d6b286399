"""Pieces that several sections are made of: headings, pills, tables, tabs, lists of facts and of files."""

import re
from collections.abc import Iterable, Sequence

from archspec.renderers.html.tags import Child, Html, join, tag, text
from archspec.webpage.content import Cell, File, Table
from archspec.webpage.part_content import Fact, Tone


def section(id_: str, title: str, lead: str, *children: Child) -> Html:
    """A part of the page that the navigation leads to."""
    return tag(
        "section",
        tag("header", tag("h2", title), tag("p", lead, class_="lead") if lead else None, class_="section-head"),
        *children,
        id=id_,
        class_="section",
    )


def pill(content: str, tone: Tone) -> Html:
    """A short statement in its tone, with a sign for those who do not see the colour."""
    sign = tag("span", tone.sign, class_="sign", aria_hidden="true") if tone.sign else None
    return tag("span", sign, text(content), class_=f"pill {tone.value}")


def facts(items: Iterable[Fact]) -> Html:
    """Names and values, side by side."""
    return tag("dl", *(_fact(item) for item in items), class_="facts")


def _fact(item: Fact) -> Html:
    value = tag("a", item.value, href=item.href) if item.href else text(item.value)
    tone = f"value {item.tone.value}"
    return tag(
        "div",
        tag("dt", item.label),
        tag("dd", value, class_=tone),
        tag("dd", item.note, class_="note") if item.note else None,
    )


def table(content: Table, name: str, *, level: str = "h3") -> Html:
    """A table that scrolls sideways in its own box where the window is narrow; its `name` is for screen readers."""
    numeric = [any(row[i].is_number for row in content.rows if i < len(row)) for i in range(len(content.columns))]
    head = tag(
        "tr",
        *(
            tag("th", name, scope="col", class_="number" if number else None)
            for name, number in zip(content.columns, numeric, strict=True)
        ),
    )
    body = join(tag("tr", *(_cell(cell, first=not i) for i, cell in enumerate(row))) for row in content.rows)
    return tag(
        "div",
        tag(level, content.title) if content.title else None,
        scrolling(name, tag("table", tag("thead", head), tag("tbody", body))),
        tag("p", content.note, class_="note") if content.note else None,
        class_="table-block",
    )


def scrolling(name: str, child: Html) -> Html:
    """A box that scrolls sideways, by keyboard too."""
    return tag("div", child, class_="scroll", tabindex=0, role="region", aria_label=name)


def _cell(cell: Cell, *, first: bool) -> Html:
    content: Html = text(cell.text)
    if cell.tone is not Tone.PLAIN:
        content = pill(cell.text, cell.tone)
    if cell.href:
        content = tag("a", content, href=cell.href)
    return tag(
        "th" if first else "td",
        content,
        scope="row" if first else None,
        class_="number" if cell.is_number else None,
    )


def tabs(group: str, panels: Sequence[tuple[str, Html]], label: str) -> Html:
    """Panels of which one is seen, chosen by radio buttons: they work without JavaScript and print as a whole."""
    if len(panels) == 1:
        return tag("div", panels[0][1], class_="panel alone")
    parts: list[Html] = []
    for i, (title, body) in enumerate(panels):
        id_ = f"{group}-tab-{i + 1}"
        parts.append(tag("input", type="radio", name=f"{group}-tab", id=id_, class_="tab-input", checked=i == 0))
        parts.append(tag("label", title, for_=id_, class_="tab-label"))
        parts.append(
            tag("div", tag("h4", title, class_="print-title"), body, class_="panel", role="group", aria_label=title)
        )
    return tag("div", *parts, class_="tabs", role="radiogroup", aria_label=label)


def files(items: Iterable[File]) -> Html | None:
    """Links to files beside the page."""
    links = [tag("a", item.title, href=item.path, class_="file") for item in items]
    label = tag("span", "Files", class_="files-label")
    return tag("p", label, *links, class_="files") if links else None


def empty(message: str) -> Html:
    """What stands where there is nothing to show."""
    return tag("p", message, class_="empty")


def anchor(kind: str, name: str) -> str:
    """An id of an element: letters, digits, dashes and underscores; anything else is spelt by its code point.

    >>> anchor("flow", "watch-video"), anchor("rule", "a b")
    ('flow-watch-video', 'rule-a_20_b')
    """
    return f"{kind}-{re.sub(r'[^A-Za-z0-9-]', lambda found: f'_{ord(found[0]):x}_', name)}"
