"""What a run tells of flows that come by the clock, with the sums that must hold."""

from collections.abc import Iterator

from archspec.errors import DefectError
from archspec.model import Duration, Flow
from archspec.simulation.program import FOR_EVER
from archspec.simulation.results import JobResult
from archspec.simulation.run import Due, Run


def job_results(run: Run) -> tuple[JobResult, ...]:
    """The flows that come by the clock, those too that were not due.

    Raises:
        DefectError: the runs of one do not add up, or it was not begun when the calendar says.

    """
    return tuple(_job(run, row) for row in run.jobs)


def _job(run: Run, row: tuple[int, ...]) -> JobResult:
    id_ = run.flows[row[Due.FLOW]]
    flow, load = run.architecture.flows[id_], run.loads[id_]
    result = JobResult(
        flow=id_,
        ticks=row[Due.TICKS],
        done=row[Due.DONE],
        failed=row[Due.FAILED],
        overdue=row[Due.OVERDUE],
        running=row[Due.RUNNING],
        overlaps=row[Due.OVERLAPS],
        restarts=row[Due.RESTARTS],
        most_running=row[Due.MOST_RUNNING],
    )
    until = min(run.duration, load.until.nanoseconds) if load.until is not None else run.duration
    due = flow.times_due(run.starts, until)
    if result.ticks != due or due != result.done + result.failed + result.overdue + result.running:
        raise DefectError(f"the runs of `{id_}`, due {due} times, do not add up: {result}")
    return result


def job_notes(run: Run) -> Iterator[str]:
    """What a reader must know of those that were not due, or came while one before was not over."""
    for result in job_results(run):
        if not result.ticks:
            yield _not_due(run, run.architecture.flows[result.flow])
        if result.overlaps:
            yield (
                f"`{result.flow}` was due {result.overlaps} times while one before was not over, "
                f"and up to {result.most_running} were in work at once"
            )


def _not_due(run: Run, flow: Flow) -> str:
    starts = run.starts
    said = f"`{flow.id}` is not due within {Duration(run.duration)} of {starts.weekday}, {starts}"
    tick = next(flow.ticks(starts, FOR_EVER), None)
    if tick is None:
        return said
    return f'{said}: `starts: "{starts.after(tick)}"` in a scenario shows it'
