"""What the demand of a request depends on besides its flow: what is lost, what queueing adds, which bound is meant."""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from math import inf, isclose

from archspec.frozen import frozen


class Bound(Enum):
    """Which end of what is not known exactly."""

    LEAST = "least"
    MOST = "most"


@frozen
class Waiting:
    """What queueing for a core, and for a slot (or a place of a connection), takes on average at most, in seconds."""

    core: float = 0.0
    slot: float = 0.0

    def is_near(self, other: "Waiting") -> bool:
        """Whether both are the same but for a thousandth."""
        return isclose(self.core, other.core, rel_tol=1e-3) and isclose(self.slot, other.slot, rel_tol=1e-3)

    def where_it_grows(self, before: "Waiting") -> "Waiting":
        """Endless where it is still longer than before."""
        core = inf if self.core > before.core * 1.001 else self.core
        return Waiting(core, inf if self.slot > before.slot * 1.001 else self.slot)


@frozen(slots=False)
class Circumstances:
    """What the demand of a request depends on besides its flow.

    `cold` caches hit nothing; `hits` are the ratios of caches whose hits are simulated; `waits` what queueing adds.
    `lost` components refuse all calls, and are asked only where nobody stands in; for those that are `silent` too
    callers wait until the time-out. In groups that are `gone` nobody is left to ask or to be asked.
    """

    bound: Bound = Bound.LEAST
    cold: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    hits: Mapping[str, float] = field(default_factory=dict)
    waits: Mapping[str, Waiting] = field(default_factory=dict)
