"""Files of real systems to specs: one file per foreign format in `formats`, found by discovery."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archspec.importers.importer import Importer


def importers() -> "dict[str, Importer]":
    """Every foreign format by name, sorted; other distributions add theirs by the entry point `archspec.importers`."""
    from archspec.discovery import discover
    from archspec.importers.importer import Importer

    return discover(("archspec.importers.formats",), Importer, lambda one: one.name, "archspec.importers")
