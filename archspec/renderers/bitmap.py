"""SVG to PNG with the bundled fonts and no others, so that it looks the same on every machine."""

from archspec.errors import UsageError

LARGEST = 16_000


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
