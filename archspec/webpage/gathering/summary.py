"""The figures at the head of the page."""

from collections.abc import Sequence

from archspec.model import Architecture
from archspec.validators import Severity
from archspec.values import count
from archspec.webpage import Fact, FindingContent, FlowContent, Tone, tone_of


def summary(
    architecture: Architecture, flows: Sequence[FlowContent], findings: Sequence[FindingContent]
) -> tuple[Fact, ...]:
    """How many parts there are, how the flows end and what lint says."""
    running = sum(getattr(each, "instances", 1) for each in architecture.components.values())
    facts = [
        Fact("Components", str(len(architecture.components)), f"{running} with all replicas", href="#components"),
        Fact("Flows", str(len(flows)), _answers(flows), href="#flows"),
        _findings(findings),
    ]
    if architecture.alerts:
        told = {id_ for alert in architecture.alerts.values() for id_ in alert.notify}
        facts.append(
            Fact("Alerts", str(len(architecture.alerts)), f"told to {count(len(told), 'receiver')}", href="#alerts")
        )
    if architecture.pipelines:
        stages = sum(len(each.stages) for each in architecture.pipelines.values())
        facts.append(Fact("Pipelines", str(len(architecture.pipelines)), count(stages, "stage"), href="#pipelines"))
    return tuple(facts)


def _answers(flows: Sequence[FlowContent]) -> str:
    failing = sum(flow.tone is Tone.BAD for flow in flows)
    if not flows:
        return "none described"
    return "all answered" if not failing else f"{len(flows) - failing} answered, {failing} failing"


def _findings(findings: Sequence[FindingContent]) -> Fact:
    counts = [(severity, sum(found.finding.severity is severity for found in findings)) for severity in Severity]
    words = [count(number, severity.value) for severity, number in counts if number]
    worst = next((tone_of(severity) for severity, number in counts if number), Tone.GOOD)
    note = ", ".join(words) if words else "nothing to object to"
    return Fact("Findings", str(len(findings)), note, worst, "#findings")
