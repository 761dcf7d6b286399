"""`archspec.verify`: a system's promises against what its parts do."""

from dataclasses import field
from math import inf
from os import PathLike, fspath
from pathlib import Path
from typing import ClassVar

from archspec.face.given import SystemLike, architecture_of, file_of, place_of
from archspec.face.rows import Reported, Rows
from archspec.face.runs import Progress, Time, level_of, time_of
from archspec.frozen import frozen
from archspec.language import named
from archspec.validators import Finding
from archspec.verification.values import FlowVerdict, Tried
from archspec.verification.values import Verification as Verified


@frozen
class VerifiedFault:
    """One fault on one flow at one load: what a run of it showed. Times are in seconds."""

    flow: str
    load: float
    """So many times the spec's load."""
    fails: tuple[str, ...]
    """What is down."""
    kept: str | None
    """`yes`, `no`, `allowed` (broken while it lasts, which the promise allows for), or `unknown`; None: no promise."""
    success: float | None
    """Of the whole outage."""
    noticed: float | None
    """The share that succeeds once all who ever learn of it know."""
    unnoticed: float | None
    """The share that succeeds while nobody knows of anything that is lost; None where that is no time."""
    until_noticed: float | None
    """Until all of them know, on average; None where somebody never learns of it."""
    success_by_analyze: float | None
    why: tuple[str, ...]
    command: str
    """Runs it again."""


@frozen
class VerifiedFlow:
    """One flow at one load: whether its promise is kept as it is, and under every fault."""

    flow: str
    load: float
    kept: str | None
    why: tuple[str, ...]
    """What breaks it without a fault, or why nothing is known."""
    requests: int
    success: float | None
    """Without a fault."""
    availability: float | None
    """To first order, of these runs; None where nothing that fails has a figure."""
    availability_by_analyze: float | None
    command: str


@frozen
class Verification(Reported):
    """Every promise, and every fault that was tried on it."""

    _subject: ClassVar = "verification"

    system: str
    flows: Rows[VerifiedFlow]
    faults: Rows[VerifiedFault]
    findings: Rows[Finding]
    """What the command's other formats tell."""
    fails: bool
    """Whether a finding is as bad as `fail_on`, or worse: the command would exit with 1."""
    defects: tuple[str, ...]
    """Where archspec contradicts itself: please report them."""
    notes: tuple[str, ...]
    _reported: "Verified" = field(repr=False, compare=False)

    def flow(self, id: str) -> VerifiedFlow:  # noqa: A002 - the language's own word
        """One flow at the spec's own load.

        Raises:
            UsageError: it was not run.

        """
        return named("flow", id, {flow.flow: flow for flow in self.flows if flow.load == 1})

    def __repr__(self) -> str:
        kept = ", ".join(f"{flow.flow}: {flow.kept}" for flow in self.flows if flow.load == 1 and flow.kept)
        return f"Verification({self.system!r}, {{{kept}}})"


def verify(
    system: SystemLike,
    *,
    pairs: bool = False,
    head_room: float | None = None,
    duration: Time | None = None,
    seed: int = 1,
    fail_on: str | None = None,
    config: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Run every promise against every single fault (`pairs`: every two as well), as `archspec verify` does.

    With `head_room` all of it is tried at so many times the declared load too. Without `duration` each run is so long
    that promises can be told, up to a bound. `progress` is called now and then with the share of the
    work that is done.

    Raises:
        UsageError: there is nothing to run.

    >>> from archspec import Client, Server, System, call
    >>> with System("Pair") as pair:
    ...     user, api = Client("user"), Server("api", replicas=2, failover_time="1s")
    ...     flow = pair.flow("ask", user, call(api), rate="50/s", objective={"success": "99%"})
    >>> verify(pair)
    Verification('Pair', {ask: yes})

    """
    from archspec.validators import config_for
    from archspec.verification.judge import outcome_of
    from archspec.verification.verify import Options
    from archspec.verification.verify import verify as run

    architecture, given = architecture_of(system), None if config is None else Path(fspath(config))
    wishes = config_for(place_of(system), given, isolated=False).overridden(None, (), (), fail_on)
    level = None if head_room is None else level_of(head_room)
    options = Options(file_of(system), (), pairs, level, seed, time_of("duration", duration))
    found = run(architecture, options, progress)
    outcome = outcome_of(architecture, found, wishes, file_of(system))
    return Verification(
        system=found.system,
        flows=Rows(map(_flow, found.flows)),
        faults=Rows(_fault(verdict, tried) for verdict in found.flows for tried in verdict.tried),
        findings=Rows(outcome.findings),
        fails=outcome.fails,
        defects=tuple(map(str, found.defects)),
        notes=found.notes,
        _reported=found,
    )


def _flow(verdict: FlowVerdict) -> VerifiedFlow:
    return VerifiedFlow(
        flow=verdict.flow,
        load=float(verdict.level),
        kept=verdict.kept.name.lower() if verdict.kept else None,
        why=verdict.why,
        requests=verdict.calm.offered,
        success=verdict.calm.success,
        availability=verdict.availability,
        availability_by_analyze=verdict.said,
        command=verdict.command,
    )


def _fault(verdict: FlowVerdict, tried: Tried) -> VerifiedFault:
    return VerifiedFault(
        flow=verdict.flow,
        load=float(verdict.level),
        fails=tried.fault.parts,
        kept=tried.kept.name.lower() if verdict.promises else None,
        success=tried.success,
        noticed=tried.noticed.success,
        unnoticed=tried.unnoticed.success if tried.unnoticed else None,
        until_noticed=tried.until_noticed if tried.until_noticed < inf else None,
        success_by_analyze=tried.said,
        why=tried.why,
        command=tried.command,
    )
