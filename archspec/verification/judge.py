"""Judging a spec by its runs: the rules of `archspec verify`, with what they look at."""

from collections.abc import Iterator

from archspec.model import Architecture
from archspec.validators import Config, Context, Found, Outcome, RuleSet, Severity, judge_apart
from archspec.verification.telling import headline, replay, told
from archspec.verification.values import FlowVerdict, Kept, Tried, Verification

LISTED = 5
"""Faults that a finding tells one by one; the rest it counts."""


def outcome_of(
    architecture: Architecture, verification: Verification, config: Config | None = None, file: str = ""
) -> Outcome:
    """The findings of a verification; `file` is the spec's name in the outcome.

    Raises:
        UsageError: the configuration selects what does not exist.

    """
    return judge_apart(RuleSet.RUNS, architecture, verification, config, file)


def verdicts(context: Context) -> tuple[FlowVerdict, ...]:
    """What a rule of verification looks at: the flows that promise something."""
    found: Verification = context.analyses[Verification]
    return tuple(verdict for verdict in found.flows if verdict.promises)


def broken_by_faults(context: Context, flows: Iterator[FlowVerdict]) -> Iterator[Found]:
    """A finding for each of these flows whose promise faults break and do not leave room for."""
    for verdict in flows:
        broken = [each for each in verdict.tried if each.kept is Kept.NO]
        if broken and verdict.calm_kept is not Kept.NO:
            listed, more = broken[:LISTED], len(broken) - LISTED
            sentences = [told(each) for each in listed] + ([f"and {more} more"] if more > 0 else [])
            yield Found(
                objective_of(verdict),
                f"{headline(verdict)}: {', '.join(sentences)}",
                replay([each.command for each in listed]),
                element=verdict.flow,
                severity=_severity(context, broken),
            )


def broken_as_it_is(flows: Iterator[FlowVerdict]) -> Iterator[Found]:
    """A finding for each of these flows whose promise the load alone breaks."""
    for verdict in flows:
        if verdict.calm_kept is Kept.NO:
            yield Found(
                objective_of(verdict),
                f"{headline(verdict)}: {'; '.join(verdict.why)}",
                replay([verdict.command]),
                element=verdict.flow,
            )


def objective_of(verdict: FlowVerdict) -> tuple[str, ...]:
    """Where the promise stands."""
    return ("flows", verdict.flow, "objective" if verdict.objective is not None else "deadline")


def _severity(context: Context, broken: list[Tried]) -> Severity:
    """A warning where all that breaks it is somebody else's, of which nothing says how often it fails."""
    components = context.architecture.components
    owners = [(owner, each.fault.chance) for each in broken for owner in each.fault.owners]
    is_theirs = all(
        chance is None and owner in components and components[owner].kind == "external" for owner, chance in owners
    )
    return Severity.WARNING if is_theirs else Severity.ERROR
