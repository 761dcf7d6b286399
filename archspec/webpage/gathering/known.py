"""What has been worked out of a spec besides what it says, for whatever tells it of an element."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from archspec.analysis import Availability, Capacity
from archspec.frozen import frozen
from archspec.webpage import FindingContent
from archspec.webpage.gathering.standing import standings
from archspec.webpage.part_content import StandingContent


@frozen
class Known:
    """What lint found, what hangs on each element (by its id or name), and the load."""

    capacity: Capacity
    findings: Sequence[FindingContent] = ()
    standing: Mapping[str, tuple[StandingContent, ...]] = field(default_factory=dict)

    def findings_of(self, element: str) -> tuple[int, ...]:
        """The indices of those about it."""
        return tuple(index for index, found in enumerate(self.findings) if found.finding.element == element)

    def standing_of(self, element: str) -> tuple[StandingContent, ...]:
        """What hangs on it."""
        return self.standing.get(element, ())


def known(availability: Availability, capacity: Capacity, findings: Sequence[FindingContent] = ()) -> Known:
    """All of it."""
    return Known(capacity, findings, standings(availability))
