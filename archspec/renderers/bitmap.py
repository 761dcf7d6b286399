"""SVG to PNG with the bundled fonts and no others, so that it looks the same on every machine."""

from collections.abc import Iterable, Iterator

from archspec.errors import UsageError
from archspec.renderers.placed import PlacedScene
from archspec.renderers.text import clean, is_bundled

LARGEST = 16_000


def words_of(placed: PlacedScene) -> Iterator[str]:
    """Every text that the picture shows."""
    yield from (*placed.title.lines, *placed.description.lines)
    for boundary in placed.boundaries:
        yield from (*boundary.title.lines, boundary.note)
    for node in placed.nodes:
        yield from (*node.name.lines, *node.detail.lines)
    for edge in placed.edges:
        yield from edge.plate.text.lines if edge.plate else ()


def unwritable(texts: Iterable[str]) -> tuple[str, ...]:
    """A note on the characters that the bundled font lacks, none if it has them all.

    >>> unwritable(["naïve", "日本"])
    ('the bundled font has no 日本, which a bitmap leaves blank; svg shows them.',)
    """
    missing = dict.fromkeys(char for text in texts for char in clean(text) if not is_bundled(char))
    if not missing:
        return ()
    some = "".join(list(missing)[:8])
    return (f"the bundled font has no {some}, which a bitmap leaves blank; svg shows them.",)


def bitmap(svg: str, scale: float = 1.0) -> bytes:
    """PNG bytes of the SVG, `scale` px per px of it.

    Raises:
        UsageError: the scale is not above 0, or the picture would be wider or higher than 16,000 px.

    """
    import re

    from resvg_py import svg_to_bytes

    from archspec.renderers.assets import asset_path

    width, height = (float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', svg)[:2])
    if scale <= 0:
        raise UsageError(f"a scale of {scale:g} shows nothing; give a number above 0.")
    if max(width, height) * scale > LARGEST:
        most = LARGEST / max(width, height)
        raise UsageError(f"a scale of {scale:g} makes the picture larger than {LARGEST} px; use at most {most:.2f}.")
    fonts = [str(asset_path(f"fonts/Inter-{name}.otf")) for name in ("Regular", "SemiBold")]
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            width=max(1, round(width * scale)),
            height=max(1, round(height * scale)),
            skip_system_fonts=True,
            font_files=fonts,
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )
