"""The builder's fields for type checkers and editors: the stubs (`.pyi`) in `archspec/dsl/`."""

import re
from collections.abc import Iterator

from archspec.language.model_fields import Field, bases_of, fields_of
from archspec.model import (
    Alert,
    Backup,
    CircuitBreaker,
    Component,
    Connection,
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
    Scaling,
    Scenario,
    Session,
    Stage,
    Step,
    View,
)
from archspec.model.kind import kinds
from tools.types_in_python import in_python

_WIDTH = 120
_WRITTEN = "Written from the model: pytest tests/test_dsl_stub.py --update-goldens"

_HEAD = f'''"""Keyword arguments of the builder, for type checkers and editors.

{_WRITTEN}
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from archspec.dsl.builder import Component, Flow, Group

Share = str | float
"""A ratio: `"95%"` or 0.95; other quantities are texts with their unit."""
Target = Component | str | Sequence[Component | str]

class ArchitectureFields(TypedDict, total=False):
    """What a whole system has."""

    description: str
    """What it is for."""
    owner: str
    """Owner of all that has no nearer one."""
    lint: Literal["default", "strict", "production"]
    """The rule set that judges this spec; default: default."""
    set: Mapping[str, Any]
    """What-if: `id.field` to value."""

class WorkFields(TypedDict, total=False):
    """A caller's own work."""

    cpu: str
    """Holds a slot and a core."""
    takes: str
    """Holds a slot, no core."""
    does: str
    """Label of the work."""
    chance: Share
    """Share of requests that do it; default: 100%."""
    times: int
    """So often, in a row."""
    optional: bool
    wait: bool
'''

_NESTED: tuple[type[Element], ...] = (
    *(HealthCheck, Scaling, RateLimit, Backup, Retries, CircuitBreaker, Session, Load, Fault),
)
_ARGUMENTS: dict[type[Element], tuple[str, ...]] = {
    Group: (),
    Connection: ("from", "to"),
    Flow: ("from", "steps"),
    Step: ("call", "parallel", "flow", "steps"),
    Alert: (),
    Pipeline: ("stages",),
    Stage: ("name", "kind"),
    View: (),
    Scenario: (),
}
"""Elements that functions make, with the fields that are arguments of their own there."""


_COMPONENTS = f'''"""Keyword arguments of components, along the model's own inheritance.

{_WRITTEN}
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

from archspec.dsl.builder import Component, Group
from archspec.dsl.fields import Backup, HealthCheck, RateLimit, Scaling, Share
'''


def fields_stub() -> str:
    """The text of `fields.pyi`: a typed dictionary for each element that is no component."""
    nested = [_typed_dict(model.__name__, model, ()) for model in _NESTED]
    made = [_typed_dict(f"{model.__name__}Fields", model, skipped) for model, skipped in _ARGUMENTS.items()]
    return "\n".join([_HEAD, *nested, _objective(), *made])


def component_fields_stub() -> str:
    """The text of `component_fields.pyi`: a typed dictionary for each class of components."""
    parts = [_COMPONENTS]
    done: list[type[Element]] = []
    for kind in kinds().values():
        for model in _ancestry(kind.model):
            if model not in done:
                done.append(model)
                parts.append(_typed_dict(f"{model.__name__}Fields", model, (), bases_of(model)))
    return "\n".join(parts)


def kinds_stub() -> str:
    """The text of `kinds.pyi`: a class for each kind, with its keyword arguments."""
    classes = [kind.model for kind in kinds().values()]
    fields = sorted((f"{model.__name__}Fields" for model in classes), key=str.casefold)
    imports = "".join(f"    {name},\n" for name in fields)
    head = (
        f'"""The kinds of components with their fields.\n\n{_WRITTEN}\n"""\n\n'
        "from typing import Unpack\n\nfrom archspec.dsl.builder import Component\n"
        f"from archspec.dsl.component_fields import (\n{imports})\n"
    )
    names = "".join(f'    "{model.__name__}",\n' for model in classes)
    found = f"\n__all__ = [\n{names}]\n\ndef kind_class(name: str) -> type[Component]: ...\n"
    return "\n".join([head + found, *(_class(model) for model in classes)])


def _class(model: type[Component]) -> str:
    name = model.__name__
    return (
        f"class {name}(Component):\n"
        f'    """{(model.__doc__ or "").strip()}"""\n\n'
        f"    def __init__(self, id: str, **fields: Unpack[{name}Fields]) -> None: ...  # noqa: A002\n"
    )


def _ancestry(model: type[Element]) -> Iterator[type[Element]]:
    """A model and what it extends, the most general first."""
    for base in bases_of(model):
        yield from _ancestry(base)
    yield model


def _typed_dict(
    name: str, model: type[Element], skipped: tuple[str, ...], bases: list[type[Element]] | None = None
) -> str:
    parents = ", ".join(f"{base.__name__}Fields" for base in bases or ()) or "TypedDict"
    lines = [f"class {name}({parents}, total=False):", f'    """{(model.__doc__ or "").strip().splitlines()[0]}"""']
    fields = [field for field in fields_of(model, own=bases is not None) if field.name not in skipped]
    lines += [""] if fields else []
    for field in fields:
        lines += [_declared(field), f'    """{field.description}"""']
    return "\n".join(lines) + "\n"


def _declared(field: Field) -> str:
    """One key; a closed set of words that is too long for a line gets a line for each."""
    type_ = in_python(field.annotation)
    line = f"    {field.python_name}: " + (f"Required[{type_}]" if field.required else type_)
    match = re.fullmatch(r"(.*)Literal\[(.*)\]", line)
    if len(line) <= _WIDTH or match is None:
        return line
    words = "".join(f"        {word},\n" for word in match[2].split(", "))
    return f"{match[1]}Literal[\n{words}    ]"


def _objective() -> str:
    """`p99.9` is no name in Python, so this one is written as a call."""
    keys = ", ".join(f'"{field.name}": {in_python(field.annotation)}' for field in fields_of(Objective))
    return f'Objective = TypedDict(\n    "Objective",\n    {{{keys}}},\n    total=False,\n)\n'
