"""`defaults` and `set`: values that reach a component from elsewhere in the spec."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from archspec.language.problems import Problems
from archspec.language.suggestions import did_you_mean, listed
from archspec.model.connection import Connection
from archspec.model.kind import kinds
from archspec.model.source import Path

Data = dict[str, Any]
_SAID_OTHERWISE = {
    "availability": frozenset({"mtbf", "mttr"}),
    "mtbf": frozenset({"availability"}),
    "mttr": frozenset({"availability"}),
}
"""Fields that say the same thing in other words: who states one takes none of the others from defaults."""
SETTABLE = ("components", "groups", "flows", "alerts", "pipelines", "views", "scenarios")


def merge_defaults(data: Data, problems: Problems) -> None:
    """Give every component the fields of its kind's defaults that it does not state itself.

    Fields merge one level deep; a value, also a list or mapping, replaces.
    """
    defaults = data.get("defaults", {})
    for kind, fields in defaults.items():
        path: Path = ("defaults", kind)
        if kind != "connections" and kind not in kinds():
            remedy = did_you_mean(kind, [*kinds(), "connections"], f"write one of {listed(kinds(), 30)}.")
            problems.add(path, f"`{kind}` is no kind of component", remedy, at_key=True)
        elif not isinstance(fields, dict):
            problems.add(path, f"defaults of `{kind}` are no mapping", "write `{field: value}`.")
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
        if field in _allowed(kind) and field not in stated and not _SAID_OTHERWISE.get(field, frozenset()) & stated:
            component[field] = fields[field]
            problems.source.graft(fields[field], ("defaults", kind, field), ("components", id_, field))


@cache
def _allowed(kind: str) -> frozenset[str]:
    model = Connection if kind == "connections" else kinds()[kind].model
    names = {field.alias or name for name, field in model.model_fields.items()}
    return frozenset(names - {"id", "kind", "from", "to", "via"})


def _check_fields(kind: str, fields: Mapping[str, Any], path: Path, problems: Problems) -> None:
    allowed = sorted(_allowed(kind))
    for field in fields:
        if field not in allowed:
            remedy = did_you_mean(field, allowed, f"its fields are {listed(allowed, 40)}.")
            problems.add((*path, field), f"defaults of `{kind}` have no field `{field}`", remedy, at_key=True)


def apply_settings(data: Data, settings: Mapping[str, Any], problems: Problems, at: Path | None = ("set",)) -> None:
    """Replace values in the spec's data: `api.replicas` to 6, `lb -> api.timeout` to 1s.

    `at` is where the settings stand in the spec (None: on the command line).
    """
    for key, value in settings.items():
        here = (*at, key) if at else ()
        target = _find(data, str(key), here, problems)
        if target is None:
            continue
        path, holder, field = target
        holder[field] = value
        if at:
            problems.source.graft(value, here, (*path, field))


def _find(data: Data, key: str, here: Path, problems: Problems) -> tuple[Path, Data, str] | None:
    owner, _, rest = key.partition(".")
    if not rest:
        problems.add(
            here, f"`{key}` names no field", "write `id.field: value`, such as `api.replicas: 6`.", at_key=True
        )
        return None
    sections = [name for name in SETTABLE if owner in data[name]]
    if "->" in owner:
        return _find_connection(data, owner, rest, here, problems)
    if len(sections) != 1:
        everything = [id_ for name in SETTABLE for id_ in data[name]]
        remedy = did_you_mean(owner, everything, f"it may be one of {listed(everything)}.")
        if sections:
            remedy = f"it is in {listed(sections)}; rename one of them."
        problems.add(here, f"there is no `{owner}` to set", remedy, at_key=True)
        return None
    section = data[sections[0]]
    section[owner] = _own(section[owner])
    return _descend(section[owner], (sections[0], owner), rest, here, problems)


def _find_connection(data: Data, pair: str, rest: str, here: Path, problems: Problems) -> tuple[Path, Data, str] | None:
    name = " -> ".join(part.strip() for part in pair.split("->"))
    for connection in data["connections"]:
        if f"{connection['from']} -> {connection['to']}" == name:
            return _descend(connection, ("connections", name), rest, here, problems)
    names = [f"{c['from']} -> {c['to']}" for c in data["connections"]]
    problems.add(
        here, f"`{name}` is no connection", did_you_mean(name, names, "write it as in `connections`."), at_key=True
    )
    return None


def _descend(holder: Any, path: Path, rest: str, here: Path, problems: Problems) -> tuple[Path, Data, str] | None:
    *outer, field = rest.split(".")
    if outer and (outer[-1], field) == ("p99", "9"):
        outer, field = outer[:-1], "p99.9"
    for name in outer:
        inner = _own(holder.get(name, {})) if isinstance(holder, dict) else None
        path = (*path, name)
        if not isinstance(inner, dict):
            problems.add(here, f"`{name}` has no fields of its own", f"set `{name}` as a whole.", at_key=True)
            return None
        holder[name] = inner
        holder = inner
    return (path, holder, field) if isinstance(holder, dict) else None


def _own(value: Any) -> Any:
    """A mapping's copy: what `defaults`, an arrow to several or an alias gave to many is changed for one alone."""
    return dict(value) if isinstance(value, dict) else value
