"""The walk of a pipeline for a terminal."""

from archspec.reports import PAPER, Ink, Report, Screen, Subject
from archspec.simulation.delivery import DeliveryTrace, ReplicaStep, StageState, StageTrace
from archspec.values import duration

SIGNS = {StageState.PASSED: "✓", StageState.FAILED: "✗", StageState.SKIPPED: "·"}


def delivery(trace: DeliveryTrace, screen: Screen = PAPER) -> str:
    """From the developer to the servers: each stage, each replica that is replaced, and how it ends."""
    start = " → ".join([*trace.by, *([trace.source] if trace.source else [])])
    title = screen.paint(Ink.BOLD, f"{trace.pipeline}")
    lines = [f"{title}  {start}" + (f" · {trace.trigger}" if trace.trigger else ""), ""]
    for stage in trace.stages:
        lines += _stage(stage, screen)
    lines += ["", _ending(trace, screen)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _stage(stage: StageTrace, screen: Screen) -> list[str]:
    colour = {
        StageState.PASSED: Ink.GOOD,
        StageState.FAILED: Ink.BAD,
        StageState.SKIPPED: Ink.DIM,
    }[stage.state]
    what = stage.kind if stage.kind != stage.name else ""
    where = f" → {stage.artifact}" if stage.artifact else ""
    where += f" → {', '.join(stage.targets)} ({stage.strategy or 'rolling'})" if stage.targets else ""
    times = "" if stage.state is StageState.SKIPPED else f"{duration(stage.start)} to {duration(stage.end)}"
    label = f"  {SIGNS[stage.state]} {stage.name}  {what}{where}"
    state = "not run" if stage.state is StageState.SKIPPED else stage.state.value
    lines = [screen.paint(colour, f"{label:<62}") + f"{times:>26}  {state}"]
    lines += [screen.paint(Ink.DIM, f"      {_move(step)}") for step in stage.steps]
    return lines + [screen.paint(Ink.WARNING, f"      {note}") for note in stage.notes]


def _move(step: ReplicaStep) -> str:
    names = ", ".join(step.replicas)
    rest = f"{step.serving} serving, {step.needs} needed"
    if step.leaves == step.back:
        return f"{duration(step.leaves):>9}  all traffic moves to a second set of {names}; {rest}"
    drains = f"drains until {duration(step.down)} at most, " if step.down > step.leaves else ""
    return f"{duration(step.leaves):>9}  {names} leaves: {drains}back by {duration(step.back)}; {rest}"


def _ending(trace: DeliveryTrace, screen: Screen) -> str:
    if trace.failed is None:
        return screen.paint(Ink.GOOD, f"the change is live after {duration(trace.end_ns)} at most")
    told = f"{', '.join(trace.notified)} {'hears' if len(trace.notified) == 1 else 'hear'} of it"
    parts = [f"{trace.failed} failed", *trace.notes, *([told] if trace.notified else [])]
    return screen.paint(Ink.BAD, "; ".join(parts))


REPORT = Report("tree", Subject.DELIVERY, (".txt",), delivery, delivery)
