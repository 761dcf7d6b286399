"""Checks that every name used is declared, and is of a kind that fits (STR01)."""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from archspec.frozen import frozen
from archspec.language.problems import Problems
from archspec.language.suggestions import did_you_mean, listed, with_article
from archspec.model import Architecture, Element, Namespace, Path, Ref, arrow_name, ends_of_name, spelled
from archspec.model.kind import kinds
from archspec.model.view import Lines, View, lines_of

_REPLICA = re.compile(r"(.+)-([1-9][0-9]*)")


@frozen
class Plan:
    """The fields of a model that hold references, and those that hold elements with references of their own."""

    references: tuple[tuple[str, str, Ref], ...]
    nested: tuple[tuple[str, str, type[Element]], ...]
    """Name, name in a spec, and what is held."""


def check_references(architecture: Architecture, problems: Problems) -> None:
    """Note every reference that points nowhere, or at the wrong kind of thing."""
    for section in ("groups", "components", "flows", "alerts", "pipelines", "views"):
        for id_, element in getattr(architecture, section).items():
            _check(architecture, element, (section, id_), problems)
    for id_, view in architecture.views.items():
        for field in ("include", "exclude"):
            for index, selector in enumerate(getattr(view, field)):
                where: Path = ("views", id_, field, index)
                lines = lines_of(selector)
                for side in (selector,) if lines is None else (lines.source, lines.target):
                    _check_selector(architecture, side, where, problems)
                if lines is not None:
                    _check_lines(architecture, view, lines, where, problems)
    for id_, scenario in architecture.scenarios.items():
        path: Path = ("scenarios", id_)
        for flow in scenario.load if isinstance(scenario.load, dict) else ():
            resolve(architecture, Ref(Namespace.FLOW), flow, (*path, "load", flow), problems, at_key=True)
        for index, fault in enumerate(scenario.faults):
            _check_fault(architecture, fault.what, fault.target, (*path, "faults", index, fault.what), problems)


def check_defaults(architecture: Architecture, defaults: Mapping[str, Any], problems: Problems) -> None:
    """Note every reference in `defaults` that points nowhere, also where no component takes it."""
    for kind, fields in defaults.items():
        if kind not in kinds() or not isinstance(fields, dict):
            continue
        model = kinds()[kind].model
        for _, alias, _ in reference_plan(model).references:
            if alias in fields:
                alone = {"id": kind, "kind": kind, alias: fields[alias]}
                try:
                    element = model.model_validate(alone)
                except ValidationError:
                    continue  # told already: not even a name
                _check(architecture, element, ("defaults", kind), problems)


def resolve(
    architecture: Architecture, ref: Ref, name: str, path: Path, problems: Problems, *, at_key: bool = False
) -> None:
    """Note a mistake unless `name` is declared where `ref` points, and of a kind that fits."""
    if name in ref.also or name in problems.broken:
        return
    known = _declared(architecture, ref.namespace)
    found = known.get(name)
    if found is None:
        fits = [id_ for id_, element in known.items() if not ref.kinds or element.kind in ref.kinds]
        candidates = [id_ for id_ in fits if id_ != path[1]]
        what = _article(ref.kinds or (ref.namespace.value,))
        declare = f"declare it as {what}{f', or name one of {listed(candidates)}' if candidates else ''}."
        remedy = _elsewhere(architecture, name, ref) or did_you_mean(name, candidates, declare)
        problems.add(path, f"`{name}` is not declared", remedy, at_key=at_key, code="STR01")
    elif ref.kinds and found.kind not in ref.kinds:
        fitting = [id_ for id_, element in known.items() if element.kind in ref.kinds and id_ != path[1]]
        remedy = f"name {_article(ref.kinds)}{': ' + listed(fitting) if fitting else ''}."
        problems.add(path, f"`{name}` is {with_article(found.kind)}, which does not fit here", remedy, code="STR01")


