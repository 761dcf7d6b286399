"""What a run tells of functions, with the sums that must hold."""

from archspec.errors import DefectError
from archspec.simulation.results import FunctionResult
from archspec.simulation.run import Count, Instance, Run


def function_results(run: Run) -> tuple[FunctionResult, ...]:
    """The functions that were called.

    Raises:
        DefectError: the calls of one do not add up, or its instances.

    """
    found = (_function(run, row) for row in run.functions)
    return tuple(result for result in found if result.calls)


def _function(run: Run, row: tuple[int, ...]) -> FunctionResult:
    id_ = run.compiled.components[row[Instance.COMPONENT]]
    replica = run.compiled.replicas_of[id_].start
    result = FunctionResult(
        function=id_,
        calls=int(run.counts[replica, Count.CALLS]),
        warm=row[Instance.WARM],
        cold=row[Instance.COLD],
        throttled=row[Instance.THROTTLED],
        refused=row[Instance.REFUSED],
        lost=row[Instance.LOST],
        most=row[Instance.MOST],
        busy=row[Instance.BUSY],
        starting=row[Instance.STARTING],
        idle=row[Instance.IDLE],
    )
    on_their_way = result.calls - result.warm - result.cold - result.throttled - result.refused - result.lost
    if not 0 <= on_their_way <= result.busy or min(result.busy, result.starting, result.idle) < 0:
        raise DefectError(f"calls of the function `{id_}` do not add up: {result}")
    return result
