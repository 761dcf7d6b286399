"""The walk of a pipeline for a terminal."""

from archspec.execution.delivery import DeliveryTrace, ReplicaStep, StageState, StageTrace
from archspec.reports.calls import PLAIN, Palette
from archspec.values import lasting

SIGNS = {StageState.PASSED: "✓", StageState.FAILED: "✗", StageState.SKIPPED: "·"}


def delivery(trace: DeliveryTrace, palette: Palette = PLAIN) -> str:
    """From the developer to the servers: each stage, each replica that is replaced, and how it ends."""
    start = " → ".join([*trace.by, *([trace.source] if trace.source else [])])
    title = palette.paint(palette.bold, f"{trace.pipeline}")
    lines = [f"{title}  {start}" + (f" · {trace.trigger}" if trace.trigger else ""), ""]
    for stage in trace.stages:
        lines += _stage(stage, palette)
    lines += ["", _ending(trace, palette)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _stage(stage: StageTrace, palette: Palette) -> list[str]:
    colour = {
        StageState.PASSED: palette.good,
        StageState.FAILED: palette.bad,
        StageState.SKIPPED: palette.dim,
    }[stage.state]
    what = stage.kind if stage.kind != stage.name else ""
    where = f" → {stage.artifact}" if stage.artifact else ""
    where += f" → {', '.join(stage.targets)} ({stage.strategy or 'rolling'})" if stage.targets else ""
    times = "" if stage.state is StageState.SKIPPED else f"{lasting(stage.start)} to {lasting(stage.end)}"
    label = f"  {SIGNS[stage.state]} {stage.name}  {what}{where}"
    state = "not run" if stage.state is StageState.SKIPPED else stage.state.value
    lines = [palette.paint(colour, f"{label:<62}") + f"{times:>26}  {state}"]
    lines += [palette.paint(palette.dim, f"      {_move(step)}") for step in stage.steps]
    return lines + [palette.paint(palette.warning, f"      {note}") for note in stage.notes]


def _move(step: ReplicaStep) -> str:
    names = ", ".join(step.replicas)
    rest = f"{step.serving} serving, {step.needs} needed"
    if step.leaves == step.back:
        return f"{lasting(step.leaves):>9}  all traffic moves to a second set of {names}; {rest}"
    drains = f"drains until {lasting(step.down)} at most, " if step.down > step.leaves else ""
    return f"{lasting(step.leaves):>9}  {names} leaves: {drains}back by {lasting(step.back)}; {rest}"


def _ending(trace: DeliveryTrace, palette: Palette) -> str:
    if trace.failed is None:
        return palette.paint(palette.good, f"the change is live after {lasting(trace.end_ns)} at most")
    told = f"{', '.join(trace.notified)} {'hears' if len(trace.notified) == 1 else 'hear'} of it"
    parts = [f"{trace.failed} failed", *trace.notes, *([told] if trace.notified else [])]
    return palette.paint(palette.bad, "; ".join(parts))
