"""Groups: one tree for drawing, trust and owner; zones and hosts among them are common causes of failure."""

from typing import Literal, Self

from pydantic import Field, model_validator

from archspec.model.component import ONE_STEADY_STATE, refuse_no_time, steady_state
from archspec.model.element import Element, GroupRef, Links
from archspec.model.field_types import Id, Text
from archspec.model.quantities import Duration, Ratio

GroupKind = Literal["system", "team", "network", "cluster", "provider", "region", "zone", "host"]
FAILURE_DOMAINS = frozenset({"cluster", "provider", "region", "zone", "host"})
PLACES = ("zone", "host", "region")


class Group(Element):
    """A boundary that components stand in; groups nest with `within`."""

    id: Id = Field(description="Its name everywhere else in the spec.")
    kind: GroupKind = Field(description="What it bounds; provider, region, zone, host, cluster fail as one.")
    label: Text | None = Field(None, description="Name in pictures; default: the id.")
    description: Text | None = Field(None, description="One sentence on what it is for.")
    owner: Text | None = Field(None, description="Who answers for what stands in it.")
    tags: tuple[Id, ...] = Field((), description="For views and a team's own rules.")
    links: Links = Field(default_factory=dict)
    within: GroupRef | None = Field(None, description="The group around it.")
    trust: Literal["public", "private"] | None = Field(
        None, description="public: reachable from the internet; default: the parent's."
    )
    availability: Ratio | None = Field(None, description="A common cause: when it is down, all in it is down.")
    mtbf: Duration | None = Field(None, description="Mean time between failures; with `mttr`.")
    mttr: Duration | None = Field(None, description="Mean time to repair; with `mtbf`.")

    constraints = ONE_STEADY_STATE

    @model_validator(mode="after")
    def _fails_or_is_repaired(self) -> Self:
        refuse_no_time(self.mtbf, self.mttr)
        return self

    @property
    def title(self) -> str:
        """The name to show: the label, else the id."""
        return self.label or self.id

    @property
    def steady_state(self) -> Ratio | None:
        """Its availability, as stated or mtbf / (mtbf + mttr); None where nothing is stated."""
        return steady_state(self.availability, self.mtbf, self.mttr)
