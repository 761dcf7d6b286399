"""Connections to what collects telemetry become fields of who sends it."""

from dataclasses import replace

from archspec.importers.draft import Draft, Field, Part
from archspec.importers.facts import Grade, Section, Subject
from archspec.model import Running
from archspec.model.kind import kinds

_FIELDS = {
    "trace_store": "traces_to",
    "log_service": "logs_to",
    "error_monitor": "errors_to",
    "metrics_service": "metrics_to",
}


def settle_telemetry(draft: Draft) -> None:
    """Who is connected to a collector sends it something; who watches one is no part of the system."""
    kind_of = {part.subject.id: str(part.value("kind")) for part in draft.of(Section.COMPONENTS)}
    for part in list(draft.of(Section.CONNECTIONS)):
        asks, asked = kind_of.get(part.subject.id), kind_of.get(part.subject.to)
        if asked not in _FIELDS or asks is None:
            continue
        if asks in ("client", "person"):
            del draft.parts[part.subject]
            draft.left_out.append(f"{part.subject.id} -> {part.subject.to}: {part.evidence.why}; for people who watch")
        elif asks not in _FIELDS and (asked != "metrics_service" or part.evidence.grade < Grade.STATED):
            del draft.parts[part.subject]
            if asked != "metrics_service":
                _send(draft, part, _FIELDS[asked])
    _only_to_collectors(draft, kind_of)
    for part in draft.of(Section.CONNECTIONS):
        if kind_of.get(part.subject.to) in ("queue", "topic"):
            part.evidence = replace(part.evidence, why=f"{part.evidence.why}; who sends and who takes is not said")


def _send(draft: Draft, part: Part, field: str) -> None:
    sender = draft.parts[Subject(Section.COMPONENTS, part.subject.id)]
    if field not in sender.fields and issubclass(kinds()[str(sender.value("kind"))].model, Running):
        sender.fields[field] = Field(part.subject.to, part.evidence)


def _only_to_collectors(draft: Draft, kind_of: dict[str, str]) -> None:
    """A field of telemetry that leads to something else is a connection; nobody sends to himself."""
    wanted = {field: kind for kind, field in _FIELDS.items()}
    for part in list(draft.of(Section.COMPONENTS)):
        for field, kind in wanted.items():
            given = part.fields.get(field)
            if given is None:
                continue
            targets = given.value if isinstance(given.value, list) else [given.value]
            right = [each for each in targets if kind_of.get(each) == kind and each != part.subject.id]
            if right:
                given.value = right if len(right) > 1 else right[0]
            else:
                del part.fields[field]
            for each in targets:
                if each not in right and each in kind_of and each != part.subject.id and kind_of[each] not in _FIELDS:
                    subject = Subject(Section.CONNECTIONS, part.subject.id, each)
                    draft.parts.setdefault(subject, Part(subject, given.evidence))
