"""The JSON Schema (2020-12) of the language, made from the model: what editors complete and check from.

A schema sees one file and no names: dangling references, ids used twice, sums (shares of 100%, `needs`
against `replicas`), the arguments inside a distribution, fields that `defaults` or `set` bring, and what
YAML itself misreads are left to the loader.
"""

from typing import Any

from archspec.language.reader.merge import ROOT_ONLY
from archspec.language.shorthand import GROUP
from archspec.model import SETTING, Alert, Component, Connection, Duration, Flow, Group, Pipeline, Scenario, View
from archspec.model.constraints import constraints_of, schema_of
from archspec.model.element import INTERNAL, Element
from archspec.model.field_types import ID_PATTERN
from archspec.model.kind import kinds

Schema = dict[str, Any]

IDENTIFIER = "urn:archspec:schema:1"
_END = rf"(?:{GROUP})?{ID_PATTERN}"
_TARGETS = rf"\[\s*{_END}(?:[\s,]+{_END})*\s*\]"
ARROW = rf"^\s*{ID_PATTERN}(?:\s+->\s+{ID_PATTERN})*\s+->\s+(?:{_END}|{_TARGETS})\s*$"
"""`a -> b`, `a -> b -> c`, `a -> [b, c]`, `a -> group:g`."""

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
TOP_LEVEL_MEANINGS = {
    "archspec": "Version of the language.",
    "name": "Title of the system.",
    "description": "What it is for.",
    "lint": "The rule set that judges this spec.",
    "owner": "Owner of all that has no nearer one.",
    "include": "More files, relative to this one.",
    "defaults": "What every component of a kind, or every connection, has unless it says otherwise.",
    "set": "Overrides after includes: `id.field` to value.",
    "groups": "One tree for drawing, trust and owner; groups nest with `within`.",
    "components": "Every part of the system, by id.",
    "connections": "Who asks whom: `- a -> b`, `- a -> b: https`, `- a -> b: {…}` or `- {from: a, to: b}`.",
    "flows": "What requests do: trees of calls.",
    "alerts": "What is watched, when it is wrong, and who is told.",
    "pipelines": "How a change travels from a repository to the servers.",
    "views": "What a picture shows.",
    "scenarios": "Runs of the simulation.",
}
"""What each section of a spec is for, in the order of the docs."""
_ELEMENTS: dict[str, type[Element]] = {
    "groups": Group,
    "flows": Flow,
    "alerts": Alert,
    "pipelines": Pipeline,
    "views": View,
    "scenarios": Scenario,
}


