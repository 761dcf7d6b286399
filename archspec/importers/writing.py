"""A draft as the text of a spec, with the reason of every line beside it."""

from collections.abc import Iterable, Iterator
from typing import Any

from archspec.importers.draft import WHY, Draft, Part
from archspec.importers.facts import Section
from archspec.language.dump import flow_style, key_text
from archspec.printable import one_line

_WIDTH = 110
_LONGEST_REASON = 160
_MOST_NAMES = 4
_TREES = ("steps", "on_miss", "fallback", "parallel")
_TEXTS = ("description",)
_SECTIONS = (Section.GROUPS, Section.COMPONENTS, Section.CONNECTIONS, Section.FLOWS, Section.ALERTS, Section.VIEWS)


def write(draft: Draft, sources: Iterable[str]) -> str:
    """The spec; its first comment names the files that it comes from."""
    names = list(sources)
    more = f" and {len(names) - _MOST_NAMES} more files" if len(names) > _MOST_NAMES else ""
    shown = _comment(", ".join(names[:_MOST_NAMES])) + more
    lines = [f"# Imported from {shown} by `archspec import`; `why:` says what each line rests on."]
    lines += ["archspec: 1", f"name: {flow_style(draft.name)}", f"description: {flow_style(draft.description)}"]
    for section in _SECTIONS:
        parts = list(draft.of(section))
        guessed = draft.guessed if section is Section.CONNECTIONS else []
        if not parts and not guessed:
            continue
        if not parts:
            lines += ["", "# why: only names are alike; --guess writes these connections"]
            lines += [f"# connections: [{', '.join(_arrow(part) for part in guessed)}]"]
            continue
        lines += ["", f"{section.value}:"]
        for part in parts:
            lines += part_lines(part)
        if guessed:
            lines += ["  # why: only names are alike; --guess writes these"]
            lines += [f"  # - {_arrow(part)}" for part in guessed]
    return "\n".join(lines) + "\n"


def part_lines(part: Part) -> list[str]:
    """The lines of one element below its section's key."""
    if part.subject.section is Section.CONNECTIONS:
        return _connection(part)
    return _element(f"  {key_text(part.subject.id)}:", part, 4)


def _arrow(part: Part) -> str:
    return f"{part.subject.id} -> {part.subject.to}"


def _connection(part: Part) -> list[str]:
    head = f"  - {_arrow(part)}"
    fields = part.data
    if not fields:
        return [f"{head}{_reason([part.evidence.why])}"]
    if list(fields) == ["protocol"] and isinstance(fields["protocol"], str):
        return [f"{head}: {flow_style(fields['protocol'])}{_reason([part.evidence.why, part.fields['protocol'].why])}"]
    return _element(f"{head}:", part, 6)


def _element(head: str, part: Part, indent: int) -> list[str]:
    """An element on one line where it and its reasons fit, else a line for each of its fields."""
    reasons = [part.evidence.why, *(field.why for field in part.fields.values())]
    shown = _reason(reasons)
    line = f"{head} {flow_style(part.data)}"
    if len(line) <= _WIDTH and len(shown) <= _LONGEST_REASON and not _is_deep(part.data):
        return [f"{line}{shown}"]
    lines = [f"{head}{_reason([part.evidence.why])}"]
    pad = " " * indent
    for name in sorted(part.fields, key=lambda name: name in _TREES):
        field = part.fields[name]
        reason = "" if name in _TEXTS else _reason([field.why]) if field.why != part.evidence.why else ""
        if name in _TREES:
            lines += [f"{pad}{name}:", *_list(field.value, indent + 2)]
        else:
            lines.append(f"{pad}{name}: {flow_style(field.value)}{reason}")
    return lines


def _is_deep(data: dict[str, Any]) -> bool:
    """Whether there is a tree in it, or a reason that needs a line of its own."""
    return any(name in _TREES for name in data) or any(WHY in each for each in data.values() if isinstance(each, dict))


def _list(values: list[Any], indent: int) -> list[str]:
    """Steps, each on one line where it fits and no step inside has a reason."""
    lines: list[str] = []
    pad = " " * indent
    for value in values:
        reason = _reason([value[WHY]]) if value.get(WHY) else ""
        fields = {key: each for key, each in value.items() if key != WHY}
        line = f"{pad}- {flow_style(fields)}"
        if len(line) + len(reason) <= _WIDTH and not any(map(_has_reason, _inside(fields))):
            lines.append(f"{line}{reason}")
            continue
        entries = sorted(fields.items(), key=lambda item: item[0] in _TREES)
        first = True
        for key, each in entries:
            start = f"{pad}- " if first else f"{pad}  "
            after, first = (reason if first else ""), False
            if key in _TREES and isinstance(each, list):
                lines += [f"{start}{key}:{after}", *_list(each, indent + 4)]
            else:
                lines.append(f"{start}{key}: {flow_style(each)}{after}")
    return lines


def _inside(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key, value in fields.items():
        if key in _TREES and isinstance(value, list):
            yield from value


def _has_reason(step: dict[str, Any]) -> bool:
    return WHY in step or any(map(_has_reason, _inside(step)))


def _reason(reasons: Iterable[str]) -> str:
    """The reasons as one comment; what another holds in it is not said again."""
    said: list[str] = []
    for text in (piece for reason in reasons for piece in _comment(reason).split("; ")):
        if text and not any(text in other for other in said):
            said = [*(other for other in said if other not in text), text]
    return f"  # why: {'; '.join(said)}" if said else ""


def _comment(text: str) -> str:
    shown = one_line(text)
    return shown if len(shown) <= 2 * _LONGEST_REASON else f"{shown[: 2 * _LONGEST_REASON]}…"
