"""A spec that a person keeps, brought up to what the files say: it only grows, and what is written stays."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.frozen import frozen
from archspec.importers.draft import Draft, Part
from archspec.importers.facts import OUTSIDE, Section
from archspec.importers.writing import part_lines, write
from archspec.language import Addition, Document, addition_edit, contents, decode, plain_ends, read_text
from archspec.language.dump import flow_style
from archspec.language.edits import Edit, apply_edits, insertion

if TYPE_CHECKING:
    from archspec.model import Architecture

_ELEMENTS = (Section.GROUPS, Section.COMPONENTS, Section.FLOWS, Section.ALERTS)
_OF_PEOPLE = frozenset(
    {"kind", "label", "description", "tags", "links", "group", "technology", "owner", "title", "zones"}
)
"""Fields that people name and place as they like: they are neither added to an element nor held against it."""


@frozen
class Update:
    """What the files add to a spec, and where they contradict it."""

    before: str
    """The spec as it was, with plain line ends."""
    text: str
    """The spec with what is new."""
    added: tuple[str, ...]
    contradicted: tuple[str, ...]
    """A line for each value that the spec has otherwise; it is left as it is."""
    unknown: tuple[str, ...]
    """Components of the spec that no file knows."""

    def difference(self, name: str) -> str:
        """What is new, as a unified diff of the file `name`."""
        lines = unified_diff(self.before.splitlines(True), self.text.splitlines(True), name, f"{name} (updated)")
        return "".join(lines)


def update_of(spec: Path, draft: Draft) -> Update:
    """What `draft` adds to the spec in a file.

    Raises:
        SpecError: the spec is invalid.
        UsageError: the file cannot be read.

    """
    from archspec.language import load

    architecture, text = load(spec, python=False), decode(contents(spec), str(spec))[0]
    return update(plain_ends(text), str(spec), architecture, draft)


def update(text: str, file: str, spec: "Architecture", draft: Draft) -> Update:
    """What `draft` adds to the spec in `text`, which is `spec` with its includes."""
    from archspec.language import load_text
    from archspec.model.data import to_data

    document = read_text(text, file)
    new = list(_new(spec, draft))
    edits = list(_fields(document, spec, draft))
    written, said = to_data(spec), to_data(load_text(write(draft, ())))
    lines: dict[str, list[str]] = {}
    for part in new:
        lines.setdefault(part.subject.section.value, []).extend(part_lines(part))
    insertions = [_into(document, section, rows) for section, rows in lines.items()]
    after = apply_edits(text, [each for each, _ in edits] + [each for each in insertions if each is not None])
    for (section, rows), done in zip(lines.items(), insertions, strict=True):
        if done is None:
            after = f"{after.rstrip()}\n\n{section}:\n" + "\n".join(rows) + "\n"
    known = {part.subject.id for part in draft.of(Section.COMPONENTS)}
    return Update(
        text,
        after,
        (*(_named(part) for part in new), *(said_ for _, said_ in edits)),
        tuple(_contradictions(written, said, draft)),
        tuple(id_ for id_ in spec.components if id_ not in known),
    )


def _named(part: Part) -> str:
    name = " -> ".join(filter(None, (part.subject.id, part.subject.to)))
    return f"{part.subject.section.value.removesuffix('s')} {name} ({part.evidence.why})"


def _new(spec: "Architecture", draft: Draft) -> Iterator[Part]:
    """The elements that the spec lacks; whoever asks from outside may have any name there."""
    from archspec.model import Role

    asked = {edge.to for edge in spec.edges if spec.components[edge.from_].kind_of.role is Role.ACTOR}
    pairs = {(edge.from_, edge.to) for edge in spec.edges}
    queues = {component.id for component in spec.of_kind("queue", "topic")}
    connections = [
        part
        for part in draft.of(Section.CONNECTIONS)
        if (part.subject.id, part.subject.to) not in pairs
        and not ((part.subject.to, part.subject.id) in pairs and {part.subject.id, part.subject.to} & queues)
        and not (part.subject.id == OUTSIDE and part.subject.to in asked)
    ]
    for section in _ELEMENTS:
        for part in draft.of(section):
            if part.subject.id in getattr(spec, section.value):
                continue
            if part.subject.id == OUTSIDE and not any(each.subject.id == OUTSIDE for each in connections):
                continue
            yield part
    yield from connections


def _fields(document: Document, spec: "Architecture", draft: Draft) -> Iterator[tuple[Edit, str]]:
    """Fields that an element of the spec does not have yet, where its text has room for them."""
    for part in draft.of(Section.COMPONENTS):
        component = spec.components.get(part.subject.id)
        if component is None or component.kind != part.value("kind"):
            continue
        for name, field in part.fields.items():
            if name in _OF_PEOPLE or component.said(name) or _overrides(name, component):
                continue
            edit = addition_edit(Addition(("components", component.id, name), flow_style(field.value)), document.source)
            if edit is not None:
                yield edit, f"{component.id}.{name}: {flow_style(field.value)} ({field.why})"


def _overrides(name: str, component: Any) -> bool:
    """Whether a field would say anew, or otherwise, what another one says."""
    return (name, True) in (("replicas", component.said("scaling")), ("scaling", component.said("replicas")))


def _into(document: Document, section: str, rows: list[str]) -> Edit | None:
    """The edit that writes lines at the end of a section in block style; None where there is no such section."""
    spans = [
        span for path, span in document.source.values.items()
        if len(path) > 1 and path[0] == section and span.file == document.file
    ]  # fmt: skip
    keys = [
        span for path, span in document.source.keys.items()
        if len(path) == 2 and path[0] == section and span.file == document.file
    ]  # fmt: skip
    if not spans and not keys:
        return None
    lines = document.text.splitlines()
    first = min([*spans, *keys], key=lambda span: (span.line, span.column))
    row = lines[first.line - 1]
    indent = len(row) - len(row.lstrip())
    if indent == 0 and not row.lstrip().startswith("- "):
        return None
    last = max(span.line for span in (*spans, *keys))
    while last < len(lines) and lines[last].strip() and len(lines[last]) - len(lines[last].lstrip()) > indent:
        last += 1
    text = "".join(f"{' ' * indent}{each[2:]}\n" for each in rows)
    if last >= len(lines) and not document.text.endswith("\n"):
        text = f"\n{text}"
    return insertion(document.file, last + 1, 1, text)


def _contradictions(written: dict[str, Any], said: dict[str, Any], draft: Draft) -> Iterator[str]:
    """Values of components that the spec has and the files have otherwise."""
    for part in draft.of(Section.COMPONENTS):
        id_ = part.subject.id
        here, there = written["components"].get(id_), said["components"].get(id_, {})
        for name, field in part.fields.items() if here is not None else ():
            if name in _OF_PEOPLE or name not in here or name not in there or here[name] == there[name]:
                continue
            if isinstance(here[name], list) and isinstance(there[name], list) and set(there[name]) <= set(here[name]):
                continue
            place = field.evidence.file + (f":{field.evidence.line}" if field.evidence.line else "")
            values = f"the spec says {flow_style(here[name])}, {place} says {flow_style(there[name])}"
            yield f"{id_}.{name}: {values} ({field.evidence.why})"
