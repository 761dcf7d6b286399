"""The text of every rule that found something, so that the page needs no other place to explain itself."""

from archspec.renderers.html.prose import prose
from archspec.renderers.html.tags import Html, tag
from archspec.webpage.anchors import anchor
from archspec.webpage.content import RulePage
from archspec.webpage.elements import section


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
