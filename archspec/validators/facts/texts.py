"""Every free text of a spec, with where it stands."""

from collections.abc import Iterator

from pydantic import BaseModel

from archspec.model.architecture import Architecture
from archspec.model.source import Path

Texts = tuple[tuple[Path, str], ...]


def texts(architecture: Architecture) -> Texts:
    """Texts by path: names, labels, descriptions, links and the like; ids and references are none."""
    return tuple(_texts(architecture))


def _texts(architecture: Architecture) -> Iterator[tuple[Path, str]]:
    for field in ("name", "description", "owner"):
        value = getattr(architecture, field)
        if value:
            yield (field,), value
    ids = {*architecture.components, *architecture.groups, *architecture.flows}
    for section in ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios"):
        for id_, element in getattr(architecture, section).items():
            yield from _inside(element, (section, id_), ids)
    for connection in architecture.connections:
        yield from _inside(connection, ("connections", connection.name), ids)


def _inside(value: object, path: Path, ids: set[str]) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if value not in ids:
            yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if name in value.model_fields_set and name not in ("id", "kind"):
                yield from _inside(getattr(value, name), (*path, field.alias or name), ids)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, (*path, key), ids)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside(item, (*path, index), ids)
