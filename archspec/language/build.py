"""From one tree of data with positions to an Architecture, or to everything that is wrong with it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from archspec.language.budget import MOST_PARTS, MOST_REBUILT, too_many_parts
from archspec.language.defaults import merge_defaults
from archspec.language.group_arrows import Parts, stood_for
from archspec.language.invariants import check_invariants
from archspec.language.problems import OUTSIDE, EnoughError, Problems
from archspec.language.references import check_defaults, check_references
from archspec.language.remedies import KINDS
from archspec.language.shorthand import Pair, expand
from archspec.language.suggestions import did_you_mean, listed, with_article
from archspec.model import Alert, Architecture, Element, Flow, Group, Path, Pipeline, Scenario, SourceMap, View
from archspec.model.change import Refusal, put
from archspec.model.connection import Connection, name_of
from archspec.model.kind import kinds
from archspec.model.scalar import NULLS, UNPRINTABLE, Plain, core, shown
from archspec.printable import one_line

if TYPE_CHECKING:
    from archspec.language.memory import Memory

Data = dict[str, Any]
_SECTIONS: dict[str, tuple[type[Element] | None, str]] = {
    "groups": (Group, "a group"),
    "components": (None, "a component"),
    "flows": (Flow, "a flow"),
    "alerts": (Alert, "an alert"),
    "pipelines": (Pipeline, "a pipeline"),
    "views": (View, "a view"),
    "scenarios": (Scenario, "a scenario"),
}
_TEXTS = ("name", "description", "owner")
TOP_LEVEL = ("archspec", *_TEXTS, "lint", "include", "defaults", "set", *_SECTIONS, "connections")
LINT_SETS = ["default", "strict", "production"]


def build(
    data: Any,
    source: SourceMap | None = None,
    settings: Mapping[str, Any] | None = None,
    at: Path | None = None,
    memory: "Memory | None" = None,
) -> Architecture:
    """The Architecture that a spec's data describes; includes are already merged into it.

    `data` is changed: hand over a tree of your own. `settings` go over the spec's own `set`; they stand `at` a place
    of the spec, or outside it (`--set`). What `memory` has of it is not made anew.

    Raises:
        SpecError: with every mistake found: first those of shape, and where there are none, of reference.

    """
    problems = Problems(source or SourceMap(), {} if at else settings, memory)
    try:
        return _built(data, problems, settings, at)
    except EnoughError:
        raise problems.error() from None


def _built(data: Any, problems: Problems, settings: Mapping[str, Any] | None, at: Path | None) -> Architecture:
    tree = _top_level(data, problems)
    _connections(tree, problems)
    too_many = too_many_parts(tree, len(tree["connections"]))
    if too_many:
        problems.add((), too_many, "split it into several specs.", at_key=True)
        raise problems.error()
    if problems.memory:
        problems.memory.begin(tree["defaults"], tree["set"], settings or {}, at)
    merge_defaults(tree, problems)
    _apply(tree, tree.get("set") or {}, problems, ("set",))
    _apply(tree, settings or {}, problems, at)
    architecture = _architecture(tree, problems)
    check_references(architecture, problems)
    check_defaults(architecture, tree["defaults"], problems)
    if not problems:
        check_invariants(architecture, problems)
        _check_what_ifs(tree, architecture, problems)
    if problems:
        raise problems.error()
    return architecture


def _apply(tree: Data, settings: Mapping[str, Any], problems: Problems, at: Path | None) -> None:
    """Put settings into the data; they stand `at` a place of the spec, or outside it."""
    for found in put(tree, settings):
        here = (*at, found.key) if at else (OUTSIDE, found.key)
        if isinstance(found, Refusal):
            otherwise = found.remedy or f"it may be one of {listed(found.known)}."
            problems.add(here, found.message, did_you_mean(found.word, found.known, otherwise), at_key=True)
        elif at:
            problems.source.graft(settings[found.key], here, found.path)
        else:
            problems.outside[found.path] = problems.outside[here]


def _check_what_ifs(tree: Data, architecture: Architecture, problems: Problems) -> None:
    """Note what would be wrong once a scenario's `set` is applied: each makes the whole system anew."""
    setting = [id_ for id_, scenario in architecture.scenarios.items() if scenario.set]
    if len(setting) * (len(architecture.components) + len(architecture.scenarios)) > MOST_REBUILT:
        message = f"{len(setting)} scenarios set something in a system of {len(architecture.components)} components"
        problems.add(("scenarios", setting[-1]), message, "keep those that are of use.", at_key=True)
        return
    for id_, scenario in architecture.scenarios.items():
        if scenario.set:
            source = architecture.source
            tried = Problems(SourceMap(dict(source.keys), dict(source.values), source.texts))
            changed = {key: dict(value) if isinstance(value, dict) else value for key, value in tree.items()}
            changed["connections"] = [dict(connection) for connection in tree["connections"]]
            _apply(changed, scenario.set, tried, ("scenarios", id_, "set"))
            what_if = _architecture(changed, tried)
            check_references(what_if, tried)
            if not tried:
                check_invariants(what_if, tried)
            problems.adopt(tried)


