"""The head of the page: what the system is, and how it stands."""

from archspec.renderers import Html, tag
from archspec.webpage import PageContent, Table, facts, section, table


def overview(content: PageContent) -> Html:
    """Name, purpose, owner and the summary's figures."""
    about = [("Owner", content.owner), ("Spec", content.spec)]
    return tag(
        "section",
        tag("p", "Architecture", class_="kicker"),
        tag("h1", content.name),
        tag("p", content.description, class_="description") if content.description else None,
        tag(
            "dl",
            *(tag("div", tag("dt", name), tag("dd", value)) for name, value in about if value),
            class_="about",
        ),
        facts(content.summary) if content.summary else None,
        id="overview",
        class_="section overview",
    )


def figures(id_: str, title: str, lead: str, tables: tuple[Table, ...]) -> Html | None:
    """A section of tables; none where there is nothing to say."""
    if not tables:
        return None
    return section(id_, title, lead, *(tag("div", table(each, each.title or title), class_="card") for each in tables))
