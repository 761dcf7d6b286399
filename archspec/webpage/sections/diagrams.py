"""The views, one tab each."""

from archspec.renderers import Html, tag
from archspec.webpage import Picture, anchor, empty, files, scrolling, section, tabs
from archspec.webpage.album import Album


def diagrams(pictures: tuple[Picture, ...], album: Album) -> Html:
    """Every view as a figure in a box that it fits, with its files below."""
    if not pictures:
        return section("diagrams", "Diagrams", "", empty("The spec has nothing to draw yet."))
    panels = [(_name(picture), _figure(picture, album)) for picture in pictures]
    return section("diagrams", "Diagrams", "", tabs("view", panels, "Views"))


def _name(picture: Picture) -> str:
    return f"Inside {picture.title}" if picture.inside else picture.title


def _figure(picture: Picture, album: Album) -> Html:
    remarks = [tag("p", remark, class_="note") for remark in picture.remarks]
    return tag(
        "figure",
        scrolling(f"Diagram: {picture.title}", tag("div", album.embed(picture.svg), class_="canvas")),
        tag("figcaption", tag("span", picture.title, class_="hidden"), *remarks, files(picture.files)),
        id=anchor("view", picture.id),
        class_="diagram",
        data_view=picture.id,
    )
