"""What each kind and each element of the language is and takes, as it was before: one line for each field."""

import json
from collections.abc import Iterator
from typing import Any

from archspec.language.json_schema import schema
from archspec.model.kind import Kind, kinds
from tests.conftest import Golden


def of_kind(kind: Kind) -> str:
    facts = [kind.title, kind.role.value, kind.shape.value]
    facts += ["provided"] if kind.provided else []
    facts += [] if kind.is_asked else ["never asked"]
    names = f" ({', '.join(kind.other_names)})" if kind.other_names else ""
    return f"{kind.name}{names}: {', '.join(facts)}. {kind.summary}"


def entries(name: str, told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What stands in a schema: its fields, its conditions, and all else."""
    for key, value in told.items():
        if key == "properties":
            yield from ((f"{name}.{field}", each) for field, each in value.items())
        elif key == "allOf":
            yield from ((f"{name}, condition {number}", each) for number, each in enumerate(value, 1))
        else:
            yield f"{name}, {key}", value


def test_each_kind_is_what_it_was(golden: Golden) -> None:
    golden("tests/model/expected/kinds.txt", "\n".join(map(of_kind, kinds().values())) + "\n")


def test_each_field_takes_what_it_took(golden: Golden) -> None:
    """What kinds have in common is told once."""
    spec = schema()
    del spec["properties"]["defaults"]
    parts = {**spec.pop("$defs"), "spec": spec}
    first: dict[str, str] = {}
    told = []
    for part, whole in parts.items():
        for name, each in entries(part, whole):
            text = json.dumps(each, ensure_ascii=False)
            before = first.setdefault(text, name)
            if before == name or not name.startswith("kind-"):
                told.append(f"{name}: {text if before == name else f'as {before}'}\n")
    golden("tests/model/expected/fields.txt", "".join(told))
