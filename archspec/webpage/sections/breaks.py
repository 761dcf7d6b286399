"""A flow while one part is down: the place of a table that the page fills when somebody looks at it."""

from archspec.renderers.html.tags import Html, tag
from archspec.webpage.elements import empty
from archspec.webpage.flow_content import FlowContent

WITHOUT = "The page works this out itself, which needs JavaScript; `archspec trace --fail` answers it too."


def breaks(flow: FlowContent) -> Html:
    """What the user gets while a component, a replica or a zone is down."""
    return tag("div", empty(WITHOUT), class_="breaks", data_flow=flow.id)
