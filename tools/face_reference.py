"""The reference of what `import archspec` gives, built from the docstrings: `docs/api.md`."""

import ast
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path

from archspec.face import names, place_of
from archspec.face.rows import Reported

HEAD = """# Reference of `import archspec`

Written from the docstrings: `pytest tests/face/test_reference.py --update-goldens`. The [guide](python.md) shows the
names at work. Times are in seconds, rates per second, shares between 0 and 1; `None` is what is not known. A name that
stands here stays.
"""
WIDTH = 100
WORDS = ("archspec.face.given", "archspec.face.runs", "archspec.face.findings", "archspec.face.observed")
"""Where the types of arguments are named."""


def face_reference() -> str:
    """The text of the page."""
    kinds = [name for name in names() if place_of(name) == "archspec.dsl"]
    rest = [name for name in names() if name not in kinds]
    functions = [name for name in rest if name.islower() and not str(place_of(name)).startswith("archspec.dsl")]
    builder = [name for name in rest if str(place_of(name)).startswith("archspec.dsl")]
    errors = [name for name in rest if place_of(name) == "archspec.errors"]
    results = [name for name in rest if name not in (*functions, *builder, *errors, "SystemLike")]
    parts = [
        HEAD,
        "## Functions\n",
        *map(_entry, functions),
        "## What arguments are\n",
        *_words(),
        "## Results\n",
        *map(_entry, results),
        "## Errors\n",
        *map(_entry, errors),
        "## The builder\n",
        *map(_entry, builder),
        f"There is a class for each kind of component, with the [fields of the kind](fields.md): {_listed(kinds)}.\n",
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts))


def _entry(name: str) -> str:
    value = getattr(import_module(str(place_of(name))), name)
    node = _definitions(value.__module__)[name]
    if isinstance(node, ast.FunctionDef):
        return f"### `{name}`\n\n{_signature(node)}\n{_prose(node)}"
    inherited = _definitions(Reported.__module__)["Reported"] if issubclass(value, Reported) else None
    members = [*_fields(value, node), *_methods(node)]
    members += _methods(inherited) if isinstance(inherited, ast.ClassDef) else []
    return "\n".join([f"### `{name}`\n", _prose(node), *members])


def _definitions(module: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    tree = ast.parse(Path(str(import_module(module).__file__)).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


def _signature(node: ast.FunctionDef) -> str:
    """How it is called, an argument a line where they are many."""
    arguments = ast.unparse(node.args).replace("'", '"')
    parts = [
        re.sub(r"^(\w+: .*?)=", r"\1 = ", part) for part in re.split(r", (?![^\[]*\])(?![^(]*\))", arguments) if part
    ]
    returns = ast.unparse(node.returns).strip("'") if node.returns else "None"
    line = f"{node.name}({', '.join(parts)}) -> {returns}"
    if len(line) > WIDTH:
        line = f"{node.name}(\n" + "".join(f"    {part},\n" for part in parts) + f") -> {returns}"
    return f"```text\n{line}\n```\n"


def _prose(node: ast.FunctionDef | ast.ClassDef) -> str:
    """A docstring as Markdown: examples in blocks, errors in a list."""
    text = ast.get_docstring(node) or ""
    text = re.sub(r"^Raises:\n((?:    .*\n?)+)", lambda found: f"Raises:\n\n{_errors(found[1])}", text, flags=re.M)
    text = re.sub(r"(?:^|\n\n)(>>> (?:.+\n?)+)", lambda found: f"\n\n```pycon\n{found[1].rstrip()}\n```\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _errors(block: str) -> str:
    each = re.split(r"^    (?=\w+: )", block, flags=re.M)[1:]
    told = (re.sub(r"\s+", " ", item).strip().partition(": ") for item in each)
    return "".join(f"- `{name}`: {text}\n" for name, _, text in told)


def _fields(type_: type, node: ast.ClassDef) -> Iterator[str]:
    """The fields of a result with what they mean, its own before those it inherits; the members of an enum."""
    if issubclass(type_, Enum):
        yield "".join(f"- `{member.name}`\n" for member in type_)
    if not is_dataclass(type_):
        return
    rows = [row for base in type_.__mro__ if is_dataclass(base) for row in _rows(base, node if base is type_ else None)]
    known = dict.fromkeys(name for name, _, _ in rows)
    shown = [next(row for row in rows if row[0] == name) for name in known]
    yield "".join(f"- `{name}: {kind}`" + (f": {text}" if text else "") + "\n" for name, kind, text in shown)


def _rows(type_: type, node: ast.ClassDef | None) -> Iterator[tuple[str, str, str]]:
    found = node or _definitions(type_.__module__)[type_.__name__]
    assert isinstance(found, ast.ClassDef)
    for statement, after in zip(found.body, [*found.body[1:], None], strict=True):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        if not statement.target.id.startswith("_"):
            text = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield (
                statement.target.id,
                ast.unparse(statement.annotation).replace("'", ""),
                re.sub(r"\s+", " ", str(text)).strip(),
            )


def _methods(node: ast.ClassDef) -> Iterator[str]:
    """The public methods and properties of a class, each with the first sentence of what it says."""
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            is_property = any(ast.unparse(mark).endswith("property") for mark in each.decorator_list)
            first = re.sub(r"\s+", " ", (ast.get_docstring(each) or "").split("\n\n")[0])
            called = each.name if is_property else f"{each.name}({_called(each)})"
            yield f"- `.{called}`: {first}"
    yield ""


def _called(node: ast.FunctionDef) -> str:
    several = [f"*{node.args.vararg.arg}"] if node.args.vararg else []
    return ", ".join([argument.arg for argument in node.args.args[1:]] + several)


def _words() -> Iterator[str]:
    """The named types of arguments, each with its meaning."""
    for module in WORDS:
        body = ast.parse(Path(str(import_module(module).__file__)).read_text(encoding="utf-8")).body
        for statement, after in zip(body, [*body[1:], None], strict=True):
            text = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else None
            if isinstance(statement, ast.Assign) and text and not ast.unparse(statement.targets[0]).isupper():
                meaning = re.sub(r"\s+", " ", str(text)).strip()
                yield f"- `{ast.unparse(statement.targets[0])}`, that is `{ast.unparse(statement.value)}`: {meaning}"
    yield ""


def _listed(found: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in found)
