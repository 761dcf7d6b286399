"""The one door for every change of an architecture: `set`, `--set`, a scenario's `set`, what-ifs.

A setting names what it changes: `api.replicas`, `flow.objective.p99`, `lb -> api.timeout`. An entry of a list has no
name, so a list is set as a whole. All settings are put in; then the result is checked, once.
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from archspec.frozen import frozen
from archspec.model.architecture import Architecture
from archspec.model.component import Component
from archspec.model.connection import Connection, arrow_name, ends_of_name, name_of
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.scenario import Scenario
from archspec.model.source import Path

Data = dict[str, Any]
Named = Mapping[str, Sequence[str]]
Part = TypeVar("Part", bound=Element)
SECTIONS = ("components", "groups", "flows", "alerts", "pipelines", "views", "scenarios")
OTHER_WORDS = {
    "availability": frozenset({"mtbf", "mttr"}),
    "mtbf": frozenset({"availability"}),
    "mttr": frozenset({"availability"}),
}
"""Fields that say the same thing in other words: who is given one keeps none of the others."""


SETTING = r"^[^.]+\.[^.]"
"""How a setting's name begins: an id or an arrow, and a field."""


@frozen
class Place:
    """Where a setting's value now stands in a spec's data."""

    key: str
    path: Path


@frozen
class Refusal:
    """A setting that names nothing. Where `word` is almost one of the `known`, that one may have been meant."""

    key: str
    message: str
    remedy: str | None
    """None: it may be any of the `known`."""
    word: str = ""
    known: Iterable[str] = ()


def put(data: Data, settings: Mapping[str, Any]) -> list[Place | Refusal]:
    """Replace values in a spec's data, which is in long form; what a setting refuses is left as it was."""
    found: list[Place | Refusal] = []
    arrows = {name_of(each): each for each in reversed(data["connections"])}
    named = _named(arrows)
    for key, value in settings.items():
        target = _find(data, arrows, named, str(key))
        if isinstance(target, Refusal):
            found.append(target)
        elif target is not None:
            path, holder = target
            holder[str(path[-1])] = value
            found.append(Place(str(key), path))
    _drop_other_words(data, [place.path for place in found if isinstance(place, Place)])
    return found


def altered(element: Part, **fields: Any) -> Part:
    """A copy of an element with other values of some fields; what they are together is checked as in a spec.

    Raises:
        ValidationError: the element cannot have these values.

    """
    stated = {name: getattr(element, name) for name in element.model_fields_set}
    return type(element).model_validate(stated | fields)


def with_fields(
    architecture: Architecture, element: Component | Connection | Flow | Scenario, **fields: Any
) -> Architecture:
    """A copy in which one element is `altered`.

    It takes no time to speak of in however large a system, for nothing else is looked at: change no names this way.

    Raises:
        ValidationError: the element cannot have these values.

    """
    match altered(element, **fields):
        case Flow() as flow:
            return replace(architecture, flows={**architecture.flows, flow.id: flow})
        case Scenario() as scenario:
            return replace(architecture, scenarios={**architecture.scenarios, scenario.id: scenario})
        case Component() as component:
            return replace(architecture, components={**architecture.components, component.id: component})
        case Connection() as connection:
            others = tuple(connection if each is element else each for each in architecture.connections)
            return replace(architecture, connections=others)


