"""What a run tells of components and message queues, with the sums that must hold."""

from typing import TYPE_CHECKING

from archspec.errors import DefectError
from archspec.execution.component_intervals import component_intervals
from archspec.execution.finished import Run
from archspec.execution.layout import (
    ATTEMPT,
    COMPONENT_CORES,
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    COMPONENT_SECOND,
    COMPONENT_SIZE,
    COMPONENT_SLOTS,
    ENTERED,
    IN_STEPS,
    KIND,
    MESSAGES_DEAD,
    MESSAGES_DELIVERIES,
    MESSAGES_DONE,
    MESSAGES_IN_WORK,
    MESSAGES_PUBLISHED,
    MESSAGES_SIZE,
    MESSAGES_WAITING,
    PHASE,
    REPLICA,
    REPLICA_IN_WORK,
    REPLICA_SIZE,
    TASK_SIZE,
)
from archspec.execution.layout import (
    QUEUED as IN_QUEUE,
)
from archspec.execution.results import ComponentResult, QueueResult
from archspec.execution.sample_rows import (
    ANSWERED,
    CORES,
    IN_WORK,
    QUEUED,
    REGISTERED,
    SLOTS,
    TIME_WAITED,
    WAITED,
    increase,
    total,
)
from archspec.execution.state import (
    COUNT_ANSWERED,
    COUNT_CALLS,
    COUNT_ERRORS,
    COUNT_LOST,
    COUNT_RATE_LIMITED,
    COUNT_REFUSED,
    COUNT_RESET,
    COUNT_RETRIES,
    COUNT_SHED,
    COUNT_SIZE,
    NOW,
    TIME_INSIDE,
)
from archspec.model.kind import Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]


def component_results(run: Run) -> tuple[ComponentResult, ...]:
    """The components that were called, or worked for a flow of their own, in the order written.

    Raises:
        DefectError: the calls of one do not add up.

    """
    inside = _still_inside(run)
    found = (_component(run, number, inside) for number in range(len(run.compiled.names.components)))
    return tuple(result for result in found if result is not None)


def replicas_of(run: Run, number: int) -> range:
    """The numbers of a component's replicas."""
    p = run.compiled.program
    first = p.components[number * COMPONENT_SIZE + COMPONENT_FIRST] // REPLICA_SIZE
    rows = number * COMPONENT_SIZE
    return range(first, first + p.components[rows + COMPONENT_COUNT] + p.components[rows + COMPONENT_SECOND])


def _sum(run: Run, number: int, field: int) -> int:
    return sum(run.world.counts[replica * COUNT_SIZE + field] for replica in replicas_of(run, number))


def _over_window(run: Run, number: int, field: int) -> int:
    """The increase of a sampled figure of a component over the window."""
    return increase(run.first, run.last, replicas_of(run, number), field)


def _component(run: Run, number: int, inside: "Column") -> ComponentResult | None:
    id_ = run.compiled.names.components[number]
    calls = _sum(run, number, COUNT_CALLS)
    works = _over_window(run, number, CORES) > 0  # perhaps for flows that it begins itself, without a call
    if run.architecture.components[id_].kind_of.role is Role.ACTOR or not (calls or works):
        return None
    row = number * COMPONENT_SIZE
    p = run.compiled.program
    in_work = sum(run.world.replicas[r * REPLICA_SIZE + REPLICA_IN_WORK] for r in replicas_of(run, number))
    result = ComponentResult(
        component=id_,
        calls=calls,
        answered=_sum(run, number, COUNT_ANSWERED),
        errors=_sum(run, number, COUNT_ERRORS),
        shed=_sum(run, number, COUNT_SHED),
        rate_limited=_sum(run, number, COUNT_RATE_LIMITED),
        refused=_sum(run, number, COUNT_REFUSED),
        reset=_sum(run, number, COUNT_RESET),
        lost=_sum(run, number, COUNT_LOST),
        in_work=in_work,
        retries_in=_sum(run, number, COUNT_RETRIES),
        core_utilisation=_utilisation(run, number, CORES, p.components[row + COMPONENT_CORES]),
        slot_utilisation=_utilisation(run, number, SLOTS, p.components[row + COMPONENT_SLOTS]),
        waiting=_mean(run, number, QUEUED),
        in_system=_mean(run, number, IN_WORK),
        probability_of_wait=_per_answer(run, number, WAITED),
        mean_wait=_per_answer(run, number, TIME_WAITED),
        intervals=component_intervals(
            run, row, replicas_of(run, number), p.components[row + COMPONENT_CORES], p.components[row + COMPONENT_SLOTS]
        ),
    )
    parts = (result.answered, result.shed, result.rate_limited, result.refused, result.reset, result.lost, in_work)
    if calls != sum(parts):
        raise DefectError(f"calls of `{id_}` do not add up: {result}")
    _check_little(run, number, inside)
    return result


