"""What no span shows of a flow's time, put on the component that is asked first."""

from collections.abc import Sequence
from dataclasses import replace

from archspec.conformance.comparison import Comparison, FlowSeen
from archspec.conformance.figures import Figure, figures
from archspec.conformance.proposals import Proposal, Verdict
from archspec.conformance.reached import Reached
from archspec.observation import duration, fitted

_SHORTEST = 1_000
"""Nanoseconds: less is no time that a clock would show."""


def absorbed(
    comparison: Comparison, flows: Sequence[FlowSeen], found: Sequence[Proposal], met: Sequence[Reached]
) -> tuple[Proposal, ...]:
    """The proposals, in which the first call of each flow takes longer by what the median of its model lacks."""
    made = {(each.path, each.what): each for each in found}
    lacking = {each.flow: each.measured[0] - each.modelled[0] for each in met if each.modelled is not None}
    for flow in flows:
        rest = lacking.get(flow.flow.id, 0.0)
        figure = _first(comparison, flow)
        if rest >= _SHORTEST and figure is not None:
            proposal = _longer(figure, rest, made.get((figure.path, f"{figure.what} of `{figure.element}`")))
            made[proposal.path, proposal.what] = proposal
    return tuple(made.values())


def _first(comparison: Comparison, flow: FlowSeen) -> Figure | None:
    """The own time of whoever is asked first."""
    if not flow.places:
        return None
    first = flow.places[0].expected
    fields = ((*first.path, "takes"), (*first.path, "cpu"))
    told = figures(comparison, flow.flow.id)
    return next((each for each in told if each.what == "own time" and each.path in fields), None)


def _longer(figure: Figure, rest: float, proposal: Proposal | None) -> Proposal:
    """Waiting is no work: beside a `cpu`, the rest is a time of its own."""
    what, why = f"own time of `{figure.element}`", f"with {duration(rest)} that no span shows, n = {figure.count}"
    if figure.path[-1] == "cpu":
        return Proposal(
            (*figure.path[:-1], "takes"), f"rest of `{figure.element}`", Verdict.NEW, "", duration(rest), why
        )
    new = fitted([max(value - round(figure.rest), 0) + round(rest) for value in figure.values])
    verdict = Verdict.NEW if figure.declared is None else Verdict.CHANGED
    made = proposal or Proposal(figure.path, what, verdict, figure.shown, new, why)
    return replace(made, verdict=verdict, new=new, seen=why)
