"""The foreign formats that are read, and the configurations of products."""

from archspec.discovery import discover
from archspec.importers.config_file import ConfigFile
from archspec.importers.importer import Importer


def importers() -> dict[str, Importer]:
    """Every foreign format by name, sorted; other distributions add theirs by the entry point `archspec.importers`."""
    from archspec.importers.mounted import alone

    found = discover(("archspec.importers.formats",), Importer, lambda one: one.name, "archspec.importers")
    return {**found, **{name: alone(each) for name, each in config_files().items()}}


def config_files() -> dict[str, ConfigFile]:
    """The configurations of known products by name; others come by the entry point `archspec.config_files`."""
    return discover(("archspec.importers.products",), ConfigFile, lambda one: one.name, "archspec.config_files")
