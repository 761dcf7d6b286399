"""The text of every rule that found something, so that the page needs no other place to explain itself."""

from archspec.renderers.page.content import RulePage
from archspec.renderers.page.html import Html, tag
from archspec.renderers.page.names import anchor
from archspec.renderers.page.parts import section
from archspec.renderers.page.prose import prose


def rules(pages: tuple[RulePage, ...]) -> Html | None:
    """One folded page per rule; none where nothing was found."""
    if not pages:
        return None
    folded = [
        tag(
            "details",
            tag("summary", tag("code", page.code), tag("span", page.name, class_="name")),
            tag("div", prose(page.text), class_="prose"),
            id=anchor("rule", page.code),
        )
        for page in pages
    ]
    return section(
        "rules",
        "Rules",
        "What the rules behind the findings check, and why.",
        tag("div", *folded, class_="card components"),
    )
