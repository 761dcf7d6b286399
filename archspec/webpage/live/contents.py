"""The page that leads to the pages of several specs."""

from collections.abc import Iterable

from archspec.renderers import Html, tag
from archspec.webpage.document import policy
from archspec.webpage.style import style_sheet


def contents(folder: str, paths: Iterable[str]) -> str:
    """A list of links, in the dress of the pages."""
    css = style_sheet({})
    title = f"Specs in {folder}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy(css, "", live=False)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        tag("style", Html(css)),
    )
    rows = [tag("li", tag("a", path.rstrip("/"), href=path)) for path in paths]
    body = tag("body", tag("main", tag("h1", title), tag("ul", *rows, class_="specs")))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"
