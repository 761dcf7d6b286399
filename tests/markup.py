"""HTML as lines to read and to compare: one for each element, with its attributes and the first lines of its text."""

import re
from collections.abc import Iterator

from lxml import html


def outline(text: str, *, pictures: bool = False) -> str:
    """A document's body without scripts, styles, the text of rules and, unless wished for, pictures."""
    left_out = r"<(script|style).*?</\1>" if pictures else r"<(script|style|svg).*?</\1>"
    body = html.fromstring(re.sub(left_out, "", text, flags=re.DOTALL)).find("body")
    for prose in body.find_class("prose"):
        prose.clear()
    return "\n".join(_lines(body, "")) + "\n"


def _lines(element: html.HtmlElement, indent: str) -> Iterator[str]:
    attributes = "".join(f" {name}={value}" for name, value in element.items())
    yield f"{indent}{element.tag}{attributes}{_said(element.text)}"
    for child in element:
        yield from _lines(child, f"{indent} ")
        if _said(child.tail):
            yield f"{indent}{_said(child.tail)}"


def _said(text: str | None) -> str:
    return f" | {' / '.join(text.splitlines()[:2])}" if text and text.strip() else ""
