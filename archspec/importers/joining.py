"""Facts of all sources to one draft: one identity for each thing, the best evidence for each field."""

from collections.abc import Sequence
from dataclasses import replace

from archspec.importers.draft import Draft, Field, Part
from archspec.importers.facts import OUTSIDE, Evidence, Fact, Grade, Hint, Section, Subject
from archspec.importers.identities import alike, identities, resolved
from archspec.importers.importer import Reading
from archspec.importers.kinds import settle_kinds
from archspec.importers.reporting import counted
from archspec.importers.telemetry import settle_telemetry
from archspec.model.kind import Role, kinds

_ORDER = (Section.GROUPS, Section.COMPONENTS, Section.CONNECTIONS, Section.FLOWS, Section.ALERTS, Section.VIEWS)


def join(readings: Sequence[Reading], *, guess: bool = False, everything: bool = False) -> Draft:
    """The draft of what was read; `guess` takes in what names say, `everything` what the language has no kind for."""
    name = next((reading.name for reading in readings if reading.name), None) or "Imported system"
    described = next((reading.description for reading in readings if reading.description), None)
    draft = Draft(name, described or _description(readings))
    stated = [fact for reading in readings for fact in reading.facts]
    facts, draft.unresolved = resolved(stated, identities(stated))
    hints = _collect(facts, draft)
    settle_kinds(draft, hints, everything=everything)
    settle_telemetry(draft)
    _drop_dangling(draft)
    settle_jobs(draft)
    _settle_alerts(draft)
    _guesses(draft, guess)
    _sort(draft)
    return draft


def _description(readings: Sequence[Reading]) -> str:
    """One sentence on what was read, by sort."""
    counts: dict[str, int] = {}
    for reading in readings:
        for what, count in reading.read.items():
            counts[what] = counts.get(what, 0) + count
    return f"Imported; the files hold {counted(counts)}."


def _collect(facts: Sequence[Fact], draft: Draft) -> dict[Subject, list[Fact]]:
    """Put every field into the draft, the best evidence first; gives the hints of each element."""
    hints: dict[Subject, list[Fact]] = {}
    beside = [fact for fact in facts if fact.field is Hint.ALSO]
    others = (fact for fact in facts if fact.field is not Hint.ALSO)
    for fact in sorted(others, key=lambda fact: fact.field not in (Hint.EXISTS, "kind")):
        part = draft.parts.get(fact.subject)
        if part is None:
            part = draft.parts[fact.subject] = Part(fact.subject, fact.evidence)
        elif fact.evidence.grade > part.evidence.grade and (
            fact.field is Hint.EXISTS or part.subject.section is not Section.CONNECTIONS
        ):
            part.evidence = fact.evidence
        if isinstance(fact.field, Hint):
            hints.setdefault(fact.subject, []).append(fact)
        else:
            _put(part, fact.field, fact)
    for fact in beside:
        also = draft.parts.get(fact.subject)
        if also is not None and str(fact.value) not in also.evidence.why:
            also.evidence = replace(also.evidence, why=f"{also.evidence.why}; {fact.value}")
    return hints


def _put(part: Part, name: str, fact: Fact) -> None:
    """A value beside those that are there: the better grade stays; a real kind goes before `external`."""
    known = part.fields.get(name)
    if known is None:
        part.fields[name] = Field(fact.value, fact.evidence)
        return
    if known.value == fact.value:
        if fact.evidence.grade > known.evidence.grade:
            known.evidence = fact.evidence
        return
    if name in ("logs_to", "metrics_to", "errors_to", "traces_to", "tags"):
        have = known.value if isinstance(known.value, list) else [known.value]
        more = fact.value if isinstance(fact.value, list) else [fact.value]
        known.value = [*have, *(each for each in more if each not in have)]
        return
    better = fact.evidence.grade > known.evidence.grade
    if name == "kind":
        better = known.value == "external" or (better and fact.value != "external")
    if better:
        other = Field(fact.value, fact.evidence, [*known.others, (known.value, known.evidence)])
        part.fields[name] = other if name != "kind" else Field(fact.value, fact.evidence)
    elif name not in ("kind", "technology", "label") and fact.evidence.file != known.evidence.file:
        known.others.append((fact.value, fact.evidence))


