"""A spec's data in which elements have other names: every reference to them follows."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archspec.language.references import reference_plan
from archspec.model import Alert, Component, Connection, Element, Flow, Group, Namespace, Pipeline, View
from archspec.model.kind import kinds

_MODELS: Mapping[str, type[Element]] = {"groups": Group, "flows": Flow, "alerts": Alert, "pipelines": Pipeline}
SECTIONS_OF = {
    Namespace.COMPONENT: ("components",),
    Namespace.GROUP: ("groups",),
    Namespace.PLACE: ("components", "groups"),
    Namespace.FLOW: ("flows",),
    Namespace.PIPELINE: ("pipelines",),
}
"""Where the names of a namespace are declared."""
_WORDS = re.compile(r"[A-Za-z0-9_-]+")
_REPLICA = re.compile(r"(.+)(-[1-9][0-9]*)")

Names = Mapping[str, Mapping[str, str]]
"""By section, the new name of an element by its old one."""


@dataclass(slots=True)
class Renaming:
    """Renames in data as `to_data` gives it; `uses` counts the references that followed, by section and old name."""

    names: Names
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def renamed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data with the new names, everything at its old place."""
        found = dict(data)
        if not any(self.names.values()):
            return found
        for section in ("components", *_MODELS, "views", "scenarios"):
            if section in data:
                elements = data[section].items()
                found[section] = {self._id(section, id_): self._element(section, each) for id_, each in elements}
        if "connections" in data:
            found["connections"] = [self._fields(Connection, each) for each in data["connections"]]
        return found

    def _id(self, section: str, name: str) -> str:
        return self.names.get(section, {}).get(name, name)

    def _element(self, section: str, data: Mapping[str, Any]) -> dict[str, Any]:
        match section:
            case "components":
                model: type[Element] = kinds()[data["kind"]].model if "kind" in data else Component
                return self._fields(model, data)
            case "views":
                selected = {key: self._in_words(data[key]) for key in ("include", "exclude") if key in data}
                return self._fields(View, data) | selected
            case "scenarios":
                told = {key: self._in_words(data[key]) for key in ("load", "set", "faults") if key in data}
                return {**data, **told}
            case _:
                return self._fields(_MODELS[section], data)

    def _fields(self, model: type[Element], data: Mapping[str, Any]) -> dict[str, Any]:
        plan, found = reference_plan(model), dict(data)
        for _, alias, ref in plan.references:
            if alias in found:
                found[alias] = self._named(found[alias], SECTIONS_OF[ref.namespace])
        for _, alias, held in plan.nested:
            if alias in found:
                value = found[alias]
                if isinstance(value, (list, tuple)):
                    found[alias] = [self._fields(held, each) for each in value]
                elif isinstance(value, Mapping):  # else a shorthand, which names nothing
                    found[alias] = self._fields(held, value)
        return found

    def _named(self, value: Any, sections: tuple[str, ...]) -> Any:
        if isinstance(value, str):
            return self._follow(value, sections)
        if isinstance(value, Mapping):
            return {self._follow(key, sections): each for key, each in value.items()}
        return [self._follow(each, sections) for each in value]

    def _follow(self, name: str, sections: tuple[str, ...]) -> str:
        for section in sections:
            if name in self.names.get(section, {}):
                self.uses[section, name] += 1
                return self.names[section][name]
        return name

    def _in_words(self, value: Any) -> Any:
        """Selectors (`flow:x`), what faults strike (`api-2`, `a -> b`) and keys of settings (`api.replicas`)."""
        if isinstance(value, str):
            arrow, via, name = value.partition(" via ")
            renamed = _WORDS.sub(lambda match: self._word(match[0]), arrow) + via + name
            return value if renamed == value else renamed  # an unquoted number stays one
        if isinstance(value, Mapping):
            return {self._in_words(key): self._in_words(each) for key, each in value.items()}
        return [self._in_words(each) for each in value] if isinstance(value, (list, tuple)) else value

    def _word(self, word: str) -> str:
        everywhere = ("components", "groups", "flows", "pipelines")
        followed = self._follow(word, everywhere)
        replica = _REPLICA.fullmatch(word)
        if followed != word or replica is None:
            return followed
        return self._follow(replica[1], ("components",)) + replica[2]
