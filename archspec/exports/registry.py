"""The formats of other tools that a spec is written in."""

from archspec.discovery import discover, modules
from archspec.exports.export import Export
from archspec.language import named

HOME = "archspec.exports.formats"


def format_names() -> tuple[str, ...]:
    """The names of archspec's own formats, sorted, without importing any."""
    return tuple(sorted(name.rpartition(".")[2].replace("_", "-") for name in modules(HOME)))


def exports() -> dict[str, Export]:
    """Every format by name, sorted; other distributions add theirs by the entry point `archspec.exports`."""
    return discover((HOME,), Export, lambda export: export.name, "archspec.exports")


def export_for(name: str) -> Export:
    """The format of this name.

    Raises:
        UsageError: there is none.

    """
    return named("export format", name, exports())
