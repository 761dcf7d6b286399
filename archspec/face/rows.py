"""Results as plain data: dictionaries for programs, columns for tables and charts."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, ClassVar, TypeVar, get_args, get_origin, get_type_hints

T_co = TypeVar("T_co", covariant=True)
Path = tuple[str, ...]
"""The way to a cell of a row, by names of fields."""


class Result:
    """What every result can do."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The whole result as dictionaries, lists, texts and numbers: what `json.dumps` takes."""
        found: dict[str, Any] = plain(self)
        return found

    def _repr_html_(self) -> str:
        from archspec.face.tables import result_html

        return result_html(self)


class Reported(Result):
    """A result that is also written in the formats of its command; a notebook shows its page in a frame."""

    __slots__ = ()
    _subject: ClassVar[str]

    def written(self, format: str) -> str | bytes:  # noqa: A002 - the command's word
        """The whole as the command writes it: `"html"` (a page with charts), `"text"`, `"json"` and others.

        Raises:
            UsageError: there is no such format.

        """
        from archspec.printable import harmless_text
        from archspec.reports import Subject, report_for

        report = report_for(Subject(self._subject), name=format)
        content: str | bytes = report.write(self._reported)  # type: ignore[attr-defined]
        return harmless_text(content, report.syntax) if isinstance(content, str) else content

    def _repr_html_(self) -> str:
        from archspec.face.tables import framed, result_html

        return result_html(self) + framed(str(self.written("html")))


class Rows(tuple[T_co, ...]):
    """A table: a tuple whose items are alike, such as the flows of a simulation."""

    __slots__ = ()

    def columns(self) -> dict[str, list[Any]]:
        """The table by columns, as `pandas.DataFrame` and `polars.DataFrame` take it.

        What an item holds in parts becomes a column each: `latency.p99` is the column `latency_p99`; a mapping gives a
        column for each key. Names in a list are joined by `, `. Tables within an item are left out. An empty table has
        no columns.

        >>> from archspec.errors import Span
        >>> Rows([Span("a.yaml", 3, 5, 3, 9)]).columns()
        {'file': ['a.yaml'], 'line': [3], 'column': [5], 'end_line': [3], 'end_column': [9]}
        """
        found: dict[str, list[Any]] = {}
        row: Any = type(self[0]) if self else None
        for path in _paths(row) if self else ():
            values = [_read(item, path) for item in self]
            if any(isinstance(value, Mapping) for value in values):
                for key in dict.fromkeys(key for value in values for key in value):
                    found[key] = [value.get(key) for value in values]
            else:
                found["_".join(path)] = values
        return found

    def __repr__(self) -> str:
        from archspec.face.tables import table_text

        return table_text(self.columns())

    def _repr_html_(self) -> str:
        from archspec.face.tables import table_html

        return table_html(self.columns())


def plain(value: Any) -> Any:
    """A value as dictionaries, lists, texts and numbers, its fields by their names."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value) if not each.name.startswith("_")}
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


@cache
def _paths(type_: type) -> tuple[Path, ...]:
    """The cells of a row of this type: its own fields before those it inherits, what has parts at the end."""
    hints = get_type_hints(type_)
    known = [field.name for field in fields(type_)] if is_dataclass(type_) else list(hints)
    simple: list[Path] = []
    parts: list[Path] = []
    for name in sorted(known, key=lambda name: name not in type_.__annotations__):
        part = _without_none(hints[name])
        if is_dataclass(part) or hasattr(part, "_fields"):
            parts += [(name, *rest) for rest in _paths(part)]
        elif _is_cell(part):
            simple.append((name,))
    return (*simple, *parts)


def _is_cell(type_: Any) -> bool:
    origin = get_origin(type_) or type_
    if origin is tuple:
        return get_args(type_)[:1] == (str,)
    return isinstance(origin, type) and issubclass(origin, (str, int, float, Enum, Mapping))


def _without_none(type_: Any) -> Any:
    """A type without its `| None`."""
    kept = [part for part in get_args(type_) if part is not NoneType]
    return kept[0] if len(kept) == 1 and NoneType in get_args(type_) else type_


def _read(item: Any, path: Path) -> Any:
    for name in path:
        item = None if item is None else getattr(item, name)
    if isinstance(item, tuple):
        return ", ".join(item)
    return item.value if isinstance(item, Enum) else item
