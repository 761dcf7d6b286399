"""Where a run and a static verdict on the same file contradict each other, which is always a defect of archspec.

A contradiction is
- a flow that breaks with a part down which `analyze` neither lists as a single point nor names as capacity missed, and
  of which lint has not spoken either;
- a flow that goes on with a part down which `analyze` calls a single point;
- an overload that lint is sure of and no run shows.

A part is judged when everybody has noticed; what happens until then is a matter of availability, not of structure.
"""

from collections.abc import Iterator, Mapping
from math import sqrt

from archspec.values import percent
from archspec.verification.foreseen import Foreseen
from archspec.verification.values import Contradiction, Defect, Fault, State

SIGMAS, SLACK = 4.5, 2e-3
"""By so much a share may stray: chance, and what a rare time-out in a queue does."""
OF_LOAD = ("PRF03", "PRF05", "RES15")
"""Rules that say that something is too small for the load."""


def contradiction(foreseen: Foreseen, flow: str, fault: Fault, calm: State, noticed: State) -> Defect | None:
    """What a run with a fault, of which everybody knows, contradicts."""
    share = foreseen.share_failing(flow, fault)
    before, after = calm.success, noticed.success
    if share is None or before is None or after is None:
        return None
    said = before * (1 - share)
    slack = SIGMAS * sqrt(max(said * (1 - said), 1e-4) / noticed.offered) + SLACK
    if after > said + slack:
        return Defect(
            Contradiction.REFUTED,
            flow,
            fault.name,
            f"analyze says that {percent(share)} fail without it",
            f"{percent(after)} succeed",
        )
    if after < said - slack and not foreseen.full(fault) and not foreseen.is_named(fault):
        causes = ", ".join(f"{count} {cause}" for cause, count in noticed.failed)
        told = f"nobody says that more than {percent(share)} fail without it"
        return Defect(Contradiction.UNFORESEEN, flow, fault.name, told, f"{percent(after)} succeed ({causes})")
    return None


def of_load(foreseen: Foreseen, calm: Mapping[str, State]) -> Iterator[Defect]:
    """What the run of the load as it is contradicts of what is said of it."""
    too_small = {station.name for station in foreseen.capacity.stations if station.peak > 1 + SLACK}
    if too_small and not any(state.grows or _suffers(state) for state in calm.values()):
        for finding in foreseen.findings:
            if finding.code == "PRF03" and finding.element in too_small:
                ran = "no flow fails, does without something or piles up under the load as it is"
                yield Defect(Contradiction.REFUTED, "", finding.element, finding.message, ran)
    growing = [(flow, state.grows) for flow, state in calm.items() if state.grows]
    if growing and not foreseen.full(None) and not any(each.code in OF_LOAD for each in foreseen.findings):
        for flow, grows in growing:
            yield Defect(Contradiction.UNFORESEEN, flow, "", "nobody says that anything is too small", grows)


def _suffers(state: State) -> bool:
    return state.offered > 0 and state.ok - state.degraded < (1 - SLACK) * state.offered
