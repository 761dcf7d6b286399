"""An architecture as YAML that a person would write: a line for each component, flows as a tree."""

import json
import re
from collections.abc import Container
from typing import TYPE_CHECKING, Any

from archspec.model import Plain, core

if TYPE_CHECKING:
    from archspec.model import Architecture

_WIDTH = 110
_ORDER = ("archspec", "name", "description", "lint", "owner", "defaults", "groups", "components", "connections")
_ONE_OR_MANY = frozenset(
    {"by", "caches", "call", "errors_to", "logs_to", "metrics_to", "over", "protocol", "targets", "traces_to"}
)
_PLAIN = re.compile(r"[\w/(](?:[\w ./+%=()>-]*[\w./+%=()>-])?")
_PLAIN_IN_BLOCK = re.compile(r"[\w/(](?:[\w ./+%=()>,;'\"?!&*–…-]*[\w./+%=()>,;'\"?!&*–…-])?")
_TO_GROUP = re.compile(r"[\w-]+ -> group:[\w-]+")
_TREES = ("steps", "on_miss", "fallback", "parallel")
"""Fields that hold more of the tree: written last, so that a step's own figures stand beside it."""

_LONGEST_SIMPLE_KEY = 900
_SEPARATORS = str.maketrans({code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029, 0xFEFF)})


def dump(architecture: "Architecture") -> str:
    """The architecture as YAML: defaults merged, in long form, what was never said left out.

    Reading it gives an equal architecture.
    """
    from archspec.model.data import to_data

    data = to_data(architecture)
    common = data.get("defaults", {}).get("connections", {})
    data["connections"] = [
        _connection(fields, common, data.get("groups", {})) for fields in data.get("connections", [])
    ]
    parts: list[str] = []
    for section in (*_ORDER, *(name for name in data if name not in _ORDER)):
        value = data.get(section)
        if isinstance(value, dict | list):
            if value:
                parts.append("\n" + "\n".join([f"{section}:", *_block(value, 2)]))
        elif value is not None:
            parts.append(f"{section}: {scalar(value, _PLAIN_IN_BLOCK)}")
    return "\n".join(parts) + "\n"


def _connection(fields: dict[str, Any], common: dict[str, Any], groups: Container[str]) -> Any:
    """A connection in its shortest form; fields that all connections have are left to `defaults`."""
    own = {key: value for key, value in fields.items() if key not in common or common[key] != value}
    from_, to = own.pop("from"), own.pop("to")
    arrow = Plain(f"{from_} -> {f'group:{to}' if to in groups else to}")
    if not own:
        return arrow
    protocol = own.get("protocol")
    if len(own) == 1 and protocol:
        return {arrow: protocol[0] if len(protocol) == 1 else protocol}
    return {arrow: own}


def _block(value: Any, indent: int) -> list[str]:
    """Lines of a collection in block style; what fits a line stands on one."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, item in _items(value):
            lines += _entry(f"{pad}{key_text(key)}:", _unwrapped(key, item), indent)
        return lines
    for item in value:
        flow = f"{pad}- {flow_style(item)}"
        if isinstance(item, dict) and type(next(iter(item), None)) is Plain:  # an arrow
            key, fields = next(iter(item.items()))
            lines += _entry(f"{pad}- {key_text(key)}:", fields, indent + 2)
        elif len(flow) <= _WIDTH or not isinstance(item, dict | list) or not item:
            lines.append(flow)
        else:
            inner = _block(item, indent + 2)
            lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
    return lines


def _entry(head: str, item: Any, indent: int) -> list[str]:
    """A key with its value: on one line where it fits, else with a block below it."""
    if isinstance(item, str):
        return [f"{head} {scalar(item, _PLAIN_IN_BLOCK)}"]
    flow = f"{head} {flow_style(item)}"
    if len(flow) <= _WIDTH or not isinstance(item, dict | list) or not item:
        return [flow]
    return [head, *_block(item, indent + 2)]


def flow_style(value: Any) -> str:
    """A value on one line: braces, brackets, scalars."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{key_text(key)}: {flow_style(_unwrapped(key, item))}" for key, item in _items(value))
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow_style(item) for item in value) + "]"
    return scalar(value)


def _items(fields: dict[Any, Any]) -> list[tuple[Any, Any]]:
    return sorted(fields.items(), key=lambda item: item[0] in _TREES)


def _unwrapped(key: Any, value: Any) -> Any:
    """One value instead of a list of one, where the language takes either."""
    return value[0] if key in _ONE_OR_MANY and isinstance(value, list) and len(value) == 1 else value


def key_text(key: Any) -> str:
    """A key that reads back as it is."""
    text = scalar(key)
    return text if len(text) < _LONGEST_SIMPLE_KEY else f"? {text} "


def scalar(value: Any, plain: re.Pattern[str] = _PLAIN) -> str:
    """A scalar that reads back as it is: plain where that is safe, else quoted."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    means_itself = type(value) is Plain or isinstance(core(Plain(value)), str)
    if means_itself and (plain.fullmatch(value) or _TO_GROUP.fullmatch(value)):
        return str(value)
    return json.dumps(value, ensure_ascii=False).translate(_SEPARATORS)
