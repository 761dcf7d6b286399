"""Foreign documents held against the schemas that their makers publish; the files stand in `schemas/`."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from archspec.importers.documents import Scalar
from archspec.model import Plain, core

_FOLDER = Path(__file__).parent / "schemas"
_MOST_TOLD = 5
MOST_CHECKED = 500
"""So many parts of a document are checked; more would take longer than all else of an import."""


@cache
def _validator(name: str, part: str) -> Any:
    from jsonschema.validators import validator_for
    from referencing import Registry
    from referencing.jsonschema import specification_with

    contents = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    if not part:
        return validator_for(contents)(contents)
    schemas = contents.get("schemas", [{"$id": name, **contents}])
    known = [(each["$id"], specification_with(each["$schema"]).create_resource(each)) for each in schemas]
    registry: Any = Registry().with_resources(known)
    return validator_for(schemas[0])({"$ref": part}, registry=registry)


@cache
def kubernetes_parts() -> dict[tuple[str, str], str]:
    """The part of Kubernetes' schema for each `apiVersion` and `kind` that it has."""
    contents = json.loads((_FOLDER / "kubernetes.json").read_text("utf-8"))
    return {
        ("/".join(filter(None, (kind["group"], kind["version"]))), kind["kind"]): f"kubernetes#/$defs/{name}"
        for name, schema in contents["$defs"].items()
        for kind in schema.get("x-kubernetes-group-version-kind", ())
    }


def misfits(name: str, data: Any, part: str = "") -> list[str]:
    """Where a document does not fit a published schema, as `services.api.ports: …`, without what stands there.

    `part` is the part of the schema that it must fit; empty for the whole.
    """
    found = []
    errors = list(_validator(name, part).iter_errors(_typed(data)))
    own = [error for error in errors if error.validator != "unevaluatedProperties"]  # those follow from the others
    for error in own or errors:
        place = ".".join(str(part) for part in error.absolute_path) or "the document"
        found.append(f"{place}: {_reason(error)}")
    more = [f"and {len(found) - _MOST_TOLD} places more"] if len(found) > _MOST_TOLD else []
    return [*sorted(found)[:_MOST_TOLD], *more]


def _reason(error: Any) -> str:
    """What is wrong, by the schema alone: a value may be a secret."""
    match error.validator:
        case "type":
            wanted = error.validator_value
            return f"must be {' or '.join(wanted) if isinstance(wanted, list) else wanted}"
        case "additionalProperties" | "unevaluatedProperties":
            names = re.findall(r"'([^']*)'", re.split(r" do(?:es)? not match", error.message)[0])
            return f"unknown key {', '.join(names)}"
        case "required":
            return f"needs {', '.join(key for key in error.validator_value if key not in error.instance)}"
        case keyword:
            return f"does not fit ({keyword})"


def _typed(value: Any) -> Any:
    """The document as its format's own parser types it: a plain `3` is a number, `true` a flag."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if isinstance(value, Scalar) and not value.quoted:
        return core(Plain(value))
    return str(value) if isinstance(value, str) else value
