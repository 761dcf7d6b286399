"""Sections made of tables: availability, capacity, alerts."""

from archspec.renderers import Html, tag
from archspec.webpage import Table, section, table


def figures(id_: str, title: str, lead: str, tables: tuple[Table, ...]) -> Html | None:
    """A section of tables; none where there is nothing to say."""
    if not tables:
        return None
    return section(id_, title, lead, *(tag("div", table(each, each.title or title), class_="card") for each in tables))