def _drop_dangling(draft: Draft) -> None:
    """Take out what leads to a component that is not written."""
    there = {part.subject.id for part in draft.of(Section.COMPONENTS)}
    for subject in [part.subject for part in draft.of(Section.CONNECTIONS)]:
        if subject.id not in there or subject.to not in there:
            del draft.parts[subject]
    outside = Subject(Section.COMPONENTS, OUTSIDE)
    if outside in draft.parts and not any(
        OUTSIDE in (part.subject.id, part.subject.to) for part in draft.of(Section.CONNECTIONS)
    ):
        del draft.parts[outside]


def _settle_alerts(draft: Draft) -> None:
    """Alerts on what is written; they tell the one channel there is, where none is named."""
    there = {part.subject.id for part in draft.of(Section.COMPONENTS)}
    channels = [part for part in draft.of(Section.COMPONENTS) if part.value("kind") == "notification_channel"]
    for part in list(draft.of(Section.ALERTS)):
        if part.value("component") not in there:
            del draft.parts[part.subject]
            draft.left_out.append(f"alert {part.subject.id}: what it watches is left out")
        elif len(channels) == 1 and "notify" not in part.fields:
            why = Evidence(Grade.STATED, "the only receiver", channels[0].evidence.file, channels[0].evidence.line)
            part.fields["notify"] = Field([channels[0].subject.id], why)


def _guesses(draft: Draft, guess: bool) -> None:
    for part in [part for part in draft.of(Section.CONNECTIONS) if part.evidence.grade is Grade.NAMED]:
        del draft.parts[part.subject]
        draft.guessed.append(part)
    draft.guessed += alike(draft)
    if guess:
        draft.parts.update({part.subject: part for part in draft.guessed})
        draft.guessed = []


def _sort(draft: Draft) -> None:
    """Groups, components, connections; among components who asks first, and other people's systems last."""
    parts = list(draft.parts.values())
    place = {"client": 0, "person": 0, "external": 2}
    ids = [part.subject.id for part in parts if part.subject.section is Section.COMPONENTS]
    ids.sort(key=lambda id_: place.get(str(draft.parts[Subject(Section.COMPONENTS, id_)].value("kind")), 1))
    rank = {id_: index for index, id_ in enumerate(ids)}

    def key(part: Part) -> tuple[int, int]:
        subject = part.subject
        inside = rank.get(subject.id, 0) if subject.section in (Section.COMPONENTS, Section.CONNECTIONS) else 0
        return _ORDER.index(subject.section), inside

    draft.parts = {part.subject: part for part in sorted(parts, key=key)}


_ASIDE = (Role.TELEMETRY, Role.ACTOR, Role.CHANNEL, Role.DELIVERY)


def settle_jobs(draft: Draft) -> None:
    """Let each flow that says when it is due, and not what it does, ask all that it is connected to, in turn.

    One that is connected to nothing is left out and told: a flow needs a step.
    """
    for part in list(draft.of(Section.FLOWS)):
        if "steps" in part.fields or "schedule" not in part.fields:
            continue
        begins = str(part.value("from"))
        asked = [each for each in draft.of(Section.CONNECTIONS) if each.subject.id == begins]
        stated = [each.subject.to for each in asked if each.evidence.grade >= Grade.STATED]
        called = [{"call": each} for each in stated if _is_asked(draft, each)]
        if called:
            part.fields["steps"] = Field(called, asked[0].evidence)
            order = "it asks what it is connected to, in which order is not said"
            part.evidence = replace(part.evidence, why=f"{part.evidence.why}; {order}")
        else:
            draft.left_out.append(f"flow {part.subject.id}: {part.fields['schedule'].why}; whom it asks is not said")
            del draft.parts[part.subject]


def _is_asked(draft: Draft, id_: str) -> bool:
    component = draft.parts.get(Subject(Section.COMPONENTS, id_))
    kind = kinds().get(str(component.value("kind"))) if component is not None else None
    return kind is not None and kind.is_asked and kind.role not in _ASIDE
