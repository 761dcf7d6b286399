"""What a run tells of pools of connections whose callers wait for a place, with the sums that must hold."""

from archspec.errors import DefectError
from archspec.simulation.results import PoolResult
from archspec.simulation.run import Place, Run
from archspec.simulation.samples import Figure, Pooled


def pool_results(run: Run) -> tuple[PoolResult, ...]:
    """The pools of which somebody wanted a place.

    Raises:
        DefectError: the calls of one do not add up.

    """
    return tuple(_pool(run, place, row) for place, row in enumerate(run.pools) if row[Place.ASKED])


def _pool(run: Run, place: int, row: tuple[int, ...]) -> PoolResult:
    window, duration = run.window, run.duration - run.warm_up

    def grew(figure: Pooled) -> int:
        before, after = window.pool(place, figure)
        return int(after) - int(before)

    got, places = grew(Pooled.GOT), _places(run, row[Place.CONNECTION])
    result = PoolResult(
        connection=run.compiled.connection_names[row[Place.CONNECTION]],
        asked=row[Place.ASKED],
        got=row[Place.GOT],
        refused=row[Place.REFUSED],
        waiting=row[Place.WAITING],
        gone=row[Place.GONE],
        busy=grew(Pooled.TIME_BUSY) / places if places else None,
        mean_waiting=grew(Pooled.TIME_WAITING) / duration if duration else 0.0,
        most_waiting=row[Place.MOST_WAITING],
        mean_wait=grew(Pooled.TIME_WAITED) / got if got else None,
        p99_wait=row[Place.P99_WAIT] if row[Place.GOT] else None,
    )
    if result.asked != result.got + result.refused + result.waiting + result.gone:
        raise DefectError(f"calls that wanted a place of `{result.connection}` do not add up: {result}")
    return result


def _places(run: Run, connection: int) -> int:
    """Places that there were in the window, in nanoseconds: those of each caller replica while it was registered."""
    link = run.compiled.system.connections[connection]
    caller = run.compiled.system.components[link.from_]
    most = link.max_concurrent or 0
    if caller.actor:
        return most * (run.duration - run.warm_up)
    return most * run.window.increase(run.compiled.replicas_of[caller.id], Figure.REGISTERED)
