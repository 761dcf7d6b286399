"""Two Compose files as one: the later one's values over the earlier one's, by the rules of the specification."""

import re
import shlex
from typing import Any

from archspec.importers.documents import Map, Seq, Tagged

_REPLACED = frozenset({"command", "entrypoint"})
_PAIRS = frozenset({"environment", "labels", "annotations", "args", "sysctls", "extra_hosts", "driver_opts", "options"})
"""Fields that are a list of `KEY=VALUE` or a mapping, which is the same."""

_NAMED = frozenset({"depends_on", "networks"})
"""Fields of a service that are a list of names or a mapping of them, which is the same."""

_BY_TARGET = frozenset({"volumes", "secrets", "configs", "devices", "tmpfs"})


def merged(below: Any, above: Any, field: str = "", path: tuple[str, ...] = ()) -> Any:
    """A value with another laid over it. `field` is the key that both stand under, `path` the keys round it."""
    if isinstance(above, Tagged):
        return above if above.tag == "!reset" else settled(above.value)
    if above is None:
        return below
    if field in _REPLACED or (field == "test" and path[-1:] == ("healthcheck",)):
        return settled(above)
    in_service = len(path) == 2 and path[0] == "services"
    if field in _PAIRS and isinstance(below, list | dict) and isinstance(above, list | dict):
        return _mappings(pairs(below), pairs(above), (*path, field))
    if in_service and field in _NAMED and isinstance(below, list | dict) and isinstance(above, list | dict):
        return _mappings(named(below), named(above), (*path, field))
    if in_service and field == "logging" and _drivers_differ(below, above):
        return settled(above)
    if isinstance(below, dict) and isinstance(above, dict):
        return _mappings(below, above, (*path, field) if field else path)
    if isinstance(below, list) and isinstance(above, list):
        return _lists(below, above, field)
    return settled(above)


def _drivers_differ(below: Any, above: Any) -> bool:
    both = isinstance(below, dict) and isinstance(above, dict) and "driver" in below and "driver" in above
    return both and below["driver"] != above["driver"]


def _mappings(below: dict[str, Any], above: dict[str, Any], path: tuple[str, ...]) -> Map:
    made = Map(getattr(below, "line", 0))
    made.keys_at = {**getattr(below, "keys_at", {}), **getattr(above, "keys_at", {})}
    made.file = getattr(above, "file", "") or getattr(below, "file", "")
    made.update(below)
    for key, value in above.items():
        if isinstance(value, Tagged) and value.tag == "!reset":
            made.pop(key, None)
        else:
            made[key] = merged(made.get(key), value, key, path)
    return made


def _lists(below: list[Any], above: list[Any], field: str) -> Seq:
    made = Seq(getattr(below, "line", 0))
    found: dict[Any, Any] = {}
    for index, item in enumerate([*below, *above]):
        found[_identity(item, field, index)] = item
    made.extend(found.values())
    return made


def _identity(item: Any, field: str, index: int) -> Any:
    """What makes two items of a list the same one; items that cannot be told to be are all kept."""
    if field == "ports":
        return tuple(sorted(port(item).items()))
    if field in _BY_TARGET:
        return target(item)
    return str(item) if field in ("expose", "profiles", "cap_add", "cap_drop", "dns", "env_file") else index


def settled(value: Any) -> Any:
    """A value in which nothing is left to be reset or overridden."""
    if isinstance(value, Tagged):
        return None if value.tag == "!reset" else settled(value.value)
    if isinstance(value, Map):
        made = value.empty_copy()
        made.update({k: settled(v) for k, v in value.items() if not (isinstance(v, Tagged) and v.tag == "!reset")})
        return made
    if isinstance(value, Seq):
        made_list = Seq(value.line)
        made_list.extend(settled(item) for item in value)
        return made_list
    return value


def pairs(value: Any) -> Map:
    """A list of `KEY=VALUE`, or a mapping, as a mapping; a key without a value has None."""
    made = Map(getattr(value, "line", 0))
    if isinstance(value, dict):
        made.update(value)
        made.keys_at = dict(getattr(value, "keys_at", {}))
    for item in value if isinstance(value, list) else ():
        key, equals, rest = str(item).partition("=")
        made[key.strip()] = rest if equals else None
        made.keys_at[key.strip()] = getattr(item, "line", made.line)
    return made


def named(value: Any) -> Map:
    """A list of names, or a mapping of them, as a mapping."""
    made = Map(getattr(value, "line", 0))
    if isinstance(value, dict):
        made.update(value)
        made.keys_at = dict(getattr(value, "keys_at", {}))
    for item in value if isinstance(value, list) else ():
        made[str(item)] = Map(getattr(item, "line", made.line))
        made.keys_at[str(item)] = getattr(item, "line", made.line)
    return made


def port(item: Any) -> dict[str, str]:
    """A published port in its long form.

    >>> port("127.0.0.1:8001:80/udp")
    {'host_ip': '127.0.0.1', 'published': '8001', 'target': '80', 'protocol': 'udp'}
    """
    if isinstance(item, dict):
        given = {key: str(item.get(key) or "") for key in ("host_ip", "published", "target")}
        return {**given, "protocol": str(item.get("protocol") or "tcp")}
    text, _, protocol = str(item).partition("/")
    match = re.fullmatch(r"(?:(\[.*\]|[^:]*):)??(?:([^:]*):)?([^:]*)", text)
    host, published, inside = match.groups() if match else (None, None, text)
    return {"host_ip": host or "", "published": published or "", "target": inside, "protocol": protocol or "tcp"}


def target(item: Any) -> str:
    """Where a volume, secret or config is mounted."""
    if isinstance(item, dict):
        return str(item.get("target") or item.get("source") or "")
    parts = volume_parts(str(item))
    return parts[1] or parts[0]


def volume_parts(text: str) -> tuple[str, str, str]:
    """Source, target and mode of a short volume; an anonymous one has no target."""
    parts = re.split(r":(?![\\/]{2})", text)
    if len(parts[0]) == 1 and len(parts) > 1 and parts[1][:1] in "\\/" and parts[0] not in ".~/":  # a drive of Windows
        parts = [f"{parts[0]}:{parts[1]}", *parts[2:]]
    return parts[0], parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""


def words(value: Any) -> list[str]:
    """A command as its words."""
    if isinstance(value, list):
        return [str(item) for item in value if item is not None]
    try:
        return shlex.split(str(value or ""))
    except ValueError:
        return str(value).split()
