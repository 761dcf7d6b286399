"""A JSON Schema of closed objects as types of TypeScript."""

import json
from collections.abc import Iterator
from typing import Any


def types_of(schema: dict[str, Any]) -> Iterator[str]:
    """Lines that declare the schema's definitions, and itself by its title."""
    for name, definition in (*schema["$defs"].items(), (schema["title"], schema)):
        yield ""
        yield from _comment(definition, "")
        yield f"export type {_named(name)} = {_type(definition, '')};"


def _comment(schema: dict[str, Any], indent: str) -> Iterator[str]:
    if "description" in schema:
        yield f"{indent}/** {schema['description']} */"


def _type(schema: dict[str, Any], indent: str) -> str:
    if "$ref" in schema:
        return _named(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    if "anyOf" in schema or "oneOf" in schema:
        return " | ".join(_type(each, indent) for each in schema.get("anyOf") or schema["oneOf"])
    match schema["type"]:
        case "object":
            return _object(schema, indent)
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(_type(each, indent) for each in schema['prefixItems'])}]"
        case "array":
            return f"Array<{_type(schema['items'], indent)}>"
        case "integer" | "number":
            return "number"
        case "string" | "boolean" as name:
            return str(name)
    raise ValueError(f"no type for {schema}")


def _object(schema: dict[str, Any], indent: str) -> str:
    inner, lines = f"{indent}  ", ["{"]
    for name, each in schema["properties"].items():
        lines += _comment(each, inner)
        mark = "" if name in schema.get("required", ()) else "?"
        lines.append(f"{inner}{name}{mark}: {_type(each, inner)};")
    return "\n".join([*lines, f"{indent}}}"])


def _named(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
