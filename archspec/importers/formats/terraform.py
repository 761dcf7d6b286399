"""Terraform: what `terraform show -json` says of a plan or a state, and state files."""

from collections.abc import Sequence
from typing import Any

from archspec.importers import Choices, Facts, Importer, Reading, Source, mapping, system_name
from archspec.importers.tables import table
from archspec.importers.terraform.asking import Asking
from archspec.importers.terraform.components import Components
from archspec.importers.terraform.resources import stack

_SILENT = (
    *("_iam_", "_security_group", "_subnet", "_vpc", "_route", "_internet_gateway", "_nat_gateway", "_eip"),
    *("_target_group", "_listener", "_policy", "_permission", "_log_group", "_role", "_versioning", "_association"),
    *("_attachment", "_cluster_instance", "_parameter_group", "_subnet_group", "_mapping", "_subscription"),
    *("_integration", "_record", "random_", "null_", "local_", "tls_", "time_", "_key", "_acl"),
    *("_encryption_configuration", "_public_access_block"),
)
"""Parts of types that say nothing of their own, or are read with what they belong to."""


def recognises(source: Source) -> bool:
    """A version of Terraform or of its JSON, beside resources."""

    def fits(document: dict[str, Any]) -> bool:
        if "terraform_version" in document:
            return bool({"planned_values", "values", "resources", "modules"} & set(document))
        return "format_version" in document and bool({"planned_values", "values"} & set(document))

    return source.first(fits)


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """The resources of every file, each a stack of its own."""
    del choices
    reading = Reading(name=system_name(sources[0].path))
    types = table("terraform")["types"]
    for source in sources:
        for document in source.documents:
            facts = Facts(source.name)
            found = stack(mapping(document))
            components = Components(found, facts)
            components.run()
            Asking(found, components, facts).run()
            reading.facts += facts.found
            reading.read["resources"] = reading.read.get("resources", 0) + len(found.resources)
            for each in found.resources:
                if each.type not in types and not any(part in each.type for part in _SILENT):
                    reading.not_understood[each.type] = reading.not_understood.get(each.type, 0) + 1
    return reading


IMPORTER = Importer("terraform", "a Terraform plan or state", recognises, read)
