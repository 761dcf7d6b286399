"""The resources of plans and states, in whichever form; only attributes that may be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archspec.importers import at, items, mapping
from archspec.importers.tables import table

_ADDRESS = re.compile(r"(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*((?:data\.)?\w+\.[\w-]+)")


@dataclass(slots=True)
class Resource:
    """One resource, with all its instances."""

    module: str
    type: str
    name: str
    line: int | None
    instances: list[dict[str, Any]] = field(default_factory=list)
    """What may be read of each instance."""
    references: dict[str, list[str]] = field(default_factory=dict)
    """The addresses that the configuration of each attribute refers to."""
    depends_on: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the configuration has it."""
        return ".".join(filter(None, (self.module, self.type, self.name)))

    def value(self, name: str) -> Any:
        """An attribute of its first instance that has it."""
        return next((each[name] for each in self.instances if each.get(name) is not None), None)


@dataclass(slots=True)
class Stack:
    """All resources, found by address and by the values that others know them by."""

    resources: list[Resource]
    known_by: dict[str, Resource] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the ids, ARNs and addresses of hosts."""
        for each in self.resources:
            for instance in each.instances:
                for key in (
                    "id",
                    "arn",
                    "dns_name",
                    "endpoint",
                    "address",
                    "bucket_regional_domain_name",
                    "domain_name",
                ):
                    value = instance.get(key)
                    if isinstance(value, str) and value:
                        self.known_by.setdefault(str(value), each)

    def of(self, *types: str) -> Iterator[Resource]:
        """The resources of some types."""
        return (each for each in self.resources if each.type in types)

    def meant(self, each: Resource, *attributes: str) -> list[Resource]:
        """The resources that some attributes of a resource name, by value or by reference."""
        found: dict[str, Resource] = {}
        for name in attributes:
            for instance in each.instances:
                for text in _texts(instance.get(name)):
                    if text in self.known_by:
                        found[self.known_by[text].address] = self.known_by[text]
            for reference in each.references.get(name, ()):
                other = self.at(reference, each.module)
                if other is not None:
                    found[other.address] = other
        return list(found.values())

    def at(self, reference: str, module: str) -> Resource | None:
        """The resource at an address, seen from a module."""
        match = _ADDRESS.match(reference)
        if match is None:
            return None
        wanted = match[1]
        near = [each for each in self.resources if f"{each.type}.{each.name}" == wanted]
        return next((each for each in near if each.module == module), near[0] if len(near) == 1 else None)

    def needs(self, each: Resource, *types: str) -> list[Resource]:
        """The resources of some types that a resource depends on, whatever for."""
        named = [self.at(address, each.module) for address in each.depends_on]
        named += [self.at(one, each.module) for many in each.references.values() for one in many]
        return list({one.address: one for one in named if one is not None and one.type in types}.values())


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield str(each)
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


def stack(data: dict[str, Any]) -> Stack:
    """The resources of a plan, of what `terraform show -json` says of a state, or of a state file."""
    found: dict[str, Resource] = {}
    if "planned_values" in data or "values" in data:
        root = mapping(at(data, "planned_values", "root_module") or at(data, "values", "root_module"))
        _shown(root, found)
        _configured(mapping(at(data, "configuration", "root_module")), "", found)
    elif isinstance(data.get("modules"), list):
        _version_3(data, found)
    else:
        _version_4(data, found)
    return Stack(list(found.values()))


def _taken(found: dict[str, Resource], module: str, type_: str, name: str, line: int | None) -> Resource:
    plain = re.sub(r"\[[^\]]*\]", "", module)
    key = f"{plain}.{type_}.{name}"
    return found.setdefault(key, Resource(plain, type_, name, line))


def _allowed(values: Any) -> dict[str, Any]:
    known = table("terraform")["attributes"]["read"]
    return {name: mapping(values)[name] for name in known if name in mapping(values)}


def _shown(module: dict[str, Any], found: dict[str, Resource]) -> None:
    waiting = [module]
    while waiting:
        here = waiting.pop(0)
        for each in map(mapping, items(here.get("resources"))):
            if each.get("mode") == "data":
                continue
            place = str(here.get("address") or "")
            resource = _taken(found, place, str(each.get("type")), str(each.get("name")), getattr(each, "line", None))
            resource.instances.append(_allowed(each.get("values")))
            resource.depends_on += [str(one) for one in items(each.get("depends_on"))]
        waiting += [mapping(child) for child in items(here.get("child_modules"))]


def _configured(module: dict[str, Any], place: str, found: dict[str, Resource]) -> None:
    """What the configuration refers to, module by module."""
    for each in map(mapping, items(module.get("resources"))):
        key = f"{place}.{each.get('type')}.{each.get('name')}"
        if key not in found:
            continue
        for name, expression in mapping(each.get("expressions")).items():
            found[key].references[name] = _references(expression)
        found[key].depends_on += [str(one) for one in items(each.get("depends_on"))]
    for name, call in mapping(module.get("module_calls")).items():
        inner = f"{place}.module.{name}" if place else f"module.{name}"
        _configured(mapping(mapping(call).get("module")), inner, found)


def _references(expression: Any) -> list[str]:
    found: list[str] = []
    waiting = [expression]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found += [str(one) for one in items(each.get("references"))]
            waiting += [value for key, value in each.items() if key != "references"]
        elif isinstance(each, list):
            waiting += each
    return found


def _version_4(data: dict[str, Any], found: dict[str, Resource]) -> None:
    for each in map(mapping, items(data.get("resources"))):
        if each.get("mode") == "data":
            continue
        line = getattr(each, "line", None)
        resource = _taken(found, str(each.get("module") or ""), str(each.get("type")), str(each.get("name")), line)
        for instance in map(mapping, items(each.get("instances"))):
            resource.instances.append(_allowed(instance.get("attributes")))
            for key in ("dependencies", "depends_on"):
                resource.depends_on += [str(one) for one in items(instance.get(key))]


def _version_3(data: dict[str, Any], found: dict[str, Resource]) -> None:
    for module in map(mapping, items(data.get("modules"))):
        path = ".".join(f"module.{name}" for name in items(module.get("path"))[1:])
        for key, each in mapping(module.get("resources")).items():
            if key.startswith("data."):
                continue
            name = key.split(".")[1] if "." in key else key
            resource = _taken(found, path, str(mapping(each).get("type")), name, getattr(each, "line", None))
            resource.instances.append(_allowed(at(mapping(each), "primary", "attributes")))
            resource.depends_on += [str(one) for one in items(mapping(each).get("depends_on"))]