def _top_level(data: Any, problems: Problems) -> Data:
    if not isinstance(data, dict):
        problems.add((), "this is not a spec", "begin with `archspec: 1`, `name: …` and `components:`.")
        raise problems.error()
    _refuse_empty(data, (), problems)
    for key in data:
        if key not in TOP_LEVEL:
            remedy = did_you_mean(str(key), TOP_LEVEL, f"sections are {listed(TOP_LEVEL, 30)}.")
            problems.add((key,), f"a spec has no section `{key}`", remedy, at_key=True)
    if "archspec" not in data:
        problems.add((), "the spec does not say its language version", "begin with `archspec: 1`.", at_key=True)
    elif core(data["archspec"]) != 1 or core(data["archspec"]) is True:
        problems.add(
            ("archspec",), f"{shown(data['archspec'])} is not a version of the language", "write `archspec: 1`."
        )
    if "name" not in data:
        problems.add((), "the spec has no `name`", "add `name: <title of the system>`.", at_key=True)
    tree = {key: value for key, value in data.items() if key in TOP_LEVEL}
    for section in (*_SECTIONS, "defaults", "set"):
        tree[section] = _mapping(tree.get(section, {}), section, problems)
    for text in _TEXTS:
        if text in tree and not isinstance(tree[text], str):
            problems.add((text,), f"{shown(tree[text])} is not text", f"write text as `{text}`.")
        elif text in tree and UNPRINTABLE.search(tree[text]):
            problems.add((text,), f"`{text}` contains a control character", "leave it out.")
        elif text in tree:
            tree[text] = one_line(str(tree[text]))
    if "lint" in tree and tree["lint"] not in LINT_SETS:
        problems.literal(("lint",), tree["lint"], LINT_SETS)
    return tree


def _mapping(value: Any, section: str, problems: Problems) -> Data:
    if isinstance(value, dict):
        return value
    if value is not None:
        problems.add((section,), f"`{section}` is not a mapping", "write `id: {field: value}`, a line for each.")
    return {}


def _refuse_empty(data: Any, path: Path, problems: Problems) -> None:
    """Note every key without a value, at any depth."""
    stack, known = [(data, path)], problems.source.entries
    while stack:
        holder, here = stack.pop()
        for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
            if isinstance(value, (dict, list)):
                inner = (*here, key)
                if inner not in known:
                    stack.append((value, inner))
            elif value is None or (isinstance(value, Plain) and value in NULLS):
                problems.add((*here, key), f"`{key}` has no value", "give it one, or delete the line.", at_key=True)


def _connections(tree: Data, problems: Problems) -> None:
    """Replace `connections` by one mapping for each ordered pair and name.

    Spans are found under `("connections", "a -> b")` or `("connections", "a -> b via amqp")`.
    """
    items = tree.get("connections")
    pairs: dict[str, Pair] = {}
    if items is not None and not isinstance(items, (list, tuple)):
        problems.add(("connections",), "`connections` is not a list", "write `- a -> b`, a line for each.")
        items = []
    for index, item in enumerate(items or ()):
        if len(pairs) > MOST_PARTS:
            break  # told by the number of parts
        for pair in expand(item, ("connections", index), problems):
            name = name_of(pair.data)
            if pair.is_to_group and pair.to not in tree["groups"]:
                remedy = did_you_mean(pair.to, tree["groups"], "declare it under `groups`.")
                problems.add(pair.at, f"`{pair.to}` is not a group", remedy, code="STR01", span=pair.to_span)
                continue
            if name in pairs:
                first = problems.source.key(pairs[name].at)
                related = ((first, "the first one"),) if first else ()
                remedy = "keep one of them, or give one a `name`, which its steps name with `via`."
                problems.add(pair.at, f"`{name}` is connected twice", remedy, at_key=True, related=related)
                continue
            pairs[name] = pair
            _place(pair, name, problems.source)
    tree["connections"] = [pair.data for pair in pairs.values()]


def _place(pair: Pair, name: str, source: SourceMap) -> None:
    base: Path = ("connections", name)
    span = source.keys.get(pair.at) or source.value(pair.at)
    if span is not None:
        source.keys[base] = span
    if pair.at[:2] in source.entries:
        source.entries[base] = source.entries[pair.at[:2]]
    for end, where in (("from", pair.from_span), ("to", pair.to_span)):
        if where is not None:
            source.values[(*base, end)] = where
    for field, value in pair.fields.items():
        written = (*pair.at, field)
        source.graft(value, written if source.said(written) else pair.at, (*base, field))