def _article(names: tuple[str, ...]) -> str:
    words = [name.replace("_", " ") for name in names]
    return with_article(" or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0])


def _declared(architecture: Architecture, namespace: Namespace) -> Mapping[str, Any]:
    match namespace:
        case Namespace.COMPONENT:
            return architecture.components
        case Namespace.GROUP:
            return architecture.groups
        case Namespace.PLACE:
            return ChainMap(architecture.components, architecture.groups)  # type: ignore[arg-type]
        case Namespace.FLOW:
            return architecture.flows
        case Namespace.PIPELINE:
            return architecture.pipelines


def _elsewhere(architecture: Architecture, name: str, ref: Ref) -> str | None:
    if name in architecture.groups and ref.namespace is Namespace.COMPONENT:
        return "it is a group; name a component here."
    if name in architecture.components and ref.namespace is Namespace.GROUP:
        return "it is a component; name a group here."
    match = _REPLICA.fullmatch(name)
    if match and match[1] in architecture.components and ref.namespace is Namespace.COMPONENT:
        return f"it is a replica; name the component `{match[1]}`."
    return None


@cache
def reference_plan(model: type[Element]) -> Plan:
    """The fields of a model by which it names others."""
    references, nested = [], []
    for name, field in model.model_fields.items():
        alias = field.alias or name
        ref = next((item for item in field.metadata if isinstance(item, Ref)), None) or _ref_in(field.annotation)
        if ref is not None:
            references.append((name, alias, ref))
        elif (held := _held(field.annotation)) is not None:
            nested.append((name, alias, held))
    return Plan(tuple(references), tuple(nested))


def _ref_in(annotation: Any) -> Ref | None:
    for item in getattr(annotation, "__metadata__", ()):
        if isinstance(item, Ref):
            return item
    return next((ref for part in getattr(annotation, "__args__", ()) if (ref := _ref_in(part)) is not None), None)


def _held(annotation: Any) -> type[Element] | None:
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return annotation
    parts = getattr(annotation, "__args__", ())
    return next((held for part in parts if (held := _held(part)) is not None), None)


def _check(architecture: Architecture, element: Element, path: Path, problems: Problems) -> None:
    plan = reference_plan(type(element))
    for name, alias, marked in plan.references:
        ref = replace(marked, kinds=(getattr(element, "kind", ""),)) if marked.same_kind else marked
        value = getattr(element, name)
        for target, where in _named(value, (*path, alias), problems):
            resolve(architecture, ref, target, where, problems)
    for name, alias, _ in plan.nested:
        value = getattr(element, name)
        if isinstance(value, Element):
            _check(architecture, value, (*path, alias), problems)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                _check(architecture, item, (*path, alias, index), problems)


def _named(value: Any, path: Path, problems: Problems) -> Iterator[tuple[str, Path]]:
    if isinstance(value, str):
        yield value, path
    elif value:
        keys = value.keys() if isinstance(value, dict) else None
        for index, name in enumerate(value):
            where = (*path, name if keys is not None else index)
            yield name, where if problems.source.said(where) else path


def _check_selector(architecture: Architecture, selector: str, path: Path, problems: Problems) -> None:
    if selector == "*":
        return
    word, _, name = selector.rpartition(":")
    if word == "kind":
        if name not in kinds():
            remedy = did_you_mean(name, kinds(), f"kinds are {listed(kinds(), 30)}.")
            problems.add(path, f"`{name}` is not a kind of component", remedy, code="STR01")
    elif word == "tag":
        tagged = [c.tags for c in architecture.components.values()] + [g.tags for g in architecture.groups.values()]
        tags = {tag for tags in tagged for tag in tags}
        if name not in tags:
            remedy = did_you_mean(name, sorted(tags), "give the tag to a component.")
            problems.add(path, f"no component has the tag `{name}`", remedy, code="STR01")
    else:
        spaces = {"flow": Namespace.FLOW, "pipeline": Namespace.PIPELINE, "group": Namespace.GROUP}
        resolve(
            architecture, Ref(spaces.get(word, Namespace.COMPONENT if word else Namespace.PLACE)), name, path, problems
        )


def _check_lines(architecture: Architecture, view: View, lines: Lines, path: Path, problems: Problems) -> None:
    """A connection that a view leaves out is one that it could show."""
    named, ends = arrow_name(*lines), (lines.source, lines.target)
    if view.kind in ("sequence", "delivery"):
        message = f"`{named}`: a view of kind {view.kind} has no connections to leave out"
        problems.add(path, message, "name a component, or drop it.")
    elif all(end in architecture.components for end in ends) and architecture.connection(*lines) is None:
        near = [edge.name for edge in architecture.edges if set(ends) & {edge.from_, edge.to}]
        remedy = did_you_mean(named, near, "name a connection of the spec.")
        problems.add(path, f"there is no connection `{named}`", remedy, code="STR01")


def _check_fault(architecture: Architecture, what: str, target: str, path: Path, problems: Problems) -> None:
    allowed: dict[str, Any] = {}
    if what in ("fail", "slow", "errors", "deploy"):
        allowed |= architecture.components
    if what in ("fail", "slow", "errors"):
        if architecture.with_replica(target) is not None:
            return
        few = (c for c in architecture.components.values() if getattr(c, "instances", 1) <= _FEW)
        allowed |= {name: component for component in few for name in architecture.replica_names(component)}
    if what in ("fail", "partition", "errors"):
        allowed |= architecture.groups
    if what in ("slow", "lose", "partition"):
        allowed |= {edge.name: edge for edge in architecture.edges}
        allowed |= {arrow_name(edge.from_, edge.to): edge for edge in architecture.edges}
    if what == "deploy":
        allowed |= architecture.pipelines
    name = spelled(target)
    if target not in problems.broken and name not in allowed:
        remedy = did_you_mean(target, allowed, f"name one of {listed(allowed)}.")
        is_arrow = "->" in name and ends_of_name(name)[2] is None
        declared = is_arrow or any(name in getattr(architecture, section) for section in _NAMED)
        message = f"`{target}` cannot {_VERBS[what]}" if declared else f"`{target}` is not declared"
        problems.add(path, message, remedy, code="STR01")


_FEW = 100
"""Of so many replicas a suggestion may name one."""
_NAMED = ("components", "groups", "flows", "alerts", "pipelines", "views", "scenarios")
_VERBS = {
    "fail": "fail",
    "slow": "be slow",
    "lose": "lose messages: it is not a connection",
    "partition": "be cut off",
    "errors": "answer with errors",
    "deploy": "be deployed",
}
