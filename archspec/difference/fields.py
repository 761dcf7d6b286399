"""Which fields of an element differ, and how lists of steps do."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from json import dumps
from typing import Any

Data = Mapping[str, Any]
UNORDERED = frozenset(
    [
        "tags",
        "logs_to",
        "metrics_to",
        "errors_to",
        "traces_to",
        "notify",
        "by",
        "collects",
        "protocol",
        "targets",
        "caches",
        "exclude",
        "collapse",
        "local_storage",
    ]
)
"""Lists whose order says nothing."""
_INNER = ("steps", "parallel", "on_miss", "fallback")
_NAMING = ("call", "does", "flow", "name", "kind", "fail", "slow", "lose", "partition", "errors", "deploy")
_LONGEST = 80


def differing(old: Data, new: Data) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every field that differs, by its path, with its old and new value (None where there is none)."""
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from (((key, *path), *values) for path, *values in differing(before, after))
        elif not same(key, before, after):
            yield (key,), before, after


def same(key: str, old: Any, new: Any) -> bool:
    """Whether two values of a field say the same."""
    if key in UNORDERED and isinstance(old, list) and isinstance(new, list):
        return sorted(map(_key, old)) == sorted(map(_key, new))
    return bool(old == new)


def _key(value: Any) -> str:
    return dumps(value, sort_keys=True)


def spelled(value: Any) -> str:
    """A value on one line.

    >>> spelled(None), spelled(True), spelled(["a", "b"]), spelled({"min": 2, "max": 4})
    ('–', 'true', 'a, b', 'min 2, max 4')
    """
    match value:
        case None:
            return "–"
        case bool():
            return str(value).lower()
        case Mapping():
            text = ", ".join(f"{key} {spelled(each)}" for key, each in value.items())
        case list() | tuple():
            text = ", ".join(map(spelled, value)) or "none"
        case _:
            text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def steps_told(old: Any, new: Any) -> tuple[str, ...]:
    """What was added to, taken out of and changed in a list of steps, stages or faults, a line each."""
    before, after = (list(_flat(value, "")) if _holds_steps(value) else [] for value in (old, new))
    one, two = ([(step["at"], step["name"]) for step in steps] for steps in (before, after))
    lines: list[str] = []
    for tag, i, j, m, n in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [
                f"~ {now['at']}{now['name']}: {'.'.join(path)} {spelled(a)} -> {spelled(b)}"
                for was, now in zip(before[i:j], after[m:n], strict=True)
                for path, a, b in differing(was["fields"], now["fields"])
            ]
        else:
            lines += [f"- {step['at']}{step['name']}" for step in before[i:j]]
            lines += [f"+ {step['at']}{step['name']}" for step in after[m:n]]
    return tuple(lines)


def _holds_steps(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(step, Mapping) for step in value)


def _flat(steps: Sequence[Data], at: str) -> Iterator[dict[str, Any]]:
    """Every step with its name, those around it, and its own fields."""
    for step in steps:
        named = [spelled(step[key]) for key in _NAMING if key in step]
        name = " ".join(named[:1] + [f"({each})" for each in named[1:]])
        name = name or ("parallel" if "parallel" in step else "own work")
        own = {key: value for key, value in step.items() if key not in (*_INNER, *_NAMING)}
        yield {"at": at, "name": name, "fields": own}
        for inner in _INNER:
            word = "" if inner == "steps" else f"{inner.replace('_', ' ')} › "
            yield from _flat(step.get(inner, ()), f"{at}{name} › {word}")
