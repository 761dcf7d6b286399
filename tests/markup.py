"""HTML and JSON as lines to read and to compare."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html


def outline(text: str, *, pictures: bool = False) -> str:
    """A document's body, a line for each element with its attributes and the first lines of its text.

    Scripts, styles, the text of rules and, unless they are wished for, pictures are left out.
    """
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


def listed(text: str, depth: int = 2) -> str:
    """JSON with a line for each thing of each kind; the last digits of numbers differ from machine to machine."""
    told = json.loads(text, parse_float=lambda digits: float(f"{float(digits):.6g}"))
    return "\n".join([*_listed(told, depth), ""])


def _listed(told: Any, depth: int) -> Iterator[str]:
    for name, value in told.items() if isinstance(told, dict) else enumerate(told):
        if depth and isinstance(value, dict | list) and value:
            yield from (f"{name}.{line}" for line in _listed(value, depth - 1))
        else:
            yield f"{name}: {json.dumps(value, ensure_ascii=False)}"
