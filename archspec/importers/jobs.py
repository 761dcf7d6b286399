"""What a flow of a job does, as far as the connections of where it begins tell."""

from dataclasses import replace

from archspec.importers.draft import Draft, Field
from archspec.importers.facts import Grade, Section, Subject
from archspec.model import Role
from archspec.model.kind import kinds

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
