"""`docs/fields.md`: every field of the language, from the model."""

from collections.abc import Iterable

from archspec.language.json_schema import schema
from archspec.language.model_fields import fields_of
from archspec.language.types_in_words import in_words
from archspec.model import (
    Alert,
    Backup,
    CircuitBreaker,
    Component,
    Connection,
    Dependable,
    Element,
    Fault,
    Flow,
    Group,
    HealthCheck,
    Load,
    Objective,
    Pipeline,
    RateLimit,
    Retries,
    Running,
    Scaling,
    Scenario,
    Session,
    Stage,
    Step,
    View,
)
from archspec.model.kind import kinds

_HEAD = """# Fields

<!-- Written from the model: pytest tests/test_docs.py --update-goldens -->

Every field of every section and kind, with its type, its default and what it means. [The language](language.md)
shows them at work.

Types are those of [units and types](language.md#units-and-types). `–` as a default means: unset. What is unset is
unknown, and unknown is not wrong: no rule judges it, unless the rest of the spec shows that it was meant to be said.
*One or many* takes a bare value or a list. A type such as *component (cache)* takes the id of a component of that kind.
"""

_TOP_TYPES = {
    "archspec": ("`1`", "required"),
    "name": ("text", "required in the root file"),
    "lint": ("`default` `strict` `production`", "default"),
    "include": ("one or many of path", "–"),
    "defaults": ("kind or `connections` → fields", "–"),
    "set": ("`id.field` → value", "–"),
    "connections": ("list of connections", "–"),
}

_SECTIONS: tuple[tuple[str, tuple[type[Element], ...]], ...] = (
    ("Connections", (Connection, Retries, CircuitBreaker)),
    ("Flows", (Flow, Session, Objective, Step)),
    ("Alerts", (Alert,)),
    ("Pipelines", (Pipeline, Stage)),
    ("Views", (View,)),
    ("Scenarios", (Scenario, Load, Fault)),
)


def field_tables() -> str:
    """The text of `docs/fields.md`."""
    parts = [_HEAD, "## Top level\n", _top_level(), "## Groups\n", _described(Group), _table(Group)]
    parts += ["## Components\n", "These fields every component has:\n", _table(Component)]
    parts += ["### What can be up or down\n", _DEPENDABLE, _table(Dependable, own=True)]
    parts += ["### What runs as replicas\n", _RUNNING, _table(Running, own=True)]
    parts += [_nested(model) for model in (HealthCheck, Scaling, RateLimit, Backup)]
    parts += ["## Kinds\n", *(_kind(name) for name in kinds())]
    for title, (main, *others) in _SECTIONS:
        parts += [f"## {title}\n", _described(main), _table(main), *(_nested(model) for model in others)]
    return "\n".join(parts)


_DEPENDABLE = "All kinds but `person` and `client`, which are always up, and groups:\n"
_RUNNING = (
    "All kinds but `person`, `client`, `external`, `notification_channel` and `code_repository`. "
    "On those kinds these are unknown fields.\n"
)


def _described(model: type[Element]) -> str:
    return f"{(model.__doc__ or '').strip().splitlines()[0]}\n"


def _nested(model: type[Element]) -> str:
    return f"### {model.__name__}\n\n{_described(model)}\n{_table(model)}"


def _kind(name: str) -> str:
    """A kind's sentence, and the fields that not every kind of its class has."""
    kind = kinds()[name]
    base = (
        Running if issubclass(kind.model, Running) else Dependable if issubclass(kind.model, Dependable) else Component
    )
    common = {field.name: field for field in fields_of(base)}
    own = [field.name for field in fields_of(kind.model) if common.get(field.name) != field]
    has = {
        Running: "what runs as replicas",
        Dependable: "what can be up or down",
        Component: "every component",
    }[base]
    text = f"### {name}\n\n{kind.summary} It has the fields of {has}{', and:' if own else '; none of its own.'}\n"
    return text + ("\n" + _table(kind.model, only=own) if own else "")


def _table(model: type[Element], *, own: bool = False, only: list[str] | None = None) -> str:
    rows = [
        (f"`{field.name}`", in_words(field.annotation), field.default_text, field.meaning)
        for field in fields_of(model, own=own)
        if only is None or field.name in only
    ]
    return _rows(rows)


def _top_level() -> str:
    rows = []
    for name, described in schema()["properties"].items():
        type_, default = _TOP_TYPES.get(name, ("text" if "type" in described and name == "owner" else "", "–"))
        mapping = name in ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios")
        type_ = type_ or (f"id → [fields](#{name})" if mapping else "text")
        rows.append((f"`{name}`", type_, default, described["description"]))
    return _rows(rows)


def _rows(rows: Iterable[tuple[str, ...]]) -> str:
    head = "| field | type | default | meaning |\n|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(cell.replace('|', '·') for cell in row)} |\n" for row in rows)