def schema() -> Schema:
    """The schema of a root file and of an included one; deterministic."""
    definitions: Schema = {}
    sections = {name: _section(model, definitions) for name, model in _ELEMENTS.items()}
    sections["components"] = _by_id({"$ref": "#/$defs/component"})
    scenario = definitions["Scenario"]["properties"]
    scenario["load"] = _load(definitions)
    scenario["set"]["propertyNames"] = {"pattern": SETTING}
    definitions["component"] = _component(definitions)
    definitions["connection"] = _connection(definitions)
    properties: Schema = {
        "archspec": {"const": 1},
        "name": {**_TEXT},
        "description": {**_TEXT},
        "owner": {**_TEXT},
        "lint": {"enum": ["default", "strict", "production"]},
        "include": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "defaults": _defaults(definitions),
        "set": {"type": "object", "propertyNames": {"pattern": SETTING}},
        **sections,
        "connections": {"type": "array", "items": {"$ref": "#/$defs/connection"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTIFIER,
        "title": "archspec",
        "description": "Architecture as code: a production system, for lint, diagrams, traces and simulation.",
        "type": "object",
        "properties": {name: {**properties[name], "description": said} for name, said in TOP_LEVEL_MEANINGS.items()},
        "if": {"anyOf": [{"required": [key]} for key in ROOT_ONLY]},
        "then": {"required": ["archspec", "name"]},
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _by_id(element: Schema) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{ID_PATTERN}$"},
        "additionalProperties": element,
    }


def _section(model: type[Element], definitions: Schema) -> Schema:
    definitions[model.__name__] = _plain(model, definitions)
    return _by_id({"$ref": f"#/$defs/{model.__name__}"})


def _plain(model: type[Element], definitions: Schema) -> Schema:
    """A model's schema as people write it: no id (it is the key), no nulls, no internal fields."""
    raw = model.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    inner = raw.pop("$defs", {})
    for name, definition in inner.items():
        if name not in definitions and name != model.__name__:
            definitions[name] = _written(definition, _element_named(name))
    if "$ref" in raw:
        raw = inner[model.__name__]
    return _written(raw, model)


def _written(raw: Schema, model: type[Element]) -> Schema:
    properties = {key: _field(value) for key, value in raw["properties"].items() if key not in INTERNAL}
    required = [key for key in raw.get("required", []) if key != "id"]
    found: Schema = {"type": "object", "description": raw.get("description", ""), "properties": properties}
    if required:
        found["required"] = required
    found["additionalProperties"] = False
    # a component's missing half may come from `defaults`
    said = [each for each in constraints_of(model) if each.forbids or not issubclass(model, Component)]
    return found | ({"allOf": [schema_of(each, model) for each in said]} if said else {})


def _element_named(name: str) -> type[Element]:
    """The class of a part of an element, by its name."""
    waiting: list[type[Element]] = [Element]
    while waiting:
        model = waiting.pop()
        if model.__name__ == name:
            return model
        waiting += model.__subclasses__()
    raise KeyError(name)


def _field(raw: Any) -> Any:
    """A field's schema without generated titles, nulls and defaults that JSON cannot hold."""
    if isinstance(raw, list):
        return [_field(item) for item in raw]
    if not isinstance(raw, dict):
        return raw
    found = {key: _field(value) for key, value in raw.items() if key not in ("title", "default")}
    if "anyOf" in found:
        branches = [branch for branch in found.pop("anyOf") if branch != {"type": "null"}]
        found = {**(branches[0] if len(branches) == 1 else {"anyOf": branches}), **found}
    default = raw.get("default")
    if isinstance(default, dict) and "nanoseconds" in default:
        found["default"] = str(Duration(default["nanoseconds"]))
    elif isinstance(default, (str, int, bool)):
        found["default"] = default
    return found


def _load(definitions: Schema) -> Schema:
    """A factor for all flows, or for each flow a level or the long form."""
    raw = definitions["Scenario"]["properties"]["load"]
    factor, level = raw["anyOf"][0], definitions["Load"]["properties"]["rate"]
    each = {"if": {"type": "object"}, "then": {"$ref": "#/$defs/Load"}, "else": level}
    by_flow = {"propertyNames": {"pattern": f"^{ID_PATTERN}$"}, "additionalProperties": each}
    return {"if": {"type": "object"}, "then": by_flow, "else": factor, "description": raw["description"]}


def _component(definitions: Schema) -> Schema:
    """One schema for each kind, chosen by `kind`, so that an error speaks of that kind alone."""
    chosen = []
    for name, kind in kinds().items():
        own = _plain(kind.model, definitions)
        own["properties"]["kind"] = {"const": name}
        own["description"] = kind.summary
        definitions[f"kind-{name}"] = own
        chosen.append({"if": {"properties": {"kind": {"const": name}}}, "then": {"$ref": f"#/$defs/kind-{name}"}})
    _share_fields(definitions)
    described = [{"const": name, "description": kind.summary} for name, kind in kinds().items()]
    return {
        "type": "object",
        "properties": {"kind": {"enum": list(kinds()), "description": "What it is.", "oneOf": described}},
        "required": ["kind"],
        "if": {"properties": {"kind": {"enum": list(kinds())}}, "required": ["kind"]},
        "then": {"allOf": chosen},
    }


def _share_fields(definitions: Schema) -> None:
    """Let kinds that have the same field say it once, under `field-<name>`."""
    for name in kinds():
        fields = definitions[f"kind-{name}"]["properties"]
        for field, said in fields.items():
            shared = definitions.setdefault(f"field-{field}", said) if field != "kind" else None
            if shared == said:
                fields[field] = {"$ref": f"#/$defs/field-{field}"}


def _defaults(definitions: Schema) -> Schema:
    """Fields by kind, and of connections; none is required here."""
    properties = {
        name: {
            "type": "object",
            "properties": {
                field: {"$ref": f"#/$defs/kind-{name}/properties/{field}"}
                for field in definitions[f"kind-{name}"]["properties"]
                if field != "kind"
            },
            "additionalProperties": False,
        }
        for name in kinds()
    }
    all_have = [field for field in definitions["connection-fields"]["properties"] if field != "name"]
    properties["connections"] = {
        "type": "object",
        "properties": {field: {"$ref": f"#/$defs/connection-fields/properties/{field}"} for field in all_have},
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _connection(definitions: Schema) -> Schema:
    """The short, the middle and the long form."""
    long = _plain(Connection, definitions)
    fields = {key: value for key, value in long["properties"].items() if key not in ("from", "to")}
    definitions["connection-fields"] = {
        "type": "object",
        "description": "What a connection says besides its ends.",
        "properties": fields,
        "additionalProperties": False,
    }
    asking, asked = long["properties"]["from"], {**long["properties"]["to"], "pattern": f"^{_END}$"}
    from_, to = ({"anyOf": [end, {"type": "array", "items": end}]} for end in (asking, asked))
    protocol = {"$ref": "#/$defs/connection-fields/properties/protocol"}
    return {
        "description": long["description"],
        "if": {"type": "string"},
        "then": {"pattern": ARROW},
        "else": {
            "type": "object",
            "if": {"anyOf": [{"required": ["from"]}, {"required": ["to"]}]},
            "then": {
                "properties": {"from": from_, "to": to, **fields},
                "required": ["from", "to"],
                "additionalProperties": False,
            },
            "else": {
                "minProperties": 1,
                "maxProperties": 1,
                "propertyNames": {"pattern": ARROW},
                "additionalProperties": {
                    "if": {"type": "object"},
                    "then": {"$ref": "#/$defs/connection-fields"},
                    "else": protocol,
                },
            },
        },
    }