def _architecture(tree: Data, problems: Problems) -> Architecture:
    sections: dict[str, Any] = {name: {} for name in _SECTIONS}
    for section, (model, what) in _SECTIONS.items():
        for id_, fields in tree[section].items():
            element = _element(section, model, what, id_, fields, problems)
            if element is not None:
                sections[section][id_] = element
            else:
                problems.broken.add(id_)
    defaults = tree["defaults"].get("connections", {})
    template = {"from": "x", "to": "x", **(defaults if isinstance(defaults, dict) else {})}
    checked = problems.validate(Connection, template, ("defaults", "connections"), "a connection")
    given = {n: getattr(checked, n) for n in checked.model_fields_set - {"from_", "to"}} if checked else {}
    connections: list[Connection] = []
    arrows: list[tuple[Connection, Data]] = []
    for fields in tree["connections"]:
        name = name_of(fields)
        connection = problems.validate(Connection, fields, ("connections", name), "a connection")
        if connection is not None:
            missing = {field: value for field, value in given.items() if field not in connection.model_fields_set}
            for field in missing:
                problems.source.graft(defaults[field], ("defaults", "connections", field), ("connections", name, field))
            connection = connection.model_copy(update=missing) if missing else connection
            if connection.to in sections["groups"]:
                arrows.append((connection, {**defaults, **fields}))
            else:
                connections.append(connection)
            _check_ends(tree, connection, problems)
    parts = Parts(sections["components"], sections["groups"], sections["flows"])
    stand = stood_for(arrows, connections, parts, problems)
    texts = {text: str(tree[text]) for text in _TEXTS if isinstance(tree.get(text), str)}
    lint = tree.get("lint", "default")
    return Architecture(
        name=texts.get("name", ""),
        description=texts.get("description"),
        owner=texts.get("owner"),
        lint=lint if lint in LINT_SETS else "default",
        connections=(*connections, *stand),
        group_arrows=tuple(arrow for arrow, _ in arrows),
        **sections,
        connection_defaults=given,
        source=problems.source,
    )


def _check_ends(tree: Data, connection: Connection, problems: Problems) -> None:
    components, groups = tree["components"], tree["groups"]
    for end, name in (("from", connection.from_), ("to", connection.to)):
        place: Path = ("connections", connection.name, end)
        if name in components or (end == "to" and name in groups):
            continue
        if name in groups:
            remedy = "name the components in it that ask: `{from: [a, b], to: …}`."
            problems.add(place, f"`{name}` is a group, and an arrow begins at a component", remedy, code="STR01")
        else:
            remedy = did_you_mean(name, components, "declare it under `components`.")
            problems.add(place, f"`{name}` is not declared", remedy, code="STR01")


def _element(
    section: str, model: type[Element] | None, what: str, id_: Any, fields: Any, problems: Problems
) -> Element | None:
    path: Path = (section, id_)
    if fields is None:
        return None
    if not isinstance(fields, dict):
        form = f"{id_}: {{kind: {fields}}}" if isinstance(fields, str) and model is None else f"{id_}: {{field: value}}"
        problems.add(path, f"`{id_}` is not a mapping", f"write `{form}`.")
        return None
    if model is None:
        kind = fields.get("kind")
        if kind is None or not isinstance(kind, str) or kind not in kinds():
            _no_kind(kind, path, problems)
            return None
        model, what = kinds()[kind].model, with_article(kind)
    if "id" in fields:
        problems.add((*path, "id"), "an id is its key", "delete the field `id`.", at_key=True)
        fields = {key: value for key, value in fields.items() if key != "id"}
    found = problems.validate(
        model, {"id": id_, **fields}, path, f"{what} `{id_}`" if section != "components" else what
    )
    return found if isinstance(found, Element) else None


def _no_kind(kind: Any, path: Path, problems: Problems) -> None:
    if kind is None:
        problems.add(path, f"`{path[-1]}` has no `kind`", f"add `kind: …`, one of {listed(kinds(), 30)}.", at_key=True)
        return
    word = str(kind).lower().replace("-", "_").replace(" ", "_")
    known = next((known.name for known in kinds().values() if word in known.other_names), None)
    others = did_you_mean(str(kind), kinds(), f"kinds are {listed(kinds(), 30)}.")
    instead = f"{KINDS[word]}." if word in KINDS else others
    remedy = f"write `kind: {known}`." if known else instead
    problems.add((*path, "kind"), f"{shown(kind)} is not a kind of component", remedy)
