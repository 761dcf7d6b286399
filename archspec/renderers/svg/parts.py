"""Pieces that every kind of picture is written with: texts, rectangles, paths, the document round them."""

from collections.abc import Iterable, Mapping

from archspec.renderers import Box, Colour, Curve, Mark, Palette, Style, TextBlock, Theme, Weight, font_attributes
from archspec.renderers.layout.heading import DESCRIPTION, DESCRIPTION_LINE, TITLE, TITLE_LINE
from archspec.renderers.markup import Attribute, element, escape, number


def text(
    palette: Palette, role: str, colour: Colour, content: str, x: float, y: float, style: Style, anchor: str = "start"
) -> str:
    """One line of text whose baseline is at y."""
    attributes: dict[str, Attribute] = {
        "x": x,
        "y": y,
        "font-size": style.size,
        "font-weight": str(int(style.weight)) if style.weight is not Weight.REGULAR else None,
        "text-anchor": anchor if anchor != "start" else None,
        "unicode-bidi": "isolate" if not content.isascii() else None,
    }
    return element("text", palette.paint(role, fill=colour) | attributes, escape(content))


def rectangle(attributes: dict[str, Attribute], box: Box, radius: float = 0, **more: Attribute) -> str:
    """A rectangle with rounded corners."""
    shape: dict[str, Attribute] = {
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "rx": radius or None,
    }
    named = {name.replace("_", "-"): value for name, value in more.items()}
    return element("rect", attributes | shape | named)


UNMARKED = 0.4
"""How strongly is drawn what two versions have alike."""
MARKED: Mapping[Mark, Mapping[str, Attribute]] = {
    Mark.ADDED: {"stroke-width": 3},
    Mark.REMOVED: {"stroke-width": 3, "stroke-dasharray": "6 5"},
    Mark.CHANGED: {"stroke-width": 3},
}


def faint(mark: Mark | None, *, marks: bool) -> dict[str, Attribute]:
    """The opacity of what is as it was, in a picture that marks what is not."""
    return {"opacity": UNMARKED} if marks and mark is None else {"data-change": mark.value if mark else None}


def path_data(curves: Iterable[Curve]) -> str:
    """SVG path data of joined curves."""
    pieces: list[str] = []
    for curve in curves:
        if not pieces:
            pieces.append(f"M{_pair(curve.start.x, curve.start.y)}")
        end = _pair(curve.end.x, curve.end.y)
        if curve.is_straight:
            pieces.append(f"L{end}")
        else:
            first = _pair(curve.control_1.x, curve.control_1.y)
            pieces.append(f"C{first} {_pair(curve.control_2.x, curve.control_2.y)} {end}")
    return "".join(pieces)


def _pair(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def heading_markup(palette: Palette, theme: Theme, title: TextBlock, description: TextBlock, margin: float) -> str:
    """Title and description at the top left."""
    y, parts = margin, []
    for words in title.lines:
        parts.append(text(palette, "title", theme.text, words, margin, y + 18, TITLE))
        y += TITLE_LINE
    for words in description.lines:
        parts.append(text(palette, "faint", theme.faint_text, words, margin, y + 14, DESCRIPTION))
        y += DESCRIPTION_LINE
    return "".join(parts)


def document(
    palette: Palette,
    theme: Theme,
    *,
    name: str,
    title: str,
    description: str,
    size: tuple[float, float],
    definitions: str,
    body: str,
    with_font: bool,
) -> str:
    """The whole SVG. `definitions` go into <defs>; `body` is markup."""
    width, height = size
    ground = rectangle(palette.paint("page", fill=theme.page), Box(0, 0, width, height))
    style = element("style", {}, palette.style_sheet(with_font=with_font)) if palette.adapts else ""
    title_id, description_id = f"{name}-title", f"{name}-desc"
    attributes: dict[str, Attribute] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": width,
        "height": height,
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "role": "img",
        "aria-labelledby": f"{title_id} {description_id}",
        **font_attributes(),
    }
    return (
        element(
            "svg",
            attributes,
            element("title", {"id": title_id}, escape(title) or "Diagram"),
            element("desc", {"id": description_id}, escape(description)),
            style,
            element("defs", {}, definitions) if definitions else "",
            ground,
            body,
        )
        + "\n"
    )
