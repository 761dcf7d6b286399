"""What a run tells of components, functions and pools, with the sums that must hold."""

from archspec.errors import DefectError
from archspec.simulation.component_intervals import component_intervals
from archspec.simulation.resources import Use, uses_of, whole_cores
from archspec.simulation.results import ComponentResult, FunctionResult, PoolResult
from archspec.simulation.run import Count, Instance, Place, Run
from archspec.simulation.samples import Figure, Pooled
from archspec.simulation.windows import window_of_component
from archspec.values import busy


def component_results(run: Run) -> tuple[ComponentResult, ...]:
    """The components that were called, or worked for a flow of their own, in the order written.

    Raises:
        DefectError: the calls of one do not add up.

    """
    uses = uses_of(run)
    found = (_component(run, number, uses.get(number, [])) for number in range(len(run.compiled.components)))
    return tuple(result for result in found if result is not None)


def _component(run: Run, number: int, uses: list[Use]) -> ComponentResult | None:
    component = run.compiled.system.components[number]
    replicas = run.compiled.replicas_of[component.id]
    counted: list[int] = run.counts[replicas.start : replicas.stop].sum(axis=0).tolist()
    works = run.window.increase(replicas, Figure.CORES) > 0  # perhaps for flows that it begins itself, without a call
    if component.actor or not (counted[Count.CALLS] or works):
        return None
    cores, slots = whole_cores(component.cores), component.slots or 0
    result = ComponentResult(
        component=component.id,
        calls=counted[Count.CALLS],
        answered=counted[Count.ANSWERED],
        errors=counted[Count.ERRORS],
        shed=counted[Count.SHED],
        rate_limited=counted[Count.RATE_LIMITED],
        refused=counted[Count.REFUSED],
        reset=counted[Count.RESET],
        lost=counted[Count.LOST],
        in_work=counted[Count.IN_WORK],
        retries_in=counted[Count.RETRIES],
        core_utilisation=_utilisation(run, replicas, Figure.CORES, cores),
        slot_utilisation=_utilisation(run, replicas, Figure.SLOTS, slots),
        waiting=_mean(run, replicas, Figure.QUEUED),
        in_system=_mean(run, replicas, Figure.IN_WORK),
        probability_of_wait=_per_answer(run, replicas, Figure.WAITED),
        mean_wait=_per_answer(run, replicas, Figure.TIME_WAITED),
        intervals=component_intervals(run, window_of_component(run, number, uses), replicas, cores, slots),
    )
    _check_sums(run, result, counted)
    return result


def _check_sums(run: Run, result: ComponentResult, counted: list[int]) -> None:
    """Every call is accounted for; and Little's law in whole nanoseconds: ∫ L dt = Σ W, those inside counted so far."""
    ended = (result.answered, result.shed, result.rate_limited, result.refused, result.reset, result.lost)
    if result.calls != sum(ended) + result.in_work:
        raise DefectError(f"calls of `{result.component}` do not add up: {result}")
    spent = counted[Count.TIME_INSIDE] + counted[Count.TIME_SINCE]
    integral = int(run.window.total(run.compiled.replicas_of[result.component], Figure.IN_WORK)[-1])
    if spent != integral:
        raise DefectError(f"Little's law fails at `{result.component}`: {spent} ns inside, {integral} counted")


def _mean(run: Run, replicas: range, figure: Figure) -> float:
    window = run.duration - run.warm_up
    return run.window.increase(replicas, figure) / window if window else 0.0


def _utilisation(run: Run, replicas: range, figure: Figure, capacity: int) -> float | None:
    registered = run.window.increase(replicas, Figure.REGISTERED)
    return run.window.increase(replicas, figure) / (capacity * registered) if capacity > 0 and registered else None


def _per_answer(run: Run, replicas: range, figure: Figure) -> float | None:
    answered = run.window.increase(replicas, Figure.ANSWERED)
    return run.window.increase(replicas, figure) / answered if answered else None


def find_bottleneck(
    components: tuple[ComponentResult, ...], pools: tuple[PoolResult, ...], functions: tuple[FunctionResult, ...]
) -> str | None:
    """The busiest bounded resource, in a sentence with the figure that makes it so."""
    on_demand = {each.function for each in functions}
    loads = [
        (share, result.component, resource)
        for result in components
        for held in ("instances" if result.component in on_demand else "slots",)
        for share, resource in ((result.core_utilisation, "cores"), (result.slot_utilisation, held))
        if share is not None
    ]
    loads += [(each.busy, each.connection, "places") for each in pools if each.busy is not None]
    if not loads:
        return None
    share, id_, resource = max(loads, key=lambda load: load[0])
    return f"the {resource} of `{id_}` are busy {busy(share)} of the time, more than anything else"


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
