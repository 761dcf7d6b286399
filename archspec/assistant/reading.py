"""What an assistant may read before it writes: the language, the fields of each kind, the rules, the folder's specs."""

import json
import os
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import archspec
from archspec.assistant.given import SPEC_ENDINGS, spec_place
from archspec.plain_file import may_be_read, read_plain_file

MOST_SPECS = 200
_HEAD = b"archspec:"
_PASSED_OVER = frozenset({"node_modules", "venv", "__pycache__"})


def language() -> str:
    """How to write a spec that is right at the first try."""
    return files("archspec.assistant").joinpath("guide.md").read_text(encoding="utf-8")


def schema() -> str:
    """The whole JSON Schema of specs: long; the fields of one kind are a resource each."""
    return json.dumps(archspec.schema())


def fields() -> str:
    """The kinds of components with a sentence and the names of their fields, and the other parts of a spec."""
    definitions = _definitions()
    told = {each["const"]: each["description"] for each in definitions["component"]["properties"]["kind"]["oneOf"]}
    lines = [f"{kind}: {sentence} Fields: {', '.join(_properties(f'kind-{kind}'))}." for kind, sentence in told.items()]
    lines += [f"{name}: fields: {', '.join(_properties(name))}." for name in _parts(definitions)]
    return "\n".join(lines) + "\n"


def fields_of(name: str) -> str:
    """Every field of a kind of component (`server`) or of another part (`Flow`, `Step`, `connection-fields`)."""
    from archspec.language import named

    definitions = _definitions()
    known = {key.removeprefix("kind-"): key for key in definitions if not key.startswith("field-")}
    return json.dumps(_properties(named("kind", name, known)), indent=1)


@cache
def _definitions() -> dict[str, Any]:
    """Of the schema, which takes a tenth of a second to make."""
    found: dict[str, Any] = archspec.schema()["$defs"]
    return found


def _parts(definitions: dict[str, Any]) -> list[str]:
    return [name for name in definitions if name[0].isupper() or name == "connection-fields"]


def _properties(definition: str) -> dict[str, Any]:
    """The fields of a definition, with what they refer to put in."""
    definitions = _definitions()

    def plain(field: Any) -> Any:
        name = field.get("$ref", "").rpartition("/")[2]
        return {**definitions[name], **field} if name.startswith("field-") else field

    found = {name: plain(field) for name, field in definitions[definition].get("properties", {}).items()}
    return {name: _without_reference(field) for name, field in found.items()}


def _without_reference(field: dict[str, Any]) -> dict[str, Any]:
    """A field whose shared definition stands in it."""
    reference = str(field.get("$ref", ""))
    return {key: value for key, value in field.items() if key != "$ref" or "/field-" not in reference}


def rules() -> str:
    """Every rule in a line: code, severity, set, what it checks."""
    return "".join(f"{each.code} ({each.severity.value}, {each.set}): {each.summary}\n" for each in archspec.rules())


def rule(code: str) -> str:
    """The page of one rule."""
    from archspec.assistant.judging import explain

    return explain(code)


def specs() -> str:
    """The specs below the server's folder, a path in each line."""
    return "".join(f"{path}\n" for path in sorted(_specs()))


def spec(path: str) -> str:
    """The text of one of them, or of a file that it includes."""
    return read_plain_file(Path(spec_place(path)), within=None).decode("utf-8-sig", "replace")


def _specs() -> Iterator[str]:
    count = 0
    for root, folders, names in os.walk("."):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_OVER)
        for name in sorted(names):
            path = Path(root) / name
            if name.endswith(SPEC_ENDINGS) and path.is_file() and may_be_read(path) and _is_spec(path):
                yield path.as_posix()
                count += 1
                if count == MOST_SPECS:
                    return


def _is_spec(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    return any(line.startswith(_HEAD) for line in head.splitlines())
