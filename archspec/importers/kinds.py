"""The kind of every component of a draft, and the fields that fit it."""

from dataclasses import replace
from typing import Any

from archspec.importers.draft import Draft, Field, Part
from archspec.importers.facts import Evidence, Fact, Grade, Hint, Section, Subject, connection
from archspec.importers.tables import listening, table, translated
from archspec.model.kind import kinds


def settle_kinds(draft: Draft, hints: dict[Subject, list[Fact]], *, everything: bool) -> None:
    """Give each component a kind of the language; what has none, and is not asked for, is left out and told."""
    asked = {part.subject.to for part in draft.of(Section.CONNECTIONS)}
    asking = {part.subject.id for part in draft.of(Section.CONNECTIONS) if part.evidence.grade >= Grade.STATED}
    for part in draft.of(Section.COMPONENTS):
        use = next((fact for fact in hints.get(part.subject, []) if fact.field is Hint.USE), None)
        if use is not None:
            part.fields["kind"] = Field(use.value, use.evidence)
    for part in list(draft.of(Section.COMPONENTS)):
        given = hints.get(part.subject, [])
        if "kind" not in part.fields:
            part.fields["kind"] = _own_code(part, given, asked, asking)
        kind = part.fields["kind"]
        translation = translated(str(kind.value))
        if translation.left_out and not everything:
            draft.left_out.append(f"{part.subject.id}: {translation.left_out} ({kind.evidence.why})")
            del draft.parts[part.subject]
            continue
        kind.value = translation.kind
    for part in list(draft.of(Section.COMPONENTS)):
        if part.value("kind") == "proxy":
            _settle_proxy(part, draft)
    _turn_to_workers(draft)
    for part in draft.of(Section.COMPONENTS):
        _health(part, draft, hints)
        _keep_fitting(part)


def _own_code(part: Part, given: list[Fact], asked: set[str], asking: set[str]) -> Field:
    """What no image tells: by the port where it asks nobody, a worker where nobody can ask it, else a server."""
    listens = [fact for fact in given if fact.field is Hint.LISTENS]
    unreachable = next((fact for fact in listens if fact.value is False), None)
    for fact in listens if part.subject.id not in asking else ():
        last = listening(str(fact.value))
        if last is not None:
            part.fields.setdefault("technology", Field(last.technology, fact.evidence))
            return Field(last.kind, fact.evidence)
    if unreachable is not None and part.subject.id not in asked:
        return Field("worker", unreachable.evidence)
    return Field("server", part.evidence)


def _turn_to_workers(draft: Draft) -> None:
    """A worker opens the connection to its queue, and takes messages from it: the arrow leads with the message."""
    asked = {part.subject.to for part in draft.of(Section.CONNECTIONS)}
    kind = {part.subject.id: part.value("kind") for part in draft.of(Section.COMPONENTS)}
    for part in list(draft.of(Section.CONNECTIONS)):
        worker, queue = part.subject.id, part.subject.to
        if kind.get(worker) != "worker" or kind.get(queue) not in ("queue", "topic") or worker in asked:
            continue
        turned = connection(queue, worker)
        if _takes(draft.parts[Subject(Section.COMPONENTS, worker)]) and turned not in draft.parts:
            del draft.parts[part.subject]
            why = _because(part.evidence, "turned round: a worker takes from its queue")
            fields = {name: replace(field, evidence=why) for name, field in part.fields.items()}
            draft.parts[turned] = Part(turned, why, fields)


def _takes(part: Part) -> bool:
    """Whether what a worker is called says that it takes messages; a scheduler sends them."""
    called = part.fields["kind"].evidence.why.rpartition("it is called a ")
    return bool(called[1]) and called[2] in table("environment")["works"]["takes"]


def _because(evidence: Evidence, why: str) -> Evidence:
    return replace(evidence, why=f"{evidence.why}; {why}")


def _settle_proxy(part: Part, draft: Draft) -> None:
    """A proxy is a load balancer where a file states what stands behind it, else a gateway."""
    behind = any(
        other.subject.id == part.subject.id and other.evidence.grade >= Grade.STATED
        for other in draft.of(Section.CONNECTIONS)
    )
    part.fields["kind"].value = "load_balancer" if behind else "gateway"


def _health(part: Part, draft: Draft, hints: dict[Subject, list[Fact]]) -> None:
    """A balancer learns by the check of what stands behind it."""
    if part.value("kind") not in ("load_balancer", "gateway") or "health_check" in part.fields:
        return
    for other in draft.of(Section.CONNECTIONS):
        if other.subject.id == part.subject.id:
            behind = hints.get(Subject(Section.COMPONENTS, other.subject.to), [])
            check = next((fact for fact in behind if fact.field is Hint.CHECK), None)
            if check is not None:
                part.fields["health_check"] = Field(check.value, check.evidence)
                return


def _keep_fitting(part: Part) -> None:
    """Take out the fields that a kind does not have, and put its kind first."""
    known = _fields(str(part.value("kind")))
    kept = {name: field for name, field in part.fields.items() if name in known}
    first = [name for name in ("kind", "label", "technology") if name in kept]
    part.fields = {name: kept[name] for name in dict.fromkeys([*first, *kept])}


def _fields(kind: str) -> set[str]:
    model: Any = kinds()[kind].model
    return {field.alias or name for name, field in model.model_fields.items()}
