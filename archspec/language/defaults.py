"""`defaults`: fields that reach a component from elsewhere in the spec."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from archspec.language.problems import Problems
from archspec.language.suggestions import did_you_mean, listed
from archspec.model import OTHER_WORDS, Connection, Path
from archspec.model.element import INTERNAL
from archspec.model.kind import kinds

Data = dict[str, Any]


def merge_defaults(data: Data, problems: Problems) -> None:
    """Give every component the fields of its kind's defaults that it does not state itself.

    Fields merge one level deep; a value, also a list or mapping, replaces.
    """
    defaults = data.get("defaults", {})
    for kind, fields in defaults.items():
        path: Path = ("defaults", kind)
        if kind != "connections" and kind not in kinds():
            remedy = did_you_mean(kind, [*kinds(), "connections"], f"write one of {listed(kinds(), 30)}.")
            problems.add(path, f"`{kind}` is not a kind of component", remedy, at_key=True)
        elif not isinstance(fields, dict):
            problems.add(path, f"defaults of `{kind}` are not a mapping", "write `{field: value}`.")
        else:
            _check_fields(kind, fields, path, problems)
            if kind != "connections":
                known = {field: value for field, value in fields.items() if field in _allowed(kind)}
                problems.validate_fields(kinds()[kind].model, {"id": "x", "kind": kind, **known}, path)
    for id_, component in data["components"].items():
        if isinstance(component, dict):
            _fill(component, id_, defaults, problems)


def _fill(component: Data, id_: str, defaults: Data, problems: Problems) -> None:
    kind = str(component.get("kind"))
    fields = defaults.get(kind)
    if kind not in kinds() or not isinstance(fields, dict):
        return
    stated = frozenset(component)
    for field in fields:
        if field in _allowed(kind) and field not in stated and not OTHER_WORDS.get(field, frozenset()) & stated:
            component[field] = fields[field]
            problems.source.graft(fields[field], ("defaults", kind, field), ("components", id_, field))


@cache
def _allowed(kind: str) -> frozenset[str]:
    model = Connection if kind == "connections" else kinds()[kind].model
    names = {field.alias or name for name, field in model.model_fields.items()}
    return frozenset(names - INTERNAL - {"kind", "from", "to", "name"})


def _check_fields(kind: str, fields: Mapping[str, Any], path: Path, problems: Problems) -> None:
    allowed = sorted(_allowed(kind))
    for field in fields:
        if field not in allowed:
            remedy = did_you_mean(field, allowed, f"its fields are {listed(allowed, 40)}.")
            problems.add((*path, field), f"defaults of `{kind}` have no field `{field}`", remedy, at_key=True)
