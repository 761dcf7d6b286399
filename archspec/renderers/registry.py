"""The formats that pictures are written in."""

from archspec.discovery import discover
from archspec.errors import UsageError
from archspec.language import named
from archspec.renderers.renderer import Renderer

FORMATS = ("archspec.renderers.formats", "archspec.webpage.formats")
"""Where formats stand: what writes the whole page stands higher, so that it is found by name, as an extension is."""


def renderers() -> dict[str, Renderer]:
    """Every format by name, sorted; other distributions add theirs by the entry point `archspec.renderers`."""
    return discover(FORMATS, Renderer, lambda one: one.name, "archspec.renderers")


def renderer_for(name: str | None, file: str | None = None) -> Renderer:
    """The format of this name, else the one that the file's suffix tells, else SVG.

    Raises:
        UsageError: there is no such format, or no format has this suffix.

    >>> renderer_for(None, "picture.mmd").name
    'mermaid'

    """
    found = renderers()
    if name is not None:
        return named("format", name, found)
    if file is None or "." not in file:
        return found["svg"]
    for one in found.values():
        if file.lower().endswith(one.suffixes):
            return one
    known = ", ".join(suffix for one in found.values() for suffix in one.suffixes)
    raise UsageError(f"no format writes {file!r}; name one with --format, or end the file with one of {known}.")
