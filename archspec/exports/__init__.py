"""What puts a spec to work in other tools: alert rules, objectives, dashboards, load tests, chaos experiments."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archspec.exports.export import Export

ENTRY_POINTS = "archspec.exports"


def format_names() -> tuple[str, ...]:
    """The names of archspec's own formats, sorted, without importing any."""
    from archspec.discovery import modules

    return tuple(sorted(name.rpartition(".")[2].replace("_", "-") for name in modules(f"{__name__}.formats")))


def exports() -> "dict[str, Export]":
    """Every format by name, sorted; other distributions add theirs by the entry point `archspec.exports`."""
    from archspec.discovery import discover
    from archspec.exports.export import Export

    return discover((f"{__name__}.formats",), Export, lambda export: export.name, ENTRY_POINTS)


def export_for(name: str) -> "Export":
    """The format of this name.

    Raises:
        UsageError: there is none.

    """
    from archspec.language.suggestions import named

    return named("export format", name, exports())
