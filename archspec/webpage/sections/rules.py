"""The text of every rule that found something, so that the page needs no other place to explain itself."""

from archspec.renderers import Html, prose, tag
from archspec.validators import Rule
from archspec.webpage import anchor, section


def rules(spoke: tuple[Rule, ...]) -> Html | None:
    """One folded page per rule; none where nothing was found."""
    if not spoke:
        return None
    folded = [
        tag(
            "details",
            tag("summary", tag("code", rule.code), tag("span", rule.name, class_="name")),
            tag("div", prose(f"{rule.documentation.summary}\n\n{rule.documentation.markdown}"), class_="prose"),
            id=anchor("rule", rule.code),
        )
        for rule in spoke
    ]
    return section(
        "rules",
        "Rules",
        "What the rules behind the findings check, and why.",
        tag("div", *folded, class_="card components"),
    )
