"""What running a spec's promises against its faults comes to. Times are in seconds, shares lie between 0 and 1."""

from enum import Enum
from fractions import Fraction
from math import exp, prod

from archspec.frozen import frozen
from archspec.model import Duration, Objective


class Kept(Enum):
    """Whether a promise is kept, as far as runs can tell."""

    YES = "kept"
    NO = "broken"
    ALLOWED = "broken while it lasts, which the promise allows for"
    UNKNOWN = "unknown"


@frozen
class Fault:
    """Parts that are down together: one, or two of a pair.

    `chance` is the share of the time in which it holds, that of all alike ones together; None where nothing says how
    often one of them fails. `repair` is how long that lasts, None where nothing says so.
    """

    parts: tuple[str, ...]
    owners: tuple[str, ...]
    """The components, groups or connections that they belong to."""
    chance: float | None
    repair: float | None

    @property
    def name(self) -> str:
        """Such as `api-1 + zone-b`."""
        return " + ".join(self.parts)

    def together_with(self, other: "Fault") -> "Fault":
        """Both at once, which lasts until the first of them is repaired."""
        chances = [each.chance for each in (self, other) if each.chance is not None]
        repairs = [each.repair for each in (self, other) if each.repair is not None]
        return Fault(
            (*self.parts, *other.parts),
            (*self.owners, *other.owners),
            prod(chances) if len(chances) == 2 else None,
            min(repairs) if len(repairs) == 2 else None,
        )


@frozen
class Late:
    """A percentile against what is promised of it, all in nanoseconds; between `low` and `high` it surely lies."""

    percentile: str
    value: float
    low: float
    high: float
    promised: int


@frozen
class State:
    """One flow while something is down, or nothing, and everything else stays as it is.

    Every request is waited for: what is still without an answer hours later counts as failed. `times` are the
    percentiles that are promised; empty where nothing succeeded.
    """

    offered: int
    ok: int
    failed: tuple[tuple[str, int], ...]
    times: tuple[Late, ...]
    grows: str | None
    """What piles up, in a sentence, where the load is more than can be done."""
    slow: float | None = None
    """The share of answers that are slower than the highest percentile promises; None where that is not known."""
    length: int = 0
    """Of the run, in nanoseconds."""
    degraded: int = 0
    """How many of those that went well had to do without something."""

    @property
    def success(self) -> float | None:
        """None of nothing."""
        return self.ok / self.offered if self.offered else None


@frozen
class Stage:
    """One flow from the end of the stage before until so many seconds, on average, after something was lost."""

    until: float
    state: State


@frozen
class Tried:
    """One fault on one flow: what was promised, computed and run.

    `noticed` is what lasts: the flow once all who ever learn of it know. `passing` is the flow until then, in stages:
    what is lost of one component may be known long before what is lost of another. It takes `until_noticed` on
    average; no stages where that is no time, or where somebody never learns of it (infinite).
    `said` is the share that analyze gives, None where it gives none. `to_dead` are the components to whose dead
    replicas calls go on for as long as they are dead; `full` names what analyze says the fault leaves not enough of.
    """

    fault: Fault
    noticed: State
    passing: tuple[Stage, ...]
    until_noticed: float
    said: float | None
    to_dead: tuple[str, ...]
    full: tuple[str, ...]
    kept: Kept
    why: tuple[str, ...]
    """What breaks the promise, or why nothing is known, a sentence each."""
    command: str
    """Runs it again: the state that lasts."""

    @property
    def share_unnoticed(self) -> float:
        """How much of the outage nobody knows of: nothing, where nothing says how long that is.

        Of an exponential repair of mean R, E[min(D, repair)] / R = 1 - exp(-D / R).
        """
        return 1 - self.states[-1][0]

    @property
    def unnoticed(self) -> State | None:
        """The flow while nobody knows of anything that is lost; None where that is no time."""
        return self.passing[0].state if self.passing else None

    @property
    def states(self) -> tuple[tuple[float, State], ...]:
        """Each state with its share of the outage; what lasts comes last."""
        repair, found, left = self.fault.repair, list[tuple[float, State]](), 1.0
        for stage in self.passing if repair is not None else ():
            later = exp(-stage.until / repair) if repair else 0.0
            found.append((left - later, stage.state))
            left = later
        return (*found, (left, self.noticed))

    @property
    def success(self) -> float | None:
        """Of the whole outage: all states by their time."""
        known = [(weight, state.success) for weight, state in self.states if weight > 0]
        shares = [weight * success for weight, success in known if success is not None]
        return sum(shares) if len(shares) == len(known) else None


@frozen
class FlowVerdict:
    """One flow at one load: the promise as it is, and under each fault."""

    flow: str
    level: Fraction
    """So many times the spec's load."""
    objective: Objective | None
    calm: State
    calm_kept: Kept | None
    """None where nothing is promised."""
    why: tuple[str, ...]
    tried: tuple[Tried, ...]
    kept: Kept | None
    availability: float | None
    """To first order, of these runs: calm, less what each fault costs that has a figure. None: none has."""
    said: float | None
    """What analyze computes of the same."""
    command: str
    deadline: Duration | None = None
    """Of what comes by the clock: the promise to be done by then."""

    @property
    def promises(self) -> bool:
        """Whether anything is promised."""
        return self.objective is not None or self.deadline is not None

    @property
    def breaking(self) -> tuple[Tried, ...]:
        """The faults that break the promise, also those that it allows for."""
        return tuple(each for each in self.tried if each.kept in (Kept.NO, Kept.ALLOWED))


class Contradiction(Enum):
    """How a run and a static verdict disagree: a defect of archspec either way."""

    REFUTED = "a run refutes what was said"
    UNFORESEEN = "nobody said what a run shows"


@frozen
class Defect:
    """A verdict of analyze or lint that a run of the same file contradicts."""

    kind: Contradiction
    flow: str
    fault: str
    said: str
    ran: str

    def __str__(self) -> str:
        return f"{self.flow}, {self.fault}: {self.said}, but {self.ran}"


@frozen
class Verification:
    """All flows of a system, at the declared load and, where one was asked for, at the head room."""

    system: str
    seed: int
    flows: tuple[FlowVerdict, ...]
    defects: tuple[Defect, ...]
    notes: tuple[str, ...]

    @property
    def faults(self) -> int:
        """How many were tried."""
        return len({each.fault.parts for flow in self.flows for each in flow.tried})
