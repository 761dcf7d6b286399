"""Files of real systems to specs: one file per foreign format in `formats`, found by discovery."""

from archspec.names import by_need

PLACES = {
    "addresses": "Address clean_path in_words",
    "config_file": "ConfigFile Configured",
    "documents": "Map",
    "facts": "Evidence Fact Grade Hint OUTSIDE Section Subject component connection identifier",
    "importer": "Choices Importer Reading",
    "kubernetes.objects": "Cluster Object",
    "models": "Arrow Model kind_of secured",
    "nesting": "nested",
    "reasons": "Facts",
    "registry": "config_files importers",
    "source": "Source",
    "stating": "Network state",
    "systems": "system_name",
    "tables": "Product is_nobody kind_in listening product_of protocol_in protocol_of public_host set_up_by "
    "technology_in telemetry_field",
    "texts": "plain sentence",
    "units": "at flag items line_of mapping",
}

__getattr__ = by_need(__name__, PLACES)