def _find(data: Data, arrows: dict[str, Data], named: Named, key: str) -> tuple[Path, Data] | Refusal | None:
    """The path that a key names, and the mapping that holds its last step; None where that is no mapping at all."""
    owner, _, rest = key.partition(".")
    if re.search(SETTING, key) is None:
        return Refusal(key, f"`{key}` does not name a field", "write `id.field: value`, such as `api.replicas: 6`.")
    if "->" in owner:
        return _in_connection(data, arrows, named, key, owner, rest)
    sections = [name for name in SECTIONS if owner in data[name]]
    if len(sections) == 1:
        section = data[sections[0]]
        section[owner] = _own(section[owner])
        return _descend(section[owner], key, (sections[0], owner), rest)
    if sections:
        both = " and in ".join(f"`{section}`" for section in sections)
        return Refusal(key, f"`{owner}` is the name of several things", f"it is in {both}; rename one of them.")
    if owner in (*SECTIONS, "connections"):
        example = "lb -> api.timeout" if owner == "connections" else rest if "." in rest else "api.replicas"
        return Refusal(key, f"`{owner}` is a section", f"name something in it, such as `{example}`.")
    everything = ChainMap(*(data[name] for name in reversed(SECTIONS)))  # a view: to list them each time takes long
    return Refusal(key, f"there is no `{owner}` to set", None, owner, everything)


def _named(arrows: Iterable[str]) -> Named:
    """The connections that have names of their own, by the arrow of their pair."""
    found: dict[str, list[str]] = {}
    for arrow in arrows:
        pair, via, _ = arrow.partition(" via ")
        if via:
            found.setdefault(pair, []).append(arrow)
    return found


def _in_connection(
    data: Data, arrows: dict[str, Data], named: Named, key: str, arrow: str, rest: str
) -> tuple[Path, Data] | Refusal | None:
    name = spelled(arrow)
    told = named.get(name, ())
    if name not in arrows and len(told) > 1:
        remedy = f"say which: {' or '.join(f'`{each}`' for each in reversed(told))}."
        return Refusal(key, f"`{name}` is the name of several connections", remedy)
    if name not in arrows and told:
        name = told[0]
    if name not in arrows and not _standing_for(data, arrows, name):
        return Refusal(key, f"`{name}` is not a connection", "write it as in `connections`.", name, arrows.keys())
    return _descend(arrows[name], key, ("connections", name), rest)


def spelled(arrow: str) -> str:
    """An arrow as connections are called: `a  -> group:orders` is `a -> orders`."""
    return " -> ".join(" ".join(part.split()).removeprefix("group:") for part in arrow.split("->"))


def _standing_for(data: Data, arrows: dict[str, Data], name: str) -> bool:
    """Whether an arrow to a group may stand for a connection, which then is written out with its own fields."""
    from_, to, via = ends_of_name(name)
    group, met = data["components"].get(to, {}).get("group"), set[str]()
    while group in data["groups"] and group not in met:
        arrow = arrows.get(arrow_name(from_, group, via))
        if arrow is not None:
            arrows[name] = {**arrow, "to": to}
            data["connections"].append(arrows[name])
            return True
        met.add(group)
        group = data["groups"][group].get("within")
    return False


def _descend(holder: Any, key: str, path: Path, rest: str) -> tuple[Path, Data] | Refusal | None:
    *outer, field = rest.split(".")
    if outer and (outer[-1], field) == ("p99", "9"):
        outer, field = outer[:-1], "p99.9"
    for name in outer:
        inner = _own(holder.get(name, {})) if isinstance(holder, dict) else None
        path = (*path, name)
        if isinstance(inner, (list, tuple)):
            return Refusal(key, f"`{name}` is a list, whose entries have no names", f"set `{name}` as a whole.")
        if not isinstance(inner, dict):
            return Refusal(key, f"`{name}` has no fields of its own", f"set `{name}` as a whole.")
        holder[name] = inner
        holder = inner
    return ((*path, field), holder) if isinstance(holder, dict) else None


def _own(value: Any) -> Any:
    """A mapping's copy: what `defaults`, an arrow to several or an alias gave to many is changed for one alone."""
    return dict(value) if isinstance(value, dict) else value


def _drop_other_words(data: Data, given: list[Path]) -> None:
    """Take away what the spec says in other words than the settings, so that the settings hold."""
    for path in given:
        for field in OTHER_WORDS.get(str(path[-1]), ()) if len(path) == 3 else ():
            section, id_, _ = path
            if (section, id_, field) not in given and section in ("components", "groups"):
                data[str(section)][id_].pop(field, None)
