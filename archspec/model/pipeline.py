"""Pipelines: how a change travels from a repository to the servers."""

from typing import Annotated, Literal

from pydantic import Field

from archspec.model.constraints import Constraint, Given, Is
from archspec.model.element import Element, Namespace, PersonRef, PlaceRef, Ref, TellRef
from archspec.model.field_types import Id, Many, Positive, Text
from archspec.model.times import Time

StageKind = Literal["test", "build", "package", "scan", "approve", "deploy"]
RepositoryRef = Annotated[Id, Ref(Namespace.COMPONENT, ("code_repository",))]
RegistryRef = Annotated[Id, Ref(Namespace.COMPONENT, ("artifact_registry",))]


def _only_in(kind: str, *fields: str) -> tuple[Constraint, ...]:
    remedy = f"drop it, or set `kind: {kind}`."
    return tuple(
        Constraint(Is("kind", (kind,)), f"`{field}` fits only a {kind} stage", remedy, where=Given(field), at=field)
        for field in fields
    )


class Stage(Element):
    """One stage of a pipeline."""

    name: Text | None = Field(None, description="Its name in pictures and traces; default: its kind.")
    kind: StageKind = Field(description="What it does.")
    takes: Time | None = Field(None, description="How long it takes.")
    artifact: RegistryRef | None = Field(None, description="Where a package stage puts what was built.")
    targets: Many[PlaceRef] = Field((), description="What a deploy stage replaces: components or groups.")
    strategy: Literal["rolling", "blue_green", "canary", "recreate"] | None = Field(
        None, description="How a deploy stage replaces replicas."
    )
    max_unavailable: Positive = Field(1, description="Replicas that a rolling deploy takes out at a time.")
    rollback: Literal["automatic", "manual", "none"] | None = Field(None, description="What follows a bad deploy.")

    constraints = (
        Constraint(
            Given("targets", filled=True),
            "a deploy stage without targets",
            "add `targets: [<component>]`.",
            where=Is("kind", ("deploy",)),
        ),
        *_only_in("package", "artifact"),
        *_only_in("deploy", "targets", "strategy", "max_unavailable", "rollback"),
    )

    @property
    def title(self) -> str:
        """Its name, else its kind."""
        return self.name or self.kind


class Pipeline(Element):
    """The stages a change goes through."""

    id: Id = Field(description="Its name everywhere else in the spec.")
    source: RepositoryRef | None = Field(None, description="Where the code lives.")
    trigger: Text | None = Field(None, description="What starts it, such as push to main.")
    by: Many[PersonRef] = Field((), description="Who starts it.")
    notify: tuple[TellRef, ...] = Field((), description="Who hears of a failure.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="Done in this order.")
