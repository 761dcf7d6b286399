"""Files of real systems to specs: one file per foreign format in `formats`, found by discovery.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.importers.addresses import Address, clean_path, in_words
from archspec.importers.config_file import ConfigFile, Configured
from archspec.importers.documents import Map
from archspec.importers.facts import (
    OUTSIDE,
    Evidence,
    Fact,
    Grade,
    Hint,
    Section,
    Subject,
    component,
    connection,
    identifier,
)
from archspec.importers.importer import Choices, Importer, Reading
from archspec.importers.kubernetes.objects import Cluster, Object
from archspec.importers.models import Arrow, Model, kind_of, secured
from archspec.importers.nesting import nested
from archspec.importers.reasons import Facts
from archspec.importers.registry import config_files, importers
from archspec.importers.source import Source
from archspec.importers.stating import Network, state
from archspec.importers.systems import system_name
from archspec.importers.tables import (
    Product,
    is_nobody,
    kind_in,
    listening,
    product_of,
    protocol_in,
    protocol_of,
    public_host,
    set_up_by,
    technology_in,
    telemetry_field,
)
from archspec.importers.texts import plain, sentence
from archspec.importers.units import at, flag, items, line_of, mapping

__all__ = [
    "OUTSIDE",
    "Address",
    "Arrow",
    "Choices",
    "Cluster",
    "ConfigFile",
    "Configured",
    "Evidence",
    "Fact",
    "Facts",
    "Grade",
    "Hint",
    "Importer",
    "Map",
    "Model",
    "Network",
    "Object",
    "Product",
    "Reading",
    "Section",
    "Source",
    "Subject",
    "at",
    "clean_path",
    "component",
    "config_files",
    "connection",
    "flag",
    "identifier",
    "importers",
    "in_words",
    "is_nobody",
    "items",
    "kind_in",
    "kind_of",
    "line_of",
    "listening",
    "mapping",
    "nested",
    "plain",
    "product_of",
    "protocol_in",
    "protocol_of",
    "public_host",
    "secured",
    "sentence",
    "set_up_by",
    "state",
    "system_name",
    "technology_in",
    "telemetry_field",
]
PLACES: dict[str, str]