def _check_little(run: Run, number: int, inside: "Column") -> None:
    """Little's law in whole nanoseconds: ∫ L dt = Σ W, those still inside counted until now."""
    replicas = replicas_of(run, number)
    spent = _sum(run, number, TIME_INSIDE) + int(inside[replicas.start : replicas.stop].sum())
    counted = total(run.last, replicas, IN_WORK)
    if spent != counted:
        id_ = run.compiled.names.components[number]
        raise DefectError(f"Little's law fails at `{id_}`: {spent} ns inside, {counted} counted")


def _still_inside(run: Run) -> "Column":
    """Per replica, how long the calls that are inside it at the end have been there, summed."""
    import numpy as np

    fields = (run.world.tasks[field::TASK_SIZE] for field in (KIND, PHASE, REPLICA, ENTERED))
    kinds, phases, replicas, entered = (np.asarray(field, dtype=np.int64) for field in fields)
    here = (kinds == ATTEMPT) & (phases >= IN_QUEUE) & (phases <= IN_STEPS)
    inside = np.zeros(len(run.world.replicas) // REPLICA_SIZE, dtype=np.int64)
    np.add.at(inside, replicas[here] // REPLICA_SIZE, run.world.clock[NOW] - entered[here])
    return inside


def _mean(run: Run, number: int, field: int) -> float:
    window = run.duration - run.warm_up
    return _over_window(run, number, field) / window if window else 0.0


def _utilisation(run: Run, number: int, field: int, capacity: int) -> float | None:
    registered = _over_window(run, number, REGISTERED)
    return _over_window(run, number, field) / (capacity * registered) if capacity > 0 and registered else None


def _per_answer(run: Run, number: int, field: int) -> float | None:
    answered = _over_window(run, number, ANSWERED)
    return _over_window(run, number, field) / answered if answered else None


def queue_results(run: Run) -> tuple[QueueResult, ...]:
    """The message queues that got anything.

    Raises:
        DefectError: the messages of one do not add up.

    """
    found = []
    for number, id_ in enumerate(run.compiled.names.queues):
        row = run.world.messages[number * MESSAGES_SIZE : (number + 1) * MESSAGES_SIZE]
        result = QueueResult(
            queue=id_,
            published=row[MESSAGES_PUBLISHED],
            done=row[MESSAGES_DONE],
            dead=row[MESSAGES_DEAD],
            waiting=row[MESSAGES_WAITING],
            in_work=row[MESSAGES_IN_WORK],
            deliveries=row[MESSAGES_DELIVERIES],
        )
        if result.published != result.done + result.dead + result.waiting + result.in_work:
            raise DefectError(f"messages of `{id_}` do not add up: {result}")
        if result.published:
            found.append(result)
    return tuple(found)


def find_bottleneck(components: tuple[ComponentResult, ...]) -> str | None:
    """The busiest bounded resource, in a sentence with the figure that makes it so."""
    loads = [
        (share, result.component, resource)
        for result in components
        for share, resource in ((result.core_utilisation, "cores"), (result.slot_utilisation, "slots"))
        if share is not None
    ]
    if not loads:
        return None
    share, id_, resource = max(loads, key=lambda load: load[0])
    return f"the {resource} of `{id_}` are busy {share:.1%} of the time, more than anything else"
